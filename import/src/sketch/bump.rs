//! Reads the Markdown that Bump.sh serves beside a reference page: headings and lists, all on one line.

use super::{nest, Content, Member, Reply, Scheme, Shape, Sketch};
use crate::page::Verb;
use crate::say::Say;
use crate::text::{Line, Scan};
use typewright::diagnostics::codes::import::{IMPORT_BROKEN, IMPORT_LEFT_OPEN, IMPORT_ROW};

/// A heading and what follows it, up to the next heading.
struct Piece<'t> {
    level: usize,
    line: Line<'t>,
}

/// Reads a page; nothing where it has no method and path.
pub fn read(text: &str, say: &mut Say<'_>) -> Option<Sketch> {
    let pieces = pieces(text);
    let Some(mut sketch) = head(pieces.first()?) else {
        say.file(
            IMPORT_BROKEN,
            "the page has no method and path such as `**GET /things**`",
        );
        return None;
    };
    let mut place = Place::Page;
    for piece in pieces.iter().skip(1) {
        place = self::piece(piece, &place, &mut sketch, say);
    }
    let message = "the page does not say which members are required, which values a text has, nor what nested objects hold";
    say.at(IMPORT_LEFT_OPEN, &sketch.span, message);
    Some(sketch.declared(say))
}

/// Splits where a run of `#` stands alone.
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
        line: Line {
            text: text.get(at + level..end).unwrap_or_default(),
            start: at + level,
        }
        .trimmed(),
    });
    pieces.collect()
}

/// `Title **POST /path** text`
fn head(piece: &Piece<'_>) -> Option<Sketch> {
    let mut scan = Scan::new(piece.line.text);
    let title = scan.until("**")?.trim().to_owned();
    let request = scan.until("**")?;
    let (verb, path) = request.split_once(' ')?;
    let start = piece.line.start + piece.line.text.find(request)?;
    Some(Sketch {
        title,
        doc: scan.rest().trim().to_owned(),
        verb: Verb::read(verb)?,
        server: String::new(),
        path: path.trim().to_owned(),
        schemes: Vec::new(),
        parameters: Vec::new(),
        body: None,
        replies: Vec::new(),
        open: vec![
            "operationId",
            "tags",
            "**/required",
            "**/enum",
            "**/readOnly",
        ],
        span: start..start + request.len(),
    })
}

/// What the pieces below a heading are of.
enum Place {
    Page,
    Replies,
}

fn piece(piece: &Piece<'_>, place: &Place, sketch: &mut Sketch, say: &mut Say<'_>) -> Place {
    let words = piece.line.text;
    let (name, items) = items(&piece.line);
    let level = piece.level;
    match (level, name.split([':', ' ']).next().unwrap_or_default()) {
        (2, "Servers") => sketch.server = server(words).unwrap_or_default(),
        (2, "Authentication") => sketch.schemes = schemes(words),
        (2, "Responses") => return Place::Replies,
        (2, "Parameters") => {}
        (3, "Path") => sketch.parameters.extend(members(&items, "path", say)),
        (3, "Query") => sketch.parameters.extend(members(&items, "query", say)),
        (3, "Body:") | (3, "Body") => sketch.body = content(&name, &items, say),
        (3, status) if matches!(place, Place::Replies) => sketch.replies.push(Reply {
            status: status.to_owned(),
            assumed: false,
            doc: name.trim_start_matches(status).trim().to_owned(),
            content: None,
        }),
        (4, "Body:") | (4, "Body") => {
            let content = content(&name, &items, say);
            if let Some(reply) = sketch.replies.last_mut() {
                reply.content = content;
            }
        }
        _ => say.at(
            IMPORT_BROKEN,
            &piece.line.span(),
            format!("`{name}` is no section of this Markdown"),
        ),
    }
    match place {
        Place::Page => Place::Page,
        Place::Replies => Place::Replies,
    }
}

/// The words before the first item, and each item from its name on.
fn items<'t>(line: &Line<'t>) -> (String, Vec<Line<'t>>) {
    let mark = " - **";
    let found: Vec<usize> = line.text.match_indices(mark).map(|(at, _)| at).collect();
    let name = line
        .text
        .get(..found.first().copied().unwrap_or(line.text.len()))
        .unwrap_or_default();
    let ends = found.iter().skip(1).copied().chain([line.text.len()]);
    let items = found.iter().zip(ends).map(|(start, end)| Line {
        text: line.text.get(start + mark.len()..end).unwrap_or_default(),
        start: line.start + start + mark.len(),
    });
    (name.to_owned(), items.collect())
}

fn server(words: &str) -> Option<String> {
    let start = words.find("https://")?;
    let url = words.get(start..)?.split([' ', ')']).next()?;
    Some(url.trim_end_matches([':', '/']).to_owned())
}

fn schemes(words: &str) -> Vec<Scheme> {
    let known = [
        ("Service accounts", Scheme::ServiceAccounts),
        ("Digest auth", Scheme::Digest),
    ];
    known
        .into_iter()
        .filter(|(name, _)| words.contains(name))
        .map(|(_, scheme)| scheme)
        .collect()
}

/// `Body: application/json (object) text`
fn content(name: &str, items: &[Line<'_>], say: &mut Say<'_>) -> Option<Content> {
    let rest = name.split_once(": ")?.1;
    let (media, doc) = rest.split_once(' ').unwrap_or((rest, ""));
    Some(Content {
        media: media.to_owned(),
        doc: doc.trim().trim_start_matches("(object)").trim().to_owned(),
        members: members(items, "", say),
    })
}

fn members(items: &[Line<'_>], place: &'static str, say: &mut Say<'_>) -> Vec<Member> {
    let mut found = Vec::new();
    for item in items {
        let read = member(item.text, place);
        let name = read.as_ref().map(|member| member.name.clone());
        if !read.is_some_and(|member| nest(&mut found, member)) {
            let name = name.unwrap_or_else(|| item.text.chars().take(40).collect());
            say.at(
                IMPORT_ROW,
                &item.span(),
                format!("`{name}` is no member that can be read"),
            );
        }
    }
    found
}

/// `createdAt** (string(date-time)) text`
fn member(text: &str, place: &'static str) -> Option<Member> {
    let mut scan = Scan::new(text);
    let name = scan.until("**")?.to_owned();
    if !scan.tag(" (") {
        return None;
    }
    let word = scan.while_some(|c| c != '(' && c != ')')?;
    let format = if scan.tag("(") { scan.until(")")? } else { "" };
    let kind = Shape::read(word, format).filter(|_| scan.tag(")"))?;
    Some(Member {
        name,
        kind,
        required: place == "path",
        place,
        doc: told(scan.rest()),
    })
}

fn told(text: &str) -> String {
    let text = text.split("[Powered by").next().unwrap_or_default();
    text.trim().to_owned()
}
