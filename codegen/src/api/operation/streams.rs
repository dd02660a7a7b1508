//! Replies that arrive item by item: where only the caller says so, and what the data of events is.

use super::Entry;
use crate::api::model::{Codec, Content, Json, Owner, Role, SchemaId, Section, Use};
use crate::api::paging::configured;
use crate::api::resolve::component as component_pointer;
use crate::api::schema::{Lowering, Position};
use crate::api::schema_location::{join, Said, Source};
use crate::diagnostics::codes::api as codes;
use crate::normalize::keys;
use openapiv3::MediaType;

/// The key in the document, of a media type or an operation.

/// What `x-typewright-stream` says: `lines` or `events`.
pub(super) fn named(said: &Json) -> Option<Codec> {
    match said.as_str().or_else(|| said.get("as")?.as_str())? {
        "lines" => Some(Codec::JsonLines),
        "events" => Some(Codec::EventStream),
        _ => None,
    }
}

impl<'a> Lowering<'a, '_> {
    /// The contents of a successful reply, one of them a stream where the configuration or the operation says so:
    /// `{as: lines, media-type: application/jsonl, item: Change}`, or `lines` alone. `media-type` is one that the
    /// document has, by default its first, or one that it lacks; `item` is a component.
    pub(super) fn streamed(&mut self, entry: &Entry<'a>, contents: Vec<Content>) -> Vec<Content> {
        let ids = [entry.id(), entry.plain_id()];
        let ids = [ids[0].as_str(), ids[1].as_str()];
        let said = configured(&self.options.streams, ids, (&entry.method, entry.path));
        let said = said.or(entry.operation.extensions.get(keys::STREAM));
        let Some(said) = said.filter(|said| **said != Json::Bool(false)).cloned() else {
            return contents;
        };
        let at = join(&entry.pointer, keys::STREAM);
        let Some(codec) = named(&said) else {
            let message = "a stream is `events` or `lines`, alone or in `as`";
            self.report(codes::STREAM, &at, message);
            return contents;
        };
        let text = |name: &str| said.get(name).and_then(Json::as_str);
        let item = text("item").and_then(|name| self.named_item(name, &at));
        let events = text("item").filter(|_| codec == Codec::EventStream);
        let data = events.and_then(|name| self.component_events(name));
        stream_of(contents, (codec, text("media-type")), item, data)
    }

    /// What the data of the events is that a component describes.
    fn component_events(&mut self, name: &str) -> Option<Use> {
        let event = self.resolver.component_schema(name)?;
        let id = self.component(name)?;
        let position = || data_of(id, &event.pointer);
        let named = self.named_events(&event, position());
        named.or_else(|| self.event_data(&event, position()))
    }

    fn named_item(&mut self, name: &str, at: &str) -> Option<Use> {
        let found = self.component_use(name, join(at, "item"));
        if found.is_none() {
            let message = format!("`{name}` is no component schema");
            self.report(codes::STREAM, at, message);
        }
        found
    }

    /// What each item of a stream is (3.2 `itemSchema`).
    pub(super) fn stream_item(
        &mut self,
        at: &str,
        media: &'a MediaType,
        owner: Owner,
    ) -> Option<Use> {
        let reference = media.extensions.get(keys::ITEM_SCHEMA)?.as_str()?;
        let pointer = join(at, keys::ITEM_SCHEMA);
        let said = Said::Reference(reference);
        let source = Source {
            pointer: pointer.clone(),
            said,
        };
        Some(self.use_of(&[source], Position { pointer, owner }))
    }

    /// The schema of the events that a media type describes, at its place.
    fn event(&self, at: &str, media: &'a MediaType) -> Option<Source<'a>> {
        let Some(item) = media.extensions.get(keys::ITEM_SCHEMA) else {
            let schema = media.schema.as_ref()?;
            return Some(Source::new(join(at, "schema"), schema));
        };
        Some(Source {
            pointer: join(at, keys::ITEM_SCHEMA),
            said: Said::Reference(item.as_str()?),
        })
    }

    /// What the data of the events of a reply is, where their names tell.
    pub(super) fn events_by_name(
        &mut self,
        at: &str,
        media: &'a MediaType,
        owner: Owner,
    ) -> Option<Use> {
        let is_reply = matches!(
            owner,
            Owner::Operation(_, Role::Response(..)) | Owner::Shared(Section::Response(_), _)
        );
        let event = self.event(at, media).filter(|_| is_reply)?;
        let component = event.component();
        let id = component.as_deref().and_then(|name| self.component(name));
        let position = match id {
            Some(id) => data_of(id, &component_pointer(&component.unwrap_or_default())),
            None => Position {
                pointer: event.pointer.clone(),
                owner,
            },
        };
        self.named_events(&event, position)
    }

    /// What the text in the `data` of each event holds, where that is said.
    pub(super) fn data_of_events(
        &mut self,
        at: &str,
        event: Option<&Use>,
        media: &'a MediaType,
    ) -> Option<Use> {
        let event = event?;
        let said = self.event(at, media)?;
        self.event_data(&said, data_of(event.schema, &event.at.pointer))
    }
}

/// The place of the data of an event.
fn data_of(event: SchemaId, pointer: &str) -> Position {
    Position {
        pointer: join(pointer, "data"),
        owner: Owner::Schema(event, Role::Property("data".to_owned())),
    }
}

/// The contents with a stream among them.
fn stream_of(
    mut contents: Vec<Content>,
    (codec, wanted): (Codec, Option<&str>),
    item: Option<Use>,
    data: Option<Use>,
) -> Vec<Content> {
    let found = match wanted {
        Some(wanted) => contents
            .iter_mut()
            .find(|content| content.media_type == wanted),
        None => contents.first_mut(),
    };
    if let Some(content) = found {
        content.codec = codec;
        if item.is_some() {
            (content.item, content.data) = (item, data);
        }
        return contents;
    }
    let usual = match codec {
        Codec::EventStream => "text/event-stream",
        Codec::JsonLines
        | Codec::Json
        | Codec::Form
        | Codec::FormData
        | Codec::Multipart
        | Codec::Text
        | Codec::Bytes => "application/x-ndjson",
    };
    contents.push(Content {
        item,
        data,
        ..Content::without_schema(wanted.unwrap_or(usual), codec)
    });
    contents
}
