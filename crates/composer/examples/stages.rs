//! The core without its border: `stages ROOT SHELL [CONFIG]` composes as a fresh session does; with a configuration, it then
//! writes that again and again with another label, and composes anew as a watcher does. Prints a line of JSON, as
//! `bench/sample.mjs` does: `first` and `later` are fresh sessions, `measures` are medians after edits, in milliseconds.

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use framework_m_composer::{
    disk::{Changes, OsDisk},
    evaluate::evaluate,
    options::Options,
    session::Session,
};
use serde_json::json;

/// As the binding has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const EDITS: usize = 15;
const SESSIONS: usize = 8;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<PathBuf> = env::args().skip(1).map(PathBuf::from).collect();
    let [root, shell, configs @ ..] = arguments.as_slice() else {
        return Err("usage: stages ROOT SHELL [CONFIG]".into());
    };
    let mut fresh = (0..SESSIONS).map(|_| session(root, shell)).collect::<Result<Vec<_>, _>>()?;
    let mut times: Vec<f64> = fresh.iter_mut().map(|session| timed(|| session.build(&OsDisk)).1).collect();
    let first = times.remove(0);

    let measures = configs.first().map_or(Ok(json!({})), |config| restored(root, shell, config))?;
    let line =
        json!({ "load": 0, "first": first, "later": times, "base": 0, "memory": 0, "measures": measures });
    println!("{line}");
    Ok(())
}

/// Edits, and puts the text back.
fn restored(root: &Path, shell: &Path, config: &Path) -> Result<serde_json::Value, Box<dyn Error>> {
    let text = fs::read_to_string(config)?;
    let edited = edits(root, shell, config, &text);
    fs::write(config, &text)?;
    edited
}

/// What an edit of a label costs: reading its module, and composing everything anew.
fn edits(root: &Path, shell: &Path, config: &Path, text: &str) -> Result<serde_json::Value, Box<dyn Error>> {
    let mut session = session(root, shell)?;
    let build = session.rebuild(&OsDisk, &Changes::Unknown).ok_or("nothing was composed")?;
    let (mut alone, mut everything) = (Vec::new(), Vec::new());
    for edit in 0..EDITS {
        let label = format!("edited {edit}");
        fs::write(config, text.replacen("label: 'Warehouse", &format!("label: '{label}"), 1))?;
        let options = Options::default();
        alone.push(timed(|| evaluate(&OsDisk, &build.workspace, &options.read, config)).1);
        let changes: Changes = [config].into_iter().collect();
        let (build, time) = timed(|| session.rebuild(&OsDisk, &changes));
        let build = build.ok_or("the edit was not noticed")?;
        if !build.artifacts.module.contains(&label) {
            return Err("the edit is not in the module".into());
        }
        everything.push(time);
    }
    Ok(json!({ "alone": median(alone), "everything": median(everything) }))
}

fn session(root: &Path, shell: &Path) -> Result<Session, Box<dyn Error>> {
    let (root, shell) = (root.to_path_buf(), shell.to_path_buf());
    Ok(Session::new(&OsDisk, &shell.clone(), Some(root), Some(shell), Options::default())?)
}

fn timed<T>(call: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let result = call();
    (result, start.elapsed().as_secs_f64() * 1000.0)
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
