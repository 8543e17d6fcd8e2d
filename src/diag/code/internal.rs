//! Faults of the program itself.

super::entry::codes! { "internal";
    SCHEMA = "internal::schema":
        "The schema of specs, which the program makes itself, is broken. This is a fault of the program; please \
         report it."
        example "the schema of specs is broken";

    STANDARDS = "internal::standards":
        "The typesetter refuses the combination of PDF standards. This is a fault of the program; please report it."
        example "the standards cannot be combined";

    PANIC = "internal::panic":
        "The program has failed where it never should. Please report it with the place that is named."
        example "a fault of the program at src/compose/table.rs:40";

    SIGNATURE = "internal::signature":
        "The manifest could not be signed. Please report it."
        example "the key cannot sign";

    THUMBNAIL = "internal::thumbnail":
        "The picture of a report's first page could not be drawn. Please report it."
        example "the picture cannot be encoded";

    PRESS = "internal::press":
        "A press file could not be put together. Please report it."
        example "the typeset pages cannot be read: no page tree";
}
