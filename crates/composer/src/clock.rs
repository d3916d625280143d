#![allow(missing_docs)]
use std::time::Instant;
pub struct Clock(Instant);
impl Clock { pub fn new() -> Self { Self(Instant::now()) }
 pub fn lap(&mut self, name: &str) { if std::env::var_os("CLOCK").is_some() { eprintln!("clock {name} {:.2}", self.0.elapsed().as_secs_f64()*1000.0);} self.0 = Instant::now(); } }
