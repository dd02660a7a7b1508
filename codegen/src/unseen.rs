//! Characters that nobody sees, or that change how what is around them is seen.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character has no place in the text of a program: a control other than the end of a line and a tab, a mark that
/// turns the direction of text (rustc refuses these in comments and literals), or a space or an end of line that cannot
/// be told from none.
pub fn is_refused(character: char) -> bool {
    let turns = matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let unseen = matches!(character, '\u{200B}' | '\u{FEFF}' | '\u{2028}' | '\u{2029}');
    turns || unseen || character.is_control() && !matches!(character, '\n' | '\t')
}

/// Whether a character is shown to people as an escape: also marks that are right within a text and mislead in what is
/// shown of it (direction marks, joiners that are none, tags).
pub fn is_unseen(character: char) -> bool {
    let marks = matches!(
        character,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200E}' | '\u{200F}' | '\u{2060}'..='\u{2064}'
            | '\u{206A}'..='\u{206F}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}'
    );
    marks || is_refused(character)
}

/// The text with `\u{…}` in place of each character that is `unfit`.
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
