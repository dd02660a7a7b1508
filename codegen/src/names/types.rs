//! The names of types: components by their own, inline types by owner and role.

use super::scope::Scope;
use super::words::{asked_type, camel, singular, snake};
use super::{variants, GroupNames, Ident, TypeNames};
use crate::api::body_parts;
use crate::api::ir::{Api, Exclusive, Home, Role, Schema, SchemaId, Section, Shape};
use crate::diagnostics::codes::names::NAME_MOVED;
use crate::diagnostics::Diagnostics;
use std::collections::{BTreeMap, BTreeSet};

/// Names that generated code uses for something else.
const RESERVED: [&str; 34] = [
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Display",
    "Drop",
    "Err",
    "Eq",
    "Error",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "Hash",
    "Into",
    "IntoFuture",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToString",
    "TryFrom",
    "Vec",
];

/// Names the schemas that become items.
pub fn assign(
    api: &Api,
    inputs: &BTreeSet<SchemaId>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<SchemaId, TypeNames> {
    let mut naming = Naming {
        api,
        inputs,
        types: Scope::reserving(&RESERVED),
        // a file that is called like its folder looks like a slip
        modules: Scope::reserving(&["types"]),
        named: BTreeMap::new(),
    };
    let in_parts = in_parts(api);
    let mut order: Vec<_> = api
        .schemas
        .iter()
        .filter(|(id, schema)| is_item(schema) && !in_parts.contains(id))
        .collect();
    order.sort_by(|(_, a), (_, b)| sort_key(a).cmp(&sort_key(b)));
    for (id, schema) in order {
        let names = naming.name(id, schema, diagnostics);
        naming.named.insert(id, names);
    }
    naming.named
}

/// Bodies written in place that calls are given part by part: no value of such a type is ever made.
fn in_parts(api: &Api) -> BTreeSet<SchemaId> {
    let bodies = api
        .operations
        .iter()
        .filter_map(|operation| operation.body.as_ref());
    let in_parts = bodies.filter(|body| body_parts(api, body).is_some());
    let roots = in_parts.flat_map(|body| &body.contents);
    let roots = roots.filter_map(|content| Some(content.value.as_ref()?.schema));
    let own = |id: &SchemaId| match api.schemas.get(*id).map(|schema| &schema.home) {
        Some(Home::Operation(_, Role::Body(_)) | Home::Shared(Section::Body(_), _)) => true,
        Some(_) | None => false,
    };
    roots.filter(own).collect()
}

/// Components before inline types, each by its name on the wire; an owner before what it holds.
fn sort_key(schema: &Schema) -> (u8, &str) {
    match &schema.home {
        Home::Component(name) => (0, name),
        Home::Within(..) | Home::Operation(..) | Home::Shared(..) => (1, &schema.at.pointer),
    }
}

/// Whether a schema becomes an item: every component does, and of inline schemas those that no plain type can express.
pub fn is_item(schema: &Schema) -> bool {
    if matches!(schema.home, Home::Component(_)) {
        return true;
    }
    match &schema.shape {
        Shape::Object(object) => {
            !object.properties.is_empty() || !matches!(object.rest, crate::api::ir::Rest::Kept(_))
        }
        Shape::Choice(_) | Shape::Union(_) => true,
        Shape::Any(_)
        | Shape::Never
        | Shape::Null
        | Shape::Bool
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::Text(_)
        | Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Same(_) => false,
    }
}

struct Naming<'a> {
    api: &'a Api,
    inputs: &'a BTreeSet<SchemaId>,
    types: Scope,
    modules: Scope,
    named: BTreeMap<SchemaId, TypeNames>,
}

impl Naming<'_> {
    fn name(&mut self, id: SchemaId, schema: &Schema, diagnostics: &mut Diagnostics) -> TypeNames {
        let asked = schema.name.as_deref().map(asked_type);
        let own = self.wanted(id, schema);
        let wanted = asked.clone().unwrap_or_else(|| own.clone());
        let spare = format!("{wanted}{}", kind_word(&schema.shape));
        let second = asked.map(|_| own);
        let mut candidates = vec![wanted.clone()];
        candidates.extend(second.into_iter().chain([spare]));
        let claim = self.types.claim(&candidates);
        if claim.moved {
            let message = format!(
                "the name `{wanted}` is taken, so this type is called `{}`",
                claim.ident
            );
            diagnostics.push(NAME_MOVED, schema.at.place.clone(), message);
        }
        let read = claim.ident;
        let input = self
            .inputs
            .contains(&id)
            .then(|| self.claim(&format!("{}Input", read.text())));
        let input_required = input
            .as_ref()
            .map(|input| self.claim(&format!("{}Required", input.text())));
        let required = self.claim(&format!("{}Required", read.text()));
        let groups = self.groups(&read, schema);
        let module = self.module(schema, &read);
        TypeNames {
            read,
            input,
            required,
            input_required,
            groups,
            module,
        }
    }

    fn claim(&mut self, text: &str) -> Ident {
        self.types.claim(&[text.to_owned()]).ident
    }

    /// The name that a schema would have were it alone.
    fn wanted(&self, id: SchemaId, schema: &Schema) -> String {
        match &schema.home {
            Home::Component(name) => camel(name),
            Home::Within(owner, role) => self.inline(*owner, role, id),
            Home::Operation(index, role) => {
                let operation = self
                    .api
                    .operations
                    .get(*index)
                    .map_or("", |operation| operation.id.as_str());
                format!("{}{}", camel(operation), operation_role(role))
            }
            Home::Shared(section, name) => format!("{}{}", camel(name), section_word(section)),
        }
    }

    fn inline(&self, owner: SchemaId, role: &Role, id: SchemaId) -> String {
        let base = self.base(owner);
        match role {
            Role::Item => singular(&base).unwrap_or_else(|| format!("{base}Item")),
            Role::Value => singular(&base).unwrap_or_else(|| format!("{base}Value")),
            Role::Variant(index) => format!("{base}{}", self.variant(owner, *index, id)),
            Role::Property(name) => format!("{base}{}", camel(name)),
            Role::Key => format!("{base}Key"),
            Role::Position(index) => format!("{base}Item{}", index + 1),
            Role::Parameter(_) | Role::Body(_) | Role::Reply(..) | Role::Header(..) => {
                format!("{base}{}", operation_role(role))
            }
        }
    }

    /// The name of an owner: the one it has, or, where it is no item itself, the one it would have.
    fn base(&self, owner: SchemaId) -> String {
        match (self.named.get(&owner), self.api.schemas.get(owner)) {
            (Some(names), _) => names.read.text().to_owned(),
            (None, Some(schema)) => self.wanted(owner, schema),
            (None, None) => String::new(),
        }
    }

    fn variant(&self, owner: SchemaId, index: usize, id: SchemaId) -> String {
        match self.api.schemas.get(owner).map(|schema| &schema.shape) {
            Some(Shape::Union(union)) => variants::word(self.api, union, index),
            Some(_) | None => format!("Variant{}", id.0),
        }
    }

    fn groups(&mut self, read: &Ident, schema: &Schema) -> Vec<GroupNames> {
        let Shape::Object(object) = &schema.shape else {
            return Vec::new();
        };
        let fields: Vec<_> = object.properties.keys().map(|name| snake(name)).collect();
        object
            .exclusive
            .iter()
            .map(|group| self.group(read, group, &fields))
            .collect()
    }

    /// A group is called after its members: `ErrorOrResponse` of `Operation` is `OperationErrorOrResponse`.
    fn group(&mut self, read: &Ident, group: &Exclusive, fields: &[String]) -> GroupNames {
        let joined = if group.members.len() <= 3 {
            group
                .members
                .iter()
                .map(|name| camel(name))
                .collect::<Vec<_>>()
                .join("Or")
        } else {
            "OneOf".to_owned()
        };
        let mut accessors =
            Scope::reserving(&fields.iter().map(String::as_str).collect::<Vec<_>>());
        let accessor = accessors.claim(&[snake(&joined)]).ident;
        let mut scope = Scope::default();
        let variants = group
            .members
            .iter()
            .map(|name| scope.claim(&[camel(name)]).ident)
            .collect();
        GroupNames {
            ident: self.claim(&format!("{}{joined}", read.text())),
            accessor,
            variants,
        }
    }

    /// A component and what stands inside it share a file; what stands inside an operation has the operation's.
    fn module(&mut self, schema: &Schema, read: &Ident) -> Ident {
        match &schema.home {
            Home::Within(owner, _) => self.owner_module(*owner, read),
            Home::Component(_) => self.modules.claim(&[module_word(read.text())]).ident,
            Home::Operation(index, _) => self.operation_module(*index),
            Home::Shared(_, name) => Ident::new(&format!("{}_shared", snake(name))),
        }
    }

    fn owner_module(&mut self, owner: SchemaId, read: &Ident) -> Ident {
        if let Some(names) = self.named.get(&owner) {
            return names.module.clone();
        }
        match self.api.schemas.get(owner) {
            Some(schema) => self.module(schema, read),
            None => Ident::new("other"),
        }
    }

    fn operation_module(&self, index: usize) -> Ident {
        let id = self
            .api
            .operations
            .get(index)
            .map_or("", |operation| operation.id.as_str());
        Ident::new(&format!("{}_operation", snake(id)))
    }
}

/// A file is called after its type; apart from it in scripts without case, where a module would hide the type.
fn module_word(ty: &str) -> String {
    let word = snake(ty);
    if word == ty {
        format!("{word}_type")
    } else {
        word
    }
}

fn kind_word(shape: &Shape) -> &'static str {
    match shape {
        Shape::Object(_) => "Object",
        Shape::Choice(_) => "Choice",
        Shape::Union(_) => "Union",
        Shape::List(_) | Shape::Tuple(_) => "List",
        Shape::Any(_)
        | Shape::Never
        | Shape::Null
        | Shape::Bool
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::Text(_)
        | Shape::Same(_) => "Value",
    }
}

/// What a schema is to a shared part; its value needs no word.
fn section_word(section: &Section) -> String {
    match section {
        Section::Parameter | Section::Header => String::new(),
        Section::Body(media_type) => format!(
            "{}Body",
            media_type.as_deref().map(media_word).unwrap_or_default()
        ),
        Section::Reply(media_type) => format!(
            "{}Reply",
            media_type.as_deref().map(media_word).unwrap_or_default()
        ),
        Section::ReplyHeader(name) => camel(name),
        Section::Payload(media_type) => format!(
            "{}Payload",
            media_type.as_deref().map(media_word).unwrap_or_default()
        ),
    }
}

/// What a media type is called where several differ; JSON needs no word.
fn media_word(media_type: &str) -> String {
    match media_type {
        "application/json" => String::new(),
        "application/x-www-form-urlencoded" => "Form".to_owned(),
        "multipart/form-data" => "Multipart".to_owned(),
        "text/plain" => "Text".to_owned(),
        other => camel(other),
    }
}

fn operation_role(role: &Role) -> String {
    match role {
        Role::Parameter(name) | Role::Property(name) => camel(name),
        Role::Body(None) => "Body".to_owned(),
        Role::Body(Some(media_type)) => format!("{}Body", media_word(media_type)),
        Role::Reply(status, media_type) => {
            let status = if status.starts_with('2') {
                String::new()
            } else {
                camel(status).replace('N', "")
            };
            format!(
                "{}{status}Reply",
                media_type.as_deref().map(media_word).unwrap_or_default()
            )
        }
        Role::Header(status, name) => format!("{}{}", camel(status).replace('N', ""), camel(name)),
        Role::Item => "Item".to_owned(),
        Role::Value => "Value".to_owned(),
        Role::Key => "Key".to_owned(),
        Role::Position(index) | Role::Variant(index) => format!("Item{}", index + 1),
    }
}
