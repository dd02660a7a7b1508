//! Request bodies: of operations, and of the webhooks and callbacks that the API sends.

use super::content::Contents;
use super::{component_name, Entry, OperationLowering};
use crate::api::model::{Body, Codec, Content, Docs, Incoming, Owner, Role, Section};
use crate::api::schema_source::join;
use crate::diagnostics::codes::api as codes;
use crate::normalize::keys;
use openapiv3::{Operation, PathItem, ReferenceOr, RequestBody};

/// A path item of a webhook or callback.
struct IncomingItem<'a> {
    pointer: String,
    name: &'a str,
    /// Index of the callback's operation, and the expression of its URL.
    callback: Option<(usize, &'a str)>,
    item: &'a PathItem,
}

impl<'a> OperationLowering<'a, '_> {
    /// Lowers the request body of an operation.
    pub(super) fn body(&mut self, index: usize, entry: &Entry<'a>) -> Option<Body> {
        let body = entry.operation.request_body.as_ref()?;
        let version = entry.version.as_deref();
        let owner = |component: Option<String>, media: Option<String>| match component {
            Some(name) => {
                let media = media.or_else(|| version.map(str::to_owned));
                Owner::Shared(Section::Body(media), name)
            }
            None => Owner::Operation(index, Role::Body(media)),
        };
        let (body, content_at) = self.request_body(&entry.pointer, body, version, &owner, true)?;
        let (contents, alternatives, unsent) = match self.options.every_media_type {
            true => (body.contents, Vec::new(), Vec::new()),
            false => partition(body.contents),
        };
        self.report_bytes(&content_at, &contents);
        for content in &unsent {
            let message = match contents.first() {
                Some(first) => format!(
                    "`{}` is not sent; the same value is sent as `{}`",
                    content.media_type, first.media_type
                ),
                None => format!("`{}` is not sent", content.media_type),
            };
            let at = join(&content_at, &content.media_type);
            self.schemas.report_once(codes::NOT_SENT, &at, message);
        }
        if contents.is_empty() {
            let at = join(&entry.pointer, "requestBody");
            let message = "this request body declares no media type, so no body is sent";
            self.schemas.report(codes::BODY_WITHOUT_CONTENT, &at, message);
            return None;
        }
        Some(Body { contents, alternatives, ..body })
    }

    /// Lowers a request body in all its media types; returns it with the pointer of its content. The owner of its
    /// schemas is determined by the component of the body and the media type.
    fn request_body(
        &mut self,
        at: &str,
        body: &'a ReferenceOr<RequestBody>,
        version: Option<&str>,
        owner: &dyn Fn(Option<String>, Option<String>) -> Owner,
        may_be_xml: bool,
    ) -> Option<(Body, String)> {
        let at = join(at, "requestBody");
        let resolved = self.resolve(&at, body)?;
        let component = component_name(&resolved.pointer);
        let pointer = join(&resolved.pointer, "content");
        let contents = self.contents(&Contents {
            pointer: pointer.clone(),
            by_media_type: &resolved.value.content,
            version,
            owner: &|media| owner(component.clone(), media),
            may_be_xml,
        });
        let body = Body {
            required: resolved.value.required,
            contents,
            alternatives: Vec::new(),
            docs: Docs { description: resolved.value.description.clone(), ..Docs::default() },
        };
        Some((body, pointer))
    }

    /// Lowers the webhooks of the document, then the callbacks of these operations.
    pub fn incoming(&mut self, entries: &[Entry<'a>]) -> Vec<Incoming> {
        let mut items = self.webhooks();
        let callers = entries.iter().enumerate();
        for (index, entry) in callers.filter(|(_, entry)| entry.version.is_none()) {
            for (name, callback) in &entry.operation.callbacks {
                let at = join(&join(&entry.pointer, "callbacks"), name);
                items.extend(callback.iter().map(|(expression, item)| IncomingItem {
                    pointer: join(&at, expression),
                    name,
                    callback: Some((index, expression)),
                    item,
                }));
            }
        }
        let mut incoming = Vec::new();
        for item in &items {
            for (method, operation) in item.item.iter() {
                incoming.push(self.incoming_operation(item, method, operation));
            }
        }
        incoming
    }

    fn webhooks(&self) -> Vec<IncomingItem<'a>> {
        let at = join("/components/callbacks", keys::WEBHOOKS);
        let components = self.schemas.resolver.components();
        let webhooks = components.and_then(|all| all.callbacks.get(keys::WEBHOOKS)?.as_item());
        webhooks
            .into_iter()
            .flatten()
            .map(|(name, item)| IncomingItem {
                pointer: join(&at, name),
                name,
                callback: None,
                item,
            })
            .collect()
    }

    fn incoming_operation(
        &mut self,
        incoming: &IncomingItem<'a>,
        method: &str,
        operation: &'a Operation,
    ) -> Incoming {
        let pointer = join(&incoming.pointer, method);
        let name = incoming.name.to_owned();
        let owner = |_, media| Owner::Shared(Section::Payload(media), name.clone());
        let non_empty = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        let declared = operation.request_body.as_ref();
        let lowered =
            declared.and_then(|body| self.request_body(&pointer, body, None, &owner, false));
        let body = lowered.map(|(mut body, content_at)| {
            self.report_bytes(&content_at, &body.contents);
            body.docs.description = non_empty(&body.docs.description);
            body
        });
        let (summary, description) = (&operation.summary, &operation.description);
        Incoming {
            body,
            at: self.schemas.site(pointer),
            callback: incoming.callback.map(|(index, expression)| (index, expression.to_owned())),
            docs: Docs {
                title: summary.clone().or(incoming.item.summary.clone()),
                description: non_empty(description).or(non_empty(&incoming.item.description)),
                deprecated: operation.deprecated,
                link: None,
            },
            name: operation.operation_id.clone().unwrap_or(name),
            method: method.to_uppercase(),
        }
    }
}

/// Splits media types into those that differ in what they hold, those in which the same values can be written if the
/// caller selects one, and those in which they cannot.
fn partition(contents: Vec<Content>) -> (Vec<Content>, Vec<Content>, Vec<Content>) {
    let chosen = super::content::distinct(contents.clone());
    let is_chosen = |content: &Content| {
        let mut chosen = chosen.iter();
        chosen.any(|other| other.media_type == content.media_type)
    };
    let others = contents.into_iter().filter(|content| !is_chosen(content));
    let (alternatives, unsent) =
        others.partition(|content| matches!(content.codec, Codec::Json | Codec::Form));
    (chosen, alternatives, unsent)
}
