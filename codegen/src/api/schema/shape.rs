//! Shapes: from the definition of a schema to its draft.

use super::arena::{Definition, Draft, DraftShape, DraftUnion, DraftVariant, Node, UnionKind};
use super::merge::{merge, merge_one, Merged, Problem};
use super::unions::{allows_nothing, Alternatives};
use super::unwrap::unwrap;
use super::{choices, Lowering, Position};
use crate::api::formats::{scalar, untyped};
use crate::api::keywords::{Annotations, Keywords, Subschema};
use crate::api::model::{AnyReason, Constraints, List, Owner, Role, SchemaId, Shape, Tuple, Use};
use crate::api::schema_source::{join, SchemaSource};
use crate::api::type_set::TypeSet;
use crate::diagnostics::codes::api as codes;

/// Maximum number of positions of a tuple: beyond it, Rust's tuples implement neither `Debug` nor `PartialEq`.
const MAX_POSITIONS: usize = 12;

impl<'a> Lowering<'a, '_> {
    /// Lowers a schema of the arena.
    pub(super) fn draft(&mut self, id: SchemaId) -> Draft<'a> {
        let Some(node) = self.arena.get(id).cloned() else {
            return Draft::of_shape(Shape::Never);
        };
        match &node.definition {
            Definition::Shape(shape) => Draft::of_shape(shape.clone()),
            Definition::Events(branches) => Draft::of_shape(self.events(id, branches)),
            Definition::Sources(sources) => self.described(id, &node, sources),
            Definition::Narrowed(types, sources) => {
                let mut merged = merge(self.resolver, sources);
                merged.types = merged.types & *types;
                let merged = self.reduce(merged);
                Draft {
                    // The union that this schema is a variant of has null, constraints and annotations.
                    shape: self.reduced(id, merged).shape,
                    ..Draft::of_shape(Shape::Never)
                }
            }
        }
    }

    fn described(
        &mut self,
        id: SchemaId,
        node: &Node<'a>,
        sources: &[SchemaSource<'a>],
    ) -> Draft<'a> {
        if !self.is_bare_descendant(node, sources) {
            if let Some(alias) = self.alias(sources) {
                return alias;
            }
        }
        let merged = merge(self.resolver, sources);
        self.report_problems(&merged);
        let reason = merged.problems.iter().find_map(|problem| match problem {
            Problem::Unresolved(_, reference) => Some(format!("`{reference}` has no target")),
            Problem::Cycle(_) => Some("the reference refers to itself".to_owned()),
            Problem::TooMany(_) => Some("it inherits from too many others".to_owned()),
            Problem::Contradiction(..) => None,
        });
        if let Some(reason) = reason {
            return Draft {
                annotations: merged.annotations,
                ..Draft::of_shape(Shape::Any(AnyReason::Lossy(reason)))
            };
        }
        if let Owner::Component(name) = &node.owner {
            if let Some(union) = self.inheritance_union(id, name, &merged) {
                return union;
            }
        }
        let merged = self.reduce(merged);
        self.reduced(id, merged)
    }

    /// `true` for a component that inherits from a root and adds nothing. As an alias of the root, whose variant it is,
    /// it would contain itself without end.
    fn is_bare_descendant(&self, node: &Node<'a>, sources: &[SchemaSource<'a>]) -> bool {
        let (Owner::Component(_), [source]) = (&node.owner, sources) else {
            return false;
        };
        let parents = source.whole().map(|schema| schema.keywords().all_of.as_slice());
        let Some([parent]) = parents else {
            return false;
        };
        let name = SchemaSource::new(String::new(), parent).component();
        name.is_some_and(|name| self.inheritance.is_root(&name))
    }

    /// Lowers reduced keywords.
    fn reduced(&mut self, id: SchemaId, merged: Merged<'a>) -> Draft<'a> {
        let untyped = match merged.unions.is_empty() && !merged.impossible {
            true => self.union_of_types(id, &merged),
            false => None,
        };
        let allows_any = untyped.is_some();
        let shape = match untyped {
            Some(union) => DraftShape::Union(union),
            None if merged.impossible => DraftShape::Final(Shape::Never),
            None if merged.unions.is_empty() => DraftShape::Final(self.shape(id, &merged)),
            None => self.union(id, &merged),
        };
        // The branches of a collapsed union are no variants, which would have `null` themselves.
        let is_collapsed = matches!(shape, DraftShape::Final(_)) && merged.values.is_none();
        let nullable = merged.nullable()
            || allows_any
            || is_collapsed && self.has_nullable_branch(&merged.unions);
        Draft {
            nullable: nullable && !matches!(shape, DraftShape::Final(Shape::Null)),
            shape,
            constraints: merged.constraints,
            annotations: merged.annotations,
        }
    }

    fn has_nullable_branch(&self, unions: &[Alternatives<'a>]) -> bool {
        let mut branches = unions.iter().flat_map(|union| &union.branches);
        branches.any(|branch| merge_one(self.resolver, branch).nullable())
    }

    /// Lowers a schema that is another one, perhaps with tighter constraints.
    fn alias(&mut self, sources: &[SchemaSource<'a>]) -> Option<Draft<'a>> {
        let [source] = sources else { return None };
        let schema = source.schema();
        let constraints = source.whole().map(Keywords::constraints).unwrap_or_default();
        let constrained = source.whole().filter(|schema| {
            let keywords = schema.keywords();
            constraints != Constraints::default()
                && schema.types() == TypeSet::ALL
                && schema.has_only_type_and_constraints()
                && keywords.one_of.is_empty()
                && keywords.any_of.is_empty()
        });
        let unwrapped = match constrained {
            Some(schema) => {
                let parents = &schema.keywords().all_of;
                unwrap(self.resolver, &SchemaSource::list(&source.pointer, "allOf", parents))
            }
            None => unwrap(self.resolver, sources),
        };
        let [leaf] = unwrapped.leaves.as_slice() else {
            return None;
        };
        let (target, _) = self.target(leaf)?;
        let used = self.plain_use(target, leaf.pointer.clone());
        let annotations = schema.map(|schema| &schema.schema_data);
        Some(Draft {
            shape: DraftShape::Final(Shape::Alias(Box::new(used))),
            nullable: unwrapped.nullable || annotations.is_some_and(|data| data.nullable),
            constraints: constrained.map(|_| constraints).unwrap_or_default(),
            annotations: Annotations(annotations.into_iter().chain(unwrapped.wrapping.0).collect()),
        })
    }

    fn shape(&mut self, id: SchemaId, merged: &Merged<'a>) -> Shape {
        if merged.values.is_some() {
            return choices::shape(self.choice_values(merged), false);
        }
        let format = merged.format.as_deref();
        match merged.inferred_types() {
            TypeSet::NULL => Shape::Null,
            TypeSet::BOOL => Shape::Bool,
            types @ (TypeSet::INTEGER | TypeSet::NUMBER | TypeSet::TEXT) => scalar(types, format),
            TypeSet::LIST => self.list(id, merged),
            TypeSet::OBJECT => self.object(id, merged),
            _ if self.resolver.literal => Shape::ANY,
            _ if merged.exclusive_groups.is_empty() => format.map_or(Shape::ANY, untyped),
            _ => self.object(id, merged),
        }
    }

    fn list(&mut self, id: SchemaId, merged: &Merged<'a>) -> Shape {
        if merged.prefix_items.is_empty() {
            let item = self.items(id, merged);
            return Shape::List(Box::new(List { item }));
        }
        let count = merged.prefix_items.len();
        if count > MAX_POSITIONS {
            let message = format!("{count} positions are more than a tuple has");
            self.report(codes::LONG_TUPLE, merged.pointer(), message);
        }
        let mut items = Vec::with_capacity(count);
        for (index, item) in merged.prefix_items.iter().enumerate() {
            let owner = Owner::Schema(id, Role::Position(index));
            items.push(self.subschema_use(item, owner));
        }
        let bound = |bound: Option<u64>| bound.and_then(|bound| usize::try_from(bound).ok());
        let constraints = &merged.constraints;
        let is_full = bound(constraints.max_items).is_some_and(|most| most <= count)
            || merged.items.iter().any(allows_nothing);
        Shape::Tuple(Box::new(Tuple {
            required: bound(constraints.min_items).unwrap_or_default().min(count),
            items,
            additional: (!is_full).then(|| self.items(id, merged)),
        }))
    }

    /// Lowers the items that have no position of their own.
    fn items(&mut self, id: SchemaId, merged: &Merged<'a>) -> Use {
        let owner = Owner::Schema(id, Role::Item);
        match merged.items.first() {
            Some(first) => {
                let pointer = first.pointer.clone();
                self.use_of(&merged.items, Position { pointer, owner })
            }
            None => {
                let pointer = join(merged.pointer(), "items");
                self.made_use(Shape::ANY, Position { pointer, owner })
            }
        }
    }

    fn subschema_use(&mut self, subschema: &Subschema<'a>, owner: Owner) -> Use {
        let (shape, pointer) = match subschema {
            Subschema::Schema(source) => return self.use_at(source.clone(), owner),
            Subschema::True(pointer) => (Shape::ANY, pointer.clone()),
            Subschema::False(pointer) => (Shape::Never, pointer.clone()),
        };
        self.made_use(shape, Position { pointer, owner })
    }

    /// Lowers an untyped schema that is taken literally to a union: the keywords of objects apply to objects only,
    /// those of lists to lists, and every other value is allowed. `None` if it has a type, or neither kind of keyword.
    fn union_of_types(&mut self, id: SchemaId, merged: &Merged<'a>) -> Option<DraftUnion<'a>> {
        if !self.resolver.literal || merged.types != TypeSet::ALL || merged.values.is_some() {
            return None;
        }
        let narrowed = |types| Definition::Narrowed(types, merged.parts.clone());
        let mut parts = Vec::new();
        if merged.has_object_keywords() || !merged.exclusive_groups.is_empty() {
            parts.push(("object", narrowed(TypeSet::OBJECT)));
        }
        if merged.has_list_keywords() {
            parts.push(("array", narrowed(TypeSet::LIST)));
        }
        if parts.is_empty() {
            return None;
        }
        parts.push(("any", Definition::Shape(Shape::ANY)));
        let mut variants = Vec::with_capacity(parts.len());
        for (index, (word, definition)) in parts.into_iter().enumerate() {
            let pointer = format!("{}#{word}", merged.pointer());
            let key = format!("{pointer}#{}", id.0);
            let owner = Owner::Schema(id, Role::Variant(index));
            variants.push(DraftVariant {
                value: self.defined_use(key, Position { pointer, owner }, definition),
                component: None,
            });
        }
        Some(DraftUnion { variants, discriminator: None, kind: UnionKind::Types })
    }

    /// Reports the obstacles to merging.
    pub(super) fn report_problems(&mut self, merged: &Merged<'a>) {
        for problem in &merged.problems {
            let (code, at, message) = match problem {
                Problem::Unresolved(at, reference) => {
                    let message = format!("`{reference}` does not refer to a schema");
                    (codes::SCHEMA_NOWHERE, at, message)
                }
                Problem::Cycle(at) => {
                    let message = "this reference refers to itself".to_owned();
                    (codes::CIRCLE, at, message)
                }
                Problem::TooMany(at) => {
                    let message = "this schema inherits from too many others by `allOf`, so any value is allowed";
                    (codes::TOO_MANY, at, message.to_owned())
                }
                Problem::Contradiction(at, keyword) => {
                    let message = format!(
                        "this `{keyword}` allows no value that the other parts of the schema allow"
                    );
                    (codes::CONTRADICTION, at, message)
                }
            };
            self.report(code, at, message);
        }
    }
}
