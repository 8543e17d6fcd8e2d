//! The filled-in text, read as rich text.

use super::context::Context;
use super::{DATA_END, DATA_START, NOTE_END, NOTE_START, Rich, Span};

/// Reads the filled-in text: folds white space, takes `**` as bold outside fenced data. The full stop after data that end
/// with one ("in Washington, D.C.") is that one. None where bold words do not end.
pub(super) fn read_spans(text: &str, context: &Context) -> Option<Rich> {
    let mut reader = SpanReader::default();
    let mut rest = text.chars().peekable();
    // `is_stopped`: data ended with a full stop, and nothing was set since.
    let (mut in_data, mut last, mut is_stopped) = (false, ' ', false);
    while let Some(mut c) = rest.next() {
        match c {
            '.' if is_stopped && rest.peek().is_none_or(|next| !next.is_alphanumeric() && *next != '.') => {}
            DATA_START => in_data = true,
            DATA_END => in_data = false,
            // Data hold no markers of notes: this is a figure.
            NOTE_START if in_data => {
                let token: String = rest.by_ref().take_while(|c| *c != NOTE_END).collect();
                let words = context.words(&token);
                words.chars().for_each(|c| reader.data(c));
                c = words.chars().last().unwrap_or(c);
            }
            NOTE_START => reader.note(rest.by_ref().take_while(|c| *c != NOTE_END).collect()),
            '*' if !in_data && rest.peek() == Some(&'*') => {
                rest.next();
                reader.toggle_bold();
            }
            '\\' if !in_data && rest.peek() == Some(&'*') => reader.push(rest.next().unwrap_or('*')),
            c => reader.data(c),
        }
        is_stopped = (c == DATA_END && last == '.') || (c == '*' && is_stopped);
        last = c;
    }
    reader.finish()
}

#[derive(Default)]
struct SpanReader {
    spans: Rich,
    text: String,
    bold: bool,
    pending_space: bool,
}

impl SpanReader {
    fn push(&mut self, c: char) {
        if std::mem::take(&mut self.pending_space) && !(self.spans.is_empty() && self.text.is_empty()) {
            self.text.push(' ');
        }
        self.text.push(c);
    }

    /// Folds white space, save what does not break.
    fn data(&mut self, c: char) {
        match c {
            c if c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}' => self.space(),
            c => self.push(c),
        }
    }

    fn space(&mut self) {
        self.pending_space = true;
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            self.spans.push(Span::Text { text: std::mem::take(&mut self.text), bold: self.bold });
        }
    }

    fn toggle_bold(&mut self) {
        // A space before the opening stars belongs to the text before them.
        if std::mem::take(&mut self.pending_space) && !(self.spans.is_empty() && self.text.is_empty()) {
            self.text.push(' ');
        }
        self.flush();
        self.bold = !self.bold;
    }

    fn note(&mut self, name: String) {
        self.flush();
        // The marker hangs on the word before it; a space in the template is for the author's eye.
        self.pending_space = false;
        self.spans.push(Span::Note(name));
        self.pending_space = false;
    }

    fn finish(mut self) -> Option<Rich> {
        self.flush();
        (!self.bold).then_some(self.spans)
    }
}
