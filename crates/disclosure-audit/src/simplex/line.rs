//! One line of the tableau.

use crate::ratio::{GaveUp, Ratio};
use crate::simplex::Identity;

pub(crate) struct Line {
    pub basic: usize,
    /// `basic = Σ coefficient · variable`, in the order of variables.
    pub terms: Vec<(usize, Ratio)>,
}

impl Line {
    pub(super) fn coefficient(&self, variable: usize) -> Option<Ratio> {
        self.terms.binary_search_by_key(&variable, |&(variable, _)| variable).ok().map(|place| self.terms[place].1)
    }

    pub(super) fn identity(&self) -> Result<Identity, GaveUp> {
        let mut identity = self.terms.clone();
        identity.push((self.basic, Ratio::ONE.neg()?));
        Ok(identity)
    }
}

/// `left + factor · right`, both in the order of variables.
pub(crate) fn sum(
    left: &[(usize, Ratio)],
    right: &[(usize, Ratio)],
    factor: Ratio,
) -> Result<Vec<(usize, Ratio)>, GaveUp> {
    let mut sum = Vec::with_capacity(left.len() + right.len());
    let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
    loop {
        match (left.peek(), right.peek()) {
            (Some(&&(l, a)), Some(&&(r, b))) if l == r => {
                let total = a.add(b.mul(factor)?)?;
                if total.sign() != 0 {
                    sum.push((l, total));
                }
                left.next();
                right.next();
            }
            (Some(&&(l, a)), other) if other.is_none_or(|&&(r, _)| l < r) => {
                sum.push((l, a));
                left.next();
            }
            (_, Some(&&(r, b))) => {
                sum.push((r, b.mul(factor)?));
                right.next();
            }
            (_, None) => return Ok(sum),
        }
    }
}
