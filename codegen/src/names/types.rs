//! Names of types: components by their own name, inline types by owner and role.

use super::case::{camel, explicit_type, joined, singular, without_owner};
use super::register::Register;
use super::scope::{NameRequest, Scope};
use super::{files, members, nodes, reserved, responses, variants, Ident, Nodes, TypeNames};
use crate::api::body_parts;
use crate::api::model::{
    AdditionalProperties, Api, Object, Operation, Owner, Role, Schema, SchemaId, Section, Shape,
};
use crate::api::read_write::Reach;
use crate::diagnostics::codes::names::NAME_MOVED;
use std::collections::{BTreeMap, BTreeSet};

/// Maximum number of owners of an inline type that are followed.
const DEEPEST: usize = 64;

/// Returns inline bodies that calls receive part by part: no value of such a type is ever constructed.
fn in_parts(api: &Api) -> BTreeSet<SchemaId> {
    let bodies = api.operations.iter().filter_map(|operation| operation.body.as_ref());
    let in_parts = bodies.filter(|body| body_parts(api, body).is_some());
    let roots = in_parts.flat_map(|body| &body.contents);
    let roots = roots.filter_map(|content| Some(content.value.as_ref()?.schema));
    let is_inline = |id: &SchemaId| match api.schemas.get(*id).map(|schema| &schema.owner) {
        Some(Owner::Operation(_, Role::Body(_)) | Owner::Shared(Section::Body(_), _)) => true,
        Some(_) | None => false,
    };
    roots.filter(is_inline).collect()
}

/// `true` if a schema becomes an item: every component, and every inline schema that no existing type expresses.
pub fn is_item(schema: &Schema) -> bool {
    if matches!(schema.owner, Owner::Component(_)) {
        return true;
    }
    is_nominal(&schema.shape)
}

/// `true` if a shape becomes a struct or enum, which need a name.
pub fn is_nominal(shape: &Shape) -> bool {
    matches!(shape, Shape::Choice(_) | Shape::Union(_))
        || matches!(shape, Shape::Object(object) if is_record(object))
}

/// `true` if an object becomes a struct rather than a map.
pub fn is_record(object: &Object) -> bool {
    !object.properties.is_empty() || !matches!(object.additional, AdditionalProperties::Retained(_))
}

/// Assignment of type names, in progress.
pub struct Naming<'a> {
    pub(super) api: &'a Api,
    nodes: &'a Nodes,
    /// Base names of the operations, in order.
    pub(super) whole: &'a [Ident],
    /// Scope of types and of operations' items. It is one scope, so that a file can import both.
    pub scope: Scope,
    pub(super) named: BTreeMap<SchemaId, Ident>,
}

impl<'a> Naming<'a> {
    /// Starts without names.
    pub fn new(api: &'a Api, nodes: &'a Nodes, whole: &'a [Ident], register: &Register) -> Self {
        let scope = Scope::reserving(&reserved::TYPES).shared("types", register);
        Self { api, nodes, whole, scope, named: BTreeMap::new() }
    }

    /// Names the components, which take precedence over all derived names.
    pub fn components(&mut self, register: &mut Register) {
        let components = self.api.schemas.iter().filter_map(|(id, schema)| {
            let Owner::Component(name) = &schema.owner else {
                return None;
            };
            let explicit = schema.name.as_deref().map(explicit_type);
            let derived_names = camel(name);
            let preferred = explicit.clone().unwrap_or_else(|| derived_names.clone());
            let spare = format!("{preferred}{}", kind_word(&schema.shape));
            let request = NameRequest {
                node: self.nodes.schema(id).to_owned(),
                rank: NameRequest::rank(explicit.is_some(), name, &preferred),
                key: name.clone(),
                explicit: explicit.is_some(),
                candidates: vec![preferred, derived_names, spare],
                place: schema.at.place.clone(),
            };
            Some((id, request))
        });
        let components = components.collect();
        self.claim(components, register);
    }

    /// Names the inline types, owners before what they contain.
    pub fn inline(&mut self, register: &mut Register) {
        let in_parts = in_parts(self.api);
        let mut levels = BTreeMap::<(bool, usize), Vec<SchemaId>>::new();
        for (id, schema) in self.api.schemas.iter() {
            let is_inline = !matches!(schema.owner, Owner::Component(_));
            if is_inline && is_item(schema) && !in_parts.contains(&id) {
                levels.entry(self.level(schema)).or_default().push(id);
            }
        }
        for ids in levels.into_values() {
            let requests = ids.into_iter().filter_map(|id| {
                let schema = self.api.schemas.get(id)?;
                Some((id, self.request(id, schema)))
            });
            let requests = requests.collect();
            self.claim(requests, register);
        }
    }

    /// Order of inline types: those in components first, owners before what they contain.
    fn level(&self, schema: &'a Schema) -> (bool, usize) {
        let owner = |schema: &&'a Schema| match &schema.owner {
            Owner::Schema(owner, _) => self.api.schemas.get(*owner),
            Owner::Component(_) | Owner::Operation(..) | Owner::Shared(..) => None,
        };
        let chain = std::iter::successors(Some(schema), owner).take(DEEPEST);
        let (count, last) = chain.fold((0, schema), |(count, _), owner| (count + 1, owner));
        (!matches!(last.owner, Owner::Component(_)), count)
    }

    fn request(&self, id: SchemaId, schema: &Schema) -> NameRequest {
        let explicit = schema.name.as_deref().map(explicit_type);
        let derived_names = self.candidates(id, schema);
        let is_explicit = explicit.is_some();
        let mut candidates: Vec<String> = explicit.into_iter().chain(derived_names).collect();
        let first = candidates.first().map_or("", String::as_str);
        candidates.push(format!("{first}{}", kind_word(&schema.shape)));
        NameRequest {
            node: self.nodes.schema(id).to_owned(),
            rank: NameRequest::rank(is_explicit, "", ""),
            key: schema.at.pointer.clone(),
            explicit: is_explicit,
            candidates,
            place: schema.at.place.clone(),
        }
    }

    fn claim(&mut self, requests: Vec<(SchemaId, NameRequest)>, register: &mut Register) {
        let (ids, requests): (Vec<_>, Vec<_>) = requests.into_iter().unzip();
        let claims = self.scope.claims(&requests, register);
        for ((id, request), claim) in ids.into_iter().zip(&requests).zip(claims) {
            if claim.moved {
                let preferred = request.candidates.first().map_or("", String::as_str);
                let message = format!(
                    "the name `{preferred}` is taken, so this type is called `{}`",
                    claim.ident
                );
                register.diagnostics.push(NAME_MOVED, request.place.clone(), message);
            }
            self.named.insert(id, claim.ident);
        }
    }

    /// Names the request types, groups and modules after all types are named; returns them with the scope for later
    /// names.
    pub fn finish(
        mut self,
        reach: &BTreeMap<SchemaId, Reach>,
        register: &mut Register,
    ) -> (BTreeMap<SchemaId, TypeNames>, Scope) {
        let differ = |id: &&SchemaId| reach.get(*id) == Some(&Reach::BothDiffer);
        let differing: Vec<SchemaId> = self.named.keys().filter(differ).copied().collect();
        let inputs = self.inputs(&differing, register);
        let items = (&self.named, &mut self.scope);
        let mut groups = members::groups(self.api, self.nodes, items, register);
        let modules = files::modules(self.api, &self.named);
        let named = self.named.iter().map(|(id, read)| {
            let names = TypeNames {
                read: read.clone(),
                input: inputs.get(id).cloned(),
                groups: groups.remove(id).unwrap_or_default(),
                module: modules.get(id).unwrap_or(read).clone(),
            };
            (*id, names)
        });
        (named.collect(), self.scope)
    }

    /// Names the request types after those of responses.
    fn inputs(&mut self, ids: &[SchemaId], register: &mut Register) -> BTreeMap<SchemaId, Ident> {
        let requests: Vec<(SchemaId, NameRequest)> = ids
            .iter()
            .filter_map(|id| {
                let (read, schema) = (self.named.get(id)?, self.api.schemas.get(*id)?);
                let suffixes = ["Input", "Request", "InputForm"];
                let candidates = suffixes.map(|suffix| format!("{}{suffix}", read.text()));
                let request = NameRequest {
                    node: nodes::input(self.nodes.schema(*id)),
                    rank: 0,
                    key: read.text().to_owned(),
                    explicit: false,
                    candidates: candidates.to_vec(),
                    place: schema.at.place.clone(),
                };
                Some((*id, request))
            })
            .collect();
        let (ids, requests): (Vec<_>, Vec<_>) = requests.into_iter().unzip();
        let idents = self.scope.settle(&requests, register);
        ids.into_iter().zip(idents).collect()
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
        | Shape::Alias(_) => "Value",
    }
}

impl Naming<'_> {
    /// Returns the candidate names of a schema, best first, without regard to `x-typewright-name`.
    pub(super) fn candidates(&self, id: SchemaId, schema: &Schema) -> Vec<String> {
        match &schema.owner {
            Owner::Component(name) => vec![camel(name)],
            Owner::Schema(owner, role) => self.within(*owner, role, id),
            Owner::Operation(index, role) => {
                let base = self.whole.get(*index).map(|ident| camel(ident.text()));
                let operation = self.api.operations.get(*index);
                operation_candidates(&base.unwrap_or_default(), operation, role)
            }
            Owner::Shared(section, name) => shared(&camel(name), section),
        }
    }

    fn within(&self, owner: SchemaId, role: &Role, id: SchemaId) -> Vec<String> {
        let base = self.base(owner);
        match role {
            Role::Item | Role::Value => {
                let word = operation_word(role);
                let singular = singular(&base).into_iter();
                singular.chain([format!("{base}{word}")]).collect()
            }
            Role::Variant(index) => part_of(&base, &self.variant(owner, *index, id)),
            Role::Property(name) => part_of(&base, name),
            Role::Key
            | Role::Position(_)
            | Role::Parameter(_)
            | Role::Body(_)
            | Role::Response(..)
            | Role::ResponseHeader(..) => vec![format!("{base}{}", operation_word(role))],
        }
    }

    /// Returns the name of an owner: the assigned one, or for a schema that is not an item the best candidate.
    fn base(&self, owner: SchemaId) -> String {
        match (self.named.get(&owner), self.api.schemas.get(owner)) {
            (Some(named), _) => named.text().to_owned(),
            (None, Some(schema)) => {
                let candidates = self.candidates(owner, schema);
                candidates.into_iter().next().unwrap_or_default()
            }
            (None, None) => String::new(),
        }
    }

    fn variant(&self, owner: SchemaId, index: usize, id: SchemaId) -> String {
        match self.api.schemas.get(owner).map(|schema| &schema.shape) {
            Some(Shape::Union(union)) => variants::word(self.api, union, index),
            Some(_) | None => format!("Variant{}", id.0),
        }
    }
}

/// Returns the owner and the part's name, first without repetition.
fn part_of(owner: &str, part: &str) -> Vec<String> {
    let short_name = without_owner(part, owner).map(|short_name| format!("{owner}{short_name}"));
    let short = Some(joined(owner, part)).filter(|short| short != owner);
    let plain = format!("{owner}{}", camel(part));
    short_name.into_iter().chain(short).chain([plain]).collect()
}

/// Returns candidate names of a schema inside an operation.
fn operation_candidates(base: &str, operation: Option<&Operation>, role: &Role) -> Vec<String> {
    if let (Role::Response(status, media_type), Some(operation)) = (role, operation) {
        let media_word = media_type.as_deref().map(media_word).unwrap_or_default();
        let parts = responses::body_words(operation, status);
        let names = parts.into_iter().map(|word| format!("{base}{word}{media_word}"));
        return names.collect();
    }
    if let Role::ResponseHeader(status, name) = role {
        let with_status = format!("{base}{}{}", responses::key_word(status), camel(name));
        let plain = format!("{base}{}", camel(name));
        return match status.starts_with('2') {
            true => vec![plain, with_status],
            false => vec![with_status],
        };
    }
    if let Role::Parameter(name) = role {
        return part_of(base, name);
    }
    vec![format!("{base}{}", operation_word(role))]
}

/// Returns candidate names of a schema inside a shared component; a parameter's or header's schema needs no suffix.
fn shared(name: &str, section: &Section) -> Vec<String> {
    let media = |media_type: &Option<String>| {
        let word = media_type.as_deref().map(media_word);
        word.unwrap_or_default()
    };
    match section {
        Section::Parameter => vec![name.to_owned(), joined(name, "Parameter")],
        Section::Header => vec![name.to_owned(), joined(name, "Header")],
        Section::Body(media_type) => {
            vec![joined(name, &format!("{}Body", media(media_type)))]
        }
        Section::Response(media_type) => {
            vec![joined(name, &format!("{}Response", media(media_type)))]
        }
        Section::ResponseHeader(header) => part_of(name, header),
        Section::Payload(media_type) => {
            vec![joined(name, &format!("{}Payload", media(media_type)))]
        }
    }
}

/// Returns the word that distinguishes a media type; empty for JSON.
fn media_word(media_type: &str) -> String {
    match media_type {
        "application/json" => String::new(),
        "application/x-www-form-urlencoded" => "Form".to_owned(),
        "multipart/form-data" => "Multipart".to_owned(),
        "text/plain" => "Text".to_owned(),
        other => camel(other),
    }
}

fn operation_word(role: &Role) -> String {
    match role {
        Role::Parameter(name) | Role::Property(name) => camel(name),
        Role::Body(None) => "Body".to_owned(),
        Role::Body(Some(media_type)) => format!("{}Body", media_word(media_type)),
        Role::Response(status, _) => responses::key_word(status),
        Role::ResponseHeader(_, name) => camel(name),
        Role::Item => "Item".to_owned(),
        Role::Value => "Value".to_owned(),
        Role::Key => "Key".to_owned(),
        Role::Position(index) | Role::Variant(index) => format!("Item{}", index + 1),
    }
}
