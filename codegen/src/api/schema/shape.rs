//! From what places say together to the shape of a node.

use super::all_of::gather;
use super::facts::{Composition, Facts};
use super::kinds::Kinds;
use super::merged::{Merged, Trouble};
use super::nodes::{Matter, Node};
use super::one_of::{Alternatives, Composed};
use super::reduce::reduce;
use super::scalar::scalar;
use super::Lowering;
use crate::api::model::{AnyReason, Constraints, Owner, SchemaId, Shape, Use};
use crate::api::schema_location::{branches, Said, Source};
use crate::diagnostics::codes::api as codes;
use openapiv3::{Discriminator, SchemaData};

/// A node whose shape is known, all but how the branch of a union is found.
pub(super) struct Formed<'a> {
    pub form: Form<'a>,
    pub nullable: bool,
    pub limits: Constraints,
    /// The annotations of the schema, the most telling first.
    pub notes: Vec<&'a SchemaData>,
}

pub(super) enum Form<'a> {
    Done(Shape),
    Union(Branched<'a>),
}

/// A union whose branches have numbers.
pub(super) struct Branched<'a> {
    pub branches: Vec<Branch>,
    pub declared: Option<Declared<'a>>,
    /// Whether the branches are what one schema says of each JSON type, the last of all others.
    pub typed: bool,
    /// Whether the branches are heirs of a component with a discriminator, and no branches of a `oneOf` or `anyOf`.
    pub heirs: bool,
    /// Whether they are branches of an `anyOf`, several of which a value may fit.
    pub any_of: bool,
}

pub(super) struct Branch {
    pub value: Use,
    /// The component that the branch refers to.
    pub component: Option<String>,
}

/// A `discriminator`, and the pointer of the schema that has it.
#[derive(Clone, Debug)]
pub(super) struct Declared<'a> {
    pub discriminator: &'a Discriminator,
    pub pointer: String,
    /// Whether the union does not have it itself, but its branches take it in: its mapping may name others.
    pub inherited: bool,
}

impl<'a> Formed<'a> {
    pub(super) fn made(shape: Shape) -> Self {
        Self {
            form: Form::Done(shape),
            nullable: false,
            limits: Constraints::default(),
            notes: Vec::new(),
        }
    }
}

impl<'a> Lowering<'a, '_> {
    /// The shape of a node.
    pub(super) fn form(&mut self, id: SchemaId) -> Formed<'a> {
        let Some(node) = self.nodes.get(id).cloned() else {
            return Formed::made(Shape::Never);
        };
        match node.matter {
            Matter::Made(shape) => Formed::made(shape),
            Matter::Events(ref branches) => self.events(id, branches),
            Matter::All(ref sources) => self.all_of(id, &node, sources),
            Matter::Narrowed(kinds, ref sources) => self.narrowed(id, kinds, sources),
        }
    }

    fn all_of(&mut self, id: SchemaId, node: &Node<'a>, sources: &[Source<'a>]) -> Formed<'a> {
        if !self.is_bare_heir(node, sources) {
            if let Some(same) = self.same(sources) {
                return same;
            }
        }
        let merged = gather(self.resolver, sources);
        self.report_troubles(&merged);
        if let Some(why) = merged.troubles.iter().find_map(lost) {
            let mut formed = Formed::made(Shape::Any(AnyReason::Lossy(why)));
            formed.notes = merged.annotations;
            return formed;
        }
        if let Owner::Component(name) = &node.owner {
            if let Some(union) = self.inherited(id, name, &merged) {
                return union;
            }
        }
        let composed = self.compose(merged);
        self.composed(id, composed)
    }

    /// Whether it is a component that takes in one with a discriminator by `allOf` and adds nothing: a branch of that,
    /// which would hold itself without an end if it were the same.
    fn is_bare_heir(&self, node: &Node<'a>, sources: &[Source<'a>]) -> bool {
        let (Owner::Component(_), [source]) = (&node.owner, sources) else {
            return false;
        };
        let parents = source.whole().map(|schema| Composition::of(schema).all_of);
        let [parent] = parents.unwrap_or_default() else {
            return false;
        };
        let name = Source::new(String::new(), parent).component();
        name.is_some_and(|name| self.heirs.is_root(&name))
    }

    /// The shape of what was drawn together and split.
    pub(super) fn composed(&mut self, id: SchemaId, composed: Composed<'a>) -> Formed<'a> {
        let form = if composed.impossible {
            Form::Done(Shape::Never)
        } else if composed.unions.is_empty() {
            if let Some(branched) = self.untyped(id, &composed) {
                return Formed::untyped(branched, composed);
            }
            Form::Done(self.shape(id, &composed))
        } else {
            self.union(id, &composed)
        };
        let null = matches!(form, Form::Done(Shape::Null));
        let folded = matches!(form, Form::Done(_)) && composed.merged.values.is_none();
        let by_branch = folded && self.branch_takes_null(&composed.unions);
        Formed {
            form,
            nullable: (composed.nullable || by_branch) && !null,
            limits: composed.merged.limits,
            notes: composed.merged.annotations,
        }
    }

    /// Whether a branch of these unions allows `null`.
    fn branch_takes_null(&self, unions: &[Alternatives<'a>]) -> bool {
        let mut branches = unions.iter().flat_map(|union| &union.branches);
        branches.any(|branch| gather(self.resolver, std::slice::from_ref(branch)).nullable())
    }

    /// A schema that is another one, perhaps within tighter limits.
    fn same(&mut self, sources: &[Source<'a>]) -> Option<Formed<'a>> {
        let [source] = sources else { return None };
        let mut limits = Constraints::default();
        let mut inner = vec![source.clone()];
        if let Said::Whole(schema) = source.said {
            let facts = Facts::of(schema);
            let limited = facts.limits != Constraints::default() && facts.kinds == Kinds::ALL;
            let unions = facts.one_of.len() + facts.any_of.len();
            if limited && facts.is_bare_but_type_and_limits() && unions == 0 {
                inner = branches(&source.pointer, "allOf", facts.all_of);
                limits = facts.limits;
            }
        }
        let reduced = reduce(self.resolver, &inner);
        let [leaf] = reduced.leaves.as_slice() else {
            return None;
        };
        let (target, _) = self.target(leaf)?;
        let pointer = leaf.pointer.clone();
        let used = self.noted_use(target, pointer, &Default::default(), Default::default());
        let own = source.schema();
        let null = own.is_some_and(|schema| schema.schema_data.nullable);
        Some(Formed {
            form: Form::Done(Shape::Alias(Box::new(used))),
            nullable: reduced.nullable || null,
            limits,
            notes: own
                .into_iter()
                .map(|schema| &schema.schema_data)
                .chain(reduced.wrapping)
                .collect(),
        })
    }

    fn shape(&mut self, id: SchemaId, composed: &Composed<'a>) -> Shape {
        let merged = &composed.merged;
        if merged.values.is_some() {
            return self.choice(merged);
        }
        match merged.inferred() {
            Kinds::NULL => Shape::Null,
            Kinds::BOOL => Shape::Bool,
            kinds @ (Kinds::INTEGER | Kinds::NUMBER | Kinds::TEXT) => {
                scalar(kinds, merged.format.as_deref())
            }
            Kinds::LIST => self.list(id, merged),
            Kinds::OBJECT => self.object(id, composed),
            _ if self.resolver.literal => Shape::Any(AnyReason::Unconstrained),
            _ if composed.exclusive.is_empty() => formatted(merged.format.as_deref()),
            _ => self.object(id, composed),
        }
    }

    pub(super) fn report_troubles(&mut self, merged: &Merged<'a>) {
        for trouble in &merged.troubles {
            match trouble {
                Trouble::Unresolved(at, reference) => {
                    let message = format!("`{reference}` names no schema of the document");
                    self.report(codes::SCHEMA_NOWHERE, at, message);
                }
                Trouble::Circle(at) => {
                    self.report(codes::CIRCLE, at, "this reference leads back to itself");
                }
                Trouble::TooMany(at) => {
                    let message = "this schema takes in too many others by `allOf`; any value is allowed here";
                    self.report(codes::TOO_MANY, at, message);
                }
                Trouble::Contradiction(at, keyword) => {
                    let message = format!(
                        "the `{keyword}` said here leaves no value that the other parts of the schema allow"
                    );
                    self.report(codes::CONTRADICTION, at, message);
                }
            }
        }
    }
}

/// A schema without a type: a format alone suggests what it is about.
fn formatted(format: Option<&str>) -> Shape {
    match format.map(|format| (scalar(Kinds::NUMBER, Some(format)), format)) {
        Some((Shape::Integer(format), _)) => Shape::Integer(format),
        Some((Shape::Number(Some(format)), _)) => Shape::Number(Some(format)),
        Some((_, format)) => scalar(Kinds::TEXT, Some(format)),
        None => Shape::Any(AnyReason::Unconstrained),
    }
}

/// Why nothing is known of a schema, where a trouble leaves nothing.
fn lost(trouble: &Trouble) -> Option<String> {
    match trouble {
        Trouble::Unresolved(_, reference) => Some(format!("`{reference}` names nothing")),
        Trouble::Circle(_) => Some("the reference leads back to itself".to_owned()),
        Trouble::TooMany(_) => Some("it takes in too many others".to_owned()),
        Trouble::Contradiction(..) => None,
    }
}
