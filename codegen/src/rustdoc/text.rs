//! Lines of text: normalization of characters, the fast path for text without markup, and wrapping.

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

/// Joins the lines of a single paragraph without markup; `None` if a parser is needed.
pub(super) fn paragraph(markdown: &str) -> Option<Cow<'_, str>> {
    let text = markdown.strip_suffix('\n').unwrap_or(markdown);
    if !text.split('\n').all(is_plain) || text.contains("http") {
        return None;
    }
    Some(if text.contains('\n') {
        Cow::Owned(text.replace('\n', " "))
    } else {
        Cow::Borrowed(text)
    })
}

/// `true` if no part of the line can have a special meaning in Markdown.
fn is_plain(line: &str) -> bool {
    let bytes = line.as_bytes();
    let letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphabetic);
    let special = |byte: &u8| b"#&*<>[\\]^_`|~".contains(byte);
    let fits = |byte: &u8| matches!(byte, b' '..=b'~') && !special(byte);
    letter(bytes.first()) && bytes.last() != Some(&b' ') && bytes.iter().all(fits)
}

/// Stands for a space that cannot become a line break.
pub(super) const FIRM_SPACE: char = '\0';
/// Stands for a line break that must stay.
pub(super) const HARD_BREAK: char = '\n';

/// Maximum width: 100 columns without the indentation of a member and the slashes.
pub(super) const WIDTH: usize = 92;
/// Minimum width of a paragraph, at any indentation.
const NARROWEST: usize = 40;

/// Wraps a paragraph indented by `indent` columns. Words that would start a block at the beginning of a line are
/// escaped.
pub(super) fn wrap(paragraph: &str, indent: usize) -> Vec<String> {
    let width = WIDTH.saturating_sub(indent).max(NARROWEST);
    let mut lines: Vec<String> = Vec::new();
    for forced in paragraph.split(HARD_BREAK) {
        let mut pieces = forced.split(' ').filter(|word| !word.is_empty());
        let Some(first) = pieces.next() else { continue };
        if let Some(last) = lines.last_mut() {
            last.push('\\');
        }
        let mut line = starting(first);
        let mut taken = line.chars().count();
        for word in pieces {
            let length = word.chars().count();
            if taken + 1 + length > width {
                lines.push(std::mem::replace(&mut line, starting(word)));
                taken = line.chars().count();
            } else {
                line.push(' ');
                line.push_str(word);
                taken += 1 + length;
            }
        }
        lines.push(line);
    }
    if paragraph.contains(FIRM_SPACE) {
        lines.iter_mut().for_each(|line| *line = soften(line));
    }
    lines
}

/// Joins the text of a heading or table cell into one line.
pub(super) fn flatten(text: &str) -> String {
    let spaced = text.replace(HARD_BREAK, " ");
    let pieces: Vec<_> = spaced.split(' ').filter(|word| !word.is_empty()).collect();
    soften(&pieces.join(" "))
}

fn soften(line: &str) -> String {
    line.replace(FIRM_SPACE, " ")
}

/// Escapes a word at the start of a line.
fn starting(word: &str) -> String {
    if let Some(number) = word.strip_suffix(['.', ')']) {
        let digits = number.bytes().all(|byte| byte.is_ascii_digit());
        if digits && !number.is_empty() && number.len() < 10 {
            let (_, mark) = word.split_at(number.len());
            return format!("{number}\\{mark}");
        }
    }
    let marks = |character| "-+=#|:*_".contains(character);
    if word.chars().all(marks) || word.starts_with(['>', '|']) || word.starts_with("~~~") {
        return format!("\\{word}");
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::{clean, paragraph, wrap};
    use crate::rustdoc::blocks;
    use proptest::prelude::*;

    #[test]
    fn line_endings_become_one() {
        assert_eq!(clean("a\r\nb\rc\u{2028}d"), "a\nb\nc\nd");
    }

    #[test]
    fn tabs_reach_the_next_stop() {
        assert_eq!(clean("\ta\n1.\tb"), "    a\n1.  b");
    }

    #[test]
    fn invisible_characters_are_dropped() {
        assert_eq!(clean("\u{FEFF}a\0b\u{202E}c\u{7}"), "abc");
        assert_eq!(clean("имя 名前"), "имя 名前");
    }

    proptest! {
        #[test]
        fn a_parser_sees_the_same(parts in prop::collection::vec("[a-z]{1,9}|[0-9]{1,3}[.)]?|[-+=:]{1,4}|[.,:;()'\"/?!%$+={}@-]|\n", 1..60)) {
            let text = parts.join(" ").replace(" \n ", "\n");
            if let Some(plain) = paragraph(&text) {
                prop_assert_eq!(wrap(&plain, 0), blocks::render(&clean(&text)));
            }
        }
    }

    #[test]
    fn mark_up_is_not_plain() {
        for text in [
            "",
            "a *b*",
            "a_b",
            "see http://x.org",
            "a\n\nb",
            "a\n- b",
            "a  \nb",
            "a\r\nb",
            "1. a",
            "é",
            "a\\b",
            "a\n===",
            " a",
            "a `b`",
            "a & b",
            "a <b>",
            "#a",
        ] {
            assert_eq!(paragraph(text), None, "{text}");
        }
        assert_eq!(paragraph("One, two.\nThree.\n").as_deref(), Some("One, two. Three."));
    }

    #[test]
    fn words_that_would_start_a_block_are_escaped() {
        for (word, escaped) in [
            ("-", "\\-"),
            ("1.", "1\\."),
            ("12)", "12\\)"),
            ("===", "\\==="),
            (">x", "\\>x"),
            ("|a", "\\|a"),
            ("#", "\\#"),
            ("#1", "#1"),
            ("-5", "-5"),
            ("1.5", "1.5"),
        ] {
            assert_eq!(wrap(word, 0), [escaped]);
        }
    }

    #[test]
    fn long_words_are_untouched() {
        let word = "x".repeat(300);
        assert_eq!(wrap(&format!("a {word} b"), 0), ["a", &word, "b"]);
    }

    #[test]
    fn lines_stay_below_the_width() {
        let lines = wrap(&"слово ".repeat(200), 10);
        assert!(lines.iter().all(|line| line.chars().count() <= 82));
        assert_eq!(lines.join(" "), "слово ".repeat(200).trim());
    }
}
