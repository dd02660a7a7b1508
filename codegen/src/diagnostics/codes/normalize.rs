//! `TW02`: versions and repairs, reported while a document is normalized.

use crate::diagnostics::code::codes;

codes! {
    NOT_OPENAPI = "TW0201", Error, "this is no API description",
        "An API description is an object with `openapi: 3.x.y` or `swagger: \"2.0\"` at its top. This file has neither.\n\nCheck that the right file is named.";
    VERSION_UNKNOWN = "TW0202", Error, "the version cannot be read",
        "Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2 can be read.\n\n    openapi: 3.0.3\n\nConvert older documents first.";
    VERSION_NEWER = "TW0203", Warning, "the version is newer than what is known",
        "Minor versions of OpenAPI 3 are read alike, so the document is taken as the newest one that is known. What only the newer version has is reported as unknown.";
    UNKNOWN_KEY = "TW0204", Warning, "a key is not known",
        "The specification has no member of this name here, so it has no effect. Often it is a slip of the pen or stands one level too deep.\n\n    operationID: listPets     # operationId\n\nMembers of your own start with `x-`.";
    WRONG_TYPE = "TW0205", Warning, "a value is of the wrong type",
        "The value cannot be what the specification wants here, and nothing can be guessed from it. It was left out; everything around it counts.\n\n    tags: 5      # has to be an array of strings";
    RETYPED = "TW0206", Warning, "a value of the wrong type has a clear meaning",
        "The value is of the wrong type, but only one reading makes sense, and that was taken.\n\n    version: 1.10      # a number to YAML; read as the string \"1.10\"\n\nQuotes make a string of it.";
    LONELY_ITEM = "TW0207", Warning, "an array with one item lacks its brackets",
        "An array has to stand here. The value was read as its only item.\n\n    tags: pets       # tags: [pets]";
    NULL_MEMBER = "TW0208", Note, "a member has no value",
        "In YAML a key with nothing behind it has the value null, which means nothing here. The member counts as absent.\n\n    parameters:\n    responses: …";
    OTHER_VERSION = "TW0209", Note, "a keyword belongs to another version",
        "The keyword exists in another version of OpenAPI than the one that the document names. It is taken to mean what it means there.\n\n    openapi: 3.0.3\n    …\n    const: cat        # of 3.1\n\nRaise the document's version, or use `enum: [cat]`.";
    MISSING_MEMBER = "TW0210", Warning, "a member that has to be there is missing",
        "The specification demands this member. Something harmless stands in for it.\n\n    responses:\n      '200': {}        # has no `description`";
    USELESS = "TW0211", Warning, "an object lacks what gives it a meaning",
        "Without this member the object says nothing that could be used, so it was left out.\n\n    parameters:\n      - name: limit     # no `in`: it could go anywhere";
    BESIDE_REFERENCE = "TW0212", Warning, "a member beside `$ref` has no effect",
        "Outside schemas only `summary` and `description` may stand beside `$ref`; anything else is ignored by the specification.";
    REQUIRED_FLAG = "TW0213", Warning, "`required` stands in the property itself",
        "Which properties are required is a list in the object that has them. A flag inside the property says nothing (it did in an old draft). The property stays optional, so that values without it can be read.\n\n    properties:\n      id: { type: string, required: true }   # required: [id] beside `properties`";
    NULLABLE_REFERENCE = "TW0214", Warning, "`nullable` stands beside `$ref`",
        "OpenAPI 3.0 ignores what stands beside `$ref`, but the author surely wanted null to be allowed, and so it is.\n\n    allOf: [{ $ref: '#/components/schemas/Pet' }]\n    nullable: true";
    UNKNOWN_TYPE = "TW0215", Warning, "a type is not known",
        "The types are string, number, integer, boolean, object and array. A usual slip such as `int` is read as what it means; with anything else the schema allows any value.";
    TYPE_MISSING = "TW0216", Note, "`type` is missing",
        "Without `type` a schema with `properties` allows strings and numbers too. Nobody means that, so the type that the other keywords imply was assumed.";
    STRANGER = "TW0217", Warning, "a keyword says nothing for the type",
        "Some keywords hold for values of one type only; `items` for instance says nothing of a string. It was left out.\n\n    type: string\n    items: { type: string }      # is `type: array` meant?";
    UNKNOWN_FORMAT = "TW0218", Note, "a format is not known",
        "Formats are free: one that is not known narrows nothing, and the type alone counts. Each is named once.";
    ENUM_TWICE = "TW0219", Warning, "a value stands twice in an `enum`",
        "The values of `enum` are a set. The repetition was left out.\n\n    enum: [asc, desc, asc]";
    ENUM_MIXED = "TW0220", Warning, "a value of `enum` is not of the type",
        "`type` excludes the value, so it could never occur. Where it was only written without quotes, it was read as the type demands.\n\n    type: string\n    enum: [1.10, on, true]";
    DEFAULT_TYPE = "TW0221", Warning, "the default is not of the type",
        "The default could never be a valid value. Where it was only written the wrong way it was converted, else it was left out.";
    DEFAULT_OUTSIDE = "TW0222", Warning, "the default is none of the values of `enum`",
        "The default could never be a valid value; it was left out.\n\n    enum: [asc, desc]\n    default: ascending";
    EXAMPLE_TYPE = "TW0223", Warning, "the example is not of the type",
        "The example is no valid value. Where it was only written the wrong way it was converted, else it was left out of the docs.";
    PATH_WITHOUT_SLASH = "TW0224", Warning, "a path has no slash at its start",
        "Paths are appended to the server's URL and start with a slash.";
    STATUS = "TW0225", Warning, "a status cannot be read",
        "Responses are listed by status: three digits, a digit and `XX`, or `default`.";
    PATH_REQUIRED = "TW0226", Warning, "a path parameter is not marked as required",
        "A path cannot be built without its parameters, so each of them has `required: true`, which was assumed.";
    REFERENCE_GUESSED = "TW0227", Warning, "a reference leads nowhere, but a component has its name",
        "The `$ref` does not lead to anything, yet there is one component with the name that it ends in, as half-converted documents have it. That component is used.\n\n    $ref: '#/definitions/Pet'      # '#/components/schemas/Pet' in OpenAPI 3";
    NAME_TAKEN = "TW0228", Note, "two components have one name",
        "The components of all files, and the definitions inside schemas, become one set, in which names are unique. The later one got the name of the component, file or folder that it stands in, in front. Rename one of them for a name of your choice.";
    MAPPING_NOWHERE = "TW0229", Warning, "a discriminator's mapping leads nowhere",
        "The schema that the mapping names does not exist, so the entry was left out.\n\n    mapping:\n      cat: '#/components/schemas/Catt'";
    CALLBACK_CIRCLE = "TW0230", Note, "a path or callback refers to itself",
        "Paths and callbacks are copied to where they are referred to. This reference leads back to a path around it, so the copy would never end; it was left out. Calls that the service makes to you are not generated, so nothing is missing.";
    SECOND_BODY = "TW0231", Warning, "a request has more than one body",
        "An operation of Swagger 2.0 has either one parameter `in: body` or parameters `in: formData`. What cannot be sent beside the first body was left out.";
    OPERATION_ID_MISSING = "TW0232", Note, "an operation has no `operationId`",
        "The name of the method is made from the HTTP method and the path, so it changes when the path does.\n\n    /pets:\n      get:\n        operationId: listPets";
    OPERATION_ID_TWICE = "TW0233", Warning, "two operations have one `operationId`",
        "Operation ids are unique in a document. The later operation is named after its HTTP method and path instead.";
    PATH_UNDECLARED = "TW0234", Warning, "a parameter of the path is not declared",
        "The path has a `{name}` for which there is no parameter. A string was assumed.\n\n    /pets/{id}:\n      get:\n        parameters: []      # - { name: id, in: path, required: true, schema: { type: string } }";
    PATH_SURPLUS = "TW0235", Warning, "a path parameter is not in the path",
        "The parameter says `in: path`, but the path has no `{name}` of that name, so it could not be sent and was left out. Where exactly one name is missing on each side the parameter was taken to mean it.";
    PATHS_ALIKE = "TW0236", Warning, "two paths differ only in the names of their parameters",
        "No server can tell them apart. Both are generated all the same.\n\n    /pets/{id}\n    /pets/{name}";
    PARAMETER_TWICE = "TW0237", Warning, "a parameter is declared twice",
        "Parameters are unique by name and place. The first one counts.";
    MEDIA_TYPE = "TW0238", Warning, "a media type cannot be read",
        "A media type is `type/subtype`, perhaps with parameters. This is none; it was left out where nothing can be made of it.\n\n    content:\n      json: …       # application/json";
    OTHER_KIND = "TW0239", Warning, "a reference leads to a component of another kind",
        "A schema has to stand here, and the `$ref` leads to a response, request body, parameter or header. The schema of that was taken, or any value is allowed where it has none.\n\n    schema:\n      $ref: '#/components/responses/NotFound'      # '#/components/schemas/Problem'";
    PATTERN = "TW0240", Warning, "a pattern is no regular expression",
        "A `pattern` is a regular expression of ECMA-262, as JavaScript has them. This is none, so `validate()` checks nothing in its place. Often it is of another language (`(?i)` at its start, `\\A`, possessive `a++`), or lacks a backslash or bracket.\n\n    pattern: '^[a-z'      # '^[a-z]+$'";
    KEY_UNPLACED = "TW0241", Warning, "an API key without a place",
        "A security scheme `type: apiKey` says under which `name` the key goes and where, `in: header`, `query` or `cookie`. Without them no client can send it, so this one sends none: the caller adds what the server expects, for instance a header of every call, and says so with the credential of this name, which takes no key.\n\n    key: { type: apiKey, in: header, name: X-Api-Key }";
    COLLECTION_FORMAT = "TW0242", Warning, "a `collectionFormat` that cannot be followed",
        "In Swagger 2.0 the items of a list are separated as `collectionFormat` says: `csv` (commas), `ssv` (spaces), `tsv` (tabs), `pipes` (`|`), and in queries and forms `multi` (the parameter once for each item). Within a list, in a path and in a header `multi` cannot be, and headers of replies are read with commas. Commas are used instead.";
    ITEMS_OF_SEVERAL = "TW0243", Warning, "`items` is a list of schemas",
        "Swagger 2.0 knows no tuples: `items` is one schema, for every item. A list of schemas is taken to mean that each item is of any of them, wherever it stands.\n\n    items: [{ $ref: '#/definitions/A' }, { $ref: '#/definitions/B' }]";
    DYNAMIC = "TW0244", Note, "a `$dynamicRef` that nothing decides",
        "Which schema a `$dynamicRef` names, the schema decides that refers to the template: by a `$dynamicAnchor` of its own. Here none does, and the template's own anchor allows no value, or the template holds itself by way of another schema. Any JSON is read and written. Refer to the template from a schema that has the anchor.\n\n    UserPage: { $id: user-page, $ref: page, $defs: { T: { $dynamicAnchor: T, $ref: '#/components/schemas/User' } } }";
    SCHEMA_NOWHERE = "TW0245", Warning, "the reference of a schema leads nowhere",
        "The `$ref` of a schema names nothing, so nothing is known of the values there: any JSON is read and written. Correct the name, or add the schema.\n\n    $ref: '#/components/schemas/Pett'   # there is only Pet";
    RESPONSE_NOWHERE = "TW0246", Warning, "the reference of a response leads nowhere",
        "The `$ref` of a response names nothing, so nothing is known of its body: it is handed over as bytes. Correct the name, or add the response.\n\n    '404': { $ref: '#/components/responses/NotFnd' }   # NotFound";
}
