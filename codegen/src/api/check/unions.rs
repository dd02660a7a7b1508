//! Checks of unions: by the tag or type of the value, else by trial.

use super::scalars::{is_integer, one_of};
use super::{Path, Run, Violation};
use crate::api::model::{Json, JsonType, Owner, Shape, Tagging, Union, Variant};

impl<'a> Run<'a> {
    pub(super) fn union(&mut self, union: &'a Union, value: &Json, path: Path<'_>) {
        match &union.tagging {
            Tagging::Property { name, .. } => self.tagged(union, name, value, path),
            Tagging::Type => self.by_type(union, value, path),
            Tagging::Keys(_) | Tagging::Text(_) | Tagging::Event(_) | Tagging::Trial => {
                self.trial(&all(union), value, path);
            }
        }
    }

    fn tagged(&mut self, union: &'a Union, name: &str, value: &Json, path: Path<'_>) {
        let Some(members) = value.as_object() else {
            return self.trial(&all(union), value, path);
        };
        let tag = match members.get(name) {
            Some(Json::String(text)) => text.clone(),
            Some(scalar) => scalar.to_string(),
            None => return self.violation(path.member(name), "is required".to_owned()),
        };
        let variants = || union.variants.iter();
        let mut tagged: Vec<_> = variants().filter(|one| one.tags.contains(&tag)).collect();
        if tagged.is_empty() {
            tagged = variants().filter(|one| one.tags.is_empty()).collect();
        }
        // A discriminator is a hint (OpenAPI 3.2, section 4.25); documents map tags that the variants do not list.
        let listing: Vec<_> = variants().filter(|one| self.lists_tags(one, name)).collect();
        if tagged.is_empty() && self.accepts_any(&listing, value) {
            return;
        }
        if tagged.is_empty() {
            let tags = variants().flat_map(|one| &one.tags);
            let tags: Vec<_> = tags.map(|tag| Json::from(tag.as_str()).to_string()).collect();
            let value = members.get(name).unwrap_or(&Json::Null);
            return self.expect(false, &one_of(&tags), value, path.member(name));
        }
        self.trial(&tagged, value, path);
    }

    /// `true` if a variant lists the values of the tag itself.
    fn lists_tags(&self, variant: &Variant, name: &str) -> bool {
        let schemas = &self.checker.api.schemas;
        let object = schemas.resolved(variant.value.schema);
        let Some(Shape::Object(object)) = object.map(|schema| &schema.shape) else {
            return false;
        };
        let tag = object.properties.get(name);
        let tag = tag.and_then(|property| schemas.resolved(property.value.schema));
        tag.is_some_and(|schema| matches!(&schema.shape, Shape::Choice(choice) if !choice.open))
    }

    fn accepts_any(&mut self, variants: &[&'a Variant], value: &Json) -> bool {
        let before = std::mem::take(&mut self.violations);
        let root = Path::root("value");
        let is_accepted = variants.iter().any(|variant| {
            self.violations.clear();
            self.at_use(&variant.value, value, root);
            self.violations.iter().all(|violation| violation.is_remark)
        });
        self.violations = before;
        is_accepted
    }

    fn by_type(&mut self, union: &'a Union, value: &Json, path: Path<'_>) {
        let types = json_types(value);
        let has_type = |variant: &&Variant| variant.types.iter().any(|one| types.contains(one));
        let variants: Vec<_> = union.variants.iter().filter(has_type).collect();
        if variants.is_empty() {
            let words = union.variants.iter().flat_map(|variant| &variant.types);
            let mut words: Vec<String> = words.map(|one| type_name(*one).to_owned()).collect();
            words.dedup();
            return self.expect(false, &one_of(&words), value, path);
        }
        self.trial(&variants, value, path);
    }

    /// Reports what keeps the value from the variant that it breaks least.
    fn trial(&mut self, variants: &[&'a Variant], value: &Json, path: Path<'_>) {
        let before = std::mem::take(&mut self.violations);
        let mut nearest: Option<(&Variant, Vec<Violation>)> = None;
        for variant in variants {
            self.at_use(&variant.value, value, path);
            let violations = std::mem::take(&mut self.violations);
            if violations.iter().all(|violation| violation.is_remark) {
                self.violations = before;
                self.violations.extend(violations);
                return;
            }
            let distance = |violations: &[Violation]| {
                let place = path.to_string();
                let is_whole = violations.iter().any(|violation| violation.place == place);
                (is_whole, violations.len())
            };
            let is_nearer =
                |(_, other): &(_, Vec<Violation>)| distance(&violations) < distance(other);
            if nearest.as_ref().is_none_or(is_nearer) {
                nearest = Some((variant, violations));
            }
        }
        self.violations = before;
        let (Some((variant, violations)), count) = (nearest, variants.len()) else {
            return;
        };
        if count > 1 {
            let name = self.variant_name(variant);
            let nearest = name.map(|name| format!("; the nearest is `{name}`")).unwrap_or_default();
            self.violation(path, format!("matches none of {count} schemas{nearest}"));
        }
        let room = super::MAX_VIOLATIONS.saturating_sub(self.violations.len());
        self.violations.extend(violations.into_iter().take(room));
    }

    /// Returns the component of a variant.
    fn variant_name(&self, variant: &Variant) -> Option<String> {
        variant.component.clone().or_else(|| {
            match &self.checker.api.schemas.get(variant.value.schema)?.owner {
                Owner::Component(name) => Some(name.clone()),
                Owner::Schema(..) | Owner::Operation(..) | Owner::Shared(..) => None,
            }
        })
    }
}

fn all(union: &Union) -> Vec<&Variant> {
    union.variants.iter().collect()
}

/// Returns the types of a variant that may have a value: an integer may be one of numbers.
fn json_types(value: &Json) -> &'static [JsonType] {
    match value {
        Json::Null => &[JsonType::Null],
        Json::Bool(_) => &[JsonType::Bool],
        Json::Number(_) if is_integer(value) => &[JsonType::Integer, JsonType::Fraction],
        Json::Number(_) => &[JsonType::Fraction],
        Json::String(_) => &[JsonType::Text],
        Json::Array(_) => &[JsonType::List],
        Json::Object(_) => &[JsonType::Object],
    }
}

fn type_name(one: JsonType) -> &'static str {
    match one {
        JsonType::Null => "null",
        JsonType::Bool => "a boolean",
        JsonType::Integer => "an integer",
        JsonType::Fraction => "a number",
        JsonType::Text => "a string",
        JsonType::List => "an array",
        JsonType::Object => "an object",
    }
}
