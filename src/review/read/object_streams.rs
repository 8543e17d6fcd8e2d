//! Streams of many objects, unpacked: the reader looks through the whole index of such a stream for each object of it,
//! which takes time by the square of their number.
//!
//! The objects are written once more behind the end of the file, as an update would (ISO 32000-1, 7.5.6). Each is cut at the
//! beginning of the next one, so that no more is written than is packed.

use std::collections::{HashMap, HashSet};

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{Name, ObjectIdentifier, Stream};
use memchr::memmem;

/// Streams of fewer objects are left as they are.
const MANY: usize = 1_000;
/// Most bytes that are written anew.
const MOST: usize = 64 << 20;
/// How far behind the beginning of an object its type is looked for.
const NEAR: usize = 4096;

/// Returns a file with the objects of its large streams unpacked; nothing, where it has none or could be read otherwise then.
pub(super) fn unpacked(bytes: &[u8]) -> Option<Vec<u8>> {
    if !holds(bytes, b"/ObjStm") || holds(bytes, b"/Encrypt") {
        return None;
    }
    let headers = headers(bytes);
    let near = |place: usize| &bytes[place..bytes.len().min(place + NEAR)];
    // Without a large stream nothing needs to be read.
    if !headers.iter().any(|(_, place)| says_many(near(*place))) {
        return None;
    }
    let pdf = Pdf::new(bytes.to_vec()).ok()?;
    let mut streams = Vec::new();
    for (number, place) in &headers {
        if holds(near(*place), b"/ObjStm") {
            let stream = pdf.xref().get::<Stream<'_>>(ObjectIdentifier::new(i32::try_from(*number).ok()?, 0));
            streams.extend(stream.and_then(Packed::of));
        }
    }
    if !streams.iter().any(Packed::is_large) {
        return None;
    }
    // An object that the file has several times may be an older one: only the reader knows which holds.
    let mut times: HashMap<u32, usize> = HashMap::new();
    let known = streams.iter().flat_map(|stream| stream.places.iter().map(|(number, _)| *number));
    known.chain(headers.iter().map(|(number, _)| *number)).for_each(|number| *times.entry(number).or_default() += 1);
    let once: HashSet<u32> = times.into_iter().filter(|(_, times)| *times == 1).map(|(number, _)| number).collect();
    updated(bytes, pdf.xref().root_id(), &streams, &once)
}

fn updated(bytes: &[u8], root: ObjectIdentifier, streams: &[Packed], once: &HashSet<u32>) -> Option<Vec<u8>> {
    let start = last_number(bytes, b"startxref")?;
    let mut written = bytes.to_vec();
    let mut table = String::from("xref\n");
    let mut last = 0;
    for stream in streams.iter().filter(|stream| stream.is_large()) {
        for (number, object) in stream.objects().filter(|(number, _)| once.contains(number)) {
            table.push_str(&format!("{number} 1\n{:010} 00000 n \n", written.len() + 1));
            written.extend(format!("\n{number} 0 obj\n").bytes());
            written.extend(object);
            written.extend(b"\nendobj");
            last = last.max(number);
            if written.len() > bytes.len() + MOST {
                return None;
            }
        }
    }
    let end = written.len() + 1;
    let info = last_number(bytes, b"/Info").map(|number| format!("/Info {number} 0 R")).unwrap_or_default();
    let (number, generation) = (root.obj_number, root.gen_number);
    let size = u64::from(last) + 1;
    let trailer =
        format!("trailer\n<</Size {size}/Root {number} {generation} R{info}/Prev {start}>>\nstartxref\n{end}\n%%EOF\n");
    written.extend(format!("\n{table}{trailer}").bytes());
    Some(written)
}

/// A stream of objects: their numbers, and where each begins.
struct Packed {
    data: Vec<u8>,
    places: Vec<(u32, usize)>,
}

impl Packed {
    fn of(stream: Stream<'_>) -> Option<Self> {
        let dict = stream.dict();
        dict.get::<Name<'_>>(b"Type").filter(|kind| kind.as_str() == "ObjStm")?;
        let (count, first) = (dict.get::<usize>(b"N")?, dict.get::<usize>(b"First")?);
        let data = stream.decoded().ok()?.into_owned();
        let index = std::str::from_utf8(data.get(..first)?).ok()?;
        let numbers: Vec<usize> = index.split_ascii_whitespace().map_while(|number| number.parse().ok()).collect();
        let place = |pair: &[usize]| Some((u32::try_from(pair[0]).ok()?, first.checked_add(pair[1])?));
        let places = numbers.chunks_exact(2).take(count).map(place).collect::<Option<_>>()?;
        Some(Self { data, places })
    }

    fn is_large(&self) -> bool {
        self.places.len() > MANY
    }

    /// The objects with their numbers, each to where the next one begins.
    fn objects(&self) -> impl Iterator<Item = (u32, &[u8])> {
        let mut starts: Vec<usize> = self.places.iter().map(|(_, start)| *start).collect();
        starts.push(self.data.len());
        starts.sort_unstable();
        starts.dedup();
        self.places.iter().filter_map(move |(number, start)| {
            let next = starts.partition_point(|other| other <= start);
            Some((*number, self.data.get(*start..*starts.get(next)?)?))
        })
    }
}

/// Finds where objects begin that stand in the file by themselves, with their numbers.
fn headers(bytes: &[u8]) -> Vec<(u32, usize)> {
    let mut headers = Vec::new();
    for place in memmem::find_iter(bytes, b" obj") {
        let before = &bytes[place.saturating_sub(20)..place];
        let mut words = before.rsplit(u8::is_ascii_whitespace);
        let (_, number) = (words.next(), words.next());
        let number = number.and_then(|number| std::str::from_utf8(number).ok()?.parse().ok());
        headers.extend(number.map(|number| (number, place)));
    }
    headers
}

/// Tells whether the dictionary of a stream of objects says that it has many; one whose number stands elsewhere may have.
fn says_many(near: &[u8]) -> bool {
    let end = memmem::find(near, b"stream").unwrap_or(near.len());
    let dict = &near[..end];
    let count = dict.windows(3).position(|window| matches!(window, [b'/', b'N', next] if !next.is_ascii_alphabetic()));
    let number = count.map(|at| dict[at + 2..].trim_ascii_start());
    let is_many = |rest: &[u8]| {
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let number = std::str::from_utf8(&rest[..digits]).ok().and_then(|digits| digits.parse::<usize>().ok());
        let is_reference = rest[digits..].trim_ascii_start().first().is_some_and(u8::is_ascii_digit);
        is_reference || number.is_none_or(|number| number > MANY)
    };
    holds(dict, b"/ObjStm") && number.is_none_or(is_many)
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    memmem::find(bytes, word).is_some()
}

/// The number behind the last place of a word.
fn last_number(bytes: &[u8], word: &[u8]) -> Option<u64> {
    let place = memmem::rfind(bytes, word)?;
    let rest = bytes[place + word.len()..].trim_ascii_start();
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(&rest[..digits]).ok()?.parse().ok()
}
