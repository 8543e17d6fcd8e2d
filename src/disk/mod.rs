//! Files: those of somebody else are read as if they had been made to do harm, and the program's own are written so that
//! they are whole or not there.

mod folder;
pub mod interrupt;
mod listing;
mod names;
mod publish;
mod read;
mod scratch;
mod write;

pub use folder::{FolderAside, is_mount_point};
pub use listing::{Listing, is_inside, list};
pub use names::{Refused, Unsettled, make_folders, sync_folders};
pub use publish::{Content, Written, folders, place_of, publish, write_stream};
pub use read::{digest, read};
pub use scratch::Scratch;
pub use write::{Readers, lock_file, replace, sweep};
