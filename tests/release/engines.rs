//! The job files of `docs/scaling.md`, run as they stand there, each with a stand-in for its engine.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::{SPEC, files, project, release};
use crate::support::Project;

/// Stands in for Slurm's: runs the tasks of an array side by side, and waits.
const SBATCH: &str = r#"#!/bin/bash
set -euo pipefail
while [ $# -gt 0 ]; do
  case "$1" in
    --parsable | --mem=* | --dependency=afterok:7) shift ;;
    --wrap) exec sh -euc "$2" ;;
    -*) echo "unknown option $1" >&2; exit 1 ;;
    *) script=$1; shift ;;
  esac
done
array=$(sed -n 's/^#SBATCH --array=1-//p' "$script")
tasks=()
for task in $(seq "$array"); do
  SLURM_ARRAY_TASK_ID=$task SLURM_ARRAY_TASK_COUNT=$array bash "$script" >&2 &
  tasks+=($!)
done
for task in "${tasks[@]}"; do wait "$task"; done
echo 7
"#;

/// Returns the fenced blocks below a heading of the documentation.
fn blocks(heading: &str) -> Vec<String> {
    let text = std::fs::read_to_string(crate::support::repository().join("docs/scaling.md")).unwrap();
    let section = text.split("\n## ").find(|section| section.starts_with(heading)).unwrap();
    let fenced = section.split("\n```").skip(1).step_by(2);
    fenced.map(|block| block.split_once('\n').unwrap().1.to_owned()).collect()
}

fn yaml(block: &str) -> Value {
    serde_yaml::from_str(block).unwrap()
}

/// Runs a command in a project, with `platen` and a spec at hand.
fn shell(project: &Project, command: &str, more: &[(&str, String)]) {
    let program = Path::new(env!("CARGO_BIN_EXE_platen")).parent().unwrap().to_string_lossy().into_owned();
    let path = format!("{}:{program}:{}", project.path("bin").display(), std::env::var("PATH").unwrap());
    let mut shell = Command::new("sh");
    shell.args(["-euc", command]).current_dir(project.path("")).env("PATH", path).env("SPEC", SPEC);
    let output = shell.envs(more.iter().map(|(name, value)| (name, value))).output().unwrap();
    assert!(output.status.success(), "{command}\n{}", String::from_utf8_lossy(&output.stderr));
}

/// Checks that a folder has the bytes of a release that was not sliced.
fn is_whole(project: &Project, folder: &str) {
    release(project, &["--no-cache"]);
    let (whole, joined) = (files(&project.path("release")), files(&project.path(folder)));
    assert!(whole == joined && whole.len() > 20, "{:?}", joined.keys().collect::<Vec<_>>());
}

#[test]
fn the_slurm_files_make_the_whole_release() {
    let project = project();
    let [script, submit] = blocks("Slurm").try_into().unwrap();
    project.write("slices.sh", script);
    project.write("sbatch", SBATCH);
    shell(&project, "mkdir bin && install sbatch bin", &[]);
    let shared = project.path("shared").to_string_lossy().into_owned();
    let submit = submit.replace("/path/to/shared", &shared).replace("config/nhth-2016-national.yaml", SPEC);
    shell(&project, &submit, &[]);
    is_whole(&project, "shared/release");
}

#[test]
fn the_kubernetes_files_make_the_whole_release() {
    let project = project();
    let [slices, merge] = blocks("Kubernetes").try_into().unwrap();
    let shared = project.path("shared").to_string_lossy().into_owned();
    let command = |job: &Value| {
        let command = job["spec"]["template"]["spec"]["containers"][0]["command"].as_array().unwrap().clone();
        assert_eq!(command[..2], ["sh", "-euc"]);
        command[2].as_str().unwrap().replace("/shared", &shared)
    };
    let slices = yaml(&slices);
    assert_eq!(slices["spec"]["completionMode"], "Indexed");
    for index in 0..slices["spec"]["completions"].as_u64().unwrap() {
        shell(&project, &command(&slices), &[("JOB_COMPLETION_INDEX", index.to_string())]);
    }
    shell(&project, &command(&yaml(&merge)), &[]);
    is_whole(&project, "shared/release");
}

#[test]
fn the_github_file_makes_the_whole_release() {
    let project = project();
    let [workflow] = blocks("GitHub").try_into().unwrap();
    let jobs = yaml(&workflow)["jobs"].clone();
    let commands = |job: &str| {
        let steps = jobs[job]["steps"].as_array().unwrap().clone();
        let commands: Vec<String> = steps.iter().filter_map(|step| Some(step["run"].as_str()?.to_owned())).collect();
        commands.join("\n").replace("cargo run --release --", "platen")
    };
    for slice in jobs["slice"]["strategy"]["matrix"]["slice"].as_array().unwrap() {
        shell(&project, &commands("slice").replace("${{ matrix.slice }}", &slice.to_string()), &[]);
        // What the steps between do: each slice is kept under its name, and all are fetched into one folder.
        shell(&project, "mkdir -p slices && mv slice slices/slice-$SLICE", &[("SLICE", slice.to_string())]);
    }
    shell(&project, &commands("merge"), &[]);
    std::fs::rename(project.path("release"), project.path("joined")).unwrap();
    is_whole(&project, "joined");
}
