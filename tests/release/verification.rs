//! `platen verify`: what was published is what the same inputs make.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::tool;

use super::{SPEC, project, release, released};

const VERIFY: [&str; 2] = ["verify", "release"];

/// Changes a published file without changing the cache's copy, which is the same file by another name.
fn damage(path: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut content = fs::read(path).unwrap();
    change(&mut content);
    fs::remove_file(path).unwrap();
    fs::write(path, content).unwrap();
}

#[test]
fn a_sound_release_is_verified_and_outsiders_agree() {
    let project = released();
    project.succeeds(&VERIFY);
    project.succeeds(&["verify", "release", "--outputs-only"]);
    let folder = project.path("release");
    let mut sums = Command::new("sha256sum");
    assert!(sums.args(["-c", "--quiet", "SHA256SUMS"]).current_dir(&folder).status().unwrap().success());
    let pdf = folder.join("pdf/Connecticut-2016.pdf");
    assert!(tool("qpdf", &["--check", pdf.to_str().unwrap()]).contains("No syntax or stream encoding errors"));
}

#[test]
fn a_changed_figure_is_found_in_its_table_first() {
    let project = released();
    let edit = |path: &str| {
        damage(&project.path(path), |content| {
            let text = String::from_utf8(std::mem::take(content)).unwrap();
            *content = text.replacen("\"text\": \"49\"", "\"text\": \"94\"", 1).into_bytes();
        });
    };
    edit("release/tables/Connecticut-2016.json");
    let findings = project.refuses(&VERIFY);
    assert!(findings.contains("error[release::altered]"), "{findings}");
    assert!(
        findings.contains("Connecticut: `tables/Connecticut-2016.json` differs from what the stage `disclose` makes"),
        "{findings}"
    );
}

#[test]
fn a_changed_page_is_named() {
    let project = released();
    // The last page's content, found through an outside reader.
    let pdf = project.path("release/pdf/Connecticut-2016.pdf");
    let text = tool("qpdf", &["--show-pages", pdf.to_str().unwrap()]);
    let object = text.split("page 3:").nth(1).unwrap().split("content:").nth(1).unwrap();
    let number = object.split_whitespace().next().unwrap().to_owned();
    damage(&pdf, |content| {
        let marker = format!("\n{number} 0 obj");
        let object = content.windows(marker.len()).position(|window| window == marker.as_bytes()).unwrap();
        let stream = content[object..].windows(6).position(|window| window == b"stream").unwrap();
        content[object + stream + 40] ^= 0x20;
    });
    let findings = project.refuses(&VERIFY);
    assert!(findings.contains("differs from what the stage `typeset` makes, first on page 3"), "{findings}");
    assert!(!findings.contains("Vermont"), "{findings}");
}

#[test]
fn a_changed_first_page_index_or_sheet_is_named_with_its_stage() {
    for (file, told) in [
        (
            "thumbnails/Vermont-2016.png",
            "Vermont: `thumbnails/Vermont-2016.png` differs from what the stage `typeset` makes",
        ),
        ("index.html", "`index.html` differs from what the stage `release` makes, first at byte"),
        ("data/reason.csv", "`data/reason.csv` differs from what the stage `release` makes, first at byte"),
    ] {
        let project = released();
        damage(&project.path(&format!("release/{file}")), |content| content.push(b'x'));
        let findings = project.refuses(&VERIFY);
        assert!(findings.contains(told), "{findings}");
        assert_eq!(findings.matches("release::differs").count(), 1, "{findings}");
    }
}

#[test]
fn a_manifest_alone_vouches_for_the_outputs() {
    let project = released();
    fs::remove_dir_all(project.path("data")).unwrap();
    project.succeeds(&["verify", "release", "--outputs-only"]);
    damage(&project.path("release/maps/Vermont-2016.png"), |content| content.push(0));
    let findings = project.refuses(&["verify", "release", "--outputs-only"]);
    assert!(findings.contains("release/maps/Vermont-2016.png"), "{findings}");
}

#[test]
fn inputs_that_changed_are_named_and_nothing_is_built() {
    let project = released();
    project.edit(SPEC, "The image above is a heat map", "The picture above is a heat map");
    let findings = project.refuses(&VERIFY);
    assert!(findings.contains("error[release::input-changed]: the input is not what the release was made from"));
    assert!(findings.contains("┌─ config/nhth-2016.yaml\n"), "{findings}");
    assert!(!findings.contains("release::differs"), "{findings}");
}

#[test]
fn a_folder_without_a_release_and_inputs_that_are_not_here_are_errors() {
    let project = released();
    assert!(project.refuses(&["verify", "data"]).contains("error[release::no-release]"));
    let findings = project.refuses(&["verify", "release", "--project", "data"]);
    assert!(findings.contains("error[release::no-inputs]") && findings.contains("--project"), "{findings}");
}

#[test]
fn a_manifest_that_leads_out_of_its_folder_is_refused() {
    let project = released();
    let manifest = project.read("release/manifest.json");
    project.write("release/manifest.json", manifest.replacen("pdf/Connecticut", "../pdf/Connecticut", 1));
    let findings = project.refuses(&["verify", "release", "--outputs-only"]);
    assert!(findings.contains("the path `../pdf/Connecticut-2016.pdf` leads out of the release"), "{findings}");
}

#[test]
fn a_signature_holds_for_its_manifest_and_key_only() {
    let project = project();
    let keys = minisign::KeyPair::generate_unencrypted_keypair().unwrap();
    let other = minisign::KeyPair::generate_unencrypted_keypair().unwrap();
    project.write("secret.key", keys.sk.to_box(None).unwrap().to_string());
    project.write("public.key", keys.pk.to_box().unwrap().to_string());
    project.write("other.key", other.pk.to_box().unwrap().to_string());
    release(&project, &["--sign", "secret.key"]);
    project.succeeds(&["verify", "release", "--outputs-only", "--key", "public.key"]);
    let refused = |key: &str| project.refuses(&["verify", "release", "--outputs-only", "--key", key]);
    assert!(refused("other.key").contains("the signature is not of this manifest, or was made with another key"));
    let signature = project.read("release/manifest.json.minisig");
    assert!(signature.contains("trusted comment: nhth-2016 revision 1\n"));
    // A key is the file that minisign writes: its comment and a line.
    let line = project.read("public.key").lines().nth(1).unwrap().to_owned();
    project.write("line.key", line);
    assert!(refused("line.key").contains("the file is no public key of minisign\n  ┌─ line.key"));
    // A second signature that is cut off, or longer than signatures are.
    let (rest, second) = signature.trim_end().rsplit_once('\n').unwrap();
    for damaged in [&second[..second.len() / 2], &format!("{}AAAA", &second[..84]), "", "%"] {
        project.write("release/manifest.json.minisig", format!("{rest}\n{damaged}\n"));
        assert!(
            refused("public.key").contains("the file is no signature\n  ┌─ release/manifest.json.minisig"),
            "{damaged}"
        );
    }
    project.write("release/manifest.json.minisig", &signature);
    let manifest = project.read("release/manifest.json");
    project.write("release/manifest.json", manifest.replacen("\"pages\": 4", "\"pages\": 5", 1));
    assert!(refused("public.key").contains("the signature is not of this manifest"));
}
