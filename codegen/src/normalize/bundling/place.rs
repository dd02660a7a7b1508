//! The components that the targets of references become, and the mappings that name them.

use super::locate::Target;
use super::{naming, Bundler, ReferenceError};
use crate::diagnostics::codes::{load as load_codes, normalize as codes};
use crate::load::Loaded;
use crate::normalize::object_kinds::{Form, Kind};
use crate::normalize::version::Version;
use crate::source::FileId;
use crate::syntax::{pointer, Node, Value};

/// A value that becomes a component.
#[derive(Clone, Debug)]
pub(super) struct NewComponent {
    pub kind: Kind,
    pub name: String,
    pub node: Node,
}

/// The section of `components` for a kind.
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
    SECTIONS.iter().find(|(of_kind, _)| *of_kind == kind).map(|(_, section)| *section)
}

/// The path from the document to the components of a kind; `None` if the version has none.
pub(super) fn component_path(kind: Kind, version: Version) -> Option<Vec<&'static str>> {
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

/// The components of a kind in the entry document.
fn components(loaded: &Loaded, kind: Kind, version: Version) -> Option<&Node> {
    let mut steps = component_path(kind, version)?.into_iter();
    steps.try_fold(&loaded.root, |node, step| node.get(step))
}

/// `true` if a target is a component of the entry document.
pub(super) fn is_component(kind: Kind, version: Version, target: &Target<'_>) -> bool {
    let Some(path) = component_path(kind, version) else {
        return false;
    };
    target.file == FileId(0)
        && target.steps.len() == path.len() + 1
        && target.steps.iter().zip(&path).all(|(step, expected)| step == expected)
}

/// The text of a reference to a component.
pub(super) fn reference(kind: Kind, name: &str) -> String {
    let section = section(kind).unwrap_or("schemas");
    format!("#/components/{section}/{}", pointer::escape(name))
}

/// Keywords that are rewritten, so that pointers to their schemas would become invalid.
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

/// `true` if references to a schema can use its present pointer.
fn has_stable_pointer(kind: Kind, version: Version, target: &Target<'_>) -> bool {
    let is_in_section =
        target.steps.first().is_some_and(|first| first == "paths" || first == "components");
    let is_tuple_item = target.steps.windows(2).any(
        |pair| matches!(pair, [key, index] if key == "items" && index.parse::<usize>().is_ok()),
    );
    let is_moved = target
        .steps
        .iter()
        .any(|step| step == "callbacks" || step == "pathItems" || step == "mediaTypes");
    kind == Kind::Schema
        && version != Version::V2_0
        && target.file == FileId(0)
        && is_in_section
        && !is_tuple_item
        && !is_moved
        && !target.steps.iter().any(|step| REWRITTEN.contains(&step.as_str()))
}

/// The name of the kind of a component other than a schema.
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
    /// The reference to the component for the target of a reference; the target becomes a component if it is not one.
    pub(super) fn component(
        &mut self,
        kind: Kind,
        reference: &Node,
    ) -> Result<String, ReferenceError> {
        if reference.origin == self.loaded.root.origin {
            // already written by this function
            return Ok(reference.as_text().unwrap_or_default().to_owned());
        }
        let target = match self.target(kind, reference) {
            Ok(target) => self.schema_of(kind, target, reference)?,
            Err(error) if error.code == load_codes::REFERENCE_CIRCLE => return Err(error),
            Err(error) => return self.guess_component(kind, reference).ok_or(error),
        };
        Ok(self.reference_to(kind, &target))
    }

    /// The reference to a target, which becomes a component unless it has a stable pointer.
    pub(super) fn reference_to(&mut self, kind: Kind, target: &Target<'_>) -> String {
        if is_component(kind, self.version, target) {
            let name = target.steps.last().map(String::as_str).unwrap_or_default();
            return reference(kind, name);
        }
        let pointer = target.pointer();
        if has_stable_pointer(kind, self.version, target) {
            return format!("#{}", pointer.1);
        }
        if let Some(reference) = self.references.get(&pointer) {
            return reference.clone();
        }
        let name = self.name(kind, target);
        let text = reference(kind, &name);
        self.references.insert(pointer.clone(), text.clone());
        let component = NewComponent { kind, name, node: target.node.clone() };
        if target.file == FileId(0) {
            self.moves.insert(pointer.1, component);
        } else {
            self.pending.push(component);
        }
        text
    }

    /// The target of a reference; for a response, parameter, body or header in the place of a schema, its schema.
    fn schema_of<'t>(
        &mut self,
        kind: Kind,
        target: Target<'t>,
        reference: &Node,
    ) -> Result<Target<'t>, ReferenceError> {
        // wrong targets of a mapping are reported for the mapping
        let steps = self.loaded.table.steps(reference.origin);
        let is_mapping = steps.iter().rev().nth(1).is_some_and(|step| *step == "mapping");
        let other = other_kind(&target.steps).filter(|_| kind == Kind::Schema && !is_mapping);
        let Some(other) = other else {
            return Ok(target);
        };
        let content = target.node.get("content").and_then(|content| {
            let (name, media) = content.members().next()?;
            Some((vec!["content", &**name, "schema"], media.get("schema")?))
        });
        let schema = target.node.get("schema").map(|schema| (vec!["schema"], schema));
        let text = reference.as_text().unwrap_or_default();
        let Some((steps, node)) = schema.or(content) else {
            return Err(ReferenceError {
                code: codes::OTHER_KIND,
                message: format!("`{text}` is a {other} without a schema; any value is allowed"),
                help: None,
            });
        };
        let message = format!("`{text}` is a {other}; its schema is used instead");
        self.report(codes::OTHER_KIND, reference, message);
        let steps = steps.into_iter().map(str::to_owned);
        Ok(Target {
            file: target.file,
            steps: target.steps.into_iter().chain(steps).collect(),
            node,
        })
    }

    /// The component whose name is the last step of a reference without a target.
    fn guess_component(&mut self, kind: Kind, reference: &Node) -> Option<String> {
        let text = reference.as_text()?;
        if text.contains("://") {
            return None;
        }
        let (_, fragment) = pointer::halves(text);
        let word = fragment.rsplit('/').next().filter(|word| !word.is_empty()).unwrap_or(text);
        let word = pointer::unescape(word).into_owned();
        let component = components(self.loaded, kind, self.version)?.get(&word)?;
        if self.loaded.table.is_child_of(reference.origin, component.origin) {
            // it would refer to itself
            return None;
        }
        let guess = self::reference(kind, &word);
        let message = format!("`{text}` has no target; the component `{word}` is used instead");
        self.report(codes::REFERENCE_GUESSED, reference, message);
        Some(guess)
    }

    fn name(&mut self, kind: Kind, target: &Target<'_>) -> String {
        let version = self.version;
        let loaded = self.loaded;
        let section = section(kind).unwrap_or("schemas");
        let used = self.used_names.entry(section).or_insert_with(|| {
            let components = components(loaded, kind, version).into_iter();
            components.flat_map(Node::members).map(|(name, _)| name.to_string()).collect()
        });
        let path = loaded.path(target.file);
        let plain = naming::plain(path, &target.steps);
        let name = naming::unused(&plain, path, &target.steps, used);
        if name != plain {
            let message =
                format!("the name `{plain}` is in use; this component is renamed to `{name}`");
            self.diagnostics.push(codes::NAME_TAKEN, loaded.place(target.node.origin), message);
        }
        used.insert(name.clone());
        name
    }

    /// Moves the definitions inside a schema to the components.
    pub(super) fn definitions(&mut self, node: &mut Node) {
        for key in ["$defs", "definitions"] {
            if let Some(Value::Object(members)) = node.take(key).map(|taken| taken.value) {
                members.into_values().for_each(|inner| self.definition(inner));
            }
        }
    }

    fn definition(&mut self, node: Node) {
        let target = Target::new(self.loaded, &node);
        let pointer = target.pointer();
        if self.references.contains_key(&pointer) {
            if let Some(moved) =
                self.moves.shift_remove(&pointer.1).filter(|_| target.file == FileId(0))
            {
                self.pending.push(NewComponent { node, ..moved });
            }
            return;
        }
        if node.has("$dynamicAnchor") {
            // an argument of a template; nothing refers to it by name
            return;
        }
        let name = self.name(Kind::Schema, &target);
        let text = reference(Kind::Schema, &name);
        self.references.insert(pointer, text);
        let kind = Kind::Schema;
        self.pending.push(NewComponent { kind, name, node });
    }

    /// Adds new components, and bundles them, until no further ones are found.
    pub(super) fn add_components(&mut self, root: &mut Node) {
        loop {
            let mut moves: Vec<(String, NewComponent)> =
                std::mem::take(&mut self.moves).into_iter().collect();
            moves.sort_by_key(|(pointer, _)| std::cmp::Reverse(pointer.matches('/').count()));
            for (pointer, mut moved) in moves {
                if let Some(place) = find(root, &pointer) {
                    let text =
                        Node::text(self.loaded.root.origin, reference(moved.kind, &moved.name));
                    let stub = Node::object(place.origin).with("$ref", text);
                    moved.node = std::mem::replace(place, stub);
                }
                self.pending.push(moved);
            }
            let Some(mut moved) = (!self.pending.is_empty()).then(|| self.pending.remove(0)) else {
                return;
            };
            if self.value(&Form::Ref(moved.kind), &mut moved.node) {
                self.add_component(root, moved);
            }
        }
    }

    fn add_component(&self, root: &mut Node, component: NewComponent) {
        let origin = root.origin;
        let mut at = root;
        for step in component_path(component.kind, self.version).unwrap_or_default() {
            if at.get(step).is_none_or(|inner| inner.as_object().is_none()) {
                at.set(step, Node::object(origin));
            }
            match at.get_mut(step) {
                Some(inner) => at = inner,
                None => return,
            }
        }
        at.set(&component.name, component.node);
    }
}

/// The value at a pointer.
fn find<'n>(root: &'n mut Node, pointer: &str) -> Option<&'n mut Node> {
    let mut at = root;
    for step in pointer::split(pointer) {
        at = at.step_mut(&step)?;
    }
    Some(at)
}

impl Bundler<'_> {
    /// Rewrites every value of a discriminator's mapping to a reference to a component; values without a target are removed.
    pub(super) fn mapping(&mut self, node: &mut Node) {
        if let Some(members) = node.get_mut("mapping").and_then(Node::as_object_mut) {
            members.retain(|_, target| self.map_target(target));
        }
        let is_unresolved =
            node.get_mut("defaultMapping").is_some_and(|target| !self.map_target(target));
        if is_unresolved {
            node.take("defaultMapping");
        }
    }

    fn map_target(&mut self, target: &mut Node) -> bool {
        let Some(text) = target.as_text() else {
            return true;
        };
        if self.has_schema(text) {
            let component = reference(Kind::Schema, text);
            *target = Node::text(self.loaded.root.origin, component);
            return true;
        }
        let local = self.component_of_same_file(target);
        match self.component(Kind::Schema, local.as_ref().unwrap_or(target)) {
            Ok(component) => {
                *target = Node::text(self.loaded.root.origin, component);
                true
            }
            Err(error) => {
                self.report(codes::MAPPING_NOWHERE, target, error.message);
                false
            }
        }
    }

    fn has_schema(&self, name: &str) -> bool {
        let schemas = components(self.loaded, Kind::Schema, self.version);
        schemas.is_some_and(|schemas| schemas.has(name))
    }

    /// The reference to a component of the same file, for a bare name.
    fn component_of_same_file(&self, target: &Node) -> Option<Node> {
        let name = target.as_text().filter(|name| !name.contains(['#', '/', '.']))?;
        let local = Node::text(target.origin, reference(Kind::Schema, name));
        self.locate(&local, 8).ok().map(|_| local)
    }
}
