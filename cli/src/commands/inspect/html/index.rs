//! Entries of the page: their ids, their places in the document, and the diagnostics that concern them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use typewright::api::model::{Operation, Schema};
use typewright::diagnostics::{Diagnostic, Diagnostics, Locator, Place};
use typewright::diff::Model;
use typewright::lower::model::{Arguments, Method, OperationFile, ResponseType};
use typewright::names::Ident;
use typewright::source::{FileId, Files};

/// Id of a type's entry.
pub fn type_id(name: &str) -> String {
    format!("type.{name}")
}

/// Id of an operation's entry; the names of call types are unique.
pub fn call_id(method: &Method) -> String {
    format!("call.{}", method.call.text())
}

/// Id of a diagnostic's entry, by its number.
pub fn diagnostic_id(number: usize) -> String {
    format!("diagnostic.{number}")
}

/// An entry of the page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    /// Id of its element.
    pub id: String,
    /// Name in Rust.
    pub name: String,
}

/// Look-ups for all parts of the page.
#[derive(Debug)]
pub struct Index<'a> {
    /// Entry of each generated type by name.
    types: BTreeSet<&'a str>,
    schemas: BTreeMap<&'a Ident, &'a Schema>,
    operations: BTreeMap<&'a str, &'a Operation>,
    /// Diagnostics with the entry that each concerns, in the order of their report.
    pub diagnostics: Vec<(&'a Diagnostic, Option<Target>)>,
    /// Numbers of the diagnostics that concern an entry, by its id.
    concerns: BTreeMap<String, Vec<usize>>,
    locator: RefCell<Locator<'a>>,
}

impl<'a> Index<'a> {
    /// Indexes the model of a document, if there is one, and its diagnostics.
    pub fn new(model: Option<&'a Model>, diagnostics: &'a Diagnostics, files: &'a Files) -> Self {
        let mut index = Self {
            types: BTreeSet::new(),
            schemas: BTreeMap::new(),
            operations: BTreeMap::new(),
            diagnostics: Vec::new(),
            concerns: BTreeMap::new(),
            locator: RefCell::new(Locator::new(files)),
        };
        let places = model.map(|model| index.add_model(model)).unwrap_or_default();
        for (number, diagnostic) in diagnostics.iter().enumerate() {
            let target = concerned(&places, &diagnostic.place).cloned();
            if let Some(target) = &target {
                index.concerns.entry(target.id.clone()).or_default().push(number);
            }
            index.diagnostics.push((diagnostic, target));
        }
        index
    }

    /// Adds the entries of a model; returns them by their places.
    fn add_model(&mut self, model: &'a Model) -> Places {
        let mut places = Places::new();
        for (id, names) in &model.names.types {
            let Some(schema) = model.api.schemas.get(*id) else { continue };
            let both = [Some(&names.read), names.input.as_ref()].into_iter().flatten();
            self.schemas.extend(both.map(|name| (name, schema)));
        }
        let items = model.krate.types.iter().flat_map(|file| &file.items);
        for item in items {
            let name = item.name().text();
            self.types.insert(name);
            if let Some(schema) = self.schemas.get(item.name()) {
                let target = Target { id: type_id(name), name: name.to_owned() };
                insert(&mut places, &schema.at.place, target);
            }
        }
        self.types.extend(model.krate.incoming.iter().map(|alias| alias.name.text()));
        let operations = model.api.operations.iter();
        self.operations.extend(operations.map(|operation| (operation.id.as_str(), operation)));
        let files = model.krate.client.iter().flat_map(|client| &client.files);
        for (file, method) in files.flat_map(|file| file.methods.iter().map(move |one| (file, one)))
        {
            self.types.extend(own_types(method).into_iter().map(Ident::text));
            if let Some(operation) = self.operations.get(method.data.id.as_str()) {
                let target = Target { id: call_id(method), name: path(file, method) };
                insert(&mut places, &operation.at.place, target);
            }
        }
        places
    }

    /// `true` if a type has an entry.
    pub fn has_entry(&self, name: &str) -> bool {
        self.types.contains(name)
    }

    /// Schema of a type.
    pub fn schema(&self, name: &Ident) -> Option<&'a Schema> {
        self.schemas.get(name).copied()
    }

    /// Operation of a method.
    pub fn operation(&self, method: &Method) -> Option<&'a Operation> {
        self.operations.get(method.data.id.as_str()).copied()
    }

    /// Numbers of the diagnostics that concern an entry.
    pub fn concerning(&self, id: &str) -> &[usize] {
        self.concerns.get(id).map_or(&[], Vec::as_slice)
    }

    /// A place as `file:line:column`; `None` if it is in no file.
    pub fn place(&self, place: &Place) -> Option<String> {
        let located = self.locator.borrow_mut().locate(place)?;
        Some(format!("{}:{}:{}", located.file.name, located.line, located.column))
    }

    /// The line of a place in three parts: before it, itself and after it. A long line is cut.
    pub fn excerpt(&self, place: &Place) -> Option<[&'a str; 3]> {
        let located = self.locator.borrow_mut().locate(place)?;
        let text = located.file.text.as_str();
        if located.range.is_empty() && located.range.start == 0 {
            return None;
        }
        let (before, rest) = text.split_at_checked(located.range.start)?;
        let length = located.range.len().min(MAX_EXCERPT);
        let (marked, after) = rest.split_at_checked(boundary(rest, length))?;
        let is_whole = !marked.contains('\n') && marked.len() == located.range.len();
        let marked = marked.lines().next().unwrap_or_default();
        let before = before.get(boundary_after(before, MAX_EXCERPT)..).unwrap_or_default();
        let before = before.rsplit('\n').next().unwrap_or_default();
        let after = after.get(..boundary(after, MAX_EXCERPT)).unwrap_or_default();
        let after = after.lines().next().filter(|_| is_whole);
        Some([before, marked, after.unwrap_or_default()])
    }
}

/// Bytes of a line that are shown before, in and after a place: a minified document is one line.
const MAX_EXCERPT: usize = 160;

/// The last boundary of a character at or before an offset.
fn boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The first boundary of a character in the last `length` bytes.
fn boundary_after(text: &str, length: usize) -> usize {
    let mut at = text.len().saturating_sub(length);
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// Types that belong to an operation: those of its arguments, its body and its responses.
fn own_types(method: &Method) -> Vec<&Ident> {
    let arguments = match &method.arguments {
        Arguments::Struct(name, _) => Some(name),
        Arguments::List(_) => None,
    };
    let body = method.body_choice.as_ref().map(|choice| &choice.name);
    let responses = [&method.output, &method.error].map(|response| match response {
        ResponseType::Several(several) => Some(&several.name),
        ResponseType::One(_) | ResponseType::Undocumented => None,
    });
    [arguments, body].into_iter().chain(responses).flatten().collect()
}

/// The expression that begins a call, without its arguments: `client.pets().list`.
pub fn path(file: &OperationFile, method: &Method) -> String {
    match &file.group {
        Some(group) => format!("client.{}().{}", group.accessor, method.name),
        None => format!("client.{}", method.name),
    }
}

/// Entries by file and pointer.
type Places = BTreeMap<(FileId, String), Target>;

fn insert(places: &mut Places, place: &Place, target: Target) {
    if let Place::Pointer(file, pointer) | Place::Key(file, pointer) = place {
        places.entry((*file, pointer.clone())).or_insert(target);
    }
}

/// The entry of the innermost element around a place.
fn concerned<'p>(places: &'p Places, place: &Place) -> Option<&'p Target> {
    let (Place::Pointer(file, pointer) | Place::Key(file, pointer)) = place else {
        return None;
    };
    let ancestors = std::iter::successors(Some(pointer.as_str()), |pointer| {
        pointer.rsplit_once('/').map(|(parent, _)| parent)
    });
    let mut ancestors = ancestors;
    ancestors.find_map(|pointer| places.get(&(*file, pointer.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::Index;
    use typewright::diagnostics::{Diagnostics, Place};
    use typewright::source::Files;

    fn excerpt(text: &str, part: &str) -> [String; 3] {
        let mut files = Files::default();
        let id = files.add("pets.yaml", text);
        let start = text.find(part).unwrap();
        let diagnostics = Diagnostics::new();
        let index = Index::new(None, &diagnostics, &files);
        index.excerpt(&Place::Span(id, start..start + part.len())).unwrap().map(str::to_owned)
    }

    #[test]
    fn an_excerpt_is_the_line_of_a_place() {
        assert_eq!(excerpt("a: 1\nb: имя # x\nc: 2\n", "имя"), ["b: ", "имя", " # x"]);
        assert_eq!(excerpt("a: 1\r\nb: 2\r\nc: 3\r\n", "2"), ["b: ", "2", ""]);
        assert_eq!(excerpt("a: 1\nb: |\n  2\n  3\nc: 4", "|\n  2\n  3"), ["b: ", "|", ""]);
        assert_eq!(excerpt("a: 1\nb", "b"), ["", "b", ""]);
    }

    #[test]
    fn a_long_line_is_cut_between_characters() {
        let long = "я".repeat(1000);
        let [before, marked, after] = excerpt(&format!("{long}{{x}}{long}"), "{x}");
        assert_eq!((before, after), ("я".repeat(80), "я".repeat(80)));
        assert_eq!(marked, "{x}");
        let [_, marked, after] = excerpt(&format!("a{long}b"), &long);
        assert_eq!((marked, after), ("я".repeat(80), String::new()));
    }
}
