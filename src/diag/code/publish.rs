//! Faults of writing what is published.

super::entry::codes! { "publish";
    IN_RELEASE = "publish::in-release":
        "A file would be written into a release. A release holds only what its manifest names, and nothing replaces \
         it but another release: write elsewhere."
        example "`release` is a release, which holds only what its manifest names";

    UNWRITABLE = "publish::unwritable":
        "A file cannot be written into the output folder. What stood there before is still whole."
        example "cannot write the file: a file stands where a folder is needed";

    NOT_ON_DISK = "publish::not-on-disk":
        "All files stand in their places, but the system could not bring the names of their folder to the disk: after \
         a loss of power they may be gone. Look after the disk, and run the command again."
        example "it is published, but a loss of power may undo that: no space left on device";
}
