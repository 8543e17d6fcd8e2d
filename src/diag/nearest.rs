//! "Did you mean".

/// Returns the candidate that is nearest to what was written, when it is near enough to be meant.
///
/// Nearness is the Damerau–Levenshtein distance without regard to case; at most a third of the
/// longer word's letters, and always one, may differ. Of equally near candidates the first one wins.
pub fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A long value is no misspelt name, and the distance costs the product of both lengths.
    if written.len() > 64 {
        return None;
    }
    let lower = written.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| {
            let distance = strsim::damerau_levenshtein(&lower, &candidate.to_lowercase());
            (distance, candidate)
        })
        .filter(|(distance, candidate)| {
            let longest = written.chars().count().max(candidate.chars().count());
            *distance <= longest.max(3) / 3
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_finds_its_word_and_a_stranger_finds_none() {
        let columns = ["caller_type", "caller_state", "channel"];
        assert_eq!(nearest("callertype", columns), Some("caller_type"));
        assert_eq!(nearest("Chanel", columns), Some("channel"));
        assert_eq!(nearest("zebra", columns), None);
        assert_eq!(nearest(&"x".repeat(5000), columns), None);
    }
}
