//! Lists.

use super::merged::Merged;
use super::{Lowering, Position};
use crate::api::ir::{Home, List, Role, SchemaId, Shape, Untyped};
use crate::api::source::join;

impl<'a> Lowering<'a, '_> {
    pub(super) fn list(&mut self, id: SchemaId, merged: &Merged<'a>) -> Shape {
        let at = merged.place();
        let first = merged.items.first().map(|source| source.pointer.clone());
        let position = Position {
            pointer: first.unwrap_or_else(|| join(at, "items")),
            home: Home::Within(id, Role::Item),
        };
        let item = if merged.items.is_empty() {
            self.made_use(Shape::Any(Untyped::Asked), position)
        } else {
            self.use_of(&merged.items, position)
        };
        Shape::List(Box::new(List { item }))
    }
}
