//! The JSON types of nodes, and whether they tell the branches of a union apart.

use super::kinds::Kinds;
use super::shape::Form;
use super::tagging::Shapes;
use crate::api::model::{SchemaId, Shape};

impl Shapes<'_, '_> {
    /// The JSON types that lead to each branch, `null` aside. Whole numbers lead to a branch that takes no others.
    pub(super) fn types(&mut self, ids: &[SchemaId]) -> Vec<Kinds> {
        let kinds = ids.iter().map(|id| self.kinds(*id).without(Kinds::NULL));
        let kinds: Vec<Kinds> = kinds.collect();
        let whole =
            |kinds: &Kinds| kinds.overlaps(Kinds::INTEGER) && !kinds.overlaps(Kinds::FRACTION);
        let apart = kinds.iter().any(whole);
        let taken = |kinds: Kinds| match apart && Kinds::NUMBER.within(kinds) {
            true => kinds.without(Kinds::INTEGER),
            false => kinds,
        };
        kinds.into_iter().map(taken).collect()
    }

    /// The JSON types of the values of a node.
    pub(super) fn kinds(&mut self, id: SchemaId) -> Kinds {
        let id = self.behind(id);
        if let Some(kinds) = self.kinds.get(&id) {
            return *kinds;
        }
        // A union that holds itself adds nothing by doing so.
        self.kinds.insert(id, Kinds::NONE);
        let kinds = match self.form(id) {
            None => Kinds::ALL,
            Some(Form::Done(shape)) => shape_kinds(shape),
            Some(Form::Union(branched)) => {
                branched.branches.iter().fold(Kinds::NONE, |kinds, branch| {
                    kinds | self.kinds(branch.value.schema)
                })
            }
        };
        self.kinds.insert(id, kinds);
        kinds
    }
}

/// Whether no type is of two branches.
pub(super) fn differ(types: &[Kinds]) -> bool {
    let mut seen = Kinds::NONE;
    types.iter().all(|kinds| {
        let fresh = !kinds.overlaps(seen);
        seen = seen | *kinds;
        fresh
    })
}

fn shape_kinds(shape: &Shape) -> Kinds {
    match shape {
        Shape::Any(_) | Shape::Alias(_) | Shape::Union(_) => Kinds::ALL,
        Shape::Never => Kinds::NONE,
        Shape::Null => Kinds::NULL,
        Shape::Bool => Kinds::BOOL,
        Shape::Integer(_) => Kinds::INTEGER,
        Shape::Number(_) => Kinds::NUMBER,
        Shape::Text(_) => Kinds::TEXT,
        Shape::Choice(choice) => choice
            .values
            .iter()
            .fold(Kinds::NONE, |kinds, value| kinds | Kinds::of(&value.wire)),
        Shape::List(_) | Shape::Tuple(_) => Kinds::LIST,
        Shape::Object(_) => Kinds::OBJECT,
    }
}
