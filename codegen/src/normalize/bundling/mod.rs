//! Many files into one: every reference is followed, and its target becomes a component.
//!
//! Afterwards each `$ref` is `#/components/<section>/<name>`, or a pointer to a schema inside the document. Targets for which
//! 3.0 has no components (paths, callbacks, media types, and whatever else authors refer to) are copied in.

mod dynamic;
mod locate;
mod naming;
mod place;

use super::keys;
use super::object_kinds::{Form, Kind};
use super::version::Version;
use crate::diagnostics::codes::{load as load_codes, normalize as codes};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::load::Loaded;
use crate::source::FileId;
use crate::syntax::Node;
use dynamic::Templates;
use indexmap::{IndexMap, IndexSet};
use locate::Ids;
use place::NewComponent;

/// A file, and a JSON Pointer in it.
pub(super) type FilePointer = (FileId, String);

/// The reason why a reference cannot be resolved, as a diagnostic.
#[derive(Clone, Debug)]
pub(super) struct ReferenceError {
    pub code: Code,
    pub message: String,
    pub help: Option<String>,
}

pub(super) struct Bundler<'a> {
    loaded: &'a Loaded,
    version: Version,
    diagnostics: &'a mut Diagnostics,
    ids: Ids<'a>,
    /// The references to the components that were made of values, by their places.
    references: IndexMap<FilePointer, String>,
    /// The names in use, by section.
    used_names: IndexMap<&'static str, IndexSet<String>>,
    /// Components that have to be bundled and added.
    pending: Vec<NewComponent>,
    /// Values of the entry document that become components, by their pointers.
    moves: IndexMap<String, NewComponent>,
    /// The targets that are being copied in, outermost first.
    active_copies: Vec<FilePointer>,
    copy_count: usize,
    /// The templates that are being copied in, with the targets of their `$dynamicRef`s.
    templates: Templates<'a>,
}

/// The whole document as one tree.
pub(super) fn bundle(loaded: &Loaded, version: Version, diagnostics: &mut Diagnostics) -> Node {
    let mut root = loaded.root.clone();
    let mut bundler = Bundler {
        loaded,
        version,
        diagnostics,
        ids: Ids::new(loaded),
        references: IndexMap::new(),
        used_names: IndexMap::new(),
        pending: Vec::new(),
        moves: IndexMap::new(),
        active_copies: Vec::new(),
        copy_count: 0,
        templates: Templates::new(loaded),
    };
    bundler.object(Kind::Document, &mut root);
    bundler.add_components(&mut root);
    let definitions = root.get("definitions").and_then(Node::as_object);
    let is_obsolete = definitions
        .is_some_and(|definitions| definitions.values().all(|schema| schema.has("$ref")));
    if version != Version::V2_0 && is_obsolete {
        // `definitions` of 2.0 in a later document, all of which were moved to the components
        root.take("definitions");
    }
    root
}

impl<'a> Bundler<'a> {
    fn object(&mut self, kind: Kind, node: &mut Node) {
        if kind == Kind::Schema {
            self.definitions(node);
        }
        mark_stream(kind, node);
        if let Some(members) = node.as_object_mut() {
            members.retain(|key, member| match kind.row(key) {
                Some(row) => self.value(&row.form, member),
                None => true,
            });
        }
        if kind == Kind::Discriminator {
            self.mapping(node);
        }
    }

    /// Bundles the references in a value; `false` if the value has to be removed.
    fn value(&mut self, form: &Form, node: &mut Node) -> bool {
        match form {
            Form::Text | Form::Pattern => {
                self.text(node);
                true
            }
            Form::Any | Form::Bool | Form::Number | Form::Count | Form::Bound | Form::Types => true,
            Form::Ref(kind) => self.reference(*kind, node),
            Form::SchemaOrBool => self.reference(Kind::Schema, node),
            Form::SchemaOrList | Form::Dependencies => match node.as_list_mut() {
                Some(items) => {
                    items.retain_mut(|item| self.reference(Kind::Schema, item));
                    true
                }
                None => self.reference(Kind::Schema, node),
            },
            Form::Inline(kind) => self.inlined(*kind, node, |this, node| this.object(*kind, node)),
            Form::List(inner) => self.inlined(Kind::Document, node, |this, node| {
                if let Some(items) = node.as_list_mut() {
                    items.retain_mut(|item| this.value(inner, item));
                }
            }),
            Form::Map(inner) => self.inlined(Kind::Document, node, |this, node| {
                if let Some(members) = node.as_object_mut() {
                    members.retain(|_, member| this.value(inner, member));
                }
            }),
        }
    }

    /// Replaces a reference to a text, such as a long description in another file.
    fn text(&self, node: &mut Node) {
        let target = node.get("$ref").and_then(|target| self.locate(target, 8).ok());
        if let Some(text) = target.and_then(|target| target.node.as_text()) {
            *node = Node::text(node.origin, text);
        }
    }

    /// Bundles an object that can be a component, or a reference to one.
    fn reference(&mut self, kind: Kind, node: &mut Node) -> bool {
        if kind == Kind::Parameter {
            self.correct_schema_reference(node);
        }
        if kind == Kind::Schema && self.templates.exist {
            self.bind_dynamic(node);
            if self.specialise(node) {
                return true;
            }
        }
        let Some(target) = node.reference_target().cloned() else {
            self.object(kind, node);
            return true;
        };
        if kind == Kind::Schema && node.as_object().is_some_and(|members| members.len() > 1) {
            self.object(kind, node);
        }
        if place::component_path(kind, self.version).is_none() {
            return self.value(&Form::Inline(kind), node);
        }
        match self.component(kind, &target) {
            Ok(reference) => {
                node.set("$ref", Node::text(self.loaded.root.origin, reference));
                true
            }
            Err(error) => self.replace_unresolved(kind, error, node, &target),
        }
    }

    /// Replaces a reference that cannot be resolved; `false` if there is no substitute.
    fn replace_unresolved(
        &mut self,
        kind: Kind,
        error: ReferenceError,
        node: &mut Node,
        target: &Node,
    ) -> bool {
        let has_no_target = error.code == load_codes::REFERENCE_NOWHERE;
        node.take("$ref");
        if kind == Kind::Response && has_no_target {
            let message = format!("{}; its body is read as raw bytes", error.message);
            let code = codes::RESPONSE_NOWHERE;
            self.report_error(&ReferenceError { code, message, ..error }, target);
            let origin = node.origin;
            node.set("description", Node::text(origin, ""));
            let bytes = Node::object(origin)
                .with("type", Node::text(origin, "string"))
                .with("format", Node::text(origin, "binary"));
            if self.version == Version::V2_0 {
                node.set("schema", bytes);
            } else {
                let any = Node::object(origin).with("schema", bytes);
                node.set("content", Node::object(origin).with("*/*", any));
            }
            return true;
        }
        if kind == Kind::Schema && has_no_target {
            let message = format!("{}; any value is allowed", error.message);
            let code = codes::SCHEMA_NOWHERE;
            self.report_error(&ReferenceError { code, message, ..error }, target);
        } else {
            self.report_error(&error, target);
        }
        kind == Kind::Schema
    }

    /// Moves a `$ref` to a schema, as in some documents of 2.0, into the `schema` of a parameter.
    fn correct_schema_reference(&mut self, node: &mut Node) {
        let is_schema = |text: &str| text.contains("/definitions/") || text.contains("/schemas/");
        let is_parameter = node.has("name") && node.has("in") && !node.has("schema");
        let target = node.get("$ref").filter(|_| is_parameter);
        let Some(target) = target.filter(|one| one.as_text().is_some_and(is_schema)).cloned()
        else {
            return;
        };
        let message =
            "this `$ref` refers to a schema, not a parameter; it is read as the parameter's `schema`";
        self.report(codes::RETYPED, &target, message);
        node.take("$ref");
        node.set("schema", Node::object(target.origin).with("$ref", target));
    }

    fn report(&mut self, code: Code, at: &Node, message: impl Into<String>) {
        self.diagnostics.push(code, self.loaded.place(at.origin), message);
    }

    fn report_error(&mut self, error: &ReferenceError, at: &Node) {
        let ReferenceError { code, message, help } = error.clone();
        let place = self.loaded.place(at.origin);
        self.diagnostics.record(Diagnostic { code, place, message, help });
    }
}

/// The copies in one document; more can only come from references that multiply.
const MAX_COPIES: usize = 10_000;
/// The depth of copies within copies.
const MAX_DEPTH: usize = 16;

impl Bundler<'_> {
    /// Bundles a value after its `$ref`, if it has one, has been replaced by a copy of the target; `false` if that fails.
    fn inlined(
        &mut self,
        kind: Kind,
        node: &mut Node,
        bundle: impl FnOnce(&mut Self, &mut Node),
    ) -> bool {
        let before = self.active_copies.len();
        let mut is_complete = true;
        while let Some(target) = node.reference_target().filter(|_| is_complete).cloned() {
            is_complete = self.copy(kind, node, &target);
        }
        if is_complete {
            bundle(self, node);
        }
        self.active_copies.truncate(before);
        is_complete
    }

    /// Replaces a reference by a copy of its target; siblings of the reference take precedence. `false` if it fails.
    fn copy(&mut self, kind: Kind, node: &mut Node, target: &Node) -> bool {
        let located = match self.locate(target, MAX_DEPTH) {
            Ok(located) => located,
            Err(error) => {
                self.report_error(&error, target);
                return false;
            }
        };
        let pointer = located.pointer();
        if self.copy_count > MAX_COPIES {
            return false;
        }
        self.copy_count += 1;
        let is_circular = self.active_copies.contains(&pointer) || self.is_inside(target, &pointer);
        let has_too_many = self.copy_count > MAX_COPIES;
        if is_circular || has_too_many || self.active_copies.len() >= MAX_DEPTH {
            let (code, message) = circle(kind, target, has_too_many);
            self.report(code, target, message);
            return false;
        }
        self.active_copies.push(pointer);
        let mut copy = located.node.clone();
        node.take("$ref");
        for (key, member) in node.as_object_mut().map(std::mem::take).unwrap_or_default() {
            copy.set(&key, member);
        }
        *node = copy;
        true
    }

    /// `true` if a reference is inside its own target.
    fn is_inside(&self, reference: &Node, target: &FilePointer) -> bool {
        let table = &self.loaded.table;
        let pointer = table.pointer(reference.origin);
        table.file(reference.origin) == target.0
            && pointer.strip_prefix(&target.1).is_some_and(|rest| rest.starts_with('/'))
    }
}

/// The diagnostic of a reference to an object that contains it, or of references that multiply.
fn circle(kind: Kind, target: &Node, has_too_many: bool) -> (Code, String) {
    let text = target.as_text().unwrap_or_default();
    if has_too_many {
        let message =
            format!("references such as `{text}` multiply to more than {MAX_COPIES} copies");
        return (load_codes::REFERENCE_CIRCLE, message);
    }
    let message = format!("`{text}` refers to an object that contains it");
    let is_harmless = matches!(kind, Kind::PathItem | Kind::Callback);
    (if is_harmless { codes::CALLBACK_CIRCLE } else { load_codes::REFERENCE_CIRCLE }, message)
}

/// The section in which grpc-gateway declares the schemas of lines.
pub(super) const STREAM_SECTION: &str = "x-stream-definitions";

/// Marks responses of grpc-gateway that are streams: one JSON text per line, each `{"result": …}` or `{"error": …}`. Its
/// documents show this only by the section or the title of the schema.
fn mark_stream(kind: Kind, node: &mut Node) {
    if kind != Kind::Response {
        return;
    }
    let description = node.text_of("description").unwrap_or_default();
    let is_described = description.contains("(streaming responses)");
    if node.get("schema").is_some_and(|schema| is_line(schema, is_described)) {
        node.set(keys::STREAM, Node::text(node.origin, "lines"));
    }
    let contents = node.get_mut("content").and_then(Node::as_object_mut);
    for media in contents.into_iter().flat_map(|members| members.values_mut()) {
        let schema = media.get("schema").filter(|_| !media.has(keys::STREAM));
        if schema.is_some_and(|schema| is_line(schema, is_described)) {
            media.set(keys::STREAM, Node::text(media.origin, "lines"));
        }
    }
}

/// `true` if a schema is that of a line.
fn is_line(schema: &Node, is_described: bool) -> bool {
    let reference = schema.text_of("$ref").unwrap_or_default();
    let title = schema.text_of("title").unwrap_or_default();
    let has_result = schema.get("properties").is_some_and(|all| all.has("result"));
    reference.starts_with(&format!("#/{STREAM_SECTION}/"))
        || (has_result && (is_described || title.starts_with("Stream result of ")))
}
