//! Parquet files byte by byte, as no writer writes them: one column of texts, `id`, with the pages given.

/// A structure of Thrift's compact protocol.
#[derive(Default)]
pub(crate) struct Struct {
    bytes: Vec<u8>,
    last: i64,
}

fn unsigned(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

fn signed(number: i64) -> Vec<u8> {
    unsigned(((number << 1) ^ (number >> 63)) as u64)
}

/// Writes a list of elements that are written already.
fn list(kind: u8, elements: &[Vec<u8>]) -> Vec<u8> {
    [vec![0xf0 | kind], unsigned(elements.len() as u64), elements.concat()].concat()
}

fn binary(bytes: &[u8]) -> Vec<u8> {
    [unsigned(bytes.len() as u64), bytes.to_vec()].concat()
}

impl Struct {
    fn field(mut self, number: i64, kind: u8, value: &[u8]) -> Self {
        assert!(number > self.last && number - self.last < 16);
        self.bytes.push(((number - self.last) as u8) << 4 | kind);
        self.bytes.extend(value);
        self.last = number;
        self
    }

    fn number(self, number: i64, value: i64) -> Self {
        self.field(number, 5, &signed(value))
    }

    fn done(mut self) -> Vec<u8> {
        self.bytes.push(0);
        self.bytes
    }
}

/// A page: what its header says, and its bytes.
pub(crate) struct RawPage {
    /// 0 for values, 2 for a dictionary.
    pub kind: i64,
    pub unpacked: i64,
    pub values: i64,
    pub encoding: i64,
    pub checksum: Option<i64>,
    pub bytes: Vec<u8>,
}

impl RawPage {
    /// A page whose header says what is true.
    pub(crate) fn plain(kind: i64, values: i64, encoding: i64, bytes: Vec<u8>) -> Self {
        Self { kind, unpacked: bytes.len() as i64, values, encoding, checksum: None, bytes }
    }

    fn written(&self) -> Vec<u8> {
        let details = Struct::default().number(1, self.values).number(2, self.encoding);
        let (field, details) = match self.kind {
            0 => (5, details.number(3, 3).number(4, 3)),
            _ => (7, details),
        };
        let header = Struct::default().number(1, self.kind).number(2, self.unpacked).number(3, self.bytes.len() as i64);
        let header = match self.checksum {
            Some(checksum) => header.number(4, checksum),
            None => header,
        };
        [header.field(field, 12, &details.done()).done(), self.bytes.clone()].concat()
    }
}

/// Writes a file with these pages, compressed by the codec of this number, that says it holds so many rows.
pub(crate) fn raw(codec: i64, rows: i64, pages: &[RawPage]) -> Vec<u8> {
    let body: Vec<u8> = pages.iter().flat_map(RawPage::written).collect();
    let has_dictionary = pages.first().is_some_and(|page| page.kind == 2);
    let first = pages.first().map_or(0, |page| page.written().len() as i64);
    let encodings: Vec<Vec<u8>> = pages.iter().map(|page| signed(page.encoding)).collect();
    let column = Struct::default()
        .number(1, 6)
        .field(2, 9, &list(5, &encodings))
        .field(3, 9, &list(8, &[binary(b"id")]))
        .number(4, codec)
        .field(5, 6, &signed(rows))
        .field(6, 6, &signed(body.len() as i64))
        .field(7, 6, &signed(body.len() as i64))
        .field(9, 6, &signed(if has_dictionary { 4 + first } else { 4 }));
    let column = if has_dictionary { column.field(11, 6, &signed(4)) } else { column };
    let chunk = Struct::default().field(2, 6, &signed(4)).field(3, 12, &column.done()).done();
    let group = Struct::default().field(1, 9, &list(12, &[chunk])).field(2, 6, &signed(0)).field(3, 6, &signed(rows));
    let root = Struct::default().field(4, 8, &binary(b"schema")).number(5, 1).done();
    let id = Struct::default().number(1, 6).number(3, 0).field(4, 8, &binary(b"id")).number(6, 0).done();
    let footer = Struct::default()
        .number(1, 1)
        .field(2, 9, &list(12, &[root, id]))
        .field(3, 6, &signed(rows))
        .field(4, 9, &list(12, &[group.done()]))
        .done();
    closed(&body, &footer)
}

/// Puts a body and a footer into the frame of a file.
pub(crate) fn closed(body: &[u8], footer: &[u8]) -> Vec<u8> {
    [b"PAR1", body, footer, &(footer.len() as u32).to_le_bytes(), b"PAR1"].concat()
}

/// Writes a footer whose schema has so many elements, each as short as can be; or only says so.
pub(crate) fn footer_of(elements: usize, are_there: bool) -> Vec<u8> {
    let element = Struct::default().field(4, 8, &binary(b"")).done();
    let elements = match are_there {
        true => list(12, &vec![element; elements]),
        false => [vec![0xf0 | 12], unsigned(elements as u64)].concat(),
    };
    Struct::default().number(1, 1).field(2, 9, &elements).field(3, 6, &signed(0)).done()
}

/// Writes whole numbers as `DELTA_BINARY_PACKED`: so many, all of them the first one.
pub(crate) fn equal_numbers(count: u64, value: i64) -> Vec<u8> {
    // One block takes in all, in one piece of no width.
    let block = count.next_multiple_of(128).max(128);
    let head = [unsigned(block), unsigned(1), unsigned(count), signed(value)].concat();
    if count > 1 { [head, signed(0), vec![0]].concat() } else { head }
}

/// Writes texts that all are the first one, of this length, as `DELTA_BYTE_ARRAY`.
pub(crate) fn shared_beginnings(length: i64, count: i64) -> RawPage {
    // Numbers that begin with one and go on with another: the first difference leads there, the others are 0.
    let numbers = |first: i64, then: i64| {
        let difference = then - first;
        let lowest = difference.min(0);
        let mut bits = vec![0_u64; count as usize - 1];
        for bit in &mut bits {
            *bit = (0 - lowest) as u64;
        }
        bits[0] = (difference - lowest) as u64;
        let block = (count as u64).next_multiple_of(128);
        let mut packed: Vec<u8> = bits.iter().flat_map(|bit| (*bit as u32).to_le_bytes()).collect();
        packed.resize(block as usize * 4, 0);
        [unsigned(block), unsigned(1), unsigned(count as u64), signed(first), signed(lowest), vec![32], packed].concat()
    };
    let bytes = [numbers(0, length), numbers(length, 0), vec![b'x'; length as usize]].concat();
    RawPage::plain(0, count, 7, bytes)
}
