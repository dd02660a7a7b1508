//! Reads MongoDB's reStructuredText pages: list tables with dotted names, and examples in code blocks.

use super::{nest, Content, Member, Response, Scheme, Shape, SparseOperation};
use crate::page::Verb;
use crate::page_reporter::PageReporter;
use crate::scanner::{lines, span_of, Line};
use crate::template;
use typewright::diagnostics::codes::import::{IMPORT_BROKEN, IMPORT_LEFT_OPEN, IMPORT_ROW};
use typewright::syntax::{parse_text, Node, Value};

/// A directive such as `.. list-table::` with the lines in it, and the section that it is in.
struct Directive<'t> {
    section: &'t str,
    name: &'t str,
    argument: &'t str,
    body: Vec<Line<'t>>,
    place: Line<'t>,
}

/// Reads a page; `None` if no block has a method and path.
pub fn read(text: &str, reporter: &mut PageReporter<'_>) -> Option<SparseOperation> {
    let all: Vec<Line<'_>> = lines(text, 0).collect();
    let directives = directives(&all);
    let request =
        directives.iter().filter(|one| one.name == "code-block" && one.argument == "http");
    let request = request.flat_map(|one| &one.body).map(Line::trimmed).find_map(|line| {
        let (verb, path) = line.text.split_once(' ')?;
        Some((Verb::read(verb)?, path.trim(), line.span()))
    });
    let Some((verb, path, span)) = request else {
        reporter
            .file(IMPORT_BROKEN, "the page has no `.. code-block:: http` with a method and a path");
        return None;
    };
    let shell = directives.iter().find(|one| one.argument == "shell");
    let curl = shell.map(curl).unwrap_or_default();
    let (server, prefix) = curl.base(path);
    let mut page = SparseOperation {
        title: title(&all).unwrap_or_default(),
        doc: String::new(),
        verb,
        server,
        path: format!("{prefix}{path}"),
        schemes: if curl.digest { vec![Scheme::Digest] } else { Vec::new() },
        parameters: Vec::new(),
        body: None,
        responses: vec![response(&directives, &curl)],
        open: vec!["operationId", "tags", "responses/200/**/required", "responses/200/**/enum"],
        span,
    };
    tables(&directives, &curl, &mut page, reporter);
    left_open(&directives, &page, reporter);
    Some(page.declared(reporter))
}

/// The text between two lines of `=`.
fn title(lines: &[Line<'_>]) -> Option<String> {
    let rule = |line: &Line<'_>| {
        line.text.starts_with("===") && line.text.trim_end_matches('=').trim().is_empty()
    };
    let title = lines.windows(3).find_map(|three| match three {
        [above, title, below] if rule(above) && rule(below) => Some(title.text),
        _ => None,
    })?;
    Some(plain_text(title))
}

/// Every directive. What is indented more than its dots is in it.
fn directives<'t>(lines: &[Line<'t>]) -> Vec<Directive<'t>> {
    let mut section = "";
    let mut directives = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let next = lines.get(at + 1).map_or("", |next| next.text);
        if !line.is_blank() && ["---", "~~~", "==="].iter().any(|rule| next.starts_with(rule)) {
            section = line.text.trim();
        }
        let text = line.text.trim_start();
        let Some((name, argument)) =
            text.strip_prefix(".. ").and_then(|text| text.split_once("::"))
        else {
            continue;
        };
        let depth = line.text.len() - text.len();
        let body = lines.get(at + 1..).unwrap_or_default().iter();
        let body = body.take_while(|line| line.is_blank() || indent(line) > depth);
        directives.push(Directive {
            section,
            name,
            argument: argument.trim(),
            body: body.skip_while(|line| is_option(line)).copied().collect(),
            place: *line,
        });
    }
    directives
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

/// Contents of the example request.
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

/// The response, as far as examples show it.
fn response(directives: &[Directive<'_>], curl: &Curl) -> Response {
    let examples =
        directives.iter().filter(|one| one.name == "code-block" && one.argument == "json");
    let examples = examples.filter_map(|one| {
        let text: Vec<&str> = one.body.iter().map(|line| line.text).collect();
        example_members(&text.join("\n"))
    });
    let members = examples.reduce(merged_members);
    Response {
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

fn tables(
    directives: &[Directive<'_>],
    curl: &Curl,
    page: &mut SparseOperation,
    reporter: &mut PageReporter<'_>,
) {
    for table in directives.iter().filter(|one| one.name == "list-table") {
        let place = match table.section {
            section if section.contains("Path") => "path",
            section if section.contains("Query") => "query",
            section if section.contains("Body") => "",
            _ => {
                let message =
                    format!("the table under `{}` is of no kind that is known", table.section);
                reporter.at(IMPORT_BROKEN, &table.place.span(), message);
                continue;
            }
        };
        let members = members(table, place, reporter);
        if place.is_empty() {
            page.body =
                Some(Content { media: media(&curl.content_type), doc: String::new(), members });
        } else {
            page.parameters.extend(members);
        }
    }
}

/// The rows of a list table after its header: `* - name` and a `- cell` for each further column.
fn members(
    table: &Directive<'_>,
    place: &'static str,
    reporter: &mut PageReporter<'_>,
) -> Vec<Member> {
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
    let mut members = Vec::new();
    for row in rows.iter().skip(1) {
        let span = span_of(row.first().map_or(&[], Vec::as_slice));
        if !member(row, place).is_some_and(|member| nest(&mut members, member)) {
            reporter.at(IMPORT_ROW, &span, "this row is no member with name, type and necessity");
        }
    }
    members
}

fn member(row: &[Vec<Line<'_>>], place: &'static str) -> Option<Member> {
    let [name, kind, necessity, text @ ..] = row else {
        return None;
    };
    let text_of = |cell: &[Line<'_>]| {
        let lines: Vec<&str> = cell.iter().map(|line| line.text).collect();
        plain_text(lines.join("\n").trim())
    };
    Some(Member {
        name: text_of(name).trim_matches('`').to_owned(),
        kind: Shape::read(&text_of(kind), "")?,
        required: place == "path" || text_of(necessity) == "Required",
        place,
        doc: text.iter().map(|cell| text_of(cell)).collect::<Vec<String>>().join("\n\n"),
    })
}

/// The text without markup that only the vendor's site resolves: roles, substitutions, the second backtick of literals.
fn plain_text(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(":`").or_else(|| rest.split_once(":doc:`")) {
        let role = before.rfind(':').filter(|at| {
            before.get(at + 1..).is_some_and(|role| role.chars().all(char::is_alphabetic))
        });
        let Some((at, (link, after))) = role.zip(after.split_once('`')) else {
            break;
        };
        out.push_str(before.get(..at).unwrap_or_default());
        out.push_str(link.split('<').next().unwrap_or_default().trim());
        rest = after;
    }
    out.push_str(rest);
    out.replace("{+", "").replace("+}", "").replace('|', "").replace("``", "`")
}

/// Reports included files, which are not available.
fn left_open(
    directives: &[Directive<'_>],
    page: &SparseOperation,
    reporter: &mut PageReporter<'_>,
) {
    for include in directives.iter().filter(|one| one.name == "include") {
        let message = format!("`{}` is not on the page", include.argument);
        reporter.at(IMPORT_LEFT_OPEN, &include.place.span(), message);
    }
    let message = "the page states no status, and the response's members come from its examples";
    reporter.at(IMPORT_LEFT_OPEN, &page.span, message);
}

/// The members of a JSON object; `None` for other texts. The reader of YAML accepts all of JSON.
fn example_members(json: &str) -> Option<Vec<Member>> {
    let value = parse_text(json).ok()?;
    match shape(&value) {
        Shape::Object(members) if value.as_object().is_some() => Some(members),
        Shape::Object(_) | Shape::Plain(..) | Shape::List(_) | Shape::Any => None,
    }
}

fn shape(node: &Node) -> Shape {
    match &node.value {
        Value::Text(text) => Shape::Plain("string", format(text).to_owned()),
        Value::Bool(_) => Shape::Plain("boolean", String::new()),
        Value::Number(text) if text.contains(['.', 'e', 'E']) => {
            Shape::Plain("number", String::new())
        }
        Value::Number(_) => Shape::Plain("integer", String::new()),
        Value::List(items) => {
            let all = items.iter().map(shape).reduce(both).unwrap_or(Shape::Any);
            Shape::List(Box::new(all))
        }
        Value::Object(members) => {
            Shape::Object(members.iter().map(|(name, node)| example_member(name, node)).collect())
        }
        Value::Null => Shape::Any,
    }
}

fn example_member(name: &str, value: &Node) -> Member {
    Member {
        name: name.to_owned(),
        kind: shape(value),
        required: false,
        place: "",
        doc: String::new(),
    }
}

/// `2021-03-25T16:49:23Z` is a time (RFC 3339); everything else is a text.
fn format(text: &str) -> &'static str {
    let pattern = "0000-00-00T00:00:00";
    let fits = text.len() > pattern.len()
        && pattern.bytes().zip(text.bytes()).all(|(expected, byte)| match expected {
            b'0' => byte.is_ascii_digit(),
            other => byte == other,
        });
    if fits {
        "date-time"
    } else {
        ""
    }
}

/// The members of two examples, in the order of the one that has more.
fn merged_members(one: Vec<Member>, other: Vec<Member>) -> Vec<Member> {
    let (mut more, less) = if other.len() > one.len() { (other, one) } else { (one, other) };
    for member in less {
        match more.iter_mut().find(|known| known.name == member.name) {
            Some(known) => known.kind = both(known.kind.clone(), member.kind),
            None => more.push(member),
        }
    }
    more
}

fn both(one: Shape, other: Shape) -> Shape {
    match (one, other) {
        (Shape::Object(one), Shape::Object(other)) => Shape::Object(merged_members(one, other)),
        (Shape::List(one), Shape::List(other)) => Shape::List(Box::new(both(*one, *other))),
        (Shape::Plain(one, format), Shape::Plain(other, second)) if one == other => {
            Shape::Plain(one, if format == second { format } else { String::new() })
        }
        (one, other) if one == other => one,
        _ => Shape::Any,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_have_types() {
        let members = example_members(
            r#"{"a": "2021-03-25T16:49:23Z", "b": [{"c": 1}, {"d": 1.5}], "e": null}"#,
        )
        .unwrap();
        let names: Vec<_> = members.iter().map(|member| member.name.as_str()).collect();
        assert_eq!(names, ["a", "b", "e"]);
        assert_eq!(members[0].kind, Shape::Plain("string", "date-time".into()));
        let Shape::List(element) = &members[1].kind else { panic!("{members:?}") };
        let Shape::Object(inner) = &**element else { panic!("{element:?}") };
        assert_eq!(inner.len(), 2);
        assert_eq!(members[2].kind, Shape::Any);
        assert_eq!(example_members("[1]"), None);
        assert_eq!(example_members("{"), None);
    }
}
