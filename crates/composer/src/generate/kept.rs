//! Values that are made once for as long as they would be made from the same.

use std::sync::Arc;

use crate::{maps::HashMap, threads};

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

/// What was made last, by plugin, with what it was made from.
pub(super) struct Kept<I, M>(HashMap<String, (I, Arc<M>)>);

impl<I, M> Default for Kept<I, M> {
    fn default() -> Self {
        Self(HashMap::default())
    }
}

impl<M: Send + Sync, I: Ingredients<Made = M>> Kept<I, M> {
    /// What is made of all these, in their order. Nothing else is kept.
    pub(super) fn renew(&mut self, all: Vec<I>, make: impl Fn(&I) -> M + Send + Sync) -> Vec<Arc<M>> {
        let mut made: Vec<Option<Arc<M>>> = all.iter().map(|ingredients| self.take(ingredients)).collect();
        let missing: Vec<usize> = (0..all.len()).filter(|&at| made[at].is_none()).collect();
        for (&at, new) in missing.iter().zip(threads::map(&missing, SHARE, |&at| make(&all[at]))) {
            made[at] = Some(Arc::new(new));
        }
        let made: Vec<Arc<M>> = made.into_iter().flatten().collect();
        let named = all.into_iter().zip(&made);
        self.0 = named
            .map(|(ingredients, made)| (ingredients.plugin().to_string(), (ingredients, Arc::clone(made))))
            .collect();
        made
    }

    fn take(&mut self, ingredients: &I) -> Option<Arc<M>> {
        let (before, made) = self.0.remove(ingredients.plugin())?;
        ingredients.make_the_same(&before, &made).then_some(made)
    }
}
