//! The codes of all diagnostics, one module for each phase: `TW01` load, `TW02` normalize, `TW03` api, `TW04` names, `TW05`
//! host, `TW06` import.

use super::Code;

/// All codes, in the order of their ids.
pub fn all() -> impl Iterator<Item = Code> {
    [load::ALL, normalize::ALL, api::ALL, names::ALL, host::ALL, import::ALL]
        .into_iter()
        .flatten()
        .copied()
}

/// The code with an id such as `TW0103`, in either case.
pub fn find(id: &str) -> Option<Code> {
    all().find(|code| code.id.eq_ignore_ascii_case(id))
}

/// `TW01`: files, their syntax and references, reported while a document is loaded.
pub mod load {
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
}

/// `TW02`: versions and repairs, reported while a document is normalized.
pub mod normalize {
    use crate::diagnostics::code::codes;

    codes! {
        NOT_OPENAPI = "TW0201", Error, "this is not an API description",
            "An API description is an object with `openapi: 3.x.y` or `swagger: \"2.0\"` at the top level. This file has neither.\n\nCheck that the right file is named.";
        VERSION_UNKNOWN = "TW0202", Error, "the version is not supported",
            "Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2 are supported.\n\n    openapi: 3.0.3\n\nConvert older documents first.";
        VERSION_NEWER = "TW0203", Warning, "the version is newer than all supported ones",
            "Minor versions of OpenAPI 3 are compatible, so the document is read as the newest supported version. Members that only the newer version has are reported as unknown.";
        UNKNOWN_KEY = "TW0204", Warning, "a key is unknown",
            "The specification has no member of this name here, so it has no effect. Often it is misspelled or one level too deep.\n\n    operationID: listPets     # operationId\n\nExtensions start with `x-`.";
        WRONG_TYPE = "TW0205", Warning, "a value is of the wrong type",
            "The specification requires a value of another type here, and this one has no clear meaning. It is ignored; everything around it is used.\n\n    tags: 5      # has to be an array of strings";
        RETYPED = "TW0206", Warning, "a value of the wrong type has a clear meaning",
            "The value is of the wrong type, but has only one possible meaning, which is used.\n\n    version: 1.10      # a number to YAML; read as the string \"1.10\"\n\nQuotes make it a string.";
        LONELY_ITEM = "TW0207", Warning, "an array with one item lacks its brackets",
            "An array is required here. The value is read as its only item.\n\n    tags: pets       # tags: [pets]";
        NULL_MEMBER = "TW0208", Note, "a member has no value",
            "In YAML a key without a value has the value null, which has no meaning here. The member is ignored.\n\n    parameters:\n    responses: …";
        OTHER_VERSION = "TW0209", Note, "a keyword belongs to another version",
            "The keyword does not exist in the version that the document declares, but in another one. Its meaning there is used.\n\n    openapi: 3.0.3\n    …\n    const: cat        # of 3.1\n\nRaise the document's version, or use `enum: [cat]`.";
        MISSING_MEMBER = "TW0210", Warning, "a required member is missing",
            "The specification requires this member. A harmless value is used instead.\n\n    responses:\n      '200': {}        # has no `description`";
        USELESS = "TW0211", Warning, "an object has no meaning without a missing member",
            "Without this member the object cannot be used, so it is ignored.\n\n    parameters:\n      - name: limit     # no `in`: it could go anywhere";
        BESIDE_REFERENCE = "TW0212", Warning, "a member next to `$ref` has no effect",
            "Outside schemas only `summary` and `description` are allowed next to `$ref`; all other members are ignored, as specified.";
        REQUIRED_FLAG = "TW0213", Warning, "`required` is in the property itself",
            "The required properties are a list in the schema of the object. A flag inside the property has no meaning (it had one in an old draft). The property stays optional, so that values without it can be read.\n\n    properties:\n      id: { type: string, required: true }   # required: [id] next to `properties`";
        NULLABLE_REFERENCE = "TW0214", Warning, "`nullable` is next to `$ref`",
            "OpenAPI 3.0 ignores members next to `$ref`, but the intention is clear, so null is allowed.\n\n    allOf: [{ $ref: '#/components/schemas/Pet' }]\n    nullable: true";
        UNKNOWN_TYPE = "TW0215", Warning, "a type is unknown",
            "The types are string, number, integer, boolean, object and array. A common mistake such as `int` is corrected; with any other name the schema allows any value.";
        TYPE_MISSING = "TW0216", Note, "`type` is missing",
            "Without `type` a schema with `properties` allows strings and numbers too. That is rarely intended, so the type that the other keywords imply is assumed.";
        STRANGER = "TW0217", Warning, "a keyword does not apply to the type",
            "Some keywords apply to values of one type only; `items` for instance has no meaning for a string. The keyword is ignored.\n\n    type: string\n    items: { type: string }      # is `type: array` meant?";
        UNKNOWN_FORMAT = "TW0218", Note, "a format is unknown",
            "Formats are an open list: an unknown one is ignored, and only the type is used. Each is reported once.";
        ENUM_TWICE = "TW0219", Warning, "a value occurs twice in an `enum`",
            "The values of `enum` are a set. The repetition is ignored.\n\n    enum: [asc, desc, asc]";
        ENUM_MIXED = "TW0220", Warning, "a value of `enum` is not of the type",
            "`type` excludes the value, so it can never occur. A value that only lacks quotes is converted to the type.\n\n    type: string\n    enum: [1.10, on, true]";
        DEFAULT_TYPE = "TW0221", Warning, "the default is not of the type",
            "The default is not a valid value. If it is only written in the wrong way it is converted, otherwise it is ignored.";
        DEFAULT_OUTSIDE = "TW0222", Warning, "the default is not a value of `enum`",
            "The default is not a valid value; it is ignored.\n\n    enum: [asc, desc]\n    default: ascending";
        EXAMPLE_TYPE = "TW0223", Warning, "the example is not of the type",
            "The example is not a valid value. If it is only written in the wrong way it is converted, otherwise it is omitted from the documentation.";
        PATH_WITHOUT_SLASH = "TW0224", Warning, "a path does not start with a slash",
            "Paths are appended to the server's URL and start with a slash.";
        STATUS = "TW0225", Warning, "a status is invalid",
            "Responses are listed by status: three digits, a digit and `XX`, or `default`.";
        PATH_REQUIRED = "TW0226", Warning, "a path parameter is not marked as required",
            "A path cannot be built without its parameters, so each of them has `required: true`, which is assumed.";
        REFERENCE_GUESSED = "TW0227", Warning, "a reference has no target, but a component has its name",
            "The target of the `$ref` does not exist, but there is a component with the name at its end, as in documents that were converted incompletely. That component is used.\n\n    $ref: '#/definitions/Pet'      # '#/components/schemas/Pet' in OpenAPI 3";
        NAME_TAKEN = "TW0228", Note, "two components have one name",
            "The components of all files, and the definitions inside schemas, become one set, in which names are unique. The later one is prefixed with the name of the component, file or folder that contains it. Rename one of them to choose the name.";
        MAPPING_NOWHERE = "TW0229", Warning, "a discriminator's mapping has no target",
            "The schema to which the mapping refers does not exist, so the entry is ignored.\n\n    mapping:\n      cat: '#/components/schemas/Catt'";
        CALLBACK_CIRCLE = "TW0230", Note, "a path or callback refers to itself",
            "Paths and callbacks are copied to the places that refer to them. This reference refers to a path that contains it, so the copy would never end; it is ignored. Requests that the service sends are not generated, so nothing is missing.";
        SECOND_BODY = "TW0231", Warning, "a request has more than one body",
            "An operation of Swagger 2.0 has either one parameter `in: body` or parameters `in: formData`. Parameters that cannot be sent in addition to the first body are ignored.";
        OPERATION_ID_MISSING = "TW0232", Note, "an operation has no `operationId`",
            "The name of the method is derived from the HTTP method and the path, so it changes with the path.\n\n    /pets:\n      get:\n        operationId: listPets";
        OPERATION_ID_TWICE = "TW0233", Warning, "two operations have one `operationId`",
            "Operation ids are unique in a document. The later operation is named after its HTTP method and path instead.";
        PATH_UNDECLARED = "TW0234", Warning, "a parameter of the path is not declared",
            "The path has a `{name}` for which there is no parameter. A string is assumed.\n\n    /pets/{id}:\n      get:\n        parameters: []      # - { name: id, in: path, required: true, schema: { type: string } }";
        PATH_SURPLUS = "TW0235", Warning, "a path parameter is not in the path",
            "The parameter declares `in: path`, but the path has no `{name}` of that name, so it cannot be sent and is ignored. If exactly one parameter and one `{name}` have no counterpart, the parameter is renamed.";
        PATHS_ALIKE = "TW0236", Warning, "two paths differ only in the names of their parameters",
            "No server can distinguish them. Both are generated.\n\n    /pets/{id}\n    /pets/{name}";
        PARAMETER_TWICE = "TW0237", Warning, "a parameter is declared twice",
            "Parameters are unique by name and location. The first one is used.";
        MEDIA_TYPE = "TW0238", Warning, "a media type is invalid",
            "A media type is `type/subtype`, optionally with parameters. This one is invalid; it is ignored unless it is a common abbreviation.\n\n    content:\n      json: …       # application/json";
        OTHER_KIND = "TW0239", Warning, "a reference refers to a component of another kind",
            "A schema is required here, but the `$ref` refers to a response, request body, parameter or header. Its schema is used, or any value is allowed if it has none.\n\n    schema:\n      $ref: '#/components/responses/NotFound'      # '#/components/schemas/Problem'";
        PATTERN = "TW0240", Warning, "a pattern is not a regular expression",
            "A `pattern` is a regular expression of ECMA-262, as in JavaScript. This one is invalid, so `validate()` does not check it. Often it is written for another language (`(?i)` at its start, `\\A`, possessive `a++`), or lacks a backslash or bracket.\n\n    pattern: '^[a-z'      # '^[a-z]+$'";
        KEY_UNPLACED = "TW0241", Warning, "an API key without a place",
            "A security scheme `type: apiKey` declares the `name` of the key and its location, `in: header`, `query` or `cookie`. Without them no client can send it, so this one does not: the caller adds what the server expects, for instance a header of every call, and sets the credential of this name, which has no key.\n\n    key: { type: apiKey, in: header, name: X-Api-Key }";
        COLLECTION_FORMAT = "TW0242", Warning, "a `collectionFormat` that cannot be followed",
            "In Swagger 2.0 the items of a list are separated as `collectionFormat` declares: `csv` (commas), `ssv` (spaces), `tsv` (tabs), `pipes` (`|`), and in queries and forms `multi` (the parameter once for each item). Within a list, in a path and in a header `multi` has no meaning, and headers of responses are always read with commas. Commas are used instead.";
        ITEMS_OF_SEVERAL = "TW0243", Warning, "`items` is a list of schemas",
            "Swagger 2.0 has no tuples: `items` is one schema for every item. With a list of schemas each item may match any of them, at any position.\n\n    items: [{ $ref: '#/definitions/A' }, { $ref: '#/definitions/B' }]";
        DYNAMIC = "TW0244", Note, "a `$dynamicRef` that nothing binds",
            "The target of a `$dynamicRef` is determined by the schema that refers to the template, with a `$dynamicAnchor`. Here no schema has one and the anchor of the template allows no value, or the template contains itself through another schema. Any JSON is accepted. Refer to the template from a schema that has the anchor.\n\n    UserPage: { $id: user-page, $ref: page, $defs: { T: { $dynamicAnchor: T, $ref: '#/components/schemas/User' } } }";
        SCHEMA_NOWHERE = "TW0245", Warning, "the reference of a schema has no target",
            "The `$ref` of a schema has no target, so the values are unknown: any JSON is accepted. Correct the name, or add the schema.\n\n    $ref: '#/components/schemas/Pett'   # there is only Pet";
        RESPONSE_NOWHERE = "TW0246", Warning, "the reference of a response has no target",
            "The `$ref` of a response has no target, so its body is unknown: it is returned as bytes. Correct the name, or add the response.\n\n    '404': { $ref: '#/components/responses/NotFnd' }   # NotFound";
    }
}

/// `TW03`: the meaning of a document, reported while the API model is built.
pub mod api {
    use crate::diagnostics::code::codes;

    codes! {
        UNRESOLVED = "TW0301", Error, "a reference names nothing",
            "The `$ref` of a parameter, body or reply, or a name that stands for a component, names nothing in the document, as `$ref: '#/components/parameters/Limitt'` does where the parameter is called `Limit`. Correct the name, or add what it names.";
        CIRCLE = "TW0302", Warning, "a reference leads back to itself",
            "A schema that is only a reference to a schema that is only a reference to the first says nothing at all: `A: {$ref: B}` and `B: {$ref: A}`. It is read as any JSON. Give one of them a `type`.";
        CONTRADICTION = "TW0303", Warning, "parts of a schema contradict each other",
            "The parts of an `allOf` must all hold at once. Where one says `type: string` and the next `type: integer`, or two `enum`s share no value, no value is allowed. What is said last is followed, as it mostly is meant to replace what is inherited. Change one of the parts.";
        UNCHECKED = "TW0304", Note, "a condition that types cannot say",
            "The document demands something that is neither said by the types nor checked: that one of two lists of properties is there (`anyOf: [{required: [a]}, {required: [b]}]`), or that a value does not fit a schema (`not`). Requests may break the condition, and replies that break it are read.";
        VALUE_OF_OTHER_TYPE = "TW0305", Warning, "values that are not of the type",
            "An `enum` lists values that are not of the `type` beside it, such as `1` where it says `string`. Such values are left out; where all are of another type, the values are followed and not the type.";
        REQUIRED_UNDECLARED = "TW0306", Warning, "a required property of which nothing is said",
            "`required` names a property that no `properties` declares. Mostly it is a slip, and servers do not send it, so it becomes an optional field that holds any JSON. Declare the property, or take its name out of `required`.";
        DISCRIMINATOR_UNUSABLE = "TW0307", Warning, "a discriminator that does not tell branches apart",
            "A `discriminator` must lead each value to one branch. Here a branch has no value of its own, all branches share one, or a branch is no object. The branches are told apart by other means. Mend the `mapping`, or give the property a one-value `enum` in each branch.";
        MAPPING_NOWHERE = "TW0308", Warning, "a mapping to nowhere",
            "A `mapping` of a `discriminator` names a schema that is not there. The entry is passed over. Correct the name or the reference.";
        BY_TRIAL = "TW0309", Note, "branches that nothing tells apart",
            "No discriminator, no property with values of its own, no JSON type, no required property, no list of texts and no format tells the branches of a union apart. Each is tried, and the one that takes the value and knows the most of it is taken. A `discriminator` would decide. Where one value of such a property leads to several branches, only those are tried.";
        SCHEMA_NOWHERE = "TW0310", Warning, "the reference of a schema names nothing",
            "A `$ref` in the place of a schema names nothing in the document, or something that is no schema, as `#/components/responses/Pet` does. Of its values nothing is known, so they are read and written as any JSON. Correct the name, or add what it names.";
        OWN_HEADER = "TW0312", Note, "a header that the client writes",
            "Parameters called `Accept`, `Content-Type` or `Authorization` are ignored (OpenAPI 3.0, section 4.7.12.1): media types and security say what these headers hold.";
        SCHEME_UNSUPPORTED = "TW0313", Warning, "a security scheme that is not supported",
            "A scheme other than API keys, HTTP basic, bearer and digest, OAuth 2.0, OpenID Connect and mutual TLS. Until it is supported, it takes a provider of bearer tokens.";
        UNKNOWN_SCHEME = "TW0314", Warning, "a security scheme that is not declared",
            "`security` names a scheme that `components.securitySchemes` does not have, so the alternative that asks for it cannot be met. It is left out. Correct the name, or declare the scheme.";
        SELECTS_NOTHING = "TW0315", Error, "a selector that matches nothing",
            "`include` or `exclude` names an operation that the document does not have. A selector is an `operationId`, `tag:NAME` or `METHOD /path`; `*` stands for any text and `?` for one character. Or `pagination`, `long-running` or `streams` in `typewright.toml` speaks of such an operation, `empty-path` of a parameter that is not in the path of one, or `versions` lists one that no operation has beside the one that calls have anyway.";
        AS_BYTES = "TW0316", Note, "a media type that is handed over as bytes",
            "Values of this media type are not read or written by the client: a call takes and hands out bytes. JSON, forms, multipart, text, event streams and XML are read and written. XML only where it is all that the document offers, and where the schema says what each part of it is: the note names the part that has no name or type of its own in XML. Such are values of any type, lists of lists, unions whose variants no property names, lists and types without a name for their outermost element, and prefixes without a namespace. Describe the part more closely, with `xml` where its name is missing, or read the bytes with a library for XML. `text/xml` of this kind is handed over as text.";
        BODY_WITHOUT_CONTENT = "TW0317", Warning, "a request body without a media type",
            "`requestBody.content` is empty, so there is no way to write the body, and none is sent. Add a media type.";
        OTHER_VERSION = "TW0318", Note, "another version of a media type is used",
            "The document offers a body in several versions of one media type, such as `application/vnd.example.2023-01-01+json` and `…2024-08-05+json`. A client speaks one: the newest that is released (none with `preview`, `beta` and the like in it), or the newest up to the `version` that `typewright.toml` gives.";
        PAGINATION = "TW0319", Warning, "a pagination that does not fit",
            "`x-typewright-pagination`, or `pagination` in `typewright.toml`, names a query parameter or a member of the reply that the operation does not have, or an unknown `style`. The styles are `page`, `offset`, `index`, `token`, `last-item`, `link` and `header`; members are JSON pointers, or names with dots between. What the document itself lets recognise holds.";
        LONG_RUNNING = "TW0320", Warning, "a long-running operation that cannot be followed",
            "`x-typewright-operation`, or `long-running` in `typewright.toml`, names in `get` an operation that the document does not have, or one of which it is not clear which parameter takes the id (`parameter`). `get` is an `operationId`, `GET /path`, or a URL with the id in braces.";
        STREAM = "TW0321", Warning, "a stream that is not declared well",
            "`x-typewright-stream` of an operation, or `streams` in `typewright.toml`, is neither `events` nor `lines`, alone or as `{as: …}`, or its `item` is no component schema.";
        PART_HEADER = "TW0322", Note, "a header of a part that the caller gives",
            "`headers` in the `encoding` of a multipart body describes a header of a part. One that is required and can have but one value is sent; any other is given with the part: `File::header`, or `Part::header` of a body of parts.";
        LONG_TUPLE = "TW0323", Warning, "a list with more positions than a tuple has",
            "`prefixItems` gives more than twelve positions types of their own. Rust's tuples end there, as far as they can be shown and compared, so the list is one of any JSON. An object would give each value a name.";
        ENCODING_OF_PARTS = "TW0324", Note, "an encoding of parts that is not followed",
            "`encoding`, `prefixEncoding` and `itemEncoding` (OpenAPI 3.2) describe the parts of multipart bodies of requests, the last two of bodies that are lists. Elsewhere they say nothing, and a reply in parts is handed over as bytes. Within an encoding they describe a part that is made of parts itself: such a part is given whole, as `File::multipart` or `Part::multipart`.";
        BRANCHES_IN_ONE = "TW0325", Note, "branches of a union that become one, or none",
            "Branches of a `oneOf` or `anyOf` that no value tells apart, such as `type: string, format: uuid` beside `type: string`, become one type that takes the values of all; one that allows every value makes the others say nothing; and one that allows none is left out. No value is lost, but of which branch it is cannot be told. Give the branches types that differ, or leave the surplus one out.";
        NOT_SENT = "TW0326", Note, "a media type of the body that is not sent",
            "The document offers the same body in several media types, and this is one that the client cannot write, such as XML. The body is sent in another one that the document offers. Forms of what is JSON by default can be asked for: `.content_type(\"application/x-www-form-urlencoded\")`.";
        TOO_MANY = "TW0327", Warning, "schemas that multiply",
            "Each branch of a union is drawn together with what stands beside the union, and each schema with all that it takes in by `allOf`. Where unions stand within unions, or hundreds of schemas take in one another, this would make more types than anyone can use. Beyond a bound branches are read without what stands beside their union, and a schema that takes in more than 200 others as any JSON. Write unions beside one another as one, and long chains of `allOf` shorter.";
        EMPTY_PATH = "TW0328", Note, "a path that may end in nothing",
            "The description of the parameter that ends a path says what it means where it is empty, as `empty for the root` does, so that an empty text is sent. Of any other parameter of a path it is an error, since the request would go to another resource. `x-typewright-allow-empty: true` or `false` on the parameter says so for good, as does `empty-path = [\"OPERATION.PARAMETER\"]` in `typewright.toml`.";
    }
}

/// `TW04`: identifiers, reported while names are assigned.
pub mod names {
    use crate::diagnostics::code::codes;

    codes! {
        NAME_MOVED = "TW0401", Note, "a name was taken",
            "Two schemas ask for the same type name, for example a component `PetOwner` and the inline object of the property \
            `owner` of `Pet`; or a name is a word of Rust's prelude or of every generated crate, such as `Option` or `Client`. \
            Components come first, then operations, then inline types; what comes later gives way by a word: \
            `PetOwnerObject`. Properties, values, parameters and operations whose names differ in case or signs only do \
            likewise (`id_query`), and what no word tells apart gets a number, in the order of the names on the wire. \
            Give the schema a name of its own with `x-typewright-name`, or rename it in the configuration.";
        KEY_MATCHES_NOTHING = "TW0402", Error, "a key of the configuration matches nothing",
            "A key of `rename`, `types` or `derive`, a selector of `lenient`, or a prefix of `strip-prefix`, names a part of the document that is not there, so it would have no effect. A key is a component (`Pet`), a pointer (`#/components/schemas/Pet`), and for `rename` also a property (`Pet.kind`), an operation (`listPets`) or a parameter of one (`listPets.limit`); for `types` also `format:uuid`. A selector of `lenient` is a component, a member of one (`Pet.kind`), both with `*` for any text and `?` for one character, or a pointer. Correct the key, or remove it.";
        NOT_RUST = "TW0403", Error, "a name or path that is no Rust",
            "A value of `rename` is an identifier (`kind`), a value of `types` or `derive` a path (`rust_decimal::Decimal`). Correct the value.";
        DERIVE_IMPOSSIBLE = "TW0404", Warning, "a type cannot derive a trait",
            "`Eq`, `Hash`, `PartialOrd` and `Ord` can be derived only where every field has them, however deep: a number with a fraction (`f64`) has no `Eq`, any JSON and maps have no `Hash` and no order. `JsonSchema`, `ToSchema`, `ValueEnum`, `Serialize` and `Deserialize` describe a type by its names in Rust, so they can be derived only where these are the names on the wire, too. The derive is left out. With `*` in place of the type's name, all types that can derive it do.";
        DEFAULT_UNSAID = "TW0405", Note, "a default that no accessor returns",
            "A field that may be left out and has a `default` gets an accessor, `limit_or_default()`, that returns the default where the field is not set. Here the default is no value of the field's type (a text that is no date, an object without a required property), or the type is your own. The default is said in the documentation of the field alone. Correct the default.";
        LENIENT_UNION = "TW0406", Warning, "branches of a union that stay as documented",
            "With `responses = \"lenient\"` the members that a document requires of replies may be missing or null. The branches of this union are tried one after another, and it is by what they require that a value is known to be of one and not of another: were all of it optional, the first would take the values of all. So these types, and what they hold, are read as documented. `lenient` makes types and members optional all the same where it names them; a `discriminator` in the document would tell the branches apart by other means.";
        LENIENT_WITHOUT_EFFECT = "TW0407", Warning, "a selector of `lenient` that changes nothing",
            "A selector of `lenient` names types or members of which replies may lack what the document requires. This one names something that only requests hold, or that no operation reaches, or that has no required member: a member that is not required may be missing anyway, and null in its place is taken unless the client decodes strictly. Remove the selector.";
        NAME_UNLOCKED = "TW0408", Warning, "a name that callers use has changed",
            "`typewright.lock` keeps the names of earlier runs. This one could not stay: `x-typewright-name` or `rename` now asks for another, or for this one elsewhere; two branches gave it to different parts of the document and were merged; or it is a word that is reserved now. Callers have to use the new name. Give the part the old name with `x-typewright-name` or `rename` if it should have it.";
        SERVER_CLASH = "TW0420", Warning, "an operation that a server cannot tell from another",
            "A server chooses the operation of a request by its method and path. Two operations have the same method, and paths that differ in the names of their parameters only, or they are versions of one operation that differ in media types. The server has a handler for the first of them; the client has both.\n\n    /pets/{id}:   { get: … }\n    /pets/{name}: { get: … }   # which of the two is `GET /pets/5`?\n\nGive one of them another path, or leave it out with `exclude`.";
        SERVER_PATH = "TW0421", Warning, "a path that a server cannot route",
            "The path of an operation has a query (`?`) or a fragment (`#`), as documents write it that list the actions of one URL as paths. A server chooses operations by the path alone, so it has no handler for this one; the client has its method.\n\n    /servers#reboot: { post: … }\n\nMake the part behind the path a parameter, and give the actions one operation.";
    }
}

/// `TW05`: options and files, reported by the command and by build scripts.
pub mod host {
    use crate::diagnostics::code::codes;

    codes! {
        FOREIGN_FILE = "TW0501", Error, "a file that was not generated is in the way",
            "Only files that begin with `// Generated by Typewright. …`, and pages of `inspect --html`, are ever replaced or removed. The named file was not generated, so nothing was changed.\n\nMove it elsewhere, or name another folder: `typewright generate api.yaml --out generated/api`.";
        UNWRITABLE = "TW0502", Error, "the output cannot be written",
            "The system refused to write or replace a file. All existing files are unchanged.\n\nCheck the permissions of the folder and the space on the disk.";
        CONFIG_UNREADABLE = "TW0503", Error, "typewright.toml cannot be read",
            "The configuration that was named does not exist or cannot be read.\n\n    typewright generate --config api/typewright.toml";
        CONFIG_SYNTAX = "TW0504", Error, "typewright.toml is invalid",
            "The configuration is not valid TOML, or a value in it has the wrong type.\n\n    [[client]]\n    document = \"specs/pets.yaml\"\n    out = \"generated/pets\"\n\nCorrect the text at the place shown.";
        CONFIG_UNKNOWN_KEY = "TW0505", Error, "typewright.toml has an unknown key",
            "Unknown keys are errors, since a misspelled option would otherwise have no effect.\n\n    [[client]]\n    documnet = \"specs/pets.yaml\"   # document\n\nCorrect the key, or remove it.";
        CONFIG_CLASH = "TW0506", Error, "two clients of typewright.toml are written to one folder",
            "Each client needs its own output folder; otherwise the files of one would be outdated files of the other.\n\nGive each `[[client]]` another `out`.";
        CRATE_NAME = "TW0507", Error, "the name cannot be the name of a crate",
            "A crate's name has ASCII letters, digits, `-` and `_`, starts with a letter, and is no keyword of Rust.\n\n    typewright generate api.yaml --name pet-store";
        RUNTIME_PATH = "TW0508", Error, "the runtime is not there",
            "`--runtime-path` names the folder of the package `typewright-runtime`, the one with its `Cargo.toml`.\n\n    typewright generate api.yaml --runtime-path ../typewright/runtime";
        MANIFEST = "TW0509", Error, "the crate's Cargo.toml cannot be changed",
            "`Cargo.toml` is written once; later runs change only the dependencies and features that generated code needs. For that it must be valid TOML.\n\nCorrect it, or remove it so that it is written again.";
        OWN_WORKSPACE = "TW0510", Note, "the crate is a workspace of its own",
            "A folder above the crate is a workspace that does not list the crate. Cargo refuses such a crate, so its `Cargo.toml` received an empty `[workspace]` table, with which it builds alone.\n\nTo make it a member, add it to `workspace.members` above and remove the table.";
        BUILD_SCRIPT = "TW0511", Error, "not called by a build script",
            "`typewright::build` writes to the folder that Cargo names in `OUT_DIR`, which is set while `build.rs` runs.\n\nCall it from `build.rs`, or name a folder with `Builder::out_dir`.";
        PAGE_UNREADABLE = "TW0513", Error, "a page cannot be read",
            "`typewright import` reads Markdown and reStructuredText pages, one by one or all below a folder. What was named does not exist or is not UTF-8 text.\n\n    typewright import docs/api-ref --out specs/openapi.yaml";
        SEVERAL_SERVICES = "TW0514", Error, "the pages are of several services",
            "Each service becomes a document of its own, and one file was named for all.\n\nName a folder: `typewright import docs --out specs` writes `specs/SERVICE/openapi.yaml`.";
        NOT_THE_PAGES = "TW0515", Error, "no page is about the document",
            "`typewright import --check` compares a document with the pages that it was made of. None of the operations of the pages is in this document.\n\n    typewright import --check specs/pets/openapi.yaml docs/pets";
        FORMAT = "TW0516", Note, "rustfmt did not lay out the text",
            "The command formats the generated text with rustfmt, so that `cargo fmt --check` passes. rustfmt is not installed, or it failed; the text was written as the generator prints it, which compiles as well.\n\nInstall it with `rustup component add rustfmt`, or pass `--no-rustfmt` (`rustfmt = false` in typewright.toml) to disable formatting everywhere.";
        EDITED_FILE = "TW0517", Error, "a generated file was edited by hand",
            "Generated files carry a checksum in their second line. The content of this one is not what was generated, so that the next version would lose the edit. Nothing was written. Layout is no edit: rustfmt and other line ends change nothing.\n\nMove code of your own to `src/ext/mod.rs`, which is never touched and which the generated `lib.rs` declares; `impl Client` can be there. To lose the edit, pass `typewright generate --force`.";
        URL_REFUSED = "TW0521", Error, "the URL of a document is refused",
            "The command fetches documents by `https` (by `http` only from this machine itself), and the files to which they refer from the same folder of the same server.\n\n    typewright generate https://pets.example/openapi.yaml --out pets";
        NO_COPY = "TW0522", Error, "no copy of a document on the network is stored",
            "A document that typewright.toml names by a URL is read from its copy beside the configuration, so that the output depends only on committed files.\n\n`typewright update` fetches the document and stores the copy; commit the folder `typewright-documents`.";
        OTHER_COPY = "TW0523", Error, "the copy of a document is not the one that was fetched",
            "The folder `typewright-documents` contains copies, and `lock.toml` the SHA-256 of each. A copy is missing or was changed by hand.\n\nChange documents of others by an overlay, or fetch the copy again with `typewright update`.";
        BAD_LOCK = "TW0524", Error, "the list of copies cannot be used",
            "`typewright-documents/lock.toml` lists the copies. It is part of the repository, and files are read, replaced and removed according to it: with a path that leaves the folder, or a copy without a hash, it is rejected, and nothing was changed.\n\n    [[document]]\n    url = \"https://pets.example/openapi.yaml\"\n    copy = \"../../.bashrc\"\n\nRemove the folder `typewright-documents` and fetch the documents again with `typewright update`; find out who changed the list.";
        CONFIG_OUTSIDE = "TW0525", Error, "a path in typewright.toml leaves the repository",
            "A configuration that came with a repository writes and reads within that repository: within the folder that holds `.git`, `.hg` or `.jj`, or without one within the folder in which the command runs, and not through links to the outside.\n\n    [[client]]\n    document = \"/etc/passwd\"\n    out = \"../../elsewhere\"\n\nIf you trust the configuration and it uses another folder, pass `typewright generate --allow-outside`. Paths on the command line are not restricted.";
        LOCK_INVALID = "TW0526", Error, "the lock of a client is invalid",
            "`typewright.lock` holds the names of a generated crate and what they stand for, so that later runs keep them. It is not valid TOML, has marks of a merge that failed or an entry twice, or a value in it is of the wrong type or no identifier. Nothing was written.\n\n    [names]\n    \"component Pet\" = \"Pet\"\n\nAfter a merge keep one line of each entry. To name everything anew, which may change names that callers use, run `typewright generate --update-names`.";
        LOCK_NEWER = "TW0527", Error, "the lock of a client is of a newer version",
            "`typewright.lock` was written by a newer release of Typewright, in a format that this one does not know. Nothing was written.\n\nUpdate Typewright.";
        LOCK_UNREADABLE = "TW0528", Error, "the lock of a client cannot be read",
            "`typewright.lock`, or the lock that a build script names, exists and cannot be read, or is not UTF-8 text; or a build script names one that does not exist. Nothing was written.\n\nCheck the path and the permissions.";
    }
}

/// `TW06`: reference pages of vendors, reported by `typewright import`.
pub mod import {
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
}
