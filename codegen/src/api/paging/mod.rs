//! Which operations are pages of a list: as the document declares it, else as names and types tell.

mod declared;
mod recognise;
pub(super) mod view;

use super::model::{Json, Operation, Pagination, Schemas};
use std::collections::BTreeMap;
use view::View;

/// What the configuration says of the pages of operations, by `operationId`, `METHOD /path` or `*`.
pub type Declared = BTreeMap<String, Json>;

/// How the pages of an operation follow each other; and what was declared and does not fit, so that what is recognised
/// holds.
pub fn paging(
    operation: &Operation,
    schemas: &Schemas,
    said: Option<&Json>,
) -> (Option<Pagination>, Option<String>) {
    let view = View { operation, schemas };
    let recognised = || recognise::recognise(view);
    match said {
        None => (recognised(), None),
        Some(Json::Bool(false)) => (None, None),
        Some(said) => match declared::declared(view, said) {
            Ok(paging) => (Some(paging), None),
            Err(reason) => (recognised(), Some(reason)),
        },
    }
}

/// What the configuration says of an operation of these ids and this method and path.
pub fn configured<'d>(
    declared: &'d Declared,
    ids: [&str; 2],
    (method, path): (&str, &str),
) -> Option<&'d Json> {
    let line = format!("{method} {path}");
    let mut said = ids.into_iter().chain([line.as_str(), "*"]);
    said.find_map(|name| declared.get(name))
}
