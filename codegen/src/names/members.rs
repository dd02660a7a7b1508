//! Names of fields, of the variants of choices and unions, and of groups of mutually exclusive fields.

use super::case::{
    camel, camel_after, explicit_type, explicit_value, snake, split_words, without_owner,
};
use super::register::Register;
use super::scope::{NameRequest, Scope};
use super::{nodes, reserved, variants, GroupNames, Ident, Nodes, TypeNames};
use crate::api::model::{
    AdditionalProperties, Api, Choice, ExclusiveGroup, Json, Object, Owner, Role, Schema, SchemaId,
    Section, Shape, Union,
};
use crate::diagnostics::Place;
use std::collections::BTreeMap;

/// Names the fields or variants of every named schema.
pub fn assign(
    api: &Api,
    nodes: &Nodes,
    types: &BTreeMap<SchemaId, TypeNames>,
    register: &mut Register,
) -> BTreeMap<SchemaId, Vec<Ident>> {
    let named =
        types.iter().filter_map(|(id, names)| Some((*id, &names.read, api.schemas.get(*id)?)));
    let named = named.map(|(id, read, schema)| {
        let idents = match &schema.shape {
            Shape::Object(object) => fields(nodes.schema(id), object, register),
            Shape::Choice(choice) => values(api, nodes.schema(id), (schema, choice), register),
            Shape::Union(union) => {
                branches(api, &nodes.variants(api, id, union), (union, read), register)
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
            | Shape::Alias(_) => Vec::new(),
        };
        (id, idents)
    });
    named.collect()
}

/// Names the fields of an object. No methods or locals are reserved: fields have a namespace of their own, and the
/// runtime's macros are hygienic.
fn fields(node: &str, object: &Object, register: &mut Register) -> Vec<Ident> {
    let requests = object.properties.iter().map(|(wire, property)| {
        let explicit = property.value.name.as_deref().map(explicit_value);
        let derived = snake(wire);
        let preferred = explicit.clone().unwrap_or_else(|| derived.clone());
        let spare = format!("{preferred}_field");
        NameRequest {
            node: format!("{node}/{wire}"),
            rank: NameRequest::rank(explicit.is_some(), wire, &preferred),
            key: wire.clone(),
            explicit: explicit.is_some(),
            candidates: vec![preferred, derived, spare],
            place: property.value.at.place.clone(),
        }
    });
    let additional = ["additional", "additional_members", "additional_fields"];
    // An option may give any type the field; without a property of its name, nothing can move it.
    let is_stored = matches!(object.additional, AdditionalProperties::Retained(_));
    let additional = NameRequest {
        node: match is_stored {
            true => format!("{node}/{}", nodes::ADDITIONAL),
            false => String::new(),
        },
        rank: 9,
        key: String::new(),
        explicit: false,
        candidates: additional.map(str::to_owned).to_vec(),
        place: Place::Nowhere,
    };
    let requests: Vec<NameRequest> = requests.chain([additional]).collect();
    Scope::default().settle(&requests, register)
}

/// Names the variants of a union. Words that repeat the union's own name are dropped if that leaves a unique name.
fn branches(
    api: &Api,
    nodes: &[String],
    (union, read): (&Union, &Ident),
    register: &mut Register,
) -> Vec<Ident> {
    let indices = 0..union.variants.len();
    let whole: Vec<String> = indices.map(|at| variants::word(api, union, at)).collect();
    let short = |word: &String| without_owner(word, read.text());
    let shorts: Vec<Option<String>> = whole.iter().map(short).collect();
    let requests = union.variants.iter().zip(nodes).zip(&whole).zip(&shorts);
    let requests = requests.map(|(((variant, node), word), short)| {
        let is_only = |short: &&String| {
            let same = shorts.iter().flatten().filter(|other| other == short);
            same.count() == 1 && !whole.contains(short)
        };
        let short = short.as_ref().filter(is_only).cloned();
        let mut candidates: Vec<String> = short.into_iter().collect();
        candidates.extend([word.clone(), format!("{word}Variant")]);
        NameRequest {
            node: node.clone(),
            rank: 0,
            key: format!("{word} {}", variant.tags.join(" ")),
            explicit: false,
            candidates,
            place: variant.value.at.place.clone(),
        }
    });
    let requests: Vec<NameRequest> = requests.collect();
    let mut idents = scope().settle(&requests, register);
    idents.push(unlisted());
    idents
}

/// Units by the last word of a property's name, with the word that precedes a number: `timeoutMs: 5` is
/// `Milliseconds5`.
const UNITS: [(&str, &str); 44] = [
    ("attempts", "Attempts"),
    ("bits", "Bits"),
    ("bytes", "Bytes"),
    ("code", "Code"),
    ("cores", "Cores"),
    ("count", "Count"),
    ("cpus", "Cpus"),
    ("day", "Day"),
    ("days", "Days"),
    ("degrees", "Degrees"),
    ("gb", "Gigabytes"),
    ("hour", "Hour"),
    ("hours", "Hours"),
    ("hrs", "Hours"),
    ("kb", "Kilobytes"),
    ("level", "Level"),
    ("mb", "Megabytes"),
    ("millis", "Milliseconds"),
    ("milliseconds", "Milliseconds"),
    ("mins", "Minutes"),
    ("minute", "Minute"),
    ("minutes", "Minutes"),
    ("month", "Month"),
    ("months", "Months"),
    ("ms", "Milliseconds"),
    ("nodes", "Nodes"),
    ("pages", "Pages"),
    ("pct", "Percent"),
    ("percent", "Percent"),
    ("percentage", "Percent"),
    ("pixels", "Pixels"),
    ("port", "Port"),
    ("px", "Pixels"),
    ("quarter", "Quarter"),
    ("second", "Second"),
    ("seconds", "Seconds"),
    ("secs", "Seconds"),
    ("shards", "Shards"),
    ("tb", "Terabytes"),
    ("version", "Version"),
    ("week", "Week"),
    ("weeks", "Weeks"),
    ("year", "Year"),
    ("years", "Years"),
];

/// Maximum number of owners searched for a name.
const DEEPEST: usize = 8;

/// Returns the word that precedes values that begin with a digit: the unit at the end of the name, else `Value`.
pub fn word_of(name: &str) -> &'static str {
    let parts = split_words(name);
    let last = parts.last().map_or("", String::as_str);
    let known = UNITS.iter().find(|(word, _)| *word == last);
    known.map_or("Value", |(_, unit)| unit)
}

/// Returns the name of the property, parameter or component that contains a schema.
fn holder<'a>(api: &'a Api, schema: &'a Schema, depth: usize) -> &'a str {
    match &schema.owner {
        Owner::Component(name)
        | Owner::Shared(Section::ResponseHeader(name), _)
        | Owner::Shared(_, name)
        | Owner::Schema(_, Role::Property(name))
        | Owner::Operation(
            _,
            Role::Parameter(name) | Role::ResponseHeader(_, name) | Role::Property(name),
        ) => name,
        Owner::Schema(owner, _) if depth < DEEPEST => {
            let owner = api.schemas.get(*owner);
            owner.map_or("", |owner| holder(api, owner, depth + 1))
        }
        Owner::Schema(..) | Owner::Operation(..) => "",
    }
}

/// Names the values of a choice, and last the variant of undocumented values.
fn values(
    api: &Api,
    node: &str,
    (schema, choice): (&Schema, &Choice),
    register: &mut Register,
) -> Vec<Ident> {
    let before = word_of(holder(api, schema, 0));
    let requests = choice.values.iter().map(|value| {
        let text = value_text(&value.wire);
        let explicit = value.name.as_deref();
        let explicit = explicit.map(|name| match name.starts_with(char::is_alphabetic) {
            true => explicit_type(name),
            false => camel_after(name, before),
        });
        request(format!("{node}/{text}"), &text, explicit, (before, &schema.at.place))
    });
    let requests: Vec<NameRequest> = requests.collect();
    let mut idents = scope().settle(&requests, register);
    idents.push(unlisted());
    idents
}

/// Names the values of a server variable.
pub fn variable_values(
    node: &str,
    name: &str,
    values: &[String],
    register: &mut Register,
) -> Vec<Ident> {
    let before = word_of(name);
    let requests = values
        .iter()
        .map(|value| request(format!("{node}/{value}"), value, None, (before, &Place::Nowhere)));
    let requests: Vec<NameRequest> = requests.collect();
    scope().settle(&requests, register)
}

fn request(
    node: String,
    text: &str,
    explicit: Option<String>,
    (before, place): (&str, &Place),
) -> NameRequest {
    let derived = camel_after(text, before);
    let preferred = explicit.clone().unwrap_or_else(|| derived.clone());
    let spare = format!("{preferred}Value");
    NameRequest {
        node,
        rank: NameRequest::rank(explicit.is_some(), text, &preferred),
        key: text.to_owned(),
        explicit: explicit.is_some(),
        candidates: vec![preferred, derived, spare],
        place: place.clone(),
    }
}

/// Returns a new scope for the variants of one type.
pub fn scope() -> Scope {
    Scope::reserving(&[&reserved::VARIANTS])
}

/// Variant of undocumented values. The word is reserved, so that no documented value has it.
pub fn unlisted() -> Ident {
    Ident::new("Unlisted")
}

/// Returns the text that a value is named after.
fn value_text(wire: &Json) -> String {
    match wire {
        Json::String(text) => text.clone(),
        Json::Null => "null".to_owned(),
        Json::Bool(_) | Json::Number(_) | Json::Array(_) | Json::Object(_) => wire.to_string(),
    }
}

/// Maximum number of fields that a group is named after.
const MOST_MEMBERS: usize = 3;

/// Names the groups of every type.
pub fn groups(
    api: &Api,
    nodes: &Nodes,
    (named, scope): (&BTreeMap<SchemaId, Ident>, &mut Scope),
    register: &mut Register,
) -> BTreeMap<SchemaId, Vec<GroupNames>> {
    let mut requests = Vec::new();
    let mut groups = Vec::new();
    for (id, read) in named {
        let Some(schema) = api.schemas.get(*id) else {
            continue;
        };
        let Shape::Object(object) = &schema.shape else {
            continue;
        };
        for group in &object.exclusive_groups {
            let node = nodes::group(nodes.schema(*id), group);
            let group = Group::new(node, group, read, register);
            requests.push(group.request(read, &schema.at.place));
            groups.push((*id, object.as_ref(), group));
        }
    }
    let idents = scope.settle(&requests, register);
    let mut assigned = BTreeMap::<SchemaId, Vec<GroupNames>>::new();
    let mut methods = BTreeMap::<SchemaId, Scope>::new();
    for ((id, object, group), ident) in groups.into_iter().zip(idents) {
        let methods = methods.entry(id).or_insert_with(|| self::methods(object));
        let names = GroupNames {
            ident,
            accessor: methods.claim(&group.accessors()),
            variants: group.variants,
        };
        assigned.entry(id).or_default().push(names);
    }
    assigned
}

/// Returns the scope of a struct's methods, with its fields, setters and default accessors taken.
fn methods(object: &Object) -> Scope {
    let mut scope = Scope::reserving(&[&reserved::RECORD_METHODS, &reserved::TRAIT_METHODS]);
    for name in object.properties.keys() {
        let field = Ident::new(&snake(name));
        [&field, &field.setter(), &field.or_default()]
            .into_iter()
            .for_each(|ident| scope.take(ident));
    }
    scope
}

/// A group, and the words that make its names.
struct Group {
    node: String,
    /// The fields' words, in alphabetical order.
    joined: String,
    variants: Vec<Ident>,
}

impl Group {
    fn new(node: String, group: &ExclusiveGroup, read: &Ident, register: &mut Register) -> Self {
        let word = |name: &String| {
            let short = without_owner(name, read.text());
            short.unwrap_or_else(|| camel(name))
        };
        let parts: Vec<String> = group.members.iter().map(word).collect();
        let mut sorted = parts.clone();
        sorted.sort();
        let joined = match parts.len() <= MOST_MEMBERS {
            true => sorted.join("Or"),
            false => "OneOf".to_owned(),
        };
        let requests: Vec<NameRequest> = group
            .members
            .iter()
            .zip(parts)
            .map(|(name, word)| NameRequest {
                node: format!("{node}/{name}"),
                rank: 0,
                key: name.clone(),
                explicit: false,
                candidates: vec![word, camel(name), format!("{}Member", camel(name))],
                place: Place::Nowhere,
            })
            .collect();
        let mut scope = Scope::reserving(&[&reserved::VARIANTS]);
        Self { node, joined, variants: scope.settle(&requests, register) }
    }

    /// Name of the enum: `MaintenanceWindow` and `AnytimeOrWeekly` make `MaintenanceWindowAnytimeOrWeekly`.
    fn request(&self, read: &Ident, place: &Place) -> NameRequest {
        let preferred = format!("{}{}", read.text(), self.joined);
        NameRequest {
            node: self.node.clone(),
            rank: 0,
            key: preferred.clone(),
            explicit: false,
            candidates: vec![preferred.clone(), format!("{preferred}Choice")],
            place: place.clone(),
        }
    }

    fn accessors(&self) -> Vec<String> {
        let word = snake(&self.joined);
        vec![word.clone(), format!("{word}_choice")]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_sorted_and_known_by_the_last_word() {
        assert!(UNITS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert_eq!(word_of("auto_archive_duration_minutes"), "Minutes");
        assert_eq!(word_of("timeoutMs"), "Milliseconds");
        assert_eq!(word_of("tlsVersion"), "Version");
        assert_eq!(word_of("auto_archive_duration"), "Value");
        assert_eq!(word_of(""), "Value");
    }
}
