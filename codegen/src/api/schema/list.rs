//! Lists and tuples.

use super::extras::Slot;
use super::merged::Merged;
use super::{Lowering, Position};
use crate::api::model::{AnyReason, List, Owner, Role, SchemaId, Shape, Tuple, Use};
use crate::api::schema_location::join;
use crate::diagnostics::codes::api as codes;

/// How many positions a tuple can have in Rust: beyond it there is no `Debug` and no `PartialEq`.
const LONGEST: usize = 12;

impl<'a> Lowering<'a, '_> {
    pub(super) fn list(&mut self, id: SchemaId, merged: &Merged<'a>) -> Shape {
        if !merged.prefix.is_empty() {
            return self.tuple(id, merged);
        }
        let item = self.items(id, merged);
        Shape::List(Box::new(List { item }))
    }

    /// What items are that no position is said for.
    fn items(&mut self, id: SchemaId, merged: &Merged<'a>) -> Use {
        let first = merged.items.first().map(|source| source.pointer.clone());
        let position = Position {
            pointer: first.unwrap_or_else(|| join(merged.place(), "items")),
            owner: Owner::Schema(id, Role::Item),
        };
        if merged.items.is_empty() {
            self.made_use(Shape::Any(AnyReason::Unconstrained), position)
        } else {
            self.use_of(&merged.items, position)
        }
    }

    fn tuple(&mut self, id: SchemaId, merged: &Merged<'a>) -> Shape {
        if merged.prefix.len() > LONGEST {
            let message = format!("{} positions", merged.prefix.len());
            self.report(codes::LONG_TUPLE, merged.place(), message);
        }
        let slots = merged.prefix.iter().enumerate();
        let items: Vec<Use> = slots
            .map(|(index, slot)| self.position(id, index, slot))
            .collect();
        let least = merged.limits.min_items.unwrap_or_default();
        let least = usize::try_from(least).unwrap_or(usize::MAX);
        let most = merged.limits.max_items;
        let full =
            most.is_some_and(|most| usize::try_from(most).is_ok_and(|most| most <= items.len()));
        let nothing = merged.items.iter().any(super::one_of::says_never);
        let rest = (!full && !nothing).then(|| self.items(id, merged));
        Shape::Tuple(Box::new(Tuple {
            required: least.min(items.len()),
            items,
            additional: rest,
        }))
    }

    fn position(&mut self, id: SchemaId, index: usize, slot: &Slot<'a>) -> Use {
        let owner = Owner::Schema(id, Role::Position(index));
        match slot {
            Slot::Schema(source) => {
                let pointer = source.pointer.clone();
                self.use_of(std::slice::from_ref(source), Position { pointer, owner })
            }
            Slot::Anything(pointer) => {
                let pointer = pointer.clone();
                self.made_use(
                    Shape::Any(AnyReason::Unconstrained),
                    Position { pointer, owner },
                )
            }
            Slot::Nothing(pointer) => {
                let pointer = pointer.clone();
                self.made_use(Shape::Never, Position { pointer, owner })
            }
        }
    }
}
