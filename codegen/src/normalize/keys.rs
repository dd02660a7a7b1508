//! The keys of the normal form that OpenAPI 3.0 does not have.
//!
//! What later versions say and 3.0 cannot travels in these extension keys. A schema is never stored inside one: it is
//! moved to `components.schemas` under a name that starts with [`HOISTED`], and the key holds the pointer
//! `#/components/schemas/…` to it. Numbers that neither an `i64` nor a double holds exactly travel as text.

/// What every key starts with.
pub const PREFIX: &str = "x-typewright-";

/// What the names of schemas start with that were moved to the components for want of a place of their own.
///
/// Such a schema is an inline schema in truth; [`Origins`](super::Origins) says where it stood.
pub const HOISTED: &str = "typewright.";

/// On a schema: `minimum` as decimal text. The types of `openapiv3` would round it.
pub const MINIMUM: &str = "x-typewright-minimum";
/// On a schema: `maximum` as decimal text.
pub const MAXIMUM: &str = "x-typewright-maximum";
/// On a schema: `multipleOf` as decimal text.
pub const MULTIPLE_OF: &str = "x-typewright-multipleOf";
/// On a schema: every entry of 3.1's `examples`, an array of JSON values; the first is in `example` too.
pub const EXAMPLES: &str = "x-typewright-examples";
/// On a schema: the XML Object as it stands (name, namespace, prefix, attribute, wrapped, nodeType).
pub const XML: &str = "x-typewright-xml";
/// On a schema of type array: pointers to the schemas of the first items, in order; `items` holds for those behind.
pub const PREFIX_ITEMS: &str = "x-typewright-prefixItems";
/// On a schema of type object: the regular expressions of `patternProperties`. `additionalProperties` was widened to
/// cover their schemas.
pub const PATTERNS: &str = "x-typewright-patternProperties";
/// On a schema with [`PATTERNS`]: `true` where no member may be there that is neither declared nor has a name that one of
/// the patterns matches.
pub const ONLY_PATTERNS: &str = "x-typewright-onlyPatternProperties";
/// On a schema with [`PATTERNS`]: `true` where `additionalProperties` takes values that the schema of the pattern that
/// matches their name does not.
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
/// On a schema: an object from property to the list of properties that it demands.
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
/// On a schema: `true` where the author wrote `const` rather than an `enum` with one value.
pub const CONST: &str = "x-typewright-const";
/// On a schema: `true` where its `enum` has no value.
pub const EMPTY_ENUM: &str = "x-typewright-emptyEnum";
/// On a schema: `true` where its `type` is not the author's, but what other keywords suggest.
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
/// On an encoding or header: `explode` where it is written (its default depends on `style`, and the types of the
/// normal form cannot say that it is absent).
pub const EXPLODE: &str = "x-typewright-explode";
/// On a parameter or header: the `style` where 3.0 has none of that name in that place.
pub const STYLE: &str = "x-typewright-style";
/// On a parameter that is not in the query, or a header: `allowReserved: true`.
pub const ALLOW_RESERVED: &str = "x-typewright-allowReserved";
/// On a parameter in the path: whether it may be empty, as the author says, or by `allowEmptyValue`, which 3.0 has in queries
/// alone.
pub const ALLOW_EMPTY: &str = "x-typewright-allow-empty";
/// On a parameter in the query: `true` where it is 3.2's `querystring`: its content is the whole query string.
pub const QUERYSTRING: &str = "x-typewright-querystring";
/// On an array schema of a parameter or header of 2.0: the `collectionFormat` of its own items.
pub const COLLECTION_FORMAT: &str = "x-typewright-collectionFormat";

/// The start of the names in `components.callbacks` that hold operations with other methods than 3.0's eight:
/// `typewright.operations.QUERY` maps a path such as `/pets/{id}` to a path item whose `post` is the operation that is
/// sent with `QUERY`. Servers and parameters of the path are repeated there.
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

/// On the document: the version as the user wrote it, such as `3.1.0`.
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
/// On a tag: the name of the tag above it.
pub const TAG_PARENT: &str = "x-typewright-parent";
/// On a tag: what kind it is, such as `nav`.
pub const TAG_KIND: &str = "x-typewright-kind";
/// On a discriminator: the schema for values that no mapping names, as a pointer.
pub const DEFAULT_MAPPING: &str = "x-typewright-defaultMapping";
/// On a security scheme: its `type` where 3.0 has none of that name (`mutualTLS`), or where it lacks what 3.0 demands
/// (`apiKey`); the scheme then is an `http` one.
pub const SCHEME_TYPE: &str = "x-typewright-type";
/// On a security scheme of type `oauth2`: 3.2 `oauth2MetadataUrl`.
pub const METADATA_URL: &str = "x-typewright-oauth2MetadataUrl";
/// On a security scheme: `true` where it is deprecated.
pub const DEPRECATED: &str = "x-typewright-deprecated";
/// On OAuth flows: the device authorization flow, an object with `deviceAuthorizationUrl`, `tokenUrl`, `refreshUrl`
/// and `scopes`.
pub const DEVICE_AUTHORIZATION: &str = "x-typewright-deviceAuthorization";
/// On an example: 3.2 `serializedValue`.
pub const SERIALIZED_VALUE: &str = "x-typewright-serializedValue";
/// On an operation: the extensions of its callbacks, by callback.
pub const CALLBACK_EXTENSIONS: &str = "x-typewright-callbacks";
