//! `platen build`.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::compose;
use crate::diag::Sources;
use crate::pipeline::Edition;

use super::places::Places;
use super::report;

/// Arguments of `platen build`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The report spec
    spec: PathBuf,
    /// Build only the reports of these jurisdictions, by code
    #[arg(long, value_delimiter = ',', value_name = "CODE,…")]
    only: Vec<String>,
    /// Folder to publish into
    #[arg(long, value_name = "DIR", default_value = "out")]
    out: PathBuf,
    /// Release that a revision corrects; without a revision, one that no figure may cross the threshold against
    #[arg(long, value_name = "DIR")]
    previous: Option<PathBuf>,
    #[command(flatten)]
    places: Places,
    /// Print the reports as plain text and publish nothing
    #[arg(long)]
    pub(super) text: bool,
    /// Print results and findings as lines of JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let mut sources = Sources::default();
    let loaded = Edition::load(&arguments.spec, &arguments.places.get(), &arguments.only, &mut sources);
    let edition = match loaded.and_then(|edition| edition.corrects(arguments.previous.as_deref())) {
        Ok(edition) => edition,
        Err(findings) if arguments.text => return report::failed(&findings, &sources, arguments.json),
        Err(findings) => return report::unpublished(&findings, &sources, arguments.json),
    };
    report::remarks(&edition.remarks, &sources, arguments.json);
    if arguments.text {
        return match edition.final_documents() {
            Ok(documents) => {
                let texts: Vec<String> = documents.iter().map(compose::to_text).collect();
                report::result(&texts.join("\u{c}\n"));
                ExitCode::SUCCESS
            }
            Err(findings) => report::failed(&findings, &sources, arguments.json),
        };
    }
    match edition.build(&arguments.out) {
        Ok(written) => {
            for file in written {
                match arguments.json {
                    true => report::line(&file),
                    false => report::path(&file.path),
                }
            }
            ExitCode::SUCCESS
        }
        Err(findings) => report::unpublished(&findings, &sources, arguments.json),
    }
}
