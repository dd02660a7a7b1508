//! Converts Markdown of documents to Rust doc comments.
//!
//! Descriptions are written for other tools than rustdoc: with HTML, relative links, brackets, indented code and lines
//! of any length. They are parsed as rustdoc parses them and rendered anew, so that the result reads the same, and
//! rustdoc, doctests, rustc, rustfmt and clippy accept it without warnings.

mod blocks;
mod escape;
mod html;
mod inline;
mod text;

use crate::api::model::Docs;
use crate::unseen::is_refused;

/// Converts Markdown (CommonMark with tables) to the lines of a doc comment.
///
/// The lines do not include `///` and the space after it; a text without content has no lines. They are wrapped to end
/// before column 100 in a comment that is indented by four columns; code, tables and long words are not wrapped.
///
/// * Absolute links are kept; of relative links, only the text is. Bare URLs become links; brackets that do not form links
///   are escaped.
/// * HTML becomes Markdown if there is an equivalent, such as `<br>`; other tags are removed, and text that resembles a tag
///   is escaped.
/// * Code blocks in any language are fenced as `text`, so that nothing compiles or runs them.
/// * Control characters are removed, including those that change the direction of text.
///
/// # Examples
/// ```
/// let lines = typewright::rustdoc::lines("Tags:\r\n* one [1]\r\n* two, see https://example.com/two.");
/// assert_eq!(lines, ["Tags:", "", "- one \\[1\\]", "- two, see <https://example.com/two>."]);
/// ```
pub fn lines(markdown: &str) -> Vec<String> {
    if let Some(paragraph) = text::paragraph(markdown) {
        return text::wrap(&paragraph, 0);
    }
    blocks::render(&text::clean(markdown))
}

/// Returns the doc comment of a node: its title or summary unless the description repeats it, its description, and a link
/// to further documentation. Deprecation is not part of it, because Rust has an attribute for that.
///
/// # Examples
/// ```
/// use typewright::api::model::Docs;
///
/// let docs = Docs {
///     title: Some("List pets".to_owned()),
///     description: Some("Newest first.".to_owned()),
///     link: Some("https://example.com/pets".to_owned()),
///     deprecated: true,
/// };
/// let lines = typewright::rustdoc::summary(&docs);
/// assert_eq!(lines, ["List pets", "", "Newest first.", "", "See <https://example.com/pets>."]);
/// ```
pub fn summary(docs: &Docs) -> Vec<String> {
    let title = docs.title.as_deref().map(lines).unwrap_or_default();
    let description = docs.description.as_deref().map(lines).unwrap_or_default();
    let parts = [
        if repeats(&title, &description) { Vec::new() } else { title },
        description,
        docs.link.as_deref().map(reference).unwrap_or_default(),
    ];
    let mut all = Vec::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        if !all.is_empty() {
            all.push(String::new());
        }
        all.extend(part);
    }
    all
}

/// Returns a code span of a text on one line. Control characters become spaces.
pub fn code(text: &str) -> String {
    let is_unfit = |letter: char| letter.is_control() || is_refused(letter);
    match text.replace(is_unfit, " ").as_str() {
        "" => String::new(),
        text => escape::code(text),
    }
}

/// Converts a text to one line that can follow a `#`; empty if nothing of it can.
pub fn heading(text: &str) -> String {
    first_paragraph(&lines(text))
}

/// Returns the first paragraph of a doc comment on one line; empty if the comment begins with something else, such as a list.
pub fn first_paragraph(lines: &[String]) -> String {
    let first: Vec<&str> =
        lines.iter().map(String::as_str).take_while(|line| !line.is_empty()).collect();
    let begins_block = |line: &&str| {
        let number = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
        line.starts_with(['#', '>', '|', '`', '~', '-', '*', ' ']) && !is_inline(line)
            || number.len() < line.len() && [". ", ") "].iter().any(|mark| number.starts_with(mark))
    };
    match first.first().is_some_and(begins_block) {
        true => String::new(),
        false => first.join(" "),
    }
}

/// `true` if a line that begins with the mark of a block is text nevertheless: emphasis, or code within the line.
fn is_inline(line: &str) -> bool {
    line.starts_with('`') && !line.starts_with("```")
        || line.starts_with('*') && !line.starts_with("* ")
        || line.starts_with('~') && !line.starts_with("~~~")
        || line.starts_with('#') && !line.trim_start_matches('#').starts_with(' ')
}

/// `true` if the description starts with a paragraph equal to the title, except for a full stop.
fn repeats(title: &[String], description: &[String]) -> bool {
    let first = description.split(String::is_empty).next();
    let plain = |lines: &[String]| lines.join(" ").trim_end_matches('.').to_owned();
    first.is_some_and(|first| plain(first) == plain(title))
}

/// Returns the sentence that links to further documentation.
fn reference(link: &str) -> Vec<String> {
    match link.trim() {
        "" => Vec::new(),
        link if escape::is_plain_url(link) => vec![format!("See <{link}>.")],
        link => lines(&format!("See {}.", escape::code(link))),
    }
}
