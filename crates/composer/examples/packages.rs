//! Prints what `framework-m packages --json` prints, one line for each root given: for tests that ask about many
//! workspaces in one process.

use std::path::Path;

use framework_m_composer::{disk::OsDisk, workspace};
use serde_json::json;

fn main() {
    for root in std::env::args().skip(1) {
        let (workspace, diagnostics) = workspace::discover(&OsDisk, Path::new(&root), "framework-m");
        let packages: Vec<_> = workspace
            .packages
            .iter()
            .map(|package| {
                json!({ "name": package.name, "version": package.version, "dir": package.dir, "tag": package.tag })
            })
            .collect();
        println!("{}", serde_json::Value::from(packages));
        for diagnostic in diagnostics {
            eprintln!("{root}: {} {}", diagnostic.code.id, diagnostic.message);
        }
    }
}
