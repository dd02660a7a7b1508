//! `$dynamicRef` (JSON Schema 2020-12, section 8.2.3.2): a template whose parts the schemas give that refer to it.
//!
//! What a `$dynamicRef` names is decided by the outermost schema that has its `$dynamicAnchor`. A reference from a schema
//! with anchors to a template that leaves them open is replaced by a copy of the template in which they are decided.

use super::locate::Target;
use super::{Bundler, Spot};
use crate::diagnostics::codes::normalize as codes;
use crate::load::{Loaded, OtherFile};
use crate::normalize::object_kinds::Kind;
use crate::source::FileId;
use crate::syntax::{Node, OriginId, Value};
use indexmap::{IndexMap, IndexSet};

/// How deep templates may be copied into one another.
const DEEPEST: usize = 16;

/// The schemas that anchors stand for, by the names of the anchors.
type Anchors<'a> = IndexMap<String, &'a Node>;

/// The templates that are being copied in.
#[derive(Default)]
pub(super) struct Templates<'a> {
    exist: bool,
    /// What anchors stand for in the copy that is being made; nothing outside copies.
    scope: Option<Anchors<'a>>,
    /// The templates around, with the schema that each makes, where it makes the whole of one.
    around: Vec<(Spot, Option<String>)>,
}

impl<'a> Templates<'a> {
    pub fn new(loaded: &'a Loaded) -> Self {
        let others = loaded.others.values().filter_map(|other| match other {
            OtherFile::Read(node) => Some(node),
            OtherFile::Invalid | OtherFile::Unreadable(_) => None,
        });
        let mut roots = std::iter::once(&loaded.root).chain(others);
        let exist = roots.any(|root| {
            let file = loaded.table.file(root.origin);
            let text = loaded.files.get(file).map_or("", |file| &file.text);
            text.contains("$dynamicRef")
        });
        Self {
            exist,
            ..Self::default()
        }
    }

    /// Whether a document has a `$dynamicRef`.
    pub fn exist(&self) -> bool {
        self.exist
    }
}

impl<'a> Bundler<'a> {
    /// Decides a `$dynamicRef`: by the copy that it stands in, else by the template's own anchor.
    pub(super) fn dynamic(&mut self, node: &mut Node) {
        let Some(said) = node.take("$dynamicRef") else {
            return;
        };
        let Some(text) = said.as_text().filter(|_| !node.has("$ref")) else {
            return;
        };
        let name = text.rsplit('#').next().unwrap_or_default();
        let scope = self.templates.scope.as_ref();
        let anchor = scope.and_then(|scope| scope.get(name)).copied();
        if let Some(anchor) = anchor.filter(|_| self.is_open(&said, name)) {
            node.set("$ref", self.bound(anchor));
            return;
        }
        match self.target(Kind::Schema, &said) {
            Ok(target) if allows_nothing(target.node) => {
                let message =
                    format!("no schema decides what `{text}` is; any value is allowed here");
                let place = self.loaded.place(said.origin);
                self.diagnostics.push(codes::DYNAMIC, place, message);
            }
            Ok(_) | Err(_) => drop(node.set("$ref", said)),
        }
    }

    /// Whether a `$dynamicRef` leaves open what it names: not where it leads to a schema without that `$dynamicAnchor`, where
    /// it is a `$ref` (section 8.2.3.2).
    fn is_open(&self, reference: &Node, name: &str) -> bool {
        match self.target(Kind::Schema, reference) {
            Ok(target) => target.node.text_of("$dynamicAnchor") == Some(name),
            Err(_) => true,
        }
    }

    /// A reference to what an anchor stands for: to the component, where it only names one.
    fn bound(&mut self, anchor: &'a Node) -> Node {
        let alone = anchor
            .members()
            .all(|(key, _)| matches!(&**key, "$ref" | "$dynamicAnchor" | "$anchor" | "$comment"));
        if let Some(reference) = anchor.get("$ref").filter(|_| alone) {
            return reference.clone();
        }
        let target = self.target_at(anchor);
        let text = self.placed(Kind::Schema, &target);
        Node::text(self.loaded.root.origin, text)
    }

    fn target_at(&self, node: &'a Node) -> Target<'a> {
        let steps = self.loaded.table.steps(node.origin);
        Target {
            file: self.loaded.table.file(node.origin),
            steps: steps.into_iter().map(str::to_owned).collect(),
            node,
        }
    }

    /// Puts a copy in the place of a reference to a template that leaves open what the schema around decides; says whether
    /// it did, and so walked the schema.
    pub(super) fn specialise(&mut self, node: &mut Node) -> bool {
        let reference = node.get("$ref").filter(|text| text.as_text().is_some());
        let Some(reference) = reference.cloned() else {
            return false;
        };
        if reference.origin == self.loaded.root.origin {
            return false;
        }
        let Some((target, scope)) = self.template(&reference) else {
            return false;
        };
        node.take("$ref");
        let spot = target.spot();
        let mut around = self.templates.around.iter();
        if let Some((_, made)) = around.find(|(known, _)| *known == spot) {
            match made.clone() {
                Some(text) => drop(node.set("$ref", Node::text(self.loaded.root.origin, text))),
                None => self.endless(&reference),
            }
            self.object(Kind::Schema, node);
            return true;
        }
        if self.templates.around.len() >= DEEPEST {
            self.endless(&reference);
            self.object(Kind::Schema, node);
            return true;
        }
        self.object(Kind::Schema, node);
        let made = self.made_by(&reference);
        let copy = self.copy_of(target.node, (spot, made), scope);
        match node.get_mut("allOf").and_then(Node::as_list_mut) {
            Some(list) => list.insert(0, copy),
            None => drop(node.set("allOf", Node::list(copy.origin, vec![copy]))),
        }
        true
    }

    fn endless(&mut self, reference: &Node) {
        let text = reference.as_text().unwrap_or_default();
        let message = format!("the template `{text}` holds itself; any value is allowed here");
        let place = self.loaded.place(reference.origin);
        self.diagnostics.push(codes::DYNAMIC, place, message);
    }

    /// A template and what its anchors stand for, where the schema that refers to it decides some of them.
    fn template(&self, reference: &Node) -> Option<(Target<'a>, Anchors<'a>)> {
        let own = self.resource_around(reference.origin)?;
        let mut scope = match &self.templates.scope {
            Some(scope) => scope.clone(),
            None => anchors(own),
        };
        if scope.is_empty() {
            return None;
        }
        let target = self.target(Kind::Schema, reference).ok()?;
        let other = self.resource_around(target.node.origin)?;
        let inside = anchors(other);
        let mut open = IndexSet::new();
        self.open_names(target.node, &mut open, &mut IndexSet::new());
        let decided = open.iter().any(|name| {
            let outer = scope.get(name).map(|anchor| anchor.origin);
            outer.is_some() && outer != inside.get(name).map(|anchor| anchor.origin)
        });
        if !decided || other.origin == own.origin && self.templates.scope.is_none() {
            return None;
        }
        for (name, anchor) in inside {
            scope.entry(name).or_insert(anchor);
        }
        Some((target, scope))
    }

    /// The names that `$dynamicRef`s use in a schema, and in those that it refers to.
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
            let reference = node.get("$ref").filter(|text| text.as_text().is_some());
            let target = reference.and_then(|text| self.target(Kind::Schema, text).ok());
            if let Some(target) = target.filter(|target| seen.insert(target.node.origin)) {
                pending.push(target.node);
            }
            match &node.value {
                Value::List(items) => pending.extend(items),
                Value::Object(members) => pending.extend(members.values()),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
            }
        }
    }

    /// The schema resource around a place: the innermost with an `$id`, else the component or the schema in place.
    fn resource_around(&self, origin: OriginId) -> Option<&'a Node> {
        let file: FileId = self.loaded.table.file(origin);
        let (_, root) = self.root_of(file)?;
        let steps = self.loaded.table.steps(origin);
        let component = matches!(steps.as_slice(), ["components", "schemas", _, ..]);
        let inline = steps.iter().position(|step| *step == "schema");
        let outer = match component {
            true => 3,
            false => inline.map_or(0, |at| at + 1),
        };
        let mut node = root;
        let mut found = (outer == 0).then_some(root);
        for (at, step) in steps.iter().enumerate() {
            node = node.step(step)?;
            if at + 1 == outer || (at + 1 > outer && node.has("$id")) {
                found = Some(node);
            }
        }
        found
    }

    /// The component that is made of the template as a whole, where the reference is that component's own.
    fn made_by(&mut self, reference: &Node) -> Option<String> {
        let resource = self.resource_around(reference.origin)?;
        let own = resource.get("$ref")?;
        if own.origin != reference.origin {
            return None;
        }
        let target = self.target_at(resource);
        Some(self.placed(Kind::Schema, &target))
    }

    fn copy_of(
        &mut self,
        template: &Node,
        made: (Spot, Option<String>),
        scope: Anchors<'a>,
    ) -> Node {
        let mut copy = template.clone();
        for key in [
            "$id",
            "$defs",
            "definitions",
            "$dynamicAnchor",
            "$anchor",
            "$schema",
        ] {
            copy.take(key);
        }
        let before = self.templates.scope.replace(scope);
        self.templates.around.push(made);
        self.reference(Kind::Schema, &mut copy);
        self.templates.around.pop();
        self.templates.scope = before;
        copy
    }
}

/// The anchors of a schema resource, those of the resources in it left out.
fn anchors(resource: &Node) -> Anchors<'_> {
    let mut found = Anchors::new();
    let mut pending = vec![resource];
    while let Some(node) = pending.pop() {
        if let Some(name) = node.text_of("$dynamicAnchor") {
            found.entry(name.to_owned()).or_insert(node);
        }
        let inner: Vec<&Node> = match &node.value {
            Value::List(items) => items.iter().collect(),
            Value::Object(members) => members.values().collect(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => Vec::new(),
        };
        pending.extend(inner.into_iter().filter(|inner| !inner.has("$id")));
    }
    found
}

/// Whether a schema allows no value: `not: {}`.
fn allows_nothing(node: &Node) -> bool {
    node.get("not").is_some_and(|not| {
        not.as_bool() == Some(true) || not.as_object().is_some_and(|members| members.is_empty())
    })
}
