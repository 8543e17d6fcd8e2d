//! Faults of pages and of the layouts that make them.

super::entry::codes! { "typeset";
    UNREADABLE = "typeset::unreadable":
        "A file of the layout or a font cannot be read."
        example "cannot read: no such file or folder";

    TOO_LARGE = "typeset::too-large":
        "A file of the layout or a font is larger than any real one."
        example "the file has more than 33554432 bytes";

    NO_LAYOUT = "typeset::no-layout":
        "The folder of the layout has no `main.typ`, with which a layout begins."
        example "the layout has no `main.typ`";

    BAD_FONT = "typeset::bad-font":
        "A file in the folder of fonts is no font, or is damaged: it lists more characters than there are."
        example "the file is no font";

    LAYOUT = "typeset::layout":
        "The layout has a fault, or the typesetter warns of one. The place is a file and line of the layout; a PDF \
         standard named in the message is what the page would break."
        example "file not found (searched at layouts/report/parts.typ)";

    MISSING_CHARACTER = "typeset::missing-character":
        "No font of the edition has a character that the report prints. Add a font and name it in the layout, or \
         write the words otherwise: a box in its place would be no text to a screen reader."
        example "no font of the edition has the character `日` (U+65E5), which stands in `日本`";

    CUT_OFF = "typeset::cut-off":
        "Words reach beyond the edge of their page, or of a box that cuts them, so they would not be read. Shorten \
         the text, or give it more room in the layout."
        example "words do not fit on page 1 of Connecticut: `Report of`";

    OVERLAP = "typeset::overlap":
        "Words lie on top of other words, so neither can be read. Shorten one of the texts, or give it more room in \
         the layout."
        example "words lie on top of each other on page 1 of Connecticut: `Connecticut` and `LABELS`";

    LOST_TEXT = "typeset::lost-text":
        "A text of the report does not stand on its pages: the layout drops it, changes it or prints it out of order. \
         Every page is compared with what the report says before it is published."
        example "the pages of Connecticut lack `Report of Connecticut`, or print it out of its order";

    PRIVATE_CHARACTER = "typeset::private-character":
        "A character is for private use: it means nothing outside of one font, so an archive and a screen reader \
         cannot know it. Write the words with characters of Unicode."
        example "a character for private use (U+E001) means nothing to readers, which stands in `Report`";

    TOO_MUCH = "typeset::too-much":
        "A layout takes more time or memory than a report can need, and the program has ended: a layout is a program, \
         and this one may never finish. Look for a loop without an end, or a value that grows in one. On a slow \
         machine, `PLATEN_LAYOUT_SECONDS` in the environment gives a report more than 20 seconds."
        example "the layout does not finish \"Connecticut\": it takes more than 1 GiB of memory";

    NO_PAGE = "typeset::no-page":
        "The layout makes no page."
        example "the layout makes no page";
}
