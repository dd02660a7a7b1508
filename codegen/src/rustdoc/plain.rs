//! Fast path for descriptions without markup.

use std::borrow::Cow;

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

#[cfg(test)]
mod tests {
    use super::paragraph;
    use crate::rustdoc::{blocks, clean, wrap};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_parser_sees_the_same(words in prop::collection::vec("[a-z]{1,9}|[0-9]{1,3}[.)]?|[-+=:]{1,4}|[.,:;()'\"/?!%$+={}@-]|\n", 1..60)) {
            let text = words.join(" ").replace(" \n ", "\n");
            if let Some(plain) = paragraph(&text) {
                prop_assert_eq!(wrap::wrap(&plain, 0), blocks::render(&clean::clean(&text)));
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
        assert_eq!(
            paragraph("One, two.\nThree.\n").as_deref(),
            Some("One, two. Three.")
        );
    }
}
