//! Exact fractions: every operation that would not fit says so instead of rounding.

use std::cmp::Ordering;

/// Says that a number left the range of 128 bits or that the limit of work was reached: what was asked stays unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct GaveUp;

/// Is a fraction in lowest terms, with a denominator above 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ratio {
    above: i128,
    below: i128,
}

impl Ratio {
    pub(crate) const ZERO: Self = Self { above: 0, below: 1 };
    pub(crate) const ONE: Self = Self { above: 1, below: 1 };

    fn new(above: i128, below: i128) -> Result<Self, GaveUp> {
        let shared = gcd(above.unsigned_abs(), below.unsigned_abs());
        let shared = i128::try_from(shared).map_err(|_| GaveUp)?;
        let (above, below) = (above / shared, below / shared);
        if below > 0 {
            return Ok(Self { above, below });
        }
        Ok(Self { above: above.checked_neg().ok_or(GaveUp)?, below: below.checked_neg().ok_or(GaveUp)? })
    }

    pub(crate) fn add(self, other: Self) -> Result<Self, GaveUp> {
        if self.below == 1 && other.below == 1 {
            return Ok(Self { above: self.above.checked_add(other.above).ok_or(GaveUp)?, below: 1 });
        }
        let left = self.above.checked_mul(other.below).ok_or(GaveUp)?;
        let right = other.above.checked_mul(self.below).ok_or(GaveUp)?;
        let below = self.below.checked_mul(other.below).ok_or(GaveUp)?;
        Self::new(left.checked_add(right).ok_or(GaveUp)?, below)
    }

    pub(crate) fn sub(self, other: Self) -> Result<Self, GaveUp> {
        self.add(other.neg()?)
    }

    pub(crate) fn neg(self) -> Result<Self, GaveUp> {
        Ok(Self { above: self.above.checked_neg().ok_or(GaveUp)?, below: self.below })
    }

    pub(crate) fn mul(self, other: Self) -> Result<Self, GaveUp> {
        let above = self.above.checked_mul(other.above).ok_or(GaveUp)?;
        if self.below == 1 && other.below == 1 {
            return Ok(Self { above, below: 1 });
        }
        Self::new(above, self.below.checked_mul(other.below).ok_or(GaveUp)?)
    }

    /// The divisor is never 0: pivots are chosen among the entries that are not.
    pub(crate) fn div(self, other: Self) -> Result<Self, GaveUp> {
        let above = self.above.checked_mul(other.below).ok_or(GaveUp)?;
        Self::new(above, self.below.checked_mul(other.above).ok_or(GaveUp)?)
    }

    pub(crate) fn compare(self, other: Self) -> Result<Ordering, GaveUp> {
        if self.below == other.below {
            return Ok(self.above.cmp(&other.above));
        }
        let left = self.above.checked_mul(other.below).ok_or(GaveUp)?;
        let right = other.above.checked_mul(self.below).ok_or(GaveUp)?;
        Ok(left.cmp(&right))
    }

    pub(crate) fn sign(self) -> i128 {
        self.above.signum()
    }

    pub(crate) fn is_whole(self) -> bool {
        self.below == 1
    }

    pub(crate) fn floor(self) -> i128 {
        self.above.div_euclid(self.below)
    }

    pub(crate) fn ceiling(self) -> i128 {
        self.floor() + i128::from(self.below != 1)
    }

    /// Numerator and denominator.
    pub(crate) fn parts(self) -> (i128, i128) {
        (self.above, self.below)
    }
}

impl From<i64> for Ratio {
    fn from(whole: i64) -> Self {
        Self { above: whole.into(), below: 1 }
    }
}

pub(crate) fn gcd(mut left: u128, mut right: u128) -> u128 {
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_are_kept_in_lowest_terms() {
        let half = Ratio::from(2).div(Ratio::from(-4)).unwrap();
        assert_eq!(half.parts(), (-1, 2));
        assert_eq!(half.floor(), -1);
        assert_eq!(half.ceiling(), 0);
        assert_eq!(half.add(half).unwrap(), Ratio::from(-1));
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        let large = Ratio { above: i128::MAX, below: 1 };
        assert_eq!(large.add(Ratio::ONE), Err(GaveUp));
        assert_eq!(large.mul(Ratio::from(2)), Err(GaveUp));
    }
}
