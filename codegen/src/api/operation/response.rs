//! Replies and their headers.

use super::choose::{read_too, readable};
use super::media_type::Contents;
use super::{examples, shared, Entry};
use crate::api::model::{Docs, Header, Owner, Response, Role, Section, Status};
use crate::api::resolve::Found;
use crate::api::schema::{Lowering, Position};
use crate::api::schema_location::{join, Source};
use crate::diagnostics::codes::api as codes;
use openapiv3::{self as openapi, ParameterSchemaOrContent, ReferenceOr, StatusCode};

impl<'a> Lowering<'a, '_> {
    pub(super) fn replies(&mut self, index: usize, entry: &Entry<'a>) -> Vec<Response> {
        let responses = &entry.operation.responses;
        let at = join(&entry.pointer, "responses");
        let mut replies = Vec::new();
        for (code, response) in &responses.responses {
            let status = match code {
                StatusCode::Code(code) => Some(Status::Exact(*code)),
                StatusCode::Range(digit) => u8::try_from(*digit).ok().map(Status::Range),
            };
            let label = code.to_string();
            let reply = status
                .and_then(|status| self.reply((index, entry), (status, &label), &at, response));
            replies.extend(reply.map(|reply| self.perhaps_streamed(entry, reply)));
        }
        if let Some(response) = &responses.default {
            let status = (Status::Default, "default");
            replies.extend(self.reply((index, entry), status, &at, response));
        }
        replies
    }

    /// A reply of success that may have a body, as a stream where that is said.
    fn perhaps_streamed(&mut self, entry: &Entry<'a>, reply: Response) -> Response {
        let streams = match reply.status {
            _ if reply.bodiless => false,
            Status::Exact(200..=299) | Status::Range(2) => true,
            Status::Exact(_) | Status::Range(_) | Status::Default => false,
        };
        if !streams {
            return reply;
        }
        Response {
            contents: self.streamed(entry, reply.contents),
            ..reply
        }
    }

    fn reply(
        &mut self,
        (index, entry): (usize, &Entry<'a>),
        (status, label): (Status, &str),
        at: &str,
        response: &'a ReferenceOr<openapi::Response>,
    ) -> Option<Response> {
        let at = join(at, label);
        let Some(found) = self.resolver.response(at.clone(), response) else {
            let message = "this reply is a reference that names nothing";
            self.report(codes::UNRESOLVED, &at, message);
            return None;
        };
        let component = shared(&found.pointer).map(|(_, name)| name);
        let version = self.versions.current.clone();
        let owner = |media: Option<String>| match &component {
            Some(name) => Owner::Shared(Section::Response(media.or(version.clone())), name.clone()),
            None => Owner::Operation(index, Role::Response(label.to_owned(), media)),
        };
        let header_owner = |name: &str| match &component {
            Some(component) => {
                Owner::Shared(Section::ResponseHeader(name.to_owned()), component.clone())
            }
            None => Owner::Operation(
                index,
                Role::ResponseHeader(label.to_owned(), name.to_owned()),
            ),
        };
        let pointer = join(&found.pointer, "content");
        let bodiless = status.is_bodiless() || entry.method == "HEAD";
        let contents = Contents {
            pointer: pointer.clone(),
            all: &found.thing.content,
            owner: &owner,
        };
        let all = match bodiless {
            true => self.media_types(&contents),
            false => self.contents(&contents),
        };
        let contents = readable(all.clone());
        if !bodiless {
            self.report_bytes(&pointer, &contents);
            self.note_unread(&pointer, &contents);
        }
        Some(Response {
            status,
            alternatives: read_too(all, &contents),
            contents,
            bodiless,
            headers: self.headers(&found, &header_owner),
            docs: Docs {
                description: Some(found.thing.description.clone()).filter(|text| !text.is_empty()),
                ..Docs::default()
            },
        })
    }

    fn headers(
        &mut self,
        reply: &Found<'a, openapi::Response>,
        owner: &dyn Fn(&str) -> Owner,
    ) -> Vec<Header> {
        let at = join(&reply.pointer, "headers");
        let mut headers = Vec::new();
        for (name, header) in &reply.thing.headers {
            // OpenAPI 3.0, section 4.7.17: a header of this name is ignored.
            if name.eq_ignore_ascii_case("content-type") {
                continue;
            }
            let at = join(&at, name);
            match self.resolver.header(at.clone(), header) {
                Some(found) => headers.extend(self.header(name, found, owner(name))),
                None => {
                    let message = "this header is a reference that names nothing";
                    self.report(codes::UNRESOLVED, &at, message);
                }
            }
        }
        headers
    }

    fn header(
        &mut self,
        name: &str,
        found: Found<'a, openapi::Header>,
        owner: Owner,
    ) -> Option<Header> {
        let owner = match shared(&found.pointer) {
            Some((_, component)) => Owner::Shared(Section::Header, component),
            None => owner,
        };
        let header = found.thing;
        let mut value = match &header.format {
            ParameterSchemaOrContent::Schema(schema) => {
                let pointer = join(&found.pointer, "schema");
                let source = Source::new(pointer.clone(), schema);
                self.use_of(&[source], Position { pointer, owner })
            }
            ParameterSchemaOrContent::Content(content) => self
                .contents(&Contents {
                    pointer: join(&found.pointer, "content"),
                    all: content,
                    owner: &|_| owner.clone(),
                })
                .into_iter()
                .find_map(|content| content.value)?,
        };
        value.docs.description = header.description.clone().or(value.docs.description);
        value.docs.deprecated |= header.deprecated.unwrap_or_default();
        let shown = examples(self.resolver, header.example.as_ref(), &header.examples);
        if !shown.is_empty() {
            value.examples = shown;
        }
        Some(Header {
            name: name.to_owned(),
            required: header.required,
            value,
        })
    }
}
