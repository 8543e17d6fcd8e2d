//! How many values a page of delta encodings says it has: the library reserves memory for them.

use super::fault::Fault;

/// Returns the number of values of a block of whole numbers (`DELTA_BINARY_PACKED`), and what stands behind the block.
pub(super) fn count(bytes: &[u8]) -> Result<(u64, &[u8]), Fault> {
    let mut rest = bytes;
    let (block, pieces, total) = (varint(&mut rest)?, varint(&mut rest)?, varint(&mut rest)?);
    let _first = varint(&mut rest)?;
    let per_piece = block.checked_div(pieces).filter(|_| block % pieces == 0).filter(|values| *values > 0);
    let per_piece = per_piece.ok_or(Fault::Damaged)?;
    let mut left = total.saturating_sub(1);
    while left > 0 {
        let _lowest = varint(&mut rest)?;
        for width in take(&mut rest, pieces)? {
            if left == 0 {
                break;
            }
            let bits = per_piece.checked_mul(u64::from(*width)).ok_or(Fault::Damaged)?;
            take(&mut rest, bits.div_ceil(8))?;
            left = left.saturating_sub(per_piece);
        }
    }
    Ok((total, rest))
}

fn take<'b>(rest: &mut &'b [u8], count: u64) -> Result<&'b [u8], Fault> {
    let count = usize::try_from(count).ok().filter(|count| *count <= rest.len()).ok_or(Fault::Damaged)?;
    let (taken, behind) = rest.split_at(count);
    *rest = behind;
    Ok(taken)
}

/// Reads a number of seven bits a byte, the lowest first (ULEB128).
fn varint(rest: &mut &[u8]) -> Result<u64, Fault> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let byte = take(rest, 1)?[0];
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(number);
        }
    }
    Err(Fault::Damaged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_values_of_a_block_are_counted_and_its_end_is_found() {
        // 128 values in 4 pieces; 5 values, the first is 7; lowest difference 0, widths 2, 0, 0, 0; 8 bytes; then others.
        let bytes = [&[0x80, 1, 4, 5, 14, 0, 2, 0, 0, 0][..], &[0; 8], &[1, 2, 3]].concat();
        assert_eq!(count(&bytes).unwrap(), (5, &[1, 2, 3][..]));
        assert_eq!(count(&[0x80, 1, 4, 1, 14, 99]).unwrap(), (1, &[99][..]));
        for end in 0..bytes.len() - 3 {
            assert!(count(&bytes[..end]).is_err(), "{end}");
        }
        assert!(count(&[0x80, 1, 0, 5, 14]).is_err() && count(&[0xff; 11]).is_err());
        // Two thousand million values of no width in a few bytes.
        let many = [0x80, 0x80, 0x80, 0x80, 8, 1, 0x80, 0x80, 0x80, 0x80, 8, 0, 0, 0];
        assert_eq!(count(&many).unwrap(), (1 << 31, &[][..]));
    }
}
