//! Conditions, evaluated for a whole batch at once.

use crate::confidential::data::Batch;
use crate::report_spec::Test;

use super::plan::Tally;

/// Clears the marks of the records for which a condition does not hold.
fn keep(test: &Test, batch: &Batch, marks: &mut [bool]) {
    match test {
        Test::In { column, values } => {
            for (mark, value) in marks.iter_mut().zip(&batch.columns[*column]) {
                *mark &= values.contains(value);
            }
        }
        Test::Between { column, from, to } => {
            for (mark, value) in marks.iter_mut().zip(&batch.columns[*column]) {
                *mark &= *value > 0 && (*from..=*to).contains(value);
            }
        }
        Test::All(tests) => tests.iter().for_each(|test| keep(test, batch, marks)),
        Test::Any(tests) => {
            let mut any = vec![false; marks.len()];
            for test in tests {
                let mut kept = vec![true; marks.len()];
                keep(test, batch, &mut kept);
                any.iter_mut().zip(kept).for_each(|(any, own)| *any |= own);
            }
            marks.iter_mut().zip(any).for_each(|(mark, any)| *mark &= any);
        }
        Test::Not(test) => {
            let mut inner = vec![true; marks.len()];
            keep(test, batch, &mut inner);
            marks.iter_mut().zip(inner).for_each(|(mark, inner)| *mark &= !inner);
        }
    }
}

/// Marks the records that pass all tests of a sum.
pub(super) fn mark(tally: &Tally, batch: &Batch, marks: &mut Vec<bool>) {
    marks.clear();
    marks.resize(batch.len(), true);
    for test in &tally.tests {
        keep(test, batch, marks);
    }
}

#[cfg(test)]
mod tests {
    use crate::report_spec::ColumnId;

    use super::*;

    fn kept(test: &Test) -> Vec<usize> {
        let batch = Batch {
            columns: vec![vec![0, 1, 2, 3], vec![2, 1, 2, 1]].into(),
            points: vec![None; 4],
            lines: vec![2, 3, 4, 5],
            file: "f".into(),
        };
        let mut marks = vec![true; 4];
        keep(test, &batch, &mut marks);
        marks.iter().enumerate().filter(|(_, mark)| **mark).map(|(at, _)| at).collect()
    }

    #[test]
    fn conditions_combine_and_an_empty_value_lies_in_no_range() {
        let [codes, flags] = [0, 1].map(ColumnId::from);
        let code = |values: &[u32]| Test::In { column: codes, values: values.into() };
        let flag = Test::In { column: flags, values: vec![2] };
        assert_eq!(kept(&code(&[1, 3])), [1, 3]);
        assert_eq!(kept(&Test::Between { column: codes, from: 0, to: 2 }), [1, 2]);
        assert_eq!(kept(&Test::All(vec![code(&[0, 1]), flag.clone()])), [0]);
        assert_eq!(kept(&Test::Any(vec![code(&[3]), flag.clone()])), [0, 2, 3]);
        assert_eq!(kept(&Test::Not(Box::new(flag))), [1, 3]);
    }
}
