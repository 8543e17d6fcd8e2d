//! Work that is divided: what all parts made, or what is wrong with any of them.

use super::findings::Findings;

/// Returns all results.
///
/// # Errors
/// Returns the findings of all that failed.
pub fn gather<T>(results: Vec<Result<T, Findings>>) -> Result<Vec<T>, Findings> {
    let (mut done, mut findings) = (Vec::new(), Findings::new());
    for result in results {
        match result {
            Ok(value) => done.push(value),
            Err(more) => findings.extend(more),
        }
    }
    if findings.has_errors() { Err(findings) } else { Ok(done) }
}

#[cfg(test)]
mod tests {
    use crate::diag::{Finding, code};

    use super::*;

    #[test]
    fn the_findings_of_all_that_failed_are_told_in_order() {
        let fault = |message: &str| Err::<u8, _>(Findings::from(Finding::error(code::spec::OUTPUT, message)));
        assert_eq!(gather(vec![Ok(1), Ok(2)]), Ok(vec![1, 2]));
        let findings = gather(vec![fault("first"), Ok(2), fault("second")]).unwrap_err();
        assert_eq!(findings.iter().map(|finding| finding.message.as_str()).collect::<Vec<_>>(), ["first", "second"]);
    }
}
