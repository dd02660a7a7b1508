//! Locks of clients, and their comparison with new ones.

use super::compare::{self, Renames};
use super::surface::{Entry, Kind, Surface};
use super::{surface, Diff, Model};
use crate::diagnostics::Place;
use crate::lock::{ApiItem, Lock};
use crate::lower::model::{Arguments, Item};
use crate::names::nodes;
use std::collections::{BTreeMap, BTreeSet};

/// Returns the lock of a client, with which a later run keeps its names and the order of its arguments.
pub fn lock(model: &Model) -> Lock {
    let surface = surface(model);
    let items = surface.into_iter().map(|(path, entry)| {
        let kind = entry.kind.noun().to_owned();
        (path, ApiItem { kind, node: entry.node, signature: entry.signature })
    });
    let api: BTreeMap<String, ApiItem> = items.collect();
    let arguments = arguments(model);
    Lock {
        grouped: (!model.api.operations.is_empty()).then_some(model.names.is_grouped),
        naming: model.names.naming.clone(),
        names: public_names(model, &api, &arguments),
        arguments,
        api,
    }
}

/// Returns the names that callers see, and those of the operations, from which others are made.
fn public_names(
    model: &Model,
    api: &BTreeMap<String, ApiItem>,
    arguments: &BTreeMap<String, Vec<String>>,
) -> BTreeMap<String, String> {
    let mut nodes: BTreeSet<String> = api.values().map(|item| item.node.clone()).collect();
    for operation in &model.api.operations {
        let node = nodes::operation(operation);
        let arguments = arguments.get(&node).into_iter().flatten();
        nodes.extend(arguments.map(|part| format!("{node}/{}", nodes::argument(part))));
        if nodes.contains(&node) {
            nodes.insert(format!("{node}/name"));
        }
    }
    let names = model.names.assigned.iter().filter(|(node, _)| nodes.contains(*node));
    names.map(|(node, name)| (node.clone(), name.clone())).collect()
}

/// Compares a client with the lock of an earlier one. The lock does not tell the behaviour on the wire.
pub fn diff_with_lock(old: &Lock, new: &Model) -> Diff {
    let old = locked_surface(old);
    let new = surface(new);
    let renames = Renames::new(&old, &new);
    Diff { changes: compare::compare(&old, &new, &renames), behaviour: Vec::new() }
}

/// The public API of a lock. Items of kinds that this release does not know are left out.
pub fn locked_surface(lock: &Lock) -> Surface {
    let entries = lock.api.iter().filter_map(|(path, item)| {
        let kind = Kind::named(&item.kind)?;
        let (signature, node) = (item.signature.clone(), item.node.clone());
        // The lock does not tell what was deprecated, and nothing is so for the first time.
        let entry = Entry { kind, signature, is_deprecated: true, node, place: Place::Nowhere };
        Some((path.clone(), entry))
    });
    entries.collect()
}

/// The positional arguments of methods and constructors, by node.
fn arguments(model: &Model) -> BTreeMap<String, Vec<String>> {
    let (names, krate) = (&model.names, &model.krate);
    let files = krate.client.iter().flat_map(|client| &client.files);
    let ids = model.api.operations.iter().map(|operation| (operation.id.as_str(), operation));
    let operations: BTreeMap<_, _> = ids.collect();
    let methods = files.flat_map(|file| &file.methods).filter_map(|method| {
        let (Arguments::List(arguments) | Arguments::Struct(_, arguments)) = &method.arguments;
        let operation = operations.get(method.data.id.as_str())?;
        let order = arguments.iter().map(|argument| argument.node());
        Some((nodes::operation(operation), order.collect::<Vec<_>>()))
    });
    let types = names.types.iter().flat_map(|(id, names)| {
        [Some(&names.read), names.input.as_ref()].into_iter().flatten().map(|name| (name, *id))
    });
    let types: BTreeMap<_, _> = types.collect();
    let items = krate.types.iter().flat_map(|file| &file.items);
    let constructors = items.filter_map(|item| {
        let Item::Record(record) = item else {
            return None;
        };
        let construction = record.construction.as_ref()?;
        let id = types.get(&record.name)?;
        let order = construction.arguments.iter().map(|name| name.wire.clone());
        Some((names.type_node(*id, &record.name), order.collect()))
    });
    methods.chain(constructors).filter(|(_, order)| !order.is_empty()).collect()
}
