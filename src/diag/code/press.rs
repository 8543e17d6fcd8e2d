//! Faults of press files.

super::entry::codes! { "press";
    PROFILE = "press::profile":
        "The press profile contradicts itself, for example a bleed that is wider than the marks' room. The place \
         names the value."
        example "the length lies between 0 and 72 pt";

    FONT = "press::font":
        "The font of the slug line cannot be read or lacks a character that the slug line needs."
        example "the font `marks.ttf` of the slug line is no font";
}
