//! Panics: contained where a library may have them, and told without what they say where we have them.

use std::cell::Cell;
use std::io::Write as _;
use std::panic::{self, AssertUnwindSafe};

use super::code;

thread_local! {
    /// A panic of this thread is expected, and told by who contains it.
    static CONTAINED: Cell<bool> = const { Cell::new(false) };
}

/// Runs a step of a library that may panic on damaged input; gives nothing when it did.
///
/// What the step holds must not be used any more after that.
pub fn catch_panic<T>(step: impl FnOnce() -> T) -> Option<T> {
    let outer = CONTAINED.replace(true);
    let done = panic::catch_unwind(AssertUnwindSafe(step));
    CONTAINED.set(outer);
    done.ok()
}

/// Has panics told by their place in the sources alone: their words could hold what is confidential.
pub fn tell_panics_by_place() {
    panic::set_hook(Box::new(|panic| {
        if CONTAINED.get() {
            return;
        }
        let place = panic.location().map_or_else(String::new, |at| format!(" at {}:{}", at.file(), at.line()));
        let _ = writeln!(std::io::stderr().lock(), "error[{}]: a fault of the program{place}", code::internal::PANIC);
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contained_panic_gives_nothing() {
        assert_eq!(catch_panic(|| 1), Some(1));
        assert_eq!(catch_panic(|| Vec::<u8>::new()[std::hint::black_box(0)]), None);
    }
}
