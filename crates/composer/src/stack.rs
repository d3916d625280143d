//! Room for deep recursion: the stages recurse as deeply as authors nest.

use std::{cell::Cell, thread};

/// Debug builds need several times the stack of release builds for the same depth.
const STACK: usize = if cfg!(debug_assertions) { 512 << 20 } else { 256 << 20 };

thread_local! {
    static IS_LARGE: Cell<bool> = const { Cell::new(false) };
}

/// Runs work on a thread with a large stack: a new one, unless this is one already. A panic of the work goes on here.
///
/// # Panics
/// If the system gives no thread.
pub fn large<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    if IS_LARGE.get() {
        return work();
    }
    thread::scope(|scope| {
        let marked = || {
            IS_LARGE.set(true);
            work()
        };
        match thread::Builder::new().stack_size(STACK).spawn_scoped(scope, marked) {
            Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            Err(error) => panic!("the system gives no thread: {error}"),
        }
    })
}
