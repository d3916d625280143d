//! The hash maps of this crate. Their hasher is fast and takes no key: what is hashed are the names and paths of one's own
//! repository.

use rustc_hash::FxBuildHasher;

/// A map in the order in which its keys came.
pub type IndexMap<K, V> = indexmap::IndexMap<K, V, FxBuildHasher>;
/// A map without an order: it must not reach any output.
pub(crate) type HashMap<K, V> = std::collections::HashMap<K, V, FxBuildHasher>;
/// A set without an order: it must not reach any output.
pub(crate) type HashSet<T> = std::collections::HashSet<T, FxBuildHasher>;
