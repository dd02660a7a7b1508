//! Data of server-sent events (OpenAPI 3.2, section 4.14.4.2), by event name if several are described.

use super::arena::Definition;
use super::merge::{merge, merge_one, Merged};
use super::{Lowering, Position};
use crate::api::keywords::{Keywords, Subschema};
use crate::api::media_type::codec;
use crate::api::model::{
    Codec, Docs, EventData, Json, Owner, Role, SchemaId, Shape, Tagging, TextFormat, Union, Use,
    Variant,
};
use crate::api::schema_source::{component_pointer, join, SchemaSource};
use crate::api::type_set::TypeSet;
use crate::normalize::keys;
use openapiv3::Discriminator;
use std::collections::BTreeSet;

/// Fields of an event (WHATWG HTML, section 9.2.6).
const FIELDS: [&str; 4] = ["data", "event", "id", "retry"];

/// Name of events without the field `event`.
const DEFAULT_NAME: &str = "message";

/// Events of some names.
#[derive(Clone, Debug)]
pub(super) struct EventBranch<'a> {
    /// Pointer of their description.
    pointer: String,
    names: Vec<String>,
    data: EventData,
    /// Sources of the data; empty for any text.
    sources: Vec<SchemaSource<'a>>,
    docs: Docs,
}

impl<'a> Lowering<'a, '_> {
    /// Lowers the `contentSchema` of `data` in the schema of whole events.
    pub(in crate::api) fn event_data(
        &mut self,
        event: &SchemaSource<'a>,
        position: Position,
    ) -> Option<Use> {
        let event = merge_one(self.resolver, event);
        let content = self.content_schema(event.properties.get("data")?)?;
        self.mark_decoded(&content);
        Some(self.use_of(&[content], position))
    }

    /// Lowers the data of events to a union by event name, if the schema of whole events describes each by a branch of
    /// its own, and some hold more than text.
    pub(in crate::api) fn named_events(
        &mut self,
        event: &SchemaSource<'a>,
        position: Position,
    ) -> Option<Use> {
        let branches = self.event_branches(event)?;
        let component = event.component().map(|name| component_pointer(&name));
        let key = format!("{}#events", component.unwrap_or_else(|| event.key()));
        Some(self.defined_use(key, position, Definition::Events(branches)))
    }

    fn event_branches(&mut self, event: &SchemaSource<'a>) -> Option<Vec<EventBranch<'a>>> {
        let event = merge_one(self.resolver, event);
        let [union] = event.unions.as_slice() else {
            return None;
        };
        let discriminator = union
            .discriminator()
            .map(|declared| declared.discriminator)
            .filter(|one| one.property_name == "event");
        let branches: Vec<EventBranch> = union
            .branches
            .iter()
            .map(|branch| self.event_branch(&event, branch, discriminator))
            .collect::<Option<_>>()?;
        let mut seen = BTreeSet::new();
        let mut names = branches.iter().flat_map(|branch| &branch.names);
        let is_distinct = names.all(|name| seen.insert(name.as_str()));
        let has_json = branches.iter().any(|branch| branch.data == EventData::Json);
        if !is_distinct || !has_json {
            return None;
        }
        let sources = branches.iter().flat_map(|branch| &branch.sources);
        sources.for_each(|source| self.mark_decoded(source));
        Some(branches)
    }

    /// Marks a `contentSchema` as decoded, so that it is not reported as unchecked.
    fn mark_decoded(&mut self, content: &SchemaSource<'a>) {
        let suffix = join("", keys::CONTENT_SCHEMA);
        let schema = content.pointer.strip_suffix(&suffix);
        self.decoded.extend(schema.map(str::to_owned));
    }

    fn event_branch(
        &self,
        event: &Merged<'a>,
        branch: &SchemaSource<'a>,
        discriminator: Option<&Discriminator>,
    ) -> Option<EventBranch<'a>> {
        let merged = merge_one(self.resolver, branch);
        let mut names = event.properties.keys().chain(merged.properties.keys());
        if !names.all(|name| FIELDS.contains(&name.as_str())) {
            return None;
        }
        let field = |name: &str| {
            let sources = [event.properties.get(name), merged.properties.get(name)]
                .into_iter()
                .flatten()
                .flatten();
            sources.cloned().collect::<Vec<_>>()
        };
        let data = field("data");
        let (data, sources) = match self.content_schema(&data) {
            Some(content) => (EventData::Json, vec![content]),
            None => self.plain_data(data),
        };
        Some(EventBranch {
            pointer: branch.pointer.clone(),
            names: self.event_names(branch, &field("event"), discriminator)?,
            data,
            sources,
            docs: merged.annotations.docs(),
        })
    }

    /// Returns the names of a branch's events: as mapped, else the values of `event`, else the component's name if
    /// there is a discriminator; `None` if any name is allowed.
    fn event_names(
        &self,
        branch: &SchemaSource<'a>,
        event: &[SchemaSource<'a>],
        discriminator: Option<&Discriminator>,
    ) -> Option<Vec<String>> {
        let component = branch.component();
        let mapping = discriminator.into_iter().flat_map(|one| &one.mapping);
        let mapped: Vec<String> = mapping
            .filter(|(_, target)| self.mapped(target) == component.as_deref())
            .map(|(name, _)| name.clone())
            .collect();
        if component.is_some() && !mapped.is_empty() {
            return Some(mapped);
        }
        if event.is_empty() {
            return Some(vec![DEFAULT_NAME.to_owned()]);
        }
        match merge(self.resolver, event).values {
            Some(values) => {
                let names = values.iter().map(|value| value.as_str().map(str::to_owned));
                names.collect()
            }
            None => discriminator.and(component).map(|name| vec![name]),
        }
    }

    /// Returns the kind and the sources of data without `contentSchema`: text, unless the schema has another type.
    fn plain_data(&self, sources: Vec<SchemaSource<'a>>) -> (EventData, Vec<SchemaSource<'a>>) {
        let merged = merge(self.resolver, &sources);
        let types = merged.inferred_types();
        let is_any = merged.unions.is_empty() && types == TypeSet::ALL;
        if types != TypeSet::TEXT && !is_any {
            return (EventData::Json, sources);
        }
        let has_format = merged.format.is_some_and(|format| format != "binary");
        match has_format || merged.values.is_some() {
            true => (EventData::Text, sources),
            false => (EventData::Text, Vec::new()),
        }
    }

    /// Returns the `contentSchema` of JSON text.
    fn content_schema(&self, text: &[SchemaSource<'a>]) -> Option<SchemaSource<'a>> {
        let parts = merge(self.resolver, text).parts;
        parts.into_iter().rev().find_map(|part| {
            let schema = part.schema()?;
            let media_type = schema.extension(keys::CONTENT_MEDIA_TYPE).and_then(Json::as_str);
            let is_json = media_type.is_none_or(|media_type| codec(media_type) == Codec::Json);
            match schema.subschema(&part.pointer, keys::CONTENT_SCHEMA)? {
                Subschema::Schema(content) if is_json => Some(content),
                Subschema::Schema(_) | Subschema::True(_) | Subschema::False(_) => None,
            }
        })
    }

    /// Lowers events to a union by name.
    pub(super) fn events(&mut self, id: SchemaId, branches: &[EventBranch<'a>]) -> Shape {
        let mut variants = Vec::with_capacity(branches.len());
        for (index, branch) in branches.iter().enumerate() {
            let position = Position {
                pointer: join(&branch.pointer, "data"),
                owner: Owner::Schema(id, Role::Variant(index)),
            };
            let mut value = match branch.sources.as_slice() {
                [] => self.made_use(Shape::Text(TextFormat::Plain), position),
                sources => self.use_of(sources, position),
            };
            if value.docs == Docs::default() {
                value.docs = branch.docs.clone();
            }
            variants.push(Variant {
                value,
                tags: branch.names.clone(),
                types: Vec::new(),
                component: None,
            });
        }
        let data = branches.iter().map(|branch| branch.data);
        Shape::Union(Union { variants, tagging: Tagging::Event(data.collect()) })
    }
}
