//! `platen release`.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::diag::{Findings, Sources};
use crate::pipeline::{self, Released};
use crate::release::{Partition, ReleaseOptions};

use super::places::Places;
use super::progress::ProgressReporter;
use super::report;
use super::signing::Signing;

/// Arguments of `platen release`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The report spec
    #[arg(required_unless_present = "merge")]
    spec: Option<PathBuf>,
    /// Join the slices in these folders into one release
    #[arg(long, value_name = "DIR", num_args = 1.., conflicts_with_all = ["spec", "only", "partition", "keep_going", "fail_fast"])]
    merge: Vec<PathBuf>,
    /// Folder of the release; a release that stands there is replaced in one step, or not at all
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Release only the reports of these jurisdictions, by code
    #[arg(long, value_delimiter = ',', value_name = "CODE,…")]
    only: Vec<String>,
    /// Build one slice of the reports, e.g. `2/5`
    #[arg(long, value_name = "K/N", value_parser = partition)]
    partition: Option<Partition>,
    /// Publish what could be built although some reports could not, and list those
    #[arg(long, conflicts_with = "fail_fast")]
    keep_going: bool,
    /// Stop at the first report that cannot be built
    #[arg(long)]
    fail_fast: bool,
    /// Say for each report what differs from the last release
    #[arg(long)]
    explain: bool,
    /// Folder in which finished reports are kept; it may be deleted at any time
    #[arg(long, value_name = "DIR", default_value = ".platen-cache")]
    cache: PathBuf,
    /// Keep no finished reports, and take none
    #[arg(long, conflicts_with = "cache")]
    no_cache: bool,
    /// The release that a revision corrects, by default the one in the folder; without a revision, another one that no figure may
    /// cross the threshold against
    #[arg(long, value_name = "DIR")]
    previous: Option<PathBuf>,
    /// A release whose approvals count for this one
    #[arg(long, value_name = "DIR")]
    approvals: Vec<PathBuf>,
    #[command(flatten)]
    signing: Signing,
    /// Throw away files that stand in the folder beside its release
    #[arg(long)]
    clean: bool,
    #[command(flatten)]
    places: Places,
    /// Print progress, results and findings as lines of JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let mut sources = Sources::default();
    let released = options(arguments).and_then(|options| {
        let reporter = ProgressReporter::new(arguments.json, arguments.explain);
        match &arguments.spec {
            Some(spec) => pipeline::release(spec, &options, &reporter, &mut sources),
            None => pipeline::merge(&arguments.merge, &options),
        }
    });
    match released {
        Ok(released) => finish(arguments, &released, &sources),
        Err(findings) => report::unpublished(&findings, &sources, arguments.json),
    }
}

fn options(arguments: &Arguments) -> Result<ReleaseOptions, Findings> {
    Ok(ReleaseOptions {
        out: arguments.out.clone(),
        only: arguments.only.clone(),
        partition: arguments.partition,
        cache: (!arguments.no_cache).then(|| arguments.cache.clone()),
        keep_going: arguments.keep_going,
        fail_fast: arguments.fail_fast,
        previous: arguments.previous.clone(),
        approvals: arguments.approvals.clone(),
        signer: arguments.signing.signer()?,
        unsigned_approvals: arguments.signing.unsigned_approvals,
        clean: arguments.clean,
        places: arguments.places.get(),
    })
}

fn finish(arguments: &Arguments, released: &Released, sources: &Sources) -> ExitCode {
    let manifest = &released.manifest;
    report::remarks(&released.remarks, sources, arguments.json);
    if arguments.json {
        report::line(&serde_json::json!({
            "event": "released",
            "out": arguments.out.to_string_lossy(),
            "unchanged": released.unchanged,
            "complete": manifest.complete,
            "reports": manifest.reports.len(),
            "built": released.built,
            "missing": manifest.missing,
        }));
    } else {
        let reports = report::counted(manifest.reports.len(), "report");
        let what = match released.unchanged {
            true => format!("{reports}, nothing changed"),
            false => format!("{reports}, {} built, {} reused", released.built, manifest.reports.len() - released.built),
        };
        report::note(&what);
        report::path(&arguments.out.join("manifest.json"));
    }
    if released.failures.has_errors() {
        return report::incomplete(&released.failures, sources, arguments.json, &manifest.missing);
    }
    ExitCode::SUCCESS
}

/// Reads `K/N`, K from 1 to N.
fn partition(text: &str) -> Result<Partition, String> {
    let parts = text.split_once('/').and_then(|(slice, of)| Some((slice.parse().ok()?, of.parse().ok()?)));
    match parts {
        Some((slice, of)) if slice >= 1 && slice <= of => Ok(Partition { slice, of }),
        _ => Err("a slice is written K/N, with K from 1 to N".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        arguments: Arguments,
    }

    fn parsed(line: &str) -> Result<Arguments, clap::Error> {
        Line::try_parse_from(std::iter::once("release").chain(line.split(' '))).map(|line| line.arguments)
    }

    #[test]
    fn a_slice_is_one_of_so_many() {
        let slice = |text: &str| partition(text).map(|slice| (slice.slice, slice.of));
        assert_eq!((slice("1/1"), slice("2/5"), slice("5/5")), (Ok((1, 1)), Ok((2, 5)), Ok((5, 5))));
        for wrong in ["", "2", "0/5", "6/5", "1/0", "a/b", "-1/5", "1/5/2", "1 /5"] {
            assert!(slice(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn finished_reports_are_kept_unless_that_is_turned_off() {
        let cache = |line: &str| options(&parsed(line).unwrap()).unwrap().cache;
        assert_eq!(cache("a.yaml --out b"), Some(".platen-cache".into()));
        assert_eq!(cache("a.yaml --out b --cache c"), Some("c".into()));
        assert_eq!(cache("a.yaml --out b --no-cache"), None);
    }

    #[test]
    fn slices_are_joined_without_a_spec_and_options_of_a_run_are_refused_beside_them() {
        let joined = parsed("--merge a b --out c").unwrap();
        assert_eq!((joined.spec, joined.merge.len()), (None, 2));
        for wrong in [
            "--out c",
            "a.yaml",
            "a.yaml --merge b --out c",
            "--merge a --out c --only CT",
            "--merge a --out c --fail-fast",
        ] {
            assert!(parsed(wrong).is_err(), "{wrong}");
        }
    }
}
