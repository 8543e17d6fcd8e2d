//! The program: everything stands in the library.

use std::process::ExitCode;

use alloc_hook::HookedAllocator;

#[global_allocator]
static ALLOCATOR: HookedAllocator = HookedAllocator::new(platen::memory_is_refused);

fn main() -> ExitCode {
    platen::run()
}
