//! Faults of writing what is published.

super::codes! { "publish";
    IN_RELEASE = "publish::in-release":
        "A file would be written into a release. A release holds only what its manifest names, and nothing replaces \
         it but another release: write elsewhere.";

    UNWRITABLE = "publish::unwritable":
        "A file cannot be written into the output folder. What stood there before is still whole.";

    NOT_ON_DISK = "publish::not-on-disk":
        "All files stand in their places, but the system could not bring the names of their folder to the disk: after \
         a loss of power they may be gone. Look after the disk, and run the command again.";
}
