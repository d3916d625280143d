//! A watcher as JavaScript has it.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc::sync_channel},
    time::Duration,
};

use framework_m_composer::{build::Build, render::Colour, session::Session, watch};
use napi::{
    Env, Result, Status,
    bindgen_prelude::{FnArgs, Function, Object, Unknown},
    threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode},
};
use napi_derive::napi;

use crate::{composed::Composed, lazy::Lazy, options::WatchOptions, parts::Parts};

/// Follows the disk until it is closed.
#[napi]
pub struct Watcher {
    watching: Watching,
}

/// What follows the disk, until it is taken out. The callback holds it too: who keeps no reference to a watcher is called all
/// the same, as everywhere in Node.
#[derive(Clone, Default)]
struct Watching(Arc<Mutex<Option<watch::Watcher>>>);

impl Watching {
    fn get(&self) -> MutexGuard<'_, Option<watch::Watcher>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

type Call = ThreadsafeFunction<Arc<Build>, Unknown<'static>, FnArgs<(Lazy<Parts>,)>, Status, false>;

#[napi]
impl Watcher {
    pub(crate) fn start(
        session: &Arc<Mutex<Session>>,
        last: Build,
        frames: Option<Colour>,
        callback: &Function<FnArgs<(Lazy<Parts>,)>, Unknown<'static>>,
        options: &WatchOptions,
    ) -> Result<Self> {
        let (root, shell) = {
            let session = session.lock().unwrap_or_else(PoisonError::into_inner);
            (session.root().to_path_buf(), session.shell().to_path_buf())
        };
        let watching = Watching::default();
        let held = watching.clone();
        let call: Call =
            callback.build_threadsafe_function::<Arc<Build>>().build_callback(move |context| {
                let _ = &held;
                Ok(FnArgs::from((Composed::lazy(&root, &shell, context.value, frames),)))
            })?;
        let listener = Box::new(move |build| {
            // Whoever waits for a change is told after the callback has returned.
            let (returned, wait) = sync_channel(1);
            let tell = move |_: Result<Unknown>, _: Env| {
                // Nobody waits any more where the process is ending.
                let _ = returned.send(());
                Ok(())
            };
            if call.call_with_return_value(build, ThreadsafeFunctionCallMode::Blocking, tell) == Status::Ok {
                let _ = wait.recv();
            }
        });
        let poll = options.poll.map(|interval| Duration::from_millis(interval.into()));
        *watching.get() = Some(watch::Watcher::start(Arc::clone(session), last, poll, listener));
        Ok(Self { watching })
    }

    /// Says that files changed, for those who hear of it from elsewhere too. Resolves once these and all other changes
    /// heard of so far have been dealt with, and the callback has been called if there was news.
    #[napi(ts_return_type = "Promise<void>")]
    pub fn changed<'env>(&self, env: &'env Env, paths: Vec<String>) -> Result<Object<'env>> {
        let (deferred, promise) = env.create_deferred()?;
        let done: Box<dyn FnOnce() + Send> = Box::new(move || deferred.resolve(|_| Ok(())));
        match &*self.watching.get() {
            Some(watching) => watching.changed(paths.into_iter().map(PathBuf::from).collect(), done),
            None => done(),
        }
        Ok(promise)
    }

    /// Ends it.
    #[napi]
    pub fn close(&mut self) {
        self.watching.get().take();
    }
}
