//! Replies that arrive item by item: where only the caller says so, and what the data of events is.

use super::Entry;
use crate::api::ir::{Codec, Content, Home, Json, Role, Use};
use crate::api::paging::configured;
use crate::api::schema::{Lowering, Position};
use crate::api::source::{join, Said, Source};
use crate::diagnostics::codes::api as codes;
use crate::dialect::keys;
use openapiv3::{MediaType, ReferenceOr, Schema, SchemaKind, Type};

/// The key in the document, of a media type or an operation.
pub(super) const KEY: &str = "x-typewright-stream";

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
        let said = configured(self.streams, ids, (&entry.method, entry.path));
        let said = said.or(entry.operation.extensions.get(KEY));
        let Some(said) = said.filter(|said| **said != Json::Bool(false)).cloned() else {
            return contents;
        };
        let at = join(&entry.pointer, KEY);
        let Some(codec) = named(&said) else {
            let message = "a stream is `events` or `lines`, alone or in `as`";
            self.report(codes::STREAM, &at, message);
            return contents;
        };
        let text = |name: &str| said.get(name).and_then(Json::as_str);
        let item = text("item").and_then(|name| self.named_item(name, &at));
        stream_of(contents, codec, text("media-type"), item)
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
        home: Home,
    ) -> Option<Use> {
        let reference = media.extensions.get(keys::ITEM_SCHEMA)?.as_str()?;
        let pointer = join(at, keys::ITEM_SCHEMA);
        let said = Said::Reference(reference);
        let source = Source {
            pointer: pointer.clone(),
            said,
        };
        Some(self.use_of(&[source], Position { pointer, home }))
    }

    /// What the text in `data` holds, where the schema of whole events says so by `contentSchema`.
    pub(super) fn event_data(&mut self, event: Option<&Use>, media: &'a MediaType) -> Option<Use> {
        let event = event?;
        let reference = self.content_schema(media)?;
        let pointer = join(&event.at.pointer, "data");
        let home = Home::Within(event.schema, Role::Property("data".to_owned()));
        let said = Said::Reference(reference);
        let source = Source {
            pointer: pointer.clone(),
            said,
        };
        Some(self.use_of(&[source], Position { pointer, home }))
    }

    /// The reference of `contentSchema` in the `data` of events.
    fn content_schema(&self, media: &'a MediaType) -> Option<&'a str> {
        let item = media.extensions.get(keys::ITEM_SCHEMA);
        let event = match item.and_then(Json::as_str) {
            Some(reference) => self.resolver.schema(reference)?.schema()?,
            None => self.resolver.schema_of(media.schema.as_ref()?)?,
        };
        let data = match &event.schema_kind {
            SchemaKind::Type(Type::Object(object)) => object.properties.get("data")?,
            SchemaKind::Any(any) => any.properties.get("data")?,
            SchemaKind::Type(_)
            | SchemaKind::OneOf { .. }
            | SchemaKind::AllOf { .. }
            | SchemaKind::AnyOf { .. }
            | SchemaKind::Not { .. } => return None,
        };
        let data: &Schema = match data {
            ReferenceOr::Item(schema) => schema,
            ReferenceOr::Reference { reference } => self.resolver.schema(reference)?.schema()?,
        };
        data.schema_data
            .extensions
            .get(keys::CONTENT_SCHEMA)?
            .as_str()
    }
}

/// The contents with a stream among them.
fn stream_of(
    mut contents: Vec<Content>,
    codec: Codec,
    wanted: Option<&str>,
    item: Option<Use>,
) -> Vec<Content> {
    let found = match wanted {
        Some(wanted) => contents
            .iter_mut()
            .find(|content| content.media_type == wanted),
        None => contents.first_mut(),
    };
    if let Some(content) = found {
        content.codec = codec;
        content.item = item.or(content.item.take());
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
        media_type: wanted.unwrap_or(usual).to_owned(),
        codec,
        value: None,
        item,
        data: None,
        parts: Vec::new(),
    });
    contents
}
