//! What the API sends of itself: webhooks and callbacks.

use super::media_type::Contents;
use super::{text, Entry};
use crate::api::model::{Body, Docs, Incoming, Owner, Section};
use crate::api::schema::Lowering;
use crate::api::schema_location::join;
use crate::diagnostics::codes::api as codes;
use crate::normalize::keys;
use openapiv3::{Operation, PathItem};

/// A path item of a webhook or callback.
struct Sent<'a> {
    pointer: String,
    name: &'a str,
    /// The index of the operation whose callback it is, and the expression for its URL.
    callback: Option<(usize, &'a str)>,
    item: &'a PathItem,
}

/// Every webhook of the document, then the callbacks of these operations.
pub(in crate::api) fn incoming<'a>(
    lowering: &mut Lowering<'a, '_>,
    wanted: &[Entry<'a>],
) -> Vec<Incoming> {
    let mut sent = webhooks(lowering);
    let own = wanted.iter().enumerate();
    for (index, entry) in own.filter(|(_, entry)| entry.version.is_none()) {
        let at = join(&entry.pointer, "callbacks");
        for (name, callback) in &entry.operation.callbacks {
            let at = join(&at, name);
            let items = callback.iter().map(|(expression, item)| Sent {
                pointer: join(&at, expression),
                name,
                callback: Some((index, expression)),
                item,
            });
            sent.extend(items);
        }
    }
    let mut all = Vec::new();
    for sent in &sent {
        for (method, operation) in sent.item.iter() {
            all.push(lowering.incoming(sent, method, operation));
        }
    }
    all
}

fn webhooks<'a>(lowering: &Lowering<'a, '_>) -> Vec<Sent<'a>> {
    let at = join("/components/callbacks", keys::WEBHOOKS);
    let components = lowering.resolver.components();
    let webhooks = components.and_then(|all| all.callbacks.get(keys::WEBHOOKS)?.as_item());
    let webhooks = webhooks.into_iter().flatten();
    webhooks
        .map(|(name, item)| Sent {
            pointer: join(&at, name),
            name,
            callback: None,
            item,
        })
        .collect()
}

impl<'a> Lowering<'a, '_> {
    fn incoming(&mut self, sent: &Sent<'a>, method: &str, operation: &'a Operation) -> Incoming {
        let pointer = join(&sent.pointer, method);
        Incoming {
            body: self.incoming_body(&pointer, sent.name, operation),
            at: self.site(pointer),
            name: operation
                .operation_id
                .clone()
                .unwrap_or_else(|| sent.name.to_owned()),
            method: method.to_uppercase(),
            callback: sent
                .callback
                .map(|(index, expression)| (index, expression.to_owned())),
            docs: Docs {
                title: operation.summary.clone().or(sent.item.summary.clone()),
                description: text(&operation.description).or(text(&sent.item.description)),
                deprecated: operation.deprecated,
                link: None,
            },
        }
    }

    fn incoming_body(&mut self, at: &str, name: &str, operation: &'a Operation) -> Option<Body> {
        let said = operation.request_body.as_ref()?;
        let at = join(at, "requestBody");
        let Some(found) = self.resolver.body(at.clone(), said) else {
            let message = "this request body is a reference that names nothing";
            self.report(codes::UNRESOLVED, &at, message);
            return None;
        };
        let owner = |media| Owner::Shared(Section::Payload(media), name.to_owned());
        let pointer = join(&found.pointer, "content");
        let contents = self.contents(&Contents {
            pointer: pointer.clone(),
            all: &found.thing.content,
            owner: &owner,
        });
        self.report_bytes(&pointer, &contents);
        Some(Body {
            required: found.thing.required,
            contents,
            alternatives: Vec::new(),
            docs: Docs {
                description: text(&found.thing.description),
                ..Docs::default()
            },
        })
    }
}
