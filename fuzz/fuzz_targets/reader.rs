//! Any bytes as a module of any kind: `cargo +nightly fuzz run reader`. The first byte chooses the kind.
#![no_main]

use std::path::Path;

use framework_m_composer::{
    disk::MemoryDisk,
    evaluate::{ReadOptions, evaluate, module_to_json},
    workspace::discover,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((kind, text)) = data.split_first() else { return };
    let extension = ["ts", "tsx", "mts", "js", "jsx", "mjs", "cjs", "json"][usize::from(*kind) % 8];
    let root = Path::new("/w");
    let file = root.join(format!("module.{extension}"));
    let mut disk = MemoryDisk::default();
    disk.write(&file, text);
    disk.write(root.join("b.ts"), "export const b = { x: 1 }\nexport * from './module'\nexport default [b]");
    let (workspace, _) = discover(&disk, root, "framework-m");
    let module = evaluate(&disk, &workspace, &ReadOptions::default(), &file);
    let _ = module_to_json("module", &module);
});
