//! The system's allocator, with a hook that is called where it refuses memory.
//!
//! Rust aborts a process that gets no memory, and its own hook for that (`alloc_error_hook`) is not stable. It stands in a
//! crate of its own, as it is the only unsafe code of the project.

use std::alloc::{GlobalAlloc, Layout, System};

/// The system's allocator. The hook gets the number of bytes that were refused, on the thread that asked for them; once it
/// returns, the refusal takes its course.
///
/// The hook must not unwind, and should not allocate: what it asks for may be refused, too.
pub struct HookedAllocator {
    hook: fn(usize),
}

impl HookedAllocator {
    /// Takes the hook.
    pub const fn new(hook: fn(usize)) -> Self {
        Self { hook }
    }

    fn told(&self, memory: *mut u8, bytes: usize) -> *mut u8 {
        if memory.is_null() {
            (self.hook)(bytes);
        }
        memory
    }
}

// SAFETY: each method hands its arguments to the system's allocator unchanged, and returns what that returns.
unsafe impl GlobalAlloc for HookedAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller promises what the system's allocator asks for.
        self.told(unsafe { System.alloc(layout) }, layout.size())
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as above.
        self.told(unsafe { System.alloc_zeroed(layout) }, layout.size())
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: as above.
        self.told(unsafe { System.realloc(memory, layout, size) }, size)
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(memory, layout) };
    }
}

#[cfg(test)]
mod tests {
    use std::hint::black_box;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::HookedAllocator;

    static REFUSED: AtomicUsize = AtomicUsize::new(0);

    #[global_allocator]
    static ALLOCATOR: HookedAllocator = HookedAllocator::new(|bytes| REFUSED.store(bytes, Ordering::Relaxed));

    /// No system has an address space of that size.
    const TOO_MUCH: usize = 1 << 60;

    #[test]
    fn the_hook_hears_what_is_refused_and_nothing_else() {
        let mut bytes = vec![0_u8; 1 << 20];
        bytes.extend_from_slice(b"and more, which moves it");
        assert_eq!(REFUSED.load(Ordering::Relaxed), 0);
        // A compiler may leave out an allocation that nothing uses.
        let mut none = Vec::<u8>::new();
        assert!(black_box(&mut none).try_reserve_exact(TOO_MUCH).is_err());
        assert_eq!(REFUSED.swap(0, Ordering::Relaxed), TOO_MUCH);
        // What grows is moved: another method of the allocator.
        assert!(black_box(&mut bytes).try_reserve_exact(TOO_MUCH).is_err());
        assert_eq!(REFUSED.load(Ordering::Relaxed), bytes.len() + TOO_MUCH);
    }
}
