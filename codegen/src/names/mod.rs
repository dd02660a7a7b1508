//! Identifiers for every generated item: words, case, keywords, scopes. Contains no types and no tokens.
//!
//! A name depends only on its own place in the document, never on the document's order. Components come first, then
//! operations, then inline types, which are named after owner and role. A colliding name gets a word as suffix; if no
//! word is left, the name that is later in the order of wire names gets a number, and a diagnostic reports it.

mod case;
pub mod dump;
mod files;
mod ident;
mod members;
mod operations;
pub mod rename;
pub mod reserved;
mod responses;
mod scope;
pub mod selectors;
mod servers;
mod tags;
#[cfg(test)]
mod tests;
mod types;
mod variants;

pub use ident::{Ident, Path};
pub use operations::OperationNames;
pub use responses::ResponseNames;
pub use servers::{ServerNames, VariableNames};
pub use tags::TagNames;
pub use types::{is_nominal, is_record};

use crate::api::model::{Api, SchemaId};
use crate::api::read_write::{self, Reach};
use crate::diagnostics::Diagnostics;
use crate::options::CallOptions;
use std::collections::BTreeMap;

/// Identifiers of an API.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Types: every component, and every inline schema that becomes an item.
    pub types: BTreeMap<SchemaId, TypeNames>,
    /// Fields of records and variants of choices and unions, in the order of the schema; last the field of additional
    /// members (`additional`) or the variant of undocumented values (`Unlisted`).
    pub members: BTreeMap<SchemaId, Vec<Ident>>,
    /// Operations, in order.
    pub operations: Vec<OperationNames>,
    /// Groups of operations by tag; none if the client itself has all methods.
    pub groups: BTreeMap<String, TagNames>,
    /// Servers, in order.
    pub servers: Vec<ServerNames>,
    /// Constants of response headers, by lower-case header name.
    pub headers: BTreeMap<String, Ident>,
    /// Payloads of webhooks and callbacks, in order.
    pub incoming: Vec<Ident>,
    /// Credential constructors, by name of the security scheme.
    pub schemes: BTreeMap<String, Ident>,
    /// Directions in which values of each schema are sent.
    pub reach: BTreeMap<SchemaId, Reach>,
}

impl Names {
    /// Returns the directions in which values of a schema are sent.
    pub fn reach(&self, id: SchemaId) -> Reach {
        self.reach.get(&id).copied().unwrap_or_default()
    }

    /// Returns the schemas with separate types for requests and responses.
    pub fn inputs(&self) -> impl Iterator<Item = SchemaId> + '_ {
        let differing = self.reach.iter();
        let differing = differing.filter(|(_, reach)| **reach == Reach::BothDiffer);
        differing.map(|(id, _)| *id)
    }
}

/// Names of a schema that becomes an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeNames {
    /// The type; for responses if there are two.
    pub read: Ident,
    /// The type for requests, if it differs: `TInput`.
    pub input: Option<Ident>,
    /// Groups of mutually exclusive fields, in order.
    pub groups: Vec<GroupNames>,
    /// The module below `types`.
    pub module: Ident,
}

/// Names of a group of mutually exclusive fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupNames {
    /// The enum.
    pub ident: Ident,
    /// The accessor.
    pub accessor: Ident,
    /// The variants, in the order of the fields.
    pub variants: Vec<Ident>,
}

/// Returns the name by which other crates import a package.
pub fn crate_ident(package: &str) -> Ident {
    Ident::new(&package.replace('-', "_"))
}

/// Names everything.
pub fn assign(api: &Api, calls: &CallOptions, diagnostics: &mut Diagnostics) -> Names {
    let reach = read_write::reach(api);
    let whole = operations::base_names(api, calls.full_operation_ids, diagnostics);
    let mut naming = types::Naming::new(api, &whole);
    naming.components(diagnostics);
    let mut items = operations::OperationItems::early(api, &whole, &mut naming.scope, diagnostics);
    naming.inline(diagnostics);
    let (types, mut scope) = naming.finish(&reach, diagnostics);
    items.late(&whole, &mut scope, diagnostics);
    let members = members::assign(api, &types, diagnostics);
    let tags = tags::assign(api, calls.grouping, &mut scope, diagnostics);
    let operations = operations::assign(api, items, &tags, diagnostics);
    Names {
        types,
        members,
        operations,
        groups: tags.groups,
        servers: servers::assign(api, diagnostics),
        headers: responses::headers(api, diagnostics),
        incoming: operations::incoming(api, diagnostics),
        schemes: operations::schemes(api, diagnostics),
        reach,
    }
}
