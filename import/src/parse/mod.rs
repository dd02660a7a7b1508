//! Reads a page of the generations with `#| … |#` tables into the IR.

pub mod blocks;
pub mod sentences;
pub mod table;
pub mod types;

use crate::page::{Binding, Page, Section, Title, Verb};
use crate::page_reporter::PageReporter;
use crate::scanner::{span_of, Line, Spanned};
use blocks::Block;
use typewright::diagnostics::codes::import::IMPORT_BROKEN;
use typewright::source::FileId;

/// Reads the Markdown after the front matter; `None` without a title or a request.
pub fn page(
    file: FileId,
    text: &str,
    start: usize,
    reporter: &mut PageReporter<'_>,
) -> Option<Page> {
    let blocks = blocks::blocks(text, start, reporter);
    let mut reader =
        Reader { title: None, doc: Vec::new(), bindings: Vec::new(), place: Place::Nowhere };
    for block in &blocks {
        reader.block(block, reporter);
    }
    let Some(title) = reader.title else {
        reporter.file(
            IMPORT_BROKEN,
            "the page has no title such as `# Service API, REST: Resource.Method`",
        );
        return None;
    };
    if reader.bindings.is_empty() {
        let message = "the page has no `## HTTP request` with a method and a URL";
        reporter.at(IMPORT_BROKEN, &title.span, message);
        return None;
    }
    Some(Page {
        file,
        playground: false,
        title,
        doc: blocks::prose(&reader.doc),
        bindings: reader.bindings,
    })
}

/// `Managed Service for Trino API, REST: Catalog.Update` as its parts.
pub fn title(heading: &Spanned<String>) -> Option<Title> {
    let (service, method) = heading.value.rsplit_once("REST:")?;
    let (resource, method) = method.trim().split_once('.')?;
    let word = |text: &str| !text.is_empty() && text.chars().all(char::is_alphanumeric);
    (word(resource) && word(method)).then(|| Title {
        service: service.trim().trim_end_matches(',').to_owned(),
        resource: resource.to_owned(),
        method: method.to_owned(),
        span: heading.span.clone(),
    })
}

/// Section of the next block.
enum Place {
    /// Before the title, or after a heading of no known kind.
    Nowhere,
    Page,
    Request,
    Path,
    Query,
    Body,
    Response,
    Type,
}

struct Reader<'t> {
    title: Option<Title>,
    doc: Vec<Line<'t>>,
    bindings: Vec<Binding>,
    place: Place,
}

impl<'t> Reader<'t> {
    fn block(&mut self, block: &Block<'t>, reporter: &mut PageReporter<'_>) {
        match block {
            Block::Heading { level, text, anchor } => self.heading(*level, text, anchor, reporter),
            Block::Fence(lines) if matches!(self.place, Place::Request) => {
                self.request(lines, reporter)
            }
            Block::Fence(lines) => {
                let shape = blocks::block(lines);
                if let Some(section) = self.section() {
                    section.shape.get_or_insert(shape);
                }
            }
            Block::Table(lines) => {
                let rows = table::rows(lines, reporter);
                match self.section() {
                    Some(section) => section.rows.extend(rows),
                    None => reporter.at(
                        IMPORT_BROKEN,
                        &span_of(lines),
                        "no section is known for this table",
                    ),
                }
            }
            Block::Text(lines) => self.text(lines),
        }
    }

    fn text(&mut self, lines: &[Line<'t>]) {
        if matches!(self.place, Place::Page) {
            self.doc.extend_from_slice(lines);
            return;
        }
        let Some(section) = self.section() else {
            return;
        };
        let prose = blocks::prose(lines);
        let prose = prose.trim_start_matches("**HTTP Code: 200 - OK**").trim();
        if !prose.is_empty() && section.rows.is_empty() {
            section.doc = [section.doc.as_str(), prose].join("\n\n").trim().to_owned();
        }
    }

    fn heading(
        &mut self,
        level: usize,
        text: &Spanned<String>,
        anchor: &str,
        reporter: &mut PageReporter<'_>,
    ) {
        if level == 1 {
            self.place = Place::Page;
            self.title = self.title.take().or_else(|| title(text));
            return;
        }
        self.place = match text.value.as_str() {
            "HTTP request" => Place::Request,
            "Path parameters" => Place::Path,
            "Query parameters" => Place::Query,
            "Body parameters" => Place::Body,
            "Response" => Place::Response,
            _ if !anchor.is_empty() && !self.bindings.is_empty() => Place::Type,
            _ => {
                let message = format!("`{}` is no section of the grammar", text.value);
                reporter.at(IMPORT_BROKEN, &text.span, message);
                Place::Nowhere
            }
        };
        self.open(section(text, anchor), reporter);
    }

    /// Puts a section where it belongs in the last binding.
    fn open(&mut self, section: Section, reporter: &mut PageReporter<'_>) {
        if matches!(self.place, Place::Request | Place::Nowhere | Place::Page) {
            return;
        }
        let Some(binding) = self.bindings.last_mut() else {
            let message = "this section comes before any `## HTTP request`";
            reporter.at(IMPORT_BROKEN, &section.heading.span, message);
            self.place = Place::Nowhere;
            return;
        };
        let slot = match self.place {
            Place::Path => &mut binding.path,
            Place::Query => &mut binding.query,
            Place::Body => &mut binding.body,
            Place::Response => &mut binding.response,
            Place::Type | Place::Nowhere | Place::Page | Place::Request => {
                binding.sections().push(section);
                return;
            }
        };
        if slot.is_some() {
            let message = "this request has the section already";
            reporter.at(IMPORT_BROKEN, &section.heading.span, message);
        }
        slot.get_or_insert(section);
    }

    /// The section that is being read.
    fn section(&mut self) -> Option<&mut Section> {
        let binding = self.bindings.last_mut()?;
        match self.place {
            Place::Path => binding.path.as_mut(),
            Place::Query => binding.query.as_mut(),
            Place::Body => binding.body.as_mut(),
            Place::Response => binding.response.as_mut(),
            Place::Type => binding.sections().last_mut(),
            Place::Nowhere | Place::Page | Place::Request => None,
        }
    }

    /// `POST https://…`
    fn request(&mut self, lines: &[Line<'t>], reporter: &mut PageReporter<'_>) {
        let Some(line) = lines.iter().map(Line::trimmed).find(|line| !line.is_blank()) else {
            reporter.at(IMPORT_BROKEN, &span_of(lines), "this request is empty");
            return;
        };
        let request =
            line.text.split_once(' ').and_then(|(verb, url)| Some((Verb::read(verb)?, url.trim())));
        let Some((verb, url)) = request.filter(|(_, url)| url.starts_with("https://")) else {
            reporter.at(IMPORT_BROKEN, &line.span(), "this is no method and URL");
            return;
        };
        self.bindings.push(Binding {
            verb,
            url: Spanned { value: url.to_owned(), span: line.span() },
            path: None,
            query: None,
            body: None,
            response: None,
            types: Vec::new(),
            response_types: Vec::new(),
        });
    }
}

impl Binding {
    /// The types of the side that is being read: the response's come after the response.
    fn sections(&mut self) -> &mut Vec<Section> {
        if self.response.is_some() {
            &mut self.response_types
        } else {
            &mut self.types
        }
    }
}

fn section(heading: &Spanned<String>, anchor: &str) -> Section {
    Section {
        heading: heading.clone(),
        anchor: anchor.to_owned(),
        shape: None,
        doc: String::new(),
        rows: Vec::new(),
        closed: false,
        groups: Vec::new(),
    }
}
