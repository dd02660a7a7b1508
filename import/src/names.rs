//! The names of components, each from the full name of its own type.
//!
//! * The name of a message is the last part of its full name. A single word from a package that services share is too general
//!   and is preceded by the package's last word (`google.rpc.Status` is `RpcStatus`).
//! * An enum has a full name only if prose links to it. Otherwise it belongs to the message of the field, or to the resource of
//!   a request. A single word is too general here, too: `Status` in `Cluster` is `ClusterStatus`; `WeekDay` stays.
//! * If two types still share a name, a nested one is preceded by the outer name: `Condition.StringMatcher` is
//!   `ConditionStringMatcher`.

use crate::case::{capitalized, is_one_word, joined};
use crate::model::{full_name, short_name, Field, Message, Service, OPERATION};
use crate::page::Kind;
use crate::template::is_version;
use indexmap::IndexMap;
use std::collections::BTreeMap;
use typewright::diagnostics::codes::import::{IMPORT_CONTRADICTS, IMPORT_RENAMED};
use typewright::diagnostics::Diagnostics;

/// The names of a service's components.
#[derive(Clone, Debug, Default)]
pub struct Names {
    messages: BTreeMap<String, String>,
    enums: BTreeMap<(String, String), String>,
    /// The values of each enum with their texts.
    pub values: BTreeMap<String, IndexMap<String, String>>,
}

impl Names {
    /// The component of a message.
    pub fn message(&self, key: &str) -> Option<&str> {
        self.messages.get(key).map(String::as_str)
    }

    /// The component of the enum that a field of a message or a parameter of an operation has.
    pub fn choice(&self, owner: &str, field: &str) -> Option<&str> {
        let key = (owner.to_owned(), field.to_owned());
        self.enums.get(&key).map(String::as_str)
    }
}

/// Names everything in a service.
pub fn assign(service: &Service, diagnostics: &mut Diagnostics) -> Names {
    let mut names = Names { messages: messages(service, diagnostics), ..Names::default() };
    let mut uses: Vec<Use<'_>> = uses(service, &names);
    uses.retain(|one| !one.field.row.values.is_empty());
    let clash = contested(&uses);
    for one in &mut uses {
        if clash.contains(&one.name) || names.messages.values().any(|name| *name == one.name) {
            one.name = joined(&one.owner, one.short);
        }
    }
    for one in uses {
        let mut name = one.name.clone();
        while names.messages.values().any(|other| *other == name) {
            name.push_str("Value");
        }
        let values = &one.field.row.values;
        match names.values.get_mut(&name) {
            Some(known) => unite(known, values, &name, one.field, diagnostics),
            None => {
                names.values.insert(name.clone(), values.clone());
            }
        }
        names.enums.insert((one.key, one.field.row.name.clone()), name);
    }
    names
}

/// A field that has an enum.
struct Use<'s> {
    key: String,
    owner: String,
    short: &'s str,
    name: String,
    field: &'s Field,
}

fn uses<'s>(service: &'s Service, names: &Names) -> Vec<Use<'s>> {
    let mut uses = Vec::new();
    for message in service.messages.values() {
        let component = names.message(&message.key).unwrap_or(&message.name);
        let owner = message.owner.as_deref().unwrap_or(component);
        let fields = message.fields.values();
        uses.extend(fields.filter_map(|field| used(field, &message.key, owner)));
    }
    for operation in &service.operations {
        let fields = operation.query.iter().chain(&operation.variables);
        uses.extend(fields.filter_map(|field| used(field, &operation.id, &operation.tag)));
    }
    uses
}

fn used<'s>(field: &'s Field, key: &str, owner: &str) -> Option<Use<'s>> {
    let (short, full) = choice(&field.row.kind)?;
    let parent = full.and_then(|full| full.rsplit('.').nth(1)).filter(|parent| !is_version(parent));
    let owner = parent.unwrap_or(owner).to_owned();
    let name = if is_one_word(short) { joined(&owner, short) } else { capitalized(short) };
    Some(Use { key: key.to_owned(), name: identifier(&name), owner, short, field })
}

fn choice(kind: &Kind) -> Option<(&str, Option<&str>)> {
    match kind {
        Kind::Enum(name, full) => Some((name, full.as_deref())),
        Kind::Map(value) => choice(value),
        Kind::Either(kinds) => kinds.iter().find_map(choice),
        Kind::Text(_)
        | Kind::Boolean
        | Kind::Integer
        | Kind::Number
        | Kind::Free
        | Kind::Message(_) => None,
    }
}

/// Names that several enums with different values share.
fn contested(uses: &[Use<'_>]) -> Vec<String> {
    let mut first: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
    let mut clash = Vec::new();
    for one in uses {
        let values = specified(&one.field.row.values);
        let known = first.entry(&one.name).or_insert_with(|| values.clone());
        if *known != values && !is_one_word(one.short) {
            clash.push(one.name.clone());
        }
    }
    clash
}

fn specified(values: &IndexMap<String, String>) -> Vec<&String> {
    let mut names: Vec<&String> =
        values.keys().filter(|name| !name.ends_with("_UNSPECIFIED")).collect();
    names.sort();
    names
}

/// Adds the values of another use of an enum.
fn unite(
    known: &mut IndexMap<String, String>,
    values: &IndexMap<String, String>,
    name: &str,
    field: &Field,
    diagnostics: &mut Diagnostics,
) {
    if specified(known) != specified(values) {
        let message = format!("the enum `{name}` has other values here than elsewhere");
        diagnostics.push(IMPORT_CONTRADICTS, field.place(), message);
    }
    for (value, text) in values {
        let at = if value.ends_with("_UNSPECIFIED") { 0 } else { known.len() };
        match known.get_mut(value) {
            Some(known_text) if known_text.is_empty() => known_text.clone_from(text),
            Some(_) => {}
            None => {
                known.shift_insert(at, value.clone(), text.clone());
            }
        }
    }
}

fn messages(service: &Service, diagnostics: &mut Diagnostics) -> BTreeMap<String, String> {
    let keys = service.messages.keys();
    let operations = keys.filter(|key| full_name(key) == OPERATION).count();
    let mut by_name: IndexMap<String, Vec<&Message>> = IndexMap::new();
    for message in service.messages.values() {
        let name = identifier(&own_name(&message.key, operations == 1));
        by_name.entry(name).or_default().push(message);
    }
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut taken: Vec<String> = by_name.keys().cloned().collect();
    for (name, mut sharing) in by_name {
        sharing.sort_by_cached_key(|message| (rank(&message.key), message.key.clone()));
        let mut ranks = sharing.iter().map(|message| rank(&message.key));
        let first = ranks.next().filter(|(body, nested, _)| !body && !nested);
        let keeps =
            sharing.len() == 1 || first.is_some_and(|first| ranks.all(|other| other != first));
        for (at, message) in sharing.iter().enumerate() {
            let component = if at == 0 && keeps {
                name.clone()
            } else {
                qualified(message, &name, &taken, &sharing)
            };
            if component != name {
                let text = format!(
                    "`{}` is `{component}` in the document, since another type is called `{name}`",
                    full_name(&message.key)
                );
                diagnostics.push(IMPORT_RENAMED, message.at.place(), text);
            }
            taken.push(component.clone());
            names.insert(message.key.clone(), component);
        }
    }
    names
}

/// Order of the messages that share a name, of which the first keeps it: no request body, not nested, in the fewest packages.
fn rank(key: &str) -> (bool, bool, usize) {
    let depth = full_name(key).split('.').count();
    (key.starts_with("body:"), !is_top(key), depth)
}

/// `true` for a message that is neither nested nor a request body.
fn is_top(key: &str) -> bool {
    let parent = full_name(key).rsplit('.').nth(1).unwrap_or_default();
    !key.starts_with("body:") && parent.chars().next().is_none_or(char::is_lowercase)
}

/// The name of a message by itself.
fn own_name(key: &str, only_operation: bool) -> String {
    let short = short_name(key);
    let mark = key.split_once('~').map(|(_, mark)| mark);
    if let (OPERATION, Some(mark), false) = (full_name(key), mark, only_operation) {
        return operation_name(mark);
    }
    if let (true, Some(suffix)) = (key.starts_with("body:"), mark) {
        return match short.strip_suffix("Request") {
            Some(word) => format!("{word}{suffix}Request"),
            None => format!("{short}{suffix}"),
        };
    }
    let mut parents = full_name(key).rsplit('.').skip(1);
    let shared = !full_name(key).split('.').any(is_version);
    match parents.next() {
        Some(parent) if shared && is_one_word(short) => joined(parent, short),
        _ => short.to_owned(),
    }
}

/// `BackupClusterMetadata,Cluster` as `BackupClusterOperation`.
fn operation_name(mark: &str) -> String {
    let (metadata, response) = mark.split_once(',').unwrap_or((mark, ""));
    let named = |key: &str| key.contains('.').then(|| short_name(key).to_owned());
    let word =
        named(metadata).map(|name| name.strip_suffix("Metadata").unwrap_or(&name).to_owned());
    let word = word.or_else(|| named(response)).unwrap_or_else(|| "Empty".to_owned());
    format!("{word}Operation")
}

/// A unique name for a message that shares its name. A body with the name of a message is the message's input form; one of
/// several versions is preceded by its version; any other by as many outer names as necessary.
fn qualified(message: &Message, name: &str, taken: &[String], sharing: &[&Message]) -> String {
    let with_message = sharing.iter().any(|other| !other.key.starts_with("body:"));
    let parent = full_name(&message.key).rsplit('.').nth(1).unwrap_or_default();
    let input = format!("{name}Input");
    if with_message && message.key.starts_with("body:") && !taken.contains(&input) {
        return input;
    }
    let versioned = identifier(&format!("{}{name}", capitalized(parent)));
    if is_version(parent) && !taken.contains(&versioned) {
        return versioned;
    }
    for with_versions in [false, true] {
        let others = sharing.iter().filter(|other| other.key != message.key);
        let others: Vec<Vec<String>> =
            others.map(|other| longer(&other.key, with_versions)).collect();
        for (at, name) in longer(&message.key, with_versions).into_iter().enumerate() {
            let shared = others.iter().any(|names| names.get(at) == Some(&name));
            if !shared && !taken.contains(&name) {
                return name;
            }
        }
    }
    let numbered = (2..).map(|number: u32| format!("{name}{number}"));
    numbered.into_iter().find(|name| !taken.contains(name)).unwrap_or_default()
}

/// A message's name with one name around it, with two, and so on.
fn longer(key: &str, with_versions: bool) -> Vec<String> {
    let parents = full_name(key).rsplit('.').skip(1);
    let parents = parents.filter(|parent| with_versions || !is_version(parent));
    let mut name = short_name(key).to_owned();
    let longer = parents.map(|parent| {
        name = identifier(&format!("{}{}", capitalized(parent), capitalized(&name)));
        name.clone()
    });
    longer.collect()
}

/// The name without characters that a component's name may not have (OpenAPI 3.0.3, 4.7.7.1).
fn identifier(name: &str) -> String {
    name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')).collect()
}
