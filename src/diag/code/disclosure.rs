//! What published figures disclose.

super::entry::codes! { "disclosure";
    SMALL_COUNT_SHOWN = "disclosure::small-count-shown":
        "The edition prints a count under the threshold. Mask it by a rule, or accept it in the spec with a reason."
        example "`venue`, `hotel`, of CT prints a count under the threshold";

    MERGED_SUM_SMALL = "disclosure::merged-sum-small":
        "A merged row prints a sum so small that it tells what it merges. Use the guard `full-range`, or accept it in \
         the spec with a reason."
        example "`venue`, `labor/(merged)`, of CT prints a merged sum under the threshold";

    MERGED_ROW_TELLS = "disclosure::merged-row-tells":
        "The sum of a merged row leaves a hidden category fewer values than all small ones. Use the guard `full-range`, or accept it in the \
         spec with a reason."
        example "`venue`, `sex/truck_stop`, of TX can be told from the row that it is merged into";

    DIFFERENCE_TELLS = "disclosure::difference-tells":
        "A hidden count follows from others that are printed, by taking them from a total. Suppress a further row, or \
         accept it in the spec with a reason."
        example "`reason`, `crisis`, of CT can be told from the total and the other rows";

    ABSENT_ROW_TELLS = "disclosure::absent-row-tells":
        "Zero is hidden, and yet a category without a row can only have counted nothing. Keep rows of zero, or accept it in the spec \
         for that row with a reason."
        example "`reason`, `tta`, of CT counts nothing, as its absence tells";

    TABLES_TELL = "disclosure::tables-tell":
        "A hidden count follows from several tables, counters, texts or maps of a report together, and each is safe by itself. \
         Hide a figure that the derivation names, or accept it in the spec for that row with a reason."
        example "`venue`, `labor`, of VT can be told from other figures of the report";

    REPORTS_TELL = "disclosure::reports-tell":
        "A hidden count follows from several reports together, as the nation's total less all other states'. Hide a figure that \
         the derivation names, leave a report out, or accept it in the spec for that row with a reason."
        example "`signals` of NM can be told from several reports";

    UNDECIDED = "disclosure::undecided":
        "Whether the reports together disclose a hidden count could not be found out within the limit of work, so it is taken \
         that they do. Let fewer conditions decide which records count."
        example "what the reports tell together could not be found out: no table that agrees with all facts was found within the limit of work";

    CASE = "disclosure::case":
        "The file holds no worked case: cells with their status, sums of cells and further linear facts. The message says what is \
         wrong and where."
        example "this is no worked case: missing field `threshold` at line 3 column 1";

    PROOF = "disclosure::proof":
        "The proof does not hold: it cannot be read, a world does not agree with a fact, or no world shows a value that a hidden \
         count must be able to take. Make it anew with `audit --proof`."
        example "no world shows every value that is promised of `CT venue/labor`";

    ROWS_NOT_NAMED = "disclosure::rows-not-named":
        "An acceptance names no rows, as specs did before there were any, and covers whatever rows disclose. Name them, or write \
         `rows: all` where that is meant."
        example "`disclosure::small-count-shown` of `how_found` is accepted for rows that are not named";

    UNUSED_ACCEPT = "disclosure::unused-accept":
        "The spec accepts a disclosure that no report makes any more. Take it out, so that it covers nothing by accident."
        example "nothing discloses `wire` of `venue` as `disclosure::small-count-shown` any more";

    RANK_TELLS = "disclosure::rank-tells":
        "A rank narrows down a count that is hidden. Leave the rank out, or accept it in the spec with a reason."
        example "`calls`, `calls`, of AS tells a rank from a count under the threshold";

    EDITION_TELLS = "disclosure::edition-tells":
        "A figure is hidden in one publication of an edition and shown in the other. Who has both learns from that; \
         correct it otherwise, or accept it for that table with a reason."
        example "CT: `Television` of the table `how_found` was hidden and would be 4";
}
