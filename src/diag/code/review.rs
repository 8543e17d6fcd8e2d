//! Faults of a review.

super::codes! { "review";
    TOO_MUCH = "review::too-much":
        "Reading the file takes more memory or time than a report can need: it may have been made to harm its reader.";

    NO_SPEC = "review::no-spec":
        "It is not known which report spec case data belong to. Name the spec.";

    OTHER_DATA = "review::other-data":
        "The case data is not what the release was made from: it would explain nothing.";

    UNREADABLE = "review::unreadable":
        "A PDF cannot be read for a review: it is missing, encrypted, damaged, or larger than any report. Nothing was \
         compared.";

    MIXED = "review::mixed":
        "A review compares two PDFs, or the folders of two releases.";
}
