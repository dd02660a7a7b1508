//! What a schema says, as places and words.

use super::facts::{elements, is_told, members, open, word, Facts, Root};
use serde_yaml::Value;

/// Records the facts of a schema. `inside` holds the references that are being followed.
pub fn facts<'d>(
    facts: &mut Facts,
    at: &str,
    schema: &'d Value,
    root: Root<'d>,
    inside: &mut Vec<&'d str>,
) {
    let schema = unwrapped(schema);
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let target = root.resolve(reference);
        match target.filter(|_| !root.named && !inside.contains(&reference)) {
            Some(target) => {
                inside.push(reference);
                self::facts(facts, at, target, root, inside);
                inside.pop();
            }
            None => facts.say(format!("{at}/$ref"), reference),
        }
        return;
    }
    for (key, value) in members(schema).filter(|(key, _)| !is_told(key)) {
        member(facts, at, (key, value), root, inside);
    }
    open(facts, at, schema);
}

/// The schema in a list of one, where nothing that limits stands beside it.
fn unwrapped(schema: &Value) -> &Value {
    match elements(schema.get("allOf")) {
        [only] if members(schema).all(|(key, _)| key == "allOf" || is_told(key)) => only,
        _ => schema,
    }
}

fn member<'d>(
    facts: &mut Facts,
    at: &str,
    (key, value): (&str, &'d Value),
    root: Root<'d>,
    inside: &mut Vec<&'d str>,
) {
    let place = format!("{at}/{key}");
    match key {
        "properties" => {
            for (name, property) in members(value) {
                // What is read-only is no part of a request, so that pages of requests leave it out.
                let read_only = property.get("readOnly").and_then(Value::as_bool) == Some(true);
                if read_only && at.contains("/requestBody/") {
                    continue;
                }
                let place = format!("{at}/properties/{name}");
                facts.say(&place, "a member");
                self::facts(facts, &place, property, root, inside);
            }
        }
        "required" => elements(Some(value))
            .iter()
            .for_each(|name| facts.say(format!("{place}/{}", word(name)), "required")),
        "enum" => elements(Some(value))
            .iter()
            .for_each(|name| facts.say(format!("{place}/{}", word(name)), "a value")),
        "items" => self::facts(facts, &place, value, root, inside),
        // What is not said is `true`.
        "additionalProperties" if value.as_bool() == Some(true) => {}
        "additionalProperties" if value.is_mapping() => {
            facts.say(&place, "a schema");
            self::facts(facts, &place, value, root, inside);
        }
        "not" => not(facts, at, value),
        "allOf" | "anyOf" | "oneOf" => {
            for (number, branch) in elements(Some(value)).iter().enumerate() {
                self::facts(facts, &format!("{place}/{number}"), branch, root, inside);
            }
        }
        "minLength" | "minItems" | "minProperties" if value.as_u64() == Some(0) => {}
        _ if value.as_bool() == Some(false) && key != "additionalProperties" => {}
        _ => facts.say(place, word(value)),
    }
}

/// `not: {required: [a, b]}`, or several of these in an `anyOf`: pairs that may not be set together.
fn not(facts: &mut Facts, at: &str, value: &Value) {
    let branches = elements(value.get("anyOf"));
    if branches.is_empty() {
        return pair(facts, at, value);
    }
    branches.iter().for_each(|branch| pair(facts, at, branch));
}

fn pair(facts: &mut Facts, at: &str, value: &Value) {
    let mut names: Vec<String> = elements(value.get("required")).iter().map(word).collect();
    if members(value).count() != 1 || names.is_empty() {
        facts.say(format!("{at}/not"), word(value));
        return;
    }
    names.sort();
    facts.say(
        format!("{at}/not together/{}", names.join(" and ")),
        "at most one",
    );
}
