//! Framework M's composer: from plugin packages on disk to one composed app.
//!
//! ```text
//! Workspace → Vec<PluginPackage> → Vec<Plugin> → Composition → Artifacts
//! ```

pub mod diagnostic;
pub mod disk;
pub mod evaluate;
pub mod messages;
pub mod source;
pub mod value;
pub mod workspace;
