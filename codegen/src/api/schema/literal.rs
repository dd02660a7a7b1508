//! Schemas at their word: without a `type`, keywords of objects hold for objects, and every other value is allowed.

use super::kinds::Kinds;
use super::merged::Merged;
use super::nodes::Matter;
use super::one_of::Composed;
use super::shape::{Branch, Branched, Form, Formed};
use super::{Lowering, Position};
use crate::api::model::{AnyReason, Constraints, Owner, Role, SchemaId, Shape};
use crate::api::schema_location::Source;

impl<'a> Lowering<'a, '_> {
    /// A union of what the keywords say of objects and of lists, and of any JSON; nothing where a schema names its type,
    /// or says nothing of either, or documents are not taken at their word.
    pub(super) fn untyped(
        &mut self,
        id: SchemaId,
        composed: &Composed<'a>,
    ) -> Option<Branched<'a>> {
        let merged = &composed.merged;
        if !self.resolver.literal || merged.kinds != Kinds::ALL || merged.values.is_some() {
            return None;
        }
        let object = merged.says_object() || !composed.exclusive.is_empty();
        let said = [
            object.then_some((Kinds::OBJECT, "object")),
            merged.says_list().then_some((Kinds::LIST, "array")),
        ];
        let said: Vec<_> = said.into_iter().flatten().collect();
        if said.is_empty() {
            return None;
        }
        let mut branches: Vec<Branch> = Vec::new();
        for (kinds, word) in said {
            let position = self.part(id, merged, branches.len(), word);
            let key = format!("{}#{}", position.pointer, id.0);
            let matter = Matter::Narrowed(kinds, merged.parts.clone());
            let schema = self.node(key, &position, matter);
            branches.push(self.branch_of(schema, position));
        }
        let position = self.part(id, merged, branches.len(), "any");
        let any = Matter::Made(Shape::Any(AnyReason::Unconstrained));
        let schema = self.node(format!("{}#{}", position.pointer, id.0), &position, any);
        branches.push(self.branch_of(schema, position));
        Some(Branched {
            branches,
            declared: None,
            typed: true,
            heirs: false,
            any_of: false,
        })
    }

    /// What places say of values of these types.
    pub(super) fn narrowed(
        &mut self,
        id: SchemaId,
        kinds: Kinds,
        sources: &[Source<'a>],
    ) -> Formed<'a> {
        let mut merged = super::all_of::gather(self.resolver, sources);
        merged.kinds = merged.kinds.and(kinds);
        let composed = self.compose(merged);
        let mut formed = self.composed(id, composed);
        // The union around it has them, and the words.
        formed.limits = Constraints::default();
        formed.notes.clear();
        formed.nullable = false;
        formed
    }

    fn part(&self, id: SchemaId, merged: &Merged<'a>, at: usize, word: &str) -> Position {
        Position {
            pointer: format!("{}#{word}", merged.place()),
            owner: Owner::Schema(id, Role::Variant(at)),
        }
    }

    fn branch_of(&self, schema: SchemaId, position: Position) -> Branch {
        Branch {
            value: self.noted_use(
                schema,
                position.pointer,
                &Default::default(),
                Default::default(),
            ),
            component: None,
        }
    }
}

impl<'a> Formed<'a> {
    /// A union of what a schema says of each type; null is among its values.
    pub(super) fn untyped(branched: Branched<'a>, composed: Composed<'a>) -> Self {
        Self {
            form: Form::Union(branched),
            nullable: true,
            limits: composed.merged.limits,
            notes: composed.merged.annotations,
        }
    }
}
