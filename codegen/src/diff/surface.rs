//! Public Rust API of a generated crate as a flat list of entries, each with its place in the document.

use crate::api::model::{Api, Operation, SchemaId, SchemeKind, Shape};
use crate::diagnostics::Place;
use crate::emit::signature;
use crate::lower::model::{
    Alias, Arguments, Choice, Client, Crate, Item, Method, OperationFile, Record, ResponseType,
    ServerVariable, Union,
};
use crate::names::{nodes, Ident, Names, Path};
use std::collections::BTreeMap;

/// The public API of a generated crate, by Rust path.
pub type Surface = BTreeMap<String, Entry>;

/// A public item, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Kind of the item.
    pub kind: Kind,
    /// Declaration without the name: what callers depend on.
    pub signature: String,
    /// Identity of the document's node that the item is made of; equal in both documents for an item that was renamed.
    pub node: String,
    /// Place of that node.
    pub place: Place,
}

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
}

/// Lists the public API of a crate.
pub fn surface(api: &Api, names: &Names, krate: &Crate) -> Surface {
    let schemas = schema_ids(names);
    let mut builder = Builder { api, names, schemas, entries: Surface::new() };
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
    entries: Surface,
}

/// Node and place of an item.
#[derive(Clone)]
struct Source {
    node: String,
    place: Place,
}

impl Source {
    /// A part of the node.
    fn part(&self, name: &str) -> Self {
        Self { node: format!("{}/{name}", self.node), place: self.place.clone() }
    }

    fn at(mut self, place: &Place) -> Self {
        self.place = place.clone();
        self
    }
}

impl Builder<'_> {
    fn add(&mut self, path: String, kind: Kind, signature: String, source: &Source) {
        let entry =
            Entry { kind, signature, node: source.node.clone(), place: source.place.clone() };
        self.entries.insert(path, entry);
    }

    fn traits<'t>(&mut self, ty: &str, traits: impl IntoIterator<Item = &'t str>, source: &Source) {
        for name in traits {
            let path = format!("impl {name} for {ty}");
            self.add(path, Kind::Trait, String::new(), &source.part(name));
        }
    }

    /// The document's node of a type. Types for requests alone are nodes of their own.
    fn type_source(&self, name: &Ident) -> Source {
        let id = self.schemas.get(name);
        match id.and_then(|id| Some((*id, self.api.schemas.get(*id)?))) {
            Some((id, schema)) => {
                Source { node: self.names.type_node(id, name), place: schema.at.place.clone() }
            }
            None => Source { node: name.text().to_owned(), place: Place::Nowhere },
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

    fn item(&mut self, item: &Item, derives: &[Path]) {
        let path = format!("types::{}", item.name().text());
        let source = self.type_source(item.name());
        let extra = derives.iter().map(Path::text);
        match item {
            Item::Record(record) => {
                self.add(path.clone(), Kind::Type, "struct".to_owned(), &source);
                self.traits(
                    &path,
                    ["Clone", "Debug", "PartialEq"].into_iter().chain(extra),
                    &source,
                );
                self.record(&path, record, &source);
            }
            Item::Choice(choice) => {
                self.add(path.clone(), Kind::Type, "enum".to_owned(), &source);
                let copy = choice.is_copy().then_some("Copy");
                let common = ["Clone", "Debug", "PartialEq"].into_iter().chain(copy);
                self.traits(&path, common.chain(extra), &source);
                self.choice(&path, choice, &source);
            }
            Item::Union(union) => {
                self.add(path.clone(), Kind::Type, "enum".to_owned(), &source);
                self.traits(
                    &path,
                    ["Clone", "Debug", "PartialEq"].into_iter().chain(extra),
                    &source,
                );
                self.union(&path, union, &source);
            }
            Item::Newtype(newtype) => {
                let signature = format!("struct({})", signature::ty(&newtype.value.ty));
                self.add(path.clone(), Kind::Type, signature, &source);
                self.traits(
                    &path,
                    ["Clone", "Debug", "PartialEq"].into_iter().chain(extra),
                    &source,
                );
            }
            Item::Alias(alias) => {
                let signature = format!("= {}", signature::ty(&alias.ty));
                self.add(path, Kind::Type, signature, &source);
            }
            Item::Validation(_) => {
                let path = format!("{path}::validate");
                self.add(path, Kind::Method, "()".to_owned(), &source.part("validate"));
            }
        }
    }

    fn record(&mut self, path: &str, record: &Record, source: &Source) {
        for field in &record.fields {
            let source = self.property_source(&record.name, source, &field.name.wire);
            let signature = signature::field(field);
            let ident = field.name.ident.text();
            self.add(format!("{path}::{ident}"), Kind::Field, signature, &source);
            if let Some(default) = &field.default {
                let path = format!("{path}::{}()", default.ident.text());
                let ty = signature::ty(&field.value.ty);
                self.add(path, Kind::Method, ty, &source.part("default"));
            }
        }
        if let Some((ident, ty)) = signature::additional(record) {
            let source = source.part("additionalProperties");
            self.add(format!("{path}::{}", ident.text()), Kind::Field, ty, &source);
        }
        if let Some(construction) = &record.construction {
            let arguments = signature::constructor(record, construction);
            let source = source.part("new");
            self.add(format!("{path}::new()"), Kind::Constructor, arguments, &source);
            for (setter, wire, argument) in signature::setters(record, construction) {
                let source = source.part(&wire);
                self.add(format!("{path}::{setter}()"), Kind::Setter, argument, &source);
            }
        }
        for group in &record.groups {
            let ty = format!("types::{}", group.name.text());
            let source = self.group_source(&record.name, source, &group.name);
            self.add(ty.clone(), Kind::Type, "enum".to_owned(), &source);
            for variant in &group.variants {
                let signature = signature::ty(&variant.ty);
                let mut fields = record.fields.iter();
                let field = fields.find(|field| field.name.ident == variant.field);
                let source = source.part(field.map_or("", |field| &field.name.wire));
                self.add(
                    format!("{ty}::{}", variant.ident.text()),
                    Kind::Variant,
                    signature,
                    &source,
                );
            }
            let accessor = format!("{path}::{}()", group.accessor.text());
            self.add(accessor, Kind::Method, ty, &source.part("accessor"));
        }
        if let Some(conversion) = &record.conversion {
            self.traits(path, [format!("From<{}>", conversion.read.text()).as_str()], source);
        }
    }

    fn choice(&mut self, path: &str, choice: &Choice, source: &Source) {
        for variant in &choice.variants {
            let source = source.part(&variant.wire);
            let path = format!("{path}::{}", variant.ident.text());
            self.add(path, Kind::Variant, String::new(), &source);
        }
        if let Some(unlisted) = &choice.unlisted {
            let signature = format!("({:?})", choice.base);
            let path = format!("{path}::{}", unlisted.text());
            self.add(path, Kind::Variant, signature, &source.part("unlisted"));
        }
    }

    fn union(&mut self, path: &str, union: &Union, source: &Source) {
        for (variant, node) in union.variants.iter().zip(self.variant_nodes(&union.name)) {
            let ty = signature::ty(&variant.value.ty);
            let source = Source { node, place: source.place.clone() };
            if variant.has_from {
                self.traits(path, [format!("From<{ty}>").as_str()], &source);
            }
            let path = format!("{path}::{}", variant.ident.text());
            self.add(path, Kind::Variant, format!("({ty})"), &source);
        }
        if let Some(conversion) = &union.conversion {
            self.traits(path, [format!("From<{}>", conversion.read.text()).as_str()], source);
        }
    }

    fn shape(&self, ty: &Ident) -> Option<(SchemaId, &Shape)> {
        let id = *self.schemas.get(ty)?;
        Some((id, &self.api.schemas.get(id)?.shape))
    }

    /// The nodes of a union's variants.
    fn variant_nodes(&self, name: &Ident) -> Vec<String> {
        match self.shape(name) {
            Some((id, Shape::Union(union))) => self.names.nodes.variants(self.api, id, union),
            Some(_) | None => Vec::new(),
        }
    }

    /// The node of a group of mutually exclusive fields.
    fn group_source(&self, ty: &Ident, source: &Source, name: &Ident) -> Source {
        let group = match self.shape(ty) {
            Some((id, Shape::Object(object))) => {
                let names = self.names.types.get(&id).into_iter().flat_map(|names| &names.groups);
                let mut groups = object.exclusive_groups.iter().zip(names);
                groups.find(|(_, names)| names.ident == *name)
            }
            Some(_) | None => None,
        };
        let node = group.map(|(group, _)| nodes::group(&source.node, group));
        Source { node: node.unwrap_or_else(|| source.node.clone()), place: source.place.clone() }
    }

    fn incoming(&mut self, aliases: &[Alias]) {
        let incoming = self.api.incoming.iter().zip(&self.names.incoming);
        let nodes = incoming.map(|(incoming, name)| {
            let place = incoming.at.place.clone();
            (name, Source { node: nodes::incoming(self.api, incoming), place })
        });
        let nodes: BTreeMap<&Ident, Source> = nodes.collect();
        for alias in aliases {
            let signature = format!("= {}", signature::ty(&alias.ty));
            let path = format!("incoming::{}", alias.name.text());
            if let Some(source) = nodes.get(&alias.name) {
                self.add(path, Kind::Type, signature, source);
            }
        }
    }

    fn client(&mut self, client: &Client) {
        let document = Source { node: "servers".to_owned(), place: Place::Nowhere };
        let base_url = if client.servers.is_empty() { "base_url: &str" } else { "" };
        for constructor in ["new", "builder"] {
            let path = format!("Client::{constructor}()");
            let source = document.part(constructor);
            self.add(path, Kind::Constructor, base_url.to_owned(), &source);
        }
        for scheme in &client.schemes {
            let source = Source {
                node: format!("security scheme {}", scheme.name.wire),
                place: self
                    .api
                    .security_schemes
                    .get(&scheme.name.wire)
                    .map_or(Place::Nowhere, |scheme| scheme.at.place.clone()),
            };
            let path = format!("Credentials::{}()", scheme.name.ident.text());
            self.add(path, Kind::Method, credential(&scheme.kind).to_owned(), &source);
        }
        for header in &client.headers {
            let source = Source { node: format!("header {}", header.wire), place: Place::Nowhere };
            let path = format!("headers::{}", header.ident.text());
            self.add(path, Kind::Constant, signature::ty(&header.value.ty), &source);
        }
        for server in &client.choices {
            let source = document.part(&server.url);
            let path = format!("servers::{}", server.name.text());
            self.add(path.clone(), Kind::Type, "struct".to_owned(), &source);
            for variable in &server.variables {
                self.server_variable(&path, variable, &source.part(&variable.wire));
            }
        }
    }

    fn server_variable(&mut self, server: &str, variable: &ServerVariable, source: &Source) {
        let is_enum = !variable.values.is_empty();
        let ty = if is_enum { variable.ty.text() } else { "String" };
        let setter = format!("{server}::{}()", variable.setter.text());
        self.add(setter, Kind::Setter, ty.to_owned(), source);
        if is_enum {
            let path = format!("servers::{}", variable.ty.text());
            self.add(path.clone(), Kind::Type, "enum".to_owned(), &source.part("type"));
            for (wire, ident) in &variable.values {
                let path = format!("{path}::{}", ident.text());
                self.add(path, Kind::Variant, String::new(), &source.part(wire));
            }
        }
    }

    fn operations(&mut self, file: &OperationFile) {
        let owner = match &file.group {
            None => "Client".to_owned(),
            Some(group) => {
                let source = Source { node: format!("tag {}", group.tag), place: Place::Nowhere };
                let ty = format!("operations::{}", group.name.text());
                let accessor = format!("Client::{}()", group.accessor.text());
                self.add(accessor, Kind::Group, ty.clone(), &source);
                self.add(ty.clone(), Kind::Type, "struct".to_owned(), &source.part("type"));
                ty
            }
        };
        for method in &file.methods {
            self.operation(&owner, method);
        }
    }

    fn operation(&mut self, owner: &str, method: &Method) {
        let mut operations = self.api.operations.iter();
        let Some(operation) = operations.find(|operation| operation.id == method.data.id) else {
            return;
        };
        let place = operation.at.place.clone();
        let source = Source { node: nodes::operation(operation), place };
        let call = format!("operations::{}", method.call.text());
        let path = format!("{owner}::{}()", method.name.text());
        self.add(path, Kind::Operation, signature::arguments(method), &source);
        let output = signature::decoder(&method.output);
        let error = signature::decoder(&method.error);
        self.add(call.clone(), Kind::Type, format!("-> {output}, {error}"), &source.part("call"));
        for setter in &method.setters {
            let source = source.part(&nodes::argument(&setter.node()));
            let path = format!("{call}::{}()", setter.name.ident.text());
            self.add(path, Kind::Setter, signature::argument(setter), &source);
        }
        if let Arguments::Struct(name, arguments) = &method.arguments {
            let ty = format!("operations::{}", name.text());
            self.add(ty.clone(), Kind::Type, "struct".to_owned(), &source.part("arguments"));
            for argument in arguments {
                let source = source.part(&nodes::argument(&argument.node()));
                let path = format!("{ty}::{}", argument.name.ident.text());
                self.add(path, Kind::Field, signature::argument(argument), &source);
            }
        }
        if let Some(choice) = &method.body_choice {
            let ty = format!("operations::{}", choice.name.text());
            let source = source.part("body");
            self.add(ty.clone(), Kind::Type, "enum".to_owned(), &source);
            for variant in &choice.variants {
                let source = source.part(&variant.media_type);
                let path = format!("{ty}::{}", variant.ident.text());
                self.add(path, Kind::Variant, signature::argument(&variant.argument), &source);
            }
        }
        for (response, part) in [(&method.output, "output"), (&method.error, "error")] {
            self.response(response, operation, &source.part(part));
        }
        if let Some(pages) = &method.pages {
            self.add(
                format!("{call}::pages()"),
                Kind::Method,
                String::new(),
                &source.part("pages"),
            );
            if let Some(items) = &pages.items {
                let ty = signature::ty(&items.item);
                self.add(format!("{call}::items()"), Kind::Method, ty, &source.part("items"));
            }
        }
        if method.follow_up.is_some() {
            self.add(format!("{call}::wait()"), Kind::Method, String::new(), &source.part("wait"));
        }
    }

    fn response(&mut self, response: &ResponseType, operation: &Operation, source: &Source) {
        let ResponseType::Several(several) = response else {
            return;
        };
        let ty = format!("operations::{}", several.name.text());
        self.add(ty.clone(), Kind::Type, "enum".to_owned(), source);
        for variant in &several.variants {
            let signature = signature::response_variant(variant);
            let path = format!("{ty}::{}", variant.ident.text());
            let response = operation.responses.get(variant.response);
            let body = variant.contents.first().copied().unwrap_or_default();
            let node = response.map(|response| nodes::response(operation, response, body));
            let node = node.unwrap_or_default();
            self.add(path, Kind::Variant, signature, &Source { node, place: source.place.clone() });
        }
    }
}

/// Arguments of a credential's constructor.
fn credential(kind: &SchemeKind) -> &'static str {
    match kind {
        SchemeKind::ApiKey { .. } => "key",
        SchemeKind::Basic | SchemeKind::Digest => "username, password",
        SchemeKind::Bearer | SchemeKind::Other(_) => "token",
        SchemeKind::OAuth2 { client_credentials: Some(_), .. } => "client_id, client_secret",
        SchemeKind::OAuth2 { client_credentials: None, .. } | SchemeKind::OpenIdConnect(_) => {
            "credential"
        }
        SchemeKind::MutualTls | SchemeKind::Unplaced => "",
    }
}
