//! Behaviour of a client on the wire, as aspects by which two clients are compared.

use super::compare::Renames;
use super::surface::{Entry, Kind, Surface};
use super::Model;
use crate::api::model::{
    Api, Constraints, Operation, Parameter, ParameterEncoding, Response, Schema, SchemeKind,
    Server, Shape, Status, Use,
};
use crate::diagnostics::Place;
use crate::emit::signature;
use crate::lower::model::{Item, Record};
use crate::lower::{self, attributes};
use crate::names::Ident;
use std::collections::{BTreeMap, BTreeSet};

/// Key of a value: the Rust path of its subject, and the aspect.
pub type Key = (String, &'static str);

/// Values of aspects, with the place that declares each.
pub type Behaviour = BTreeMap<Key, (String, Place)>;

/// A change that compiles and behaves differently on the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BehaviourChange {
    /// Rust path of the operation, parameter or field.
    pub path: String,
    /// Aspect, such as `default` or `request line`.
    pub aspect: &'static str,
    /// Value in the old document; empty if there was none.
    pub before: String,
    /// Value in the new document; empty if there is none.
    pub after: String,
    /// Place in the old document.
    pub old_place: Place,
    /// Place in the new document.
    pub new_place: Place,
}

/// Aspects of an operation that its description to the runtime states, by the keywords of their lines.
const DESCRIBED: [(&str, &[&str]); 4] = [
    ("parts of the request", &["part", "first", "others"]),
    ("idempotency key", &["idempotency-key"]),
    ("pagination", &["pages"]),
    ("polling", &["wait", "get"]),
];

/// Lists the aspects of an API.
pub fn behaviour(model: &Model) -> Behaviour {
    let Model { api, names, krate } = model;
    let mut aspects = Behaviour::new();
    aspects.insert(("Client".to_owned(), "servers"), (servers(&api.servers), Place::Nowhere));
    for (operation, names) in api.operations.iter().zip(&names.operations) {
        self::operation(&mut aspects, operation, names.call.text());
        for (parameter, ident) in operation.parameters.iter().zip(&names.parameters) {
            let path = format!("operations::{}::{}", names.call.text(), ident.text());
            self::parameter(&mut aspects, api, &path, parameter);
        }
    }
    for (id, schema) in api.schemas.iter() {
        if let Some(ty) = names.types.get(&id) {
            let members = names.members.get(&id).map_or(&[][..], Vec::as_slice);
            let path = format!("types::{}", ty.read.text());
            self::schema(&mut aspects, api, schema, (&path, members));
        }
    }
    for item in krate.types.iter().flat_map(|file| &file.items) {
        if let Item::Record(record) = item {
            codecs(&mut aspects, record);
        }
    }
    if let Some(client) = &krate.client {
        self::client(&mut aspects, api, client);
    }
    super::xml::add(&mut aspects, model);
    aspects
}

/// URLs of servers with the defaults of their variables.
fn servers(servers: &[Server]) -> String {
    let servers = servers.iter().map(|server| {
        let variables = server.variables.iter();
        let defaults: Vec<_> =
            variables.map(|variable| format!("{}: {}", variable.name, variable.default)).collect();
        match defaults.is_empty() {
            true => server.url.clone(),
            false => format!("{} ({})", server.url, defaults.join(", ")),
        }
    });
    servers.collect::<Vec<_>>().join(", ")
}

/// Names, values and tags on the wire of a type's members.
fn schema(aspects: &mut Behaviour, api: &Api, schema: &Schema, (path, members): (&str, &[Ident])) {
    let place = &schema.at.place;
    match &schema.shape {
        Shape::Object(object) => {
            for ((wire, property), ident) in object.properties.iter().zip(members) {
                let path = format!("{path}::{}", ident.text());
                add(aspects, &path, "name on the wire", wire, place);
                if let Some(constant) = &property.constant {
                    add(aspects, &path, "constant", &constant.to_string(), place);
                }
                usage(aspects, api, &path, &property.value);
            }
        }
        Shape::Choice(choice) => {
            for (value, ident) in choice.values.iter().zip(members) {
                let path = format!("{path}::{}", ident.text());
                add(aspects, &path, "value on the wire", &value.wire.to_string(), place);
            }
        }
        Shape::Union(union) => {
            for (variant, ident) in union.variants.iter().zip(members) {
                let path = format!("{path}::{}", ident.text());
                add(aspects, &path, "discriminator", &variant.tags.join(", "), place);
            }
        }
        Shape::Any(_)
        | Shape::Never
        | Shape::Null
        | Shape::Bool
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::Text(_)
        | Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Alias(_) => {}
    }
}

/// Encodings of a struct's fields that their types do not determine, such as base64.
fn codecs(aspects: &mut Behaviour, record: &Record) {
    for field in &record.fields {
        let codec = signature::codec(&field.value).unwrap_or_default();
        let codec = signature::short(&codec);
        let path = format!("types::{}::{}", record.name.text(), field.name.ident.text());
        add(aspects, &path, "encoding", &codec, &Place::Nowhere);
    }
}

/// Credentials, and aspects of operations that only the Rust model has.
fn client(aspects: &mut Behaviour, api: &Api, client: &lower::model::Client) {
    for scheme in &client.schemes {
        let declared = api.security_schemes.get(&scheme.name.wire);
        let place = declared.map_or(Place::Nowhere, |scheme| scheme.at.place.clone());
        let path = format!("Credentials::{}", scheme.name.ident.text());
        add(aspects, &path, "scheme", &self::scheme(&scheme.kind), &place);
    }
    for method in client.files.iter().flat_map(|file| &file.methods) {
        let operation = api.operations.iter().find(|operation| operation.id == method.data.id);
        let place = operation.map_or(Place::Nowhere, |operation| operation.at.place.clone());
        let path = format!("operations::{}", method.call.text());
        let lines = signature::description(method);
        for (aspect, keywords) in DESCRIBED {
            let is_of_aspect = |line: &&String| {
                line.split(' ').next().is_some_and(|word| keywords.contains(&word))
            };
            // The first line is that of the method and path.
            let lines: Vec<_> =
                lines.iter().skip(1).filter(is_of_aspect).map(String::as_str).collect();
            add(aspects, &path, aspect, &lines.join(", "), &place);
        }
    }
}

/// How a credential is sent, or obtained.
fn scheme(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::ApiKey { location, name } => {
            format!("{} {name}", format!("{location:?}").to_lowercase())
        }
        SchemeKind::Basic => "basic".to_owned(),
        SchemeKind::Bearer => "bearer".to_owned(),
        SchemeKind::Digest => "digest".to_owned(),
        SchemeKind::OAuth2 { client_credentials: Some(url), .. } => format!("OAuth 2.0 {url}"),
        SchemeKind::OAuth2 { client_credentials: None, .. } => "OAuth 2.0".to_owned(),
        SchemeKind::OpenIdConnect(url) => format!("OpenID Connect {url}"),
        SchemeKind::MutualTls => "mutual TLS".to_owned(),
        SchemeKind::Unplaced => "sent by the caller".to_owned(),
        SchemeKind::Other(name) => name.clone(),
    }
}

/// Adds the value of an aspect, unless it is empty.
fn add(aspects: &mut Behaviour, path: &str, aspect: &'static str, value: &str, place: &Place) {
    if !value.is_empty() {
        aspects.insert((path.to_owned(), aspect), (value.to_owned(), place.clone()));
    }
}

fn operation(aspects: &mut Behaviour, operation: &Operation, call: &str) {
    let path = format!("operations::{call}");
    let mut add = |aspect, value: String| add(aspects, &path, aspect, &value, &operation.at.place);
    add("request line", format!("{} {}", operation.method, operation.path));
    let bodies = operation.body.iter().flat_map(|body| &body.contents);
    let media: Vec<_> = bodies.map(|content| content.media_type.as_str()).collect();
    add("media types of the request", media.join(", "));
    let mut responses: Vec<_> = operation.responses.iter().map(response).collect();
    responses.sort_unstable();
    add("responses", responses.join(", "));
    let security = operation.security.iter().map(|alternative| {
        let schemes: Vec<_> = alternative.iter().map(|scheme| scheme.scheme.as_str()).collect();
        schemes.join(" + ")
    });
    add("security", security.collect::<Vec<_>>().join(" | "));
    add("servers", servers(&operation.servers));
}

/// The status of a response and its media types: `200 application/json`.
fn response(response: &Response) -> String {
    let status = match response.status {
        Status::Exact(code) => code.to_string(),
        Status::Range(class) => format!("{class}XX"),
        Status::Default => "default".to_owned(),
    };
    let contents = response.contents.iter();
    let media = contents.map(|content| content.media_type.as_str());
    [status.as_str()].into_iter().chain(media).collect::<Vec<_>>().join(" ")
}

fn parameter(aspects: &mut Behaviour, api: &Api, path: &str, parameter: &Parameter) {
    let place = &parameter.value.at.place;
    let mut add = |aspect, value: String| add(aspects, path, aspect, &value, place);
    add("name on the wire", parameter.name.clone());
    add("location", format!("{:?}", parameter.location).to_lowercase());
    add("encoding", encoding(&parameter.encoding));
    usage(aspects, api, path, &parameter.value);
}

/// A style and its flags, or a media type.
fn encoding(encoding: &ParameterEncoding) -> String {
    match encoding {
        ParameterEncoding::Content(media_type) => media_type.clone(),
        ParameterEncoding::Style { style, explode, allow_reserved, allow_empty, nested } => {
            let nested = nested.iter().map(|style| format!("nested {style:?}"));
            let flags = [
                (*explode, "explode"),
                (*allow_reserved, "allowReserved"),
                (*allow_empty, "allowEmptyValue"),
            ];
            let flags = flags.into_iter().filter(|(is_set, _)| *is_set);
            let words = [format!("{style:?}")].into_iter();
            let words = words.chain(flags.map(|(_, name)| name.to_owned())).chain(nested);
            words.collect::<Vec<_>>().join(", ").to_lowercase()
        }
    }
}

/// Defaults and constraints at a use site.
fn usage(aspects: &mut Behaviour, api: &Api, path: &str, usage: &Use) {
    let schema = api.schemas.get(usage.schema);
    let default = usage.default.as_ref();
    let default = default.or_else(|| schema.and_then(|schema| schema.default.as_ref()));
    let constraints = schema.map_or_else(String::new, |schema| constraints(&schema.constraints));
    let place = &usage.at.place;
    if let Some(default) = default {
        add(aspects, path, "default", &default.to_string(), place);
    }
    add(aspects, path, "constraints", &constraints, place);
}

fn constraints(constraints: &Constraints) -> String {
    attributes::sentences(constraints).join(" ")
}

/// Lists what behaves differently for callers whose code compiles as before.
pub fn compare(old: &Client<'_>, new: &Client<'_>, renames: &Renames) -> Vec<BehaviourChange> {
    let mut changes = compare_aspects(old, new, renames);
    changes.extend(renamed_arguments(old.surface, new.surface, renames));
    changes
}

/// Lists the calls whose arguments have other names and the same types: what callers pass has another meaning.
fn renamed_arguments<'s>(
    old: &'s Surface,
    new: &'s Surface,
    renames: &'s Renames,
) -> impl Iterator<Item = BehaviourChange> + 's {
    old.iter().filter_map(|(path, before)| {
        let path = renames.path(path);
        let after = new.get(&path)?;
        let names = |entry: &Entry| {
            let names: Vec<String> =
                entry.arguments().iter().map(|(name, _)| (*name).to_owned()).collect();
            names.join(", ")
        };
        let is_renamed = names(before) != names(after);
        let change = || BehaviourChange {
            path,
            aspect: "arguments",
            before: names(before),
            after: names(after),
            old_place: before.place.clone(),
            new_place: after.place.clone(),
        };
        (is_renamed && !renames.breaks(before, after)).then(change)
    })
}

/// Compares the aspects of the items that both surfaces have, and that callers use as before.
fn compare_aspects(old: &Client<'_>, new: &Client<'_>, renames: &Renames) -> Vec<BehaviourChange> {
    let nothing = (String::new(), Place::Nowhere);
    let new_paths: BTreeSet<&String> = new.aspects.keys().map(|(path, _)| path).collect();
    let old_paths = old.aspects.keys().map(|(path, _)| (renames.path(path), path));
    let comparable: BTreeSet<String> = old_paths
        .filter(|(new_path, path)| {
            new_paths.contains(new_path)
                && is_used_as_before(old.entry(path), new.entry(new_path), renames)
        })
        .map(|(new_path, _)| new_path)
        .collect();
    let mut pairs = BTreeMap::new();
    for ((path, aspect), value) in &old.aspects {
        pairs.insert((renames.path(path), *aspect), (value, &nothing));
    }
    for ((path, aspect), value) in &new.aspects {
        pairs.entry((path.clone(), *aspect)).or_insert((&nothing, value)).1 = value;
    }
    let changes = pairs
        .into_iter()
        .filter(|((path, _), (before, after))| before.0 != after.0 && comparable.contains(path));
    let changes = changes.map(|((path, aspect), (before, after))| BehaviourChange {
        path,
        aspect,
        before: before.0.clone(),
        after: after.0.clone(),
        old_place: before.1.clone(),
        new_place: after.1.clone(),
    });
    changes.collect()
}

/// `true` if callers use an item as before. Positional arguments are no items of the surface; an optional parameter that becomes
/// one is used in another way. A type is, as far as its aspects go, whatever its signature.
fn is_used_as_before(old: Option<&Entry>, new: Option<&Entry>, renames: &Renames) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => old.kind == Kind::Type || !renames.breaks(old, new),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

/// A client as far as it is compared.
pub struct Client<'a> {
    /// Its aspects.
    pub aspects: Behaviour,
    /// Its public API.
    pub surface: &'a Surface,
}

impl Client<'_> {
    /// The entry of an item by its path, with or without the parentheses of a method.
    fn entry(&self, path: &str) -> Option<&Entry> {
        self.surface.get(path).or_else(|| self.surface.get(&format!("{path}()")))
    }
}
