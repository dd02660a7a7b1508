//! From JSON pointers to byte ranges of the text. Of YAML they come with its values, of JSON when they are asked for.

use super::members::Member;
use super::outline::Outline;
use super::yaml;
use std::ops::Range;

/// Where a member or item stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Its key, where it has one.
    pub key: Option<Range<usize>>,
    /// Its value.
    pub value: Range<usize>,
    /// Whether the value is an object or array.
    pub container: bool,
}

/// The spots of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spans {
    /// Of JSON: only the levels are read that lead to what is asked.
    Tree(Box<Member>),
    /// Of YAML, and of what is not quite JSON: all of them.
    Outline(Outline),
}

impl Spans {
    /// Reads a text whose values were not read as YAML, as far as it can be read.
    pub fn new(text: &str) -> Self {
        match Member::root(text) {
            Some(root) => Self::Tree(Box::new(root)),
            None => Self::Outline(yaml::outline(text)),
        }
    }

    /// The spot of a pointer into the `text`, and whether it is exactly that one rather than its nearest ancestor.
    pub fn find<'a>(
        &self,
        text: &str,
        steps: impl IntoIterator<Item = &'a str>,
    ) -> Option<(Spot, bool)> {
        match self {
            Self::Tree(root) => {
                let mut member = &**root;
                let mut steps = steps.into_iter();
                let gone = steps.any(|step| match member.get(step, text) {
                    Some(inner) => {
                        member = inner;
                        false
                    }
                    None => true,
                });
                Some((member.spot.clone(), !gone))
            }
            Self::Outline(outline) => outline.find(steps),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Spans;

    fn shown<'t>(text: &'t str, steps: &[&str]) -> (Option<&'t str>, &'t str, bool) {
        let spans = Spans::new(text);
        let (spot, exact) = spans.find(text, steps.iter().copied()).unwrap();
        (
            spot.key.clone().map(|key| &text[key]),
            &text[spot.value.clone()],
            exact,
        )
    }

    #[test]
    fn yaml_is_found_in_every_style() {
        let text = "a:\r\n  - x: 1.10\r\n  - {\"ключ\": 'да', z: [1]}\r\nb: last\r\n";
        assert_eq!(shown(text, &["a", "0", "x"]), (Some("x"), "1.10", true));
        assert_eq!(
            shown(text, &["a", "1", "ключ"]),
            (Some("\"ключ\""), "'да'", true)
        );
        assert_eq!(
            shown(text, &["a", "1"]),
            (None, "{\"ключ\": 'да', z: [1]}", true)
        );
        assert_eq!(shown(text, &["b"]), (Some("b"), "last", true));
        assert_eq!(shown(text, &["b", "c"]), (Some("b"), "last", false));
    }

    #[test]
    fn json_is_found_with_surrogates_slashes_and_tabs() {
        let text = "{\n\t\"a\\/b\": \"\\ud83d\\ude00\",\n\t\"c\": [true,\n\t\tnull]\n}";
        assert_eq!(shown(text, &["c", "1"]), (None, "null", true));
        assert_eq!(shown(text, &["a/b"]).0, Some("\"a\\/b\""));
        let text = "\r\n[ {\"ж\": {}, \"ж\" : {\"b\": -1e5 } }, \"\\ud83d\"]\n";
        assert_eq!(shown(text, &["0", "ж", "b"]), (Some("\"b\""), "-1e5", true));
        assert_eq!(shown(text, &["0", "ж", "c", "d"]).0, Some("\"ж\""));
        assert_eq!(shown(text, &["1"]), (None, "\"\\ud83d\"", true));
        assert!(matches!(Spans::new(text), Spans::Tree(_)));
        let nearly = "{\"a\": 1, \"b\": [2,],}";
        assert_eq!(shown(nearly, &["b", "0"]), (None, "2", true));
    }

    #[test]
    fn what_cannot_be_read_is_found_as_far_as_it_goes() {
        let text = "a: 1\nb: [1, 2\nc: 3";
        assert_eq!(shown(text, &["a"]), (Some("a"), "1", true));
        assert!(Spans::new("")
            .find("", ["a"])
            .is_none_or(|(_, exact)| !exact));
    }

    #[test]
    fn characters_of_several_bytes_are_counted_as_one() {
        let long = "ж".repeat(200);
        let text = format!("a: {long}\n{long}: {{b: 日本}}\nlast: é\n");
        assert_eq!(shown(&text, &["a"]), (Some("a"), long.as_str(), true));
        assert_eq!(shown(&text, &[&long, "b"]), (Some("b"), "日本", true));
        assert_eq!(shown(&text, &["last"]), (Some("last"), "é", true));
    }

    #[test]
    fn the_last_of_equal_keys_is_meant() {
        assert_eq!(shown("a: 1\na: 2\n", &["a"]).1, "2");
    }
}
