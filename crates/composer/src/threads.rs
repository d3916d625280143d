//! Threads with room for deep recursion, since the stages recurse as deeply as authors nest. They are started when they are
//! first needed and live as long as the process: to start one costs more than to compose a small shell, and its first steps
//! are slow for lack of memory that it has used before.

use std::{num::NonZero, sync::OnceLock, thread};

use rayon::{
    ThreadPool, ThreadPoolBuilder,
    iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator},
};

/// Debug builds need several times the stack of release builds for the same depth. What is not used is not taken.
const STACK: usize = if cfg!(debug_assertions) { 512 << 20 } else { 256 << 20 };

/// Where nothing has been read before, threads wait for the disk, and more of them than there are processors wait together.
const LEAST: usize = 4;
/// More threads than this wait for one another.
const MOST: usize = 8;

/// Pieces of a thread's share.
const PIECES: usize = 8;

/// Runs work on a thread with a large stack. A panic of the work goes on here.
///
/// # Panics
/// If the system gives no thread.
pub fn large<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    pool().install(work)
}

/// What `work` makes of every item, in their order. A second thread is not worth a few items: each has its `share`. They are
/// handed out in smaller pieces, so that nobody waits for the slowest.
pub(crate) fn map<T: Sync, R: Send>(
    items: &[T],
    share: usize,
    work: impl Fn(&T) -> R + Send + Sync,
) -> Vec<R> {
    if items.len() < 2 * share {
        return items.iter().map(work).collect();
    }
    large(|| items.par_iter().with_min_len(share.div_ceil(PIECES)).map(work).collect())
}

/// Does two pieces of work, at the same time where a processor is free.
pub(crate) fn both<A: Send, B: Send>(
    first: impl FnOnce() -> A + Send,
    second: impl FnOnce() -> B + Send,
) -> (A, B) {
    pool().join(first, second)
}

/// Frees a value, on another thread if there is one: what took long to make takes long to free, and nobody has to wait.
pub fn free(value: impl Send + 'static) {
    match POOL.get() {
        Some(pool) => pool.spawn(move || drop(value)),
        None => drop(value),
    }
}

static POOL: OnceLock<ThreadPool> = OnceLock::new();

fn pool() -> &'static ThreadPool {
    POOL.get_or_init(|| {
        let processors = thread::available_parallelism().map_or(1, NonZero::get);
        let builder = ThreadPoolBuilder::new().num_threads(processors.clamp(LEAST, MOST)).stack_size(STACK);
        match builder.thread_name(|index| format!("framework-m-{index}")).build() {
            Ok(pool) => pool,
            Err(error) => panic!("the system gives no threads: {error}"),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..10_000).collect();
        for share in [1, 100, 100_000] {
            let doubled = map(&items, share, |item| item * 2);
            assert!(doubled.iter().enumerate().all(|(index, &double)| double == index * 2));
        }
        assert!(map(&[] as &[usize], 1, |item| item * 2).is_empty());
    }

    #[test]
    fn work_may_recurse_deeply() {
        fn depth(left: usize) -> usize {
            std::hint::black_box([left; 64]);
            if left == 0 { 0 } else { 1 + depth(left - 1) }
        }
        assert_eq!(large(|| depth(100_000)), 100_000);
    }
}
