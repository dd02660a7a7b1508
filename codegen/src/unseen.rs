//! Characters that are invisible or change how neighbouring text is displayed.

use std::borrow::Cow;
use std::fmt::Write as _;

/// `true` for characters that are unfit for source text: control characters except line feed and tab, bidirectional
/// overrides and isolates (which rustc rejects in comments and literals), zero-width spaces and unusual line
/// separators.
pub fn is_refused(character: char) -> bool {
    let is_bidirectional = matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let unseen = matches!(character, '\u{200B}' | '\u{FEFF}' | '\u{2028}' | '\u{2029}');
    is_bidirectional || unseen || character.is_control() && !matches!(character, '\n' | '\t')
}

/// `true` for characters that messages show as escapes: also direction marks, joiners and tags, which are legitimate in
/// text but misleading in an excerpt.
pub fn is_unseen(character: char) -> bool {
    let marks = matches!(
        character,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200E}' | '\u{200F}' | '\u{2060}'..='\u{2064}'
            | '\u{206A}'..='\u{206F}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}'
    );
    marks || is_refused(character)
}

/// Replaces each character that is `unfit` by `\u{…}`.
pub fn escaped(text: &str, unfit: impl Fn(char) -> bool) -> Cow<'_, str> {
    let plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\n');
    if text.bytes().all(plain) || !text.contains(&unfit) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if unfit(character) {
            let _ = write!(escaped, "{}", character.escape_unicode());
        } else {
            escaped.push(character);
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::{escaped, is_refused, is_unseen};

    #[test]
    fn what_is_seen_stays() {
        let text = "имя 名前 a\tb\né 👩\u{200D}🚀 می\u{200C}خواهم";
        assert_eq!(escaped(text, is_unseen), text);
        assert_eq!(escaped("a\u{200F}b", is_refused), "a\u{200F}b");
    }

    #[test]
    fn what_is_not_seen_is_escaped() {
        assert_eq!(
            escaped("a\u{202E}b\rc\u{1b}[1m\u{FEFF}", is_refused),
            "a\\u{202e}b\\u{d}c\\u{1b}[1m\\u{feff}"
        );
        assert_eq!(escaped("a\u{200F}", is_unseen), "a\\u{200f}");
    }
}
