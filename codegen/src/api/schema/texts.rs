//! Branches of a union that are all texts: told apart by the values that they list, or by their formats.

use super::kinds::Kinds;
use super::shape::Form;
use super::tagging::Shapes;
use crate::api::model::{ChoiceBase, SchemaId, Shape, TextFormat};
use std::collections::BTreeSet;

/// What the branches before say of texts.
#[derive(Default)]
struct Seen {
    /// The JSON types of those that are no texts.
    others: Option<Kinds>,
    /// The values that are listed.
    listed: BTreeSet<String>,
    /// The formats, none of which takes a text of another.
    formats: BTreeSet<Apart>,
    /// Whether one takes any text.
    open: bool,
}

/// Formats of which a text has at most one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Apart {
    DateTime,
    Date,
    Time,
    Duration,
    Uuid,
    Ipv4,
    Ipv6,
}

impl Shapes<'_, '_> {
    /// The texts that each branch lists, where these, formats that no text has two of, and JSON types tell the branches
    /// apart; a branch that takes any text is for what the others do not list.
    pub(super) fn texts(&mut self, ids: &[SchemaId]) -> Option<Vec<Vec<String>>> {
        let mut seen = Seen::default();
        let types = self.types(ids);
        let branches = ids.iter().zip(types);
        let lists: Option<Vec<_>> = branches
            .map(|(id, kinds)| self.text(*id, kinds, &mut seen))
            .collect();
        // Which of an open text and a date a text is, no document says.
        lists.filter(|_| !seen.open || seen.formats.is_empty())
    }

    /// The texts that a branch lists; nothing where one of those before may be meant as well.
    fn text(&self, id: SchemaId, kinds: Kinds, seen: &mut Seen) -> Option<Vec<String>> {
        if !kinds.overlaps(Kinds::TEXT) {
            let before = seen.others.unwrap_or(Kinds::NONE);
            seen.others = Some(before | kinds);
            return (!kinds.overlaps(before)).then(Vec::new);
        }
        let Some(Form::Done(shape)) = self.form(self.behind(id)) else {
            return None;
        };
        match shape {
            Shape::Choice(choice) if choice.base == ChoiceBase::Text => {
                let values = choice.values.iter().filter_map(|value| value.wire.as_str());
                let values: Vec<String> = values.map(str::to_owned).collect();
                let fresh = values.iter().all(|value| seen.listed.insert(value.clone()));
                (fresh && (!choice.open || !std::mem::replace(&mut seen.open, true)))
                    .then_some(values)
            }
            Shape::Text(format) => {
                let fresh = match apart(format) {
                    Some(format) => seen.formats.insert(format),
                    None => !std::mem::replace(&mut seen.open, true),
                };
                fresh.then(Vec::new)
            }
            Shape::Any(_)
            | Shape::Never
            | Shape::Null
            | Shape::Bool
            | Shape::Integer(_)
            | Shape::Number(_)
            | Shape::Choice(_)
            | Shape::List(_)
            | Shape::Tuple(_)
            | Shape::Object(_)
            | Shape::Union(_)
            | Shape::Alias(_) => None,
        }
    }
}

/// The format, where it is read and has no texts in common with the others.
fn apart(format: &TextFormat) -> Option<Apart> {
    match format {
        TextFormat::DateTime => Some(Apart::DateTime),
        TextFormat::Date => Some(Apart::Date),
        TextFormat::Time => Some(Apart::Time),
        TextFormat::Duration => Some(Apart::Duration),
        TextFormat::Uuid => Some(Apart::Uuid),
        TextFormat::Ipv4 => Some(Apart::Ipv4),
        TextFormat::Ipv6 => Some(Apart::Ipv6),
        TextFormat::Plain
        | TextFormat::Other(_)
        | TextFormat::Uri
        | TextFormat::Email
        | TextFormat::Base64
        | TextFormat::Base64Url
        | TextFormat::Binary
        | TextFormat::Password
        | TextFormat::Integer(_)
        | TextFormat::Number(_) => None,
    }
}
