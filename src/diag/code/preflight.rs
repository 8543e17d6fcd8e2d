//! What a printer would refuse.

super::entry::codes! { "preflight";
    UNREADABLE = "preflight::unreadable":
        "The file cannot be read as a PDF. It may be truncated, damaged or of another kind."
        example "cannot read the file: no such file or folder";

    ENCRYPTED = "preflight::encrypted":
        "The file is encrypted. A printer's workflow cannot open it, and neither can this check."
        example "the file is encrypted";

    TOO_LARGE = "preflight::too-large":
        "The file, one of its streams or its number of objects or faults goes beyond what is checked; the rest is not \
         told."
        example "the file has more than 536870912 bytes";

    NO_PAGE = "preflight::no-page":
        "The file has no page."
        example "the file has no page";

    CONTENT = "preflight::content":
        "The content of a page cannot be followed: an operator, a resource or a stream is broken."
        example "the catalog names no page tree";

    MISSING_BOX = "preflight::missing-box":
        "A page has no trim box or no bleed box. Without them a printer guesses where to cut."
        example "the page has no TrimBox";

    BOX_ORDER = "preflight::box-order":
        "The boxes of a page do not lie in each other: media around bleed around trim."
        example "the TrimBox reaches out of the BleedBox";

    BOX_SIZE = "preflight::box-size":
        "A box of a page differs from the press profile by more than a hundredth of a point."
        example "the finished page is 612 by 792 pt; the profile has 595.3 by 841.9 pt";

    FONT_NOT_EMBEDDED = "preflight::font-not-embedded":
        "A font is named but not embedded. The printer's machine would use another one."
        example "the font `Helvetica` is not embedded";

    RGB = "preflight::rgb":
        "An object has RGB colour. Press files are in process inks; give the object CMYK values."
        example "a shape is in RGB";

    INDEPENDENT_COLOUR = "preflight::independent-colour":
        "An object has a colour that depends on a profile of its own. Press files use device colours for one printing \
         condition."
        example "a shape is in the colour space `Lab`, which is no ink";

    SPOT_COLOUR = "preflight::spot-colour":
        "An object needs a further ink. Press files of this profile are printed in four."
        example "a shape is on a plate of its own, `PANTONE 186 C`";

    REGISTRATION_COLOUR = "preflight::registration-colour":
        "An object within the page is drawn in all inks at once, which is meant for marks alone."
        example "a line is in the colour of marks, on every plate, inside the bleed";

    TOTAL_INK = "preflight::total-ink":
        "The inks of an object add up to more than the profile's limit; they would not dry."
        example "a shape has 340 % of ink; the limit is 300 %";

    RICH_BLACK_TYPE = "preflight::rich-black-type":
        "Small type is black with other inks under it. Inks never fit exactly; use black alone."
        example "text of 9 pt is in rich black; small type is black alone";

    TYPE_ON_RICH_BLACK = "preflight::type-on-rich-black":
        "Small type is left out of a ground of several inks. Inks never fit exactly, and would fill it."
        example "text of 9 pt stands on rich black";

    TYPE_IN_COLOUR = "preflight::type-in-colour":
        "Small type is printed in several inks. Inks never fit exactly; use black alone."
        example "text of 9 pt is in more than black; small type is black alone";

    IMAGE_RESOLUTION = "preflight::image-resolution":
        "A picture has fewer pixels per inch at its placed size than the profile asks for."
        example "a picture has 96 pixels per inch; 300 are needed";

    IMAGE_NOT_READ = "preflight::image-not-read":
        "A picture is of a kind whose inks are not measured here. Check it by other means."
        example "the total ink of a picture is not measured: its packing is not read here";

    HAIRLINE = "preflight::hairline":
        "A line is thinner than a press can hold."
        example "a line is 0.1 pt wide; a press holds 0.25 pt";

    BLEED_MISSING = "preflight::bleed-missing":
        "Colour reaches the edge of a page but not the edge of its bleed; a white line would show after cutting."
        example "a shape reaches the left edge and goes 0 pt past it; 9 pt are needed";

    SAFE_AREA = "preflight::safe-area":
        "Text or a picture comes nearer to the edge than the profile's safe area; it may be cut."
        example "text of 9 pt stands 4 pt from the right edge; 9 pt must be free";

    PAGE_COUNT = "preflight::page-count":
        "The pages do not fill the sheets of an imposition. Blank pages are added; one page too many costs a sheet."
        example "a folder of 4 pages leaves 1 page empty";

    ANNOTATION = "preflight::annotation":
        "A page has an annotation, such as a link. It has no meaning in print."
        example "the page has annotations, which are not printed or printed by chance";

    TRANSPARENCY = "preflight::transparency":
        "An object is transparent. Press files of this profile are flat."
        example "something is painted in the blend mode `Multiply`";

    OVERPRINT = "preflight::overprint":
        "An object prints over others. How the inks add up there is not measured."
        example "something overprints: its ink adds to what lies under it, which is not measured";

    OUTPUT_INTENT = "preflight::output-intent":
        "The output intent is missing, or names another printing condition than the profile."
        example "the file has no output intent for a press";
}
