//! Request bodies.

use super::choose::offered;
use super::media_type::Contents;
use super::{shared, Entry};
use crate::api::model::{Body, Docs, Owner, Role, Section};
use crate::api::schema::Lowering;
use crate::api::schema_location::join;
use crate::diagnostics::codes::api as codes;

impl<'a> Lowering<'a, '_> {
    pub(super) fn body(&mut self, index: usize, entry: &Entry<'a>) -> Option<Body> {
        let said = entry.operation.request_body.as_ref()?;
        let at = join(&entry.pointer, "requestBody");
        let Some(found) = self.resolver.body(at.clone(), said) else {
            let message = "this request body is a reference that names nothing";
            self.report(codes::UNRESOLVED, &at, message);
            return None;
        };
        let component = shared(&found.pointer).map(|(_, name)| name);
        let version = self.versions.current.clone();
        let owner = |media: Option<String>| match &component {
            Some(name) => Owner::Shared(Section::Body(media.or(version.clone())), name.clone()),
            None => Owner::Operation(index, Role::Body(media)),
        };
        let contents = self.contents(&Contents {
            pointer: join(&found.pointer, "content"),
            all: &found.thing.content,
            owner: &owner,
        });
        let (contents, also, not) = offered(contents);
        let content_at = join(&found.pointer, "content");
        self.report_bytes(&content_at, &contents);
        for content in &not {
            let message = match contents.first() {
                Some(first) => format!(
                    "`{}` is not sent; the same value goes as `{}`",
                    content.media_type, first.media_type
                ),
                None => format!("`{}` is not sent", content.media_type),
            };
            self.report_once(
                codes::NOT_SENT,
                &join(&content_at, &content.media_type),
                message,
            );
        }
        if contents.is_empty() {
            let message = "this request body has no media type, so none is sent";
            self.report(codes::BODY_WITHOUT_CONTENT, &at, message);
            return None;
        }
        Some(Body {
            required: found.thing.required,
            contents,
            alternatives: also,
            docs: Docs {
                description: found.thing.description.clone(),
                ..Docs::default()
            },
        })
    }
}
