//! Signatures, approvals and earlier publications that somebody altered or took away.

use std::fs;
use std::process::Command;

use super::received::{Keys, forge, in_json, put, sha256sum};
use super::{SPEC, project, release, released};
use crate::support::Project;

const VERIFY: [&str; 5] = ["verify", "release", "--outputs-only", "--key", "minisign.pub"];
const SIGNED: [&str; 10] = [
    "approve",
    "release",
    "--as",
    "A. Reader",
    "--role",
    "director",
    "--note",
    "read in full",
    "--sign",
    "minisign.key",
];

/// A signed release with signed approvals.
fn signed(project: &Project) -> Keys<'_> {
    let keys = Keys::named(project, "minisign", false);
    release(project, &["--sign", "minisign.key"]);
    project.succeeds(&SIGNED);
    keys
}

#[test]
fn platen_and_minisign_take_the_same_signatures() {
    let project = project();
    let keys = signed(&project);
    let file = "release/manifest.json.minisig";
    let sound = project.read(file);
    let lines: Vec<&str> = sound.lines().collect();
    let [untrusted, first, comment, second] = lines.as_slice() else { panic!("a signature has four lines") };
    let of = |lines: [&str; 4]| lines.join("\n") + "\n";
    let long = format!("untrusted comment: {}", "x".repeat(1_500));
    let accented =
        [b"untrusted comment: caf\xe9\n".as_slice(), &of(["", first, comment, second]).as_bytes()[1..]].concat();
    let variants: Vec<(&str, Vec<u8>)> = vec![
        ("as it was", sound.clone().into_bytes()),
        ("line ends of Windows", sound.replace('\n', "\r\n").into_bytes()),
        ("no end of the last line", sound.trim_end().as_bytes().to_vec()),
        ("a fifth line", (sound.clone() + "more\n").into_bytes()),
        ("another untrusted comment", of(["untrusted comment: x", first, comment, second]).into_bytes()),
        ("no untrusted comment", of(["comment", first, comment, second]).into_bytes()),
        ("an untrusted comment that is no text", accented),
        ("a long untrusted comment", of([&long, first, comment, second]).into_bytes()),
        ("a blank behind the comment", of([untrusted, first, &format!("{comment} "), second]).into_bytes()),
        ("a blank behind the signature", of([untrusted, &format!("{first} "), comment, second]).into_bytes()),
        ("a blank before the signature", of([untrusted, &format!(" {first}"), comment, second]).into_bytes()),
        ("a blank behind the second", of([untrusted, first, comment, &format!("{second} ")]).into_bytes()),
        ("another comment", of([untrusted, first, "trusted comment: x", second]).into_bytes()),
        ("a short second signature", of([untrusted, first, comment, &second[..44]]).into_bytes()),
        ("a long second signature", of([untrusted, first, comment, &format!("{}AAAA", &second[..84])]).into_bytes()),
        ("three lines", [*untrusted, first, comment].join("\n").into_bytes()),
        ("a zero", of([&format!("{untrusted}\0"), first, comment, second]).into_bytes()),
        ("nothing", Vec::new()),
    ];
    let sums = project.read("release/SHA256SUMS");
    let digest = |bytes: &[u8]| platen::unit::Digest::of(bytes).to_string();
    let mut taken = Vec::new();
    for (what, variant) in variants {
        put(&project.path(file), &variant);
        put(&project.path("release/SHA256SUMS"), sums.replace(&digest(sound.as_bytes()), &digest(&variant)));
        assert!(sha256sum(&project), "{what}");
        let output = project.platen(&VERIFY);
        assert_eq!(output.status.success(), keys.holds("manifest.json"), "{what}");
        taken.extend(output.status.success().then_some(what));
    }
    assert!(taken.contains(&"as it was") && taken.len() < 10, "{taken:?}");
}

#[test]
fn signatures_of_the_older_kind_are_taken_as_minisign_takes_them() {
    let project = project();
    let keys = Keys::named(&project, "minisign", false);
    release(&project, &["--sign", "minisign.key"]);
    let signature = fs::read(project.path("release/manifest.json.minisig")).unwrap();
    let made = Command::new("minisign")
        .args(["-S", "-l", "-W", "-s", "minisign.key", "-m", "release/manifest.json", "-x", "legacy", "-t", "by hand"])
        .current_dir(project.path(""))
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    let legacy = project.read("legacy");
    forge(&project, "manifest.json.minisig", |_| legacy.clone());
    assert_ne!(legacy.as_bytes(), signature);
    assert!(keys.holds("manifest.json"));
    let output = project.platen(&VERIFY);
    assert!(output.status.success());
    assert!(String::from_utf8(output.stderr).unwrap().contains("signed: by hand"));
}

#[test]
fn approvals_that_somebody_altered_are_not_signed_again() {
    let project = project();
    let _keys = signed(&project);
    forge(&project, "approvals.json", |text| text.replace("A. Reader", "Governor"));
    let told = "the signature is not of this list of approvals";
    assert!(project.refuses(&VERIFY).contains(told));
    assert!(project.refuses(&SIGNED).contains(told));
    let findings =
        project.refuses(&["release", SPEC, "--out", "other", "--approvals", "release", "--sign", "minisign.key"]);
    assert!(findings.contains(told), "{findings}");
}

#[test]
fn who_takes_the_approvals_away_does_not_free_what_was_approved() {
    for files in [&["approvals.json"][..], &["approvals.json", "approvals.json.minisig"], &["approvals.json.minisig"]] {
        let project = project();
        let _keys = signed(&project);
        for file in files {
            fs::remove_file(project.path("release").join(file)).unwrap();
        }
        project.edit(SPEC, "The image above is a heat map", "The picture above is a heat map");
        let told = [
            "the file is gone, and `SHA256SUMS` lists it\n",
            "the list of approvals is gone, and its signature is still there\n",
            "the list is not of the files of the release\n",
        ];
        for command in [&["release", SPEC, "--out", "release", "--sign", "minisign.key"][..], &SIGNED] {
            let findings = project.refuses(command);
            assert!(told.iter().any(|told| findings.contains(told)), "{findings}");
            assert!(project.read("release/index.html").contains("</html>"), "the last release stands");
        }
    }
}

#[test]
fn an_earlier_publication_that_was_altered_with_its_own_lists_is_not_published_again() {
    let project = project();
    let _keys = Keys::named(&project, "minisign", false);
    release(&project, &["--sign", "minisign.key"]);
    super::revisions::correct(&project);
    release(&project, &["--sign", "minisign.key"]);
    // The first publication, forged in itself: its manifest and its list agree.
    let digest = |text: &str| platen::unit::Digest::of(text.as_bytes()).to_string();
    let place = "release/revisions/1";
    let (manifest, sums) =
        (project.read(&format!("{place}/manifest.json")), project.read(&format!("{place}/SHA256SUMS")));
    let forged = in_json(|manifest| manifest["title"] = "Another".into())(&manifest);
    put(&project.path(&format!("{place}/manifest.json")), &forged);
    put(&project.path(&format!("{place}/SHA256SUMS")), sums.replace(&digest(&manifest), &digest(&forged)));
    project.edit(SPEC, "The image above is a heat map", "The picture above is a heat map");
    let findings = project.refuses(&["release", SPEC, "--out", "release", "--sign", "minisign.key"]);
    let told = "the earlier publication is not the one that the manifest of the release names\n  ┌─ release/revisions/1/manifest.json\n";
    assert!(findings.contains(told), "{findings}");
}

#[test]
fn a_release_of_another_edition_is_no_predecessor() {
    let project = released();
    project.edit(SPEC, "edition: nhth-2016", "edition: nhth-2016-second");
    let told = "error[release::no-predecessor]: the release is of the edition `nhth-2016`, not `nhth-2016-second`\n  ┌─ release\n";
    let command = ["release", SPEC, "--out", "other", "--previous", "release"];
    assert!(project.refuses(&command).contains(told));
    super::revisions::correct(&project);
    assert!(project.refuses(&command).contains(told));
    assert!(project.refuses(&["check", SPEC, "--previous", "release"]).contains(told));
}
