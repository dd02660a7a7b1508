//! Tests of input material that is not part of the repository: other people's documents, vendors' pages, the JSON Schema
//! test suite. Where `../shared` (or the folder that `TYPEWRIGHT_SHARED` names) is absent, each prints that it is skipped.

mod api;
mod bundle;
mod cases;
mod check;
mod corpus;
mod examples;
mod import;
mod json_schema;
mod lenient;
mod names;
mod normalize;
mod specs;
