//! Drawing together: from a list of places to what all of them say.

use super::facts::Composition;
use super::merged::{Merged, Trouble};
use crate::api::resolve::Resolver;
use crate::api::schema_location::{branches, Said, Source};
use openapiv3::{ReferenceOr, Schema};
use std::collections::BTreeSet;

/// How many places one schema may be drawn together from, references among them: each schema that takes in all those
/// before it repeats their members.
const MOST_PLACES: usize = 600;

/// Walks over references and `allOf` with a stack of its own, so that no chain of them is too long.
struct Gather<'a> {
    resolver: Resolver<'a>,
    merged: Merged<'a>,
    visited: BTreeSet<String>,
    stack: Vec<Step<'a>>,
    circle: Option<String>,
}

/// What is still to do; `own` where no reference led there.
enum Step<'a> {
    Enter(Source<'a>, bool),
    Absorb(Source<'a>, &'a Schema, bool),
    Union(Source<'a>, bool),
}

/// What these places say together: those that they inherit from first, in the document's order, then they themselves.
pub(in crate::api) fn gather<'a>(resolver: Resolver<'a>, sources: &[Source<'a>]) -> Merged<'a> {
    let mut gather = Gather {
        resolver,
        merged: Merged::nothing(resolver.literal),
        visited: BTreeSet::new(),
        stack: Vec::new(),
        circle: None,
    };
    for source in sources.iter().rev() {
        if let Said::Own(_) | Said::Inherited(_) = source.said {
            gather.visited.insert(source.pointer.clone());
        }
        gather.stack.push(Step::Enter(source.clone(), true));
    }
    while let Some(step) = gather.stack.pop() {
        if gather.visited.len() > MOST_PLACES {
            let first = sources.first().map(|source| source.pointer.clone());
            let trouble = Trouble::TooMany(first.unwrap_or_default());
            gather.merged.troubles.push(trouble);
            break;
        }
        gather.step(step);
    }
    gather.finish()
}

impl<'a> Gather<'a> {
    fn step(&mut self, step: Step<'a>) {
        match step {
            Step::Enter(source, own) => self.enter(source, own),
            Step::Absorb(source, schema, own) => self.merged.absorb(&source, schema, own),
            Step::Union(source, own) => {
                if own || !self.leads_back(&source) {
                    self.merged.unions.push(source);
                }
            }
        }
    }

    fn enter(&mut self, source: Source<'a>, own: bool) {
        match source.said {
            Said::Reference(reference) => {
                self.follow(&source, reference, self.resolver.schema(reference));
            }
            Said::Component(name) => {
                self.follow(&source, name, self.resolver.component_schema(name));
            }
            Said::Whole(schema) => {
                if self.visited.insert(source.pointer.clone()) {
                    self.expand(source, schema, own);
                } else {
                    self.circle = Some(source.pointer);
                }
            }
            Said::Own(schema) => self.merged.absorb(&source, schema, own),
            Said::Inherited(schema) => self.merged.absorb(&source, schema, false),
            Said::OneOf(_) | Said::AnyOf(_) => self.merged.unions.push(source),
        }
    }

    fn follow(&mut self, source: &Source<'a>, reference: &str, target: Option<Source<'a>>) {
        if !self.visited.insert(source.pointer.clone()) {
            self.circle = Some(source.pointer.clone());
            return;
        }
        match target {
            Some(target) => self.stack.push(Step::Enter(target, false)),
            None => {
                let trouble = Trouble::Unresolved(source.pointer.clone(), reference.to_owned());
                self.merged.troubles.push(trouble);
            }
        }
    }

    /// Puts what a schema is made of on the stack, the last first.
    fn expand(&mut self, source: Source<'a>, schema: &'a Schema, own: bool) {
        let parts = Composition::of(schema);
        let parents = branches(&source.pointer, "allOf", parts.all_of);
        if !parts.any_of.is_empty() {
            let union = source.part(Said::AnyOf(schema));
            self.stack.push(Step::Union(union, own));
        }
        if !parts.one_of.is_empty() {
            let union = source.part(Said::OneOf(schema));
            self.stack.push(Step::Union(union, own));
        }
        self.stack.push(Step::Absorb(source, schema, own));
        let parents = parents.into_iter().rev();
        self.stack
            .extend(parents.map(|parent| Step::Enter(parent, own)));
    }

    /// Whether a branch of an inherited union is what is being drawn together: then the union is about the heirs, and
    /// says nothing of this one.
    fn leads_back(&self, union: &Source<'a>) -> bool {
        let (Said::OneOf(schema) | Said::AnyOf(schema)) = union.said else {
            return false;
        };
        let parts = Composition::of(schema);
        let branches = parts.one_of.iter().chain(parts.any_of);
        branches.into_iter().any(|branch| match branch {
            ReferenceOr::Reference { reference } => reference
                .strip_prefix('#')
                .is_some_and(|pointer| self.visited.contains(pointer)),
            ReferenceOr::Item(_) => false,
        })
    }

    fn finish(mut self) -> Merged<'a> {
        if let (true, Some(pointer)) = (self.merged.parts.is_empty(), self.circle) {
            self.merged.troubles.push(Trouble::Circle(pointer));
        }
        self.merged
    }
}
