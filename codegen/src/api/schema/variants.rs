//! Unions of at least two branches: what each branch is, with what stands beside the union.

use super::all_of::gather;
use super::fold::{Alternative, Folded};
use super::kinds::Kinds;
use super::merged::{Additional, Merged};
use super::one_of::{Alternatives, Composed};
use super::shape::{Branch, Branched, Declared, Form, Formed};
use super::{Lowering, Position};
use crate::api::model::{Constraints, Owner, Role, SchemaId, Shape, Use};
use crate::api::resolve::component;
use crate::api::schema_location::{component_name, unescaped, Said, Source};
use crate::diagnostics::codes::api as codes;

impl<'a> Lowering<'a, '_> {
    /// The form of a union that stands beside what `composed` says otherwise.
    pub(super) fn union(&mut self, id: SchemaId, composed: &Composed<'a>) -> Form<'a> {
        let (first, others) = match composed.unions.as_slice() {
            [first, others @ ..] => (first, others),
            [] => return Form::Done(Shape::Never),
        };
        if let Some(shape) = self.enumerated(composed) {
            return Form::Done(shape);
        }
        let mut base = composed.merged.parts.clone();
        base.extend(others.iter().map(|union| union.source.clone()));
        if others.is_empty() {
            if let Some(shape) = self.folded(&base, &first.branches) {
                return Form::Done(shape);
            }
        }
        let plain = others.is_empty() && composed.exclusive.is_empty();
        let base = Base {
            sources: &base,
            merged: &composed.merged,
            plain,
            declared: first.declared.as_ref(),
        };
        let mut alternatives = match plain {
            true => self.alternatives(base.sources, &first.branches),
            false => first
                .branches
                .iter()
                .cloned()
                .map(Alternative::Place)
                .collect(),
        };
        let elsewhere = self.mapped_elsewhere(first);
        alternatives.extend(elsewhere.into_iter().map(Alternative::Place));
        let alternatives = alternatives.into_iter().enumerate();
        let branches: Vec<Branch> = alternatives
            .map(|(at, alternative)| match alternative {
                Alternative::Place(branch) => self.branch(id, at, &branch, &base),
                Alternative::Folded(folded) => self.folded_branch(id, at, folded),
            })
            .collect();
        Form::Union(Branched {
            declared: first
                .declared
                .clone()
                .or_else(|| self.inherited_tag(&branches)),
            branches,
            typed: false,
            heirs: false,
            any_of: matches!(first.source.said, Said::AnyOf(_)),
        })
    }

    /// The discriminator of a component that every branch takes in.
    fn inherited_tag(&self, branches: &[Branch]) -> Option<Declared<'a>> {
        let mut roots: Option<Vec<&'a str>> = None;
        for branch in branches {
            let own = self.heirs.roots_of(branch.component.as_deref()?);
            roots = Some(match roots {
                Some(common) => common
                    .into_iter()
                    .filter(|root| own.contains(root))
                    .collect(),
                None => own,
            });
        }
        let root = *roots?.first()?;
        let schema = self.resolver.component_schema(root)?.whole()?;
        Some(Declared {
            discriminator: schema.schema_data.discriminator.as_ref()?,
            pointer: component(root),
            inherited: true,
        })
    }

    fn folded_branch(&mut self, id: SchemaId, at: usize, folded: Folded) -> Branch {
        let position = Position {
            pointer: folded.pointer,
            owner: Owner::Schema(id, Role::Variant(at)),
        };
        let value = self.made_use(folded.shape, position);
        Branch {
            value: Use {
                nullable: folded.nullable,
                ..value
            },
            component: None,
        }
    }

    fn branch(
        &mut self,
        id: SchemaId,
        at: usize,
        branch: &Source<'a>,
        base: &Base<'_, 'a>,
    ) -> Branch {
        let position = Position {
            pointer: branch.pointer.clone(),
            owner: Owner::Schema(id, Role::Variant(at)),
        };
        let alone = self.adds_nothing(base, branch) || !self.multiplies(&branch.pointer);
        let value = if alone {
            self.use_of(std::slice::from_ref(branch), position)
        } else {
            let mut sources = base.sources.to_vec();
            sources.push(branch.clone());
            self.use_of(&sources, position)
        };
        Branch {
            value,
            component: branch.component(),
        }
    }

    /// Whether one more branch may be drawn together with what stands beside its union.
    fn multiplies(&mut self, at: &str) -> bool {
        let left = self.products.checked_sub(1);
        self.products = left.unwrap_or_default();
        if left.is_none() {
            let message = "unions within unions multiply; this branch is read without what stands beside its union";
            self.report_once(codes::TOO_MANY, at, message);
        }
        left.is_some()
    }

    /// Whether what stands beside a union says nothing that the branch does not say itself.
    fn adds_nothing(&self, base: &Base<'_, 'a>, branch: &Source<'a>) -> bool {
        let merged = base.merged;
        if !base.plain {
            return false;
        }
        if merged.kinds == Kinds::ALL && merged.is_bare_but_type() {
            return true;
        }
        let alone = gather(self.resolver, std::slice::from_ref(branch));
        let tag = base
            .declared
            .map(|declared| &declared.discriminator.property_name);
        let required = |name: &String| alone.required.contains(name) || Some(name) == tag;
        alone.inferred().within(merged.inferred())
            && merged.values.is_none()
            && merged.format.is_none()
            && merged.items.is_empty()
            && merged.limits == Constraints::default()
            && matches!(merged.rest, Additional::Unsaid)
            && merged
                .properties
                .keys()
                .all(|name| alone.properties.contains_key(name))
            && merged.required.iter().all(required)
    }

    /// The components that a mapping names and the union does not list.
    fn mapped_elsewhere(&mut self, union: &Alternatives<'a>) -> Vec<Source<'a>> {
        let Some(declared) = &union.declared else {
            return Vec::new();
        };
        let listed: Vec<String> = union
            .branches
            .iter()
            .filter_map(Source::component)
            .collect();
        let mut found: Vec<&'a str> = Vec::new();
        for target in declared.discriminator.mapping.values() {
            let name = self.mapped(target);
            if let Some(name) = name.filter(|name| !listed.iter().any(|other| other == name)) {
                if !found.contains(&name) {
                    found.push(name);
                }
            }
        }
        found
            .into_iter()
            .map(|name| Source {
                pointer: format!("{}/discriminator/mapping", declared.pointer),
                said: Said::Component(name),
            })
            .collect()
    }

    /// The component that the value of a mapping names, by its name or by a reference.
    pub(in crate::api) fn mapped(&self, target: &str) -> Option<&'a str> {
        let schemas = &self.resolver.components()?.schemas;
        let name = component_name(target).map(unescaped);
        let entry = schemas.get_key_value(name.as_deref().unwrap_or(target))?;
        Some(entry.0)
    }

    /// A component with a discriminator and no union, where it is used: one of its heirs.
    pub(super) fn inherited(
        &mut self,
        id: SchemaId,
        name: &str,
        merged: &Merged<'a>,
    ) -> Option<Formed<'a>> {
        if !self.heirs.is_root(name) {
            return None;
        }
        let heirs = self.heirs.all(name);
        let schema = self.resolver.component_schema(name)?.whole()?;
        let discriminator = schema.schema_data.discriminator.as_ref()?;
        let mapping = discriminator.mapping.values();
        let mapped: Vec<&str> = mapping.filter_map(|target| self.mapped(target)).collect();
        let strangers = mapped
            .iter()
            .filter(|other| **other != name && !heirs.contains(other));
        let mut names = heirs.clone();
        strangers.for_each(|stranger| names.push(stranger));
        if names.is_empty() {
            return None;
        }
        let mut branches = Vec::new();
        for heir in &names {
            branches.push(self.heir(heir)?);
        }
        if names.len() < 2 || mapped.contains(&name) {
            branches.push(self.root_record(id, name, names.len(), merged));
        }
        let pointer = component(name);
        Some(Formed {
            form: Form::Union(Branched {
                branches,
                typed: false,
                heirs: true,
                any_of: false,
                declared: Some(Declared {
                    discriminator,
                    pointer,
                    inherited: false,
                }),
            }),
            nullable: merged.nullable(),
            limits: Constraints::default(),
            notes: merged.annotations.clone(),
        })
    }

    fn heir(&mut self, name: &str) -> Option<Branch> {
        let schema = self.component(name)?;
        let pointer = component(name);
        Some(Branch {
            value: self.noted_use(schema, pointer, &Default::default(), Default::default()),
            component: Some(name.to_owned()),
        })
    }

    /// The root of an inheritance as a record of its own.
    fn root_record(&mut self, id: SchemaId, name: &str, at: usize, merged: &Merged<'a>) -> Branch {
        let position = Position {
            pointer: component(name),
            owner: Owner::Schema(id, Role::Variant(at)),
        };
        Branch {
            value: self.use_of(&merged.parts, position),
            component: Some(name.to_owned()),
        }
    }
}

/// What stands beside a union.
struct Base<'s, 'a> {
    sources: &'s [Source<'a>],
    merged: &'s Merged<'a>,
    /// Whether there is no other union and no group beside it.
    plain: bool,
    declared: Option<&'s Declared<'a>>,
}
