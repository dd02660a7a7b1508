//! Identifiers for everything that a client names: words, case, keywords, scopes. No tokens, no types.
//!
//! A name depends on its own place in the document only, never on the order of the document. Components come first, then
//! operations, then inline types as owner and role. What meets a name that is taken gives way by a word; where no word
//! is left, the later in the order of wire names gets a number, and a diagnostic says so.

mod arguments;
pub mod dump;
mod enums;
mod fields;
mod files;
mod groups;
mod ident;
mod ids;
mod inline;
mod media_types;
mod operations;
mod path;
mod phrases;
pub mod rename;
pub mod reserved;
mod responses;
mod scope;
pub mod selectors;
mod servers;
mod short;
pub mod strip;
mod tags;
#[cfg(test)]
mod tests;
mod types;
mod variants;
mod word_case;

pub use ident::Ident;
pub use operations::OperationNames;
pub use path::Path;
pub use responses::ResponseNames;
pub use servers::{ServerNames, VariableNames};
pub use tags::TagNames;

use crate::api::model::{Api, SchemaId};
use crate::api::read_write::{self, Reach};
use crate::diagnostics::Diagnostics;
use crate::options::CallOptions;
use std::collections::BTreeMap;

/// The identifiers of an API.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// The types: every component, and every inline schema that becomes an item.
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
    /// The payloads that the API sends of itself, in its order.
    pub incoming: Vec<Ident>,
    /// The credential constructors, by the scheme's name.
    pub schemes: BTreeMap<String, Ident>,
    /// The ways in which the values of each schema travel, and so the forms that it has.
    pub reach: BTreeMap<SchemaId, Reach>,
}

impl Names {
    /// The ways in which the values of a schema travel.
    pub fn reach(&self, id: SchemaId) -> Reach {
        self.reach.get(&id).copied().unwrap_or_default()
    }

    /// The schemas that have a form of their own for requests.
    pub fn inputs(&self) -> impl Iterator<Item = SchemaId> + '_ {
        let differing = self.reach.iter();
        let differing = differing.filter(|(_, reach)| **reach == Reach::BothDiffer);
        differing.map(|(id, _)| *id)
    }
}

/// The names of a schema that becomes an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeNames {
    /// The type; as read, where there are two.
    pub read: Ident,
    /// The type as sent, where requests and replies reach it and differ: `TInput`.
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
pub fn assign(api: &Api, calls: &CallOptions, diagnostics: &mut Diagnostics) -> Names {
    let reach = read_write::reach(api);
    let whole = ids::whole(api, calls.full_operation_ids, diagnostics);
    let mut naming = types::Naming::new(api, &whole);
    naming.components(diagnostics);
    let mut own = operations::Types::early(api, &whole, &mut naming.scope, diagnostics);
    naming.inline(diagnostics);
    let (types, mut scope) = naming.finish(&reach, diagnostics);
    own.late(&whole, &mut scope, diagnostics);
    let members = fields::assign(api, &types, diagnostics);
    let tags = tags::assign(api, calls.grouping, &mut scope, diagnostics);
    let operations = operations::assign(api, own, &tags, diagnostics);
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
