//! Reads files that may have been put there to lead elsewhere, to block, or never to end.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use crate::unit::Digest;

/// Opens a regular file.
///
/// # Errors
/// Refuses links, folders, pipes and devices, beside what the system refuses.
pub(super) fn open(path: &Path) -> io::Result<File> {
    must_be_file(&fs::symlink_metadata(path)?)?;
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    {
        // Somebody may have put another thing in its place since.
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed());
    }
    let file = options.open(path)?;
    must_be_file(&file.metadata()?)?;
    Ok(file)
}

/// Reads a regular file of at most so many bytes.
///
/// # Errors
/// Refuses links, folders, pipes, devices and larger files, beside what the system refuses.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = open(path)?;
    let size = file.metadata()?.len();
    let too_large = || io::Error::new(io::ErrorKind::FileTooLarge, format!("it is larger than {most} bytes"));
    if size > most {
        return Err(too_large());
    }
    let mut content = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    file.take(most.saturating_add(1)).read_to_end(&mut content)?;
    if content.len() as u64 > most { Err(too_large()) } else { Ok(content) }
}

/// Returns the digest of a regular file and its size, reading no more than so many bytes.
///
/// # Errors
/// Refuses links, folders, pipes, devices and larger files, beside what the system refuses.
pub fn digest(path: &Path, most: u64) -> io::Result<(Digest, u64)> {
    let file = open(path)?;
    let size = file.metadata()?.len();
    if size > most {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it is larger than {most} bytes")));
    }
    Ok((Digest::read(file.take(size))?, size))
}

fn must_be_file(metadata: &fs::Metadata) -> io::Result<()> {
    let kind = metadata.file_type();
    let message = match () {
        () if kind.is_file() => return Ok(()),
        () if kind.is_symlink() => "it is a link",
        () if kind.is_dir() => "it is a folder",
        () => "it is no regular file",
    };
    Err(io::Error::new(io::ErrorKind::InvalidInput, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_read_within_their_bound() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "four").unwrap();
        assert_eq!(read(&path, 4).unwrap(), b"four");
        assert_eq!(read(&path, 3).unwrap_err().to_string(), "it is larger than 3 bytes");
        assert_eq!(digest(&path, 4).unwrap(), (Digest::of(b"four"), 4));
        assert_eq!(digest(&path, 3).unwrap_err().to_string(), "it is larger than 3 bytes");
        assert_eq!(read(folder.path(), 9).unwrap_err().to_string(), "it is a folder");
    }

    #[cfg(unix)]
    #[test]
    fn links_pipes_and_devices_are_no_files() {
        let folder = tempfile::tempdir().unwrap();
        let refused = |path: &Path| read(path, 9).unwrap_err().to_string();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink("/etc/hostname", &link).unwrap();
        assert_eq!(refused(&link), "it is a link");
        assert_eq!(refused(Path::new("/dev/zero")), "it is no regular file");
        let pipe = folder.path().join("pipe");
        rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
        assert_eq!(refused(&pipe), "it is no regular file");
        // A regular file whose size tells nothing of what it holds.
        assert!(read(Path::new("/proc/self/maps"), 9).is_err_and(|error| error.kind() == io::ErrorKind::FileTooLarge));
    }
}
