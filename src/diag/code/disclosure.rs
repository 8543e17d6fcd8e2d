//! What published figures disclose.

super::entry::codes! { "disclosure";
    SMALL_COUNT_SHOWN = "disclosure::small-count-shown":
        "The edition prints a count under the threshold. Mask it by a rule, or accept it in the spec with a reason."
        example "`venue`, `hotel`, of CT prints a count under the threshold";

    MERGED_SUM_SMALL = "disclosure::merged-sum-small":
        "A merged row prints a sum so small that it tells what it merges. Use the guard `full-range`, or accept it in \
         the spec with a reason."
        example "`how_found` of CT prints a merged sum under the threshold";

    MERGED_ROW_TELLS = "disclosure::merged-row-tells":
        "The sum of a merged row leaves a hidden category fewer values than all small ones. Use the guard `full-range`, or accept it in the \
         spec with a reason."
        example "`how_found` of CT has a merged row that narrows the counts it merges";

    DIFFERENCE_TELLS = "disclosure::difference-tells":
        "A hidden count follows from others that are printed, by taking them from a total. Suppress a further row, or \
         accept it in the spec with a reason."
        example "`reason` of CT has a hidden count that the total narrows";

    RANK_TELLS = "disclosure::rank-tells":
        "A rank narrows down a count that is hidden. Leave the rank out, or accept it in the spec with a reason."
        example "`cases`, `cases`, of CT tells a rank from a count under the threshold";

    EDITION_TELLS = "disclosure::edition-tells":
        "A figure is hidden in one publication of an edition and shown in the other. Who has both learns from that; \
         correct it otherwise, or accept it for that table with a reason."
        example "CT: `Television` of the table `how_found` was hidden and would be 4";
}
