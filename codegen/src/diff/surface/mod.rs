//! Public Rust API of a generated crate as a flat list of entries, each with its place in the document.

mod client;
mod operations;
mod service;
mod types;

use crate::api::model::{Api, SchemaId, Shape};
use crate::diagnostics::Place;
use crate::emit::signature;
use crate::lower::model::{Alias, Crate};
use crate::names::{nodes, Ident, Names};
use std::collections::{BTreeMap, BTreeSet};

/// The public API of a generated crate, by Rust path. Methods end in `()`, implementations are `impl Clone for types::Pet`.
///
/// What every crate, or every item of a kind, has alike is left out: the modules, `Call` and how calls are sent, the traits of
/// the runtime that only generated code uses.
pub type Surface = BTreeMap<String, Entry>;

/// A public item, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Kind of the item.
    pub kind: Kind,
    /// Declaration without the name: what callers depend on. Types of the runtime have no path, or `rt::` where a generated type
    /// has the same name.
    pub signature: String,
    /// `true` if callers see a warning where they use it.
    pub is_deprecated: bool,
    /// Identity of the document's node that the item is made of; equal in both documents for an item that was renamed.
    pub node: String,
    /// Place of that node.
    pub place: Place,
}

/// Start of the signature of a struct or enum that is not `#[non_exhaustive]`.
const EXHAUSTIVE: &str = "exhaustive ";

/// Path of the runtime's types in signatures.
pub const RUNTIME: &str = "rt::";

/// Kind of a public item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A method of the client or of a group that begins a call.
    Operation,
    /// An accessor of the client for a group of operations.
    Group,
    /// A struct, an enum or an alias.
    Type,
    /// A field of a struct.
    Field,
    /// A variant of an enum.
    Variant,
    /// `new` of a struct.
    Constructor,
    /// A method that sets an optional field or parameter.
    Setter,
    /// Any other method.
    Method,
    /// A trait that a type implements.
    Trait,
    /// A constant.
    Constant,
    /// A method of a trait that whoever serves the API implements.
    Handler,
}

/// Lists the public API of a crate.
pub fn surface(api: &Api, names: &Names, krate: &Crate) -> Surface {
    let schemas = schema_ids(names);
    let types = schemas.keys().map(|name| name.text().to_owned()).collect();
    let mut builder = Builder { api, names, schemas, types, entries: Surface::new() };
    for file in &krate.types {
        for item in &file.items {
            let derives = krate.derives.get(item.name());
            builder.item(item, derives.map_or(&[], Vec::as_slice));
        }
    }
    builder.incoming(&krate.incoming);
    if let Some(client) = &krate.client {
        builder.client(client);
        for file in &client.files {
            builder.operations(file);
        }
    }
    if let Some(service) = &krate.service {
        builder.service(service);
    }
    builder.entries
}

/// Schemas by the names of their types.
fn schema_ids(names: &Names) -> BTreeMap<&Ident, SchemaId> {
    let types = names.types.iter();
    let pairs = types.flat_map(|(id, names)| {
        let both = [Some(&names.read), names.input.as_ref()];
        both.into_iter().flatten().map(|name| (name, *id))
    });
    pairs.collect()
}

struct Builder<'a> {
    api: &'a Api,
    names: &'a Names,
    schemas: BTreeMap<&'a Ident, SchemaId>,
    /// Names of the generated types.
    types: BTreeSet<String>,
    entries: Surface,
}

/// Node and place of an item.
#[derive(Clone)]
struct Source {
    node: String,
    place: Place,
}

impl Source {
    /// A node without a place.
    fn unplaced(node: impl Into<String>) -> Self {
        Self { node: node.into(), place: Place::Nowhere }
    }

    /// A part of the node.
    fn part(&self, name: &str) -> Self {
        Self { node: format!("{}/{name}", self.node), place: self.place.clone() }
    }

    fn at(mut self, place: &Place) -> Self {
        self.place = place.clone();
        self
    }
}

impl Entry {
    /// `true` if callers may build the struct or match the enum in full, so that a further part breaks them.
    pub fn is_exhaustive(&self) -> bool {
        self.signature.starts_with(EXHAUSTIVE)
    }

    /// `true` if the item is an alias, whose parts are those of another type.
    pub fn is_alias(&self) -> bool {
        self.signature.starts_with('=')
    }

    /// Names and types of the arguments that callers pass by position; none if the item has no such arguments.
    pub fn arguments(&self) -> Vec<(&str, &str)> {
        if !matches!(self.kind, Kind::Operation | Kind::Constructor) {
            return Vec::new();
        }
        let mut depth = 0_i32;
        let arguments = self.signature.split(|letter: char| {
            depth += match letter {
                '<' | '(' | '[' => 1,
                '>' | ')' | ']' => -1,
                _ => 0,
            };
            letter == ',' && depth == 0
        });
        arguments.filter_map(|argument| argument.trim().split_once(": ")).collect()
    }
}

impl Builder<'_> {
    /// Adds an entry, and returns it for further settings.
    fn add(
        &mut self,
        path: impl Into<String>,
        kind: Kind,
        signature: impl Into<String>,
        source: &Source,
    ) -> &mut Entry {
        let entry = Entry {
            kind,
            signature: self.without_runtime(&signature.into()),
            is_deprecated: false,
            node: source.node.clone(),
            place: source.place.clone(),
        };
        self.entries.entry(path.into()).or_insert(entry)
    }

    /// A signature without the path of the runtime, unless a generated type has the name of a type of the runtime.
    fn without_runtime(&self, signature: &str) -> String {
        let mut parts = signature.split(RUNTIME);
        let mut text = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let end = part.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(part.len());
            let name = part.get(..end).unwrap_or_default();
            if self.types.contains(name) {
                text.push_str(RUNTIME);
            }
            text.push_str(part);
        }
        text
    }

    fn traits<'t>(&mut self, ty: &str, traits: impl IntoIterator<Item = &'t str>, source: &Source) {
        for name in traits {
            let path = format!("impl {name} for {ty}");
            self.add(path, Kind::Trait, "", &source.part(name));
        }
    }

    /// The document's node of a type. Types for requests alone are nodes of their own.
    fn type_source(&self, name: &Ident) -> Source {
        let id = self.schemas.get(name);
        match id.and_then(|id| Some((*id, self.api.schemas.get(*id)?))) {
            Some((id, schema)) => {
                Source { node: self.names.type_node(id, name), place: schema.at.place.clone() }
            }
            None => Source::unplaced(name.text()),
        }
    }

    /// The place of a property of a type, or of the type.
    fn property_source(&self, ty: &Ident, source: &Source, wire: &str) -> Source {
        let part = source.part(wire);
        let schema = self.schemas.get(ty).and_then(|id| self.api.schemas.get(*id));
        match schema.map(|schema| &schema.shape) {
            Some(Shape::Object(object)) => match object.properties.get(wire) {
                Some(property) => part.at(&property.value.at.place),
                None => part,
            },
            Some(_) | None => part,
        }
    }

    fn incoming(&mut self, aliases: &[Alias]) {
        let incoming = self.api.incoming.iter().zip(&self.names.incoming);
        let nodes = incoming.map(|(incoming, name)| {
            let place = incoming.at.place.clone();
            (name, Source { node: nodes::incoming(self.api, incoming), place })
        });
        let nodes: BTreeMap<&Ident, Source> = nodes.collect();
        for alias in aliases {
            let path = format!("incoming::{}", alias.name.text());
            if let Some(source) = nodes.get(&alias.name) {
                self.alias(path, alias, source);
            }
        }
    }

    fn alias(&mut self, path: String, alias: &Alias, source: &Source) {
        let signature = format!("= {}", signature::ty(&alias.ty));
        let entry = self.add(path, Kind::Type, signature, source);
        entry.is_deprecated = alias.attributes.deprecated;
    }
}
