//! `TW06`: reference pages of vendors, reported by `typewright import`.

use crate::diagnostics::code::codes;

codes! {
    IMPORT_SKIPPED = "TW0601", Note, "a page that describes no REST method",
        "Folders of reference pages also hold lists of methods and pages on authentication. They are passed over.";
    IMPORT_OLD = "TW0602", Warning, "a page of an older generation",
        "The page is in the grammar that the vendor's site used until 2024: pipe tables, HTML in cells, types without full names. It is not read. Take the page of the same method from a newer version of the site.";
    IMPORT_FOREIGN = "TW0603", Warning, "a page of another kind",
        "The page is not a REST reference page that the importer knows: a gRPC page, a page of another product, a scraped copy, or no reference page at all. It is not read.";
    IMPORT_NOTHING = "TW0604", Error, "no page to import",
        "None of the given pages describes an operation, so that there is no document to write. Give pages of REST methods, such as `api-ref/Cluster/get.md`.";
    IMPORT_BROKEN = "TW0605", Warning, "a page whose structure is broken",
        "A heading, a fence or a table is missing or has no end, as in a page that was cut off. What could be read is used.";
    IMPORT_FRONT_MATTER = "TW0606", Warning, "a front matter that cannot be read",
        "The front matter is not YAML, or not the vendor's `apiPlayground`. The page is read from its tables alone.";
    IMPORT_ROW = "TW0607", Warning, "a table row that was dropped",
        "A row of a table has no name, no type, or repeats a name of its table. The field is not in the document.";
    IMPORT_TYPE = "TW0608", Warning, "a type that cannot be read",
        "The words in the place of a type are not in the grammar. The field takes any value.";
    IMPORT_SENTENCE = "TW0609", Warning, "a sentence that cannot be read",
        "A sentence starts like one that states a limit and goes on in a way that is not in the grammar. It stays in the description and limits nothing.";
    IMPORT_HINT = "TW0610", Note, "a limit in prose",
        "Prose beside other prose speaks of a limit. Only a line that consists of limit sentences alone, or one of three whole sentences (`A-B characters long.`, `Maximum N per resource.`, `Must be from A to B.`), becomes a keyword; everything else stays in the description.";
    IMPORT_DISAGREES = "TW0611", Warning, "front matter and table disagree",
        "The front matter and the table of a page say different things of a field. The table is followed.";
    IMPORT_OTHER_TYPE = "TW0612", Warning, "a definition of another type",
        "The front matter keys its definitions by short names, and this one has the fields of another type with the same name. It is not used.";
    IMPORT_FILLED = "TW0613", Note, "taken from the front matter alone",
        "The table leaves this out, the front matter has it: the member of an enum for values that were not given, a pattern, a group, a mark.";
    IMPORT_CONTRADICTS = "TW0614", Warning, "pages that contradict each other",
        "Two pages describe one type in different ways. The document takes both: all fields, all enum values, either type.";
    IMPORT_SHAPE = "TW0615", Warning, "a JSON block that differs from the tables",
        "The block that draws the JSON's shape differs from what the tables say. The tables are followed.";
    IMPORT_LINK = "TW0616", Warning, "a link to a type that no page describes",
        "A field's type links to a section that is on none of the given pages. The field takes any object. Give the page that has the section as well.";
    IMPORT_GROUP = "TW0617", Warning, "a group of fields that does not hold together",
        "A row says that only one of some fields may be set, and a field of that list is not in the table or says otherwise.";
    IMPORT_RENAMED = "TW0618", Note, "a name that was changed",
        "A path variable with a dot or an underscore, or a name that two things share, is written in another way in the document. Nothing changes on the wire.";
    IMPORT_PARAMETER = "TW0619", Warning, "a path variable without a row",
        "The path has a variable that the table of path parameters does not describe, or the other way round.";
    IMPORT_LIMIT = "TW0620", Warning, "a limit that the document cannot state",
        "The limit is in the description, and in an extension where there is one: a regular expression that ECMA-262 does not have, or a limit on something of another type.";
    IMPORT_TWICE = "TW0621", Warning, "an operation that two pages describe",
        "Two pages have the same method and path. The first one, in the order of the file names, gives the operation; types are merged.";
    IMPORT_HOST = "TW0622", Warning, "a host without a known value",
        "The page leaves the host to a macro of the vendor's site whose value no page states. The document has a guess or a name that cannot resolve: set the server variable.";
    IMPORT_LEFT_OPEN = "TW0623", Warning, "something that the page leaves open",
        "The page names a type, a status or a member without saying what it is. The document leaves it as open as the page does.";
    IMPORT_MOJIBAKE = "TW0624", Note, "characters that were encoded twice",
        "The title has characters such as `â„¢` that come from UTF-8 read as Windows-1252. They are put right.";
    IMPORT_ENUM = "TW0625", Warning, "an enum without values",
        "The row is of an enum and lists no values, in the table nor in the front matter. The field is a string.";
}
