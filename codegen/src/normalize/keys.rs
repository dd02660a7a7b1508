//! The extension keys of the normal form, for concepts that OpenAPI 3.0 does not have. All are declared here.
//!
//! No key contains a schema: a schema is moved to `components.schemas` under a name that starts with [`HOISTED`], and the key
//! holds the pointer `#/components/schemas/…` to it.

/// The prefix of every key.
pub const PREFIX: &str = "x-typewright-";

/// The prefix of the names of schemas that were moved to `components.schemas`.
///
/// These schemas are inline in the source document; [`Origins`](super::Origins) has their places there.
pub const HOISTED: &str = "typewright.";

/// On a schema: `minimum` as decimal text. The types of `openapiv3` would round it.
pub const MINIMUM: &str = "x-typewright-minimum";
/// On a schema: `maximum` as decimal text.
pub const MAXIMUM: &str = "x-typewright-maximum";
/// On a schema: `multipleOf` as decimal text.
pub const MULTIPLE_OF: &str = "x-typewright-multipleOf";
/// On a schema: every entry of 3.1's `examples`, an array of JSON values; the first is in `example` too.
pub const EXAMPLES: &str = "x-typewright-examples";
/// On a schema: the XML Object, unchanged (name, namespace, prefix, attribute, wrapped, nodeType).
pub const XML: &str = "x-typewright-xml";
/// On a schema of type array: pointers to the schemas of the first items, in order; `items` applies to those after them.
pub const PREFIX_ITEMS: &str = "x-typewright-prefixItems";
/// On a schema of type object: the regular expressions of `patternProperties`. `additionalProperties` covers their
/// schemas.
pub const PATTERNS: &str = "x-typewright-patternProperties";
/// On a schema with [`PATTERNS`]: `true` if each member must be declared or match one of the patterns.
pub const ONLY_PATTERNS: &str = "x-typewright-onlyPatternProperties";
/// On a schema with [`PATTERNS`]: `true` if `additionalProperties` accepts values that the schema of the matching pattern
/// rejects.
pub const WIDENED: &str = "x-typewright-widenedPatternProperties";
/// On a schema: pointer to the schema of `propertyNames`.
pub const PROPERTY_NAMES: &str = "x-typewright-propertyNames";
/// On a schema: pointer to the schema of `contains`.
pub const CONTAINS: &str = "x-typewright-contains";
/// On a schema: `minContains`.
pub const MIN_CONTAINS: &str = "x-typewright-minContains";
/// On a schema: `maxContains`.
pub const MAX_CONTAINS: &str = "x-typewright-maxContains";
/// On a schema: pointer to the schema of `if`.
pub const IF: &str = "x-typewright-if";
/// On a schema: pointer to the schema of `then`.
pub const THEN: &str = "x-typewright-then";
/// On a schema: pointer to the schema of `else`.
pub const ELSE: &str = "x-typewright-else";
/// On a schema: an object from property to the pointer of its dependent schema.
pub const DEPENDENT_SCHEMAS: &str = "x-typewright-dependentSchemas";
/// On a schema: an object from property to the list of properties that it requires.
pub const DEPENDENT_REQUIRED: &str = "x-typewright-dependentRequired";
/// On a schema: `false`, or the pointer to a schema.
pub const UNEVALUATED_ITEMS: &str = "x-typewright-unevaluatedItems";
/// On a schema: `false`, or the pointer to a schema.
pub const UNEVALUATED_PROPERTIES: &str = "x-typewright-unevaluatedProperties";
/// On a schema of type string: `contentEncoding`, such as `base64` or `base64url`.
pub const CONTENT_ENCODING: &str = "x-typewright-contentEncoding";
/// On a schema: `contentMediaType`.
pub const CONTENT_MEDIA_TYPE: &str = "x-typewright-contentMediaType";
/// On a schema: pointer to the schema of `contentSchema`.
pub const CONTENT_SCHEMA: &str = "x-typewright-contentSchema";
/// On a schema: `true` if its `enum` with one value was a `const`.
pub const CONST: &str = "x-typewright-const";
/// On a schema: `true` if its `enum` has no valid value.
pub const EMPTY_ENUM: &str = "x-typewright-emptyEnum";
/// On a schema: `true` if its `type` was inferred from other keywords.
pub const ASSUMED_TYPE: &str = "x-typewright-assumedType";
/// On a schema: `$comment`.
pub const COMMENT: &str = "x-typewright-comment";

/// On a media type: pointer to the schema of each item of a stream (3.2 `itemSchema`).
pub const ITEM_SCHEMA: &str = "x-typewright-itemSchema";
/// On a media type: 3.2 `prefixEncoding`, an array of Encoding Objects.
pub const PREFIX_ENCODING: &str = "x-typewright-prefixEncoding";
/// On a media type: 3.2 `itemEncoding`, an Encoding Object.
pub const ITEM_ENCODING: &str = "x-typewright-itemEncoding";
/// On an encoding: 3.2 nested `encoding`.
pub const ENCODING: &str = "x-typewright-encoding";
/// On an encoding or header: `explode` if it is present. Its default depends on `style`, and the types of `openapiv3` do
/// not distinguish absence from `false`.
pub const EXPLODE: &str = "x-typewright-explode";
/// On a parameter or header: a `style` that 3.0 does not have in this location.
pub const STYLE: &str = "x-typewright-style";
/// On a parameter that is not in the query, or a header: `allowReserved: true`.
pub const ALLOW_RESERVED: &str = "x-typewright-allowReserved";
/// On a parameter in the path: `true` or `false`, from the author or from `allowEmptyValue`, which 3.0 has only for the
/// query: whether it may be empty.
pub const ALLOW_EMPTY: &str = "x-typewright-allow-empty";
/// On a parameter in the query: `true` for a `querystring` of 3.2, whose content is the whole query string.
pub const QUERYSTRING: &str = "x-typewright-querystring";
/// On an array schema of a parameter or header of 2.0: the `collectionFormat` of its items.
pub const COLLECTION_FORMAT: &str = "x-typewright-collectionFormat";

/// The prefix of the names in `components.callbacks` that hold operations with methods that 3.0 does not have:
/// `typewright.operations.QUERY` maps a path such as `/pets/{id}` to a path item whose `post` is the operation with the method
/// `QUERY`. Servers and parameters of the path are repeated there.
pub const OPERATIONS: &str = "typewright.operations.";
/// The name in `components.callbacks` that holds the webhooks of 3.1: from the webhook's name to its path item.
pub const WEBHOOKS: &str = "typewright.webhooks";
/// The name in `components.callbacks` that holds `components.pathItems` of 3.1.
pub const PATH_ITEMS: &str = "typewright.pathItems";

/// On a schema, operation, parameter, server or path item: its name in the generated code. Written by authors.
pub const NAME: &str = "x-typewright-name";
/// On an operation: how its pages follow each other. Written by authors.
pub const PAGINATION: &str = "x-typewright-pagination";
/// On an operation: how it is polled, and the types of its result and progress. Written by authors.
pub const LONG_RUNNING: &str = "x-typewright-operation";
/// On an operation or media type: `lines` or `events`, the form of a stream. Written by authors, and by the rewriting of
/// 2.0 and of media types that declare a stream.
pub const STREAM: &str = "x-typewright-stream";

/// On the document: the declared version, verbatim, such as `3.1.0`.
pub const VERSION: &str = "x-typewright-version";
/// On the document: 3.2 `$self`.
pub const SELF: &str = "x-typewright-self";
/// On the document: 3.1 `jsonSchemaDialect`.
pub const JSON_SCHEMA_DIALECT: &str = "x-typewright-jsonSchemaDialect";
/// On `info`, a tag or a response: `summary`.
pub const SUMMARY: &str = "x-typewright-summary";
/// On the licence: its SPDX expression.
pub const IDENTIFIER: &str = "x-typewright-identifier";
/// On a server: 3.2 `name`.
pub const SERVER_NAME: &str = "x-typewright-serverName";
/// On a tag: the name of its parent.
pub const TAG_PARENT: &str = "x-typewright-parent";
/// On a tag: its kind, such as `nav`.
pub const TAG_KIND: &str = "x-typewright-kind";
/// On a discriminator: pointer to the schema for unmapped values.
pub const DEFAULT_MAPPING: &str = "x-typewright-defaultMapping";
/// On a security scheme: its `type` if 3.0 does not have it (`mutualTLS`), or if a required member is missing (`apiKey`); the
/// scheme then is of type `http`.
pub const SCHEME_TYPE: &str = "x-typewright-type";
/// On a security scheme of type `oauth2`: 3.2 `oauth2MetadataUrl`.
pub const METADATA_URL: &str = "x-typewright-oauth2MetadataUrl";
/// On a security scheme: `true` if it is deprecated.
pub const DEPRECATED: &str = "x-typewright-deprecated";
/// On OAuth flows: the device authorization flow, an object with `deviceAuthorizationUrl`, `tokenUrl`, `refreshUrl`
/// and `scopes`.
pub const DEVICE_AUTHORIZATION: &str = "x-typewright-deviceAuthorization";
/// On an example: 3.2 `serializedValue`.
pub const SERIALIZED_VALUE: &str = "x-typewright-serializedValue";
/// On an operation: the extensions of its callbacks, by callback.
pub const CALLBACK_EXTENSIONS: &str = "x-typewright-callbacks";
