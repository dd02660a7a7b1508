//! Unions (`oneOf`, `anyOf`): reduction of trivial ones, and lowering of those with several branches.

mod collapse;
mod disjoint;
mod join;
mod tagging;

pub(super) use tagging::{Drafts, TagSets};

use super::arena::{DeclaredDiscriminator, DraftShape, DraftUnion, DraftVariant, UnionKind};
use super::merge::{merge, merge_one, Additional, Merged, Problem};
use super::objects::{
    exclusive_group, exclusive_groups, forbidden_sets, requirements, Requirement,
};
use super::unwrap::is_null;
use super::{Lowering, Position};
use crate::api::keywords::{branches, Keywords};
use crate::api::model::{Constraints, Owner, Role, SchemaId, Shape, Use};
use crate::api::schema_source::{component_pointer, Part, SchemaSource};
use crate::api::type_set::TypeSet;
use crate::diagnostics::codes::api as codes;
use collapse::Branch;
use openapiv3::ReferenceOr;

/// Maximum number of times that a union of one branch is replaced by that branch.
const MAX_ROUNDS: usize = 100;

/// A `oneOf` or `anyOf`.
#[derive(Clone, Debug)]
pub(in crate::api) struct Alternatives<'a> {
    pub source: SchemaSource<'a>,
    pub branches: Vec<SchemaSource<'a>>,
}

/// Meaning of a `oneOf` or `anyOf`.
enum Reduced<'a> {
    /// No restriction: a branch allows everything.
    Everything,
    /// Only `null`.
    Null,
    /// Requirements on the presence of properties.
    Presence(Vec<Requirement>),
    Single(SchemaSource<'a>),
    Several(Alternatives<'a>),
}

impl<'a> Alternatives<'a> {
    pub fn new(source: SchemaSource<'a>) -> Self {
        Self { branches: branches(&source), source }
    }

    pub fn is_any_of(&self) -> bool {
        matches!(self.source.part, Part::AnyOf(_))
    }

    pub(super) fn discriminator(&self) -> Option<DeclaredDiscriminator<'a>> {
        Some(DeclaredDiscriminator {
            discriminator: self.source.schema()?.schema_data.discriminator.as_ref()?,
            pointer: self.source.pointer.clone(),
            is_inherited: false,
        })
    }
}

/// Keywords next to a union.
struct Base<'s, 'a> {
    sources: &'s [SchemaSource<'a>],
    merged: &'s Merged<'a>,
    /// `true` if there are no other unions and no groups.
    is_plain: bool,
    discriminator: Option<&'s DeclaredDiscriminator<'a>>,
}

impl<'a> Lowering<'a, '_> {
    /// Reduces unions, conditions and `not`; the remaining unions have at least two branches each.
    pub(super) fn reduce(&mut self, mut merged: Merged<'a>) -> Merged<'a> {
        for round in 0.. {
            let singles = self.reduce_unions(&mut merged);
            if singles.is_empty() {
                break;
            }
            let unions = std::mem::take(&mut merged.unions);
            let parts = merged.parts.iter().cloned().chain(singles);
            let sources: Vec<_> = parts.chain(unions.into_iter().map(|one| one.source)).collect();
            let mut next = merge(self.resolver, &sources);
            self.report_problems(&next);
            next.allows_null |= merged.allows_null;
            next.exclusive_groups = std::mem::take(&mut merged.exclusive_groups);
            merged = next;
            if round == MAX_ROUNDS {
                merged.unions.clear();
                break;
            }
        }
        self.join_objects(&mut merged);
        self.reduce_conditions(&mut merged);
        self.reduce_nots(&mut merged);
        merged
    }

    /// Reduces each union; returns the branches of those with a single one, which replace the unions.
    fn reduce_unions(&mut self, merged: &mut Merged<'a>) -> Vec<SchemaSource<'a>> {
        let mut singles = Vec::new();
        for union in std::mem::take(&mut merged.unions) {
            let (reduced, has_null) = self.reduce_union(&union);
            self.report_dropped_branch(&union, &reduced);
            merged.allows_null |= has_null;
            match reduced {
                Reduced::Everything => {}
                Reduced::Null => merged.types = TypeSet::NULL,
                Reduced::Single(branch) => singles.push(branch),
                Reduced::Several(alternatives) => merged.unions.push(alternatives),
                Reduced::Presence(requirements) => {
                    let group = exclusive_group(&requirements).filter(|_| !union.is_any_of());
                    if group.is_none() {
                        self.report_unchecked_presence(&union.source.pointer);
                    }
                    merged.exclusive_groups.extend(group);
                }
            }
        }
        singles
    }

    /// Reduces a union; the flag is `true` if a branch is `null`.
    fn reduce_union(&self, union: &Alternatives<'a>) -> (Reduced<'a>, bool) {
        if let Some(requirements) = requirements(&union.branches) {
            return (Reduced::Presence(requirements), false);
        }
        let is_null = |branch: &&SchemaSource<'a>| is_null(self.resolver, branch);
        let has_null = union.branches.iter().any(|branch| is_null(&branch));
        let mut branches: Vec<SchemaSource<'a>> = Vec::new();
        for branch in union.branches.iter().filter(|branch| !is_null(branch)) {
            if !branches.iter().any(|other| other.same_target(branch)) {
                branches.push(branch.clone());
            }
        }
        if branches.iter().any(allows_everything) {
            return (Reduced::Everything, has_null);
        }
        branches.retain(|branch| !allows_nothing(branch));
        let reduced = match branches.as_slice() {
            [] => Reduced::Null,
            [single] => Reduced::Single(single.clone()),
            _ => Reduced::Several(Alternatives { source: union.source.clone(), branches }),
        };
        (reduced, has_null)
    }

    /// `true` if a schema restricts its values so little that a position of text alone makes them text.
    pub(in crate::api) fn is_unconstrained(&self, source: &SchemaSource<'a>) -> bool {
        let merged = merge_one(self.resolver, source);
        let is_open = |union: &Alternatives<'a>| {
            matches!(self.reduce_union(union).0, Reduced::Everything | Reduced::Null)
        };
        let is_lossy = merged.problems.iter().any(|problem| match problem {
            Problem::Unresolved(..) | Problem::Cycle(_) | Problem::TooMany(_) => true,
            Problem::Contradiction(..) => false,
        });
        let types = merged.inferred_types();
        let is_untyped = types == TypeSet::ALL && merged.format.is_none();
        is_lossy || types == TypeSet::NULL || is_untyped && merged.unions.iter().all(is_open)
    }

    /// Reports a branch that makes the others redundant, or is dropped because it allows no value.
    fn report_dropped_branch(&mut self, union: &Alternatives<'a>, reduced: &Reduced<'a>) {
        let branches = &union.branches;
        let (branch, message) = if matches!(reduced, Reduced::Everything) {
            let others = branches.iter().filter(|branch| !is_null(self.resolver, branch));
            let branch = branches.iter().find(|branch| allows_everything(branch));
            (
                branch.filter(|_| others.count() > 1),
                "this branch allows every value, so the other branches of the union are ignored",
            )
        } else {
            (
                branches.iter().find(|branch| allows_nothing(branch)),
                "this branch of the union allows no value and is omitted",
            )
        };
        if let Some(branch) = branch {
            self.report_once(codes::BRANCHES_IN_ONE, &branch.pointer, message);
        }
    }

    fn report_unchecked_presence(&mut self, pointer: &str) {
        let message = "which of these properties are present together is not checked";
        self.report(codes::UNCHECKED, pointer, message);
    }

    /// Adds the properties that are declared under a condition, and reports what is not checked.
    fn reduce_conditions(&mut self, merged: &mut Merged<'a>) {
        for source in std::mem::take(&mut merged.conditional) {
            for (name, mut sources) in merge_one(self.resolver, &source).properties {
                if self.resolver.literal {
                    // Without the condition, the property may be anything.
                    sources.clear();
                }
                merged.properties.entry(name).or_insert(sources);
            }
        }
        for (at, keyword) in std::mem::take(&mut merged.unchecked) {
            if keyword != "contentSchema" || !self.decoded.contains(&at) {
                self.report(codes::UNCHECKED, &at, format!("`{keyword}` is not checked"));
            }
        }
    }

    fn reduce_nots(&mut self, merged: &mut Merged<'a>) {
        let mut pairs = Vec::new();
        for not in std::mem::take(&mut merged.nots) {
            if allows_everything(&not) {
                merged.impossible = true;
                continue;
            }
            let Some(sets) = forbidden_sets(&not) else {
                if !allows_nothing(&not) {
                    self.report(codes::UNCHECKED, &not.pointer, "`not` is not checked");
                }
                continue;
            };
            let as_pair = |set: &Vec<String>| match set.as_slice() {
                [one, other] if one != other => Some((one.clone(), other.clone())),
                _ => None,
            };
            match sets.iter().map(as_pair).collect::<Option<Vec<_>>>() {
                Some(more) => pairs.extend(more),
                None => self.report_unchecked_presence(&not.pointer),
            }
        }
        let order: Vec<&str> = merged.properties.keys().map(String::as_str).collect();
        merged.exclusive_groups.extend(exclusive_groups(&pairs, &order));
    }

    /// Lowers the unions of a schema: the first one, with the others merged into its branches.
    pub(super) fn union(&mut self, id: SchemaId, merged: &Merged<'a>) -> DraftShape<'a> {
        let [first, others @ ..] = merged.unions.as_slice() else {
            return DraftShape::Final(Shape::Never);
        };
        if let Some(shape) = self.restricted_enum(merged) {
            return DraftShape::Final(shape);
        }
        let mut sources = merged.parts.clone();
        sources.extend(others.iter().map(|union| union.source.clone()));
        if others.is_empty() {
            if let Some(shape) = self.collapsed(&sources, &first.branches) {
                return DraftShape::Final(shape);
            }
        }
        let mut discriminator = first.discriminator();
        let base = Base {
            sources: &sources,
            merged,
            is_plain: others.is_empty() && merged.exclusive_groups.is_empty(),
            discriminator: discriminator.as_ref(),
        };
        let mut branches: Vec<Branch> = match base.is_plain {
            true => self.collapse_scalars(&sources, &first.branches),
            false => first.branches.iter().cloned().map(Branch::Source).collect(),
        };
        branches.extend(self.mapped_elsewhere(first).into_iter().map(Branch::Source));
        let mut variants = Vec::with_capacity(branches.len());
        for (index, branch) in branches.into_iter().enumerate() {
            let owner = Owner::Schema(id, Role::Variant(index));
            variants.push(self.variant(owner, branch, &base));
        }
        discriminator = discriminator.or_else(|| self.inherited_discriminator(&variants));
        DraftShape::Union(DraftUnion {
            variants,
            discriminator,
            kind: match first.is_any_of() {
                true => UnionKind::AnyOf,
                false => UnionKind::OneOf,
            },
        })
    }

    fn variant(&mut self, owner: Owner, branch: Branch<'a>, base: &Base<'_, 'a>) -> DraftVariant {
        let source = match branch {
            Branch::Source(source) => source,
            Branch::Collapsed { shape, pointer, nullable } => {
                let value = self.made_use(shape, Position { pointer, owner });
                return DraftVariant { value: Use { nullable, ..value }, component: None };
            }
        };
        let component = source.component();
        let is_alone = self.is_covered_by(base, &source) || !self.spend_merge(&source.pointer);
        let value = if is_alone {
            self.use_at(source, owner)
        } else {
            let pointer = source.pointer.clone();
            let sources = [base.sources, &[source]].concat();
            self.use_of(&sources, Position { pointer, owner })
        };
        DraftVariant { value, component }
    }

    /// `true` if one more branch may be merged with the keywords next to its union.
    fn spend_merge(&mut self, at: &str) -> bool {
        let remaining = self.merge_budget.checked_sub(1);
        self.merge_budget = remaining.unwrap_or_default();
        if remaining.is_none() {
            let message = "nested unions multiply; this branch is not merged with the keywords next to its union";
            self.report_once(codes::TOO_MANY, at, message);
        }
        remaining.is_some()
    }

    /// `true` if the keywords next to a union add nothing to a branch.
    fn is_covered_by(&self, base: &Base<'_, 'a>, branch: &SchemaSource<'a>) -> bool {
        let merged = base.merged;
        if !base.is_plain {
            return false;
        }
        if merged.types == TypeSet::ALL && merged.has_only_type() {
            return true;
        }
        let alone = merge_one(self.resolver, branch);
        let tag = base.discriminator.map(|one| &one.discriminator.property_name);
        let requires = |name: &String| alone.required.contains(name) || Some(name) == tag;
        alone.inferred_types().within(merged.inferred_types())
            && merged.values.is_none()
            && merged.format.is_none()
            && merged.items.is_empty()
            && merged.constraints == Constraints::default()
            && matches!(merged.additional, Additional::Unspecified)
            && merged.properties.keys().all(|name| alone.properties.contains_key(name))
            && merged.required.iter().all(requires)
    }

    /// Returns the components that a mapping names and the union does not list.
    fn mapped_elsewhere(&self, union: &Alternatives<'a>) -> Vec<SchemaSource<'a>> {
        let Some(declared) = union.discriminator() else {
            return Vec::new();
        };
        let listed: Vec<_> = union.branches.iter().filter_map(SchemaSource::component).collect();
        let mut names: Vec<&'a str> = Vec::new();
        let targets = declared.discriminator.mapping.values();
        for name in targets.filter_map(|target| self.mapped(target)) {
            if !listed.iter().any(|other| other == name) && !names.contains(&name) {
                names.push(name);
            }
        }
        let source = |name| SchemaSource {
            pointer: format!("{}/discriminator/mapping", declared.pointer),
            part: Part::Component(name),
        };
        names.into_iter().map(source).collect()
    }

    /// Returns the discriminator of a component that every variant inherits from.
    fn inherited_discriminator(
        &self,
        variants: &[DraftVariant],
    ) -> Option<DeclaredDiscriminator<'a>> {
        let roots = |variant: &DraftVariant| {
            let component = variant.component.as_deref()?;
            Some(self.inheritance.roots_of(component))
        };
        let mut common = roots(variants.first()?)?;
        for variant in variants {
            let roots = roots(variant)?;
            common.retain(|root| roots.contains(root));
        }
        let root = *common.first()?;
        let schema = self.resolver.component_schema(root)?.whole()?;
        Some(DeclaredDiscriminator {
            discriminator: schema.schema_data.discriminator.as_ref()?,
            pointer: component_pointer(root),
            is_inherited: true,
        })
    }
}

/// `true` if a source allows every value.
fn allows_everything(source: &SchemaSource) -> bool {
    let schema = source.whole();
    schema.is_some_and(|schema| !schema.is_composed() && schema.has_only_annotations())
}

/// `true` if a source allows no value: `not: {}`.
pub(super) fn allows_nothing(source: &SchemaSource) -> bool {
    let not = source.whole().and_then(|schema| schema.keywords().not.as_deref());
    match not {
        Some(ReferenceOr::Item(schema)) => !schema.is_composed() && schema.has_only_annotations(),
        Some(ReferenceOr::Reference { .. }) | None => false,
    }
}
