//! `TW03`: the meaning of a document, reported while the API model is built.

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
        "Values of this media type are not read or written by the client: a call takes and hands out bytes. JSON, forms, multipart, text and event streams are read and written.";
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
