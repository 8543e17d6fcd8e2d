//! Faults of case data and of reference figures.

super::entry::codes! { "data";
    UNREADABLE = "data::unreadable":
        "A file of case data or reference figures cannot be read or is no file, none fits a pattern, or a link leads \
         out of the project. Check path and permissions."
        example "cannot read on: it was cut off or damaged, and cannot be unpacked";

    OTHER_FORMAT = "data::other-format":
        "A file of case data is of another kind than its name or the spec says, as a workbook or a compressed file \
         named `.csv`. Export the table anew, or give the file the name of what it is."
        example "the name of the file ends as if it were compressed by Zstandard, and it is not";

    TOO_LARGE = "data::too-large":
        "A value, a record, or a page of a Parquet file takes more memory than it may, or an id is longer than any. \
         What is meant to be so large needs larger `limits` in its source; more often a quote is not closed, or the \
         file is damaged."
        example "an id takes at most 1024 bytes, and this one more";

    UNSEEN_CHARACTER = "data::unseen-character":
        "An id holds a character that an eye cannot see: a control or format character, or a blank at an end. It \
         would count as another record than the id without."
        example "the id `SYN-C-0037 ` ends with U+0020 SPACE";

    EMPTY_FILE = "data::empty-file":
        "A file holds nothing at all. A source without records still has a header."
        example "the file is empty";

    NOT_UTF8 = "data::not-utf8":
        "A file is not UTF-8. Save it as UTF-8, without which names and codes cannot be told apart."
        example "the record is not UTF-8, but probably Latin-1 (ISO 8859-1)";

    DUPLICATE_FILE = "data::duplicate-file":
        "A folder or a pattern leads to one file by two names, as a link beside it does. Its records would count \
         twice."
        example "the file is `data/parts/a.csv` by another name, and its records would count twice";

    NOT_CSV = "data::not-csv":
        "A file is no CSV (RFC 4180): a quote is never closed, or only by one of a later record; text stands behind a \
         closing quote; or it holds bytes that no text holds. Nothing behind such a place can be trusted, so that \
         reading ends there."
        example "the line holds Ctrl-Z (U+001A), with which DOS ended its text files";

    NOT_PARQUET = "data::not-parquet":
        "A file cannot be read as Parquet: it is another kind of file, cut off, damaged, encrypted, or compressed by \
         LZO. Where its writer left checksums, every page is held against its own."
        example "a page of the file is not what its checksum says";

    MISSING_COLUMN = "data::missing-column":
        "The header lacks a column that the spec declares. Names are compared letter by letter; further columns do no \
         harm."
        example "the header has semicolons between its names, and not commas";

    DUPLICATE_COLUMN = "data::duplicate-column":
        "The header names a column twice, so that it is open which one counts."
        example "the header names `opened_on` twice";

    FIELD_COUNT = "data::field-count":
        "A record has more or fewer values than the header. A comma or a quote in a value is probably not quoted."
        example "the record has 1 value, and the header names 10";

    MISSING_VALUE = "data::missing-value":
        "A value is empty that may not be: its column is not optional, or the spec requires it for such records."
        example "the value is empty, and this record needs one";

    WRONG_TYPE = "data::wrong-type":
        "A Parquet column has another type than the spec's column takes. Ids and codes are texts, and no column of a \
         spec takes lists or groups."
        example "a code is a text";

    DUPLICATE_ID = "data::duplicate-id":
        "Two records of a source have the same id. Records are counted once each, so ids must be unique over all \
         files of the source."
        example "the id `SYN-S-000012` stands in an earlier record too";

    MISSING_REFERENCE = "data::missing-reference":
        "A rank compares jurisdictions of which neither the sources nor the reference file give the figure. It is \
         never taken as zero."
        example "the rank `cases` needs the `cases` of TX, WY";

    DUPLICATE_FIGURE = "data::duplicate-figure":
        "The reference file gives a figure twice."
        example "the figure of this population and jurisdiction stands in an earlier line too";

    UNKNOWN_REFERENCE = "data::unknown-reference":
        "A record refers to an id that its target source does not hold."
        example "`cases` has no record with the id `00000000-0000-0000-0000-000000000000`";

    UNKNOWN_JURISDICTION = "data::unknown-jurisdiction":
        "A jurisdiction code is not among those that the spec lists. Codes without a report are listed too, with \
         `unreported: true`."
        example "no jurisdiction has the code `CX`";

    UNKNOWN_POPULATION = "data::unknown-population":
        "The reference file names a population that the spec does not have."
        example "no population is called `signal`";

    UNKNOWN_CODE = "data::unknown-code":
        "A code is not in the code list of its column; a blank or a character that an eye cannot see makes another \
         code. Correct the data, or add the code with its label to the spec."
        example "`how_found` takes no code `internett`";

    WRONG_PARENT = "data::wrong-parent":
        "A code belongs to another parent than the one in the same record, as an industry of labor in a case of sex \
         trafficking."
        example "the code `hotel_motel` does not belong to the record's `trafficking_type`";

    NOT_A_BOOLEAN = "data::not-a-boolean":
        "A value is neither `true` nor `false` (also `True`, `TRUE`, `False` and `FALSE`). Other spellings are \
         refused, since they mean different things to different programs."
        example "the value is neither `true` nor `false`";

    NOT_A_DATE = "data::not-a-date":
        "A value is no date in the form 2016-12-31: a date of another form, the serial number of a day, or a \
         timestamp with a time of day. Of other forms it is not certain which day they mean."
        example "the value is no date like 2016-12-31, but a day that no calendar has";

    OUTSIDE_PERIOD = "data::outside-period":
        "A date lies outside the report's period. The extract covers too much, or the spec's `period` is wrong."
        example "the date lies outside the period 2016-01-01 to 2016-12-31";

    NOT_A_NUMBER = "data::not-a-number":
        "A reference figure is no whole number without separators."
        example "the count is no whole number";

    NOT_A_COUNTY = "data::not-a-county":
        "A value is no county GEOID: five digits, stored as text, with the leading zero."
        example "the value is no county GEOID";

    UNKNOWN_COUNTY = "data::unknown-county":
        "The boundaries of the edition have no county of this GEOID. Counties change over the years; data and \
         boundaries must be of the same vintage."
        example "the boundaries of 2016 have no county `09110`";

    NOT_A_COORDINATE = "data::not-a-coordinate":
        "A value is no number of decimal degrees in range."
        example "the value is no number of degrees from −180 to 180";

    HALF_POINT = "data::half-point":
        "A place has a longitude without a latitude, or the other way round. Give both, or neither."
        example "a point needs both its coordinates, and one is empty";

    POINT_NOWHERE = "data::point-nowhere":
        "Points lie in no county of the boundaries, and farther from the nearest than the map's `tolerance` says: at \
         sea, abroad, or with longitude and latitude exchanged. Give the county's GEOID, or leave the place empty. \
         With `outside: warn` or `count` they are on no map."
        example "1 of 55 locations lies in no county of the boundaries";

    TOO_MANY = "data::too-many":
        "A source holds more records than can be numbered."
        example "the file says that it holds more than 4 billion rows";

    LOCATION_OUTSIDE = "data::location-outside":
        "A case belongs to one jurisdiction, and its location lies in another, by its GEOID or its point. A point may \
         lie as far outside as the map's `tolerance` says. With `outside: warn` or `count` such locations are on no \
         map."
        example "2 of 55 locations lie outside of the jurisdiction of their case: lines 2, 3";

    POINT_CONTRADICTS_COUNTY = "data::point-contradicts-county":
        "A record has both a GEOID and a point, and the point lies farther from that county than the map's \
         `tolerance` says. With `outside: warn` or `count` the GEOID counts."
        example "1 of 55 locations has a GEOID that is not its point's";
}
