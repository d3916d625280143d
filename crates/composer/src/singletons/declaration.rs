//! Where a manifest asks for a package.

use crate::{evaluate, source::Origin, workspace::Package};

/// An entry of a dependency table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// The table.
    pub table: Table,
    /// As written: a range, or what else a package manager takes, such as `catalog:`.
    pub range: String,
}

/// The dependency tables of a manifest, those first whose entry decides which copy is installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// `dependencies`
    Production,
    /// `optionalDependencies`
    Optional,
    /// `devDependencies`
    Development,
    /// `peerDependencies`
    Peer,
}

impl Table {
    const ALL: [Self; 4] = [Self::Production, Self::Optional, Self::Development, Self::Peer];

    /// The key in `package.json`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Production => "dependencies",
            Self::Optional => "optionalDependencies",
            Self::Development => "devDependencies",
            Self::Peer => "peerDependencies",
        }
    }

    /// Whether an entry comes along with the package wherever it is installed.
    pub(super) fn brings_a_copy(self) -> bool {
        matches!(self, Self::Production | Self::Optional)
    }
}

/// Every entry of a package for another.
pub(super) fn of(package: &Package, name: &str) -> Vec<Declaration> {
    let tables = package.dependencies();
    let range = |table| match table {
        Table::Production => tables.production.get(name),
        Table::Optional => tables.optional.get(name),
        Table::Development => tables.development.get(name),
        Table::Peer => tables.peer.get(name),
    };
    let entry = |table| range(table).map(|range| Declaration { table, range: range.clone() });
    Table::ALL.into_iter().filter_map(entry).collect()
}

/// The place of an entry. A manifest in YAML or JSON5 has no places, and stands as a whole.
pub fn place(package: &Package, table: Table, name: &str) -> Origin {
    let manifest = evaluate::json(&package.manifest).ok();
    let entry = manifest.as_ref().and_then(|manifest| manifest.property(table.key())?.value.property(name));
    entry.map_or_else(|| Origin::file(&package.manifest), |entry| entry.whole.clone())
}
