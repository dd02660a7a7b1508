//! Candidate names of inline types: owner and role.

use super::phrases::{joined, own_words, singular};
use super::types::Naming;
use super::word_case::camel;
use super::{responses, variants};
use crate::api::model::{Operation, Owner, Role, Schema, SchemaId, Section, Shape};

impl Naming<'_> {
    /// Returns the candidate names of a schema, best first, without regard to `x-typewright-name`.
    pub(super) fn candidates(&self, id: SchemaId, schema: &Schema) -> Vec<String> {
        match &schema.owner {
            Owner::Component(name) => vec![camel(name)],
            Owner::Schema(owner, role) => self.within(*owner, role, id),
            Owner::Operation(index, role) => {
                let base = self.whole.get(*index).map(|ident| camel(ident.text()));
                let operation = self.api.operations.get(*index);
                of_operation(&base.unwrap_or_default(), operation, role)
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
    let own = own_words(part, owner).map(|own| format!("{owner}{own}"));
    let short = Some(joined(owner, part)).filter(|short| short != owner);
    let plain = format!("{owner}{}", camel(part));
    own.into_iter().chain(short).chain([plain]).collect()
}

/// Returns candidate names of a schema inside an operation.
fn of_operation(base: &str, operation: Option<&Operation>, role: &Role) -> Vec<String> {
    if let (Role::Response(status, media_type), Some(operation)) = (role, operation) {
        let media_word = media_type.as_deref().map(media_word).unwrap_or_default();
        let words = responses::body_words(operation, status);
        let names = words
            .into_iter()
            .map(|word| format!("{base}{word}{media_word}"));
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
