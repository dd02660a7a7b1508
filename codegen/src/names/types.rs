//! Names of types: components by their own name, inline types by owner and role.

use super::files;
use super::groups;
use super::reserved;
use super::scope::{Scope, Wish};
use super::word_case::{asked_type, camel};
use super::{Ident, TypeNames};
use crate::api::body_parts;
use crate::api::model::{
    AdditionalProperties, Api, Object, Owner, Role, Schema, SchemaId, Section, Shape,
};
use crate::api::read_write::Reach;
use crate::diagnostics::codes::names::NAME_MOVED;
use crate::diagnostics::Diagnostics;
use std::collections::{BTreeMap, BTreeSet};

/// Maximum number of owners of an inline type that are followed.
const DEEPEST: usize = 64;

/// Returns inline bodies that calls receive part by part: no value of such a type is ever constructed.
fn in_parts(api: &Api) -> BTreeSet<SchemaId> {
    let bodies = api
        .operations
        .iter()
        .filter_map(|operation| operation.body.as_ref());
    let in_parts = bodies.filter(|body| body_parts(api, body).is_some());
    let roots = in_parts.flat_map(|body| &body.contents);
    let roots = roots.filter_map(|content| Some(content.value.as_ref()?.schema));
    let own = |id: &SchemaId| match api.schemas.get(*id).map(|schema| &schema.owner) {
        Some(Owner::Operation(_, Role::Body(_)) | Owner::Shared(Section::Body(_), _)) => true,
        Some(_) | None => false,
    };
    roots.filter(own).collect()
}

/// `true` if a schema becomes an item: every component, and every inline schema that no existing type expresses.
pub fn is_item(schema: &Schema) -> bool {
    if matches!(schema.owner, Owner::Component(_)) {
        return true;
    }
    is_nominal(&schema.shape)
}

/// `true` if a shape becomes a struct or enum, which need a name.
pub fn is_nominal(shape: &Shape) -> bool {
    matches!(shape, Shape::Choice(_) | Shape::Union(_))
        || matches!(shape, Shape::Object(object) if is_record(object))
}

/// `true` if an object becomes a struct rather than a map.
pub fn is_record(object: &Object) -> bool {
    !object.properties.is_empty() || !matches!(object.additional, AdditionalProperties::Retained(_))
}

/// Assignment of type names, in progress.
pub struct Naming<'a> {
    pub(super) api: &'a Api,
    /// Base names of the operations, in order.
    pub(super) whole: &'a [Ident],
    /// Scope of types and of operations' items. It is one scope, so that a file can import both.
    pub scope: Scope,
    pub(super) named: BTreeMap<SchemaId, Ident>,
}

impl<'a> Naming<'a> {
    /// Starts without names.
    pub fn new(api: &'a Api, whole: &'a [Ident]) -> Self {
        Self {
            api,
            whole,
            scope: Scope::reserving(&reserved::TYPES),
            named: BTreeMap::new(),
        }
    }

    /// Names the components, which take precedence over all derived names.
    pub fn components(&mut self, diagnostics: &mut Diagnostics) {
        let components = self.api.schemas.iter().filter_map(|(id, schema)| {
            let Owner::Component(name) = &schema.owner else {
                return None;
            };
            let asked = schema.name.as_deref().map(asked_type);
            let own = camel(name);
            let wanted = asked.clone().unwrap_or_else(|| own.clone());
            let spare = format!("{wanted}{}", kind_word(&schema.shape));
            let wish = Wish {
                rank: Wish::rank(asked.is_some(), name, &wanted),
                key: name.clone(),
                candidates: vec![wanted, own, spare],
                place: schema.at.place.clone(),
            };
            Some((id, wish))
        });
        let components = components.collect();
        self.claim(components, diagnostics);
    }

    /// Names the inline types, owners before what they contain.
    pub fn inline(&mut self, diagnostics: &mut Diagnostics) {
        let in_parts = in_parts(self.api);
        let mut levels = BTreeMap::<(bool, usize), Vec<SchemaId>>::new();
        for (id, schema) in self.api.schemas.iter() {
            let is_inline = !matches!(schema.owner, Owner::Component(_));
            if is_inline && is_item(schema) && !in_parts.contains(&id) {
                levels.entry(self.level(schema)).or_default().push(id);
            }
        }
        for ids in levels.into_values() {
            let wishes = ids.into_iter().filter_map(|id| {
                let schema = self.api.schemas.get(id)?;
                Some((id, self.wish(id, schema)))
            });
            let wishes = wishes.collect();
            self.claim(wishes, diagnostics);
        }
    }

    /// Order of inline types: those in components first, owners before what they contain.
    fn level(&self, schema: &'a Schema) -> (bool, usize) {
        let owner = |schema: &&'a Schema| match &schema.owner {
            Owner::Schema(owner, _) => self.api.schemas.get(*owner),
            Owner::Component(_) | Owner::Operation(..) | Owner::Shared(..) => None,
        };
        let chain = std::iter::successors(Some(schema), owner).take(DEEPEST);
        let (count, last) = chain.fold((0, schema), |(count, _), owner| (count + 1, owner));
        (!matches!(last.owner, Owner::Component(_)), count)
    }

    fn wish(&self, id: SchemaId, schema: &Schema) -> Wish {
        let asked = schema.name.as_deref().map(asked_type);
        let own = self.candidates(id, schema);
        let rank = Wish::rank(asked.is_some(), "", "");
        let mut candidates: Vec<String> = asked.into_iter().chain(own).collect();
        let first = candidates.first().map_or("", String::as_str);
        candidates.push(format!("{first}{}", kind_word(&schema.shape)));
        Wish {
            rank,
            key: schema.at.pointer.clone(),
            candidates,
            place: schema.at.place.clone(),
        }
    }

    fn claim(&mut self, wishes: Vec<(SchemaId, Wish)>, diagnostics: &mut Diagnostics) {
        let (ids, wishes): (Vec<_>, Vec<_>) = wishes.into_iter().unzip();
        let claims = self.scope.claims(&wishes);
        for ((id, wish), claim) in ids.into_iter().zip(&wishes).zip(claims) {
            if claim.moved {
                let wanted = wish.candidates.first().map_or("", String::as_str);
                let message = format!(
                    "the name `{wanted}` is taken, so this type is called `{}`",
                    claim.ident
                );
                diagnostics.push(NAME_MOVED, wish.place.clone(), message);
            }
            self.named.insert(id, claim.ident);
        }
    }

    /// Names the request types, groups and modules after all types are named; returns them with the scope for later
    /// names.
    pub fn finish(
        mut self,
        reach: &BTreeMap<SchemaId, Reach>,
        diagnostics: &mut Diagnostics,
    ) -> (BTreeMap<SchemaId, TypeNames>, Scope) {
        let differ = |id: &&SchemaId| reach.get(*id) == Some(&Reach::BothDiffer);
        let differing: Vec<SchemaId> = self.named.keys().filter(differ).copied().collect();
        let all: Vec<SchemaId> = self.named.keys().copied().collect();
        let inputs = self.derived(&differing, &["Input", "Request", "InputForm"], diagnostics);
        let mut groups = groups::assign(self.api, &self.named, &mut self.scope, diagnostics);
        let required = self.derived(&all, &["Required", "RequiredValues"], diagnostics);
        let required_too = ["InputRequired", "RequestRequired", "InputRequiredValues"];
        let input_required = self.derived(&differing, &required_too, diagnostics);
        let modules = files::modules(self.api, &self.named);
        let named = self.named.iter().map(|(id, read)| {
            let names = TypeNames {
                read: read.clone(),
                input: inputs.get(id).cloned(),
                required: required.get(id).unwrap_or(read).clone(),
                input_required: input_required.get(id).cloned(),
                groups: groups.remove(id).unwrap_or_default(),
                module: modules.get(id).unwrap_or(read).clone(),
            };
            (*id, names)
        });
        (named.collect(), self.scope)
    }

    /// Derives names from types by appending one of these suffixes.
    fn derived(
        &mut self,
        ids: &[SchemaId],
        words: &[&str],
        diagnostics: &mut Diagnostics,
    ) -> BTreeMap<SchemaId, Ident> {
        let wishes: Vec<(SchemaId, Wish)> = ids
            .iter()
            .filter_map(|id| {
                let (read, schema) = (self.named.get(id)?, self.api.schemas.get(*id)?);
                let with = |word: &&str| format!("{}{word}", read.text());
                let wish = Wish {
                    rank: 0,
                    key: read.text().to_owned(),
                    candidates: words.iter().map(with).collect(),
                    place: schema.at.place.clone(),
                };
                Some((*id, wish))
            })
            .collect();
        let (ids, wishes): (Vec<_>, Vec<_>) = wishes.into_iter().unzip();
        let idents = self.scope.settle(&wishes, diagnostics);
        ids.into_iter().zip(idents).collect()
    }
}

fn kind_word(shape: &Shape) -> &'static str {
    match shape {
        Shape::Object(_) => "Object",
        Shape::Choice(_) => "Choice",
        Shape::Union(_) => "Union",
        Shape::List(_) | Shape::Tuple(_) => "List",
        Shape::Any(_)
        | Shape::Never
        | Shape::Null
        | Shape::Bool
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::Text(_)
        | Shape::Alias(_) => "Value",
    }
}
