//! `TW02`: versions and repairs, reported while a document is normalized.

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
