//! `$dynamicRef` (JSON Schema 2020-12, section 8.2.3.2): templates whose arguments come from the schemas that refer to them.
//!
//! The target of a `$dynamicRef` is determined by the outermost schema that has its `$dynamicAnchor`. A reference from a
//! schema with such anchors to a template is replaced by a copy of the template in which the targets are bound.

use super::locate::{roots_with, Target};
use super::{Bundler, FilePointer};
use crate::diagnostics::codes::normalize as codes;
use crate::load::Loaded;
use crate::normalize::object_kinds::Kind;
use crate::source::FileId;
use crate::syntax::{Node, OriginId};
use indexmap::{IndexMap, IndexSet};

/// The depth of templates within templates.
const MAX_DEPTH: usize = 16;

/// The schemas with dynamic anchors, by the names of the anchors.
type Anchors<'a> = IndexMap<String, &'a Node>;

/// The templates that are being copied in.
#[derive(Default)]
pub(super) struct Templates<'a> {
    /// `true` if a file has a `$dynamicRef`.
    pub exist: bool,
    /// The schemas of the anchors in the current copy; `None` outside copies.
    scope: Option<Anchors<'a>>,
    /// The templates of the enclosing copies, each with the component that it forms, if it forms a whole one.
    stack: Vec<(FilePointer, Option<String>)>,
}

impl<'a> Templates<'a> {
    pub fn new(loaded: &'a Loaded) -> Self {
        let exist = roots_with(loaded, &["$dynamicRef"]).next().is_some();
        Self { exist, ..Self::default() }
    }
}

impl<'a> Bundler<'a> {
    /// Rewrites a `$dynamicRef` to a `$ref`: to the target in the current copy, otherwise to the anchor of the template.
    pub(super) fn bind_dynamic(&mut self, node: &mut Node) {
        let Some(reference) = node.take("$dynamicRef") else {
            return;
        };
        let Some(text) = reference.as_text().filter(|_| !node.has("$ref")) else {
            return;
        };
        let name = text.rsplit('#').next().unwrap_or_default();
        let scope = self.templates.scope.as_ref();
        let anchor = scope.and_then(|scope| scope.get(name)).copied();
        if let Some(anchor) = anchor.filter(|_| self.is_open(&reference, name)) {
            node.set("$ref", self.anchor_reference(anchor));
            return;
        }
        match self.target(Kind::Schema, &reference) {
            Ok(target) if allows_nothing(target.node) => {
                let message = format!("no schema binds `{text}`; any value is allowed");
                self.report(codes::DYNAMIC, &reference, message);
            }
            Ok(_) | Err(_) => drop(node.set("$ref", reference)),
        }
    }

    /// `true` if the target of a `$dynamicRef` is dynamic. Without that `$dynamicAnchor` at its direct target it is a plain
    /// `$ref` (section 8.2.3.2).
    fn is_open(&self, reference: &Node, name: &str) -> bool {
        match self.target(Kind::Schema, reference) {
            Ok(target) => target.node.text_of("$dynamicAnchor") == Some(name),
            Err(_) => true,
        }
    }

    /// The reference to the schema of an anchor, or to its target if the schema is only a reference.
    fn anchor_reference(&mut self, anchor: &'a Node) -> Node {
        let is_only_reference = anchor
            .members()
            .all(|(key, _)| matches!(&**key, "$ref" | "$dynamicAnchor" | "$anchor" | "$comment"));
        if let Some(reference) = anchor.get("$ref").filter(|_| is_only_reference) {
            return reference.clone();
        }
        let text = self.reference_to(Kind::Schema, &Target::new(self.loaded, anchor));
        Node::text(self.loaded.root.origin, text)
    }

    /// Replaces a reference to a template by a copy, if the enclosing schema binds some of its anchors. `true` if it did, and
    /// so has bundled the schema.
    pub(super) fn specialise(&mut self, node: &mut Node) -> bool {
        let document = self.loaded.root.origin;
        let reference = node.reference_target().filter(|target| target.origin != document).cloned();
        let Some(reference) = reference else {
            return false;
        };
        let Some((target, scope)) = self.template(&reference) else {
            return false;
        };
        node.take("$ref");
        let pointer = target.pointer();
        let mut stack = self.templates.stack.iter();
        let enclosing = stack.find(|(known, _)| *known == pointer);
        let is_endless = enclosing.is_some() || self.templates.stack.len() >= MAX_DEPTH;
        if let Some(component) = enclosing.and_then(|(_, component)| component.clone()) {
            node.set("$ref", Node::text(document, component));
        } else if is_endless {
            let text = reference.as_text().unwrap_or_default();
            let message = format!("the template `{text}` contains itself; any value is allowed");
            self.report(codes::DYNAMIC, &reference, message);
        }
        self.object(Kind::Schema, node);
        if !is_endless {
            let component = self.component_formed_by(&reference);
            let copy = self.copy_of(target.node, (pointer, component), scope);
            if let Some(parts) = node.get_or_add_list("allOf", copy.origin) {
                parts.insert(0, copy);
            }
        }
        true
    }

    /// A template with the schemas of its anchors, if the referring schema binds some of them.
    fn template(&self, reference: &Node) -> Option<(Target<'a>, Anchors<'a>)> {
        let resource = self.enclosing_resource(reference.origin)?;
        let mut scope = match &self.templates.scope {
            Some(scope) => scope.clone(),
            None => anchors(resource),
        };
        if scope.is_empty() {
            return None;
        }
        let target = self.target(Kind::Schema, reference).ok()?;
        let template = self.enclosing_resource(target.node.origin)?;
        let template_anchors = anchors(template);
        let mut open = IndexSet::new();
        self.open_names(target.node, &mut open, &mut IndexSet::new());
        let is_bound = open.iter().any(|name| {
            let outer = scope.get(name).map(|anchor| anchor.origin);
            outer.is_some() && outer != template_anchors.get(name).map(|anchor| anchor.origin)
        });
        if !is_bound || template.origin == resource.origin && self.templates.scope.is_none() {
            return None;
        }
        for (name, anchor) in template_anchors {
            scope.entry(name).or_insert(anchor);
        }
        Some((target, scope))
    }

    /// The names of the dynamic `$dynamicRef`s in a schema, and in those to which it refers.
    fn open_names(
        &self,
        node: &'a Node,
        names: &mut IndexSet<String>,
        seen: &mut IndexSet<OriginId>,
    ) {
        let mut pending = vec![node];
        while let Some(node) = pending.pop() {
            if let Some(reference) = node.get("$dynamicRef") {
                let name = reference.as_text().and_then(|text| text.rsplit('#').next());
                let name = name.filter(|name| self.is_open(reference, name));
                names.extend(name.map(str::to_owned));
            }
            let reference = node.reference_target();
            let target = reference.and_then(|text| self.target(Kind::Schema, text).ok());
            if let Some(target) = target.filter(|target| seen.insert(target.node.origin)) {
                pending.push(target.node);
            }
            pending.extend(node.children());
        }
    }

    /// The schema resource that contains a place: the innermost with an `$id`, otherwise the component or the inline schema.
    fn enclosing_resource(&self, origin: OriginId) -> Option<&'a Node> {
        let file: FileId = self.loaded.table.file(origin);
        let (_, root) = self.root_of(file)?;
        let steps = self.loaded.table.steps(origin);
        let is_component = matches!(steps.as_slice(), ["components", "schemas", _, ..]);
        let inline = steps.iter().position(|step| *step == "schema");
        let outer = match is_component {
            true => 3,
            false => inline.map_or(0, |at| at + 1),
        };
        let mut node = root;
        let mut resource = (outer == 0).then_some(root);
        for (at, step) in steps.iter().enumerate() {
            node = node.step(step)?;
            if at + 1 == outer || (at + 1 > outer && node.has("$id")) {
                resource = Some(node);
            }
        }
        resource
    }

    /// The reference to the component that consists of the template, if the reference is that of the component itself.
    fn component_formed_by(&mut self, reference: &Node) -> Option<String> {
        let resource = self.enclosing_resource(reference.origin)?;
        let root_reference = resource.get("$ref")?;
        if root_reference.origin != reference.origin {
            return None;
        }
        Some(self.reference_to(Kind::Schema, &Target::new(self.loaded, resource)))
    }

    fn copy_of(
        &mut self,
        template: &Node,
        template_and_component: (FilePointer, Option<String>),
        scope: Anchors<'a>,
    ) -> Node {
        let mut copy = template.clone();
        for key in ["$id", "$defs", "definitions", "$dynamicAnchor", "$anchor", "$schema"] {
            copy.take(key);
        }
        let outer_scope = self.templates.scope.replace(scope);
        self.templates.stack.push(template_and_component);
        self.reference(Kind::Schema, &mut copy);
        self.templates.stack.pop();
        self.templates.scope = outer_scope;
        copy
    }
}

/// The anchors of a schema resource, without those of nested resources.
fn anchors(resource: &Node) -> Anchors<'_> {
    let mut anchors = Anchors::new();
    let mut pending = vec![resource];
    while let Some(node) = pending.pop() {
        if let Some(name) = node.text_of("$dynamicAnchor") {
            anchors.entry(name.to_owned()).or_insert(node);
        }
        pending.extend(node.children().filter(|inner| !inner.has("$id")));
    }
    anchors
}

/// `true` if a schema allows no value: `not: {}`.
fn allows_nothing(node: &Node) -> bool {
    node.get("not").is_some_and(|not| {
        not.as_bool() == Some(true) || not.as_object().is_some_and(|members| members.is_empty())
    })
}
