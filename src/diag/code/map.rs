//! Faults of maps.

super::codes! { "map";
    FONT = "map::font":
        "The font file of a map cannot be read.";

    BAD_FONT = "map::bad-font":
        "The font file of a map is no TrueType or OpenType font with horizontal metrics.";

    MISSING_CHARACTER = "map::missing-character":
        "The font of a map lacks a character of a county's name or of the legend. Choose another font, or write the \
         words otherwise.";

    BAD_LENGTH = "map::bad-length":
        "A size of a map is not positive, or makes a picture of too many pixels. Choose a smaller size or fewer \
         pixels per inch.";

    BAD_RESOLUTION = "map::bad-resolution":
        "The resolution of a map cannot be drawn.";

    BAD_WINDOW = "map::bad-window":
        "The window of a jurisdiction is no west, south, east, north in degrees.";

    NOTHING_IN_WINDOW = "map::nothing-in-window":
        "No county of the jurisdiction lies in its window.";

    NO_ROOM = "map::no-room":
        "Map and legend do not fit the map's size together. Make it larger, or the legend's words shorter.";

    TOO_MANY_COUNTIES = "map::too-many-counties":
        "A map has more counties than can be told apart.";

    UNKNOWN_COUNTY = "map::unknown-county":
        "A county is shaded that the boundary file of its jurisdiction lacks. The index and the files are not of one \
         make.";

    UNKNOWN_CLASS = "map::unknown-class":
        "A county has a class that the map does not have. This is a fault of the program.";

    TEXT = "map::text":
        "The words of a map cannot be drawn.";

    ENCODE = "map::encode":
        "The picture of a map cannot be written as PNG.";
}
