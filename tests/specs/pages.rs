//! Contents of the vendors' pages: fenced JSON, interfaces, example blocks.

use super::shape::Shape;

/// The blocks of a Markdown page that are fenced as JSON.
pub fn json_fences(page: &str) -> Vec<String> {
    page.split("```json\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap().to_owned())
        .collect()
}

/// The request and the two replies that the RST page shows, without their indentation.
pub fn example_blocks(page: &str) -> [String; 3] {
    let request = page.split("--data '").nth(1).unwrap();
    let request = request.split('\'').next().unwrap();
    let mut replies = page.split(":copyable: false \n\n").skip(1).map(|block| {
        let text: Vec<_> = block.lines().take_while(|line| line.starts_with("         ")).collect();
        dedent(&text.join("\n"), 9)
    });
    [dedent(request, 15), replies.next().unwrap(), replies.next().unwrap()]
}

/// The text with up to `width` leading spaces of each line removed, and a line break at its end.
fn dedent(text: &str, width: usize) -> String {
    let line = |line: &str| {
        let spaces = line.len() - line.trim_start_matches(' ').len();
        line[spaces.min(width)..].to_owned() + "\n"
    };
    text.lines().map(line).collect()
}

/// The shapes of all interfaces called `name`, which the page draws in TypeScript with prose in between.
/// `number` is narrowed down by the types that `markdown` lists.
pub fn interfaces(page: &str, name: &str, markdown: &str) -> Vec<Shape> {
    let head = format!("interface {name} {{");
    let lines: Vec<_> = page.lines().collect();
    lines
        .iter()
        .enumerate()
        .filter(|(_, line)| **line == head)
        .map(|(at, _)| {
            let mut rest = lines[at + 1..].iter().copied();
            interface(&mut rest, markdown)
        })
        .collect()
}

/// Reads the members of an interface up to its closing brace.
fn interface<'a>(lines: &mut impl Iterator<Item = &'a str>, markdown: &str) -> Shape {
    let mut members = Vec::new();
    while let Some(line) = lines.next().filter(|line| *line != "}") {
        let (name, written) = line.split_once(": ").unwrap_or((line, ""));
        let name = name.trim_end_matches('?');
        let shape = match written.strip_suffix(';') {
            Some(written) => plain(name, written, markdown),
            None => nested(lines, markdown),
        };
        members.push((name.to_owned(), shape));
    }
    let groups = Vec::new();
    Shape::Object { members, groups }
}

/// Reads a member whose interface is drawn in place, after prose; `[]` after it makes it a list.
fn nested<'a>(lines: &mut impl Iterator<Item = &'a str>, markdown: &str) -> Shape {
    let opened = lines.find(|line| line.starts_with("interface "));
    assert!(opened.is_some(), "a member without a type");
    let shape = interface(lines, markdown);
    match lines.next() {
        Some("[]") => {
            assert_eq!(lines.next(), Some(";"));
            Shape::List(Box::new(shape))
        }
        end => {
            assert_eq!(end, Some(";"));
            shape
        }
    }
}

/// The shape of a type that is written on the member's own line.
fn plain(name: &str, written: &str, markdown: &str) -> Shape {
    let written = written.trim_start_matches("readonly ");
    if let Some(item) = written.strip_suffix("[]") {
        return Shape::List(Box::new(plain(name, item, markdown)));
    }
    let integer = markdown.contains(&format!("**{name}** (integer"));
    let leaf = match written {
        "{}" => "any",
        "number" if integer => "integer",
        "string" | "number" | "boolean" => written,
        choices if choices.starts_with('"') => "string",
        _ => "object",
    };
    Shape::Leaf(leaf.to_owned())
}

/// The lines of a page that state something in one of the forms of these pages, with their numbers.
pub fn stating_lines(page: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(page.lines()).filter(|(_, line)| states(line))
}

fn states(line: &str) -> bool {
    let heads = ["|| ", "- `", "   * - ", "interface ", "## Response"];
    let marks = [
        "Required field.",
        "characters long",
        "per resource",
        "Must be",
        "Includes only one of",
        "HTTP Code",
        " application/json",
        "24-hexadecimal",
    ];
    let headings = ["   * - Path Parameter", "   * - Name"];
    let member = line.split_once(": ").is_some_and(|(name, written)| {
        let bare = name.trim_end_matches('?');
        bare.chars().all(char::is_alphanumeric) && (bare != name || written.ends_with(';'))
    });
    let is_row = heads.iter().any(|head| line.starts_with(head))
        || marks.iter().any(|mark| line.contains(mark));
    (is_row || member) && !headings.contains(&line)
}
