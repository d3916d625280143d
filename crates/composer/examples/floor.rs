//! What no composer can be faster than: `floor read LIST` opens and reads the files whose paths are the lines of a file,
//! on one thread; `floor stat LIST` only asks for their metadata. Prints a line of JSON, as `bench/sample.mjs` does.

use std::{
    env, fs,
    hint::black_box,
    process::ExitCode,
    time::{Duration, Instant},
};

use serde_json::json;

/// As in `bench/sample.mjs`.
const LATER: Duration = Duration::from_secs(1);
const MOST: usize = 15;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [what, list] = arguments.as_slice() else { return usage() };
    let ask = match what.as_str() {
        "read" => |path: &str| fs::read(path).map(|bytes| bytes.len()),
        "stat" => |path: &str| fs::metadata(path).map(|_| 0),
        _ => return usage(),
    };
    let Ok(list) = fs::read_to_string(list) else {
        eprintln!("`{list}` cannot be read");
        return ExitCode::FAILURE;
    };
    let paths: Vec<&str> = list.lines().collect();
    let call = || {
        let start = Instant::now();
        let sizes: Result<Vec<usize>, _> = paths.iter().map(|path| ask(path)).collect();
        black_box(sizes).map(|_| start.elapsed().as_secs_f64() * 1000.0)
    };
    match sample(call) {
        Ok((first, later)) => {
            let line =
                json!({ "load": 0, "first": first, "later": later, "base": 0, "memory": 0, "measures": {} });
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// The time of a first call, and those of later ones.
fn sample<E>(call: impl Fn() -> Result<f64, E>) -> Result<(f64, Vec<f64>), E> {
    let first = call()?;
    let start = Instant::now();
    let mut later = Vec::new();
    while later.len() < 3 || (later.len() < MOST && start.elapsed() < LATER) {
        later.push(call()?);
    }
    Ok((first, later))
}

fn usage() -> ExitCode {
    eprintln!("usage: floor read|stat LIST");
    ExitCode::from(2)
}
