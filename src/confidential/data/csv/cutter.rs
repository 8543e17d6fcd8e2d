//! Cuts CSV into records.

use std::io::{self, ErrorKind, Read};

use crate::report_spec::Limits;

use super::record::Record;

/// Sets the values of a record apart.
const COMMA: u8 = b',';
const QUOTE: u8 = b'"';

/// How much is read at once.
const BLOCK: usize = 256 << 10;

/// Where in a record the next byte stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before the first byte of a value.
    Start,
    /// In a value without quotes.
    Plain,
    /// Between the quotes of a value.
    Quoted,
    /// Behind a quote that closes the value, or is the first of a doubled one.
    Closing,
}

/// Why the rest of a file cannot be cut into records.
#[derive(Debug)]
pub enum Fault {
    /// A quote is not closed before the file ends.
    Unclosed,
    /// Something other than a comma or the end of the line stands behind a closing quote.
    BehindQuote,
    /// A value takes more bytes than it may.
    LongField {
        /// Its quote is not closed so far.
        quoted: bool,
    },
    /// A record takes more bytes than it may.
    LongRecord,
    /// A record holds the byte 0.
    Nul {
        /// It holds nothing before that.
        at_start: bool,
    },
    /// The file cannot be read on.
    Io(io::Error),
}

/// A fault with the line where the value at fault begins, or for a record and a byte 0 the record.
#[derive(Debug)]
pub struct Broken {
    /// What is wrong.
    pub fault: Fault,
    /// The line, from 1, as an editor counts.
    pub line: u64,
}

/// How many bytes may be taken.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// By a record.
    pub record: usize,
    /// By one of its values.
    pub field: usize,
}

impl Bounds {
    /// Returns the bounds that a spec sets.
    pub fn of(limits: Limits) -> Self {
        Self { record: limits.record_kib as usize * 1024, field: limits.field_kib as usize * 1024 }
    }
}

/// Cuts what a reader gives into records, block by block.
///
/// A value may stand in quotes, which are doubled within it; a quote in any other value is a character like others
/// (RFC 4180 leaves such values undefined; Python's `csv` reads them so in strict mode too). CRLF, LF and a lone CR end
/// a record, and lines that hold nothing are no record.
pub struct Cutter<R> {
    source: R,
    bounds: Bounds,
    block: Vec<u8>,
    at: usize,
    /// Line of the next byte.
    line: u64,
    /// The last byte was a CR, so that an LF belongs to it.
    after_cr: bool,
}

impl<R: Read> Cutter<R> {
    /// Prepares to read from the first line on.
    pub fn new(source: R, bounds: Bounds) -> Self {
        Self { source, bounds, block: Vec::new(), at: 0, line: 1, after_cr: false }
    }

    /// Returns the line of the next byte.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Reads the next record in the place of the one given; `false` at the end.
    ///
    /// # Errors
    /// Says why there is no more to be had: nothing behind a fault can be trusted to be cut right.
    pub fn read(&mut self, record: &mut Record) -> Result<bool, Broken> {
        record.clear();
        let mut state = State::Start;
        loop {
            if self.at == self.block.len() && !self.refill().map_err(|error| self.broken(Fault::Io(error)))? {
                return self.finish(state, record);
            }
            let is_whole = match state {
                State::Start => self.start(record, &mut state),
                State::Plain => self.plain(record, &mut state),
                State::Quoted => self.quoted(record, &mut state),
                State::Closing => self.closing(record, &mut state)?,
            };
            self.check(record, state)?;
            if is_whole {
                return if record.holds(0) { Err(nul(record)) } else { Ok(true) };
            }
        }
    }

    /// Takes the first byte of a value; tells, as the next ones do, whether the record is whole.
    fn start(&mut self, record: &mut Record, state: &mut State) -> bool {
        let byte = self.block[self.at];
        if record.is_empty() {
            if byte == b'\n' && self.after_cr {
                self.at += 1;
                self.after_cr = false;
                return false;
            }
            if matches!(byte, b'\r' | b'\n') {
                self.line_end(byte);
                return false;
            }
            record.begin(self.line);
        }
        self.after_cr = false;
        record.open(self.line, 0);
        if byte == QUOTE {
            self.at += 1;
            *state = State::Quoted;
            return false;
        }
        *state = State::Plain;
        self.plain(record, state)
    }

    /// Takes values without quotes up to the end of the record, of the block, or to a value with quotes.
    fn plain(&mut self, record: &mut Record, state: &mut State) -> bool {
        let rest = &self.block[self.at..];
        let mut at = 0;
        loop {
            let run = rest[at..].iter().position(|byte| matches!(*byte, COMMA | b'\n' | b'\r'));
            at += run.unwrap_or(rest.len() - at);
            let Some(byte) = rest.get(at).copied() else {
                record.push(rest);
                self.at = self.block.len();
                return false;
            };
            if byte != COMMA {
                record.push(&rest[..at]);
                self.at += at;
                return self.separator(byte, record, state);
            }
            let length = record.close(at);
            at += 1;
            if length > self.bounds.field || rest.get(at).is_none_or(|next| *next == QUOTE) {
                record.push(&rest[..at]);
                self.at += at;
                *state = State::Start;
                return false;
            }
            record.open(self.line, at);
        }
    }

    fn quoted(&mut self, record: &mut Record, state: &mut State) -> bool {
        let rest = &self.block[self.at..];
        let length = rest.iter().position(|byte| *byte == QUOTE);
        let run = &rest[..length.unwrap_or(rest.len())];
        record.push(run);
        for byte in run {
            let is_break = *byte == b'\r' || (*byte == b'\n' && !self.after_cr);
            self.line += u64::from(is_break);
            self.after_cr = *byte == b'\r';
        }
        self.at += run.len();
        if length.is_some() {
            self.at += 1;
            self.after_cr = false;
            *state = State::Closing;
        }
        false
    }

    fn closing(&mut self, record: &mut Record, state: &mut State) -> Result<bool, Broken> {
        let byte = self.block[self.at];
        match byte {
            QUOTE => {
                record.push(&[QUOTE]);
                self.at += 1;
                *state = State::Quoted;
                Ok(false)
            }
            COMMA | b'\n' | b'\r' => Ok(self.separator(byte, record, state)),
            _ => Err(Broken { fault: Fault::BehindQuote, line: record.open_line() }),
        }
    }

    /// Takes a comma, or the end of a line, which ends the record.
    fn separator(&mut self, byte: u8, record: &mut Record, state: &mut State) -> bool {
        record.close(0);
        *state = State::Start;
        if byte == COMMA {
            record.push(&[COMMA]);
            self.at += 1;
            return false;
        }
        self.line_end(byte);
        true
    }

    fn line_end(&mut self, byte: u8) {
        self.at += 1;
        self.line += 1;
        self.after_cr = byte == b'\r';
    }

    /// Ends the last record, which may lack the end of its line.
    fn finish(&self, state: State, record: &mut Record) -> Result<bool, Broken> {
        match state {
            State::Quoted => return Err(Broken { fault: Fault::Unclosed, line: record.open_line() }),
            State::Start if record.is_empty() => return Ok(false),
            State::Start => record.open(self.line, 0),
            State::Plain | State::Closing => {}
        }
        record.close(0);
        if record.holds(0) { Err(nul(record)) } else { Ok(true) }
    }

    /// Refuses a value or a record that takes too many bytes.
    fn check(&self, record: &Record, state: State) -> Result<(), Broken> {
        let is_long_field = record.open_length() > self.bounds.field;
        if !is_long_field && record.size() <= self.bounds.record {
            return Ok(());
        }
        if record.holds(0) {
            return Err(nul(record));
        }
        if is_long_field {
            let fault = Fault::LongField { quoted: state == State::Quoted };
            return Err(Broken { fault, line: record.open_line() });
        }
        Err(Broken { fault: Fault::LongRecord, line: record.line() })
    }

    fn broken(&self, fault: Fault) -> Broken {
        Broken { fault, line: self.line }
    }

    /// Reads the next block; `false` at the end.
    fn refill(&mut self) -> io::Result<bool> {
        self.block.resize(BLOCK, 0);
        self.at = 0;
        let read = loop {
            match self.source.read(&mut self.block) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.block.truncate(*read.as_ref().unwrap_or(&0));
        read.map(|read| read > 0)
    }
}

fn nul(record: &Record) -> Broken {
    Broken { fault: Fault::Nul { at_start: record.starts_with(0) }, line: record.line() }
}
