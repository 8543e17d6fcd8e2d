//! How many values a page of delta encodings says it has: the library reserves memory for them.

use super::thrift::{Compact, Stop};

/// Returns the number of values of a block of whole numbers (`DELTA_BINARY_PACKED`), and where the block ends.
pub(super) fn count(bytes: &[u8]) -> Result<(u64, usize), Stop> {
    let mut head = Compact::new(bytes);
    let (block, pieces, total) = (head.unsigned()?, head.unsigned()?, head.unsigned()?);
    head.signed()?;
    if pieces == 0 || block % pieces != 0 || block / pieces == 0 {
        return Err(Stop::Malformed);
    }
    let per_piece = block / pieces;
    let (mut left, mut at) = (total.saturating_sub(1), head.read());
    while left > 0 {
        let mut lowest = Compact::new(&bytes[at..]);
        lowest.signed()?;
        at += lowest.read();
        let end = at.checked_add(usize::try_from(pieces).map_err(|_| Stop::Malformed)?).ok_or(Stop::Malformed)?;
        let widths = bytes.get(at..end).ok_or(Stop::Short)?;
        at = end;
        for width in widths {
            if left == 0 {
                break;
            }
            let length = usize::try_from(per_piece.checked_mul(u64::from(*width)).ok_or(Stop::Malformed)?.div_ceil(8));
            at = length
                .ok()
                .and_then(|length| at.checked_add(length))
                .filter(|end| *end <= bytes.len())
                .ok_or(Stop::Short)?;
            left = left.saturating_sub(per_piece);
        }
    }
    Ok((total, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_values_of_a_block_are_counted_and_its_end_is_found() {
        // 128 values in 4 pieces; 5 values, the first is 7; lowest difference 0, widths 2, 0, 0, 0; 8 bytes; then others.
        let bytes = [&[0x80, 1, 4, 5, 14, 0, 2, 0, 0, 0][..], &[0; 8], &[1, 2, 3]].concat();
        assert_eq!(count(&bytes), Ok((5, 18)));
        assert_eq!(count(&[0x80, 1, 4, 1, 14, 99]), Ok((1, 5)));
        assert_eq!(count(&bytes[..17]), Err(Stop::Short));
        assert_eq!(count(&[0x80, 1, 0, 5, 14]), Err(Stop::Malformed));
        // Two thousand million values of no width in a few bytes.
        let many = [0x80, 0x80, 0x80, 0x80, 8, 1, 0x80, 0x80, 0x80, 0x80, 8, 0, 0, 0];
        assert_eq!(count(&many), Ok((1 << 31, 14)));
    }
}
