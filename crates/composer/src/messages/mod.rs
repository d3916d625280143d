//! Every message that an author can see: one function each, with its permanent code.

pub mod composing;
pub mod manifest;
pub mod plugin;
pub mod reading;
pub mod singletons;
pub mod workspace;

/// "Did you mean `label`?", if a name is close to one that exists.
pub fn did_you_mean<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let lowered = name.to_lowercase();
    let near = |candidate: &&str| {
        let distance = strsim::damerau_levenshtein(&lowered, &candidate.to_lowercase());
        (distance * 3 <= candidate.chars().count().max(3)).then_some(distance)
    };
    known
        .filter_map(|candidate| near(&candidate).map(|distance| (distance, candidate)))
        .min()
        .map(|(_, best)| format!("Did you mean `{best}`?"))
}
