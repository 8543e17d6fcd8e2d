//! Files: those of somebody else are read as if they had been made to do harm, and the program's own are written so that
//! they are whole or not there.

pub mod interrupt;
mod listing;
mod read;
mod write;

pub use listing::{Listing, is_inside, list};
pub use read::{digest, open, read};
pub use write::{Aside, Readers, create, lock_file, make_folders, put_all, settle, sweep, temporary, temporary_folder};
