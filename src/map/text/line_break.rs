//! Text broken into lines.

use super::face::Face;

/// Breaks a text at its spaces into lines of at most a width in ems; a longer word keeps a line to itself.
pub(in crate::map) fn break_lines(text: &str, face: &Face<'_>, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if face.width(line) + face.width(" ") + face.width(word) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    balanced(lines, face, room)
}

/// Moves words down from a full first line of two, so that no word is left alone.
fn balanced(mut lines: Vec<String>, face: &Face<'_>, room: f64) -> Vec<String> {
    let [first, second] = lines.as_mut_slice() else { return lines };
    while let Some((head, word)) = first.rsplit_once(' ') {
        let longer = format!("{word} {second}");
        if face.width(&longer) > face.width(head).min(room) {
            break;
        }
        (*second, *first) = (longer, head.to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::sample;
    use crate::map::text::Faces;

    #[test]
    fn no_word_of_a_label_is_lost_in_breaking() {
        let style = sample::style();
        let faces = Faces::read(&style).unwrap();
        let text = "Fewer than 3 cases";
        for room in [1.0, 5.0, 8.0, 12.0, 40.0] {
            assert_eq!(break_lines(text, &faces.plain, room).join(" "), text);
        }
        assert!(break_lines("  ", &faces.plain, 9.0).is_empty());
    }
}
