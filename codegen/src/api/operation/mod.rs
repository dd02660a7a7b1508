//! Operations: methods on paths, with their parameters, bodies, responses and security.

mod content;
mod multipart;
pub(super) mod parameter;
mod request_body;
mod response;
mod security;
mod versions;

pub(super) use content::is_octets;
pub use multipart::{body_parts, content_parts, is_made_of_parts, is_object, BodyPart, PartKind};
pub(super) use parameter::has_path_parameter;
pub(super) use response::report_unread;
pub(super) use versions::{expand, Versions};

use super::lower::Options;
use super::model::{ContentExample, Docs, LongRunning, Operation, Server, ServerVariable};
use super::resolve::{Component, Resolved};
use super::schema::Lowering;
use super::schema_source::join;
use crate::diagnostics::codes::api as codes;
use crate::normalize::keys;
use indexmap::IndexMap;
use openapiv3::{self as openapi, Example, OpenAPI, PathItem, ReferenceOr};
use response::UnreadBody;
use serde_json::Value;

/// Lowering of operations in progress.
pub(super) struct OperationLowering<'a, 'd> {
    pub schemas: Lowering<'a, 'd>,
    pub options: &'d Options,
    pub versions: &'d Versions,
    /// Bodies of responses that may have to be handed over as bytes.
    pub unread: Vec<UnreadBody>,
}

/// An operation of the document, in one version of its media types.
#[derive(Clone, Debug)]
pub(super) struct Entry<'a> {
    /// JSON pointer in the normal form.
    pub pointer: String,
    /// JSON pointer of the path item.
    pub item_pointer: String,
    pub path: &'a str,
    /// HTTP method, in upper case.
    pub method: String,
    pub item: &'a PathItem,
    pub operation: &'a openapi::Operation,
    /// Version of its media types, if it is not the default version of calls.
    pub version: Option<String>,
}

impl Entry<'_> {
    /// Returns `operationId`, or a name made of method and path; followed by the version.
    pub fn id(&self) -> String {
        self.versioned(self.plain_id(), "@")
    }

    /// Returns [`Self::id`] without the version.
    pub fn plain_id(&self) -> String {
        self.operation.operation_id.clone().unwrap_or_else(|| {
            let method = self.method.to_lowercase();
            let words =
                self.path.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            let words: Vec<_> = std::iter::once(method.as_str()).chain(words).collect();
            words.join("_")
        })
    }

    /// Appends the version, if any.
    fn versioned(&self, name: String, separator: &str) -> String {
        match &self.version {
            Some(version) => format!("{name}{separator}{version}"),
            None => name,
        }
    }
}

/// Returns every operation of the document, path by path; then those whose methods OpenAPI 3.0 does not have.
pub(super) fn entries(openapi: &OpenAPI) -> Vec<Entry<'_>> {
    let entry = |item_pointer: &str, path, key: &str, method: &str, item, operation| Entry {
        pointer: join(item_pointer, key),
        item_pointer: item_pointer.to_owned(),
        path,
        method: method.to_uppercase(),
        item,
        operation,
        version: None,
    };
    let mut entries = Vec::new();
    for (path, item) in &openapi.paths.paths {
        let Some(item) = item.as_item() else { continue };
        let at = join("/paths", path);
        let operations = item.iter();
        entries.extend(operations.map(|(method, one)| entry(&at, path, method, method, item, one)));
    }
    for (key, callback) in openapi.components.iter().flat_map(|all| &all.callbacks) {
        let Some(method) = key.strip_prefix(keys::OPERATIONS) else {
            continue;
        };
        for (path, item) in callback.as_item().into_iter().flatten() {
            let at = join(&join("/components/callbacks", key), path);
            let operation = item.post.as_ref();
            entries.extend(operation.map(|one| entry(&at, path, "post", method, item, one)));
        }
    }
    entries
}

impl<'a> OperationLowering<'a, '_> {
    /// Lowers an operation; `index` is its position in the result.
    pub fn operation(&mut self, index: usize, entry: &Entry<'a>) -> Operation {
        let operation = entry.operation;
        let requested_name = operation.extensions.get(keys::NAME);
        let own_servers = match operation.servers.as_slice() {
            [] => &entry.item.servers,
            id => id,
        };
        Operation {
            at: self.schemas.site(entry.pointer.clone()),
            id: entry.id(),
            name: requested_name
                .and_then(Value::as_str)
                .map(|name| entry.versioned(name.to_owned(), "_")),
            version: entry.version.clone(),
            tag: operation.tags.first().cloned(),
            method: entry.method.clone(),
            path: entry.path.to_owned(),
            parameters: self.parameters(index, entry),
            body: self.body(index, entry),
            responses: self.responses(index, entry),
            security: self.security(entry),
            servers: servers(own_servers),
            long_running: self.long_running(entry),
            pagination: None,
            docs: Docs {
                title: operation.summary.clone().or(entry.item.summary.clone()),
                description: operation.description.clone().or(entry.item.description.clone()),
                deprecated: operation.deprecated,
                link: operation.external_docs.as_ref().map(|docs| docs.url.clone()),
            },
        }
    }

    /// Resolves the types that `x-typewright-operation` names.
    fn long_running(&mut self, entry: &Entry) -> Option<LongRunning> {
        let declared = entry.operation.extensions.get(keys::LONG_RUNNING)?;
        let at = join(&entry.pointer, keys::LONG_RUNNING);
        let mut component = |member: &str| {
            let name = declared.get(member)?.as_str()?;
            let schemas = &mut self.schemas;
            let id = schemas.mapped(name).and_then(|name| schemas.component(name));
            if id.is_none() {
                let message = format!("`{name}` is not a component schema");
                schemas.report(codes::UNRESOLVED, &join(&at, member), message);
            }
            id
        };
        Some(LongRunning {
            follow: None,
            metadata: component("metadata"),
            response: component("response"),
        })
    }

    /// Follows the references at a place; reports one without a target.
    fn resolve<T: Component>(
        &mut self,
        at: &str,
        item: &'a ReferenceOr<T>,
    ) -> Option<Resolved<'a, T>> {
        let resolved = self.schemas.resolver.resolve(at.to_owned(), item);
        if resolved.is_none() {
            let message = format!("this {} is a reference without a target", T::NOUN);
            self.schemas.report(codes::UNRESOLVED, at, message);
        }
        resolved
    }

    /// Returns the examples of a parameter, header or media type.
    fn examples(
        &self,
        example: Option<&Value>,
        examples: &'a IndexMap<String, ReferenceOr<Example>>,
    ) -> Vec<Value> {
        let examples = self.named_examples(example, examples).into_iter();
        examples.map(|example| example.value).collect()
    }

    /// Returns the examples of a parameter, header or media type with their names.
    fn named_examples(
        &self,
        example: Option<&Value>,
        examples: &'a IndexMap<String, ReferenceOr<Example>>,
    ) -> Vec<ContentExample> {
        let resolver = self.schemas.resolver;
        let named = examples.iter().filter_map(|(name, example)| {
            let value = resolver.value(example)?.value.clone()?;
            Some(ContentExample { name: Some(name.clone()), value })
        });
        let unnamed = example.cloned().map(|value| ContentExample { name: None, value });
        unnamed.into_iter().chain(named).collect()
    }
}

/// Lowers the servers of a document, path or operation.
pub(super) fn servers(servers: &[openapi::Server]) -> Vec<Server> {
    let docs =
        |description: &Option<String>| Docs { description: description.clone(), ..Docs::default() };
    let variable = |(name, variable): (&String, &openapi::ServerVariable)| ServerVariable {
        name: name.clone(),
        default: variable.default.clone(),
        values: variable.enumeration.clone(),
        docs: docs(&variable.description),
    };
    let server = |server: &openapi::Server| Server {
        url: server.url.clone(),
        variables: server.variables.iter().flatten().map(variable).collect(),
        name: [keys::SERVER_NAME, keys::NAME]
            .iter()
            .find_map(|key| server.extensions.get(*key)?.as_str())
            .map(str::to_owned),
        docs: docs(&server.description),
    };
    servers.iter().map(server).collect()
}

/// Returns the name of the component that a pointer such as `/components/responses/NotFound` refers to.
fn component_name(pointer: &str) -> Option<String> {
    let (_, name) = pointer.strip_prefix("/components/")?.split_once('/')?;
    (!name.contains('/')).then(|| unescape(name))
}

/// Resolves the escapes of a JSON pointer's token.
fn unescape(token: &str) -> String {
    crate::syntax::pointer::unescape(token).into_owned()
}
