//! Objects: what they require, and where it is wanted all that they may have.

use super::{At, Sampler};
use crate::api::model::{Access, AdditionalProperties, Constraints, Json, Object, Property};

impl Sampler<'_> {
    pub(super) fn object(&self, object: &Object, limits: &Constraints, at: At<'_>) -> Option<Json> {
        let shown = at.hint.and_then(Json::as_object);
        let mut members = serde_json::Map::new();
        for (name, property) in &object.properties {
            if property.value.access == Access::ReadOnly {
                continue;
            }
            let hint = shown.and_then(|shown| shown.get(name));
            let wanted = property.required || self.is_wanted(object, (name, hint), &at, &members);
            if !wanted {
                continue;
            }
            match self.used(&property.value, at.deeper(hint)) {
                Some(value) => drop(members.insert(name.clone(), value)),
                None if property.required => return None,
                None => {}
            }
        }
        let least = usize::try_from(limits.min_properties.unwrap_or_default()).unwrap_or_default();
        self.fill(object, least, at, &mut members);
        self.rest(object, least, at, &mut members);
        (members.len() >= least).then_some(Json::Object(members))
    }

    /// Whether a member that may be left out is made: with an example those that the example has, else all but those
    /// that exclude one another.
    fn is_wanted(
        &self,
        object: &Object,
        (name, hint): (&str, Option<&Json>),
        at: &At<'_>,
        members: &serde_json::Map<String, Json>,
    ) -> bool {
        let groups = || {
            let has = |group: &&crate::api::model::ExclusiveGroup| {
                group.members.iter().any(|m| m == name)
            };
            object.exclusive_groups.iter().filter(has)
        };
        let taken = groups().any(|group| group.members.iter().any(|m| members.contains_key(m)));
        let needed = groups().any(|group| group.required);
        if taken {
            return false;
        }
        match at.hint {
            Some(_) if self.all || needed => hint.is_some(),
            Some(_) => false,
            None => self.all || needed,
        }
    }

    /// Adds members that may be left out until there are enough.
    fn fill(
        &self,
        object: &Object,
        least: usize,
        at: At<'_>,
        members: &mut serde_json::Map<String, Json>,
    ) {
        let writable = |property: &&Property| property.value.access != Access::ReadOnly;
        for (name, property) in &object.properties {
            if members.len() >= least {
                return;
            }
            if writable(&property) && !members.contains_key(name) {
                if let Some(value) = self.used(&property.value, at.deeper(None)) {
                    members.insert(name.clone(), value);
                }
            }
        }
    }

    /// Members that the schema does not list: those of the example, or one for a map.
    fn rest(
        &self,
        object: &Object,
        least: usize,
        at: At<'_>,
        members: &mut serde_json::Map<String, Json>,
    ) {
        let AdditionalProperties::Retained(used) = &object.additional else {
            return;
        };
        let shown = at.hint.and_then(Json::as_object);
        if let (Some(shown), true) = (shown, self.all) {
            for (name, value) in shown {
                if !object.properties.contains_key(name) {
                    members.insert(name.clone(), value.clone());
                }
            }
            return;
        }
        let plain = object.properties.is_empty();
        let mut number = 1;
        while members.len() < least.min(100) || plain && self.all && members.is_empty() {
            let Some(value) = self.used(used, at.deeper(None)) else {
                return;
            };
            members.insert(format!("key{number}"), value);
            number += 1;
        }
    }
}
