//! What a printer would refuse.

super::codes! { "preflight";
    UNREADABLE = "preflight::unreadable":
        "The file cannot be read as a PDF. It may be truncated, damaged or of another kind.";

    ENCRYPTED = "preflight::encrypted":
        "The file is encrypted. A printer's workflow cannot open it, and neither can this check.";

    TOO_LARGE = "preflight::too-large":
        "The file, one of its streams or its number of objects or faults goes beyond what is checked; the rest is not \
         told.";

    NO_PAGE = "preflight::no-page":
        "The file has no page.";

    CONTENT = "preflight::content":
        "The content of a page cannot be followed: an operator, a resource or a stream is broken.";

    MISSING_BOX = "preflight::missing-box":
        "A page has no trim box or no bleed box. Without them a printer guesses where to cut.";

    BOX_ORDER = "preflight::box-order":
        "The boxes of a page do not lie in each other: media around bleed around trim.";

    BOX_SIZE = "preflight::box-size":
        "A box of a page differs from the press profile by more than a hundredth of a point.";

    FONT_NOT_EMBEDDED = "preflight::font-not-embedded":
        "A font is named but not embedded. The printer's machine would use another one.";

    RGB = "preflight::rgb":
        "An object has RGB colour. Press files are in process inks; give the object CMYK values.";

    INDEPENDENT_COLOUR = "preflight::independent-colour":
        "An object has a colour that depends on a profile of its own. Press files use device colours for one printing \
         condition.";

    SPOT_COLOUR = "preflight::spot-colour":
        "An object needs a further ink. Press files of this profile are printed in four.";

    REGISTRATION_COLOUR = "preflight::registration-colour":
        "An object within the page is drawn in all inks at once, which is meant for marks alone.";

    TOTAL_INK = "preflight::total-ink":
        "The inks of an object add up to more than the profile's limit; they would not dry.";

    RICH_BLACK_TYPE = "preflight::rich-black-type":
        "Small type is black with other inks under it. Inks never fit exactly; use black alone.";

    TYPE_ON_RICH_BLACK = "preflight::type-on-rich-black":
        "Small type is left out of a ground of several inks. Inks never fit exactly, and would fill it.";

    TYPE_IN_COLOUR = "preflight::type-in-colour":
        "Small type is printed in several inks. Inks never fit exactly; use black alone.";

    IMAGE_RESOLUTION = "preflight::image-resolution":
        "A picture has fewer pixels per inch at its placed size than the profile asks for.";

    IMAGE_NOT_READ = "preflight::image-not-read":
        "A picture is of a kind whose inks are not measured here. Check it by other means.";

    HAIRLINE = "preflight::hairline":
        "A line is thinner than a press can hold.";

    BLEED_MISSING = "preflight::bleed-missing":
        "Colour reaches the edge of a page but not the edge of its bleed; a white line would show after cutting.";

    SAFE_AREA = "preflight::safe-area":
        "Text or a picture comes nearer to the edge than the profile's safe area; it may be cut.";

    PAGE_COUNT = "preflight::page-count":
        "The pages do not fill the sheets of an imposition. Blank pages are added; one page too many costs a sheet.";

    ANNOTATION = "preflight::annotation":
        "A page has an annotation, such as a link. It has no meaning in print.";

    TRANSPARENCY = "preflight::transparency":
        "An object is transparent. Press files of this profile are flat.";

    OVERPRINT = "preflight::overprint":
        "An object prints over others. How the inks add up there is not measured.";

    OUTPUT_INTENT = "preflight::output-intent":
        "The output intent is missing, or names another printing condition than the profile.";
}
