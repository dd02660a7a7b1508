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
pub mod nodes;
mod operations;
mod register;
pub mod rename;
pub mod reserved;
mod responses;
mod scope;
pub mod selectors;
mod servers;
mod service;
mod tags;
#[cfg(test)]
mod tests;
mod types;
mod variants;

pub use case::shouty;
pub use ident::{Ident, Path};
pub use nodes::Nodes;
pub use operations::{OperationNames, MAX_ARGUMENTS};
pub use responses::ResponseNames;
pub use scope::Scope;
pub use servers::{ServerNames, VariableNames};
pub use service::{HandlerNames, HeaderNames, PartNames, ServiceNames};
pub use tags::TagNames;
pub use types::{is_nominal, is_record};

use crate::api::model::{Api, SchemaId};
use crate::api::read_write::{self, Reach};
use crate::diagnostics::Diagnostics;
use crate::lock::{Lock, Naming};
use crate::options::Options;
use register::Register;
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
    /// The generated server; `None` without one.
    pub service: Option<ServiceNames>,
    /// Payloads of webhooks and callbacks, in order.
    pub incoming: Vec<Ident>,
    /// Credential constructors, by name of the security scheme.
    pub schemes: BTreeMap<String, Ident>,
    /// Directions in which values of each schema are sent.
    pub reach: BTreeMap<SchemaId, Reach>,
    /// Identities of the document's nodes.
    pub nodes: Nodes,
    /// Every name by the node that it stands for.
    pub assigned: BTreeMap<String, String>,
    /// `true` if operations are in groups by tag.
    pub is_grouped: bool,
    /// Options by which the names were made.
    pub naming: Naming,
    /// Order of arguments in an earlier run, by node.
    locked_arguments: BTreeMap<String, Vec<String>>,
}

impl Names {
    /// Returns the directions in which values of a schema are sent.
    pub fn reach(&self, id: SchemaId) -> Reach {
        self.reach.get(&id).copied().unwrap_or_default()
    }

    /// Returns the node of a type: that of its schema, or that of its form for requests.
    pub fn type_node(&self, id: SchemaId, name: &Ident) -> String {
        let node = self.nodes.schema(id);
        match self.types.get(&id).and_then(|names| names.input.as_ref()) == Some(name) {
            true => nodes::input(node),
            false => node.to_owned(),
        }
    }

    /// Puts the arguments of a method or constructor into the order of an earlier run; new ones come last.
    pub fn sort_arguments<T>(&self, node: &str, arguments: &mut [T], part: impl Fn(&T) -> String) {
        if let Some(order) = self.locked_arguments.get(node) {
            let position = |argument: &T| order.iter().position(|name| *name == part(argument));
            arguments.sort_by_cached_key(|argument| position(argument).unwrap_or(usize::MAX));
        }
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

/// Names everything. What the lock of the options names keeps its name where that is possible.
pub fn assign(api: &Api, options: &Options, diagnostics: &mut Diagnostics) -> Names {
    let lock = &options.lock;
    let nodes = Nodes::new(api);
    let is_grouped = tags::is_grouped(api, options.calls.grouping, lock.grouped);
    let mut register = Register::default();
    let assign = |register: &mut Register| name_all(api, &nodes, (options, is_grouped), register);
    let mut names = assign(&mut register);
    let naming = Naming {
        full_operation_ids: options.calls.full_operation_ids,
        strip_prefix: options.strip_prefix.clone(),
    };
    let locked = match lock.naming == naming {
        true => locked_names(api, lock, is_grouped),
        false => BTreeMap::new(),
    };
    if !register.agrees(&locked) {
        register = register.with_lock(&locked);
        names = assign(&mut register);
    }
    for diagnostic in register.diagnostics.iter() {
        diagnostics.record(diagnostic.clone());
    }
    Names {
        nodes,
        assigned: register.assigned,
        is_grouped,
        naming,
        locked_arguments: lock.arguments.clone(),
        ..names
    }
}

/// Returns the names that a lock keeps. Methods are named anew if the options put them into groups, or out of them.
fn locked_names(api: &Api, lock: &Lock, is_grouped: bool) -> BTreeMap<String, String> {
    let mut names = lock.names.clone();
    if lock.grouped.is_some_and(|grouped| grouped != is_grouped) {
        for operation in &api.operations {
            names.remove(&nodes::operation(operation));
        }
    }
    names
}

fn name_all(
    api: &Api,
    nodes: &Nodes,
    (options, is_grouped): (&Options, bool),
    register: &mut Register,
) -> Names {
    let reach = read_write::reach(api);
    let has_server = options.server.is_some() && !options.types_only;
    let whole = operations::base_names(api, options.calls.full_operation_ids, register);
    let mut naming = types::Naming::new(api, nodes, &whole, register);
    naming.components(register);
    let mut items = operations::OperationItems::early(api, &whole, &mut naming.scope, register);
    naming.inline(register);
    let (types, mut scope) = naming.finish(&reach, register);
    items.late(api, &mut scope, register);
    let members = members::assign(api, nodes, &types, register);
    let tags = tags::assign(api, is_grouped, &mut scope, register);
    let operations = operations::assign(api, (items, has_server), &tags, register);
    let service =
        has_server.then(|| service::assign(api, (&whole, &operations), &mut scope, register));
    Names {
        types,
        members,
        operations,
        service,
        groups: tags.groups,
        servers: servers::assign(api, register),
        headers: responses::headers(api, register),
        incoming: operations::incoming(api, register),
        schemes: operations::schemes(api, register),
        reach,
        ..Names::default()
    }
}
