//! Names of literal values: variants of choices, and values of server variables.

use super::phrases::parts;
use super::reserved;
use super::scope::{Scope, Wish};
use super::word_case::{asked_type, camel_after};
use super::Ident;
use crate::api::model::{Api, Choice, Json, Owner, Role, Schema, Section};
use crate::diagnostics::{Diagnostics, Place};

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
    let parts = parts(name);
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
pub fn values(
    api: &Api,
    schema: &Schema,
    choice: &Choice,
    diagnostics: &mut Diagnostics,
) -> Vec<Ident> {
    let before = word_of(holder(api, schema, 0));
    let wishes = choice.values.iter().map(|value| {
        let text = value_text(&value.wire);
        let asked = value.name.as_deref();
        let asked = asked.map(|name| match name.starts_with(char::is_alphabetic) {
            true => asked_type(name),
            false => camel_after(name, before),
        });
        wish(&text, asked, before, &schema.at.place)
    });
    let wishes: Vec<Wish> = wishes.collect();
    let mut idents = scope().settle(&wishes, diagnostics);
    idents.push(unlisted());
    idents
}

/// Names the values of a server variable.
pub fn variable_values(name: &str, values: &[String], diagnostics: &mut Diagnostics) -> Vec<Ident> {
    let before = word_of(name);
    let wishes = values
        .iter()
        .map(|value| wish(value, None, before, &Place::Nowhere));
    let wishes: Vec<Wish> = wishes.collect();
    scope().settle(&wishes, diagnostics)
}

fn wish(text: &str, asked: Option<String>, before: &str, place: &Place) -> Wish {
    let own = camel_after(text, before);
    let wanted = asked.clone().unwrap_or_else(|| own.clone());
    let spare = format!("{wanted}Value");
    Wish {
        rank: Wish::rank(asked.is_some(), text, &wanted),
        key: text.to_owned(),
        candidates: vec![wanted, own, spare],
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
