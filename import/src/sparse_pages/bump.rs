//! Reads the Markdown of a reference page that Bump.sh serves: headings and lists, all on one line.

use super::{nest, Content, Member, Response, Scheme, Shape, SparseOperation};
use crate::page::Verb;
use crate::page_reporter::PageReporter;
use crate::scanner::{Line, Scanner};
use typewright::diagnostics::codes::import::{IMPORT_BROKEN, IMPORT_LEFT_OPEN, IMPORT_ROW};

/// A heading and what follows it, up to the next heading.
struct Piece<'t> {
    level: usize,
    line: Line<'t>,
}

/// Reads a page; `None` without a method and path.
pub fn read(text: &str, reporter: &mut PageReporter<'_>) -> Option<SparseOperation> {
    let pieces = pieces(text);
    let Some(mut page) = head(pieces.first()?) else {
        reporter.file(IMPORT_BROKEN, "the page has no method and path such as `**GET /things**`");
        return None;
    };
    let mut place = Place::Page;
    for piece in pieces.iter().skip(1) {
        place = self::piece(piece, &place, &mut page, reporter);
    }
    let message = "the page does not state which members are required, which values texts have, or what nested objects contain";
    reporter.at(IMPORT_LEFT_OPEN, &page.span, message);
    Some(page.declared(reporter))
}

/// Splits a page at separate runs of `#`.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut starts: Vec<(usize, usize)> = Vec::new();
    for (at, _) in text.match_indices('#') {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at..).unwrap_or_default();
        let level = after.len() - after.trim_start_matches('#').len();
        let opens =
            before.is_empty() || before.ends_with(|c: char| c.is_whitespace() || c == '\u{feff}');
        if opens && level <= 4 && after.trim_start_matches('#').starts_with(' ') {
            starts.push((at, level));
        }
    }
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([text.len()]);
    let pieces = starts.iter().zip(ends).map(|((at, level), end)| Piece {
        level: *level,
        line: Line { text: text.get(at + level..end).unwrap_or_default(), start: at + level }
            .trimmed(),
    });
    pieces.collect()
}

/// `Title **POST /path** text`
fn head(piece: &Piece<'_>) -> Option<SparseOperation> {
    let mut scanner = Scanner::new(piece.line.text);
    let title = scanner.until("**")?.trim().to_owned();
    let request = scanner.until("**")?;
    let (verb, path) = request.split_once(' ')?;
    let start = piece.line.start + piece.line.text.find(request)?;
    Some(SparseOperation {
        title,
        doc: scanner.rest().trim().to_owned(),
        verb: Verb::read(verb)?,
        server: String::new(),
        path: path.trim().to_owned(),
        schemes: Vec::new(),
        parameters: Vec::new(),
        body: None,
        responses: Vec::new(),
        open: vec!["operationId", "tags", "**/required", "**/enum", "**/readOnly"],
        span: start..start + request.len(),
    })
}

/// Section of the next piece.
enum Place {
    Page,
    Responses,
}

fn piece(
    piece: &Piece<'_>,
    place: &Place,
    page: &mut SparseOperation,
    reporter: &mut PageReporter<'_>,
) -> Place {
    let text = piece.line.text;
    let (name, items) = items(&piece.line);
    let level = piece.level;
    match (level, name.split([':', ' ']).next().unwrap_or_default()) {
        (2, "Servers") => page.server = server(text).unwrap_or_default(),
        (2, "Authentication") => page.schemes = schemes(text),
        (2, "Responses") => return Place::Responses,
        (2, "Parameters") => {}
        (3, "Path") => page.parameters.extend(members(&items, "path", reporter)),
        (3, "Query") => page.parameters.extend(members(&items, "query", reporter)),
        (3, "Body:") | (3, "Body") => page.body = content(&name, &items, reporter),
        (3, status) if matches!(place, Place::Responses) => page.responses.push(Response {
            status: status.to_owned(),
            assumed: false,
            doc: name.trim_start_matches(status).trim().to_owned(),
            content: None,
        }),
        (4, "Body:") | (4, "Body") => {
            let content = content(&name, &items, reporter);
            if let Some(response) = page.responses.last_mut() {
                response.content = content;
            }
        }
        _ => reporter.at(
            IMPORT_BROKEN,
            &piece.line.span(),
            format!("`{name}` is no section of this Markdown"),
        ),
    }
    match place {
        Place::Page => Place::Page,
        Place::Responses => Place::Responses,
    }
}

/// The text before the first item, and each item from its name on.
fn items<'t>(line: &Line<'t>) -> (String, Vec<Line<'t>>) {
    let mark = " - **";
    let starts: Vec<usize> = line.text.match_indices(mark).map(|(at, _)| at).collect();
    let name =
        line.text.get(..starts.first().copied().unwrap_or(line.text.len())).unwrap_or_default();
    let ends = starts.iter().skip(1).copied().chain([line.text.len()]);
    let items = starts.iter().zip(ends).map(|(start, end)| Line {
        text: line.text.get(start + mark.len()..end).unwrap_or_default(),
        start: line.start + start + mark.len(),
    });
    (name.to_owned(), items.collect())
}

fn server(text: &str) -> Option<String> {
    let start = text.find("https://")?;
    let url = text.get(start..)?.split([' ', ')']).next()?;
    Some(url.trim_end_matches([':', '/']).to_owned())
}

fn schemes(text: &str) -> Vec<Scheme> {
    let known = [("Service accounts", Scheme::ServiceAccounts), ("Digest auth", Scheme::Digest)];
    known.into_iter().filter(|(name, _)| text.contains(name)).map(|(_, scheme)| scheme).collect()
}

/// `Body: application/json (object) text`
fn content(name: &str, items: &[Line<'_>], reporter: &mut PageReporter<'_>) -> Option<Content> {
    let rest = name.split_once(": ")?.1;
    let (media, doc) = rest.split_once(' ').unwrap_or((rest, ""));
    Some(Content {
        media: media.to_owned(),
        doc: doc.trim().trim_start_matches("(object)").trim().to_owned(),
        members: members(items, "", reporter),
    })
}

fn members(
    items: &[Line<'_>],
    place: &'static str,
    reporter: &mut PageReporter<'_>,
) -> Vec<Member> {
    let mut members = Vec::new();
    for item in items {
        let read = member(item.text, place);
        let name = read.as_ref().map(|member| member.name.clone());
        if !read.is_some_and(|member| nest(&mut members, member)) {
            let name = name.unwrap_or_else(|| item.text.chars().take(40).collect());
            let message = format!("`{name}` is no member that can be read");
            reporter.at(IMPORT_ROW, &item.span(), message);
        }
    }
    members
}

/// `createdAt** (string(date-time)) text`
fn member(text: &str, place: &'static str) -> Option<Member> {
    let mut scanner = Scanner::new(text);
    let name = scanner.until("**")?.to_owned();
    if !scanner.tag(" (") {
        return None;
    }
    let word = scanner.while_some(|c| c != '(' && c != ')')?;
    let format = if scanner.tag("(") { scanner.until(")")? } else { "" };
    let kind = Shape::read(word, format).filter(|_| scanner.tag(")"))?;
    Some(Member {
        name,
        kind,
        required: place == "path",
        place,
        doc: without_footer(scanner.rest()),
    })
}

fn without_footer(text: &str) -> String {
    let text = text.split("[Powered by").next().unwrap_or_default();
    text.trim().to_owned()
}
