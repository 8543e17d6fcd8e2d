//! `platen sbom`.

use std::process::ExitCode;

use crate::release;

use super::report;

pub(super) fn run() -> ExitCode {
    report::result(release::sbom());
    ExitCode::SUCCESS
}
