//! Which objects a variable may hold: inclusion constraints over allocation sites (Andersen's analysis), with the
//! fields of objects told apart.
//!
//! The graph answers one question: may an object be another than its literal says once the modules have run?

use super::{
    constraint::{Body, Change, Key, Kind, LANGUAGE, Site, Use, Var, WINDOW},
    language::is_of_the_language,
};
use crate::maps::{HashMap, HashSet};

/// Steps after which everything is taken to be changed.
const LONGEST: usize = 20_000_000;

/// Sites that are looked through one by one: nearly all nodes hold no more.
const FEW: usize = 8;

#[derive(Default)]
struct Node {
    points: Vec<Site>,
    /// The same, where they are [many](FEW).
    known: HashSet<Site>,
    copies: Vec<Var>,
    uses: Vec<(Option<Body>, Use)>,
}

impl Node {
    /// Adds a site; tells whether it is new.
    fn hold(&mut self, site: Site) -> bool {
        if self.points.len() <= FEW && self.points.contains(&site) {
            return false;
        }
        if self.points.len() == FEW {
            self.known.extend(&self.points);
        }
        if self.points.len() >= FEW && !self.known.insert(site) {
            return false;
        }
        self.points.push(site);
        true
    }
}

struct Fields {
    /// Everything that any field may hold.
    all: Var,
    /// What a field of unknown name may hold.
    any: Var,
    named: HashMap<Key, Var>,
}

/// The constraints, and the changes that follow from them.
pub(super) struct Graph {
    nodes: Vec<Node>,
    kinds: Vec<Kind>,
    /// By site, once somebody has asked.
    fields: Vec<Option<Fields>>,
    running: HashSet<Body>,
    waiting: HashMap<Body, Vec<(Site, Use)>>,
    queue: Vec<(Var, Site)>,
    bodies: Body,
    escaped: HashSet<Site>,
    steps: usize,
    /// Values that were put into something: a holder, the value, and where.
    kept: Vec<(Var, Var, Option<Body>, Change)>,
    /// Variables that may hold what is not known beside what is.
    blended: Vec<Var>,
    /// Holds every class: an instance leads to its class, whichever that is.
    pub(super) classes: Var,
    /// The sites that are changed, and where first.
    pub(super) changed: HashMap<Site, Change>,
    /// Where the language itself is changed.
    pub(super) polluted: Option<Change>,
    /// Whether the search was given up.
    pub(super) exhausted: bool,
}

impl Graph {
    pub(super) fn new() -> Self {
        let mut graph = Self {
            nodes: Vec::new(),
            kinds: vec![Kind::Made, Kind::Made],
            fields: Vec::new(),
            running: HashSet::default(),
            waiting: HashMap::default(),
            queue: Vec::new(),
            bodies: 0,
            escaped: HashSet::default(),
            steps: 0,
            kept: Vec::new(),
            blended: Vec::new(),
            classes: 0,
            changed: HashMap::default(),
            polluted: None,
            exhausted: false,
        };
        graph.classes = graph.var();
        // All that is reached from the language belongs to it.
        for site in [LANGUAGE, WINDOW] {
            let any = graph.fields(site).any;
            if site == LANGUAGE {
                graph.point(any, LANGUAGE);
            }
        }
        graph
    }

    pub(super) fn var(&mut self) -> Var {
        self.nodes.push(Node::default());
        self.nodes.len() as Var - 1
    }

    pub(super) fn site(&mut self, kind: Kind) -> Site {
        self.kinds.push(kind);
        self.kinds.len() as Site - 1
    }

    pub(super) fn body(&mut self) -> Body {
        self.bodies += 1;
        self.bodies
    }

    /// The body runs while the modules are loaded.
    pub(super) fn run(&mut self, body: Body) {
        if self.running.insert(body) {
            for (site, act) in self.waiting.remove(&body).unwrap_or_default() {
                self.apply(site, &act);
            }
        }
    }

    pub(super) fn is_array(&self, site: Site) -> bool {
        self.kinds[site as usize] == Kind::Array
    }

    pub(super) fn point(&mut self, var: Var, site: Site) {
        if self.nodes[var as usize].hold(site) {
            self.queue.push((var, site));
        }
    }

    pub(super) fn copy(&mut self, from: Var, to: Var) {
        if from == to {
            return;
        }
        self.nodes[from as usize].copies.push(to);
        for site in self.nodes[from as usize].points.clone() {
            self.point(to, site);
        }
    }

    /// Adds a use; one in the body of a function counts once that runs.
    pub(super) fn act(&mut self, var: Var, owner: Option<Body>, act: Use) {
        for site in self.nodes[var as usize].points.clone() {
            self.apply_owned(site, owner, &act);
        }
        self.nodes[var as usize].uses.push((owner, act));
    }

    pub(super) fn load(&mut self, from: Var, key: Key) -> Var {
        let to = self.var();
        if matches!(&key, Key::Named(name) if name == "constructor") {
            self.copy(self.classes, to);
        }
        self.act(from, None, Use::Load(key, to));
        to
    }

    pub(super) fn store(&mut self, to: Var, key: Key, from: Var) {
        self.act(to, None, Use::Store(key, from));
    }

    /// Puts what a variable holds into a field of a site. What a prototype holds is inherited, and what is set may be set
    /// by a setter of the prototype.
    pub(super) fn put(&mut self, site: Site, key: Key, from: Var) {
        if matches!(&key, Key::Named(name) if name == "__proto__") {
            let inherited = self.load(from, Key::Any);
            let any = self.field(site, Key::Any);
            self.copy(inherited, any);
            let all = self.fields(site).all;
            self.store(from, Key::Any, all);
        }
        let field = self.field(site, key);
        self.copy(from, field);
    }

    /// A value is put into a holder; one that is not known may belong to code that is not known either.
    pub(super) fn keep(&mut self, holder: Var, value: Var, owner: Option<Body>, change: Change) {
        self.kept.push((holder, value, owner, change));
    }

    /// The variable is given values by several places, some of which may not be known.
    pub(super) fn blend(&mut self, var: Var) {
        self.blended.push(var);
    }

    /// What a function of a site is called with.
    pub(super) fn arguments(&mut self, site: Site) -> Var {
        self.field(site, Key::Arguments)
    }

    /// The variables from which something leads to an object that is changed, whether or not the object is known.
    pub(super) fn written(&self) -> HashSet<Var> {
        let is_change = |(_, act): &(_, Use)| matches!(act, Use::Change(..) | Use::ChangingMethod(..));
        let changed = (0..).zip(&self.nodes).filter(|(_, node)| node.uses.iter().any(is_change));
        let mut waiting: Vec<Var> = changed.map(|(var, _)| var).collect();
        if waiting.is_empty() {
            return HashSet::default();
        }
        let sources = self.sources();
        let mut written = HashSet::default();
        while let Some(var) = waiting.pop() {
            if written.insert(var) {
                waiting.extend(&sources[var as usize]);
            }
        }
        written
    }

    /// For each variable those that something leads from.
    fn sources(&self) -> Vec<Vec<Var>> {
        let mut sources = vec![Vec::new(); self.nodes.len()];
        for (from, node) in (0..).zip(&self.nodes) {
            for &to in &node.copies {
                sources[to as usize].push(from);
            }
            for (_, act) in &node.uses {
                if let Use::Load(_, to) = act {
                    sources[*to as usize].push(from);
                }
            }
        }
        sources
    }

    /// Follows every constraint to its end.
    pub(super) fn solve(&mut self) {
        self.propagate();
        let blended = self.reached(self.blended.clone());
        for (holder, value, owner, change) in std::mem::take(&mut self.kept) {
            if self.nodes[holder as usize].points.is_empty() || blended.contains(&holder) {
                self.act(value, owner, Use::Escape(change));
            }
        }
        self.propagate();
    }

    /// The variables that hold what these hold, or a part of it.
    fn reached(&self, mut waiting: Vec<Var>) -> HashSet<Var> {
        let mut reached = HashSet::default();
        while let Some(var) = waiting.pop() {
            if reached.insert(var) {
                let node = &self.nodes[var as usize];
                waiting.extend(&node.copies);
                waiting.extend(node.uses.iter().filter_map(|(_, act)| match act {
                    Use::Load(_, to) => Some(*to),
                    _ => None,
                }));
            }
        }
        reached
    }

    fn propagate(&mut self) {
        while let Some((var, site)) = self.queue.pop() {
            self.steps += 1 + self.nodes[var as usize].copies.len() + self.nodes[var as usize].uses.len();
            if self.steps > LONGEST {
                self.exhausted = true;
                return;
            }
            for index in 0..self.nodes[var as usize].copies.len() {
                let to = self.nodes[var as usize].copies[index];
                self.point(to, site);
            }
            for index in 0..self.nodes[var as usize].uses.len() {
                let (owner, act) = self.nodes[var as usize].uses[index].clone();
                self.apply_owned(site, owner, &act);
            }
        }
    }

    fn apply_owned(&mut self, site: Site, owner: Option<Body>, act: &Use) {
        match owner {
            Some(body) if !self.running.contains(&body) => {
                let waiting = self.waiting.entry(body).or_default();
                waiting.push((site, act.clone()));
            }
            _ => self.apply(site, act),
        }
    }

    fn apply(&mut self, site: Site, act: &Use) {
        let kind = self.kinds[site as usize];
        match act {
            // Neither can be called, so that neither returns anything.
            Use::Load(Key::Result, _) if matches!(kind, Kind::Array | Kind::Object) => {}
            Use::Load(key, to) => {
                let field =
                    if *key == Key::Any { self.fields(site).all } else { self.field(site, key.clone()) };
                self.copy(field, *to);
            }
            Use::Store(key, from) => self.put(site, key.clone(), *from),
            Use::Change(name, change) => self.change(site, name.as_deref(), *change),
            Use::Escape(change) => self.escape(site, *change),
            Use::Call => {
                if let Kind::Function(body) = kind {
                    self.run(body);
                }
            }
            Use::PureMethod(change) => {
                if matches!(kind, Kind::Object | Kind::Function(_)) {
                    self.escape(site, *change);
                }
            }
            Use::ChangingMethod(change, own) => {
                if site > WINDOW && *own != Some(site) {
                    self.changed.entry(site).or_insert(*change);
                    if matches!(kind, Kind::Object | Kind::Function(_)) {
                        self.escape(site, *change);
                    }
                }
            }
        }
    }

    fn change(&mut self, site: Site, name: Option<&str>, change: Change) {
        let belongs = match site {
            LANGUAGE => true,
            WINDOW => name.is_none_or(is_of_the_language),
            _ => false,
        };
        if belongs {
            self.polluted.get_or_insert(change);
        } else if site > WINDOW {
            self.changed.entry(site).or_insert(change);
        }
    }

    fn escape(&mut self, site: Site, change: Change) {
        if site <= WINDOW || !self.escaped.insert(site) {
            return;
        }
        self.changed.entry(site).or_insert(change);
        if let Kind::Function(body) = self.kinds[site as usize] {
            self.run(body);
        }
        let all = self.fields(site).all;
        self.act(all, None, Use::Escape(change));
    }

    fn fields(&mut self, site: Site) -> &mut Fields {
        let at = site as usize;
        if self.fields.len() <= at {
            self.fields.resize_with(at + 1, || None);
        }
        if self.fields[at].is_none() {
            let (all, any) = (self.var(), self.var());
            self.copy(any, all);
            self.fields[at] = Some(Fields { all, any, named: HashMap::default() });
        }
        self.fields[at].as_mut().unwrap_or_else(|| unreachable!("the fields were just made"))
    }

    fn field(&mut self, site: Site, key: Key) -> Var {
        let fields = self.fields(site);
        if key == Key::Any {
            return fields.any;
        }
        if let Some(&var) = fields.named.get(&key) {
            return var;
        }
        let (all, any) = (fields.all, fields.any);
        let var = self.var();
        self.copy(any, var);
        self.copy(var, all);
        self.fields(site).named.insert(key, var);
        var
    }
}
