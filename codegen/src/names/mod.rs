//! Identifiers for everything that a client names: words, case, keywords, scopes. No tokens, no types.
//!
//! A type's name depends on its own place in the document only: components first, then inline types as owner and
//! role. Where two still collide, the later in the order of wire names moves, and a diagnostic says so.

mod contents;
mod fields;
mod ident;
pub mod keys;
mod operations;
mod path;
pub mod rename;
mod replies;
mod scope;
mod servers;
mod types;
mod variants;
mod words;

pub use ident::Ident;
pub use operations::{OperationNames, TagNames};
pub use path::Path;
pub use replies::ReplyNames;
pub use servers::{ServerNames, VariableNames};

use crate::api::direction;
use crate::api::ir::{Api, SchemaId};
use crate::diagnostics::Diagnostics;
use crate::options::Grouping;
use std::collections::{BTreeMap, BTreeSet};

/// The identifiers of an API.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// The types, as read: every component, and every inline schema that becomes an item.
    pub types: BTreeMap<SchemaId, TypeNames>,
    /// The fields of records and the variants of choices and unions, in the order of the schema; after them the field
    /// of further members (`additional`) or the variant of values that the document does not list (`Unlisted`).
    pub members: BTreeMap<SchemaId, Vec<Ident>>,
    /// The operations, in their order.
    pub operations: Vec<OperationNames>,
    /// The groups of operations by their tags; none where the operations are the client's own.
    pub groups: BTreeMap<String, TagNames>,
    /// The servers, in their order.
    pub servers: Vec<ServerNames>,
    /// The headers of replies, by their names in lower case.
    pub headers: BTreeMap<String, Ident>,
    /// What the API sends of itself, in its order.
    pub incoming: Vec<Ident>,
    /// The credential constructors, by the scheme's name.
    pub schemes: BTreeMap<String, Ident>,
    /// Which schemas have a form of their own for requests.
    pub inputs: BTreeSet<SchemaId>,
}

/// The names of a schema that becomes an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeNames {
    /// The type as read.
    pub read: Ident,
    /// The type as sent, where it differs: `TInput`.
    pub input: Option<Ident>,
    /// The literal of required values, `TRequired`.
    pub required: Ident,
    /// The same of the type as sent.
    pub input_required: Option<Ident>,
    /// The enum of members of which one at most is set, a name for each group.
    pub groups: Vec<GroupNames>,
    /// The file that it stands in.
    pub module: Ident,
}

impl TypeNames {
    /// Every name of a type among them.
    pub fn all(&self) -> impl Iterator<Item = &Ident> {
        let groups = self.groups.iter().map(|group| &group.ident);
        [&self.read, &self.required]
            .into_iter()
            .chain(&self.input)
            .chain(&self.input_required)
            .chain(groups)
    }
}

/// The names of a group of members of which at most one is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupNames {
    /// The enum.
    pub ident: Ident,
    /// The accessor.
    pub accessor: Ident,
    /// The variants, in the order of the members.
    pub variants: Vec<Ident>,
}

/// The name by which code outside of a crate knows it.
pub fn of_crate(package: &str) -> Ident {
    Ident::new(&package.replace('-', "_"))
}

/// Names everything.
pub fn assign(api: &Api, grouping: Grouping, diagnostics: &mut Diagnostics) -> Names {
    let inputs = direction::inputs(api);
    let types = types::assign(api, &inputs, diagnostics);
    let members = fields::assign(api, &types);
    let operations::Named { operations, groups } = operations::assign(api, &types, grouping);
    let schemes = operations::schemes(api);
    Names {
        types,
        members,
        operations,
        groups,
        servers: servers::assign(api),
        headers: replies::headers(api),
        incoming: operations::incoming(api),
        schemes,
        inputs,
    }
}
