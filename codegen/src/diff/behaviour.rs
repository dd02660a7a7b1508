//! Behaviour of a client on the wire, as aspects by which two clients are compared.

use super::compare::Renames;
use super::surface::Surface;
use crate::api::model::{
    Api, Constraints, Operation, Parameter, ParameterEncoding, Response, Shape, Status, Use,
};
use crate::diagnostics::Place;
use crate::lower::attributes;
use crate::names::Names;
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

/// Lists the aspects of an API.
pub fn behaviour(api: &Api, names: &Names) -> Behaviour {
    let mut aspects = Behaviour::new();
    let servers: Vec<_> = api.servers.iter().map(|server| server.url.as_str()).collect();
    aspects.insert(("Client".to_owned(), "servers"), (servers.join(", "), Place::Nowhere));
    for (operation, names) in api.operations.iter().zip(&names.operations) {
        self::operation(&mut aspects, operation, names.call.text());
        for (parameter, ident) in operation.parameters.iter().zip(&names.parameters) {
            let path = format!("operations::{}::{}", names.call.text(), ident.text());
            self::parameter(&mut aspects, api, &path, parameter);
        }
    }
    for (id, schema) in api.schemas.iter() {
        let Some(ty) = names.types.get(&id) else {
            continue;
        };
        let path = format!("types::{}", ty.read.text());
        let members = names.members.get(&id).map_or(&[][..], Vec::as_slice);
        let place = &schema.at.place;
        match &schema.shape {
            Shape::Object(object) => {
                for ((wire, property), ident) in object.properties.iter().zip(members) {
                    let path = format!("{path}::{}", ident.text());
                    add(&mut aspects, &path, "name on the wire", wire, place);
                    if let Some(constant) = &property.constant {
                        add(&mut aspects, &path, "constant", &constant.to_string(), place);
                    }
                    usage(&mut aspects, api, &path, &property.value);
                }
            }
            Shape::Choice(choice) => {
                for (value, ident) in choice.values.iter().zip(members) {
                    let path = format!("{path}::{}", ident.text());
                    add(&mut aspects, &path, "value on the wire", &value.wire.to_string(), place);
                }
            }
            Shape::Union(union) => {
                for (variant, ident) in union.variants.iter().zip(members) {
                    let path = format!("{path}::{}", ident.text());
                    add(&mut aspects, &path, "discriminator", &variant.tags.join(", "), place);
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
    aspects
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
    let servers: Vec<_> = operation.servers.iter().map(|server| server.url.as_str()).collect();
    add("servers", servers.join(", "));
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

/// Compares the aspects of the items that both surfaces have.
pub fn compare(old: &Client<'_>, new: &Client<'_>, renames: &Renames) -> Vec<BehaviourChange> {
    let nothing = (String::new(), Place::Nowhere);
    let old_paths: BTreeSet<String> =
        old.aspects.keys().map(|(path, _)| renames.path(path)).collect();
    let new_paths: BTreeSet<&String> = new.aspects.keys().map(|(path, _)| path).collect();
    let mut pairs = BTreeMap::new();
    for ((path, aspect), value) in &old.aspects {
        let new_path = renames.path(path);
        // An optional parameter that becomes required is no longer an item of its own.
        if new_paths.contains(&new_path) && old.has(path) == new.has(&new_path) {
            pairs.insert((new_path, *aspect), (value, &nothing));
        }
    }
    for ((path, aspect), value) in &new.aspects {
        if old_paths.contains(path) {
            pairs.entry((path.clone(), *aspect)).or_insert((&nothing, value)).1 = value;
        }
    }
    let changes = pairs.into_iter().filter(|(_, (before, after))| before.0 != after.0);
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

/// A client as far as it is compared.
pub struct Client<'a> {
    /// Its aspects.
    pub aspects: Behaviour,
    /// Its public API.
    pub surface: &'a Surface,
}

impl Client<'_> {
    /// `true` if the path is an item of the surface; positional arguments are none.
    fn has(&self, path: &str) -> bool {
        self.surface.contains_key(path) || self.surface.contains_key(&format!("{path}()"))
    }
}
