//! Pages unpacked to the size that they say they have, and never to more.

use std::io::Read;

use brotli_decompressor::Decompressor;
use flate2::bufread::MultiGzDecoder;
use lz4_flex::frame::FrameDecoder;
use parquet::basic::Compression;

use super::fault::Fault;

/// Unpacks a page, which must come to exactly this size.
pub(super) fn unpack(codec: Compression, packed: &[u8], size: usize) -> Result<Vec<u8>, Fault> {
    if size == 0 {
        return Ok(Vec::new());
    }
    let unpacked = match codec {
        Compression::UNCOMPRESSED => Some(packed.to_vec()),
        Compression::SNAPPY => {
            let mut page = vec![0; size];
            let length = snap::raw::Decoder::new().decompress(packed, &mut page).ok();
            length.filter(|length| *length == size).map(|_| page)
        }
        Compression::ZSTD(_) => zstd::bulk::decompress(packed, size).ok(),
        Compression::GZIP(_) => all_of(MultiGzDecoder::new(packed), size),
        Compression::BROTLI(_) => all_of(Decompressor::new(packed, 4096), size),
        Compression::LZ4_RAW => lz4(packed, size),
        // Hadoop's own framing, else the frames of LZ4, else none at all: writers have meant each of them.
        Compression::LZ4 => hadoop(packed, size)
            .or_else(|| {
                packed.starts_with(&[0x04, 0x22, 0x4d, 0x18]).then(|| all_of(FrameDecoder::new(packed), size))?
            })
            .or_else(|| lz4(packed, size)),
        Compression::LZO => return Err(Fault::Packing("LZO")),
    };
    unpacked.filter(|page| page.len() == size).ok_or(Fault::Damaged)
}

/// Reads all that a stream unpacks to, where it is no more than this.
fn all_of(stream: impl Read, size: usize) -> Option<Vec<u8>> {
    let mut page = Vec::with_capacity(size);
    stream.take(size as u64 + 1).read_to_end(&mut page).ok()?;
    Some(page)
}

fn lz4(packed: &[u8], size: usize) -> Option<Vec<u8>> {
    let mut page = vec![0; size];
    let length = lz4_flex::block::decompress_into(packed, &mut page).ok()?;
    (length == size).then_some(page)
}

/// Unpacks blocks, each behind its size unpacked and its size as it stands, in big-endian order.
fn hadoop(mut packed: &[u8], size: usize) -> Option<Vec<u8>> {
    let mut page = Vec::with_capacity(size);
    while !packed.is_empty() {
        let (mut block_size, rest) = number(packed)?;
        packed = rest;
        if block_size > size - page.len() {
            return None;
        }
        // A block may be packed in several pieces.
        while block_size > 0 {
            let (length, rest) = number(packed)?;
            let piece = rest.get(..length)?;
            packed = &rest[length..];
            let start = page.len();
            page.resize(start + block_size, 0);
            let unpacked = lz4_flex::block::decompress_into(piece, &mut page[start..]).ok()?;
            if unpacked == 0 {
                return None;
            }
            page.truncate(start + unpacked);
            block_size -= unpacked;
        }
    }
    Some(page)
}

fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (number, rest) = bytes.split_first_chunk::<4>()?;
    Some((u32::from_be_bytes(*number) as usize, rest))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use parquet::basic::{BrotliLevel, GzipLevel, ZstdLevel};

    use super::*;

    const TEXT: &[u8] = b"synthetic synthetic synthetic synthetic synthetic synthetic";

    fn packings() -> Vec<(Compression, Vec<u8>)> {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(&TEXT[..20]).unwrap();
        let mut members = gzip.finish().unwrap();
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(&TEXT[20..]).unwrap();
        members.extend(gzip.finish().unwrap());
        let block = |text: &[u8]| lz4_flex::block::compress(text);
        let framed = |parts: &[&[u8]]| {
            let head = |length: usize| (length as u32).to_be_bytes().to_vec();
            let part = |part: &&[u8]| [head(part.len()), head(block(part).len()), block(part)].concat();
            parts.iter().flat_map(part).collect::<Vec<u8>>()
        };
        let pieces = [&TEXT[..20], &TEXT[20..]]
            .map(|piece| [(block(piece).len() as u32).to_be_bytes().to_vec(), block(piece)].concat());
        let mut frame = lz4_flex::frame::FrameEncoder::new(Vec::new());
        frame.write_all(TEXT).unwrap();
        // A window of 2¹⁶, a last block that is stored: WBITS 0, ISLAST 0, MNIBBLES 4, MLEN − 1, ISUNCOMPRESSED 1; then 3.
        let mut brotli = vec![((TEXT.len() - 1) << 4) as u8, ((TEXT.len() - 1) >> 4) as u8, 0x10];
        brotli.extend(TEXT);
        brotli.push(3);
        vec![
            (Compression::UNCOMPRESSED, TEXT.to_vec()),
            (Compression::SNAPPY, snap::raw::Encoder::new().compress_vec(TEXT).unwrap()),
            (Compression::ZSTD(ZstdLevel::default()), zstd::bulk::compress(TEXT, 1).unwrap()),
            (Compression::GZIP(GzipLevel::default()), members),
            (Compression::BROTLI(BrotliLevel::default()), brotli),
            (Compression::LZ4_RAW, block(TEXT)),
            (Compression::LZ4, framed(&[TEXT])),
            (Compression::LZ4, framed(&[&TEXT[..20], &TEXT[20..]])),
            (Compression::LZ4, [(TEXT.len() as u32).to_be_bytes().to_vec(), pieces.concat()].concat()),
            (Compression::LZ4, frame.finish().unwrap()),
            (Compression::LZ4, block(TEXT)),
        ]
    }

    #[test]
    fn each_packing_is_undone_and_a_wrong_size_is_refused() {
        for (at, (codec, packed)) in packings().into_iter().enumerate() {
            assert_eq!(unpack(codec, &packed, TEXT.len()).unwrap(), TEXT, "{at}: {codec:?}");
            for size in [1, TEXT.len() - 1, TEXT.len() + 1] {
                assert!(unpack(codec, &packed, size).is_err(), "{at}: {codec:?}, {size}");
            }
            for end in 0..packed.len() {
                let _ = unpack(codec, &packed[..end], TEXT.len());
            }
        }
        assert!(matches!(unpack(Compression::LZO, b"x", 1), Err(Fault::Packing("LZO"))));
    }
}
