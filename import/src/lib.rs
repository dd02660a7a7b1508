//! OpenAPI documents from vendors' reference pages.
//!
//! Some vendors publish a page for each method of their API and no document. [`import`] reads such pages, as texts with names, and writes one
//! OpenAPI 3.0.3 document a service; [`compare`] holds a document that is kept by hand against what the pages say.
//!
//! ```text
//! generation -> parse -> cross (front matter) -> groups -> link -> merge -> names -> openapi -> write
//! ```
//!
//! Each step returns a new value; the [`page`] is the grammar, the [`model`] is what the pages of a service say together. Tables are
//! followed, since they alone name types in full; the front matter is held against them and gives what it alone has. What was dropped, not
//! read, or is said in two ways is a finding with the bytes that it is about.

mod compare;
mod cross;
mod front_matter;
mod generation;
mod groups;
mod link;
mod merge;
pub mod model;
mod names;
mod openapi;
pub mod page;
mod parse;
mod say;
mod service;
mod shape;
mod sketch;
mod template;
mod text;
mod title;
mod tree;
mod words;
mod write;

pub use compare::{best_match, compare, Difference};
use generation::Generation;
use indexmap::IndexMap;
use say::Say;
use service::Titled;
use typewright::diagnostics::codes::import::{IMPORT_NOTHING, IMPORT_SHAPE, IMPORT_TWICE};
use typewright::diagnostics::{Diagnostics, Place};
use typewright::source::{File, FileId, Files};

/// A service's document.
#[derive(Clone, Debug)]
pub struct Document {
    /// The service, in the form of a folder's name: `yandex-metastore`.
    pub service: String,
    /// The document as YAML.
    pub yaml: String,
    /// Whether the pages name their types.
    named: bool,
    components: IndexMap<String, String>,
    messages: shape::Messages,
}

/// Reads pages and writes a document for each service that they are of, in the order of the services' names.
///
/// The order of the pages does not matter. What is wrong with them goes to `diagnostics`; pages that cannot be read are left out.
///
/// ```
/// use typewright::{diagnostics::Diagnostics, load::Files};
/// let mut files = Files::default();
/// files.add("get.md", "# Toy API, REST: Toy.Get\n\n## HTTP request\n\n```\nGET https://toy.{{ api-host }}/toy/v1/toys/{id}\n```\n");
/// let mut diagnostics = Diagnostics::new();
/// let documents = typewright_import::import(&files, &mut diagnostics);
/// assert_eq!(documents[0].service, "yandex-toy");
/// assert!(documents[0].yaml.contains("operationId: toyGet"));
/// ```
pub fn import(files: &Files, diagnostics: &mut Diagnostics) -> Vec<Document> {
    let mut ordered: Vec<(FileId, &File)> = files.iter().collect();
    ordered.sort_by(|(_, one), (_, other)| one.name.cmp(&other.name));
    let mut pages = Vec::new();
    let mut sketches = Vec::new();
    for (id, file) in ordered {
        match read(id, file, diagnostics) {
            Some(Read::Page(page)) => pages.push(page),
            Some(Read::Sketch(sketch)) => add(*sketch, id, &mut sketches, diagnostics),
            None => {}
        }
    }
    if pages.is_empty() && sketches.is_empty() {
        let message = "none of the given pages describes an operation";
        diagnostics.push(IMPORT_NOTHING, Place::Nowhere, message);
    }
    let services = service::gather(pages, diagnostics);
    let documents = services
        .iter()
        .map(|service| document(service, diagnostics));
    let mut documents: Vec<Document> = documents.collect();
    let sketched = sketch::document::all(sketches).into_iter();
    documents.extend(sketched.map(|(service, tree)| Document {
        service,
        yaml: write::yaml(&tree),
        named: false,
        components: IndexMap::new(),
        messages: shape::Messages::new(),
    }));
    documents.sort_by(|one, other| one.service.cmp(&other.service));
    documents
}

/// Adds an operation unless another page of its service describes it too, which is said.
fn add(
    sketch: sketch::Sketch,
    id: FileId,
    known: &mut Vec<sketch::Sketch>,
    found: &mut Diagnostics,
) {
    let service = sketch::document::service;
    let mut same = known
        .iter()
        .filter(|other| (&other.path, other.verb) == (&sketch.path, sketch.verb));
    if same.any(|other| service(other) == service(&sketch)) {
        let message = format!("`{}` is described on another page too", sketch.path);
        found.push(IMPORT_TWICE, Place::Span(id, sketch.span), message);
    } else {
        known.push(sketch);
    }
}

/// What a file turned out to be.
enum Read {
    Page(Titled),
    Sketch(Box<sketch::Sketch>),
}

fn document(service: &model::Service, diagnostics: &mut Diagnostics) -> Document {
    let names = names::of(service, diagnostics);
    let tree = openapi::document(service, &names, diagnostics);
    let named = |key: &String| Some((names.message(key)?.to_owned(), key.clone()));
    Document {
        service: service.key.clone(),
        yaml: write::yaml(&tree),
        named: true,
        components: service.messages.keys().filter_map(named).collect(),
        messages: service.messages.clone(),
    }
}

/// Draws the JSON's shape of a component, in the form of the pages' own blocks; nothing where the document has no such object.
pub fn shape(document: &Document, component: &str) -> Option<String> {
    shape::of(&document.messages, document.components.get(component)?)
}

/// Reads a file in the grammar that it is in; nothing where it is refused.
fn read(id: FileId, file: &File, diagnostics: &mut Diagnostics) -> Option<Read> {
    let mut say = Say::of(id, diagnostics);
    match generation::of(&file.name, &file.text) {
        Generation::Refused(code, what) => {
            say.file(code, format!("this is {what}"));
            None
        }
        Generation::Rst => sketch::rst::read(&file.text, &mut say).map(sketched),
        Generation::Bump => sketch::bump::read(&file.text, &mut say).map(sketched),
        Generation::Tables => titled(id, file, &mut say).map(Read::Page),
    }
}

fn sketched(sketch: sketch::Sketch) -> Read {
    Read::Sketch(Box::new(sketch))
}

/// What a page of the table generations says.
fn titled(id: FileId, file: &File, say: &mut Say<'_>) -> Option<Titled> {
    let (front, body) = front_matter::split(&file.text);
    let start = file.text.len() - body.len();
    let page = parse::page(id, body, start, say)?;
    let items = front.and_then(|range| front_matter::read(&file.text, &range, say));
    let page = match items {
        Some(items) => cross::page(page, &items, say),
        None => page,
    };
    let page = groups::page(page, say);
    let linked = link::page(&page, say);
    shapes(&page, &linked, say);
    Some(Titled {
        service: title::name(&page.title, say),
        linked,
    })
}

/// Holds the blocks of a page that draw JSON against its tables.
fn shapes(page: &page::Page, linked: &link::Linked, say: &mut Say<'_>) {
    let mut messages = shape::Messages::new();
    for message in &linked.messages {
        messages
            .entry(message.key.clone())
            .or_insert_with(|| message.clone());
    }
    for (binding, operation) in page.bindings.iter().zip(&linked.operations) {
        let sides = [
            (&binding.body, &operation.body),
            (&binding.reply, &operation.reply),
        ];
        for (section, key) in sides {
            let block = section.as_ref().and_then(|section| section.shape.as_ref());
            let (Some(block), Some(key)) = (block, key) else {
                continue;
            };
            let Some(drawn) = shape::of(&messages, key) else {
                continue;
            };
            if let Some((line, wanted)) = shape::difference(block, &drawn) {
                let message = format!("the tables make this line `{wanted}`");
                say.at(IMPORT_SHAPE, &line.span, message);
            }
        }
    }
}
