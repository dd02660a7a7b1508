//! Server-sent events (OpenAPI 3.2, section 4.14.4.2): what their data is, by their names where several are described.

use super::all_of::gather;
use super::extras::{self, Slot};
use super::kinds::Kinds;
use super::merged::Merged;
use super::nodes::Matter;
use super::one_of::union_branches;
use super::shape::Formed;
use super::{notes, Lowering, Position};
use crate::api::media_type::codec;
use crate::api::model::{
    Codec, Docs, EventData, Json, Owner, Role, SchemaId, Shape, Tagging, TextFormat, Union, Use,
    Variant,
};
use crate::api::schema_location::{join, Source};
use crate::normalize::keys;
use openapiv3::Discriminator;
use std::collections::BTreeSet;

/// The fields of an event (WHATWG HTML, section 9.2.6).
const FIELDS: [&str; 4] = ["data", "event", "id", "retry"];

/// What an event is called where it has no name of its own.
const UNNAMED: &str = "message";

/// The events of some names.
#[derive(Clone, Debug)]
pub(super) struct EventBranch<'a> {
    /// Where they are described.
    pointer: String,
    names: Vec<String>,
    data: EventData,
    /// The places that speak of the data; none where it is any text.
    sources: Vec<Source<'a>>,
    docs: Docs,
}

impl<'a> Lowering<'a, '_> {
    /// What the text in `data` holds, where the schema of whole events says so by `contentSchema`.
    pub(in crate::api) fn event_data(&mut self, event: &Source<'a>, at: Position) -> Option<Use> {
        let whole = gather(self.resolver, std::slice::from_ref(event));
        let found = self.content_read(whole.properties.get("data")?)?;
        Some(self.use_of(&[found], at))
    }

    /// The data of events as an enum by their names, where the schema of whole events describes each by a branch of its
    /// own, and some of them hold more than text.
    pub(in crate::api) fn named_events(&mut self, event: &Source<'a>, at: Position) -> Option<Use> {
        let branches = self.event_branches(event)?;
        let target = event
            .component()
            .map(|name| crate::api::resolve::component(&name));
        let key = target.unwrap_or_else(|| event.key());
        let id = self.node(format!("{key}#events"), &at, Matter::Events(branches));
        let reduced = super::Reduced::default();
        Some(self.noted_use(id, at.pointer, &reduced, Default::default()))
    }

    fn event_branches(&mut self, event: &Source<'a>) -> Option<Vec<EventBranch<'a>>> {
        let whole = gather(self.resolver, std::slice::from_ref(event));
        let [union] = whole.unions.as_slice() else {
            return None;
        };
        let discriminator = union.schema()?.schema_data.discriminator.as_ref();
        let discriminator = discriminator.filter(|said| said.property_name == "event");
        let branches = union_branches(union).into_iter();
        let branches = branches.map(|branch| self.event_branch(&whole, &branch, discriminator));
        let branches: Vec<EventBranch> = branches.collect::<Option<_>>()?;
        let mut seen = BTreeSet::new();
        let distinct = branches
            .iter()
            .flat_map(|branch| &branch.names)
            .all(|name| seen.insert(name.as_str()));
        let typed = branches.iter().any(|branch| branch.data == EventData::Json);
        if !(distinct && typed) {
            return None;
        }
        self.contents_read(&branches);
        Some(branches)
    }

    /// Remembers which `contentSchema`s are read, so that nobody is told that they are not.
    fn contents_read(&mut self, branches: &[EventBranch]) {
        let sources = branches.iter().flat_map(|branch| &branch.sources);
        let suffix = join("", keys::CONTENT_SCHEMA);
        let read = sources.filter_map(|source| source.pointer.strip_suffix(&suffix));
        self.read.extend(read.map(str::to_owned));
    }

    fn event_branch(
        &self,
        whole: &Merged<'a>,
        branch: &Source<'a>,
        discriminator: Option<&Discriminator>,
    ) -> Option<EventBranch<'a>> {
        let own = gather(self.resolver, std::slice::from_ref(branch));
        let member = |name: &str| {
            let said = whole.properties.get(name).into_iter();
            let said = said.chain(own.properties.get(name)).flatten();
            said.cloned().collect::<Vec<_>>()
        };
        let mut members = whole.properties.keys().chain(own.properties.keys());
        let is_event = members.all(|name| FIELDS.contains(&name.as_str()));
        if !is_event {
            return None;
        }
        let data = member("data");
        let (kind, sources) = match self.content_of(&data) {
            Some(found) => (EventData::Json, vec![found]),
            None => self.plain_data(data),
        };
        Some(EventBranch {
            pointer: branch.pointer.clone(),
            names: self.event_names(branch, &member("event"), discriminator)?,
            data: kind,
            sources,
            docs: notes::all_docs(&own.annotations),
        })
    }

    /// The names of a branch's events: mapped, else the values that `event` may have, else the component's name where a
    /// discriminator says that it tells; nothing where that may be any.
    fn event_names(
        &self,
        branch: &Source<'a>,
        event: &[Source<'a>],
        discriminator: Option<&Discriminator>,
    ) -> Option<Vec<String>> {
        let component = branch.component();
        let mapping = discriminator.into_iter().flat_map(|said| &said.mapping);
        let mapped = mapping.filter(|(_, target)| self.mapped(target) == component.as_deref());
        let mapped: Vec<String> = mapped.map(|(name, _)| name.clone()).collect();
        if component.is_some() && !mapped.is_empty() {
            return Some(mapped);
        }
        if event.is_empty() {
            return Some(vec![UNNAMED.to_owned()]);
        }
        let values = gather(self.resolver, event).values;
        let texts = values.map(|values| {
            let texts = values.iter().map(|value| value.as_str().map(str::to_owned));
            texts.collect::<Option<Vec<_>>>()
        });
        match texts {
            Some(texts) => texts,
            None => discriminator.and(component).map(|name| vec![name]),
        }
    }

    /// Data without `contentSchema`: text, unless its schema says otherwise.
    fn plain_data(&self, sources: Vec<Source<'a>>) -> (EventData, Vec<Source<'a>>) {
        let said = gather(self.resolver, &sources);
        let any = said.unions.is_empty() && said.inferred() == Kinds::ALL;
        if said.inferred() != Kinds::TEXT && !any {
            return (EventData::Json, sources);
        }
        let told = said.format.is_some_and(|format| format != "binary") || said.values.is_some();
        match told {
            true => (EventData::Text, sources),
            false => (EventData::Text, Vec::new()),
        }
    }

    /// What the JSON text in `data` holds, of which these places speak.
    fn content_read(&mut self, data: &[Source<'a>]) -> Option<Source<'a>> {
        let found = self.content_of(data)?;
        let suffix = join("", keys::CONTENT_SCHEMA);
        let owner = found.pointer.strip_suffix(&suffix);
        self.read.extend(owner.map(str::to_owned));
        Some(found)
    }

    fn content_of(&self, data: &[Source<'a>]) -> Option<Source<'a>> {
        let parts = gather(self.resolver, data).parts;
        parts.into_iter().rev().find_map(|part| {
            let schema = part.schema()?;
            let kind = schema.schema_data.extensions.get(keys::CONTENT_MEDIA_TYPE);
            let kind = kind.and_then(Json::as_str).map(codec);
            match extras::slot(&part.pointer, schema, keys::CONTENT_SCHEMA)? {
                Slot::Schema(found) if matches!(kind, None | Some(Codec::Json)) => Some(found),
                Slot::Schema(_) | Slot::Anything(_) | Slot::Nothing(_) => None,
            }
        })
    }

    /// The union that such events are.
    pub(super) fn events(&mut self, id: SchemaId, branches: &[EventBranch<'a>]) -> Formed<'a> {
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
        let kinds = branches.iter().map(|branch| branch.data);
        Formed::made(Shape::Union(Union {
            variants,
            tagging: Tagging::Event(kinds.collect()),
        }))
    }
}
