//! Every message that an author can see: one function each, with its permanent code. What a code means stands beside it,
//! as its documentation: `docs/diagnostics` and `framework-m explain` print the same text.

use crate::diagnostic::Code;

/// The codes of a family. The documentation of each is its page: a sentence, what it means and what to do, and where files
/// can show it an `# Example` and how it is `# Mended`; a block of code begins with its language and its file's path.
/// The tests compose both.
macro_rules! codes {
    ($($(#[doc = $page:literal])+ $severity:ident $constant:ident $id:literal $name:literal;)+) => {
        $(
            $(#[doc = $page])+
            pub const $constant: Code =
                Code { id: $id, name: $name, severity: Severity::$severity, page: concat!($($page, "\n"),+) };
        )+

        /// Every code of this family.
        pub const CODES: &[Code] = &[$($constant),+];
    };
}

pub mod bundle;
pub mod composing;
pub mod conflicts;
pub mod manifest;
pub mod menu;
pub mod plugin;
pub mod reading;
pub mod workspace;

/// Every code, by its id.
pub fn codes() -> Vec<Code> {
    let families = [
        bundle::CODES,
        composing::CODES,
        conflicts::CODES,
        manifest::CODES,
        menu::CODES,
        plugin::CODES,
        reading::CODES,
        workspace::CODES,
    ];
    let mut codes = families.concat();
    codes.sort_by_key(|code| code.id);
    codes
}

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
