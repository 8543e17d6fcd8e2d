//! Quantities with their unit: what crosses a module border is never a bare number.

mod content_key;
mod digest;
mod text;

use std::fmt;

pub use content_key::ContentKey;
pub use digest::{Digest, NoDigest};
pub use text::{character_name, is_format, is_unseen, nfc, nfkc, unseen};

/// A number of records, cases or signals.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Count(u64);

impl Count {
    /// Wraps a number of records.
    pub const fn new(value: u64) -> Self {
        Self(value)
    }

    /// Returns the bare number; only `tabulate` and `disclose` have a use for it.
    pub const fn get(self) -> u64 {
        self.0
    }
}

/// Hides the number, so that no debug print of an unprotected table shows it.
impl fmt::Debug for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Count(…)")
    }
}

/// Writes a number with a separator between its thousands.
pub fn grouped(number: u64, separator: &str) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push_str(separator);
        }
        text.push(digit);
    }
    text
}

/// The share of a count in a base, in units of the last printed decimal, rounded half up.
///
/// With `decimals` = 1 the value 246 stands for 24.6 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percent {
    units: u64,
    decimals: u8,
}

impl Percent {
    /// Computes ⌊(2·100·10^decimals·n + d) / (2·d)⌋ from integers, so that ties round half up.
    ///
    /// A base of zero has no percent.
    pub fn of(part: u64, base: u64, decimals: u8) -> Option<Self> {
        let (part, base) = (u128::from(part), u128::from(base));
        let scale = 100 * 10u128.pow(u32::from(decimals));
        let units = (2 * scale * part + base).checked_div(2 * base)?;
        Some(Self { units: u64::try_from(units).ok()?, decimals })
    }

    /// Splits into the whole percents and the decimals, the latter with leading zeros.
    pub fn parts(self) -> (u64, String) {
        let scale = 10u64.pow(u32::from(self.decimals));
        let fraction = match self.decimals {
            0 => String::new(),
            width => format!("{:0width$}", self.units % scale, width = usize::from(width)),
        };
        (self.units / scale, fraction)
    }
}

/// A length in PostScript points, 1/72 inch.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Default)]
pub struct Pt(pub f64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percents_round_ties_half_up_where_binary_floats_do_not() {
        // 1/16 = 6.25 %, which `{:.1}` prints as 6.2.
        assert_eq!(Percent::of(1, 16, 1).map(Percent::parts), Some((6, "3".into())));
        assert_eq!(Percent::of(49, 199, 1).map(Percent::parts), Some((24, "6".into())));
        assert_eq!(Percent::of(1, 200, 1).map(Percent::parts), Some((0, "5".into())));
        assert_eq!(Percent::of(1, 200, 0).map(Percent::parts), Some((1, String::new())));
        assert_eq!(Percent::of(1, 3, 2).map(Percent::parts), Some((33, "33".into())));
        assert_eq!(Percent::of(1, 1000, 2).map(Percent::parts), Some((0, "10".into())));
    }

    #[test]
    fn a_base_of_zero_has_no_percent() {
        assert_eq!(Percent::of(0, 0, 1), None);
    }

    #[test]
    fn debug_output_of_a_count_hides_the_number() {
        assert_eq!(format!("{:?}", Count::new(2)), "Count(…)");
    }
}
