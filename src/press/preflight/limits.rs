//! Which objects of a file are taken in: a small file can unpack to more objects than memory holds.
//!
//! Objects pass here one by one while a file is loaded, in the thread that loads it. Streams of objects are looked
//! at before they are unpacked for good.

use std::cell::Cell;

use lopdf::{FilterFunc, Object, ObjectId, Stream};

use super::density::is_dense;

/// Most words (numbers, names, keys, brackets) of all objects of a file.
pub(super) const WORDS: usize = 8_000_000;
/// Most bytes that one stream of objects may unpack to.
pub(super) const UNPACKED: usize = 32 << 20;
/// Most words of one stream of objects.
const STREAMED: usize = 4_000_000;
/// The same, times the number of its objects: each may claim the whole stream.
const CLAIMED: usize = 10_000_000;

thread_local! {
    static LEFT: Cell<usize> = const { Cell::new(0) };
    static IS_WHOLE: Cell<bool> = const { Cell::new(true) };
}

/// Loads by a function that has its objects filtered, and tells whether all were taken in.
pub(super) fn within_limits<T>(load: impl FnOnce(Option<FilterFunc>) -> T) -> (T, bool) {
    LEFT.set(WORDS);
    IS_WHOLE.set(true);
    let loaded = load(Some(admit));
    (loaded, IS_WHOLE.get())
}

fn admit(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let is_bomb = |stream: &Stream| stream.dict.has_type(b"ObjStm") && !is_sound(stream);
    let words = words(object);
    if words > LEFT.get() || object.as_stream().is_ok_and(is_bomb) {
        IS_WHOLE.set(false);
        return None;
    }
    LEFT.set(LEFT.get() - words);
    // Of objects that stand in the file by themselves, as all streams do, the reader keeps the one that it has shown;
    // of those from a stream it keeps what it gets back.
    let kept = if object.as_stream().is_ok() { Object::Null } else { object.clone() };
    Some((id, kept))
}

/// Tells whether a stream of objects unpacks to no more than a reader can hold.
fn is_sound(stream: &Stream) -> bool {
    let Ok(plain) = stream.get_plain_content_with_limit(UNPACKED) else { return false };
    let first = stream.dict.get(b"First").and_then(Object::as_i64).ok().and_then(|first| usize::try_from(first).ok());
    let Some(index) = first.and_then(|first| plain.get(..first)) else { return true };
    let objects = index.split(u8::is_ascii_whitespace).filter(|number| !number.is_empty()).count() / 2;
    !is_dense(&plain, STREAMED.min(CLAIMED / objects.max(1)))
}

/// Counts the words of an object.
fn words(object: &Object) -> usize {
    match object {
        Object::Array(items) => 1 + items.iter().map(words).sum::<usize>(),
        Object::Dictionary(dictionary) => 1 + dictionary.iter().map(|(_, value)| 1 + words(value)).sum::<usize>(),
        Object::Stream(stream) => 1 + stream.dict.iter().map(|(_, value)| 1 + words(value)).sum::<usize>(),
        _ => 1,
    }
}
