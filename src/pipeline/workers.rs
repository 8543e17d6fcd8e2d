//! Reports are made side by side, and none within another one.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Makes something of each job in this order, as many at a time as there are cores, until `make` returns nothing; returns
/// what was made in the order of the jobs. `slow` tells how many of them take their time.
///
/// Each worker has a pool of one thread for what the libraries would divide further: all cores are busy with reports, and
/// in a common pool a report that waits for its own pictures and streams would begin another one meanwhile, and that one a
/// third. Where fewer jobs take their time than there are cores, each has a pool of all cores.
pub(super) fn in_order<T: Send>(order: &[usize], slow: usize, make: impl Fn(usize) -> Option<T> + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let cores = rayon::current_num_threads();
    let threads = if slow < cores { cores } else { 1 };
    let work = || {
        let mut made = Vec::new();
        while let Some(&job) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
            match make(job) {
                Some(output) => made.push((job, output)),
                None => _ = next.fetch_max(order.len(), Ordering::Relaxed),
            }
        }
        made
    };
    let mut made: Vec<(usize, T)> = std::thread::scope(|scope| {
        let alone = || match rayon::ThreadPoolBuilder::new().num_threads(threads).build() {
            Ok(pool) => pool.install(work),
            Err(_) => work(),
        };
        let workers: Vec<_> = (0..cores.min(order.len())).map(|_| scope.spawn(alone)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    made.sort_by_key(|(job, _)| *job);
    made.into_iter().map(|(_, made)| made).collect()
}

/// Makes something of each of so many jobs.
pub(super) fn each<T: Send>(jobs: usize, make: impl Fn(usize) -> T + Sync) -> Vec<T> {
    in_order(&(0..jobs).collect::<Vec<_>>(), jobs, |job| Some(make(job)))
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use rayon::prelude::*;

    use super::*;

    thread_local!(static AT_WORK: Cell<bool> = const { Cell::new(false) });

    #[test]
    fn no_job_begins_within_another_one_and_all_come_in_order() {
        let made = each(64, |job| {
            assert!(!AT_WORK.replace(true), "a job within another one");
            // What a library divides further makes room for others to be begun.
            let sum: usize = (0..1_000).into_par_iter().with_max_len(1).sum();
            AT_WORK.set(false);
            (job, sum)
        });
        assert_eq!(made, (0..64).map(|job| (job, 499_500)).collect::<Vec<_>>());
    }

    #[test]
    fn nothing_more_is_begun_after_a_job_that_made_nothing() {
        let begun = AtomicUsize::new(0);
        let make = |job| {
            begun.fetch_add(1, Ordering::Relaxed);
            (job != 2).then_some(job)
        };
        let order: Vec<usize> = (0..100_000).collect();
        let made = in_order(&order, order.len(), make);
        assert!(made.starts_with(&[0, 1]));
        assert!(begun.into_inner() < order.len());
    }
}
