//! Faults of the program itself.

super::codes! { "internal";
    SCHEMA = "internal::schema":
        "The schema of specs, which the program makes itself, is broken. This is a fault of the program; please \
         report it.";

    STANDARDS = "internal::standards":
        "The typesetter refuses the combination of PDF standards. This is a fault of the program; please report it.";

    PANIC = "internal::panic":
        "The program has failed where it never should. Please report it with the place that is named.";

    SIGNATURE = "internal::signature":
        "The manifest could not be signed. Please report it.";

    THUMBNAIL = "internal::thumbnail":
        "The picture of a report's first page could not be drawn. Please report it.";

    PRESS = "internal::press":
        "A press file could not be put together. Please report it.";
}
