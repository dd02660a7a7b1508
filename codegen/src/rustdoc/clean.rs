//! Characters that are invalid in comments.

use crate::unseen::is_refused;
use std::borrow::Cow;

/// `true` for characters to drop: they are invisible, and rustc rejects some of them in comments.
pub(super) fn is_dropped(character: char) -> bool {
    is_refused(character) || matches!(character, '\n' | '\t')
}

/// Normalizes line endings to `\n`, expands tabs to the next multiple of four, and drops invisible characters.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let stays = |byte: u8| matches!(byte, b' '..=b'~' | b'\n');
    if text.bytes().all(stays) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    let mut column = 0;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\r' | '\n' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                clean.push('\n');
                column = 0;
            }
            '\t' => {
                let stop = 4 - column % 4;
                (0..stop).for_each(|_| clean.push(' '));
                column += stop;
            }
            character if is_dropped(character) => {}
            character => {
                clean.push(character);
                column += 1;
            }
        }
    }
    Cow::Owned(clean)
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn line_endings_become_one() {
        assert_eq!(clean("a\r\nb\rc\u{2028}d"), "a\nb\nc\nd");
    }

    #[test]
    fn tabs_reach_the_next_stop() {
        assert_eq!(clean("\ta\n1.\tb"), "    a\n1.  b");
    }

    #[test]
    fn what_is_unseen_goes() {
        assert_eq!(clean("\u{FEFF}a\0b\u{202E}c\u{7}"), "abc");
        assert_eq!(clean("имя 名前"), "имя 名前");
    }
}
