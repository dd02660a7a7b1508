//! Escaping of literal text, and detection of bare URLs.

use super::text::is_dropped;

/// Context of a text, which determines what must be escaped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Context {
    /// Inside a link's text, which cannot contain links.
    pub link: bool,
    /// Inside a table cell, which `
    /// ` would end.
    pub cell: bool,
    /// Inside a heading, which may end in number signs.
    pub heading: bool,
}

/// Appends plain text, escaped; bare URLs become links unless they are inside one.
pub(super) fn text(raw: &str, context: Context, out: &mut String) {
    let mut rest = raw;
    let mut plain_until = 0;
    while let Some(offset) = rest.get(plain_until..).and_then(|tail| tail.find("http")) {
        let (before, tail) = rest.split_at(plain_until + offset);
        // Not searched inside a link: each search would scan to the end of the URL.
        let url = if context.link { "" } else { bare_url(tail) };
        if url.is_empty() {
            plain_until = before.len() + "http".len();
            continue;
        }
        plain(before, context, out);
        if is_plain_url(url) {
            out.push('<');
            out.push_str(url);
            out.push('>');
        } else {
            out.push_str(&code(url));
        }
        rest = tail.strip_prefix(url).unwrap_or_default();
        plain_until = 0;
    }
    plain(rest, context, out);
}

/// Punctuation that may follow a URL in a sentence.
const PUNCTUATION: [char; 10] = [',', '.', ';', ':', '!', '?', '\'', '*', '_', '~'];

/// Returns the URL at the start of a text, without trailing punctuation; empty if there is none.
fn bare_url(text: &str) -> &str {
    let Some(after) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else {
        return "";
    };
    let ends = |c: char| !c.is_ascii_graphic() || "<>\"`\\|^[]".contains(c);
    let scheme = text.len() - after.len();
    let whole = after.find(ends).map_or(text, |at| text.split_at(scheme + at).0);
    let mut url = whole.trim_end_matches(PUNCTUATION);
    // Unmatched closing parentheses belong to the sentence; counted once, because there may be many.
    let count = |bracket: char| url.matches(bracket).count();
    let mut unopened = count(')').saturating_sub(count('('));
    while let Some(shorter) = url.strip_suffix(')').filter(|_| unopened > 0) {
        unopened -= 1;
        url = shorter.trim_end_matches([',', '.', ';', ':', '!', '?']);
    }
    if url.len() > scheme {
        url
    } else {
        ""
    }
}

/// `true` for an absolute URL that is valid between angle brackets.
pub(super) fn is_plain_url(url: &str) -> bool {
    let fits = |c: char| c.is_ascii_graphic() && !"<>\"`\\|^{}".contains(c);
    is_absolute(url) && url.chars().all(fits)
}

/// `true` if the link is independent of where the text is shown.
pub(super) fn is_absolute(url: &str) -> bool {
    let starts = |scheme: &str| {
        let head = url.get(..scheme.len());
        url.len() > scheme.len() && head.is_some_and(|head| head.eq_ignore_ascii_case(scheme))
    };
    starts("https://") || starts("http://")
}

/// Returns the URL as a link destination.
pub(super) fn destination(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for (at, character) in url.char_indices() {
        let unfit = character.is_whitespace() || "<>()\\\"`|".contains(character);
        if unfit || is_dropped(character) {
            let mut bytes = [0; 4];
            for byte in character.encode_utf8(&mut bytes).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        } else {
            if character == '&' && is_entity(url.split_at(at).1) {
                out.push('\\');
            }
            out.push(character);
        }
    }
    out
}

/// Returns a code span.
pub(super) fn code(text: &str) -> String {
    let flat = text.replace('\n', " ");
    let fence = "`".repeat(longest_run(&flat) + 1);
    let touches = flat.starts_with('`') || flat.ends_with('`');
    let padded = flat.starts_with(' ') && flat.ends_with(' ') && !flat.trim().is_empty();
    if touches || padded {
        format!("{fence} {flat} {fence}")
    } else {
        format!("{fence}{flat}{fence}")
    }
}

/// Returns the length of the longest run of backticks.
pub(super) fn longest_run(text: &str) -> usize {
    let runs = text.split(|character| character != '`');
    runs.map(str::len).max().unwrap_or_default()
}

/// Appends text without URLs.
fn plain(text: &str, context: Context, out: &mut String) {
    let mut previous = None;
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.bytes().position(|byte| !is_literal(byte));
        let (literal, special) = rest.split_at(end.unwrap_or(rest.len()));
        out.push_str(literal);
        previous = literal.chars().next_back().or(previous);
        let mut after = special.chars();
        rest = match after.next() {
            Some(character) => {
                push(character, previous, after.as_str(), context, out);
                previous = Some(character);
                after.as_str()
            }
            None => "",
        };
    }
}

/// `true` for a byte without special meaning in any context.
fn is_literal(byte: u8) -> bool {
    byte == b' ' || (byte.is_ascii_graphic() && !b"\\`[]<*_~&|#".contains(&byte))
}

/// Appends a character that may have a special meaning, given its neighbours.
fn push(character: char, before: Option<char>, after: &str, context: Context, out: &mut String) {
    if character.is_whitespace() {
        out.push(' ');
    } else if !is_dropped(character) {
        if must_escape(character, before, after, context) {
            out.push('\\');
        }
        out.push(character);
    }
}

fn must_escape(character: char, before: Option<char>, rest: &str, context: Context) -> bool {
    let after = rest.chars().next();
    let is_space = |c: Option<char>| c.is_some_and(char::is_whitespace);
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match character {
        '\\' | '`' | '[' | ']' | '<' => true,
        '*' => !(is_space(before) && is_space(after)),
        '_' => !(is_word(before) && is_word(after)),
        '~' => !(is_space(before) && after != Some('~')),
        '&' => rest.len() > 1 && is_reference(rest),
        '|' => context.cell,
        '#' => context.heading,
        _ => false,
    }
}

/// `true` if the text starts with a character reference.
fn is_entity(text: &str) -> bool {
    text.strip_prefix('&').is_some_and(is_reference)
}

/// `true` if the text after `&` completes a character reference.
fn is_reference(rest: &str) -> bool {
    let end = rest.bytes().take(40).position(|byte| byte == b';');
    let name = end.and_then(|end| rest.get(..end)).unwrap_or_default();
    let name = name.strip_prefix('#').unwrap_or(name);
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::{code, destination, text, Context};

    fn plain(raw: &str) -> String {
        let mut out = String::new();
        text(raw, Context::default(), &mut out);
        out
    }

    #[test]
    fn only_what_has_a_meaning_is_escaped() {
        assert_eq!(
            plain("snake_case, 2 * 3, a & b; [x] <T>"),
            "snake_case, 2 * 3, a & b; \\[x\\] \\<T>"
        );
        assert_eq!(plain("~5 or x~"), "\\~5 or x\\~");
        assert_eq!(plain("&lt; AT&T"), "\\&lt; AT&T");
    }

    #[test]
    fn urls_end_before_punctuation() {
        assert_eq!(plain("(see https://x.org/a_(b).)"), "(see <https://x.org/a_(b)>.)");
        assert_eq!(plain("https://{host}/v1, http://"), "`https://{host}/v1`, http://");
        assert_eq!(plain("https://x.org、次"), "<https://x.org>、次");
    }

    #[test]
    fn code_keeps_its_backticks() {
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`"), "`` ` ``");
    }

    #[test]
    fn destinations_hold_no_parentheses() {
        assert_eq!(destination("https://x.org/(a b)?x&lt;"), "https://x.org/%28a%20b%29?x\\&lt;");
    }
}
