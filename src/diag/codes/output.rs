//! Faults of what goes out: pages, press files, published folders; and of the program.

use super::Explained;

pub(super) const CODES: &[Explained] = &[
    ("typeset::unreadable", "A file of the layout or a font cannot be read."),
    ("typeset::too-large", "A file of the layout or a font is larger than any real one."),
    ("typeset::no-layout", "The folder of the layout has no `main.typ`, with which a layout begins."),
    (
        "typeset::bad-font",
        "A file in the folder of fonts is no font, or is damaged: it lists more characters than there are.",
    ),
    (
        "typeset::layout",
        "The layout has a fault, or the typesetter warns of one. The place is a file and line of the layout; a \
         PDF standard named in the message is what the page would break.",
    ),
    (
        "typeset::missing-character",
        "No font of the edition has a character that the report prints. Add a font and name it in the layout, or \
         write the words otherwise: a box in its place would be no text to a screen reader.",
    ),
    (
        "typeset::cut-off",
        "Words reach beyond the edge of their page, or of a box that cuts them, so they would not be read. Shorten the \
         text, or give it more room in the layout.",
    ),
    (
        "typeset::overlap",
        "Words lie on top of other words, so neither can be read. Shorten one of the texts, or give it more room in \
         the layout.",
    ),
    (
        "typeset::lost-text",
        "A text of the report does not stand on its pages: the layout drops it, changes it or prints it out of order. \
         Every page is compared with what the report says before it is published.",
    ),
    (
        "typeset::private-character",
        "A character is for private use: it means nothing outside of one font, so an archive and a screen reader cannot \
         know it. Write the words with characters of Unicode.",
    ),
    (
        "typeset::too-much",
        "A layout takes more time or memory than a report can need, and the program has ended: a layout is a program, and this \
         one may never finish. Look for a loop without an end, or a value that grows in one. On a slow machine, \
         `PLATEN_LAYOUT_SECONDS` in the environment gives a report more than 20 seconds.",
    ),
    ("typeset::no-page", "The layout makes no page."),
    (
        "publish::in-release",
        "A file would be written into a release. A release holds only what its manifest names, and nothing replaces it but \
         another release: write elsewhere.",
    ),
    ("publish::unwritable", "A file cannot be written into the output folder. What stood there before is still whole."),
    (
        "publish::not-on-disk",
        "All files stand in their places, but the system could not bring the names of their folder to the disk: after a loss of \
         power they may be gone. Look after the disk, and run the command again.",
    ),
    (
        "internal::schema",
        "The schema of specs, which the program makes itself, is broken. This is a fault of the program; please \
         report it.",
    ),
    (
        "internal::standards",
        "The typesetter refuses the combination of PDF standards. This is a fault of the program; please report \
         it.",
    ),
    ("internal::panic", "The program has failed where it never should. Please report it with the place that is named."),
    (
        "internal::tables",
        "The tables of a report cannot be written as JSON. This is a fault of the program; please report it.",
    ),
    (
        "press::profile",
        "The press profile contradicts itself, for example a bleed that is wider than the marks' room. The place names the value.",
    ),
    ("press::font", "The font of the slug line cannot be read or lacks a character that the slug line needs."),
    ("preflight::unreadable", "The file cannot be read as a PDF. It may be truncated, damaged or of another kind."),
    ("preflight::encrypted", "The file is encrypted. A printer's workflow cannot open it, and neither can this check."),
    (
        "preflight::too-large",
        "The file, one of its streams or its number of objects or faults goes beyond what is checked; the rest is not told.",
    ),
    ("preflight::no-page", "The file has no page."),
    ("preflight::content", "The content of a page cannot be followed: an operator, a resource or a stream is broken."),
    ("preflight::missing-box", "A page has no trim box or no bleed box. Without them a printer guesses where to cut."),
    ("preflight::box-order", "The boxes of a page do not lie in each other: media around bleed around trim."),
    ("preflight::box-size", "A box of a page differs from the press profile by more than a hundredth of a point."),
    ("preflight::font-not-embedded", "A font is named but not embedded. The printer's machine would use another one."),
    ("preflight::rgb", "An object has RGB colour. Press files are in process inks; give the object CMYK values."),
    (
        "preflight::independent-colour",
        "An object has a colour that depends on a profile of its own. Press files use device colours for one printing condition.",
    ),
    ("preflight::spot-colour", "An object needs a further ink. Press files of this profile are printed in four."),
    (
        "preflight::registration-colour",
        "An object within the page is drawn in all inks at once, which is meant for marks alone.",
    ),
    ("preflight::total-ink", "The inks of an object add up to more than the profile's limit; they would not dry."),
    (
        "preflight::rich-black-type",
        "Small type is black with other inks under it. Inks never fit exactly; use black alone.",
    ),
    (
        "preflight::type-on-rich-black",
        "Small type is left out of a ground of several inks. Inks never fit exactly, and would fill it.",
    ),
    ("preflight::type-in-colour", "Small type is printed in several inks. Inks never fit exactly; use black alone."),
    (
        "preflight::image-resolution",
        "A picture has fewer pixels per inch at its placed size than the profile asks for.",
    ),
    ("preflight::image-not-read", "A picture is of a kind whose inks are not measured here. Check it by other means."),
    ("preflight::hairline", "A line is thinner than a press can hold."),
    (
        "preflight::bleed-missing",
        "Colour reaches the edge of a page but not the edge of its bleed; a white line would show after cutting.",
    ),
    ("preflight::safe-area", "Text or a picture comes nearer to the edge than the profile's safe area; it may be cut."),
    (
        "preflight::page-count",
        "The pages do not fill the sheets of an imposition. Blank pages are added; one page too many costs a sheet.",
    ),
    ("preflight::annotation", "A page has an annotation, such as a link. It has no meaning in print."),
    ("preflight::transparency", "An object is transparent. Press files of this profile are flat."),
    ("preflight::overprint", "An object prints over others. How the inks add up there is not measured."),
    ("preflight::output-intent", "The output intent is missing, or names another printing condition than the profile."),
    (
        "release::locked",
        "Another release into the same folder is running. The lock ends with the process that holds it.",
    ),
    (
        "release::no-words",
        "The index page of a release has words in English and Spanish. In an edition of another language it is in English, and \
         says so; the reports are not concerned.",
    ),
    (
        "release::other-content",
        "The folder holds files that are no release, or stand beside one, and a release would throw them away. Move them \
         elsewhere or choose another folder; `--clean` throws away what stands beside a release.",
    ),
    (
        "release::would-shrink",
        "The folder holds a release that this one would not cover: other reports, another edition, or a later \
         revision. Release into another folder.",
    ),
    ("release::input", "A file that the reports depend on, or that the release is made of, cannot be read."),
    (
        "release::cache",
        "Finished reports cannot be kept. Choose another folder with `--cache`, or do without with `--no-cache`.",
    ),
    ("release::no-release", "The folder has no `manifest.json`, so it holds no release."),
    ("release::manifest", "The manifest of a release cannot be read, or is of a form that this program does not know."),
    (
        "release::not-listed",
        "A release holds a file that its manifest does not name, or something that is no file. Whoever has put it there, it is \
         not of the release.",
    ),
    (
        "release::same-sheet",
        "Two tables of the spec would have one file in the data package of a release: there, names are of small letters, digits \
         and hyphens, and `counters` and `counties` are taken.",
    ),
    ("release::tables", "The published tables of a report have not the form that they are published in."),
    (
        "release::altered",
        "A file of a release is not what the others say of it: a published file, the manifest or `SHA256SUMS` was changed, or \
         lost, after it was released.",
    ),
    (
        "release::input-changed",
        "An input is not what the release was made from, so the release cannot be made again. Verify with the inputs \
         of its day, or compare outputs only with `--outputs-only`.",
    ),
    (
        "release::other-program",
        "The release was made by another version of the program. Verify with that version, or compare outputs only \
         with `--outputs-only`.",
    ),
    (
        "release::no-inputs",
        "The spec that the release was made from is not in the project. Name its folder by `--project`.",
    ),
    (
        "release::differs",
        "A published file differs from what the same inputs make. The first difference is told, by report, stage and \
         page.",
    ),
    (
        "release::not-approved",
        "A report that somebody approved would change, and the new one has no approval. Release it into another \
         folder, approve it there, and name that folder by `--approvals`.",
    ),
    (
        "release::needs-revision",
        "Figures of a report that somebody approved would change. An edition that is published again with other figures \
         has a number of revision, a day and its reasons: the key `revision` of the spec.",
    ),
    (
        "release::no-predecessor",
        "A revision lists what differs from the publication before, so that must be at hand; for slices that are joined, the \
         same as when they were built. Name its folder by `--previous`.",
    ),
    (
        "release::no-reason",
        "A figure was corrected, and none of the revision's reasons concerns its table and jurisdiction. Add one.",
    ),
    (
        "release::approvals",
        "The ledger of approvals cannot be read, one of its records was changed or taken out, or it is of other reports or \
         another edition than those that it stands with.",
    ),
    (
        "release::decisions",
        "The file holds no decisions on a review, they are on another release, or they leave out a change.",
    ),
    ("release::not-accepted", "A report has changes that the reviewer rejected, or has not decided on."),
    (
        "review::too-much",
        "Reading the file takes more memory or time than a report can need: it may have been made to harm its reader.",
    ),
    ("review::no-spec", "It is not known which report spec case data belong to. Name the spec."),
    ("review::other-data", "The case data is not what the release was made from: it would explain nothing."),
    ("release::unknown-report", "The release has no report for this jurisdiction."),
    (
        "release::unsigned-approvals",
        "The release is checked with a key, and its approvals have no signature: whoever takes one away can write any \
         approval. Or approvals that were signed would be published without a signature. `--unsigned-approvals` accepts both.",
    ),
    (
        "release::signature",
        "A key or a signature cannot be read, or the signature was not made with this key over this manifest.",
    ),
    (
        "release::slices",
        "Slices do not make up one release: one is missing, named twice, incomplete, or made from other inputs.",
    ),
    ("internal::signature", "The manifest could not be signed. Please report it."),
    (
        "review::unreadable",
        "A PDF cannot be read for a review: it is missing, encrypted, damaged, or larger than any report. Nothing was compared.",
    ),
    ("review::mixed", "A review compares two PDFs, or the folders of two releases."),
    ("internal::thumbnail", "The picture of a report's first page could not be drawn. Please report it."),
    ("internal::press", "A press file could not be put together. Please report it."),
];
