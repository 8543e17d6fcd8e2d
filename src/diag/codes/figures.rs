//! Findings of the figures and their maps.

use super::Explained;

pub(super) const CODES: &[Explained] = &[
    (
        "disclosure::small-count-shown",
        "The edition prints a count under the threshold. Mask it by a rule, or accept it in the spec with a \
         reason.",
    ),
    (
        "disclosure::merged-sum-small",
        "A merged row prints a sum so small that it tells what it merges. Use the guard `full-range`, or accept \
         it in the spec with a reason.",
    ),
    (
        "disclosure::merged-row-tells",
        "The sum of a merged row leaves a hidden category fewer values than all small ones. Use the guard `full- \
         range`, or accept it in the spec with a reason.",
    ),
    (
        "disclosure::difference-tells",
        "A hidden count follows from others that are printed, by taking them from a total. Suppress a further \
         row, or accept it in the spec with a reason.",
    ),
    (
        "disclosure::rank-tells",
        "A rank narrows down a count that is hidden. Leave the rank out, or accept it in the spec with a reason.",
    ),
    (
        "disclosure::edition-tells",
        "A figure is hidden in one publication of an edition and shown in the other. Who has both learns from that; \
         correct it otherwise, or accept it for that table with a reason.",
    ),
    ("map::font", "The font file of a map cannot be read."),
    ("map::bad-font", "The font file of a map is no TrueType or OpenType font with horizontal metrics."),
    (
        "map::missing-character",
        "The font of a map lacks a character of a county's name or of the legend. Choose another font, or write \
         the words otherwise.",
    ),
    (
        "map::bad-length",
        "A size of a map is not positive, or makes a picture of too many pixels. Choose a smaller size or fewer \
         pixels per inch.",
    ),
    ("map::bad-resolution", "The resolution of a map cannot be drawn."),
    ("map::bad-window", "The window of a jurisdiction is no west, south, east, north in degrees."),
    ("map::nothing-in-window", "No county of the jurisdiction lies in its window."),
    (
        "map::no-room",
        "Map and legend do not fit the map's size together. Make it larger, or the legend's words shorter.",
    ),
    ("map::too-many-counties", "A map has more counties than can be told apart."),
    (
        "map::unknown-county",
        "A county is shaded that the boundary file of its jurisdiction lacks. The index and the files are not of one \
         make.",
    ),
    ("map::unknown-class", "A county has a class that the map does not have. This is a fault of the program."),
    ("map::text", "The words of a map cannot be drawn."),
    ("map::encode", "The picture of a map cannot be written as PNG."),
];
