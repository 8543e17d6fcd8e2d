//! A command that reads PDFs in a process of its own, with bounded memory and time: a small file can be made to unpack
//! to gigabytes, or to be drawn for hours, and no reader foresees all of that.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus};
use std::time::Duration;

use rlimit::{Resource, setrlimit};

use crate::diag::{Finding, Findings, Sources, code};
use crate::disk::interrupt;
use crate::review;

use super::report;

/// Set for the process that is bounded, to the seconds that it may take.
const MARK: &str = "PLATEN_BOUNDED";
/// Memory of the address space, in bytes, beside that of the threads' stacks.
const MEMORY: u64 = 4 << 30;
/// The same for each thread.
const MEMORY_OF_THREAD: u64 = 320 << 20;
/// Time of a processor that any review may take.
pub(super) const TIME: Duration = Duration::from_secs(10);
/// The same for each megabyte of the files; drawing all pages takes several times what comparing them does.
const SECONDS_OF_MEGABYTE: u64 = 10;
const SECONDS_OF_MEGABYTE_DRAWN: u64 = 40;

/// What a command reads.
pub(super) struct Reading<'a> {
    /// Two PDFs, or two releases.
    pub old: &'a Path,
    pub new: &'a Path,
    /// Their pages are drawn.
    pub draws: bool,
    /// Findings are told as lines of JSON.
    pub json: bool,
    /// The exit code of a command that could not read them.
    pub failed: u8,
    /// How long it may take on a processor, beside what larger files take.
    pub time: Duration,
}

/// Says that the run was interrupted; the bounded process leaves that to the one that started it.
pub(super) fn interrupted() {
    if std::env::var_os(MARK).is_none() {
        report::note("interrupted; what is not finished is not kept");
    }
}

/// Runs the command again within bounds; nothing, where this is the bounded process, or none can be started.
pub(super) fn run(reading: &Reading<'_>) -> Option<ExitCode> {
    if let Ok(seconds) = std::env::var(MARK) {
        apply_rlimits(seconds.parse().unwrap_or(reading.time.as_secs()));
        return None;
    }
    let files = review::reviewed_files(reading.old, reading.new);
    let status = respawn(std::env::args_os().skip(1), seconds(reading.time, &files, reading.draws))?;
    match status.code() {
        // Whoever stopped it has stopped this one as well, and hears it once.
        Some(code) if interrupt::is_interruption(code) => interrupt::end(code, interrupted),
        Some(code) => return Some(ExitCode::from(u8::try_from(code).unwrap_or(reading.failed))),
        None if is_stopped(status) => {}
        None => report::not_compared(&too_much(reading, &files), &Sources::default(), reading.json),
    }
    Some(ExitCode::from(reading.failed))
}

/// Tells whether somebody stopped the process: by a key, or by closing its terminal.
#[cfg(unix)]
fn is_stopped(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    status.signal().is_some_and(|signal| interrupt::STOPPING.contains(&signal))
}

#[cfg(not(unix))]
fn is_stopped(_: ExitStatus) -> bool {
    false
}

/// Sets the bounds of this process; where the system has none, none hold.
fn apply_rlimits(seconds: u64) {
    // Whoever kills the command stops this process as well, which sweeps up first.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::TERM));
    let threads = std::thread::available_parallelism().map_or(1, usize::from) as u64;
    let memory = MEMORY + threads * MEMORY_OF_THREAD;
    for (resource, limit) in [(Resource::AS, memory), (Resource::CPU, seconds), (Resource::CORE, 0)] {
        let _ = setrlimit(resource, limit, limit);
    }
}

fn seconds(time: Duration, files: &[(PathBuf, u64)], draws: bool) -> u64 {
    let bytes = files.iter().fold(0_u64, |sum, (_, size)| sum.saturating_add(*size));
    let each = if draws { SECONDS_OF_MEGABYTE_DRAWN } else { SECONDS_OF_MEGABYTE };
    time.as_secs().saturating_add((bytes >> 20).saturating_mul(each))
}

fn respawn(arguments: impl Iterator<Item = OsString>, seconds: u64) -> Option<ExitStatus> {
    let program = std::env::current_exe().ok()?;
    let mut command = Command::new(program);
    command.args(arguments).env(MARK, seconds.to_string());
    interrupt::run(|| command.spawn()).ok()
}

/// Says which files take too much; those are read one by one to find them.
fn too_much(reading: &Reading<'_>, files: &[(PathBuf, u64)]) -> Findings {
    let takes_too_much = |path: &Path, size: u64| {
        let probe = ["review".into(), "--probe".into(), path.into(), path.into()];
        let status = respawn(probe.into_iter(), seconds(reading.time, &[(path.to_path_buf(), size)], false));
        status.is_some_and(|status| status.code().is_none())
    };
    let fault = |path: &Path| {
        let message = "reading the file takes more memory or time than a report can need";
        Finding::error(code::review::TOO_MUCH, message).in_file(path.to_string_lossy())
    };
    let mut findings = Findings::new();
    for (path, size) in files {
        if takes_too_much(path, *size) {
            findings.push(fault(path));
        }
    }
    if !findings.has_errors() {
        findings.push(fault(reading.old));
        findings.push(fault(reading.new));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn larger_files_may_take_longer_and_drawing_takes_longest() {
        let files = |sizes: &[u64]| sizes.iter().map(|size| (PathBuf::new(), *size)).collect::<Vec<_>>();
        let allowed = |files: &[(PathBuf, u64)], draws| seconds(TIME, files, draws);
        let megabyte = 1 << 20;
        assert_eq!(allowed(&files(&[]), true), 10);
        assert_eq!(allowed(&files(&[megabyte - 1]), true), 10);
        // Together they have three megabytes.
        let both = files(&[2 * megabyte - 1, megabyte + 1]);
        assert_eq!((allowed(&both, false), allowed(&both, true)), (40, 130));
        assert_eq!(allowed(&files(&[1 << 63]), true), 10 + (1 << 43) * 40);
        // Files with holes may have any size.
        assert_eq!(allowed(&files(&[1 << 63, 1 << 63]), false), 10 + (u64::MAX >> 20) * 10);
    }
}
