//! Reads a page of the generations with `#| … |#` tables into the IR.

pub mod cell;
pub mod enums;
pub mod outline;
pub mod prose;
pub mod sentences;
pub mod table;
pub mod types;

use crate::page::{Binding, Page, Section, Title, Verb};
use crate::say::Say;
use crate::text::{Line, Spanned};
use outline::Block;
use typewright::diagnostics::codes::import::IMPORT_BROKEN;
use typewright::source::FileId;

/// Reads the Markdown after the front matter; nothing where there is no title or no request.
pub fn page(file: FileId, text: &str, start: usize, say: &mut Say<'_>) -> Option<Page> {
    let blocks = outline::blocks(text, start, say);
    let mut reader = Reader {
        title: None,
        doc: Vec::new(),
        bindings: Vec::new(),
        place: Place::Nowhere,
    };
    for block in &blocks {
        reader.block(block, say);
    }
    let Some(title) = reader.title else {
        say.file(
            IMPORT_BROKEN,
            "the page has no title such as `# Service API, REST: Resource.Method`",
        );
        return None;
    };
    if reader.bindings.is_empty() {
        say.at(
            IMPORT_BROKEN,
            &title.span,
            "the page has no `## HTTP request` with a method and a URL",
        );
        return None;
    }
    Some(Page {
        file,
        playground: false,
        title,
        doc: outline::prose(&reader.doc),
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

/// Which section the next block belongs to.
enum Place {
    /// Before the title, or after a heading of no known kind.
    Nowhere,
    Page,
    Request,
    Path,
    Query,
    Body,
    Reply,
    Type,
}

struct Reader<'t> {
    title: Option<Title>,
    doc: Vec<Line<'t>>,
    bindings: Vec<Binding>,
    place: Place,
}

impl<'t> Reader<'t> {
    fn block(&mut self, block: &Block<'t>, say: &mut Say<'_>) {
        match block {
            Block::Heading {
                level,
                text,
                anchor,
            } => self.heading(*level, text, anchor, say),
            Block::Fence(lines) if matches!(self.place, Place::Request) => self.request(lines, say),
            Block::Fence(lines) => {
                let shape = outline::block(lines);
                if let Some(section) = self.section() {
                    section.shape.get_or_insert(shape);
                }
            }
            Block::Table(lines) => {
                let rows = table::rows(lines, say);
                match self.section() {
                    Some(section) => section.rows.extend(rows),
                    None => say.at(
                        IMPORT_BROKEN,
                        &cell::span(lines),
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
        let prose = outline::prose(lines);
        let prose = prose.trim_start_matches("**HTTP Code: 200 - OK**").trim();
        if !prose.is_empty() && section.rows.is_empty() {
            section.doc = [section.doc.as_str(), prose].join("\n\n").trim().to_owned();
        }
    }

    fn heading(&mut self, level: usize, text: &Spanned<String>, anchor: &str, say: &mut Say<'_>) {
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
            "Response" => Place::Reply,
            _ if !anchor.is_empty() && !self.bindings.is_empty() => Place::Type,
            _ => {
                let message = format!("`{}` is no section of the grammar", text.value);
                say.at(IMPORT_BROKEN, &text.span, message);
                Place::Nowhere
            }
        };
        self.open(section(text, anchor), say);
    }

    /// Puts a section where it belongs in the last binding.
    fn open(&mut self, section: Section, say: &mut Say<'_>) {
        if matches!(self.place, Place::Request | Place::Nowhere | Place::Page) {
            return;
        }
        let Some(binding) = self.bindings.last_mut() else {
            say.at(
                IMPORT_BROKEN,
                &section.heading.span,
                "this section comes before any `## HTTP request`",
            );
            self.place = Place::Nowhere;
            return;
        };
        let slot = match self.place {
            Place::Path => &mut binding.path,
            Place::Query => &mut binding.query,
            Place::Body => &mut binding.body,
            Place::Reply => &mut binding.reply,
            Place::Type | Place::Nowhere | Place::Page | Place::Request => {
                binding.sections().push(section);
                return;
            }
        };
        if slot.is_some() {
            say.at(
                IMPORT_BROKEN,
                &section.heading.span,
                "this request has the section already",
            );
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
            Place::Reply => binding.reply.as_mut(),
            Place::Type => binding.sections().last_mut(),
            Place::Nowhere | Place::Page | Place::Request => None,
        }
    }

    /// `POST https://…`
    fn request(&mut self, lines: &[Line<'t>], say: &mut Say<'_>) {
        let Some(line) = lines
            .iter()
            .map(Line::trimmed)
            .find(|line| !line.is_blank())
        else {
            say.at(IMPORT_BROKEN, &cell::span(lines), "this request is empty");
            return;
        };
        let request = line
            .text
            .split_once(' ')
            .and_then(|(verb, url)| Some((Verb::read(verb)?, url.trim())));
        let Some((verb, url)) = request.filter(|(_, url)| url.starts_with("https://")) else {
            say.at(IMPORT_BROKEN, &line.span(), "this is no method and URL");
            return;
        };
        self.bindings.push(Binding {
            verb,
            url: Spanned {
                value: url.to_owned(),
                span: line.span(),
            },
            path: None,
            query: None,
            body: None,
            reply: None,
            types: Vec::new(),
            reply_types: Vec::new(),
        });
    }
}

impl Binding {
    /// The types of the side that is being read: the reply's come after the reply.
    fn sections(&mut self) -> &mut Vec<Section> {
        if self.reply.is_some() {
            &mut self.reply_types
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
