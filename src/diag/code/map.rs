//! Faults of maps.

super::entry::codes! { "map";
    FONT = "map::font":
        "The font file of a map cannot be read."
        example "cannot read the font: no such file or folder";

    BAD_FONT = "map::bad-font":
        "The font file of a map is no TrueType or OpenType font with horizontal metrics."
        example "the map's font is no TrueType or OpenType file with horizontal metrics";

    MISSING_CHARACTER = "map::missing-character":
        "The font of a map lacks a character of a county's name or of the legend. Choose another font, or write the \
         words otherwise."
        example "the map's font has no character `電` (U+96FB), which stands in `電話`";

    BAD_LENGTH = "map::bad-length":
        "A size of a map is not positive, or makes a picture of too many pixels. Choose a smaller size or fewer \
         pixels per inch."
        example "the map's `max_width` cannot be 0 pt";

    BAD_RESOLUTION = "map::bad-resolution":
        "The resolution of a map cannot be drawn."
        example "a map of 0 pixels per inch cannot be drawn";

    BAD_WINDOW = "map::bad-window":
        "The window of a jurisdiction is no west, south, east, north in degrees."
        example "the window 1, 1, 0, 0 is no west, south, east, north in degrees";

    NOTHING_IN_WINDOW = "map::nothing-in-window":
        "No county of the jurisdiction lies in its window."
        example "no county lies in the map's window";

    NO_ROOM = "map::no-room":
        "Map and legend do not fit the map's size together. Make it larger, or the legend's words shorter."
        example "the map and its legend do not fit the size";

    TOO_MANY_COUNTIES = "map::too-many-counties":
        "A map has more counties than can be told apart."
        example "70000 counties are too many for one map";

    UNKNOWN_COUNTY = "map::unknown-county":
        "A county is shaded that the boundary file of its jurisdiction lacks. The index and the files are not of one \
         make."
        example "county 09001 would be shaded, and the file lacks it";

    UNKNOWN_CLASS = "map::unknown-class":
        "A county has a class that the map does not have. This is a fault of the program."
        example "county 09001 has class 3, but there are 3 classes";

    TEXT = "map::text":
        "The words of a map cannot be drawn."
        example "the map's text could not be drawn: the font cannot be read";

    ENCODE = "map::encode":
        "The picture of a map cannot be written as PNG."
        example "the map could not be encoded: the picture is too large";
}
