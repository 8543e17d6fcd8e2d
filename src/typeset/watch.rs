//! A layout is a program, and may run for ever or take all memory: it is stopped from outside, with the whole process,
//! since nothing within the typesetter can be.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::diag::Finding;

/// How long one report may take, unless the user says otherwise; a page takes some milliseconds.
pub const TIME: Duration = Duration::from_secs(20);

/// By how many kibibytes the process may grow meanwhile.
const MEMORY: u64 = 1 << 20;

/// How often it is looked at.
const PAUSE: Duration = Duration::from_millis(10);

/// What is being typeset.
static WORK: Mutex<Work> = Mutex::new(Work { next: 0, running: BTreeMap::new() });
static BEGUN: Condvar = Condvar::new();

struct Work {
    next: u64,
    running: BTreeMap<u64, Report>,
}

impl Work {
    fn oldest(&self) -> Option<&Report> {
        self.running.values().min_by_key(|report| report.since)
    }
}

/// A report that is being typeset.
struct Report {
    layout: String,
    title: String,
    since: Instant,
    /// Memory of the process when it began, in kibibytes.
    before: u64,
}

/// Says that a report is being typeset, until it is dropped.
pub(super) struct Watched(u64);

impl Watched {
    pub(super) fn begin(layout: &str, title: &str) -> Self {
        let report =
            Report { layout: layout.to_owned(), title: title.to_owned(), since: Instant::now(), before: memory() };
        let mut work = work();
        let number = work.next;
        work.next += 1;
        work.running.insert(number, report);
        BEGUN.notify_one();
        Self(number)
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        work().running.remove(&self.0);
    }
}

/// Watches over all reports that are typeset from now on, each of which may take so long; `stop` is called where one takes
/// too much, and ends the process. Memory that the system refuses outright is not seen: Rust aborts the process then.
pub fn watch(time: Duration, stop: impl FnOnce(Finding) + Send + 'static) {
    std::thread::spawn(move || stop(wait_for_excess(time)));
}

fn wait_for_excess(time: Duration) -> Finding {
    loop {
        // While nothing is typeset, other work may take what it needs.
        drop(BEGUN.wait_while(work(), |work| work.running.is_empty()).unwrap_or_else(PoisonError::into_inner));
        loop {
            std::thread::sleep(PAUSE);
            let work = work();
            let Some(oldest) = work.oldest() else { break };
            if oldest.since.elapsed() > time {
                let seconds = time.as_secs();
                let what = format!("it takes more than {seconds} second{}", if seconds == 1 { "" } else { "s" });
                return excess(oldest, &what);
            }
            if memory().saturating_sub(oldest.before) > MEMORY {
                return excess(oldest, &format!("it takes more than {} GiB of memory", MEMORY >> 20));
            }
        }
    }
}

fn excess(report: &Report, what: &str) -> Finding {
    Finding::error("typeset::too-much", format!("the layout does not finish \"{}\": {what}", report.title))
        .in_file(report.layout.clone())
        .help("look for a loop without an end, or a value that grows in one".to_owned())
}

fn work() -> MutexGuard<'static, Work> {
    WORK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Kibibytes of memory that the process has; 0 where the system does not tell (`/proc`, Linux).
fn memory() -> u64 {
    let told = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let resident = told.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    resident.and_then(|words| words.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
