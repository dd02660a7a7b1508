//! Objects: records, maps, and both in one.

use super::extras::Slot;
use super::merged::{Additional, Merged};
use super::one_of::Composed;
use super::{Lowering, Position};
use crate::api::model::{
    AdditionalProperties, AnyReason, ExclusiveGroup, Object, Owner, Property, Role, SchemaId,
    Shape, Use,
};
use crate::api::schema_location::{join, Source};
use crate::diagnostics::codes::api as codes;
use indexmap::IndexMap;

impl<'a> Lowering<'a, '_> {
    pub(super) fn object(&mut self, id: SchemaId, composed: &Composed<'a>) -> Shape {
        let merged = &composed.merged;
        let properties = self.properties(id, merged);
        let exclusive = self.exclusive(&composed.exclusive, &properties, merged);
        let rest = self.rest(id, merged, properties.is_empty());
        Shape::Object(Box::new(Object {
            properties,
            additional: rest,
            key: self.key(id, merged),
            exclusive_groups: exclusive,
        }))
    }

    fn properties(&mut self, id: SchemaId, merged: &Merged<'a>) -> IndexMap<String, Property> {
        let mut properties = IndexMap::with_capacity(merged.properties.len());
        for (name, sources) in &merged.properties {
            let value = self.property(id, name, sources);
            let required = merged.required.contains(name);
            properties.insert(name.clone(), Property::new(value, required));
        }
        self.undeclared(id, merged, &mut properties);
        properties
    }

    fn property(&mut self, id: SchemaId, name: &str, sources: &[Source<'a>]) -> Use {
        let own = self.nodes.get(id).map(|node| node.pointer.clone());
        let pointer = match sources {
            [source] => source.pointer.clone(),
            _ => join(&join(&own.unwrap_or_default(), "properties"), name),
        };
        let owner = sources
            .first()
            .and_then(|source| self.owner(&source.pointer, name));
        let position = Position {
            pointer,
            owner: Owner::Schema(owner.unwrap_or(id), Role::Property(name.to_owned())),
        };
        self.use_of(sources, position)
    }

    /// The node in which the document writes a property, however many others take it in: it gives the name.
    fn owner(&self, pointer: &str, name: &str) -> Option<SchemaId> {
        let mut parent = pointer.strip_suffix(&join("/properties", name))?;
        loop {
            if let Some(id) = self.nodes.find(parent) {
                return Some(id);
            }
            let (list, _) = parent.rsplit_once('/')?;
            parent = list.strip_suffix("/allOf")?;
        }
    }

    /// Properties that must be there, and that nothing declares. Documents mostly name them by mistake, so they are kept
    /// where they are there, and not missed where they are not.
    fn undeclared(
        &mut self,
        id: SchemaId,
        merged: &Merged<'a>,
        properties: &mut IndexMap<String, Property>,
    ) {
        if self.resolver.literal {
            return self.demanded(id, merged, properties);
        }
        let open = matches!(merged.rest, Additional::Any(_) | Additional::Schemas(_));
        if merged.properties.is_empty() || open {
            return;
        }
        let at = merged.place().to_owned();
        for name in &merged.required {
            if !properties.contains_key(name) {
                let message = format!("`{name}` is required, but no `properties` declares it");
                self.report(codes::REQUIRED_UNDECLARED, &join(&at, "required"), message);
                let position = Position {
                    pointer: join(&join(&at, "properties"), name),
                    owner: Owner::Schema(id, Role::Property(name.clone())),
                };
                let value = self.made_use(Shape::Any(AnyReason::Unconstrained), position);
                let required = false;
                properties.insert(name.clone(), Property::new(value, required));
            }
        }
    }

    /// Properties that must be there, and that nothing declares, taken at their word.
    fn demanded(
        &mut self,
        id: SchemaId,
        merged: &Merged<'a>,
        properties: &mut IndexMap<String, Property>,
    ) {
        let at = merged.place();
        for name in &merged.required {
            if properties.contains_key(name) {
                continue;
            }
            let position = Position {
                pointer: join(&join(at, "properties"), name),
                owner: Owner::Schema(id, Role::Property(name.clone())),
            };
            let value = match &merged.rest {
                Additional::Schemas(sources) => self.use_of(sources, position),
                Additional::Closed => self.made_use(Shape::Never, position),
                Additional::Any(_) | Additional::Unsaid => {
                    self.made_use(Shape::Any(AnyReason::Unconstrained), position)
                }
            };
            let required = true;
            properties.insert(name.clone(), Property::new(value, required));
        }
    }

    /// The groups whose members are all declared.
    fn exclusive(
        &mut self,
        groups: &[ExclusiveGroup],
        properties: &IndexMap<String, Property>,
        merged: &Merged<'a>,
    ) -> Vec<ExclusiveGroup> {
        let declared = |group: &ExclusiveGroup| {
            let mut members = group.members.iter();
            members.all(|name| properties.contains_key(name))
        };
        let (kept, strange): (Vec<_>, Vec<_>) = groups.iter().cloned().partition(declared);
        if !strange.is_empty() {
            let at = merged.place().to_owned();
            let message =
                "a group of properties names some that are not declared; it is not checked";
            self.report(codes::UNCHECKED, &at, message);
        }
        kept
    }

    /// What the names of members are, where that is more than any text.
    fn key(&mut self, id: SchemaId, merged: &Merged<'a>) -> Option<Use> {
        if let Some(Slot::Schema(source)) = &merged.names {
            let position = Position {
                pointer: source.pointer.clone(),
                owner: Owner::Schema(id, Role::Key),
            };
            return Some(self.use_of(std::slice::from_ref(source), position));
        }
        None
    }

    fn rest(&mut self, id: SchemaId, merged: &Merged<'a>, empty: bool) -> AdditionalProperties {
        let owner = Owner::Schema(id, Role::Value);
        let at = merged.place();
        let any = Shape::Any(AnyReason::Unconstrained);
        match &merged.rest {
            Additional::Closed => AdditionalProperties::Forbidden,
            // An object of which nothing is said may hold anything, and what it holds is all that it is.
            Additional::Unsaid if empty => {
                let pointer = join(at, "additionalProperties");
                let value = self.made_use(any, Position { pointer, owner });
                AdditionalProperties::Retained(Box::new(value))
            }
            Additional::Unsaid => AdditionalProperties::Ignored,
            Additional::Any(pointer) => {
                let pointer = pointer.clone();
                let value = self.made_use(any, Position { pointer, owner });
                AdditionalProperties::Retained(Box::new(value))
            }
            Additional::Schemas(sources) => {
                let first = sources.first().map(|source| source.pointer.clone());
                let pointer = first.unwrap_or_default();
                let value = self.use_of(sources, Position { pointer, owner });
                AdditionalProperties::Retained(Box::new(value))
            }
        }
    }
}
