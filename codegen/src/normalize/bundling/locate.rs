//! From the text of a reference to its target, in whatever file, by pointer, `$id` or anchor.

use super::place::is_component;
use super::{Bundler, FilePointer, ReferenceError};
use crate::diagnostics::codes::load as codes;
use crate::load::{Loaded, Missing, OtherFile};
use crate::normalize::nearest;
use crate::normalize::object_kinds::Kind;
use crate::source::FileId;
use crate::syntax::{pointer, Node};
use indexmap::IndexMap;

/// The length of a chain of references from which on it counts as a circle.
const MAX_HOPS: usize = 64;

/// The target of a reference.
#[derive(Clone, Debug)]
pub(super) struct Target<'a> {
    pub file: FileId,
    pub steps: Vec<String>,
    pub node: &'a Node,
}

impl<'a> Target<'a> {
    /// The target that is this value of a file.
    pub fn new(loaded: &Loaded, node: &'a Node) -> Self {
        let steps = loaded.table.steps(node.origin);
        Self {
            file: loaded.table.file(node.origin),
            steps: steps.into_iter().map(str::to_owned).collect(),
            node,
        }
    }

    pub fn pointer(&self) -> FilePointer {
        let steps = self.steps.iter().map(String::as_str);
        (self.file, pointer::join(steps))
    }
}

fn reference_error(code: crate::diagnostics::Code, message: impl Into<String>) -> ReferenceError {
    ReferenceError { code, message: message.into(), help: None }
}

fn circle() -> ReferenceError {
    let message = "the references from here form a circle";
    reference_error(codes::REFERENCE_CIRCLE, message)
}

/// The `$ref` of an object without other members.
fn sole_reference(node: &Node) -> Option<&Node> {
    let members = node.as_object().filter(|members| members.len() == 1)?;
    members.get("$ref").filter(|target| target.as_text().is_some())
}

/// The roots of the files whose texts contain one of these words.
pub(super) fn roots_with<'a>(
    loaded: &'a Loaded,
    words: &'a [&str],
) -> impl Iterator<Item = &'a Node> {
    let others = loaded.others.values().filter_map(|other| match other {
        OtherFile::Read(node) => Some(node),
        OtherFile::Invalid | OtherFile::Unreadable(_) => None,
    });
    std::iter::once(&loaded.root).chain(others).filter(|root| {
        let file = loaded.files.get(loaded.table.file(root.origin));
        file.is_some_and(|file| words.iter().any(|word| file.text.contains(word)))
    })
}

impl<'a> Bundler<'a> {
    /// The final target of a reference: chains of references are followed, up to a component of the document.
    pub(super) fn target(
        &self,
        kind: Kind,
        reference: &Node,
    ) -> Result<Target<'a>, ReferenceError> {
        let mut target = self.locate(reference, MAX_HOPS)?;
        for _ in 0..MAX_HOPS {
            match sole_reference(target.node) {
                None => return Ok(target),
                Some(next) if is_component(kind, self.version, &target) => {
                    self.ensure_not_circular(next)?;
                    return Ok(target);
                }
                Some(next) => target = self.locate(next, MAX_HOPS)?,
            }
        }
        Err(circle())
    }

    /// Fails if a chain of references has no final target.
    fn ensure_not_circular(&self, reference: &'a Node) -> Result<(), ReferenceError> {
        let mut next = reference;
        for _ in 0..MAX_HOPS {
            match sole_reference(self.locate(next, MAX_HOPS)?.node) {
                Some(further) => next = further,
                None => return Ok(()),
            }
        }
        Err(circle())
    }

    /// The direct target of a reference, which may be a reference itself.
    pub(super) fn locate(
        &self,
        reference: &Node,
        hops: usize,
    ) -> Result<Target<'a>, ReferenceError> {
        let hops = hops.checked_sub(1).ok_or_else(circle)?;
        let text = reference.as_text().unwrap_or_default();
        let (file_part, fragment) = pointer::halves(text);
        let from = self.loaded.base(self.loaded.table.file(reference.origin));
        let (mut file, mut root) = self.resource(reference, from, &file_part, text)?;
        let mut steps = Target::new(self.loaded, root).steps;
        if !fragment.is_empty() && !fragment.starts_with('/') {
            return self.anchor_target(reference, file, &fragment, text);
        }
        // a pointer in a resource with an `$id` starts there, but many authors mean the document
        let whole = self.root_of(file).filter(|(_, whole)| whole.origin != root.origin);
        let first = pointer::split(&fragment).into_iter().next();
        if let (Some((_, whole)), Some(first)) = (whole, first) {
            if root.step(&first).is_none() && whole.step(&first).is_some() {
                root = whole;
                steps.clear();
            }
        }
        for step in pointer::split(&fragment) {
            if let Some(inner) = root.reference_target().filter(|_| root.step(&step).is_none()) {
                let through = self.locate(inner, hops)?;
                (file, root, steps) = (through.file, through.node, through.steps);
            }
            root = root.step(&step).ok_or_else(|| no_target(text, root, &step))?;
            steps.push(step.into_owned());
        }
        Ok(Target { file, steps, node: root })
    }

    /// The help for a reference that leaves the root folder.
    fn root_help(&self, from: FileId, part: &str) -> Option<String> {
        let root = self.loaded.common_folder(from, part)?;
        Some(format!("`--root {root}` allows references to it"))
    }

    /// The file or schema resource of the part before `#`.
    fn resource(
        &self,
        reference: &Node,
        from: FileId,
        part: &str,
        text: &str,
    ) -> Result<(FileId, &'a Node), ReferenceError> {
        if !self.ids.is_empty() {
            let base = self.ids.base(from, &self.loaded.table.pointer(reference.origin));
            if let Some(node) =
                self.ids.find(base, part).filter(|_| !base.is_empty() || !part.is_empty())
            {
                return Ok((self.loaded.table.file(node.origin), node));
            }
        }
        if part.is_empty() {
            return self.root_of(from).ok_or_else(|| {
                reference_error(codes::REFERENCE_NOWHERE, "the file does not exist")
            });
        }
        self.loaded.referenced(from, part).map_err(|missing| match missing {
            Missing::Outside => ReferenceError {
                help: self.root_help(from, part),
                ..reference_error(
                    codes::REFERENCE_OUTSIDE,
                    format!("`{text}` is outside the folder of the document"),
                )
            },
            Missing::Url => reference_error(
                codes::REFERENCE_URL,
                format!("`{text}` is a URL; the network is not accessed"),
            ),
            Missing::Invalid => reference_error(
                codes::REFERENCE_UNREADABLE,
                format!("`{part}` has errors, which are reported there"),
            ),
            Missing::Unreadable(reason) => reference_error(
                codes::REFERENCE_UNREADABLE,
                format!("`{part}` cannot be read: {reason}"),
            ),
        })
    }

    pub(super) fn root_of(&self, file: FileId) -> Option<(FileId, &'a Node)> {
        if file == FileId(0) {
            return Some((file, &self.loaded.root));
        }
        let path = self.loaded.path(file);
        match self.loaded.others.get(path) {
            Some(OtherFile::Read(node)) => Some((file, node)),
            _ => None,
        }
    }

    /// The target of a fragment that is a name: an anchor, or a pointer without its slash.
    fn anchor_target(
        &self,
        reference: &Node,
        file: FileId,
        name: &str,
        text: &str,
    ) -> Result<Target<'a>, ReferenceError> {
        let base = self.ids.base(file, &self.loaded.table.pointer(reference.origin));
        let mut target = self.ids.anchor(file, base, name);
        if target.is_none() {
            let (_, root) =
                self.root_of(file).ok_or_else(|| no_target(text, &self.loaded.root, name))?;
            let mut at = Some(root);
            for step in name.split('/').map(pointer::unescape) {
                at = at.and_then(|at| at.step(&step));
            }
            target = at;
        }
        let node = target.ok_or_else(|| {
            reference_error(
                codes::REFERENCE_NOWHERE,
                format!("`{text}` refers to an anchor that does not exist"),
            )
        })?;
        Ok(Target { file, ..Target::new(self.loaded, node) })
    }
}

fn no_target(text: &str, parent: &Node, step: &str) -> ReferenceError {
    let near = nearest(step, parent.members().map(|(key, _)| &**key));
    ReferenceError {
        code: codes::REFERENCE_NOWHERE,
        message: format!("`{text}` has no target: there is no `{step}`"),
        help: near.map(|near| format!("is `{near}` meant?")),
    }
}

/// The schemas with identifiers: `$id`, `$anchor`, `$dynamicAnchor` and `$self`.
#[derive(Debug, Default)]
pub(super) struct Ids<'a> {
    /// Schemas by their absolute URI.
    by_uri: IndexMap<String, &'a Node>,
    /// The base URIs, with the files and pointers below which they apply.
    bases: Vec<(FileId, String, String)>,
    /// Schemas with anchors, by file, base URI and name.
    anchors: IndexMap<(FileId, String, String), &'a Node>,
}

const IDENTIFIERS: [&str; 4] = ["$id", "$anchor", "$dynamicAnchor", "$self"];

impl<'a> Ids<'a> {
    pub fn new(loaded: &'a Loaded) -> Self {
        let mut ids = Self::default();
        for root in roots_with(loaded, &IDENTIFIERS) {
            let base = root.text_of("$self").unwrap_or_default();
            ids.add(loaded, loaded.table.file(root.origin), root, base);
        }
        ids
    }

    fn add(&mut self, loaded: &'a Loaded, file: FileId, node: &'a Node, base: &str) {
        let id = node.text_of("$id").or_else(|| node.text_of("$self"));
        let base = match id {
            Some(id) => {
                let uri = join(base, id.trim_end_matches('#'));
                self.by_uri.entry(uri.clone()).or_insert(node);
                self.bases.push((file, loaded.table.pointer(node.origin), uri.clone()));
                uri
            }
            None => base.to_owned(),
        };
        for key in ["$anchor", "$dynamicAnchor"] {
            if let Some(name) = node.text_of(key) {
                let key = (file, base.clone(), name.to_owned());
                self.anchors.entry(key).or_insert(node);
            }
        }
        node.children().for_each(|inner| self.add(loaded, file, inner, &base));
    }

    pub fn is_empty(&self) -> bool {
        self.by_uri.is_empty() && self.anchors.is_empty()
    }

    /// The base URI at a place; empty if none is declared.
    pub fn base(&self, file: FileId, pointer: &str) -> &str {
        let enclosing = self.bases.iter().filter(|(at, from, _)| {
            let relative = pointer.strip_prefix(from.as_str());
            *at == file && relative.is_some_and(|steps| steps.is_empty() || steps.starts_with('/'))
        });
        enclosing.max_by_key(|(_, from, _)| from.len()).map_or("", |(.., uri)| uri)
    }

    /// The schema with a URI, resolved against a base.
    pub fn find(&self, base: &str, reference: &str) -> Option<&'a Node> {
        self.by_uri.get(&join(base, reference)).copied()
    }

    /// The schema with an anchor: in the resource with this base, otherwise anywhere in the file.
    pub fn anchor(&self, file: FileId, base: &str, name: &str) -> Option<&'a Node> {
        let key = (file, base.to_owned(), name.to_owned());
        self.anchors.get(&key).copied().or_else(|| {
            let mut same =
                self.anchors.iter().filter(|((at, _, other), _)| *at == file && other == name);
            same.next().map(|(_, node)| *node)
        })
    }
}

/// Resolves a URI reference against its base (RFC 3986, section 5.2, as far as schemas use it).
fn join(base: &str, reference: &str) -> String {
    if base.is_empty() || reference.contains("://") || reference.starts_with("urn:") {
        return reference.to_owned();
    }
    if reference.is_empty() {
        return base.to_owned();
    }
    let path = match base.find("://").map(|at| at + 3) {
        None => 0,
        Some(authority) => {
            let authority_and_path = base.get(authority..).unwrap_or_default();
            authority_and_path.find('/').map_or(base.len(), |at| authority + at)
        }
    };
    let (head, tail) = base.split_at_checked(path).unwrap_or((base, ""));
    if reference.starts_with('/') {
        return format!("{head}{reference}");
    }
    let mut parts: Vec<&str> = tail.split('/').collect();
    parts.pop();
    for part in reference.split('/') {
        match part {
            "." => {}
            ".." if parts.len() > 1 => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    let slash = if tail.is_empty() && !head.is_empty() { "/" } else { "" };
    format!("{head}{slash}{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn references_are_joined_to_their_base() {
        assert_eq!(join("https://x.example/a/b", "c"), "https://x.example/a/c");
        assert_eq!(join("https://x.example/a/b", "../c"), "https://x.example/c");
        assert_eq!(join("https://x.example", "c"), "https://x.example/c");
        assert_eq!(join("https://x.example/a", "/c/d"), "https://x.example/c/d");
        assert_eq!(join("", "c.json"), "c.json");
        assert_eq!(join("https://x.example/a", "urn:x:y"), "urn:x:y");
        assert_eq!(join("tree", "other"), "other");
    }
}
