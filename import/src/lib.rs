//! OpenAPI documents from vendors' reference pages.
//!
//! Some vendors publish a page for each method of their API and no document. [`import`] reads such pages and writes an OpenAPI
//! 3.0.3 document per service; [`compare`] compares a document that is maintained by hand with the pages.
//!
//! ```text
//! detect_format -> parse -> reconcile_front_matter -> resolve -> merge -> names -> openapi -> yaml
//! ```
//!
//! Each step returns a new value: a [`page`] per file, then the [`model`] of a service. Tables take precedence over the front
//! matter, since only they name types in full. Whatever is dropped, unreadable or contradictory is a diagnostic with its bytes.
//! Pages that name no types take another way, `sparse_pages`.

mod case;
mod compare;
mod detect_format;
mod front_matter;
mod json_outline;
mod merge;
pub mod model;
mod names;
mod openapi;
pub mod page;
mod page_reporter;
mod parse;
mod reconcile_front_matter;
mod resolve;
mod scanner;
mod service;
mod sparse_pages;
mod template;

pub use compare::{best_match, compare, Difference};
use detect_format::{detect, PageFormat};
use indexmap::IndexMap;
use page_reporter::PageReporter;
use service::TitledPage;
use sparse_pages::SparseOperation;
use typewright::diagnostics::codes::host::UNWRITABLE;
use typewright::diagnostics::codes::import::{IMPORT_NOTHING, IMPORT_SHAPE, IMPORT_TWICE};
use typewright::diagnostics::{Diagnostics, Place};
use typewright::source::{File, FileId, Files};
use typewright::syntax::yaml_output::{print_commented, Mapping};

/// A service's document.
#[derive(Clone, Debug)]
pub struct Document {
    /// The service, in the form of a folder's name: `yandex-metastore`.
    pub service: String,
    /// The document as YAML.
    pub yaml: String,
    /// `true` if the pages name their types.
    named: bool,
    components: IndexMap<String, String>,
    messages: json_outline::Messages,
}

/// Reads pages and writes a document for each of their services, sorted by service.
///
/// The order of the pages makes no difference. Problems are reported to `diagnostics`; unreadable pages are skipped.
///
/// ```
/// use typewright::{diagnostics::Diagnostics, Files};
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
    let mut operations = Vec::new();
    for (id, file) in ordered {
        match read(id, file, diagnostics) {
            Some(Read::Page(page)) => pages.push(page),
            Some(Read::Sparse(operation)) => add(*operation, id, &mut operations, diagnostics),
            None => {}
        }
    }
    if pages.is_empty() && operations.is_empty() {
        let message = "none of the given pages describes an operation";
        diagnostics.push(IMPORT_NOTHING, Place::Nowhere, message);
    }
    let services = service::gather(pages, diagnostics);
    let documents = services.iter().filter_map(|service| document(service, diagnostics));
    let mut documents: Vec<Document> = documents.collect();
    for (service, tree) in sparse_pages::document::all(operations) {
        documents.extend(written(&service, tree, diagnostics).map(|yaml| Document {
            service,
            yaml,
            named: false,
            components: IndexMap::new(),
            messages: json_outline::Messages::new(),
        }));
    }
    documents.sort_by(|one, other| one.service.cmp(&other.service));
    documents
}

/// Adds an operation; reports it instead if another page of its service describes it too.
fn add(
    operation: SparseOperation,
    id: FileId,
    known: &mut Vec<SparseOperation>,
    diagnostics: &mut Diagnostics,
) {
    let service = sparse_pages::document::service;
    let mut same =
        known.iter().filter(|other| (&other.path, other.verb) == (&operation.path, operation.verb));
    if same.any(|other| service(other) == service(&operation)) {
        let message = format!("`{}` is described on another page too", operation.path);
        diagnostics.push(IMPORT_TWICE, Place::Span(id, operation.span), message);
    } else {
        known.push(operation);
    }
}

/// A page after reading.
enum Read {
    Page(TitledPage),
    Sparse(Box<SparseOperation>),
}

fn document(service: &model::Service, diagnostics: &mut Diagnostics) -> Option<Document> {
    let names = names::assign(service, diagnostics);
    let tree = openapi::document(service, &names, diagnostics);
    let named = |key: &String| Some((names.message(key)?.to_owned(), key.clone()));
    Some(Document {
        service: service.key.clone(),
        yaml: written(&service.key, tree, diagnostics)?,
        named: true,
        components: service.messages.keys().filter_map(named).collect(),
        messages: service.messages.clone(),
    })
}

/// The text of a service's document.
fn written(service: &str, tree: Mapping, diagnostics: &mut Diagnostics) -> Option<String> {
    print_commented(tree)
        .map_err(|reason| {
            let message = format!("the document of `{service}` cannot be written: {reason}");
            diagnostics.push(UNWRITABLE, Place::Nowhere, message);
        })
        .ok()
}

/// The outline of a component's JSON, as the pages draw it; `None` if the document has no such object.
pub fn shape(document: &Document, component: &str) -> Option<String> {
    json_outline::draw(&document.messages, document.components.get(component)?)
}

/// Reads a page in its format; `None` if it is refused.
fn read(id: FileId, file: &File, diagnostics: &mut Diagnostics) -> Option<Read> {
    let mut reporter = PageReporter::new(id, diagnostics);
    let sparse = |operation| Read::Sparse(Box::new(operation));
    match detect(&file.name, &file.text) {
        PageFormat::Refused(code, what) => {
            reporter.file(code, format!("this is {what}"));
            None
        }
        PageFormat::Rst => sparse_pages::rst::read(&file.text, &mut reporter).map(sparse),
        PageFormat::Bump => sparse_pages::bump::read(&file.text, &mut reporter).map(sparse),
        PageFormat::Tables => read_tables(id, file, &mut reporter).map(Read::Page),
    }
}

/// Reads a page with tables.
fn read_tables(id: FileId, file: &File, reporter: &mut PageReporter<'_>) -> Option<TitledPage> {
    let (front, body) = front_matter::split(&file.text);
    let start = file.text.len() - body.len();
    let page = parse::page(id, body, start, reporter)?;
    let items = front.and_then(|range| front_matter::read(&file.text, &range, reporter));
    let page = match items {
        Some(items) => reconcile_front_matter::reconcile(page, &items, reporter),
        None => page,
    };
    let page = resolve::with_groups(page, reporter);
    let resolved = resolve::resolve(&page, reporter);
    check_outlines(&page, &resolved, reporter);
    Some(TitledPage { service: service::service_name(&page.title, reporter), resolved })
}

/// Compares the JSON outlines of a page with its tables.
fn check_outlines(
    page: &page::Page,
    resolved: &resolve::ResolvedPage,
    reporter: &mut PageReporter<'_>,
) {
    let mut messages = json_outline::Messages::new();
    for message in &resolved.messages {
        messages.entry(message.key.clone()).or_insert_with(|| message.clone());
    }
    for (binding, operation) in page.bindings.iter().zip(&resolved.operations) {
        let sides = [(&binding.body, &operation.body), (&binding.response, &operation.response)];
        for (section, key) in sides {
            let block = section.as_ref().and_then(|section| section.shape.as_ref());
            let (Some(block), Some(key)) = (block, key) else {
                continue;
            };
            let Some(drawn) = json_outline::draw(&messages, key) else {
                continue;
            };
            if let Some((line, expected)) = json_outline::difference(block, &drawn) {
                let message = format!("the tables make this line `{expected}`");
                reporter.at(IMPORT_SHAPE, &line.span, message);
            }
        }
    }
}
