//! Values that are made once for as long as they would be made from the same.

use std::sync::Arc;

use crate::{memo::Before, threads};

/// Plugins that a thread has to have for its start to pay: each takes some hundredths of a millisecond.
const SHARE: usize = 64;

/// All that something is made from.
pub(super) trait Ingredients: Sync {
    /// What is made.
    type Made: Send + Sync;
    /// The plugin that it is made for.
    fn plugin(&self) -> &str;
    /// Whether what was made from another would be made from this too.
    fn make_the_same(&self, other: &Self, made: &Self::Made) -> bool;
}

/// What was made last for every plugin, in their order, with what it was made from.
pub(super) struct Kept<I, M>(Vec<(I, Arc<M>)>);

impl<I, M> Default for Kept<I, M> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<M: Send + Sync, I: Ingredients<Made = M>> Kept<I, M> {
    /// What is made of all these, in their order. Nothing else is kept.
    pub(super) fn renew(&mut self, all: Vec<I>, make: impl Fn(&I) -> M + Send + Sync) -> Vec<Arc<M>> {
        let mut made = self.still(&all);
        let missing: Vec<usize> = (0..all.len()).filter(|&at| made[at].is_none()).collect();
        for (&at, new) in missing.iter().zip(threads::map(&missing, SHARE, |&at| make(&all[at]))) {
            made[at] = Some(Arc::new(new));
        }
        let made: Vec<Arc<M>> = made.into_iter().flatten().collect();
        self.0 = all.into_iter().zip(made.iter().cloned()).collect();
        made
    }

    /// What was made from the same.
    fn still(&self, all: &[I]) -> Vec<Option<Arc<M>>> {
        let before = Before::new(&self.0, |(ingredients, _)| ingredients.plugin());
        let known = all.iter().enumerate().map(|(place, ingredients)| {
            let (before, made) = before.find(place, ingredients.plugin())?;
            ingredients.make_the_same(before, made).then(|| Arc::clone(made))
        });
        known.collect()
    }
}

/// What was made last, with what it was made from.
pub(super) struct Latest<I, M>(Option<(I, M)>);

impl<I, M> Default for Latest<I, M> {
    fn default() -> Self {
        Self(None)
    }
}

impl<I: PartialEq, M: Clone> Latest<I, M> {
    /// What is made of this.
    pub(super) fn renew(&mut self, ingredients: I, make: impl FnOnce(&I) -> M) -> M {
        let known = self.0.take().filter(|(before, _)| *before == ingredients).map(|(_, made)| made);
        let made = known.unwrap_or_else(|| make(&ingredients));
        self.0 = Some((ingredients, made.clone()));
        made
    }
}
