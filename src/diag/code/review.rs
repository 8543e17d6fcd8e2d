//! Faults of a review.

super::entry::codes! { "review";
    TOO_MUCH = "review::too-much":
        "Reading the file takes more memory or time than a report can need: it may have been made to harm its reader. \
         On a slow machine, `PLATEN_REVIEW_SECONDS` in the environment gives a review more than 10 seconds."
        example "reading the file takes more memory or time than a report can need";

    NO_SPEC = "review::no-spec":
        "It is not known which report spec case data belong to. Name the spec."
        example "it is not known which report spec these data belong to";

    OTHER_DATA = "review::other-data":
        "The case data is not what the release was made from: it would explain nothing."
        example "the case data is not what the release was made from";

    UNREADABLE = "review::unreadable":
        "A PDF cannot be read for a review: it is missing, encrypted, damaged, or larger than any report. Nothing was \
         compared."
        example "the file has more than 268435456 bytes";

    MIXED = "review::mixed":
        "A review compares two PDFs, or the folders of two releases."
        example "a release is compared with a release, and a PDF with a PDF";
}
