//! From the bytes of a file to its text.

use super::{BoundaryError, Fault};

/// Reads bytes as UTF-8; a byte order mark is skipped.
///
/// # Errors
/// Names UTF-16, text that is not UTF-8, and bytes of zero, as a file has that was cut off while it was written.
pub(super) fn decode(bytes: Vec<u8>) -> Result<String, Fault> {
    if is_utf_16(&bytes) {
        return Err(BoundaryError::NotUtf8 { encoding: Some("UTF-16") }.into());
    }
    let line = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
    let text = String::from_utf8(bytes).map_err(|error| {
        let sound = error.utf8_error().valid_up_to();
        Fault { line: Some(line(&error.as_bytes()[..sound])), ..BoundaryError::NotUtf8 { encoding: None }.into() }
    })?;
    if let Some(at) = text.find('\0') {
        return Err(Fault { line: Some(line(&text.as_bytes()[..at])), ..BoundaryError::ZeroByte.into() });
    }
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Tells UTF-16 by its byte order mark, or by a zero beside the first letter.
fn is_utf_16(bytes: &[u8]) -> bool {
    let has_mark = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    has_mark
        || matches!(
            bytes.get(..4).map(|four| four.iter().map(|byte| *byte == 0).collect::<Vec<_>>()).as_deref(),
            Some([true, false, true, false] | [false, true, false, true])
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_skipped() {
        assert_eq!(decode(b"\xef\xbb\xbf{}".to_vec()).unwrap(), "{}");
        assert_eq!(decode(b"{}".to_vec()).unwrap(), "{}");
    }

    #[test]
    fn other_encodings_and_zeros_are_named_with_their_line() {
        let fault = |bytes: &[u8]| decode(bytes.to_vec()).unwrap_err();
        for bytes in [b"\xff\xfe{\0".as_slice(), b"\xfe\xff\0{", b"{\0\"\0", b"\0{\0\""] {
            assert_eq!(fault(bytes).error, BoundaryError::NotUtf8 { encoding: Some("UTF-16") }, "{bytes:?}");
        }
        let latin = fault(b"{\n\"NAME\": \"Do\xf1a Ana\"}");
        assert_eq!((latin.error, latin.line), (BoundaryError::NotUtf8 { encoding: None }, Some(2)));
        let zeros = fault(b"{}\n\0\0\0");
        assert_eq!((zeros.error, zeros.line), (BoundaryError::ZeroByte, Some(2)));
    }
}
