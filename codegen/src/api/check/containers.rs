//! Checks of arrays and objects.

use super::{Path, Run};
use crate::api::model::{AdditionalProperties, ExclusiveGroup, Json, List, Object, Tuple};
use serde_json::Map;

/// Maximum distance of a name that is proposed for an unknown one.
const MAX_DISTANCE: usize = 3;

impl<'a> Run<'a> {
    pub(super) fn list(&mut self, list: &'a List, value: &Json, path: Path<'_>) {
        let Some(items) = value.as_array() else {
            return self.expect(false, "an array", value, path);
        };
        for (index, item) in items.iter().enumerate() {
            self.at_use(&list.item, item, path.item(index));
        }
    }

    pub(super) fn tuple(&mut self, tuple: &'a Tuple, value: &Json, path: Path<'_>) {
        let Some(items) = value.as_array() else {
            return self.expect(false, "an array", value, path);
        };
        if items.len() < tuple.required {
            let (least, count) = (tuple.required, items.len());
            self.violation(path, format!("expected at least {least} items, not {count}"));
        }
        for (index, item) in items.iter().enumerate() {
            match tuple.items.get(index).or(tuple.additional.as_ref()) {
                Some(used) => self.at_use(used, item, path.item(index)),
                None => {
                    let most = tuple.items.len();
                    self.violation(path.item(index), format!("expected at most {most} items"));
                    return;
                }
            }
        }
    }

    pub(super) fn object(&mut self, object: &'a Object, value: &Json, path: Path<'_>) {
        let Some(members) = value.as_object() else {
            return self.expect(false, "an object", value, path);
        };
        let absent = self.checker.absent;
        for (name, property) in &object.properties {
            let is_required = property.required && property.value.access != absent;
            if is_required && !members.contains_key(name) {
                self.violation(path.member(name), "is required".to_owned());
            }
        }
        for group in &object.exclusive_groups {
            self.exclusive_group(group, members, path);
        }
        for (name, member) in members {
            self.member(object, (name, member), path);
        }
    }

    fn exclusive_group(
        &mut self,
        group: &ExclusiveGroup,
        members: &Map<String, Json>,
        path: Path<'_>,
    ) {
        let names = group.members.join("`, `");
        let count = group.members.iter().filter(|name| members.contains_key(*name)).count();
        if count > 1 {
            self.violation(path, format!("expected only one of `{names}`, not {count} of them"));
        } else if count == 0 && group.required {
            self.violation(path, format!("expected one of `{names}`"));
        }
    }

    fn member(&mut self, object: &'a Object, (name, value): (&str, &Json), path: Path<'_>) {
        let at = path.member(name);
        match (object.properties.get(name), &object.additional) {
            (Some(property), _) if property.value.access == self.checker.absent => {
                self.push(at, "this direction does not have this member".to_owned(), true);
            }
            (Some(property), _) => self.at_use(&property.value, value, at),
            (None, AdditionalProperties::Ignored) => self.key(object, name, at),
            (None, AdditionalProperties::Retained(used)) => {
                self.key(object, name, at);
                self.at_use(used, value, at);
            }
            (None, AdditionalProperties::Forbidden) => {
                let nearest = nearest(name, object.properties.keys());
                let nearest = nearest.map(|name| format!("; did you mean `{name}`?"));
                let nearest = nearest.unwrap_or_default();
                self.violation(at, format!("the document has no such member{nearest}"));
            }
        }
    }

    fn key(&mut self, object: &'a Object, name: &str, at: Path<'_>) {
        if let Some(key) = &object.key {
            self.at_use(key, &Json::from(name), at);
        }
    }
}

/// Returns the most similar name, if one is similar.
fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n String>) -> Option<&'n String> {
    let distances = names.map(|other| (strsim::damerau_levenshtein(name, other), other));
    let (distance, nearest) = distances.min_by_key(|(distance, _)| *distance)?;
    (distance <= MAX_DISTANCE && distance < name.chars().count()).then_some(nearest)
}
