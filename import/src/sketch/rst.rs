//! Reads MongoDB's reStructuredText pages: list tables with dotted names, and examples in code blocks.

use super::{example, nest, Content, Member, Reply, Scheme, Shape, Sketch};
use crate::page::Verb;
use crate::say::Say;
use crate::template;
use crate::text::{lines, span_of, Line};
use typewright::diagnostics::codes::import::{IMPORT_BROKEN, IMPORT_LEFT_OPEN, IMPORT_ROW};

/// A directive such as `.. list-table::` with the lines in it, and the section that it is in.
struct Directive<'t> {
    section: &'t str,
    name: &'t str,
    argument: &'t str,
    body: Vec<Line<'t>>,
    place: Line<'t>,
}

/// Reads a page; nothing where no block has a method and path.
pub fn read(text: &str, say: &mut Say<'_>) -> Option<Sketch> {
    let all: Vec<Line<'_>> = lines(text, 0).collect();
    let directives = directives(&all);
    let request = directives
        .iter()
        .filter(|one| one.name == "code-block" && one.argument == "http");
    let request = request
        .flat_map(|one| &one.body)
        .map(Line::trimmed)
        .find_map(|line| {
            let (verb, path) = line.text.split_once(' ')?;
            Some((Verb::read(verb)?, path.trim(), line.span()))
        });
    let Some((verb, path, span)) = request else {
        say.file(
            IMPORT_BROKEN,
            "the page has no `.. code-block:: http` with a method and a path",
        );
        return None;
    };
    let shell = directives.iter().find(|one| one.argument == "shell");
    let curl = shell.map(curl).unwrap_or_default();
    let (server, prefix) = curl.base(path);
    let mut sketch = Sketch {
        title: title(&all).unwrap_or_default(),
        doc: String::new(),
        verb,
        server,
        path: format!("{prefix}{path}"),
        schemes: if curl.digest {
            vec![Scheme::Digest]
        } else {
            Vec::new()
        },
        parameters: Vec::new(),
        body: None,
        replies: vec![reply(&directives, &curl)],
        open: vec![
            "operationId",
            "tags",
            "responses/200/**/required",
            "responses/200/**/enum",
        ],
        span,
    };
    tables(&directives, &curl, &mut sketch, say);
    left_open(&directives, &sketch, say);
    Some(sketch.declared(say))
}

/// The text between two lines of `=`.
fn title(lines: &[Line<'_>]) -> Option<String> {
    let rule = |line: &Line<'_>| {
        line.text.starts_with("===") && line.text.trim_end_matches('=').trim().is_empty()
    };
    let found = lines.windows(3).find_map(|three| match three {
        [above, title, below] if rule(above) && rule(below) => Some(title.text),
        _ => None,
    })?;
    Some(told(found))
}

/// Every directive. What is indented more than its dots is in it.
fn directives<'t>(lines: &[Line<'t>]) -> Vec<Directive<'t>> {
    let mut section = "";
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let next = lines.get(at + 1).map_or("", |next| next.text);
        if !line.is_blank()
            && ["---", "~~~", "==="]
                .iter()
                .any(|rule| next.starts_with(rule))
        {
            section = line.text.trim();
        }
        let text = line.text.trim_start();
        let Some((name, argument)) = text
            .strip_prefix(".. ")
            .and_then(|text| text.split_once("::"))
        else {
            continue;
        };
        let depth = line.text.len() - text.len();
        let body = lines.get(at + 1..).unwrap_or_default().iter();
        let body = body.take_while(|line| line.is_blank() || indent(line) > depth);
        found.push(Directive {
            section,
            name,
            argument: argument.trim(),
            body: body.skip_while(|line| is_option(line)).copied().collect(),
            place: *line,
        });
    }
    found
}

/// `:widths: 20 14 11 55`, right below a directive.
fn is_option(line: &Line<'_>) -> bool {
    let text = line.text.trim();
    let name = text.strip_prefix(':').and_then(|text| text.split_once(':'));
    name.is_some_and(|(name, rest)| !name.contains(' ') && !rest.starts_with('`'))
}

fn indent(line: &Line<'_>) -> usize {
    line.text.len() - line.text.trim_start().len()
}

/// What the example request shows.
#[derive(Default)]
struct Curl {
    url: String,
    digest: bool,
    accept: String,
    content_type: String,
}

fn curl(shell: &Directive<'_>) -> Curl {
    let mut curl = Curl::default();
    for line in &shell.body {
        let quoted = || line.text.split('"').nth(1).unwrap_or_default();
        let header = quoted().split_once(": ");
        match header {
            Some(("Accept", value)) => value.clone_into(&mut curl.accept),
            Some(("Content-Type", value)) => value.clone_into(&mut curl.content_type),
            _ if line.text.contains("\"https://") => quoted().clone_into(&mut curl.url),
            _ => {}
        }
        curl.digest |= line.text.contains("--digest");
    }
    curl
}

impl Curl {
    /// The server, and what the resource's path lacks at its start.
    fn base(&self, path: &str) -> (String, String) {
        let (host, full) = template::split(&self.url);
        let prefix = full.strip_suffix(path).unwrap_or_default();
        (format!("https://{host}"), prefix.to_owned())
    }
}

/// The reply, as far as examples show it.
fn reply(directives: &[Directive<'_>], curl: &Curl) -> Reply {
    let shown = directives
        .iter()
        .filter(|one| one.name == "code-block" && one.argument == "json");
    let shown = shown.filter_map(|one| {
        let text: Vec<&str> = one.body.iter().map(|line| line.text).collect();
        example::members(&text.join("\n"))
    });
    let members = shown.reduce(example::merged);
    Reply {
        status: "200".to_owned(),
        assumed: true,
        doc: "OK".to_owned(),
        content: members.map(|members| Content {
            media: media(&curl.accept),
            doc: String::new(),
            members,
        }),
    }
}

fn media(header: &str) -> String {
    if header.is_empty() {
        "application/json".to_owned()
    } else {
        header.to_owned()
    }
}

fn tables(directives: &[Directive<'_>], curl: &Curl, sketch: &mut Sketch, say: &mut Say<'_>) {
    for table in directives.iter().filter(|one| one.name == "list-table") {
        let place = match table.section {
            section if section.contains("Path") => "path",
            section if section.contains("Query") => "query",
            section if section.contains("Body") => "",
            _ => {
                let message = format!(
                    "the table under `{}` is of no kind that is known",
                    table.section
                );
                say.at(IMPORT_BROKEN, &table.place.span(), message);
                continue;
            }
        };
        let members = members(table, place, say);
        if place.is_empty() {
            sketch.body = Some(Content {
                media: media(&curl.content_type),
                doc: String::new(),
                members,
            });
        } else {
            sketch.parameters.extend(members);
        }
    }
}

/// The rows of a list table after its header: `* - name` and a `- cell` for each further column.
fn members(table: &Directive<'_>, place: &'static str, say: &mut Say<'_>) -> Vec<Member> {
    let mut rows: Vec<Vec<Vec<Line<'_>>>> = Vec::new();
    for line in &table.body {
        let text = line.trimmed();
        let (cell, new_row) = match text.text.strip_prefix("* -") {
            Some(_) => (Some(text.from(3)), true),
            None => (text.text.strip_prefix("- ").map(|_| text.from(2)), false),
        };
        if new_row {
            rows.push(Vec::new());
        }
        let Some(row) = rows.last_mut() else { continue };
        match (cell, row.last_mut()) {
            (Some(cell), _) => row.push(vec![cell.trimmed()]),
            (None, Some(last)) => last.push(text),
            (None, None) => {}
        }
    }
    let mut found = Vec::new();
    for row in rows.iter().skip(1) {
        let span = span_of(row.first().map_or(&[], Vec::as_slice));
        if !member(row, place).is_some_and(|member| nest(&mut found, member)) {
            say.at(
                IMPORT_ROW,
                &span,
                "this row is no member with name, type and necessity",
            );
        }
    }
    found
}

fn member(row: &[Vec<Line<'_>>], place: &'static str) -> Option<Member> {
    let [name, kind, necessity, text @ ..] = row else {
        return None;
    };
    let words = |cell: &[Line<'_>]| {
        let lines: Vec<&str> = cell.iter().map(|line| line.text).collect();
        told(lines.join("\n").trim())
    };
    Some(Member {
        name: words(name).trim_matches('`').to_owned(),
        kind: Shape::read(&words(kind), "")?,
        required: place == "path" || words(necessity) == "Required",
        place,
        doc: text
            .iter()
            .map(|cell| words(cell))
            .collect::<Vec<String>>()
            .join("\n\n"),
    })
}

/// A text without what only the vendor's site resolves: roles, substitutions, literals' second backtick.
fn told(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(":`").or_else(|| rest.split_once(":doc:`")) {
        let role = before.rfind(':').filter(|at| {
            before
                .get(at + 1..)
                .is_some_and(|role| role.chars().all(char::is_alphabetic))
        });
        let Some((at, (link, after))) = role.zip(after.split_once('`')) else {
            break;
        };
        out.push_str(before.get(..at).unwrap_or_default());
        out.push_str(link.split('<').next().unwrap_or_default().trim());
        rest = after;
    }
    out.push_str(rest);
    out.replace("{+", "")
        .replace("+}", "")
        .replace('|', "")
        .replace("``", "`")
}

/// Says what is in files that are not at hand.
fn left_open(directives: &[Directive<'_>], sketch: &Sketch, say: &mut Say<'_>) {
    for include in directives.iter().filter(|one| one.name == "include") {
        let message = format!("`{}` is not on the page", include.argument);
        say.at(IMPORT_LEFT_OPEN, &include.place.span(), message);
    }
    let message = "the page states no status, and the reply's members come from its examples";
    say.at(IMPORT_LEFT_OPEN, &sketch.span, message);
}
