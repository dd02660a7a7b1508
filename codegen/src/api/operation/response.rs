//! Responses: their content, headers and streams.

use super::content::{requested, Contents};
use super::{component_name, is_object, Entry, OperationLowering};
use crate::api::model::{
    Codec, Content, Docs, Header, Json, Owner, Response, Role, SchemaId, Schemas, Section, Status,
    Use,
};
use crate::api::pagination::configured;
use crate::api::resolve::Resolved;
use crate::api::schema::Position;
use crate::api::schema_source::{component_pointer, join, SchemaSource};
use crate::diagnostics::{codes::api as codes, Diagnostics, Place};
use crate::normalize::keys;
use openapiv3::{self as openapi, MediaType, ParameterSchemaOrContent, ReferenceOr, StatusCode};
use std::collections::BTreeSet;

/// A response body in a media type that may have to be handed over as bytes.
pub(in crate::api) struct UnreadBody {
    /// JSON pointer in the normal form.
    at: String,
    media_type: String,
    /// Schema of a form, which is decoded if it is an object.
    form: Option<SchemaId>,
}

impl<'a> OperationLowering<'a, '_> {
    /// Lowers the responses of an operation, in the document's order.
    pub(super) fn responses(&mut self, index: usize, entry: &Entry<'a>) -> Vec<Response> {
        let declared = &entry.operation.responses;
        let mut statuses = Vec::with_capacity(declared.responses.len() + 1);
        for (code, response) in &declared.responses {
            let status = match code {
                StatusCode::Code(code) => Some(Status::Exact(*code)),
                StatusCode::Range(digit) => u8::try_from(*digit).ok().map(Status::Range),
            };
            statuses.extend(status.map(|status| (status, code.to_string(), response)));
        }
        let default = declared.default.iter();
        statuses.extend(default.map(|one| (Status::Default, "default".to_owned(), one)));
        let mut responses = Vec::with_capacity(statuses.len());
        for (status, label, response) in statuses {
            responses.extend(self.response(index, entry, status, &label, response));
        }
        responses
    }

    fn response(
        &mut self,
        index: usize,
        entry: &Entry<'a>,
        status: Status,
        label: &str,
        response: &'a ReferenceOr<openapi::Response>,
    ) -> Option<Response> {
        let at = join(&join(&entry.pointer, "responses"), label);
        let resolved = self.resolve(&at, response)?;
        let component = component_name(&resolved.pointer);
        let owner = |media: Option<String>| match &component {
            Some(name) => {
                let media = media.or_else(|| entry.version.clone());
                Owner::Shared(Section::Response(media), name.clone())
            }
            None => Owner::Operation(index, Role::Response(label.to_owned(), media)),
        };
        let header_owner = |name: &str| match &component {
            Some(shared) => Owner::Shared(Section::ResponseHeader(name.to_owned()), shared.clone()),
            None => {
                let role = Role::ResponseHeader(label.to_owned(), name.to_owned());
                Owner::Operation(index, role)
            }
        };
        let pointer = join(&resolved.pointer, "content");
        let contents = Contents {
            pointer: pointer.clone(),
            by_media_type: &resolved.value.content,
            version: entry.version.as_deref(),
            owner: &owner,
            may_be_xml: true,
        };
        let bodiless = status.is_bodiless() || entry.method == "HEAD";
        let contents = match bodiless {
            true => self.media_types(&contents),
            false => self.contents(&contents),
        };
        let (mut contents, alternatives) = match self.options.every_media_type {
            true => (contents, Vec::new()),
            false => requested(contents),
        };
        if !bodiless {
            self.report_bytes(&pointer, &contents);
            self.note_unread(&pointer, &contents);
        }
        let headers = self.headers(&resolved, entry.version.as_deref(), &header_owner);
        if !bodiless && matches!(status, Status::Exact(200..=299) | Status::Range(2)) {
            contents = self.streamed(entry, contents);
        }
        let description = Some(&resolved.value.description).filter(|text| !text.is_empty());
        Some(Response {
            status,
            contents,
            alternatives,
            bodiless,
            headers,
            docs: Docs { description: description.cloned(), ..Docs::default() },
        })
    }

    fn headers(
        &mut self,
        response: &Resolved<'a, openapi::Response>,
        version: Option<&str>,
        owner: &dyn Fn(&str) -> Owner,
    ) -> Vec<Header> {
        let at = join(&response.pointer, "headers");
        let mut headers = Vec::new();
        for (name, header) in &response.value.headers {
            // OpenAPI 3.2, section 4.17.1: a header of this name is ignored.
            if name.eq_ignore_ascii_case("content-type") {
                continue;
            }
            let at = join(&at, name);
            let resolved = self.resolve(&at, header);
            headers.extend(
                resolved.and_then(|resolved| self.header(name, resolved, version, owner(name))),
            );
        }
        headers
    }

    fn header(
        &mut self,
        name: &str,
        resolved: Resolved<'a, openapi::Header>,
        version: Option<&str>,
        owner: Owner,
    ) -> Option<Header> {
        let header = resolved.value;
        let owner = match component_name(&resolved.pointer) {
            Some(component) => Owner::Shared(Section::Header, component),
            None => owner,
        };
        let value = match &header.format {
            ParameterSchemaOrContent::Schema(schema) => {
                let source = SchemaSource::new(join(&resolved.pointer, "schema"), schema);
                self.schemas.use_at(source, owner)
            }
            ParameterSchemaOrContent::Content(content) => self
                .contents(&Contents {
                    pointer: join(&resolved.pointer, "content"),
                    by_media_type: content,
                    version,
                    owner: &|_| owner.clone(),
                    may_be_xml: false,
                })
                .into_iter()
                .find_map(|content| content.value)?,
        };
        let examples = self.examples(header.example.as_ref(), &header.examples);
        let mut value = value.with_examples(examples);
        value.docs.description = header.description.clone().or(value.docs.description);
        value.docs.deprecated |= header.deprecated.unwrap_or_default();
        Some(Header { name: name.to_owned(), required: header.required, value })
    }

    /// Notes bodies that may not be decoded: parts never are, and forms only if their schema turns out to be an object.
    fn note_unread(&mut self, at: &str, contents: &[Content]) {
        for content in contents {
            let Some(value) = &content.value else {
                continue;
            };
            let form = match content.codec {
                Codec::FormData | Codec::Multipart => None,
                Codec::Form => Some(value.schema),
                Codec::Json
                | Codec::Text
                | Codec::EventStream
                | Codec::JsonLines
                | Codec::Xml
                | Codec::Bytes => continue,
            };
            self.unread.push(UnreadBody {
                at: join(at, &content.media_type),
                media_type: content.media_type.clone(),
                form,
            });
        }
    }

    /// Returns the contents of a successful response, one of them a stream if the configuration or the operation
    /// declares it: `{as: lines, media-type: application/jsonl, item: Change}`, or `lines` alone. `media-type` is
    /// declared in the document, by default its first, or missing in it; `item` is a component.
    fn streamed(&mut self, entry: &Entry<'a>, contents: Vec<Content>) -> Vec<Content> {
        let ids = [entry.id(), entry.plain_id()];
        let declared = configured(&self.options.streams, &ids, &entry.method, entry.path)
            .or(entry.operation.extensions.get(keys::STREAM));
        let Some(declared) = declared.filter(|json| **json != Json::Bool(false)) else {
            return contents;
        };
        let at = join(&entry.pointer, keys::STREAM);
        let Some(codec) = stream_codec(declared) else {
            let message = "a stream is `events` or `lines`, alone or in `as`";
            self.schemas.report(codes::STREAM, &at, message);
            return contents;
        };
        let text = |name: &str| declared.get(name).and_then(Json::as_str).map(str::to_owned);
        let (item_name, media_type) = (text("item"), text("media-type"));
        let item = item_name.as_deref().and_then(|name| {
            let item = self.schemas.component_use(name, join(&at, "item"));
            if item.is_none() {
                let message = format!("`{name}` is not a component schema");
                self.schemas.report(codes::STREAM, &at, message);
            }
            item
        });
        let data = item_name
            .filter(|_| codec == Codec::EventStream)
            .and_then(|name| self.component_events(&name));
        with_stream(contents, codec, media_type.as_deref(), item, data)
    }

    /// Returns the data of the events that a component describes.
    fn component_events(&mut self, name: &str) -> Option<Use> {
        let event = self.schemas.resolver.component_schema(name)?;
        let id = self.schemas.component(name)?;
        let position = || data_position(id, &event.pointer);
        let named = self.schemas.named_events(&event, position());
        named.or_else(|| self.schemas.event_data(&event, position()))
    }

    /// Lowers the schema of a stream's items (3.2 `itemSchema`).
    pub(super) fn stream_item(
        &mut self,
        at: &str,
        media: &'a MediaType,
        owner: Owner,
    ) -> Option<Use> {
        let reference = media.extensions.get(keys::ITEM_SCHEMA)?.as_str()?;
        let source = SchemaSource::reference(join(at, keys::ITEM_SCHEMA), reference);
        Some(self.schemas.use_at(source, owner))
    }

    /// Lowers the data of the events of a response, if they are distinguished by name.
    pub(super) fn events_by_name(
        &mut self,
        at: &str,
        media: &'a MediaType,
        owner: Owner,
    ) -> Option<Use> {
        let event = event_schema(at, media).filter(|_| owner.is_response())?;
        let component_id = event.component().and_then(|name| {
            let id = self.schemas.component(&name)?;
            Some((id, component_pointer(&name)))
        });
        let position = match component_id {
            Some((id, pointer)) => data_position(id, &pointer),
            None => Position { pointer: event.pointer.clone(), owner },
        };
        self.schemas.named_events(&event, position)
    }

    /// Lowers the schema of the text in the `data` of each event, if declared.
    pub(super) fn event_data(
        &mut self,
        at: &str,
        event: &Use,
        media: &'a MediaType,
    ) -> Option<Use> {
        let position = data_position(event.schema, &event.at.pointer);
        self.schemas.event_data(&event_schema(at, media)?, position)
    }
}

/// Reports the response bodies that are handed over as bytes.
pub(in crate::api) fn report_unread(
    unread: &[UnreadBody],
    schemas: &Schemas,
    place: &dyn Fn(&str) -> Place,
    diagnostics: &mut Diagnostics,
) {
    let mut reported = BTreeSet::new();
    for body in unread {
        let is_decoded = body.form.is_some_and(|form| is_object(schemas, form));
        if !is_decoded && reported.insert(&body.at) {
            let message = format!("`{}` of a response is handed over as bytes", body.media_type);
            diagnostics.push(codes::AS_BYTES, place(&body.at), message);
        }
    }
}

/// Parses `x-typewright-stream`: `lines` or `events`, alone or in `as`.
pub(super) fn stream_codec(declared: &Json) -> Option<Codec> {
    match declared.as_str().or_else(|| declared.get("as")?.as_str())? {
        "lines" => Some(Codec::JsonLines),
        "events" => Some(Codec::EventStream),
        _ => None,
    }
}

/// Returns the schema of the events of a media type.
fn event_schema<'a>(at: &str, media: &'a MediaType) -> Option<SchemaSource<'a>> {
    match media.extensions.get(keys::ITEM_SCHEMA) {
        Some(item) => Some(SchemaSource::reference(join(at, keys::ITEM_SCHEMA), item.as_str()?)),
        None => Some(SchemaSource::new(join(at, "schema"), media.schema.as_ref()?)),
    }
}

/// Returns the position of an event's data.
fn data_position(event: SchemaId, pointer: &str) -> Position {
    Position {
        pointer: join(pointer, "data"),
        owner: Owner::Schema(event, Role::Property("data".to_owned())),
    }
}

/// Makes one of the contents a stream, or adds one.
fn with_stream(
    mut contents: Vec<Content>,
    codec: Codec,
    media_type: Option<&str>,
    item: Option<Use>,
    data: Option<Use>,
) -> Vec<Content> {
    let is_stream = |one: &Content| media_type.is_none_or(|name| one.media_type == name);
    if let Some(content) = contents.iter_mut().find(|one| is_stream(one)) {
        content.codec = codec;
        if item.is_some() {
            (content.item, content.data) = (item, data);
        }
        return contents;
    }
    let default = match codec == Codec::EventStream {
        true => "text/event-stream",
        false => "application/x-ndjson",
    };
    contents.push(Content {
        item,
        data,
        ..Content::without_schema(media_type.unwrap_or(default), codec)
    });
    contents
}
