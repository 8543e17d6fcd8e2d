//! A run that is stopped by a key, or by the system, leaves nothing beside what it would have published.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, ExitStatus, exit};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};
use std::time::Duration;

/// Held for reading while names on the disk change; whoever stops the process takes it for good.
static WORK: RwLock<()> = RwLock::new(());

/// What would be left over.
static LEFT: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Folders that were made, from the top down.
static MADE: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// The process that does this one's work, while there is one.
static CHILD: Mutex<Option<u32>> = Mutex::new(None);
static ENDED: Condvar = Condvar::new();

/// How long that process may take to end.
const PATIENCE: Duration = Duration::from_secs(10);

thread_local! {
    /// This thread ends the process.
    static IS_ENDING: Cell<bool> = const { Cell::new(false) };
}

/// Returns if nobody stops the process, and otherwise never: what a run finds missing by then was swept away, and is no fault
/// to be told.
pub fn go_on() {
    if !IS_ENDING.get() {
        drop(working());
    }
}

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

/// Names a folder that is made: it is removed if the process is stopped and nothing is in it.
pub fn sweep_if_empty(folder: &Path) {
    locked(&MADE).insert(folder.to_path_buf());
}

/// Ends the process from beside its work: no name changes any more, what is unfinished is swept away, and then it is said why.
/// Where two threads want that, the first one does.
pub fn end(code: i32, say: impl FnOnce()) -> ! {
    let _forever = WORK.write().unwrap_or_else(PoisonError::into_inner);
    IS_ENDING.set(true);
    end_child();
    for path in left().iter() {
        let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    }
    for folder in locked(&MADE).iter().rev() {
        let _ = fs::remove_dir(folder);
    }
    say();
    exit(code)
}

/// Starts a process that does this one's work, and waits for it; whoever stops this one stops that one first, which then
/// sweeps up after itself.
///
/// # Errors
/// Returns what the system refused.
pub fn run(start: impl FnOnce() -> std::io::Result<Child>) -> std::io::Result<ExitStatus> {
    let mut child = {
        let _working = working();
        let child = start()?;
        *locked(&CHILD) = Some(child.id());
        child
    };
    let status = child.wait();
    *locked(&CHILD) = None;
    ENDED.notify_all();
    status
}

/// Asks the process that does this one's work to end, and waits until it has.
fn end_child() {
    let child = locked(&CHILD);
    #[cfg(unix)]
    if let Some(process) = child.and_then(|id| rustix::process::Pid::from_raw(id.try_into().ok()?)) {
        let _ = rustix::process::kill_process(process, rustix::process::Signal::TERM);
    }
    drop(ENDED.wait_timeout_while(child, PATIENCE, |child| child.is_some()));
}

/// Tells whether a process that ends with this code was stopped by a signal of those that stop this one cleanly.
pub fn is_interruption(code: i32) -> bool {
    STOPPING.iter().any(|signal| code == 128 + signal)
}

/// `SIGHUP`, `SIGINT` and `SIGTERM`, by their numbers on every Unix: somebody stops the process.
pub const STOPPING: [i32; 3] = [1, 2, 15];

/// Waits for a signal to stop: `SIGINT`, `SIGTERM` and `SIGHUP` sweep away what is unfinished, say so, and end the process
/// with 128 and the number of the signal, as a shell has it. A signal that whoever started the process ignores, as `nohup` does,
/// stays ignored.
#[cfg(unix)]
pub fn end_cleanly_on_signals(say: impl FnOnce() + Send + 'static) {
    use signal_hook::iterator::Signals;

    let ignored = ignored();
    let heard = STOPPING.iter().filter(|signal| ignored >> (**signal - 1) & 1 == 0);
    let Ok(mut signals) = Signals::new(heard) else { return };
    std::thread::spawn(move || {
        let Some(signal) = signals.forever().next() else { return };
        end(128 + signal, say);
    });
}

/// The signals that the process ignores, the first in the lowest bit; none where the system does not tell (`/proc`, Linux).
#[cfg(unix)]
fn ignored() -> u64 {
    let told = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = told.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}

/// Elsewhere the system ends the process as it does.
#[cfg(not(unix))]
pub fn end_cleanly_on_signals(_: impl FnOnce() + Send + 'static) {}

fn left() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    locked(&LEFT)
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
