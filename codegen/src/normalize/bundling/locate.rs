//! From the text of a reference to its target, in whatever file, by pointer, `$id` or anchor.

use super::place::canonical;
use super::{Bundler, Fault, Spot};
use crate::diagnostics::codes::load as codes;
use crate::load::{Loaded, Missing, OtherFile};
use crate::normalize::nearest;
use crate::normalize::object_kinds::Kind;
use crate::source::FileId;
use crate::syntax::{pointer, Node, Value};
use indexmap::IndexMap;

/// References that may follow one another before they count as a circle.
const HOPS: usize = 64;

/// What a reference names.
#[derive(Clone, Debug)]
pub(super) struct Target<'a> {
    pub file: FileId,
    pub steps: Vec<String>,
    pub node: &'a Node,
}

impl Target<'_> {
    pub fn spot(&self) -> Spot {
        let steps = self.steps.iter().map(String::as_str);
        (self.file, pointer::join(steps))
    }
}

fn fault(code: crate::diagnostics::Code, message: impl Into<String>) -> Fault {
    Fault {
        code,
        message: message.into(),
        help: None,
    }
}

impl<'a> Bundler<'a> {
    /// What a reference names in the end: references to references are followed, up to a component of the document.
    pub(super) fn target(&self, kind: Kind, reference: &Node) -> Result<Target<'a>, Fault> {
        let mut target = self.locate(reference, HOPS)?;
        for _ in 0..HOPS {
            let component = canonical(kind, self.version, &target);
            let alone = target
                .node
                .as_object()
                .is_some_and(|members| members.len() == 1);
            match target
                .node
                .get("$ref")
                .filter(|next| alone && next.as_text().is_some())
            {
                Some(next) if !component => target = self.locate(next, HOPS)?,
                Some(next) => {
                    self.not_circular(next)?;
                    return Ok(target);
                }
                None => return Ok(target),
            }
        }
        Err(fault(
            codes::REFERENCE_CIRCLE,
            "references lead from here in a circle",
        ))
    }

    /// Makes sure that a component that is a reference leads to something.
    fn not_circular(&self, reference: &'a Node) -> Result<(), Fault> {
        let mut next = reference;
        for _ in 0..HOPS {
            let target = self.locate(next, HOPS)?;
            let alone = target
                .node
                .as_object()
                .is_some_and(|members| members.len() == 1);
            match target
                .node
                .get("$ref")
                .filter(|next| alone && next.as_text().is_some())
            {
                Some(further) => next = further,
                None => return Ok(()),
            }
        }
        Err(fault(
            codes::REFERENCE_CIRCLE,
            "references lead from here in a circle",
        ))
    }

    /// One step: the value that a reference names, be it a reference itself.
    pub(super) fn locate(&self, reference: &Node, hops: usize) -> Result<Target<'a>, Fault> {
        let Some(hops) = hops.checked_sub(1) else {
            return Err(fault(
                codes::REFERENCE_CIRCLE,
                "references lead from here in a circle",
            ));
        };
        let text = reference.as_text().unwrap_or_default();
        let (file_part, fragment) = pointer::halves(text);
        let from = self.loaded.base(self.loaded.table.file(reference.origin));
        let (mut file, mut root) = self.resource(reference, from, &file_part, text)?;
        let mut steps: Vec<String> = Vec::new();
        let in_file = self.loaded.table.steps(root.origin);
        if !in_file.is_empty() {
            steps.extend(in_file.into_iter().map(str::to_owned));
        }
        if !fragment.is_empty() && !fragment.starts_with('/') {
            return self.anchored(reference, file, &fragment, text);
        }
        // In a resource with an `$id` a pointer starts at that; most mean the document.
        let whole = self
            .root_of(file)
            .filter(|(_, whole)| whole.origin != root.origin);
        let first = pointer::split(&fragment).into_iter().next();
        if let (Some((_, whole)), Some(first)) = (whole, first) {
            if root.step(&first).is_none() && whole.step(&first).is_some() {
                root = whole;
                steps.clear();
            }
        }
        for step in pointer::split(&fragment) {
            if let Some(inner) = root
                .get("$ref")
                .filter(|inner| inner.as_text().is_some() && root.step(&step).is_none())
            {
                let through = self.locate(inner, hops)?;
                (file, root, steps) = (through.file, through.node, through.steps);
            }
            root = root.step(&step).ok_or_else(|| nowhere(text, root, &step))?;
            steps.push(step.into_owned());
        }
        Ok(Target {
            file,
            steps,
            node: root,
        })
    }

    /// Which folder would have to be open to a reference.
    fn wider(&self, from: FileId, part: &str) -> Option<String> {
        let root = self.loaded.common_folder(from, part)?;
        Some(format!("`--root {root}` lets references reach it"))
    }

    /// The file or schema that the part before `#` names.
    fn resource(
        &self,
        reference: &Node,
        from: FileId,
        part: &str,
        text: &str,
    ) -> Result<(FileId, &'a Node), Fault> {
        if !self.ids.is_empty() {
            let base = self
                .ids
                .base(from, &self.loaded.table.pointer(reference.origin));
            if let Some(node) = self
                .ids
                .find(base, part)
                .filter(|_| !base.is_empty() || !part.is_empty())
            {
                return Ok((self.loaded.table.file(node.origin), node));
            }
        }
        if part.is_empty() {
            return self
                .root_of(from)
                .ok_or_else(|| fault(codes::REFERENCE_NOWHERE, "the file is not there"));
        }
        self.loaded
            .referenced(from, part)
            .map_err(|missing| match missing {
                Missing::Outside => Fault {
                    help: self.wider(from, part),
                    ..fault(
                        codes::REFERENCE_OUTSIDE,
                        format!("`{text}` leaves the folder of the document"),
                    )
                },
                Missing::Url => fault(
                    codes::REFERENCE_URL,
                    format!("`{text}` is a URL; nothing is fetched"),
                ),
                Missing::Invalid => fault(
                    codes::REFERENCE_UNREADABLE,
                    format!("`{part}` has faults, see there"),
                ),
                Missing::Unreadable(reason) => fault(
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

    /// A fragment that is a name: an anchor, or a pointer that lacks its slash.
    fn anchored(
        &self,
        reference: &Node,
        file: FileId,
        name: &str,
        text: &str,
    ) -> Result<Target<'a>, Fault> {
        let base = self
            .ids
            .base(file, &self.loaded.table.pointer(reference.origin));
        let mut found = self.ids.anchor(file, base, name);
        if found.is_none() {
            let (_, root) = self
                .root_of(file)
                .ok_or_else(|| nowhere(text, &self.loaded.root, name))?;
            let mut at = Some(root);
            for step in name.split('/').map(pointer::unescape) {
                at = at.and_then(|at| at.step(&step));
            }
            found = at;
        }
        let node = found.ok_or_else(|| {
            fault(
                codes::REFERENCE_NOWHERE,
                format!("`{text}` names an anchor that nothing has"),
            )
        })?;
        let steps = self.loaded.table.steps(node.origin);
        Ok(Target {
            file,
            steps: steps.into_iter().map(str::to_owned).collect(),
            node,
        })
    }
}

fn nowhere(text: &str, around: &Node, step: &str) -> Fault {
    let near = nearest(step, around.members().map(|(key, _)| &**key));
    Fault {
        code: codes::REFERENCE_NOWHERE,
        message: format!("`{text}` leads nowhere: there is no `{step}`"),
        help: near.map(|near| format!("is `{near}` meant?")),
    }
}

/// What is found by an address rather than by a place.
#[derive(Debug, Default)]
pub(super) struct Ids<'a> {
    /// Schemas by their absolute URI.
    by_uri: IndexMap<String, &'a Node>,
    /// The base URI that holds in a file from a pointer on.
    bases: Vec<(FileId, String, String)>,
    /// Anchored schemas by file, base URI and name.
    anchors: IndexMap<(FileId, String, String), &'a Node>,
}

const ADDRESSES: [&str; 4] = ["$id", "$anchor", "$dynamicAnchor", "$self"];

impl<'a> Ids<'a> {
    pub fn new(loaded: &'a Loaded) -> Self {
        let mut ids = Self::default();
        let others = loaded.others.values().filter_map(|other| match other {
            OtherFile::Read(node) => Some(node),
            OtherFile::Invalid | OtherFile::Unreadable(_) => None,
        });
        for root in std::iter::once(&loaded.root).chain(others) {
            let file = loaded.table.file(root.origin);
            let text = loaded.files.get(file).map_or("", |file| &file.text);
            if ADDRESSES.iter().any(|address| text.contains(address)) {
                let base = root.text_of("$self").unwrap_or_default();
                ids.enter(loaded, file, root, base);
            }
        }
        ids
    }

    fn enter(&mut self, loaded: &'a Loaded, file: FileId, node: &'a Node, base: &str) {
        let own = node.text_of("$id").or_else(|| node.text_of("$self"));
        let base = match own {
            Some(id) => {
                let uri = join(base, id.trim_end_matches('#'));
                self.by_uri.entry(uri.clone()).or_insert(node);
                self.bases
                    .push((file, loaded.table.pointer(node.origin), uri.clone()));
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
        match &node.value {
            Value::List(items) => items
                .iter()
                .for_each(|item| self.enter(loaded, file, item, &base)),
            Value::Object(members) => {
                members
                    .values()
                    .for_each(|member| self.enter(loaded, file, member, &base));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
        }
    }

    pub fn is_empty(&self) -> bool {
        self.by_uri.is_empty() && self.anchors.is_empty()
    }

    /// The base URI that holds at a place; empty where none was declared.
    pub fn base(&self, file: FileId, pointer: &str) -> &str {
        let around = self.bases.iter().filter(|(at, from, _)| {
            let inside = pointer.strip_prefix(from.as_str());
            *at == file && inside.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
        around
            .max_by_key(|(_, from, _)| from.len())
            .map_or("", |(.., uri)| uri)
    }

    /// The schema with an address, as it is written at a place with this base.
    pub fn find(&self, base: &str, reference: &str) -> Option<&'a Node> {
        self.by_uri.get(&join(base, reference)).copied()
    }

    /// The schema with an anchor, in the resource with this base or else anywhere in the file.
    pub fn anchor(&self, file: FileId, base: &str, name: &str) -> Option<&'a Node> {
        let key = (file, base.to_owned(), name.to_owned());
        self.anchors.get(&key).copied().or_else(|| {
            let mut same = self
                .anchors
                .iter()
                .filter(|((at, _, other), _)| *at == file && other == name);
            same.next().map(|(_, node)| *node)
        })
    }
}

/// A URI reference against its base (RFC 3986 section 5.2, as far as schemas use it).
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
            let rest = base.get(authority..).unwrap_or_default();
            rest.find('/').map_or(base.len(), |at| authority + at)
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
    let lead = if tail.is_empty() && !head.is_empty() {
        "/"
    } else {
        ""
    };
    format!("{head}{lead}{}", parts.join("/"))
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
