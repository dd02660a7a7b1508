//! HTML in descriptions: recognized tags and their effects.

/// A piece of a text with HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text, including what resembles a tag.
    Text(&'a str),
    /// An HTML tag, from `<` to `>`.
    Tag(Tag<'a>),
    /// A comment.
    Comment,
}

/// An HTML tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// Source of the tag.
    pub raw: &'a str,
    /// Effect on the text.
    pub effect: Effect,
    /// `true` for a closing tag.
    pub closes: bool,
}

/// Effect of a tag on the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// Line break.
    Break,
    /// Start or end of a block.
    Block,
    /// Start or end of a list item.
    Item,
    /// Start or end of a table cell.
    Cell,
    /// Start or end of code.
    Code,
    /// Start or end of a link.
    Link,
    /// Formatting only.
    Look,
}

const TAGS: [(Effect, &[&str]); 7] = [
    (Effect::Break, &["br", "wbr"]),
    (
        Effect::Block,
        &[
            "p",
            "div",
            "ul",
            "ol",
            "dl",
            "dt",
            "table",
            "thead",
            "tbody",
            "tfoot",
            "tr",
            "caption",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "pre",
            "blockquote",
            "details",
            "summary",
            "section",
            "article",
            "aside",
            "center",
            "header",
            "footer",
            "figure",
            "figcaption",
        ],
    ),
    (Effect::Item, &["li", "dd"]),
    (Effect::Cell, &["td", "th"]),
    (Effect::Code, &["code", "tt", "kbd", "samp"]),
    (Effect::Link, &["a"]),
    (
        Effect::Look,
        &[
            "b", "strong", "i", "em", "u", "s", "strike", "del", "ins", "span", "font", "small",
            "big", "sub", "sup", "mark", "var", "cite", "q", "abbr", "img", "label", "nobr", "col",
            "colgroup",
        ],
    ),
];

fn effect(name: &str) -> Option<Effect> {
    let matches = |names: &&[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    TAGS.iter().find(|(_, names)| matches(names)).map(|(effect, _)| *effect)
}

impl<'a> Tag<'a> {
    /// Parses a tag; `None` if HTML does not define its name.
    fn parse(raw: &'a str) -> Option<Self> {
        let inner = raw.strip_prefix('<')?.strip_suffix('>')?;
        let (closes, inner) = match inner.strip_prefix('/') {
            Some(inner) => (true, inner),
            None => (false, inner),
        };
        let end = inner.find(|c: char| !c.is_ascii_alphanumeric());
        let (name, after) = inner.split_at(end.unwrap_or(inner.len()));
        let goes_on = after.is_empty() || after.starts_with(['/', ' ', '\n']);
        // `<T>` is a type parameter, although HTML has tags of one letter.
        let is_parameter = name.len() == 1 && after.is_empty() && name != name.to_lowercase();
        let effect = effect(name).filter(|_| goes_on && !is_parameter)?;
        Some(Self { raw, effect, closes })
    }

    /// Returns the value of the attribute `href`.
    pub(super) fn href(&self) -> Option<&'a str> {
        let (_, after) = self.raw.split_once("href=")?;
        let quote = after.chars().next().filter(|c| "\"'".contains(*c));
        let value = match quote {
            Some(quote) => after.split(quote).nth(1),
            None => after.split([' ', '\n', '>']).next(),
        };
        value.map(str::trim)
    }
}

/// Splits a text with HTML.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (piece, after) = next_piece(rest)?;
        rest = after;
        Some(piece)
    })
}

fn next_piece(text: &str) -> Option<(Piece<'_>, &str)> {
    if text.is_empty() {
        return None;
    }
    if !text.starts_with('<') {
        let (before, rest) = text.split_at(text.find('<').unwrap_or(text.len()));
        return Some((Piece::Text(before), rest));
    }
    if let Some(comment) = text.strip_prefix("<!--") {
        let after = comment.split_once("-->").map_or("", |(_, after)| after);
        return Some((Piece::Comment, after));
    }
    let (raw, rest) = text.split_at(text.find('>').map_or(text.len(), |end| end + 1));
    let piece = Tag::parse(raw).map_or(Piece::Text(raw), Piece::Tag);
    Some((piece, rest))
}

/// Converts a block of HTML to Markdown. Inline tags remain for the Markdown parser; text that resembles a tag is
/// escaped.
pub(super) fn to_markdown(block: &str) -> String {
    let mut out = String::with_capacity(block.len());
    for piece in pieces(block) {
        match piece {
            Piece::Comment => {}
            Piece::Text(text) => push_text(text, &mut out),
            Piece::Tag(tag) => match tag.effect {
                Effect::Break => out.push_str("  \n"),
                Effect::Item if tag.closes => {}
                Effect::Item => {
                    out.truncate(out.trim_end().len());
                    out.push_str("\n- ");
                }
                Effect::Block => out.push_str("\n\n"),
                Effect::Cell => out.push(' '),
                Effect::Code | Effect::Link | Effect::Look => out.push_str(tag.raw),
            },
        }
    }
    out
}

/// Appends text of a block of HTML, in which indentation is meaningless.
fn push_text(text: &str, out: &mut String) {
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            out.push('\n');
        }
        let at_start = out.is_empty() || out.ends_with(['\n', ' ']);
        let line = if at_start { line.trim_start() } else { line };
        if line.starts_with('<') {
            out.push('\\');
        }
        out.push_str(line);
    }
}

#[cfg(test)]
mod tests {
    use super::{pieces, to_markdown, Effect, Piece, Tag};

    #[test]
    fn only_known_names_are_tags() {
        let parsed: Vec<_> = pieces("a<BR/><key>").collect();
        let br = Tag { raw: "<BR/>", effect: Effect::Break, closes: false };
        assert_eq!(parsed, [Piece::Text("a"), Piece::Tag(br), Piece::Text("<key>")]);
    }

    #[test]
    fn a_tag_without_end_is_text() {
        assert_eq!(pieces("<br").collect::<Vec<_>>(), [Piece::Text("<br")]);
        assert_eq!(pieces("<!-- x").collect::<Vec<_>>(), [Piece::Comment]);
    }

    #[test]
    fn attributes_are_read() {
        let tag = Tag::parse("<a class='x' href=\"https://x.org\">").unwrap();
        assert_eq!(tag.href(), Some("https://x.org"));
        assert_eq!(Tag::parse("<a href=/x>").unwrap().href(), Some("/x"));
        assert_eq!(Tag::parse("<a href=").map(|tag| tag.raw), None);
    }

    #[test]
    fn lists_become_lists() {
        let markdown = to_markdown("<ul>\n    <li>one</li>\n    <li><b>two</b></li>\n</ul>");
        let lines: Vec<_> = markdown.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(lines, ["- one", "- <b>two</b>"]);
    }
}
