//! A run that is stopped by a key, or by the system, leaves nothing beside what it would have published.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::exit;
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};

/// Held for reading while names on the disk change; whoever stops the process takes it for good.
static WORK: RwLock<()> = RwLock::new(());

/// What would be left over.
static LEFT: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Keeps the process alive until a step is done. Never held twice by one thread.
pub fn working() -> RwLockReadGuard<'static, ()> {
    WORK.read().unwrap_or_else(PoisonError::into_inner)
}

/// Names a file or folder that is removed if the process is stopped.
pub fn sweep_if_interrupted(path: &Path) {
    left().insert(path.to_path_buf());
}

/// Takes back [`sweep_if_interrupted`].
pub fn is_done(path: &Path) {
    left().remove(path);
}

/// Ends the process from beside its work: no name changes any more, what is unfinished is swept away, and then it is said why.
pub fn end(code: i32, say: impl FnOnce()) -> ! {
    let _forever = WORK.write().unwrap_or_else(PoisonError::into_inner);
    for path in left().iter() {
        let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    }
    say();
    exit(code)
}

/// Waits for a signal to stop: `SIGINT`, `SIGTERM` and `SIGHUP` sweep away what is unfinished, say so, and end the process
/// with 128 and the number of the signal, as a shell has it.
#[cfg(unix)]
pub fn end_cleanly_on_signals(say: impl FnOnce() + Send + 'static) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;

    let Ok(mut signals) = Signals::new([SIGHUP, SIGINT, SIGTERM]) else { return };
    std::thread::spawn(move || {
        let Some(signal) = signals.forever().next() else { return };
        end(128 + signal, say);
    });
}

/// Elsewhere the system ends the process as it does.
#[cfg(not(unix))]
pub fn end_cleanly_on_signals(_: impl FnOnce() + Send + 'static) {}

fn left() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    LEFT.lock().unwrap_or_else(PoisonError::into_inner)
}
