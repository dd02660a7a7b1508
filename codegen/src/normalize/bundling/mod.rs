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
use crate::diagnostics::{Code, Diagnostics};
use crate::load::Loaded;
use crate::source::FileId;
use crate::syntax::Node;
use dynamic::Templates;
use indexmap::{IndexMap, IndexSet};
use locate::Ids;
use place::Moved;

/// A place in a file: the file and the JSON pointer in it.
pub(super) type Spot = (FileId, String);

/// Why a reference leads nowhere.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub code: Code,
    pub message: String,
    pub help: Option<String>,
}

pub(super) struct Bundler<'a> {
    loaded: &'a Loaded,
    version: Version,
    diagnostics: &'a mut Diagnostics,
    ids: Ids<'a>,
    /// The component that stands for a place, as the text of a `$ref`.
    placed: IndexMap<Spot, String>,
    /// Names in use, by section.
    taken: IndexMap<&'static str, IndexSet<String>>,
    /// Components that are still to be walked and added.
    queue: Vec<Moved>,
    /// Places of the entry document that are to become components.
    moves: IndexMap<String, Moved>,
    /// What is being copied in at the moment.
    active: Vec<Spot>,
    copies: usize,
    /// The templates that are being copied in, and what their `$dynamicRef`s are there.
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
        placed: IndexMap::new(),
        taken: IndexMap::new(),
        queue: Vec::new(),
        moves: IndexMap::new(),
        active: Vec::new(),
        copies: 0,
        templates: Templates::new(loaded),
    };
    bundler.object(Kind::Document, &mut root);
    bundler.settle(&mut root);
    let left = root.get("definitions").and_then(Node::as_object);
    if version != Version::V2_0 && left.is_some_and(|left| left.values().all(|one| one.has("$ref")))
    {
        // a list of 2.0 in a later document, all of which went to the components
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

    /// Follows the references in a value; says whether it can stay.
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
            Form::Inline(_) | Form::List(_) | Form::Map(_) => self.inlined(form, node),
        }
    }

    /// A text that is kept elsewhere, as long descriptions are.
    fn text(&self, node: &mut Node) {
        let target = node
            .get("$ref")
            .and_then(|target| self.locate(target, 8).ok());
        if let Some(text) = target.and_then(|target| target.node.as_text()) {
            *node = Node::text(node.origin, text);
        }
    }

    /// The members or items of something that is here in full.
    fn inner(&mut self, form: &Form, node: &mut Node) {
        match form {
            Form::Inline(kind) => self.object(*kind, node),
            Form::List(inner) => {
                if let Some(items) = node.as_list_mut() {
                    items.retain_mut(|item| self.value(inner, item));
                }
            }
            Form::Map(inner) => {
                if let Some(members) = node.as_object_mut() {
                    members.retain(|_, member| self.value(inner, member));
                }
            }
            Form::Any
            | Form::Text
            | Form::Pattern
            | Form::Bool
            | Form::Number
            | Form::Count
            | Form::Bound
            | Form::Types
            | Form::Ref(_)
            | Form::SchemaOrBool
            | Form::SchemaOrList
            | Form::Dependencies => {}
        }
    }

    /// An object of a kind that components can hold, or a reference to one.
    fn reference(&mut self, kind: Kind, node: &mut Node) -> bool {
        if kind == Kind::Parameter {
            self.misplaced_schema(node);
        }
        if kind == Kind::Schema && self.templates.exist() {
            self.dynamic(node);
            if self.specialise(node) {
                return true;
            }
        }
        let Some(target) = node
            .get("$ref")
            .filter(|target| target.as_text().is_some())
            .cloned()
        else {
            self.object(kind, node);
            return true;
        };
        if kind == Kind::Schema && node.as_object().is_some_and(|members| members.len() > 1) {
            self.object(kind, node);
        }
        if place::home(kind, self.version).is_none() {
            return self.inlined(&Form::Inline(kind), node);
        }
        match self.component(kind, &target) {
            Ok(reference) => {
                node.set("$ref", Node::text(self.loaded.root.origin, reference));
                true
            }
            Err(fault) => self.dangling(kind, fault, (node, &target)),
        }
    }

    /// Goes on without what a reference should name; says whether something can stand in its place.
    fn dangling(&mut self, kind: Kind, fault: Fault, (node, target): (&mut Node, &Node)) -> bool {
        let nowhere = fault.code == load_codes::REFERENCE_NOWHERE;
        node.take("$ref");
        if kind == Kind::Response && nowhere {
            let message = format!("{}; its body is read as raw bytes", fault.message);
            let code = codes::RESPONSE_NOWHERE;
            self.report(
                &Fault {
                    code,
                    message,
                    ..fault
                },
                target,
            );
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
        if kind == Kind::Schema && nowhere {
            let message = format!("{}; any value is allowed here", fault.message);
            let code = codes::SCHEMA_NOWHERE;
            self.report(
                &Fault {
                    code,
                    message,
                    ..fault
                },
                target,
            );
        } else {
            self.report(&fault, target);
        }
        kind == Kind::Schema
    }

    /// A parameter that names the schema of its value in place of another parameter, as documents of 2.0 do.
    fn misplaced_schema(&mut self, node: &mut Node) {
        let schema = |text: &str| text.contains("/definitions/") || text.contains("/schemas/");
        let own = node.has("name") && node.has("in") && !node.has("schema");
        let Some(target) = node
            .get("$ref")
            .filter(|target| own && target.as_text().is_some_and(schema))
            .cloned()
        else {
            return;
        };
        let message =
            "this `$ref` names a schema and no parameter; it is read as the parameter's `schema`";
        let place = self.loaded.place(target.origin);
        self.diagnostics.push(codes::RETYPED, place, message);
        node.take("$ref");
        node.set("schema", Node::object(target.origin).with("$ref", target));
    }

    fn report(&mut self, fault: &Fault, at: &Node) {
        let place = self.loaded.place(at.origin);
        match &fault.help {
            Some(help) => self.diagnostics.push_with_help(
                fault.code,
                place,
                fault.message.clone(),
                help.clone(),
            ),
            None => self
                .diagnostics
                .push(fault.code, place, fault.message.clone()),
        }
    }
}

/// Copies that one document may need; more can only come from references that multiply.
const MOST_COPIES: usize = 10_000;
/// Copies inside copies.
const DEEPEST: usize = 16;

impl Bundler<'_> {
    /// Walks a value after what its `$ref` names, if it has one, was put in its place.
    pub(super) fn inlined(&mut self, form: &Form, node: &mut Node) -> bool {
        let before = self.active.len();
        while let Some(target) = node
            .get("$ref")
            .filter(|target| target.as_text().is_some())
            .cloned()
        {
            if self.copy(form, node, &target).is_none() {
                self.active.truncate(before);
                return false;
            }
        }
        self.inner(form, node);
        self.active.truncate(before);
        true
    }

    /// Puts a copy of what the reference names in its place; members beside the reference win.
    fn copy(&mut self, form: &Form, node: &mut Node, target: &Node) -> Option<()> {
        let kind = if let Form::Inline(kind) = form {
            *kind
        } else {
            Kind::Document
        };
        let found = match self.locate(target, DEEPEST) {
            Ok(found) => found,
            Err(fault) => {
                self.report(&fault, target);
                return None;
            }
        };
        let spot = found.spot();
        if self.copies > MOST_COPIES {
            return None;
        }
        self.copies += 1;
        let itself = self.active.contains(&spot) || self.contains(target, &spot);
        let many = self.copies > MOST_COPIES;
        if itself || many || self.active.len() >= DEEPEST {
            let fault = circle(kind, target, many);
            self.report(&fault, target);
            return None;
        }
        self.active.push(spot);
        let mut copy = found.node.clone();
        node.take("$ref");
        for (key, member) in node.as_object_mut().map(std::mem::take).unwrap_or_default() {
            copy.set(&key, member);
        }
        *node = copy;
        Some(())
    }

    /// Whether a reference stands inside the very place that it names.
    fn contains(&self, reference: &Node, spot: &Spot) -> bool {
        let table = &self.loaded.table;
        let own = table.pointer(reference.origin);
        table.file(reference.origin) == spot.0
            && own
                .strip_prefix(&spot.1)
                .is_some_and(|rest| rest.starts_with('/'))
    }
}

fn circle(kind: Kind, target: &Node, many: bool) -> Fault {
    let text = target.as_text().unwrap_or_default();
    let harmless = matches!(kind, Kind::PathItem | Kind::Callback) && !many;
    Fault {
        code: if harmless {
            codes::CALLBACK_CIRCLE
        } else {
            load_codes::REFERENCE_CIRCLE
        },
        message: if many {
            format!("references such as `{text}` multiply: more than {MOST_COPIES} copies would be needed")
        } else {
            format!("`{text}` leads back to where it stands")
        },
        help: None,
    }
}

/// The section in which grpc-gateway keeps the schemas of lines.
pub(super) const STREAM_SECTION: &str = "x-stream-definitions";

/// Marks a reply, or the media types of one, whose schema is one of lines.
fn mark_stream(kind: Kind, node: &mut Node) {
    if kind != Kind::Response {
        return;
    }
    let described = node.text_of("description").unwrap_or_default();
    let described = described.contains("(streaming responses)");
    if node
        .get("schema")
        .is_some_and(|schema| is_line(schema, described))
    {
        node.set(keys::STREAM, Node::text(node.origin, "lines"));
    }
    let contents = node.get_mut("content").and_then(Node::as_object_mut);
    for media in contents
        .into_iter()
        .flat_map(|members| members.values_mut())
    {
        if media
            .get("schema")
            .is_some_and(|schema| is_line(schema, described))
            && !media.has(keys::STREAM)
        {
            media.set(keys::STREAM, Node::text(media.origin, "lines"));
        }
    }
}

/// Whether a schema is what grpc-gateway writes for a line.
fn is_line(schema: &Node, described: bool) -> bool {
    let reference = schema.text_of("$ref").unwrap_or_default();
    let title = schema.text_of("title").unwrap_or_default();
    let result = schema
        .get("properties")
        .is_some_and(|all| all.has("result"));
    reference.starts_with(&format!("#/{STREAM_SECTION}/"))
        || (result && (described || title.starts_with("Stream result of ")))
}
