//! Every message that an author can see: one function each, with its permanent code. What a code means stands beside it,
//! as its documentation: `docs/diagnostics` and `framework-m explain` print the same text.

use crate::diagnostic::{Diagnostic, Explained};

/// The codes of a family. The documentation of each is its page: a sentence, what it means and what to do, and where files
/// can show it an `# Example` and how it is `# Mended`; a block of code begins with its language and its file's path.
/// The tests compose both.
macro_rules! codes {
    ($($(#[doc = $page:literal])+ $severity:ident $constant:ident $id:literal $name:literal;)+) => {
        $(
            $(#[doc = $page])+
            pub const $constant: Code = Code { id: $id, name: $name, severity: Severity::$severity };
        )+

        /// Every code of this family.
        pub const CODES: &[Explained] =
            &[$(Explained { code: $constant, documentation: concat!($($page, "\n"),+) }),+];
    };
}

pub mod bundle;
pub mod composing;
pub mod conflicts;
mod foreign_keys;
pub mod manifest;
pub mod menu;
pub mod packing;
pub mod plugin;
pub mod reading;
pub mod singletons;
pub mod workspace;

/// Says too that a file is there whose path differs in the case of its letters. Windows and macOS would take it.
pub(crate) fn in_other_letters(missing: Diagnostic, file: Option<&str>) -> Diagnostic {
    let Some(file) = file else { return missing };
    missing.help(format!("There is `{file}`: write its name in the same letters."))
}

/// Every code, by its id.
pub fn codes() -> Vec<Explained> {
    let families = [
        bundle::CODES,
        composing::CODES,
        conflicts::CODES,
        manifest::CODES,
        menu::CODES,
        packing::CODES,
        plugin::CODES,
        reading::CODES,
        singletons::CODES,
        workspace::CODES,
    ];
    let mut codes = families.concat();
    codes.sort_by_key(|explained| explained.code.id);
    codes
}

/// "Did you mean `label`?", if a name is close to one that exists. Only what tells the two apart counts: names of one scope
/// or one plugin are not alike because they begin alike.
pub fn did_you_mean<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let near = |candidate: &&str| {
        let (own, other) = beyond_what_they_share(name, candidate);
        let distance = strsim::damerau_levenshtein(&own.to_lowercase(), &other.to_lowercase());
        let length = other.chars().count();
        (distance * 3 <= length.max(3) && distance < length.max(1)).then_some(distance)
    };
    known
        .filter_map(|candidate| near(&candidate).map(|distance| (distance, candidate)))
        .min()
        .map(|(_, best)| format!("Did you mean `{best}`?"))
}

/// Two names without the parts that both begin with: `@acme/`, `wms.`, `wms#/wms/`.
fn beyond_what_they_share<'a>(one: &'a str, other: &'a str) -> (&'a str, &'a str) {
    let shared = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let start =
        one.as_bytes()[..shared].iter().rposition(|byte| b"/.:#-".contains(byte)).map_or(0, |at| at + 1);
    (&one[start..], &other[start..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_suggested_for_one_that_is_close() {
        let known = ["wms.stock", "wms.moves", "@acme/string", "wms#/wms/stock", "öl"];
        let suggest = |name: &str| did_you_mean(name, known.into_iter());
        assert_eq!(suggest("wms.Stok").unwrap(), "Did you mean `wms.stock`?");
        assert_eq!(suggest("wsm.stock").unwrap(), "Did you mean `wms.stock`?");
        assert_eq!(suggest("wms#/wms/stok").unwrap(), "Did you mean `wms#/wms/stock`?");
        assert_eq!(suggest("@acme/admin"), None);
        assert_eq!(suggest("wms.x"), None);
        assert_eq!(suggest("ö"), Some("Did you mean `öl`?".into()));
    }
}
