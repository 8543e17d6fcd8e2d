//! A run that is stopped in the middle: it ends with a sentence and leaves nothing aside; what a kill leaves aside, the next
//! run sweeps away; and nothing gets its name before it is on the disk.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use super::{SPEC, files, project, release, released};
use crate::support::Project;

const RELEASE: [&str; 4] = ["release", SPEC, "--out", "release"];
const APPROVE: [&str; 8] = ["approve", "release", "--as", "A. Reader", "--role", "director", "--note", "read in full"];
const BUILD: [&str; 4] = ["build", SPEC, "--out", "out"];
const PRESS: [&str; 6] = ["press", SPEC, "--profile", "config/press/us-letter-offset.yaml", "--out", "press"];

/// Changes the words of all reports, so that there is something to release again.
fn reword(project: &Project) {
    let (from, to) = ("The image above is a heat map", "The picture above is a heat map");
    let is_first = project.read(SPEC).contains(from);
    let (from, to) = if is_first { (from, to) } else { (to, from) };
    project.edit(SPEC, from, to);
}

/// Prepares a run under strace, which reads its expressions (`-e`), and whose log goes nowhere.
pub(super) fn traced(project: &Project, log: &str, expressions: &[&str], arguments: &[&str]) -> Command {
    // Whoever runs the tests may ignore signals.
    traced_with("--default-signal=HUP,INT,TERM", project, log, expressions, arguments)
}

/// As [`traced`], with what `env` makes of its signals.
fn traced_with(signals: &str, project: &Project, log: &str, expressions: &[&str], arguments: &[&str]) -> Command {
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-y", "-s", "0", "-o", log]);
    command.args(expressions.iter().flat_map(|expression| ["-e", expression]));
    // The shell tells the number of the process, and becomes the program.
    let script = format!("echo $$ > pid; exec env {signals} \"$0\" \"$@\"");
    command.args(["sh", "-c", &script, env!("CARGO_BIN_EXE_platen")]).args(arguments);
    command.current_dir(project.path("")).env("NO_COLOR", "1").stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

/// Runs a command under strace to its end.
fn under_strace(project: &Project, log: &str, expressions: &[&str], arguments: &[&str]) -> Output {
    traced(project, log, expressions, arguments)
        .output()
        .unwrap_or_else(|error| panic!("`strace` is needed by this test; `tests/run` installs it: {error}"))
}

/// Waits until the process that wrote a file is gone: it may be killed, and a thread of it still wait for the disk.
fn wait_for_its_end(path: &Path) {
    if path.is_file() {
        fs::File::open(path).unwrap().lock().unwrap();
    }
}

/// Lists what stands beside what is published, and is to be gone after a run.
pub(super) fn left_aside(project: &Project) -> Vec<String> {
    let mut left: Vec<String> = fs::read_dir(project.path(""))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".platen-new"))
        .collect();
    let of_files = files(&project.path("")).into_keys();
    left.extend(of_files.filter(|name| name.rsplit('/').next().unwrap().starts_with(".platen-")));
    left
}

/// All files of a project, but for those that a run may leave.
fn content(project: &Project) -> BTreeMap<String, Vec<u8>> {
    let mut content = files(&project.path(""));
    content.retain(|name, _| {
        name != "pid"
            && name != ".release.platen-lock"
            && !name.starts_with(".platen-cache/objects/")
            && !name.starts_with(".platen-cache/reports/")
    });
    content
}

#[test]
fn a_signal_ends_a_run_with_a_sentence_and_nothing_is_left_aside() {
    let project = released();
    project.succeeds(&BUILD);
    reword(&project);
    let before = content(&project);
    // Waiting for the disk, with files aside, takes long enough that the signal comes meanwhile.
    let release_waits = "inject=fdatasync:delay_enter=2000000:when=1";
    let build_waits = "inject=fsync:delay_enter=2000000:when=1";
    for (arguments, waits) in [
        (RELEASE.as_slice(), release_waits),
        (&[RELEASE.as_slice(), &["--no-cache"]].concat(), release_waits),
        (&APPROVE, release_waits),
        (&BUILD, build_waits),
        (&PRESS, build_waits),
    ] {
        for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143), (Signal::HUP, 129)] {
            let mut child =
                traced(&project, "/dev/null", &["trace=fsync,fdatasync", waits], arguments).spawn().unwrap();
            while left_aside(&project).is_empty() {
                assert!(child.try_wait().unwrap().is_none(), "{arguments:?} ended before it had begun");
                std::thread::sleep(Duration::from_millis(5));
            }
            let process = Pid::from_raw(project.read("pid").trim().parse().unwrap()).unwrap();
            kill_process(process, signal).unwrap();
            let output = child.wait_with_output().unwrap();
            let says = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(code), "{arguments:?} {says}");
            let told = says.lines().filter(|line| *line == "interrupted; what is not finished is not kept");
            assert_eq!(told.count(), 1, "{says}");
            assert!(!says.contains("error"), "{says}");
            let after = content(&project);
            let names: Vec<&String> = after.keys().filter(|name| before.get(*name) != after.get(*name)).collect();
            assert!(before == after, "{arguments:?} {signal:?} left {names:?}");
        }
    }
}

/// Starts a run, and sends it a signal when it has something aside.
fn signalled(project: &Project, mut run: Command, signal: Signal) -> Output {
    let mut child = run.spawn().unwrap();
    while left_aside(project).is_empty() {
        assert!(child.try_wait().unwrap().is_none(), "it ended before it had begun");
        std::thread::sleep(Duration::from_millis(5));
    }
    let process = Pid::from_raw(project.read("pid").trim().parse().unwrap()).unwrap();
    kill_process(process, signal).unwrap();
    child.wait_with_output().unwrap()
}

const WAITS: [&str; 2] = ["trace=fsync,fdatasync", "inject=fsync:delay_enter=2000000:when=1"];

#[test]
fn folders_that_were_made_for_nothing_are_gone() {
    let project = Project::new();
    fs::create_dir(project.path("kept")).unwrap();
    for out in ["fresh", "fresh/deep", "kept/deep"] {
        let run = traced(&project, "/dev/null", &WAITS, &["build", SPEC, "--out", out]);
        assert_eq!(signalled(&project, run, Signal::INT).status.code(), Some(130), "{out}");
        assert!(!project.path("fresh").exists(), "{out}");
        assert_eq!(fs::read_dir(project.path("kept")).unwrap().count(), 0, "{out}");
    }
}

#[test]
fn a_signal_that_was_ignored_stays_ignored() {
    let project = Project::new();
    let run = traced_with("--ignore-signal=HUP", &project, "/dev/null", &WAITS, &BUILD);
    let output = signalled(&project, run, Signal::HUP);
    let says = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && !says.contains("interrupted"), "{says}");
    assert!(project.pdf().is_file());
}

#[test]
fn who_stops_a_review_stops_the_process_that_reads_for_it_and_nothing_is_left_aside() {
    let project = Project::new();
    project.succeeds(&["release", SPEC, "--out", "old"]);
    reword(&project);
    project.succeeds(&["release", SPEC, "--out", "new"]);
    let before = content(&project);
    let review = ["review", "old", "new", "--html", "fresh/review.html"];
    for (signal, code) in [(Signal::TERM, Some(143)), (Signal::INT, Some(130)), (Signal::KILL, None)] {
        let output = signalled(&project, traced(&project, "/dev/null", &WAITS, &review), signal);
        let says = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), code, "{says}");
        let told = says.lines().filter(|line| *line == "interrupted; what is not finished is not kept");
        assert_eq!(told.count(), code.iter().count(), "{says}");
        assert!(content(&project) == before && !project.path("fresh").exists(), "{signal:?}");
    }
}

#[test]
fn what_a_killed_verification_built_is_swept_by_the_next_one() {
    let project = Project::new();
    release(&project, &[]);
    fs::create_dir(project.path("tmp")).unwrap();
    let verify = ["verify", "release"];
    let kill = "inject=fdatasync:signal=KILL:when=1";
    let mut run = traced(&project, "/dev/null", &[kill], &verify);
    let output = run.env("TMPDIR", project.path("tmp")).output().unwrap();
    assert_eq!(output.status.signal(), Some(9), "{}", String::from_utf8_lossy(&output.stderr));
    let left = || fs::read_dir(project.path("tmp")).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    let [killed] = left().try_into().expect("it leaves one folder");
    // It may be killed, and a thread of it still wait for the disk.
    fs::File::open(killed).unwrap().lock().unwrap();
    let output = project.command(&verify).env("TMPDIR", project.path("tmp")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(left().is_empty(), "{:?}", left());
}

#[test]
fn what_is_published_and_may_not_last_is_told_as_that() {
    let project = released();
    reword(&project);
    project.succeeds(&["build", SPEC, "--out", "fresh"]);
    let root = fs::canonicalize(project.path("")).unwrap();
    for (arguments, folder) in [(RELEASE.as_slice(), root.clone()), (&BUILD, root.join("out/pdf"))] {
        let mut strace = Command::new("strace");
        strace.args(["-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync", "-e", "inject=fsync:error=EIO", "-P"]);
        strace.arg(&folder).arg(env!("CARGO_BIN_EXE_platen")).args(arguments).current_dir(&root);
        let output = strace.output().unwrap();
        let says = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{says}");
        assert!(says.contains("error[publish::not-on-disk]: it is published"), "{says}");
        assert!(says.ends_with("1 error; all was published\n"), "{says}");
    }
    project.succeeds(&["verify", "release", "--outputs-only"]);
    for place in ["release/pdf", "out/pdf"] {
        assert!(files(&project.path(place)) == files(&project.path("fresh/pdf")), "{place}");
    }
    assert_eq!(left_aside(&project), [""; 0]);
}

#[test]
fn what_a_kill_left_aside_is_swept_by_the_next_run_of_the_same_command() {
    let project = released();
    fs::remove_dir_all(project.path(".platen-cache")).unwrap();
    let renames = "inject=?rename,?renameat,?renameat2:signal=KILL:when=1";
    for (arguments, kill, what) in [
        (RELEASE.as_slice(), "inject=fdatasync:signal=KILL:when=1", ".release.platen-new"),
        (&RELEASE, renames, ".platen-cache/new/.platen-"),
        (&APPROVE, "inject=fdatasync:signal=KILL:when=1", ".release.platen-new"),
        (&APPROVE, "inject=renameat2:signal=KILL:when=1", ".release.platen-new"),
        // Which of its files comes first nobody knows.
        (&BUILD, "inject=fsync:signal=KILL:when=1", "out/"),
        (&PRESS, "inject=fsync:signal=KILL:when=1", "press/"),
    ] {
        reword(&project);
        let released = files(&project.path("release"));
        let _ = fs::remove_dir_all(project.path(".platen-cache"));
        if arguments == APPROVE {
            // An approval is of a release as its inputs made it, whatever they are now.
            project.succeeds(&["verify", "release", "--outputs-only"]);
        }
        let output = under_strace(&project, "/dev/null", &[kill], arguments);
        assert_eq!(output.status.signal(), Some(9), "{arguments:?} {}", String::from_utf8_lossy(&output.stderr));
        let left = left_aside(&project);
        assert!(left.iter().any(|name| name.starts_with(what)), "{arguments:?}: {left:?}");
        assert!(files(&project.path("release")) == released, "{arguments:?}");
        for name in &left {
            wait_for_its_end(&project.path(name));
        }
        project.succeeds(arguments);
        assert_eq!(left_aside(&project), [""; 0], "{arguments:?}");
        project.succeeds(&["verify", "release", "--outputs-only"]);
    }
}

#[test]
fn a_mount_point_is_refused_before_anything_is_read() {
    let project = project();
    // File systems that every Linux has mounted.
    for place in ["/proc", "/dev/shm"] {
        let findings = project.refuses(&["release", SPEC, "--out", place]);
        let told = format!(
            "error[publish::unwritable]: a file system is mounted on the folder, which cannot be exchanged\n  ┌─ {place}\n  \
             = help: release into a folder below it\n1 error; nothing was published\n"
        );
        assert_eq!(findings, told);
    }
    assert!(!Path::new("/.proc.platen-lock").exists() && !Path::new("/dev/.shm.platen-lock").exists());
}

/// Modes of all files and folders below a folder.
fn modes(folder: &Path) -> BTreeMap<PathBuf, (bool, u32)> {
    let mut modes = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let entry = entry.unwrap();
            let metadata = entry.metadata().unwrap();
            if metadata.is_dir() {
                folders.push(entry.path());
            }
            modes.insert(entry.path(), (metadata.is_dir(), metadata.permissions().mode() & 0o777));
        }
    }
    modes
}

#[test]
fn the_umask_takes_rights_away_and_never_gives_others_any_to_write() {
    for (word, umask) in [("000", 0), ("022", 0o022), ("077", 0o077)] {
        let project = project();
        let before = modes(&project.path(""));
        for arguments in [RELEASE.as_slice(), &APPROVE, &BUILD, &PRESS, &["release", SPEC, "--out", "new/release"]] {
            let script = format!("umask {word}; exec \"$0\" \"$@\"");
            let mut shell = Command::new("sh");
            shell.args(["-c", &script, env!("CARGO_BIN_EXE_platen")]).args(arguments).current_dir(project.path(""));
            let output = shell.output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        let after = modes(&project.path(""));
        let made = after.iter().filter(|(path, _)| !before.contains_key(*path));
        let mut kinds = [0; 3];
        for (path, &(is_folder, mode)) in made {
            let name = path.strip_prefix(project.path("")).unwrap();
            let is_published = name.starts_with("release") || name.starts_with("new/release");
            let (kind, most) = match (is_folder, is_published) {
                (true, _) => (0, 0o755),
                (false, true) => (1, 0o444),
                (false, false) => (2, 0o644),
            };
            kinds[kind] += 1;
            assert_eq!(mode, most & !umask, "{word} {}: {mode:o}", name.display());
        }
        assert!(kinds.iter().all(|seen| *seen > 5), "{kinds:?}");
    }
}

/// A system call that succeeded, and when it began and ended: numbers of lines of the log.
struct Call {
    text: String,
    begin: usize,
    end: usize,
}

impl Call {
    fn is(&self, names: &[&str]) -> bool {
        names.contains(&self.text.split('(').next().unwrap())
    }

    /// Takes the path as a name, or by a file that was opened.
    fn names(&self, path: &Path) -> bool {
        let path = path.to_str().unwrap();
        self.text.contains(&format!("\"{path}\"")) || self.text.contains(&format!("<{path}>"))
    }

    fn is_sync(&self) -> bool {
        self.is(&["fsync", "fdatasync"])
    }

    fn is_rename(&self) -> bool {
        self.is(&["rename", "renameat", "renameat2"])
    }

    fn is_mkdir(&self) -> bool {
        self.is(&["mkdir", "mkdirat"])
    }

    fn makes_a_name(&self) -> bool {
        self.is_mkdir() || self.is(&["link", "linkat"]) || self.text.contains("O_CREAT")
    }

    fn writes(&self) -> bool {
        self.makes_a_name() || self.is(&["write", "writev", "pwrite64", "ftruncate", "copy_file_range"])
    }

    /// The last path between quotes.
    fn target(&self) -> Option<&Path> {
        Some(Path::new(self.text.rsplit('"').nth(1)?))
    }
}

/// Reads the log of strace: calls of several threads are cut in two.
fn calls(log: &str) -> Vec<Call> {
    let mut open: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    let mut calls = Vec::new();
    for (line, text) in log.lines().enumerate() {
        let (process, text) = text.split_once(' ').unwrap();
        let text = text.trim_start();
        let (begin, text) = if let Some(head) = text.strip_suffix(" <unfinished ...>") {
            open.insert(process, (line, head));
            continue;
        } else if let Some((_, rest)) = text.strip_prefix("<... ").and_then(|text| text.split_once(" resumed>")) {
            let (begin, head) = open.remove(process).unwrap();
            (begin, format!("{head}{rest}"))
        } else {
            (line, text.to_owned())
        };
        if text.rsplit_once(" = ").is_some_and(|(_, result)| !result.starts_with('-')) {
            calls.push(Call { text, begin, end: line });
        }
    }
    calls
}

/// Asserts that a path was brought to the disk after its last change and before a line of the log.
fn must_be_on_disk(calls: &[Call], path: &Path, changes: impl Fn(&Call) -> bool, before: usize) {
    let last = calls.iter().filter(|call| call.begin < before && changes(call)).map(|call| call.end).max();
    let last = last.unwrap_or_else(|| panic!("{} is not made", path.display()));
    let is_synced =
        calls.iter().any(|call| call.is_sync() && call.names(path) && call.begin > last && call.end < before);
    assert!(is_synced, "{} is not brought to the disk before it is published", path.display());
}

const WATCHED: &str = "trace=openat,?open,?creat,?link,linkat,?mkdir,mkdirat,fsync,fdatasync,?rename,?renameat,renameat2,write,\
                       writev,pwrite64,ftruncate,copy_file_range";

/// Runs a command that puts a folder into its place, and looks at the order of its system calls.
fn must_exchange_in_order(project: &Project, arguments: &[&str]) {
    let output = under_strace(project, "log", &[WATCHED], arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let root = fs::canonicalize(project.path("")).unwrap();
    let (place, aside) = (root.join("release"), root.join(".release.platen-new"));
    let calls = calls(&project.read("log"));
    let change: Vec<&Call> = calls.iter().filter(|call| call.is_rename() && call.names(&aside)).collect();
    let [change] = change.as_slice() else { panic!("it changes places once") };
    assert!(change.names(&place));
    for name in files(&place).keys() {
        let path = aside.join(name);
        must_be_on_disk(&calls, &path, |call| call.writes() && call.names(&path), change.begin);
    }
    let below = modes(&place).into_iter().filter(|(_, (is_folder, _))| *is_folder).map(|(folder, _)| folder);
    for folder in below.chain([place.clone()]) {
        let folder: PathBuf = aside.join(folder.strip_prefix(&place).unwrap()).components().collect();
        let holds = |call: &Call| call.makes_a_name() && call.target().and_then(Path::parent) == Some(folder.as_path());
        must_be_on_disk(&calls, &folder, holds, change.begin);
    }
    let is_settled = calls.iter().any(|call| call.is_sync() && call.names(&root) && call.begin > change.end);
    assert!(is_settled, "the folder above is not brought to the disk");
}

#[test]
fn a_release_changes_places_when_all_of_it_is_on_the_disk() {
    let project = project();
    must_exchange_in_order(&project, &RELEASE);
    reword(&project);
    must_exchange_in_order(&project, &RELEASE);
    reword(&project);
    must_exchange_in_order(&project, &[RELEASE.as_slice(), &["--no-cache"]].concat());
}

#[test]
fn an_approval_changes_places_when_all_of_it_is_on_the_disk() {
    let project = released();
    must_exchange_in_order(&project, &APPROVE);
    must_exchange_in_order(&project, &APPROVE);
}

#[test]
fn the_files_of_a_build_get_their_names_when_all_are_on_the_disk() {
    let project = project();
    let root = fs::canonicalize(project.path("")).unwrap();
    let out = root.join("new/out");
    for round in ["new folders", "the same folders"] {
        let arguments = ["build", SPEC, "--out", out.to_str().unwrap()];
        let output = under_strace(&project, "log", &[WATCHED], &arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let calls = calls(&project.read("log"));
        let renames: Vec<&Call> = calls.iter().filter(|call| call.is_rename()).collect();
        let first = renames.iter().map(|call| call.begin).min().unwrap();
        let last = renames.iter().map(|call| call.end).max().unwrap();
        assert_eq!(renames.len(), files(&out).len());
        for rename in &renames {
            let from = Path::new(rename.text.split('"').nth(1).unwrap());
            must_be_on_disk(&calls, from, |call| call.writes() && call.names(from), first);
            let folder = rename.target().and_then(Path::parent).unwrap();
            let is_settled = |call: &Call| call.is_sync() && call.names(folder) && call.begin > last;
            assert!(calls.iter().any(is_settled), "{} is not brought to the disk: {round}", folder.display());
        }
        let made: Vec<&Path> = calls.iter().filter(|call| call.is_mkdir()).filter_map(Call::target).collect();
        assert_eq!(made.is_empty(), round == "the same folders");
        for folder in made {
            let above = folder.parent().unwrap();
            must_be_on_disk(&calls, above, |call| call.is_mkdir() && call.target() == Some(folder), first);
        }
    }
}
