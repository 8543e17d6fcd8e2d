//! Where the features of a collection stand in their text.

/// Returns the line, from 1, on which a feature of a collection begins, by its place from 0.
///
/// The text is known to be JSON: this is called only when a fault is told.
pub(super) fn of_feature(text: &str, feature: usize) -> Option<u64> {
    let mut scanner = Scanner { bytes: text.as_bytes(), at: 0 };
    scanner.members_until("features")?;
    let start = scanner.element(feature)?;
    Some(text.as_bytes()[..start].iter().filter(|byte| **byte == b'\n').count() as u64 + 1)
}

/// Walks over JSON without reading its values.
struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scanner<'_> {
    /// Goes to the value of a member of the outermost object.
    fn members_until(&mut self, wanted: &str) -> Option<()> {
        self.enter(b'{')?;
        loop {
            self.blanks();
            let key = self.at..self.skip_value()?;
            let is_wanted = self.bytes.get(key.start + 1..key.end.checked_sub(1)?)? == wanted.as_bytes();
            self.enter(b':')?;
            self.blanks();
            if is_wanted {
                return Some(());
            }
            self.skip_value()?;
            self.enter(b',')?;
        }
    }

    /// Returns where an element of the array here begins.
    fn element(&mut self, place: usize) -> Option<usize> {
        self.enter(b'[')?;
        for _ in 0..place {
            self.blanks();
            self.skip_value()?;
            self.enter(b',')?;
        }
        self.blanks();
        Some(self.at)
    }

    fn blanks(&mut self) {
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }

    /// Takes one character, after blanks.
    fn enter(&mut self, wanted: u8) -> Option<()> {
        self.blanks();
        (*self.bytes.get(self.at)? == wanted).then(|| self.at += 1)
    }

    /// Steps over a value, and returns its end.
    fn skip_value(&mut self) -> Option<usize> {
        let (mut depth, mut in_text) = (0u32, false);
        loop {
            let byte = *self.bytes.get(self.at)?;
            match byte {
                b'\\' if in_text => self.at += 1,
                b'"' => in_text = !in_text,
                b'{' | b'[' if !in_text => depth += 1,
                b'}' | b']' if !in_text => depth = depth.checked_sub(1)?,
                _ => {}
            }
            self.at += 1;
            let is_over = depth == 0 && !in_text;
            let next = self.bytes.get(self.at).copied().unwrap_or(b',');
            if is_over && (matches!(next, b',' | b':' | b'}' | b']') || next.is_ascii_whitespace()) {
                return Some(self.at);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_feature_has_the_line_that_an_editor_shows() {
        let text = "{\"a\": \"features\\\"\", \"b\": [1, {\"features\": []}],\n \"features\": [\n{\"x\": \"]\"},\n\n 7 ,{\n}]}";
        let lines: Vec<_> = (0..3).map(|feature| of_feature(text, feature)).collect();
        assert_eq!(lines, [Some(3), Some(5), Some(5)]);
        assert_eq!(of_feature("{\"features\": 3}", 0), None);
        assert_eq!(of_feature("{}", 0), None);
        assert_eq!(of_feature("", 0), None);
    }
}
