//! ICC profiles.

/// Tells whether bytes are an ICC profile of class output with four inks (ICC.1:2010, 7.2).
pub(in crate::press) fn is_cmyk_output(icc: &[u8]) -> bool {
    icc.len() > 128 && icc[36..40] == *b"acsp" && icc[12..16] == *b"prtr" && icc[16..20] == *b"CMYK"
}
