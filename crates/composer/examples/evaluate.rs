//! Prints what modules export, one line of JSON a file: `evaluate ROOT FILE…`.

use std::{env, path::PathBuf, process::ExitCode};

use framework_m_composer::{
    disk::OsDisk,
    evaluate::{ReadOptions, evaluate, module_to_json},
    workspace::discover,
};

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let Some(root) = arguments.next() else {
        eprintln!("usage: evaluate ROOT FILE…");
        return ExitCode::from(2);
    };
    let Ok(root) = PathBuf::from(&root).canonicalize() else {
        eprintln!("`{root}` cannot be read");
        return ExitCode::FAILURE;
    };
    let (workspace, _) = discover(&OsDisk, &root, "framework-m");
    let options = ReadOptions::default();
    for file in arguments {
        let module = evaluate(&OsDisk, &workspace, &options, &root.join(&file));
        println!("{}", module_to_json(&file, &module));
    }
    ExitCode::SUCCESS
}
