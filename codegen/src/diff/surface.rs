//! Public Rust API of a generated crate as a flat list of entries, each with its place in the document.

use crate::api::model::{Api, Owner, SchemaId, SchemeKind, Shape};
use crate::diagnostics::Place;
use crate::emit::signature;
use crate::lower::model::{
    Alias, Arguments, Choice, Client, Crate, Item, Method, OperationFile, Record, ResponseType,
    ServerVariable, Union,
};
use crate::names::{Ident, Names, Path};
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
    let mut builder = Builder { api, schemas: schema_ids(names), entries: Surface::new() };
    for file in &krate.types {
        for item in &file.items {
            let derives = krate.derives.get(item.name());
            builder.item(item, derives.map_or(&[], Vec::as_slice));
        }
    }
    builder.aliases("incoming", &krate.incoming);
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
        let schema = self.schemas.get(name).and_then(|id| self.api.schemas.get(*id));
        match schema {
            Some(schema) => {
                let form = match &schema.owner {
                    Owner::Component(component) => format!("component {component}"),
                    Owner::Schema(..) | Owner::Operation(..) | Owner::Shared(..) => {
                        schema.at.pointer.clone()
                    }
                };
                let suffix = if name.text().ends_with("Input") { " (input)" } else { "" };
                Source { node: form + suffix, place: schema.at.place.clone() }
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
            let source = source.part(group.accessor.text());
            self.add(ty.clone(), Kind::Type, "enum".to_owned(), &source);
            for variant in &group.variants {
                let signature = signature::ty(&variant.ty);
                let source = source.part(variant.field.text());
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
        for variant in &union.variants {
            let ty = signature::ty(&variant.value.ty);
            let node = match variant.value.ty.named().as_slice() {
                [only] => self.type_source(only).node,
                _ => ty.clone(),
            };
            let source = source.part(&node);
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

    fn aliases(&mut self, module: &str, aliases: &[Alias]) {
        for alias in aliases {
            let source =
                Source { node: format!("{module} {}", alias.name.text()), place: Place::Nowhere };
            let signature = format!("= {}", signature::ty(&alias.ty));
            let path = format!("{module}::{}", alias.name.text());
            self.add(path, Kind::Type, signature, &source);
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
        let operation = self.api.operations.iter().find(|operation| operation.id == method.data.id);
        let source = Source {
            node: format!("{} {}", method.data.method, method.data.path),
            place: operation.map_or(Place::Nowhere, |operation| operation.at.place.clone()),
        };
        let call = format!("operations::{}", method.call.text());
        let path = format!("{owner}::{}()", method.name.text());
        self.add(path, Kind::Operation, signature::arguments(method), &source);
        let output = signature::decoder(&method.output);
        let error = signature::decoder(&method.error);
        self.add(call.clone(), Kind::Type, format!("-> {output}, {error}"), &source.part("call"));
        for setter in &method.setters {
            let source = source.part(&format!("setter {}", setter.name.wire));
            let path = format!("{call}::{}()", setter.name.ident.text());
            self.add(path, Kind::Setter, signature::argument(setter), &source);
        }
        if let Arguments::Struct(name, arguments) = &method.arguments {
            let ty = format!("operations::{}", name.text());
            self.add(ty.clone(), Kind::Type, "struct".to_owned(), &source.part("arguments"));
            for argument in arguments {
                let source = source.part(&argument.name.wire);
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
            self.response(response, &source.part(part));
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

    fn response(&mut self, response: &ResponseType, source: &Source) {
        let ResponseType::Several(several) = response else {
            return;
        };
        let ty = format!("operations::{}", several.name.text());
        self.add(ty.clone(), Kind::Type, "enum".to_owned(), source);
        for variant in &several.variants {
            let signature = signature::response_variant(variant);
            let path = format!("{ty}::{}", variant.ident.text());
            self.add(path, Kind::Variant, signature, &source.part(variant.ident.text()));
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
