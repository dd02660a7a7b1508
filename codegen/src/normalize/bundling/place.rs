//! The components that the targets of references become, and the mappings that name them.

use super::locate::Target;
use super::{naming, Bundler, Fault};
use crate::diagnostics::codes::{load as load_codes, normalize as codes};
use crate::normalize::object_kinds::{Form, Kind};
use crate::normalize::version::Version;
use crate::source::FileId;
use crate::syntax::{pointer, Node, Value};

/// Something that becomes a component.
#[derive(Clone, Debug)]
pub(super) struct Moved {
    pub kind: Kind,
    pub name: String,
    pub node: Node,
}

/// The section of `components` that holds a kind.
pub(super) fn section(kind: Kind) -> Option<&'static str> {
    const SECTIONS: [(Kind, &str); 8] = [
        (Kind::Schema, "schemas"),
        (Kind::Response, "responses"),
        (Kind::Parameter, "parameters"),
        (Kind::Example, "examples"),
        (Kind::RequestBody, "requestBodies"),
        (Kind::Header, "headers"),
        (Kind::SecurityScheme, "securitySchemes"),
        (Kind::Link, "links"),
    ];
    SECTIONS
        .iter()
        .find(|(of, _)| *of == kind)
        .map(|(_, section)| *section)
}

/// The path from the document to the components of a kind, as the version has it.
pub(super) fn home(kind: Kind, version: Version) -> Option<Vec<&'static str>> {
    let section = section(kind)?;
    if version != Version::V2_0 {
        return Some(vec!["components", section]);
    }
    match section {
        "schemas" => Some(vec!["definitions"]),
        "parameters" => Some(vec!["parameters"]),
        "responses" => Some(vec!["responses"]),
        "securitySchemes" => Some(vec!["securityDefinitions"]),
        _ => None,
    }
}

/// Whether a place is a component of the document already.
pub(super) fn canonical(kind: Kind, version: Version, target: &Target<'_>) -> bool {
    let Some(home) = home(kind, version) else {
        return false;
    };
    target.file == FileId(0)
        && target.steps.len() == home.len() + 1
        && target
            .steps
            .iter()
            .zip(&home)
            .all(|(step, home)| step == home)
}

/// The text of a reference to a component.
pub(super) fn reference(kind: Kind, name: &str) -> String {
    let section = section(kind).unwrap_or("schemas");
    format!("#/components/{section}/{}", pointer::escape(name))
}

/// Keywords whose inner schemas are rewritten, so that no pointer to them would survive.
const REWRITTEN: [&str; 18] = [
    "$defs",
    "definitions",
    "anyOf",
    "oneOf",
    "prefixItems",
    "patternProperties",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "dependentSchemas",
    "unevaluatedProperties",
    "unevaluatedItems",
    "contentSchema",
    "dependencies",
    "allOf",
    "itemSchema",
];

/// Whether a schema of the document can be referred to where it stands.
fn stays(kind: Kind, version: Version, target: &Target<'_>) -> bool {
    let outer = target
        .steps
        .first()
        .is_some_and(|first| first == "paths" || first == "components");
    let indexed_items = target.steps.windows(2).any(
        |pair| matches!(pair, [key, index] if key == "items" && index.parse::<usize>().is_ok()),
    );
    let callbacks = target
        .steps
        .iter()
        .any(|step| step == "callbacks" || step == "pathItems" || step == "mediaTypes");
    kind == Kind::Schema
        && version != Version::V2_0
        && target.file == FileId(0)
        && outer
        && !indexed_items
        && !callbacks
        && !target
            .steps
            .iter()
            .any(|step| REWRITTEN.contains(&step.as_str()))
}

/// What a component is, if it is no schema.
fn other_kind(steps: &[String]) -> Option<&'static str> {
    let section = match steps {
        [components, section, _] if components == "components" => section,
        [section, _] => section,
        _ => return None,
    };
    match section.as_str() {
        "responses" => Some("response"),
        "parameters" => Some("parameter"),
        "requestBodies" => Some("request body"),
        "headers" => Some("header"),
        _ => None,
    }
}

impl Bundler<'_> {
    /// The text of a reference to what another reference names, which becomes a component if it is none.
    pub(super) fn component(&mut self, kind: Kind, reference: &Node) -> Result<String, Fault> {
        if reference.origin == self.loaded.root.origin {
            // written by this very function before
            return Ok(reference.as_text().unwrap_or_default().to_owned());
        }
        let target = match self.target(kind, reference) {
            Ok(target) => self.schema_of(kind, target, reference)?,
            Err(fault) if fault.code == load_codes::REFERENCE_CIRCLE => return Err(fault),
            Err(fault) => return self.guessed(kind, reference).ok_or(fault),
        };
        Ok(self.placed(kind, &target))
    }

    /// The text of a reference to a place, which becomes a component if it is none.
    pub(super) fn placed(&mut self, kind: Kind, target: &Target<'_>) -> String {
        if canonical(kind, self.version, target) {
            let name = target.steps.last().map(String::as_str).unwrap_or_default();
            return reference(kind, name);
        }
        let spot = target.spot();
        if stays(kind, self.version, target) {
            return format!("#{}", spot.1);
        }
        if let Some(known) = self.placed.get(&spot) {
            return known.clone();
        }
        let name = self.name(kind, target);
        let text = reference(kind, &name);
        self.placed.insert(spot.clone(), text.clone());
        let moved = Moved {
            kind,
            name,
            node: target.node.clone(),
        };
        if target.file == FileId(0) {
            self.moves.insert(spot.1, moved);
        } else {
            self.queue.push(moved);
        }
        text
    }

    /// What a reference names; of a response or the like that stands where a schema has to, its schema.
    fn schema_of<'t>(
        &mut self,
        kind: Kind,
        target: Target<'t>,
        reference: &Node,
    ) -> Result<Target<'t>, Fault> {
        // what a mapping names wrongly is said of the mapping
        let steps = self.loaded.table.steps(reference.origin);
        let mapping = steps
            .iter()
            .rev()
            .nth(1)
            .is_some_and(|step| *step == "mapping");
        let of = other_kind(&target.steps).filter(|_| kind == Kind::Schema && !mapping);
        let Some(of) = of else {
            return Ok(target);
        };
        let content = target.node.get("content").and_then(|content| {
            let (name, media) = content.members().next()?;
            Some((vec!["content", &**name, "schema"], media.get("schema")?))
        });
        let own = target
            .node
            .get("schema")
            .map(|schema| (vec!["schema"], schema));
        let text = reference.as_text().unwrap_or_default();
        let Some((steps, node)) = own.or(content) else {
            return Err(Fault {
                code: codes::OTHER_KIND,
                message: format!("`{text}` is a {of} without a schema; any value is allowed here"),
                help: None,
            });
        };
        let message = format!("`{text}` is a {of}; its schema is taken to be meant");
        let place = self.loaded.place(reference.origin);
        self.diagnostics.push(codes::OTHER_KIND, place, message);
        let steps = steps.into_iter().map(str::to_owned);
        Ok(Target {
            file: target.file,
            steps: target.steps.into_iter().chain(steps).collect(),
            node,
        })
    }

    /// A reference that leads nowhere, but whose last word is the name of a component.
    fn guessed(&mut self, kind: Kind, reference: &Node) -> Option<String> {
        let text = reference.as_text()?;
        if text.contains("://") {
            return None;
        }
        let (_, fragment) = pointer::halves(text);
        let word = fragment
            .rsplit('/')
            .next()
            .filter(|word| !word.is_empty())
            .unwrap_or(text);
        let word = pointer::unescape(word).into_owned();
        let mut at = Some(&self.loaded.root);
        for step in home(kind, self.version)? {
            at = at.and_then(|at| at.get(step));
        }
        let meant = at?.get(&word)?;
        let place = self.loaded.place(reference.origin);
        if self
            .loaded
            .table
            .is_child_of(reference.origin, meant.origin)
        {
            // it would lead to itself
            return None;
        }
        let found = self::reference(kind, &word);
        let message =
            format!("`{text}` leads nowhere; the component `{word}` is taken to be meant");
        self.diagnostics
            .push(codes::REFERENCE_GUESSED, place, message);
        Some(found)
    }

    fn name(&mut self, kind: Kind, target: &Target<'_>) -> String {
        let version = self.version;
        let loaded = self.loaded;
        let section = section(kind).unwrap_or("schemas");
        let taken = self.taken.entry(section).or_insert_with(|| {
            let mut at = Some(&loaded.root);
            for step in home(kind, version).unwrap_or_default() {
                at = at.and_then(|at| at.get(step));
            }
            at.into_iter()
                .flat_map(Node::members)
                .map(|(name, _)| name.to_string())
                .collect()
        });
        let path = loaded.path(target.file);
        let plain = naming::plain(path, &target.steps);
        let name = naming::free(&plain, (path, &target.steps), taken);
        if name != plain {
            let message =
                format!("`{plain}` is the name of another component; this one is called `{name}`");
            let place = loaded.place(target.node.origin);
            self.diagnostics.push(codes::NAME_TAKEN, place, message);
        }
        taken.insert(name.clone());
        name
    }

    /// Makes components of the definitions inside a schema.
    pub(super) fn definitions(&mut self, node: &mut Node) {
        for key in ["$defs", "definitions"] {
            let Some(definitions) = node.take(key) else {
                continue;
            };
            let Value::Object(members) = definitions.value else {
                continue;
            };
            for (_, inner) in members {
                self.definition(inner);
            }
        }
    }

    fn definition(&mut self, node: Node) {
        let table = &self.loaded.table;
        let target = Target {
            file: table.file(node.origin),
            steps: table
                .steps(node.origin)
                .into_iter()
                .map(str::to_owned)
                .collect(),
            node: &node,
        };
        let spot = target.spot();
        if self.placed.contains_key(&spot) {
            if let Some(moved) = self
                .moves
                .shift_remove(&spot.1)
                .filter(|_| target.file == FileId(0))
            {
                self.queue.push(Moved { node, ..moved });
            }
            return;
        }
        if node.has("$dynamicAnchor") {
            // what a template is made with, and no type that anything refers to by its name
            return;
        }
        let name = self.name(Kind::Schema, &target);
        let text = reference(Kind::Schema, &name);
        self.placed.insert(spot, text);
        let kind = Kind::Schema;
        self.queue.push(Moved { kind, name, node });
    }

    /// Walks and adds what was found on the way, until nothing new is found.
    pub(super) fn settle(&mut self, root: &mut Node) {
        loop {
            let mut moves: Vec<(String, Moved)> =
                std::mem::take(&mut self.moves).into_iter().collect();
            moves.sort_by_key(|(pointer, _)| std::cmp::Reverse(pointer.matches('/').count()));
            for (pointer, mut moved) in moves {
                if let Some(place) = find(root, &pointer) {
                    let text =
                        Node::text(self.loaded.root.origin, reference(moved.kind, &moved.name));
                    let stub = Node::object(place.origin).with("$ref", text);
                    moved.node = std::mem::replace(place, stub);
                }
                self.queue.push(moved);
            }
            let Some(mut moved) = (!self.queue.is_empty()).then(|| self.queue.remove(0)) else {
                return;
            };
            if self.value(&Form::Ref(moved.kind), &mut moved.node) {
                self.add(root, moved);
            }
        }
    }

    fn add(&self, root: &mut Node, moved: Moved) {
        let origin = root.origin;
        let mut at = root;
        for step in home(moved.kind, self.version).unwrap_or_default() {
            if at.get(step).is_none_or(|inner| inner.as_object().is_none()) {
                at.set(step, Node::object(origin));
            }
            match at.get_mut(step) {
                Some(inner) => at = inner,
                None => return,
            }
        }
        at.set(&moved.name, moved.node);
    }
}

/// The value at a pointer of the document.
fn find<'n>(root: &'n mut Node, pointer: &str) -> Option<&'n mut Node> {
    let mut at = root;
    for step in pointer::split(pointer) {
        at = at.step_mut(&step)?;
    }
    Some(at)
}

impl Bundler<'_> {
    /// Turns every value into a reference to a component; values that lead nowhere go.
    pub(super) fn mapping(&mut self, node: &mut Node) {
        if let Some(members) = node.get_mut("mapping").and_then(Node::as_object_mut) {
            members.retain(|_, target| self.mapped(target));
        }
        let lost = node
            .get_mut("defaultMapping")
            .is_some_and(|target| !self.mapped(target));
        if lost {
            node.take("defaultMapping");
        }
    }

    fn mapped(&mut self, target: &mut Node) -> bool {
        let Some(text) = target.as_text() else {
            return true;
        };
        if self.is_component(text) {
            let found = reference(Kind::Schema, text);
            *target = Node::text(self.loaded.root.origin, found);
            return true;
        }
        let own = self.component_of_own_file(target);
        let found = match own {
            Some(own) => self.component(Kind::Schema, &own),
            None => self.component(Kind::Schema, target),
        };
        match found {
            Ok(found) => {
                *target = Node::text(self.loaded.root.origin, found);
                true
            }
            Err(fault) => {
                let place = self.loaded.place(target.origin);
                self.diagnostics
                    .push(codes::MAPPING_NOWHERE, place, fault.message);
                false
            }
        }
    }

    fn is_component(&self, name: &str) -> bool {
        let mut at = Some(&self.loaded.root);
        for step in home(Kind::Schema, self.version).unwrap_or_default() {
            at = at.and_then(|at| at.get(step));
        }
        at.is_some_and(|schemas| schemas.has(name))
    }

    /// A bare name in another file means a component of that file first.
    fn component_of_own_file(&self, target: &Node) -> Option<Node> {
        let name = target
            .as_text()
            .filter(|name| !name.contains(['#', '/', '.']))?;
        let local = Node::text(target.origin, reference(Kind::Schema, name));
        self.locate(&local, 8).ok().map(|_| local)
    }
}
