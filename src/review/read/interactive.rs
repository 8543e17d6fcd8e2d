//! What a reader can use beside the words of the pages (ISO 32000-1, chapter 12, and 7.6 and 8.11): annotations, links, form
//! fields, bookmarks, actions, page labels, layers, and what encryption allows.

use std::collections::{HashMap, HashSet};

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::String as PdfString;
use hayro::hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Rect, Stream};
use hayro::hayro_syntax::page::Page;
use kurbo::Point;

use crate::unit::Digest;

use super::super::kind::Kind;
use super::super::spot::Spot;
use super::encryption::encryption;
use super::layers::layers;
use super::objects::{DEEPEST, LIMIT, key_bytes, leaves, words};
use super::painting::overprint;
use super::resources::Contents;
use super::text_string::text;

/// Flags of annotations that are not shown, and of those that are printed (ISO 32000-1, 12.5.3).
const HIDDEN: i32 = 0b10_0010;
const PRINTED: i32 = 0b100;
/// Flag of fields that nobody fills in.
const READ_ONLY: i32 = 1;

/// Something that a file offers beside its words.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::review) struct Feature {
    pub kind: Kind,
    /// What it is known by: a field's name, the kind of an annotation, the place of a bookmark.
    pub name: String,
    /// What it says, or leads to.
    pub words: String,
    pub spot: Option<Spot>,
}

/// Lists what a file offers beside its words.
pub(super) fn features(pdf: &Pdf, catalog: &Dict<'_>) -> Vec<Feature> {
    let pages = pdf.pages().iter().enumerate();
    let numbers = pages.filter_map(|(number, page)| Some((page.raw().obj_id()?, number))).collect();
    let (named, found, seen, contents) = (HashMap::new(), Vec::new(), HashSet::new(), Contents::unpacked(pdf));
    let mut collector = Collector { pdf, numbers, named, found, seen, contents };
    collector.named_destinations(catalog);
    for (number, page) in pdf.pages().iter().enumerate() {
        collector.page(number, page);
    }
    if let Some(form) = catalog.get::<Dict<'_>>(b"AcroForm") {
        collector.form(&form);
    }
    if let Some(first) = catalog.get::<Dict<'_>>(b"Outlines").and_then(|root| root.get::<Dict<'_>>(b"First")) {
        collector.bookmarks(first, 0);
    }
    collector.actions_of_file(catalog);
    collector.page_labels(catalog);
    for (name, is_on) in layers(catalog) {
        let words = if is_on { "shown" } else { "hidden" };
        collector.add(Kind::Layer, name, words.to_owned(), None);
    }
    if let Some(words) = encryption(pdf) {
        collector.add(Kind::Encryption, String::new(), words, None);
    }
    collector.found
}

pub(super) struct Collector<'a> {
    pdf: &'a Pdf,
    numbers: HashMap<ObjectIdentifier, usize>,
    /// Pages of named destinations.
    named: HashMap<Vec<u8>, String>,
    pub(super) found: Vec<Feature>,
    seen: HashSet<ObjectIdentifier>,
    contents: Contents<'a>,
}

impl<'a> Collector<'a> {
    pub(super) fn add(&mut self, kind: Kind, name: String, words: String, spot: Option<Spot>) {
        if self.found.len() < LIMIT {
            self.found.push(Feature { kind, name, words, spot });
        }
    }

    /// The dictionaries of an array that are reached for the first time: one that is reached twice could lead round for ever.
    pub(super) fn new_dicts(&mut self, array: &Array<'a>) -> Vec<Dict<'a>> {
        let raw: Vec<MaybeRef<Object<'a>>> = array.raw_iter().take(LIMIT).collect();
        let is_new = |item: &MaybeRef<Object<'a>>| item.as_obj_ref().is_none_or(|id| self.seen.insert(id.into()));
        let new = raw.iter().map(is_new).collect::<Vec<_>>();
        let dicts = array.iter::<Object<'a>>().zip(new).filter(|(_, is_new)| *is_new);
        dicts.filter_map(|(item, _)| item.into_dict()).collect()
    }

    /// Tells whether an object is reached for the first time.
    pub(super) fn is_new(&mut self, dict: &Dict<'_>) -> bool {
        dict.obj_id().is_none_or(|id| self.seen.insert(id))
    }

    fn page(&mut self, number: usize, page: &Page<'a>) {
        self.additional("page", page.raw());
        if let Some(words) = overprint(page) {
            self.add(Kind::Graphics, format!("overprint of page {}", number + 1), words, None);
        }
        let Some(annotations) = page.raw().get::<Array<'a>>(b"Annots") else { return };
        for annotation in annotations.iter::<Dict<'a>>().take(LIMIT) {
            let subtype = annotation.get::<Name<'a>>(b"Subtype").map(|name| name.as_str().to_owned());
            let spot = annotation.get::<Rect>(b"Rect").map(|rect| spot(number, page, rect));
            match subtype.as_deref() {
                Some("Widget") | None => {}
                Some("Popup") => continue,
                Some("Link") => {
                    if let Some(target) = self.target(&annotation) {
                        self.add(Kind::Link, String::new(), target, spot);
                    }
                }
                Some(other) => self.remark(&other.to_lowercase(), &annotation, spot),
            }
            if let Some(action) = annotation.get::<Dict<'a>>(b"A") {
                self.action(subtype.as_deref().unwrap_or("annotation"), &action, spot);
            }
            self.additional(subtype.as_deref().unwrap_or("annotation"), &annotation);
        }
    }

    /// Adds a remark or mark: what it says, who made it, whether it is shown, and how it looks.
    fn remark(&mut self, kind: &str, annotation: &Dict<'a>, spot: Option<Spot>) {
        let words = |key: &[u8]| annotation.get::<PdfString<'a>>(key).map(|words| text(words.as_bytes()));
        let mut said = words(b"Contents").unwrap_or_default();
        let flags = annotation.get::<i32>(b"F").unwrap_or(0);
        for (is_so, what) in [(flags & HIDDEN != 0, " (hidden)"), (flags & PRINTED == 0, " (not printed)")] {
            said.push_str(if is_so { what } else { "" });
        }
        self.add(Kind::Annotation, kind.to_owned(), said, spot);
        let on_page = spot.map(|spot| format!("on page {}", spot.page + 1)).unwrap_or_default();
        if let Some(author) = words(b"T") {
            self.add(Kind::Annotation, format!("author of {kind} {on_page}"), author, None);
        }
        // An appearance is seen where the page is drawn; what readers draw by themselves is compared by what they draw it from.
        if annotation.get::<Dict<'a>>(b"AP").is_none_or(|looks| looks.get::<Stream<'a>>(b"N").is_none()) {
            let look = self.contents.look(annotation).short(4);
            self.add(Kind::Annotation, format!("look of {kind} {on_page}"), look, None);
        }
    }

    /// Adds the fields of a form.
    fn form(&mut self, form: &Dict<'a>) {
        if let Some(fields) = form.get::<Array<'a>>(b"Fields") {
            for field in self.new_dicts(&fields) {
                self.field(&field, "", None, 0);
            }
        }
        let parts = match form.get::<Object<'a>>(b"XFA") {
            Some(Object::Stream(stream)) => vec![stream],
            Some(Object::Array(parts)) => parts.iter::<Object<'a>>().filter_map(Object::into_stream).collect(),
            _ => return,
        };
        let digests: Vec<u8> = parts.iter().flat_map(|part| *self.contents.picture(part).bytes()).collect();
        self.add(Kind::FormField, "XFA".to_owned(), Digest::of(&digests).short(4), None);
    }

    /// Adds a form field, and those below it; a value that it does not have is that of the field above.
    fn field(&mut self, field: &Dict<'a>, above: &str, inherited: Option<&str>, depth: usize) {
        if depth > DEEPEST || self.found.len() >= LIMIT {
            return;
        }
        let own = field.get::<PdfString<'a>>(b"T").map(|name| text(name.as_bytes())).unwrap_or_default();
        let name = if above.is_empty() || own.is_empty() { format!("{above}{own}") } else { format!("{above}.{own}") };
        let value = field.get::<Object<'a>>(b"V").map(|value| words(&value)).or(inherited.map(str::to_owned));
        let kids = field.get::<Array<'a>>(b"Kids");
        let kids = kids.map(|kids| self.new_dicts(&kids)).unwrap_or_default();
        if !field.contains_key(b"Subtype") {
            // A place of a field is an annotation, and tells its own.
            self.additional(&name, field);
        }
        // Kids without a name are places where the field stands.
        if kids.iter().any(|kid| kid.contains_key(b"T")) {
            for kid in &kids {
                self.field(kid, &name, value.as_deref(), depth + 1);
            }
            return;
        }
        let spot = std::iter::once(field).chain(&kids).find_map(|place| self.spot_of(place));
        self.parts_of_field(&name, field, &kids, spot);
        self.add(Kind::FormField, name, value.unwrap_or_default(), spot);
    }

    /// Adds what a field offers and says beside its value.
    fn parts_of_field(&mut self, name: &str, field: &Dict<'a>, places: &[Dict<'a>], spot: Option<Spot>) {
        let choices = field.get::<Array<'a>>(b"Opt").map(|choices| {
            let choices = choices.iter::<Object<'a>>().take(LIMIT).map(|choice| words(&choice));
            choices.collect::<Vec<_>>().join(", ")
        });
        let hint = field.get::<PdfString<'a>>(b"TU").map(|hint| text(hint.as_bytes()));
        let read_only = field.get::<i32>(b"Ff").filter(|flags| flags & READ_ONLY != 0).map(|_| "yes".to_owned());
        for (what, words) in [("choices", choices), ("hint", hint), ("read-only", read_only)] {
            if let Some(words) = words {
                self.add(Kind::FormField, format!("{name}, {what}"), words, spot);
            }
        }
        for place in std::iter::once(field).chain(places) {
            if let Some(state) = place.get::<Name<'a>>(b"AS") {
                let look = self.contents.appearance(place).short(4);
                self.add(Kind::FormField, format!("{name}, mark"), state.as_str().to_owned(), spot);
                self.add(Kind::FormField, format!("{name}, look of the mark"), look, spot);
            }
        }
    }

    fn spot_of(&self, annotation: &Dict<'a>) -> Option<Spot> {
        let number = match annotation.get_raw::<Dict<'a>>(b"P")? {
            MaybeRef::Ref(page) => *self.numbers.get(&page.into())?,
            MaybeRef::NotRef(_) => return None,
        };
        Some(spot(number, self.pdf.pages().get(number)?, annotation.get::<Rect>(b"Rect")?))
    }

    /// Adds bookmarks, each with its level and where it leads.
    fn bookmarks(&mut self, first: Dict<'a>, depth: usize) {
        let mut next = Some(first);
        while let Some(bookmark) = next.filter(|_| depth <= DEEPEST && self.found.len() < LIMIT) {
            if !self.is_new(&bookmark) {
                return;
            }
            let title = bookmark.get::<PdfString<'a>>(b"Title").map(|title| text(title.as_bytes())).unwrap_or_default();
            let target = self.target(&bookmark).unwrap_or_default();
            let arrow = if target.is_empty() { "" } else { " → " };
            self.add(Kind::Bookmark, format!("level {}", depth + 1), format!("{title}{arrow}{target}"), None);
            if let Some(action) = bookmark.get::<Dict<'a>>(b"A") {
                self.action("bookmark", &action, None);
            }
            if let Some(below) = bookmark.get::<Dict<'a>>(b"First") {
                self.bookmarks(below, depth + 1);
            }
            next = bookmark.get::<Dict<'a>>(b"Next");
        }
    }

    /// Says where a link or a bookmark leads.
    fn target(&self, of: &Dict<'a>) -> Option<String> {
        if let Some(destination) = of.get::<Object<'a>>(b"Dest") {
            return Some(self.destination(&destination));
        }
        let action = of.get::<Dict<'a>>(b"A")?;
        match action.get::<Name<'a>>(b"S")?.as_str() {
            "URI" => Some(text(action.get::<PdfString<'a>>(b"URI")?.as_bytes())),
            "GoTo" => Some(self.destination(&action.get::<Object<'a>>(b"D")?)),
            "GoToR" | "GoToE" => {
                let file = action.get::<Object<'a>>(b"F").map(|file| words(&file)).unwrap_or_default();
                Some(format!(
                    "{file} {}",
                    action.get::<Object<'a>>(b"D").map(|place| words(&place)).unwrap_or_default()
                ))
            }
            _ => None,
        }
    }

    pub(super) fn destination(&self, destination: &Object<'a>) -> String {
        let name = match destination {
            Object::Array(array) => {
                let first = array.raw_iter().next().and_then(|first| first.as_obj_ref());
                let number = first.and_then(|page| self.numbers.get(&page.into()));
                return number.map_or_else(String::new, |number| format!("page {}", number + 1));
            }
            Object::Dict(dict) => return dict.get::<Object<'a>>(b"D").map(|inner| words(&inner)).unwrap_or_default(),
            Object::String(name) => name.as_bytes().to_vec(),
            Object::Name(name) => name.as_str().as_bytes().to_vec(),
            _ => return String::new(),
        };
        self.named.get(&name).cloned().unwrap_or_else(|| text(&name))
    }

    fn named_destinations(&mut self, catalog: &Dict<'a>) {
        let mut all: Vec<(Vec<u8>, Object<'a>)> = Vec::new();
        if let Some(names) = catalog.get::<Dict<'a>>(b"Dests") {
            let named = names.entries().filter_map(|(name, _)| {
                Some((name.as_str().as_bytes().to_vec(), names.get::<Object<'a>>(name.as_str().as_bytes())?))
            });
            all.extend(named.take(LIMIT));
        }
        if let Some(tree) = catalog.get::<Dict<'a>>(b"Names").and_then(|names| names.get::<Dict<'a>>(b"Dests")) {
            leaves(&tree, b"Names", 0, &mut |key, value| all.push((key_bytes(&key), value)));
        }
        for (name, destination) in all.into_iter().take(LIMIT) {
            let destination = match destination {
                Object::Dict(dict) => dict.get::<Object<'a>>(b"D"),
                other => Some(other),
            };
            let page =
                destination.filter(|place| matches!(place, Object::Array(_))).map(|place| self.destination(&place));
            self.named.extend(page.map(|page| (name, page)));
        }
    }

    fn page_labels(&mut self, catalog: &Dict<'a>) {
        let Some(tree) = catalog.get::<Dict<'a>>(b"PageLabels") else { return };
        let mut ranges = Vec::new();
        leaves(&tree, b"Nums", 0, &mut |key, value| ranges.push((key.into_i32(), value)));
        for (page, label) in ranges {
            let (Some(page), Some(label)) = (page, label.into_dict()) else { continue };
            let prefix = label.get::<PdfString<'a>>(b"P").map(|prefix| text(prefix.as_bytes())).unwrap_or_default();
            let style = label.get::<Name<'a>>(b"S").map(|style| style.as_str().to_owned()).unwrap_or_default();
            let words = format!("{prefix}{style} from {}", label.get::<i32>(b"St").unwrap_or(1));
            self.add(Kind::PageLabel, format!("page {}", i64::from(page) + 1), words, None);
        }
    }
}

/// A rectangle of a page as it is shown.
fn spot(number: usize, page: &Page<'_>, rect: Rect) -> Spot {
    use hayro::hayro_interpret::TransformExt;
    let transform = page.initial_transform(true).to_kurbo();
    let corners = [Point::new(rect.x0, rect.y0), Point::new(rect.x1, rect.y1)].map(|corner| transform * corner);
    let bounds = kurbo::Rect::from_points(corners[0], corners[1]);
    Spot { page: number, area: [bounds.x0, bounds.y0, bounds.x1, bounds.y1].map(|edge| edge as f32) }
}

/// Reads the attached files of a name tree and of annotations, by name.
pub(super) fn embedded<'a>(pdf: &'a Pdf, catalog: &Dict<'a>) -> Vec<Dict<'a>> {
    let mut files = Vec::new();
    if let Some(tree) = catalog.get::<Dict<'a>>(b"Names").and_then(|names| names.get::<Dict<'a>>(b"EmbeddedFiles")) {
        leaves(&tree, b"Names", 0, &mut |_, value| files.extend(value.into_dict()));
    }
    for page in pdf.pages().iter() {
        let annotations = page.raw().get::<Array<'a>>(b"Annots");
        let annotations = annotations.map(|annotations| annotations.iter::<Dict<'a>>().take(LIMIT).collect::<Vec<_>>());
        files.extend(annotations.into_iter().flatten().filter_map(|annotation| annotation.get::<Dict<'a>>(b"FS")));
    }
    files
}
