//! Faults of a report spec, and of other files in YAML.

super::entry::codes! { "spec";
    UNREADABLE = "spec::unreadable":
        "The report spec cannot be read. Check its path and permissions."
        example "cannot read the file: no such file or folder";

    TOO_LARGE = "spec::too-large":
        "The report spec is larger than any real one. Case data and long tables belong into files of their own."
        example "a spec has at most 2097152 bytes";

    NOT_UTF8 = "spec::not-utf8":
        "The report spec is not UTF-8. Save it as UTF-8; editors call that an encoding."
        example "line 2 is not UTF-8";

    EMPTY = "spec::empty":
        "The report spec holds no value. Begin with the spec of another edition, or with what `platen schema` \
         describes."
        example "the report spec is empty";

    SYNTAX = "spec::syntax":
        "The report spec is no valid YAML, or uses a part of YAML that has no meaning in a spec: several documents, \
         tags, keys that are no words. The place is where the reader noticed; the cause may stand in the line above."
        example "this is no valid YAML: mapping values are not allowed in this context";

    TOO_DEEP = "spec::too-deep":
        "Values nest deeper than any spec needs. A bracket or an indentation is probably wrong."
        example "values nest deeper than 48 levels";

    TOO_MANY_VALUES = "spec::too-many-values":
        "The spec holds too many values once its aliases are written out. An alias probably repeats another that \
         repeats a third."
        example "the spec holds more than 100000 values, aliases expanded";

    DUPLICATE_KEY = "spec::duplicate-key":
        "A mapping has the same key twice. Keep one: YAML readers disagree on which of them counts."
        example "the key `title` stands here a second time";

    BAD_CHARACTER = "spec::bad-character":
        "A text holds a character that cannot be printed: a control character; a noncharacter, such as U+FFFE, which \
         no XML can hold; one that turns the order of letters (U+202A to U+202E, U+2066 to U+2069) or that no eye \
         sees; or one of four private ones that prose uses between its steps. Delete it. Soft hyphens, no-break \
         spaces, the marks of direction, and joiners after a letter that joins may stay."
        example "the character U+00A0 cannot be printed";

    EXTENDS = "spec::extends":
        "A spec that extends another names one that is not there or extends it in turn, or takes away what the other \
         does not have. The path of `extends` is relative to the folder of the spec."
        example "the specs extend each other in a circle: `over.yaml` → `over.yaml`";

    UNKNOWN_KEY = "spec::unknown-key":
        "A mapping has a key that a spec does not know. It is probably misspelt or stands one level too high or too \
         low; `platen schema` describes all keys."
        example "the report spec takes no key `pubisher`";

    MISSING_KEY = "spec::missing-key":
        "A key is needed here and is not written. `platen schema` describes what it holds."
        example "the code `escort` needs a `parent` of the list `trafficking_type`";

    WRONG_TYPE = "spec::wrong-type":
        "A value is of another kind than its key takes, as a number where a text belongs. Texts that look like \
         numbers, dates or booleans stand in quotes."
        example "`in[1]` must be `true` or `false` or a text, and is the value `2`";

    UNKNOWN_VALUE = "spec::unknown-value":
        "A key takes one of a few words, and this is none of them."
        example "`guard` cannot be `as-publishd`";

    BAD_FORM = "spec::bad-form":
        "A text has not the form that its key asks for, as a colour or a code of two digits."
        example "`edition` must be a name of letters, digits, `-` and `_`, at most 64, and is `nhth 2016`";

    BAD_VALUE = "spec::bad-value":
        "A value is of the right kind but cannot be meant: it is out of range, reversed, or does not go with another."
        example "the ordinal form `th` prints no number, and stands for many";

    NO_PROJECT = "spec::no-project":
        "The project of the spec is the nearest folder above it that holds `layouts`, and there is none. All paths of \
         a spec are relative to that folder."
        example "no folder above the report spec holds a folder `layouts`";

    PATH = "spec::path":
        "A path names nothing, the wrong kind of thing, or leads out of the project, by `..`, from the root or \
         through a link. A spec reads only what lies in its project; case data and the key alone may stand elsewhere, \
         by an absolute path, by a variable of the environment (`${NAME}/cases.csv`), or by `--data` and \
         `--key-file`."
        example "cannot find `data/connecticut-2016/case.csv`: no such file or folder";

    KEY = "spec::key":
        "The key file of hidden rows cannot be read, or holds too few bytes or too many. Fill it with 16 random bytes \
         or more, and keep it secret."
        example "the key file holds fewer than 16 bytes";

    WEAK_KEY = "spec::weak-key":
        "Somebody else could know the key of hidden rows and digests: its file can be read by others than its owner, \
         or its bytes repeat so much that they can be guessed. Who knows the key can tell which rows were hidden, and \
         try what the records are. Make it of random bytes (`head -c 32 /dev/urandom`), with mode 600."
        example "the key file can be read by others than its owner";

    CONDITION = "spec::condition":
        "A condition has not exactly one form, or compares a column with what it cannot hold. Its forms are `column` \
         with `is`, `in`, `from`, `to` or `empty`, and `all`, `any` and `not`."
        example "`from` and `to` compare dates, and `channel` is no column of type `date`";

    BLOCK = "spec::block":
        "A block of `content` is exactly one thing: a heading, a paragraph, a statement, a notice, a row of counters, \
         a table or a map."
        example "a block is one thing, and this one has `table` and `map`";

    CIRCULAR_REFERENCE = "spec::circular-reference":
        "Sources refer to each other in a circle, so that none can be read first. A reference points from places or \
         persons to the cases that they belong to."
        example "sources refer to each other in a circle: `signals`, `case_locations`";

    DUPLICATE_CODE = "spec::duplicate-code":
        "A code list holds a code twice below the same parent. Each code stands for one category."
        example "the code `student` stands here a second time";

    DUPLICATE_LABEL = "spec::duplicate-label":
        "Two codes below the same parent have labels that look the same: upper and lower case, white space and \
         compatibility forms make no difference. Their rows could not be told apart. Where both mean the same, as `m` \
         and `M`, let one of them say `alias_of`."
        example "the label `LABOR` is that of the code `labor` as well";

    ALIAS = "spec::alias":
        "`alias_of` names the code that another one counts as: one of the same list, below the same parent, that has \
         a row of its own. An alias has no row, so neither a note nor a place; and a list of flags, whose codes are \
         columns, has none."
        example "`minors` is an alias, and the rows of a multiple-response table are columns";

    DUPLICATE_NAME = "spec::duplicate-name":
        "Two jurisdictions would write files of the same name. Give one of them a `file_name`."
        example "two jurisdictions would write files called `Florida`";

    LANGUAGE = "spec::language":
        "Something of the edition's language is not known or not written: plural or ordinal rules, names of months, a \
         form of a word. What is printed may read otherwise than its readers write it."
        example "no plural rules of `ht` are known: every count takes the form `other`";

    UNKNOWN_COLUMN = "spec::unknown-column":
        "No column of the source is declared by this name. Columns are declared under `sources`."
        example "`cases` has no column `trafficking_typ`";

    UNKNOWN_CODE_LIST = "spec::unknown-code-list":
        "No code list has this name. Lists stand under `code_lists`."
        example "no code list is called `reasons`";

    UNKNOWN_SOURCE = "spec::unknown-source":
        "No source has this name. Sources stand under `sources`."
        example "no source is called `case`";

    UNKNOWN_POPULATION = "spec::unknown-population":
        "No population has this name. Populations stand under `populations`."
        example "no population is called `call`";

    UNKNOWN_TABLE = "spec::unknown-table":
        "No table has this name. Tables stand under `tables`."
        example "no table is called `how_foun`";

    UNKNOWN_COUNTERS = "spec::unknown-counters":
        "No row of counters has this name. Rows of counters stand under `counters`."
        example "no counter row is called `signals`";

    UNKNOWN_MAP = "spec::unknown-map":
        "No map has this name. Maps stand under `maps`."
        example "no map is called `location`";

    UNKNOWN_JURISDICTION = "spec::unknown-jurisdiction":
        "No jurisdiction has this code, or the edition has no report for it. Jurisdictions stand under \
         `jurisdictions`, those that get a report under `reports`."
        example "no jurisdiction is called `CTT`";

    UNKNOWN_NAME = "spec::unknown-name":
        "Nothing of this kind has this name."
        example "no table or map is called `how_foun`";

    UNKNOWN_NOTE = "spec::unknown-note":
        "No note has this name. Notes stand under `notes`."
        example "no note is called `identiti`";

    UNKNOWN_CODE = "spec::unknown-code":
        "A code is named that its list does not hold."
        example "`trafficking_type` takes no code `sexx`";

    UNKNOWN_FIGURE = "spec::unknown-figure":
        "An accepted disclosure names no table, row of counters, map or population of the spec."
        example "no table, counter row, map or population is called `howfound`";

    MISSING_REASON = "spec::missing-reason":
        "Accepted disclosures and overrides are judgements, and each needs its reason in words."
        example "an accepted disclosure needs a reason";

    RULE_DOES_NOT_FIT = "spec::rule-does-not-fit":
        "A rule for small counts does not fit its table: merging and suppression need rows that add up, and only a \
         hierarchical table has parents."
        example "rows of a multiple-response table do not add up: only `none` and `mask` fit it";

    MAP_BOUNDARIES = "spec::map-boundaries":
        "The maps of an edition differ in boundaries or vintage. A record's county is checked against one set of \
         boundaries, so all maps share it."
        example "all maps of an edition have the same boundaries";

    NATION = "spec::nation":
        "A jurisdiction marked `nation` takes in the records of all others. There is at most one, it has neither rank \
         nor map, and its report needs the records of all jurisdictions."
        example "the report of a nation needs the records of all jurisdictions";

    MAP_CLASSES = "spec::map-classes":
        "The classes of a map must begin at its threshold and rise. A class that can only mean one or two cases would \
         disclose them."
        example "the unshaded class has no `from`: it holds all counts under the threshold";

    TEMPLATE = "spec::template":
        "The placeholders of a text cannot be read or filled in. A placeholder is written `{{ name }}`, a condition \
         `{% if name %}…{% endif %}`, a filter `{{ name | filter }}`."
        example "this condition cannot be read: unexpected end of input, expected expression";

    FIGURE_IN_PROSE = "spec::figure-in-prose":
        "A text does something with a figure other than print it: a filter, a test, an operator, a comparison, a loop \
         or an assignment takes it, or it is written without its form. Whoever calculates with printed figures can \
         tell a hidden one, so a figure is opaque: `{{ figures.NAME.text }}` prints it, and `.hidden` and `.form` are \
         all that prose may ask of it."
        example "the figure `figures.labor.text` can only be printed, and here a comparison takes it";

    NUMBER_WORDS = "spec::number-words":
        "A text asks for the threshold in words, and there are none for it: English and Spanish have theirs up to \
         100. List the word under `numbers` in `language`, or write `{{ threshold.number }}`."
        example "there is no word for 3 in the language of the edition";

    THRESHOLD_WORDS = "spec::threshold-words":
        "A text about hidden counts names a number that is not the threshold, as \"fewer than three\" where counts \
         under 11 are hidden: it would be untrue of some of them. Write `{{ threshold.in_words }}` or `{{ \
         threshold.number }}` in its place. The label of a map's class names the count with which the class begins."
        example "the label of the merged row says `Three`, and counts under 11 are hidden";

    UNDEFINED_NAME = "spec::undefined-name":
        "A text uses a placeholder that does not exist, or that has no value in this report. National figures and \
         ranks need sources that cover all jurisdictions, or a reference file."
        example "`national.signals.text` has no value in this report";

    PLAIN_TEXT = "spec::plain-text":
        "This text is used where neither bold words nor note markers can stand, as a file name or a title."
        example "neither bold words nor note markers may stand here";

    NESTED_NOTE = "spec::nested-note":
        "The text of a note holds the marker of a note. Write one note for both."
        example "the note `foreign_national` holds a marker itself";

    OUTPUT = "spec::output":
        "The file name of a report cannot be used, or two reports would have the same. Change `output`, or the \
         `file_name` of a jurisdiction."
        example "`a/b` cannot name a file";
}
