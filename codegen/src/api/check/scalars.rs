//! Checks of scalars: integers, texts and choices.

use super::formats;
use super::{Path, Run};
use crate::api::model::{Choice, ChoiceBase, IntegerFormat, Json, TextFormat};

/// Maximum number of values of a choice that a violation lists.
const MAX_LISTED: usize = 12;

impl Run<'_> {
    pub(super) fn integer(&mut self, format: Option<IntegerFormat>, value: &Json, path: Path<'_>) {
        if !is_integer(value) {
            return self.expect(false, "an integer", value, path);
        }
        let name = TextFormat::Integer(format.unwrap_or(IntegerFormat::Int64));
        let name = name.row().map_or("", |row| row.name);
        let is_within = format.is_none_or(|format| formats::is_within(format, value));
        self.expect(is_within, &format!("an integer of the format `{name}`"), value, path);
    }

    pub(super) fn text(&mut self, format: &TextFormat, value: &Json, path: Path<'_>) {
        let Some(text) = value.as_str() else {
            return self.expect(false, "a string", value, path);
        };
        if !formats::is_valid(format, text) {
            let name = format.row().map_or("", |row| row.name);
            self.expect(false, &format!("a string of the format `{name}`"), value, path);
        }
    }

    pub(super) fn choice(&mut self, choice: &Choice, value: &Json, path: Path<'_>) {
        if choice.values.iter().any(|listed| is_equal(&listed.wire, value)) {
            return;
        }
        let is_of_base = match choice.base {
            ChoiceBase::Text => value.is_string(),
            ChoiceBase::Integer => is_integer(value),
            ChoiceBase::Bool => value.is_boolean(),
            ChoiceBase::Mixed => true,
        };
        if choice.open && is_of_base {
            return;
        }
        let values: Vec<_> = choice.values.iter().map(|listed| listed.wire.to_string()).collect();
        self.expect(false, &one_of(&values), value, path);
    }
}

/// Words for a list of values: `"a" or "b"`.
pub(super) fn one_of(values: &[String]) -> String {
    match values {
        [] => "nothing".to_owned(),
        [only] => only.clone(),
        [first @ .., last] if values.len() <= MAX_LISTED => {
            format!("{} or {last}", first.join(", "))
        }
        _ => {
            let first: Vec<_> = values.iter().take(MAX_LISTED).map(String::as_str).collect();
            let further = values.len() - MAX_LISTED;
            format!("{} or one of {further} others", first.join(", "))
        }
    }
}

/// `true` for numbers without a fraction, `1.0` among them (JSON Schema 2020-12, section 4.2.3).
pub(super) fn is_integer(value: &Json) -> bool {
    let has_no_fraction = |number: f64| number.fract() == 0.0;
    value.is_i64() || value.is_u64() || value.as_f64().is_some_and(has_no_fraction)
}

/// `true` if two values are equal as JSON Schema has it: `1` and `1.0` are (2020-12, section 4.2.2).
pub(super) fn is_equal(one: &Json, other: &Json) -> bool {
    match (one, other) {
        (Json::Number(one), Json::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        (Json::Array(one), Json::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(a, b)| is_equal(a, b))
        }
        (Json::Object(one), Json::Object(other)) => {
            let is_in_other = |(name, value): (&String, &Json)| {
                other.get(name).is_some_and(|other| is_equal(value, other))
            };
            one.len() == other.len() && one.iter().all(is_in_other)
        }
        _ => one == other,
    }
}
