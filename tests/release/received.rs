//! A release that somebody else made, changed or prepared: `verify` reads it as hostile, and sees all of it.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use platen::unit::Digest;
use serde_json::Value;

use super::{SPEC, project, release, released};
use crate::support::{Project, peak_of};

const VERIFY: [&str; 3] = ["verify", "release", "--outputs-only"];
const APPROVE: [&str; 8] = ["approve", "release", "--as", "A. Reader", "--role", "director", "--note", "read in full"];

/// Writes a file of a release, whoever may write it.
pub(super) fn put(path: &Path, content: impl AsRef<[u8]>) {
    let _ = fs::remove_file(path);
    fs::write(path, content).unwrap();
}

/// Changes a file of the release, and its line of the list alike.
pub(super) fn forge(project: &Project, file: &str, change: impl FnOnce(&str) -> String) {
    let path = format!("release/{file}");
    let (text, sums) = (project.read(&path), project.read("release/SHA256SUMS"));
    let forged = change(&text);
    let digest = |text: &str| Digest::of(text.as_bytes()).to_string();
    put(&project.path("release/SHA256SUMS"), sums.replace(&digest(&text), &digest(&forged)));
    put(&project.path(&path), forged);
    assert!(sha256sum(project), "the list alone does not tell");
}

/// Other words in a text.
fn swap(from: &str, to: &str) -> impl FnOnce(&str) -> String {
    move |text| {
        assert!(text.contains(from), "no {from}");
        text.replacen(from, to, 1)
    }
}

/// Other values in a text of JSON, written as the program writes it.
pub(super) fn in_json(change: impl FnOnce(&mut Value)) -> impl FnOnce(&str) -> String {
    move |text| {
        let mut value = serde_json::from_str(text).unwrap();
        change(&mut value);
        format!("{}\n", serde_json::to_string_pretty(&value).unwrap())
    }
}

/// The outside tool agrees that the digests are those listed.
pub(super) fn sha256sum(project: &Project) -> bool {
    let mut sums = Command::new("sha256sum");
    sums.args(["-c", "--quiet", "--strict", "SHA256SUMS"])
        .current_dir(project.path("release"))
        .status()
        .unwrap()
        .success()
}

#[test]
fn a_manifest_cannot_name_what_is_not_its_own() {
    for (from, to, told) in [
        (
            "\"path\": \"pdf/Connecticut",
            "\"path\": \"../pdf/Connecticut",
            "the path `../pdf/Connecticut-2016.pdf` leads out",
        ),
        (
            "\"path\": \"pdf/Connecticut",
            "\"path\": \"/pdf/Connecticut",
            "the path `/pdf/Connecticut-2016.pdf` leads out",
        ),
        (
            "\"path\": \"pdf/Connecticut",
            "\"path\": \"pdf/./Connecticut",
            "the path `pdf/./Connecticut-2016.pdf` leads out",
        ),
        (
            "\"path\": \"pdf/Vermont",
            "\"path\": \"pdf/Connecticut",
            "the manifest names `pdf/Connecticut-2016.pdf` twice",
        ),
        (
            "\"path\": \"pdf/Vermont",
            "\"path\": \"PDF/connecticut",
            "the manifest names `PDF/connecticut-2016.pdf` twice",
        ),
        (
            "\"path\": \"pdf/Vermont-2016.pdf\"",
            "\"path\": \"Manifest.json\"",
            "the manifest names `Manifest.json` twice",
        ),
        (
            "\"path\": \"pdf/Vermont-2016.pdf\"",
            "\"path\": \"revisions/1/x\"",
            "the path `revisions/1/x` stands in the wrong list",
        ),
        (
            "\"path\": \"maps/Vermont-2016.png\"",
            "\"path\": \"x/evil.html\"",
            "the file `x/evil.html` is none of a report",
        ),
        ("\"jurisdiction\": \"VT\"", "\"jurisdiction\": \"CT\"", "the manifest has two reports of `CT`"),
        (
            "\"spec\": \"config",
            "\"spec\": \"../config",
            "the path `../config/nhth-2016.yaml` of the spec leads out of its project",
        ),
        (
            "\"complete\": true",
            "\"complete\": true, \"partition\": { \"slice\": 1, \"of\": 0 }",
            "of a slice that there cannot be",
        ),
    ] {
        let project = released();
        forge(&project, "manifest.json", swap(from, to));
        let findings = project.refuses(&VERIFY);
        assert!(findings.contains("error[release::manifest]") && findings.contains(told), "{findings}");
    }
}

#[test]
fn a_file_that_is_no_spec_is_not_shown() {
    let project = released();
    project.write("data/secret.csv", "id,name\n: [ Jane Roe, 42\n");
    forge(&project, "manifest.json", swap("\"spec\": \"config/nhth-2016.yaml\"", "\"spec\": \"data/secret.csv\""));
    let findings = project.refuses(&["verify", "release"]);
    assert!(findings.contains("error[release::no-inputs]: the file that the release names as its spec"), "{findings}");
    assert!(!findings.contains("Jane") && !findings.contains("42"), "{findings}");
    let link = project.path("config/link.yaml");
    symlink("/etc/passwd", &link).unwrap();
    forge(&project, "manifest.json", swap("\"spec\": \"data/secret.csv\"", "\"spec\": \"config/link.yaml\""));
    let findings = project.refuses(&["verify", "release"]);
    assert!(findings.contains("the spec `config/link.yaml` of the release is not here"), "{findings}");
    assert!(!findings.contains("root:"), "{findings}");
}

#[test]
fn links_pipes_and_devices_are_named_and_never_read() {
    let project = released();
    let tables = project.path("release/tables/Connecticut-2016.json");
    fs::remove_file(&tables).unwrap();
    symlink("/dev/zero", &tables).unwrap();
    let pdf = project.path("release/pdf/Vermont-2016.pdf");
    fs::remove_file(&pdf).unwrap();
    assert!(Command::new("mkfifo").arg(&pdf).status().unwrap().success());
    symlink(project.path("data"), project.path("release/more")).unwrap();
    let (findings, peak) = peak_of(&project, &["verify", "release"]);
    for told in [
        "the release holds a link, where only files belong\n  ┌─ release/more",
        "the release holds a link, where only files belong\n  ┌─ release/tables/Connecticut-2016.json",
        "the release holds no regular file, where only files belong\n  ┌─ release/pdf/Vermont-2016.pdf",
        "the published file cannot be read: it is a link\n  ┌─ release/tables/Connecticut-2016.json",
        "the published file cannot be read: it is no regular file\n  ┌─ release/pdf/Vermont-2016.pdf",
    ] {
        assert!(findings.contains(told), "{told}\n{findings}");
    }
    assert!(peak < 400 << 20, "{peak} bytes");
    for name in ["manifest.json", "SHA256SUMS", "approvals.json"] {
        let project = released();
        let path = project.path(&format!("release/{name}"));
        let _ = fs::remove_file(&path);
        symlink("/dev/zero", &path).unwrap();
        assert!(project.refuses(&VERIFY).contains("it is a link"), "{name}");
    }
}

#[test]
fn the_file_that_is_wrong_is_the_one_that_is_named() {
    let place = |findings: &str| -> Vec<String> {
        findings.lines().filter_map(|line| Some(line.trim().strip_prefix("┌─ release/")?.to_owned())).collect()
    };
    let altered = |project: &Project| {
        let findings = project.refuses(&VERIFY);
        assert!(findings.contains("release::"), "{findings}");
        place(&findings)
    };
    let project = released();
    let pdf = project.path("release/pdf/Vermont-2016.pdf");
    let content = fs::read(&pdf).unwrap();
    put(&pdf, [content.as_slice(), b" "].concat());
    assert_eq!(altered(&project), ["pdf/Vermont-2016.pdf"]);
    put(&pdf, &content);
    project.write("release/NOTES.txt", "mine");
    assert_eq!(altered(&project), ["NOTES.txt"]);
    fs::remove_file(project.path("release/NOTES.txt")).unwrap();
    project.succeeds(&VERIFY);

    let (manifest, sums) = (project.path("release/manifest.json"), project.path("release/SHA256SUMS"));
    let [text, listed] = [&manifest, &sums].map(|path| fs::read_to_string(path).unwrap());
    put(&manifest, format!("{text} \n"));
    assert_eq!(altered(&project)[0], "manifest.json");
    put(&manifest, &text);
    let digest = text.split("\"digest\": \"").nth(20).unwrap()[..64].to_owned();
    let of_file =
        text[text.find("\"reports\": [").unwrap()..].split("\"path\": \"pdf/Connecticut-2016.pdf\",").nth(1).unwrap();
    let own = of_file.split("\"digest\": \"").nth(1).unwrap()[..64].to_owned();
    assert_ne!(digest, own);
    forge(&project, "manifest.json", swap(&own, &digest));
    assert_eq!(altered(&project), ["manifest.json"], "file and list agree");
    put(&manifest, &text);
    put(&sums, &listed);
    project.succeeds(&VERIFY);

    put(&sums, listed.replacen(&own, &digest, 1));
    assert_eq!(altered(&project), ["SHA256SUMS"], "file and manifest agree");
    for other in [listed.replacen('\n', "\n\n", 1), format!("{listed}{digest}  more\n"), listed.replacen("  ", " *", 1)]
    {
        put(&sums, &other);
        assert_eq!(altered(&project), ["SHA256SUMS"], "{other}");
    }
    put(&sums, listed);
    project.succeeds(&VERIFY);
}

#[test]
fn every_field_of_a_manifest_is_compared_with_what_the_inputs_make() {
    let project = released();
    for (from, to, pointer) in [
        ("\"title\": \"NATIONAL", "\"title\": \"NACIONAL", "/title"),
        ("\"publisher\": \"", "\"publisher\": \"X", "/publisher"),
        ("\"2016-12-31\"", "\"2016-12-30\"", "/period/1"),
        ("\"complete\": true", "\"complete\": false", "/complete"),
        ("\"expected\": 3", "\"expected\": 4", "/expected"),
        ("\"name\": \"Vermont\"", "\"name\": \"Vermond\"", "/reports/2/name"),
        ("\"pages\": 4", "\"pages\": 5", "/reports/0/pages"),
        ("\"language\": \"en\"", "\"language\": \"es\"", "/language"),
    ] {
        let manifest = fs::read_to_string(project.path("release/manifest.json")).unwrap();
        let sums = fs::read_to_string(project.path("release/SHA256SUMS")).unwrap();
        forge(&project, "manifest.json", swap(from, to));
        let findings = project.refuses(&["verify", "release"]);
        let told = format!(
            "error[release::differs]: `{pointer}` is not what the same inputs make\n  ┌─ release/manifest.json"
        );
        assert!(findings.contains(&told), "{pointer}\n{findings}");
        put(&project.path("release/manifest.json"), manifest);
        put(&project.path("release/SHA256SUMS"), sums);
    }
    project.succeeds(&["verify", "release"]);
}

#[test]
fn approvals_are_listed_and_signed_to_the_last_record() {
    let project = project();
    let keys = Keys::make(&project, false);
    release(&project, &["--sign", "minisign.key"]);
    project.succeeds(&[APPROVE.as_slice(), &["--sign", "minisign.key"]].concat());
    project.succeeds(&[APPROVE.as_slice(), &["--sign", "minisign.key"]].concat());
    let verify = ["verify", "release", "--outputs-only", "--key", "minisign.pub"];
    project.succeeds(&verify);
    assert!(sha256sum(&project) && keys.holds("manifest.json") && keys.holds("approvals.json"));
    let ledger = project.read("release/approvals.json");
    // The last record renamed, and all of it again with the list made anew.
    let (head, last) = ledger.rsplit_once("A. Reader").unwrap();
    let renamed = format!("{head}B. Reader{last}");
    put(&project.path("release/approvals.json"), &renamed);
    assert!(project.refuses(&VERIFY).contains("is not what `SHA256SUMS` says\n  ┌─ release/approvals.json"));
    put(&project.path("release/approvals.json"), &ledger);
    forge(&project, "approvals.json", |_| renamed);
    assert!(!keys.holds("approvals.json"));
    let findings = project.refuses(&verify);
    assert!(findings.contains("the signature is not of this list of approvals"), "{findings}");
    // The last record cut off.
    let cut = |ledger: &mut Value| drop(ledger["approvals"].as_array_mut().unwrap().pop());
    forge(&project, "approvals.json", in_json(cut));
    assert!(project.refuses(&verify).contains("the signature is not of this list of approvals"));
    // An invented ledger in a release without one.
    let other = self::project();
    release(&other, &[]);
    put(&other.path("release/approvals.json"), &ledger);
    assert!(other.refuses(&VERIFY).contains("the list is not of the files of the release"));
}

#[test]
fn with_a_key_approvals_without_a_signature_are_accepted_only_where_the_reader_says_so() {
    let project = project();
    let _keys = Keys::make(&project, false);
    release(&project, &["--sign", "minisign.key"]);
    let verify = ["verify", "release", "--outputs-only", "--key", "minisign.pub"];
    project.succeeds(&verify);
    project.succeeds(&APPROVE);
    let told = "error[release::unsigned-approvals]: the approvals have no signature, so that anybody can have written them\n  \
                ┌─ release/approvals.json\n";
    let findings = project.refuses(&verify);
    assert!(findings.contains(told), "{findings}");
    project.succeeds(&[verify.as_slice(), &["--unsigned-approvals"]].concat());
    project.succeeds(&VERIFY);
    // A signature that was taken away together with its line.
    project.succeeds(&[APPROVE.as_slice(), &["--sign", "minisign.key"]].concat());
    project.succeeds(&verify);
    fs::remove_file(project.path("release/approvals.json.minisig")).unwrap();
    let sums = project.read("release/SHA256SUMS");
    let rest =
        sums.split_inclusive('\n').filter(|line| !line.ends_with("  approvals.json.minisig\n")).collect::<String>();
    put(&project.path("release/SHA256SUMS"), rest);
    assert!(sha256sum(&project), "the list alone does not tell");
    assert!(project.refuses(&verify).contains(told));
}

#[test]
fn an_approval_of_other_reports_than_its_manifest_has_is_refused() {
    let project = released();
    project.succeeds(&APPROVE);
    let other = |ledger: &mut Value| {
        ledger["approvals"][0]["reports"]["CT"] = ledger["approvals"][0]["reports"]["VT"].clone();
    };
    forge(&project, "approvals.json", in_json(other));
    assert!(project.refuses(&VERIFY).contains("is of other reports than the manifest that it names"));
}

#[test]
fn an_approval_of_another_manifest_names_a_report_only_as_the_same() {
    let project = released();
    project.succeeds(&APPROVE);
    let ledger = project.read("release/approvals.json");
    let other = |change: &dyn Fn(&mut Value)| {
        let forged = |text: &mut Value| {
            *text = serde_json::from_str(&ledger).unwrap();
            text["approvals"][0]["manifest"] = "0".repeat(64).into();
            change(&mut text["approvals"][0]);
        };
        forge(&project, "approvals.json", in_json(forged));
    };
    let told = "names a report of this release under another edition, jurisdiction or later revision\n  ┌─ release/approvals.json";
    for change in [
        |approval: &mut Value| approval["edition"] = "nonsense".into(),
        |approval: &mut Value| approval["revision"] = 99.into(),
        |approval: &mut Value| approval["reports"] = serde_json::json!({ "VT": approval["reports"]["CT"].clone() }),
    ] {
        other(&change);
        let findings = project.refuses(&VERIFY);
        assert!(findings.contains(told), "{findings}");
        // Nor is it taken over.
        let findings = project.refuses(&["release", SPEC, "--out", "release"]);
        assert!(findings.contains("error[release::approvals]"), "{findings}");
    }
    // An approval of reports that are no longer there is one of before.
    other(&|approval| approval["reports"]["CT"] = "1".repeat(64).into());
    let says = String::from_utf8(project.platen(&VERIFY).stderr).unwrap();
    assert!(says.ends_with("1 approval, 0 of this release\n"), "{says}");
}

#[test]
fn records_that_nobody_makes_are_no_approvals() {
    let project = released();
    project.succeeds(&APPROVE);
    let ledger = project.read("release/approvals.json");
    let altered = |change: &dyn Fn(&mut Value)| {
        let forged = |text: &mut Value| {
            *text = serde_json::from_str(&ledger).unwrap();
            change(text);
        };
        forge(&project, "approvals.json", in_json(forged));
    };
    let told = "the file is not written as approvals are\n  ┌─ release/approvals.json";
    for (field, value) in [("name", ""), ("role", " "), ("at", "yesterday"), ("at", "2017-03-08T14:30:00+02:00")] {
        altered(&|ledger| ledger["approvals"][0][field] = value.into());
        assert!(project.refuses(&VERIFY).contains(told), "{field}");
    }
    altered(&|ledger| ledger["approvals"][0]["reports"] = serde_json::json!({}));
    assert!(project.refuses(&VERIFY).contains(told));
    altered(&|ledger| ledger["approvals"] = Value::Array(Vec::new()));
    assert!(project.refuses(&VERIFY).contains(told));
    altered(&|_| {});
    project.succeeds(&VERIFY);
}

#[test]
fn a_signature_of_approvals_that_are_gone_is_told() {
    let project = project();
    let _keys = Keys::make(&project, false);
    release(&project, &[]);
    project.succeeds(&[APPROVE.as_slice(), &["--sign", "minisign.key"]].concat());
    fs::remove_file(project.path("release/approvals.json")).unwrap();
    let sums = project.read("release/SHA256SUMS");
    let rest: String = sums.split_inclusive('\n').filter(|line| !line.ends_with("  approvals.json\n")).collect();
    put(&project.path("release/SHA256SUMS"), rest);
    assert!(sha256sum(&project), "the list alone does not tell");
    let told = "the list of approvals is gone, and its signature is still there\n  ┌─ release/approvals.json";
    assert!(project.refuses(&VERIFY).contains(told));
}

#[test]
fn empty_folders_are_not_of_a_release() {
    let project = released();
    fs::create_dir_all(project.path("release/pdf/more/drafts")).unwrap();
    fs::create_dir(project.path("release/revisions")).unwrap();
    let findings = project.refuses(&VERIFY);
    for folder in ["pdf/more/drafts", "revisions"] {
        let told = format!("the release holds an empty folder, where only files belong\n  ┌─ release/{folder}\n");
        assert!(findings.contains(&told), "{findings}");
    }
}

#[test]
fn what_is_too_large_is_not_read_and_not_taken_for_absent() {
    let grow = |project: &Project, file: &str, bytes: u64| {
        let _ = fs::remove_file(project.path(file));
        fs::File::create(project.path(file)).unwrap().set_len(bytes).unwrap();
    };
    for file in ["manifest.json.minisig", "approvals.json.minisig"] {
        let project = released();
        project.succeeds(&APPROVE);
        grow(&project, &format!("release/{file}"), 200 << 20);
        let told = format!("the file cannot be read: it is larger than 8192 bytes\n  ┌─ release/{file}\n");
        let findings = project.refuses(&VERIFY);
        assert!(findings.contains(&told), "{findings}");
        assert!(project.refuses(&APPROVE).contains("it is larger than 8192 bytes"));
    }
    // A terabyte that costs nothing but the time to read it.
    let project = released();
    grow(&project, "release/pdf/Vermont-2016.pdf", 1 << 40);
    let findings = project.refuses(&VERIFY);
    let told =
        "the published file cannot be read: it is larger than 134217728 bytes\n  ┌─ release/pdf/Vermont-2016.pdf\n";
    assert!(findings.contains(told), "{findings}");
    let manifest = project.read("release/manifest.json");
    put(
        &project.path("release/manifest.json"),
        in_json(|manifest| {
            manifest["reports"][2]["files"][0]["bytes"] = (1_u64 << 40).into();
        })(&manifest),
    );
    let findings = project.refuses(&VERIFY);
    assert!(findings.contains("the file `pdf/Vermont-2016.pdf` is larger than any that is published"), "{findings}");
}

#[test]
fn a_manifest_takes_no_more_memory_than_a_few_times_its_size() {
    let project = released();
    let manifest = project.read("release/manifest.json");
    let (head, rest) = manifest.split_once("\"values\": [").unwrap();
    let value = "\"1 0123456789abcdef /\",";
    let size = 40 << 20;
    let hostile = format!("{head}\"values\": [{}{rest}", value.repeat(size / value.len()));
    put(&project.path("release/manifest.json"), hostile);
    let (findings, peak) = peak_of(&project, &VERIFY);
    assert!(findings.contains("the manifest is not written as a release writes it"), "{findings}");
    assert!(peak < 5 * size as u64, "{peak} bytes");
    let (head, rest) = manifest.split_once("\"inputs\": [").unwrap();
    let hostile = format!("{head}\"missing\": [{}\"a\"], \"inputs\": [{rest}", "\"a\",".repeat(size / 4));
    put(&project.path("release/manifest.json"), hostile);
    let (findings, peak) = peak_of(&project, &VERIFY);
    assert!(findings.contains("is no part of a manifest"), "{findings}");
    assert!(peak < 3 * size as u64, "{peak} bytes");
}

#[test]
fn the_publication_that_a_manifest_names_is_the_one_that_is_kept() {
    let project = released();
    super::revisions::correct(&project);
    release(&project, &[]);
    project.succeeds(&VERIFY);
    let first = Digest::of(project.read("release/revisions/1/manifest.json").as_bytes()).to_string();
    let told = "the manifest names a predecessor that the release does not keep\n  ┌─ release/manifest.json";
    let manifest = project.read("release/manifest.json");
    forge(
        &project,
        "manifest.json",
        swap(&format!("\"manifest\": \"{first}\""), &format!("\"manifest\": \"{}\"", "0".repeat(64))),
    );
    assert!(project.refuses(&VERIFY).contains(told));
    forge(&project, "manifest.json", |_| manifest.clone());
    project.succeeds(&VERIFY);
    forge(&project, "manifest.json", in_json(|manifest| drop(manifest.as_object_mut().unwrap().remove("predecessor"))));
    let findings = project.refuses(&VERIFY);
    assert!(findings.contains("the manifest names no predecessor, and the release keeps one"), "{findings}");
}

/// A pair of keys of the real minisign, `minisign.key` and `minisign.pub` in a project.
pub(super) struct Keys<'a> {
    project: &'a Project,
    name: &'static str,
}

impl<'a> Keys<'a> {
    fn make(project: &'a Project, with_password: bool) -> Self {
        Self::named(project, "minisign", with_password)
    }

    pub(super) fn named(project: &'a Project, name: &'static str, with_password: bool) -> Self {
        let mut minisign = Command::new("minisign");
        let [public, secret] = ["pub", "key"].map(|end| format!("{name}.{end}"));
        minisign.args(["-G", "-f", "-p", &public, "-s", &secret]).current_dir(project.path(""));
        let keys = Self { project, name };
        if !with_password {
            assert!(minisign.arg("-W").output().unwrap().status.success());
            return keys;
        }
        // It asks twice, and reads the answers from a pipe as well.
        use std::io::Write;
        let mut child =
            minisign.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::null()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(b"correct horse\ncorrect horse\n").unwrap();
        assert!(child.wait().unwrap().success());
        keys
    }

    /// What `minisign -V` says of a file of the release.
    pub(super) fn holds(&self, name: &str) -> bool {
        let mut minisign = Command::new("minisign");
        let (file, public) = (format!("release/{name}"), format!("{}.pub", self.name));
        minisign.args(["-V", "-q", "-p", &public, "-m", &file]).current_dir(self.project.path(""));
        minisign.output().unwrap().status.success()
    }
}

#[test]
fn keys_of_minisign_itself_sign_with_and_without_password() {
    for with_password in [false, true] {
        let project = project();
        let keys = Keys::make(&project, with_password);
        let mut arguments = vec!["--sign", "minisign.key"];
        if with_password {
            assert!(
                project
                    .refuses(&["release", SPEC, "--out", "release", "--sign", "minisign.key"])
                    .contains("the key cannot be opened")
            );
            project.write("password", "correct horse\n");
            arguments.extend(["--sign-password", "password"]);
        }
        release(&project, &arguments);
        assert!(keys.holds("manifest.json"));
        let verify = ["verify", "release", "--outputs-only", "--key", "minisign.pub"];
        project.succeeds(&verify);
        // Both see every byte of the manifest.
        let manifest = project.read("release/manifest.json");
        for other in [format!("{manifest} "), manifest.replacen("\"pages\": 4", "\"pages\": 5", 1)] {
            put(&project.path("release/manifest.json"), other);
            assert!(!keys.holds("manifest.json"));
            assert!(project.refuses(&verify).contains("the signature is not of this manifest"));
        }
    }
}

#[test]
fn a_damaged_key_signs_nothing() {
    let project = project();
    Keys::make(&project, false);
    let key = project.read("minisign.key");
    let mut lines = key.lines();
    let (comment, line) = (lines.next().unwrap(), lines.next().unwrap());
    // A letter within the key, whose checksum is empty.
    let at = line.len() * 2 / 3;
    let other = if &line[at..=at] == "A" { "B" } else { "A" };
    project.write("minisign.key", format!("{comment}\n{}{other}{}\n", &line[..at], &line[at + 1..]));
    let findings = project.refuses(&["release", SPEC, "--out", "release", "--sign", "minisign.key"]);
    assert!(findings.contains("the key is damaged"), "{findings}");
    assert!(!project.path("release").exists());
}

#[test]
fn decisions_that_name_no_report_approve_none() {
    let project = released();
    let manifest = Digest::of(project.read("release/manifest.json").as_bytes());
    let decisions = serde_json::json!({
        "decisions": 1, "review": "x", "program": "platen", "reviewer": "Nobody", "old": { "name": "old" },
        "new": { "name": "new", "manifest": manifest }, "reports": [],
    });
    project.write("decisions.json", decisions.to_string());
    let findings = project.refuses(&["approve", "release", "--decisions", "decisions.json", "--role", "director"]);
    assert!(findings.contains("the decisions say nothing of Connecticut and 2 more"), "{findings}");
    assert!(!project.path("release/approvals.json").exists());
}
