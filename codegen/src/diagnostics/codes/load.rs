//! `TW01`: files, their syntax and references, reported while a document is loaded.

use crate::diagnostics::code::codes;

codes! {
    UNREADABLE = "TW0101", Error, "the document cannot be read",
        "The file that was named as the document does not exist or cannot be read.\n\nCheck the path and the working directory: `typewright generate api/openapi.yaml`.";
    JSON_SYNTAX = "TW0102", Error, "the file is not valid JSON",
        "A file that starts like JSON does not follow its grammar, and it is not YAML either.\n\n    { \"openapi\": \"3.0.3\" \"info\": {} }\n                        ^ a comma is missing\n\nCorrect the text at the place shown.";
    YAML_SYNTAX = "TW0103", Error, "the file is not valid YAML",
        "The file does not follow the grammar of YAML. Often a colon inside plain text has no quotes, or a line is indented by the wrong amount.\n\n    description: Note: this needs quotes\n\nCorrect the text at the place shown; a text may always be quoted.";
    TOO_DEEP = "TW0104", Error, "the values are nested too deeply",
        "The document nests objects and arrays more than about 120 deep. Documents written by people do not; the limit prevents a hostile file from exhausting the stack.\n\nMove inner schemas to `components.schemas` and refer to them with `$ref`.";
    TOO_MANY_ALIASES = "TW0105", Error, "aliases expand to too many values",
        "YAML aliases (`*name`) repeat values, and aliases of aliases multiply. This file would grow to many times its size.\n\nUse `$ref` instead of aliases.";
    DUPLICATE_KEY = "TW0106", Warning, "a key occurs twice in one object",
        "JSON and YAML objects have unique keys. The last member is used; those before it have no effect.\n\n    paths:\n      /pets: { get: … }\n      /pets: { post: … }   # the first /pets is ignored\n\nMerge the members, or rename one.";
    TABS = "TW0107", Warning, "a tab indents a line of YAML",
        "YAML forbids tabs in indentation. Each is read as one space, which is correct if all lines are indented by tabs.\n\nReplace tabs with spaces.";
    MERGE_KEY = "TW0108", Warning, "a merge key has nothing to merge",
        "The value of `<<` must be an object, or an array of objects, usually an alias such as `<<: *common`. Anything else is ignored.";
    TAG = "TW0109", Note, "a YAML tag is ignored",
        "A tag such as `!include` or `!secret` belongs to another tool. Its value is read without the tag.\n\nRun the other tool first, or use `$ref` to include a file.";
    SEVERAL_DOCUMENTS = "TW0110", Warning, "the file contains several YAML documents",
        "A line `---` starts another document. Only the first document of a file is read.\n\nPut each document into a separate file.";
    NOT_QUITE_JSON = "TW0111", Warning, "the file is not quite JSON",
        "The text starts like JSON but violates its grammar, for instance by a comma after the last member or by a comment. It is valid YAML, and is read as such.\n\nCorrect the text at the place shown, so that other tools can read it too.";
    REFERENCE_OUTSIDE = "TW0112", Error, "a reference leaves the document's folder",
        "For security only files in the folder of the document and below it are read.\n\n    $ref: ../../secrets.yaml\n\nMove the file, or name a folder that contains both with `--root`, with `root` in `typewright.toml`, or with `Builder::root`.";
    REFERENCE_URL = "TW0113", Error, "a reference is a URL",
        "The network is not accessed, so that the same input always generates the same output.\n\n    $ref: https://example.com/schemas/pet.yaml\n\nStore a copy next to the document and refer to that.";
    REFERENCE_UNREADABLE = "TW0114", Error, "a referenced file cannot be read",
        "A `$ref` refers to a file that does not exist or cannot be read. Paths are relative to the file with the `$ref`.";
    REFERENCE_NOWHERE = "TW0115", Error, "a reference has no target",
        "The target of a `$ref` does not exist.\n\n    $ref: '#/components/schemas/Pett'   # there is only Pet\n\nIn the fragment `/` is written `~1`, `~` is `~0`.";
    REFERENCE_CIRCLE = "TW0116", Error, "references form a circle",
        "A `$ref` refers to another that refers back, and neither has a value.\n\n    A: { $ref: '#/components/schemas/B' }\n    B: { $ref: '#/components/schemas/A' }\n\nOne of them has to be a schema. (A schema that contains itself in a property is fine.)";
    NO_OVERLAY = "TW0117", Error, "the file is not an overlay",
        "An overlay is an object with `overlay`, `info` and `actions`.\n\n    overlay: 1.1.0\n    info: { title: Ours, version: 1.0.0 }\n    actions:\n      - target: $.info\n        update: { title: Pets }";
    BAD_ACTION = "TW0118", Error, "an action of an overlay cannot be applied",
        "An action has a `target`, which is a JSONPath (RFC 9535), and one of `update`, `copy` and `remove: true`. Merged values have to be of the same type: objects merge with objects, arrays with arrays, plain values with plain values.";
    IDLE_ACTION = "TW0119", Warning, "an action of an overlay matches nothing",
        "The `target` selects no value of the document, so that the action has no effect. Either the document has changed or the path is misspelled.\n\n    - target: $.paths['/pet'].get      # the path is /pets";
    TOO_FAR = "TW0120", Error, "the path to a value is too long",
        "All keys on the path to a value, from the top of its file, together have more than 4096 bytes. Documents written by people need a few hundred; the limit prevents a hostile file from multiplying one long key by the number of values below it.\n\nShorten the key, or move inner schemas to `components.schemas` and refer to them with `$ref`.";
}
