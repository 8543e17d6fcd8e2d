//! What a file does by itself or when something is pressed (ISO 32000-1, 12.6).

use hayro::hayro_syntax::object::{Dict, Name, Object, String as PdfString};

use crate::unit::Digest;

use super::super::kind::Kind;
use super::super::spot::Spot;
use super::interactive::Collector;
use super::objects::{DEEPEST, LIMIT, key_bytes, leaves, words};
use super::text_string::text;

/// Most letters of a script that are shown.
const SCRIPT: usize = 120;

impl<'a> Collector<'a> {
    /// Adds what a file does by itself: when it is opened, printed or closed, and by the scripts that it names.
    pub(super) fn actions_of_file(&mut self, catalog: &Dict<'a>) {
        match catalog.get::<Object<'a>>(b"OpenAction") {
            Some(Object::Dict(action)) if action.contains_key(b"S") => self.action("open", &action, None),
            Some(destination) => {
                let target = self.destination(&destination);
                if !matches!(target.as_str(), "" | "page 1") {
                    self.add(Kind::Action, "open".into(), target, None);
                }
            }
            None => {}
        }
        self.additional("file", catalog);
        let scripts = catalog.get::<Dict<'a>>(b"Names").and_then(|names| names.get::<Dict<'a>>(b"JavaScript"));
        let mut named = Vec::new();
        if let Some(tree) = scripts {
            leaves(&tree, b"Names", 0, &mut |key, value| named.push((text(&key_bytes(&key)), value)));
        }
        for (name, action) in named {
            if let Some(action) = action.into_dict() {
                self.action(&name, &action, None);
            }
        }
    }

    /// Adds the actions that follow from events.
    pub(super) fn additional(&mut self, of: &str, dict: &Dict<'a>) {
        let Some(events) = dict.get::<Dict<'a>>(b"AA") else { return };
        let names: Vec<String> = events.keys().map(|name| name.as_str().to_owned()).collect();
        for name in names {
            if let Some(action) = events.get::<Dict<'a>>(name.as_bytes()) {
                self.action(&format!("{of} {name}"), &action, None);
            }
        }
    }

    /// Adds an action that does more than lead to a place, and those that follow it.
    pub(super) fn action(&mut self, when: &str, action: &Dict<'a>, spot: Option<Spot>) {
        let mut all = vec![(action.clone(), 0)];
        while let Some((action, depth)) = all.pop().filter(|_| self.found.len() < LIMIT) {
            self.one_action(when, &action, spot);
            let next = match action.get::<Object<'a>>(b"Next").filter(|_| depth < DEEPEST) {
                Some(Object::Dict(next)) if self.is_new(&next) || next.obj_id() == action.obj_id() => vec![next],
                Some(Object::Array(array)) => self.new_dicts(&array),
                _ => Vec::new(),
            };
            all.extend(next.into_iter().rev().map(|next| (next, depth + 1)));
        }
    }

    fn one_action(&mut self, when: &str, action: &Dict<'a>, spot: Option<Spot>) {
        let Some(kind) = action.get::<Name<'a>>(b"S").map(|name| name.as_str().to_owned()) else { return };
        if matches!(kind.as_str(), "URI" | "GoTo" | "GoToR" | "GoToE") {
            if when == "open" {
                let target = action.get::<Object<'a>>(b"D").map(|place| self.destination(&place));
                let target = target.or_else(|| Some(text(action.get::<PdfString<'a>>(b"URI")?.as_bytes())));
                self.add(Kind::Action, when.to_owned(), target.unwrap_or_default(), spot);
            }
            return;
        }
        let what = [&b"JS"[..], b"F", b"URI", b"N"].iter().find_map(|key| action.get::<Object<'a>>(key));
        let what = what.map(|what| words(&what)).unwrap_or_default();
        let shown: String = what.chars().take(SCRIPT).collect();
        let more = if shown.len() < what.len() {
            format!("… ({} bytes, digest {})", what.len(), Digest::of(what.as_bytes()).short(4))
        } else {
            String::new()
        };
        self.add(Kind::Action, when.to_owned(), format!("{kind}: {shown}{more}"), spot);
    }
}
