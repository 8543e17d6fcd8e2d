//! How many words some bytes may hold, told without reading them.

/// Tells whether bytes may hold more than so many words (numbers, names, operators, brackets).
///
/// A parser takes a hundred bytes of memory for a word of two, so words are counted before they are read. The count
/// is never too low; in packed bytes, which hold no words, it is far too high.
pub(super) fn is_dense(bytes: &[u8], words: usize) -> bool {
    // A word takes a byte at least.
    bytes.len() > words && count(bytes) > words
}

fn count(bytes: &[u8]) -> usize {
    let (mut count, mut length) = (0, 0);
    for byte in bytes {
        length += 1;
        match byte {
            // These end a word and begin another one.
            b'[' | b']' | b'<' | b'>' | b'(' | b')' | b'/' | b'{' | b'}' | b'+' | b'-' | b'.' | b'%' => {
                (count, length) = (count + 1, 0);
            }
            0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ' => {
                count += usize::from(length > 1);
                length = 0;
            }
            // Words such as `null` and `true` need nothing between them.
            _ if length == 4 => (count, length) = (count + 1, 0),
            _ => {}
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_way_of_writing_words_hides_them() {
        for (text, words) in
            [("1 0 0 1 k\n", 5), ("[][][]", 6), ("-1-1-1", 3), (".5.5", 2), ("nullnull", 2), ("/A/B", 2)]
        {
            let many = text.repeat(100);
            assert!(count(many.as_bytes()) >= words * 100 - 1, "{text}");
        }
        assert!(!is_dense(&[b' '; 1000], 100) && is_dense(&[b'['; 1000], 100));
    }
}
