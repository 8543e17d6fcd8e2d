//! A layout is a program, and may run for ever or take all memory: it is stopped from outside, with the whole process,
//! since nothing within the typesetter can be.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::diag::{Finding, code};

/// How long one report may take, unless the user says otherwise; a page takes some milliseconds.
pub const TIME: Duration = Duration::from_secs(20);

/// By how many kibibytes the process may grow meanwhile, for each report that was in work beside the others.
const MEMORY: u64 = 1 << 20;

/// How often it is looked at.
const PAUSE: Duration = Duration::from_millis(10);

/// How long a thread that was refused memory waits for the end of the process.
const PATIENCE: Duration = Duration::from_secs(10);

/// The number of no report.
const NONE: u64 = u64::MAX;

/// Somebody watches.
static WATCHES: AtomicBool = AtomicBool::new(false);
/// The report whose thread was refused memory.
static REFUSED: AtomicU64 = AtomicU64::new(NONE);

thread_local! {
    /// The report that this thread typesets.
    static CURRENT: Cell<u64> = const { Cell::new(NONE) };
}

/// What is being typeset.
static WORK: Mutex<Work> = Mutex::new(Work { next: 0, running: BTreeMap::new() });
static BEGUN: Condvar = Condvar::new();

struct Work {
    next: u64,
    running: BTreeMap<u64, Job>,
}

impl Work {
    /// Takes up a report, given the memory of the process; returns its number.
    fn begin(&mut self, layout: &str, title: &str, memory: u64) -> u64 {
        let number = self.next;
        self.next += 1;
        let (layout, title) = (layout.to_owned(), title.to_owned());
        let report = Job { layout, title, since: Instant::now(), before: memory, together: 0 };
        self.running.insert(number, report);
        let together = self.running.len() as u64;
        self.running.values_mut().for_each(|report| report.together = report.together.max(together));
        number
    }

    /// Tells whether a report was refused memory, by its number, or the oldest takes too much, given the memory of the process.
    fn excess(&self, time: Duration, memory: u64, refused: u64) -> Option<Finding> {
        let oldest = self.running.values().min_by_key(|report| report.since)?;
        if let Some(report) = self.running.get(&refused) {
            return Some(report.too_much("it takes more memory than there is"));
        }
        let most = MEMORY * oldest.together;
        let what = if oldest.since.elapsed() > time {
            let seconds = time.as_secs();
            format!("it takes more than {seconds} second{}", if seconds == 1 { "" } else { "s" })
        } else if memory.saturating_sub(oldest.before) > most {
            let who = if oldest.together == 1 { "it takes" } else { "it and the reports beside it take" };
            format!("{who} more than {} GiB of memory", most >> 20)
        } else {
            return None;
        };
        Some(oldest.too_much(&what))
    }
}

/// A report that is being typeset.
struct Job {
    layout: String,
    title: String,
    since: Instant,
    /// Memory of the process when it began, in kibibytes.
    before: u64,
    /// Most reports that were in work at one time since then. What others took counts until it is given back.
    together: u64,
}

impl Job {
    fn too_much(&self, what: &str) -> Finding {
        let message = format!("the layout does not finish \"{}\": {what}", self.title);
        let help = "look for a loop without an end, or a value that grows in one".to_owned();
        Finding::error(code::typeset::TOO_MUCH, message).in_file(self.layout.clone()).help(help)
    }
}

/// Says that a report is being typeset, until it is dropped.
pub(super) struct Watched {
    number: u64,
    /// What the thread typesets besides: one that waits for others may take up a second report.
    outer: u64,
}

impl Watched {
    pub(super) fn begin(layout: &str, title: &str) -> Self {
        let number = work().begin(layout, title, memory());
        BEGUN.notify_one();
        Self { number, outer: CURRENT.replace(number) }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        CURRENT.set(self.outer);
        work().running.remove(&self.number);
    }
}

/// Watches over all reports that are typeset from now on, each of which may take so long; `stop` is called where one takes
/// too much, and ends the process.
pub fn watch(time: Duration, stop: impl FnOnce(Finding) + Send + 'static) {
    WATCHES.store(true, Ordering::Relaxed);
    std::thread::spawn(move || stop(wait_for_excess(time)));
}

/// Takes the allocator's word that the system refuses memory to this thread, which ends the process: gives the watch the
/// time to say which layout asks for it, and to end the process in good order. Allocates nothing.
pub fn memory_is_refused(_bytes: usize) {
    let Ok(number) = CURRENT.try_with(Cell::get) else { return };
    if number != NONE && WATCHES.load(Ordering::Relaxed) {
        REFUSED.store(number, Ordering::Relaxed);
        std::thread::sleep(PATIENCE);
    }
}

fn wait_for_excess(time: Duration) -> Finding {
    loop {
        // While nothing is typeset, other work may take what it needs.
        drop(BEGUN.wait_while(work(), |work| work.running.is_empty()).unwrap_or_else(PoisonError::into_inner));
        loop {
            std::thread::sleep(PAUSE);
            let work = work();
            if work.running.is_empty() {
                break;
            }
            if let Some(excess) = work.excess(time, memory(), REFUSED.load(Ordering::Relaxed)) {
                return excess;
            }
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_report_in_work_may_take_its_memory_and_what_it_took_counts_until_the_others_end() {
        let mut work = Work { next: 0, running: BTreeMap::new() };
        let told = |work: &Work, grown: u64| work.excess(TIME, 500 + grown, NONE).map(|finding| finding.message);
        let task = work.begin("layouts/a", "Connecticut", 500);
        assert_eq!(told(&work, MEMORY), None);
        let alone = "the layout does not finish \"Connecticut\": it takes more than 1 GiB of memory";
        assert_eq!(told(&work, MEMORY + 1).as_deref(), Some(alone));
        let others = ["Maine", "Vermont"].map(|title| work.begin("layouts/a", title, 600));
        assert_eq!(told(&work, 3 * MEMORY), None);
        // What they took may not be given back yet.
        for other in &others {
            work.running.remove(other);
        }
        assert_eq!(told(&work, 3 * MEMORY), None);
        let beside =
            "the layout does not finish \"Connecticut\": it and the reports beside it take more than 3 GiB of memory";
        assert_eq!(told(&work, 3 * MEMORY + 1).as_deref(), Some(beside));
        work.running.remove(&task);
        assert_eq!(told(&work, 9 * MEMORY), None);
    }

    #[test]
    fn the_report_that_was_refused_memory_is_named_not_the_oldest() {
        let mut work = Work { next: 0, running: BTreeMap::new() };
        let reports = ["Connecticut", "Maine"].map(|title| work.begin("layouts/a", title, 500));
        let finding = work.excess(TIME, 500, reports[1]).unwrap();
        assert_eq!(finding.message, "the layout does not finish \"Maine\": it takes more memory than there is");
        work.running.remove(&reports[1]);
        assert!(work.excess(TIME, 500, reports[1]).is_none());
    }
}
