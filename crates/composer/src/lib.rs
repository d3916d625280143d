//! Framework M's composer: from plugin packages on disk to one composed app.
//!
//! ```text
//! Workspace → Vec<PluginPackage> → Vec<Plugin> → Composition → Artifacts
//! ```

pub mod build;
pub mod compose;
pub mod composition;
pub mod contribution;
pub mod diagnostic;
pub mod disk;
pub mod draw;
pub mod evaluate;
pub mod explain;
pub mod finding;
pub mod generate;
pub mod manifest;
pub mod maps;
mod memo;
pub mod messages;
mod name;
pub mod node;
pub mod options;
pub mod path;
pub mod plugin;
pub mod range;
pub mod render;
pub mod session;
mod shell;
pub mod singletons;
pub mod source;
pub mod tag;
pub mod tarball;
pub mod threads;
pub mod value;
pub mod watch;
pub mod when;
pub mod workspace;
