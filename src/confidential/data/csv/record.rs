//! One record of a CSV file.

/// A record: its values with commas between, and where each ends.
#[derive(Debug, Default)]
pub struct Record {
    bytes: Vec<u8>,
    fields: Vec<Field>,
    line: u64,
    /// Lines from the record's first one to that of the value being read, and where its bytes begin.
    open: (u32, usize),
    has_open: bool,
}

/// Where a value ends, and how many lines below the record's first one it begins.
#[derive(Debug, Clone, Copy)]
struct Field {
    end: u32,
    below: u32,
}

impl Record {
    /// Returns the line where it begins, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Returns the number of values.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// Tells whether no value has begun.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && !self.has_open
    }

    /// Returns all values as texts.
    ///
    /// # Errors
    /// Returns an error if one is not UTF-8.
    pub fn texts(&self) -> Result<Texts<'_>, NotUtf8> {
        // Commas stand between the values, so that two broken ones are not sound together.
        std::str::from_utf8(&self.bytes).map(|all| Texts { all, record: self }).map_err(|_| NotUtf8)
    }

    /// Returns all values as bytes.
    pub fn values(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.fields.len()).map(|at| &self.bytes[self.range(at)])
    }

    fn range(&self, at: usize) -> std::ops::Range<usize> {
        let start = at.checked_sub(1).map_or(0, |before| self.fields[before].end as usize + 1);
        start..self.fields[at].end as usize
    }

    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.fields.clear();
        self.open = (0, 0);
        self.has_open = false;
    }

    /// Starts with a record on this line.
    pub(super) fn begin(&mut self, line: u64) {
        self.line = line;
    }

    /// Starts with a value on this line, which begins so many bytes behind those pushed.
    pub(super) fn open(&mut self, line: u64, ahead: usize) {
        self.open = (u32::try_from(line - self.line).unwrap_or(u32::MAX), self.bytes.len() + ahead);
        self.has_open = true;
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Ends the value being read so many bytes behind those pushed, and returns how many bytes it takes.
    pub(super) fn close(&mut self, ahead: usize) -> usize {
        let end = self.bytes.len() + ahead;
        self.fields.push(Field { end: u32::try_from(end).unwrap_or(u32::MAX), below: self.open.0 });
        self.has_open = false;
        end - self.open.1
    }

    /// Returns the line of the value being read.
    pub(super) fn open_line(&self) -> u64 {
        self.line + u64::from(self.open.0)
    }

    /// Returns how many bytes the value has so far that is being read, or was read last.
    pub(super) fn open_length(&self) -> usize {
        let end = if self.has_open { self.bytes.len() } else { self.fields.last().map_or(0, |last| last.end as usize) };
        end.saturating_sub(self.open.1)
    }

    /// Tells whether a value may hold the end of a line.
    pub(super) fn spans_lines(&self) -> bool {
        self.bytes.contains(&b'\n') || self.bytes.contains(&b'\r')
    }

    /// Returns how many bytes the record has so far, with those between its values.
    pub(super) fn size(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn holds(&self, byte: u8) -> bool {
        self.bytes.contains(&byte)
    }

    pub(super) fn starts_with(&self, byte: u8) -> bool {
        self.bytes.first() == Some(&byte)
    }
}

/// Says that a record is not UTF-8.
#[derive(Debug)]
pub struct NotUtf8;

/// The values of a record as texts.
#[derive(Debug, Clone, Copy)]
pub struct Texts<'a> {
    all: &'a str,
    record: &'a Record,
}

impl<'a> Texts<'a> {
    /// Returns a value.
    pub fn get(&self, at: usize) -> Option<&'a str> {
        (at < self.record.len()).then(|| &self.all[self.record.range(at)])
    }

    /// Returns the line where a value begins.
    pub fn line(&self, at: usize) -> u64 {
        self.record.line + self.record.fields.get(at).map_or(0, |field| u64::from(field.below))
    }

    /// Iterates over the values.
    pub fn iter(&self) -> impl Iterator<Item = &'a str> {
        let texts = *self;
        (0..self.record.len()).filter_map(move |at| texts.get(at))
    }
}
