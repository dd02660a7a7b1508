//! From JSON Pointers to spans. Those of YAML are recorded with its values, those of JSON are read on demand.

use super::json_spans::JsonSpan;
use super::NodeSpan;
use crate::syntax::{yaml_spans, YamlSpans};

/// The spans of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Spans {
    /// Of JSON: only the levels on the way to a requested value are read.
    Json(Box<JsonSpan>),
    /// Of YAML, and of text that is not quite JSON: all of them.
    Yaml(YamlSpans),
}

impl Spans {
    /// Reads a text whose values were not read as YAML, as far as possible.
    pub fn new(text: &str) -> Self {
        match JsonSpan::root(text) {
            Some(root) => Self::Json(Box::new(root)),
            None => Self::Yaml(yaml_spans(text)),
        }
    }

    /// The span at the steps from the root, and `true` if it is exact rather than that of the nearest ancestor.
    pub fn find<'a>(
        &self,
        text: &str,
        steps: impl IntoIterator<Item = &'a str>,
    ) -> Option<(NodeSpan, bool)> {
        match self {
            Self::Json(root) => {
                let mut member = &**root;
                let is_exact = steps.into_iter().all(|step| {
                    let inner = member.get(step, text);
                    member = inner.unwrap_or(member);
                    inner.is_some()
                });
                Some((member.span.clone(), is_exact))
            }
            Self::Yaml(spans) => spans.find(steps),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Spans;

    fn texts<'t>(text: &'t str, steps: &[&str]) -> (Option<&'t str>, &'t str, bool) {
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
        assert_eq!(texts(text, &["a", "0", "x"]), (Some("x"), "1.10", true));
        assert_eq!(
            texts(text, &["a", "1", "ключ"]),
            (Some("\"ключ\""), "'да'", true)
        );
        assert_eq!(
            texts(text, &["a", "1"]),
            (None, "{\"ключ\": 'да', z: [1]}", true)
        );
        assert_eq!(texts(text, &["b"]), (Some("b"), "last", true));
        assert_eq!(texts(text, &["b", "c"]), (Some("b"), "last", false));
    }

    #[test]
    fn json_is_found_with_surrogates_slashes_and_tabs() {
        let text = "{\n\t\"a\\/b\": \"\\ud83d\\ude00\",\n\t\"c\": [true,\n\t\tnull]\n}";
        assert_eq!(texts(text, &["c", "1"]), (None, "null", true));
        assert_eq!(texts(text, &["a/b"]).0, Some("\"a\\/b\""));
        let text = "\r\n[ {\"ж\": {}, \"ж\" : {\"b\": -1e5 } }, \"\\ud83d\"]\n";
        assert_eq!(texts(text, &["0", "ж", "b"]), (Some("\"b\""), "-1e5", true));
        assert_eq!(texts(text, &["0", "ж", "c", "d"]).0, Some("\"ж\""));
        assert_eq!(texts(text, &["1"]), (None, "\"\\ud83d\"", true));
        assert!(matches!(Spans::new(text), Spans::Json(_)));
        let nearly = "{\"a\": 1, \"b\": [2,],}";
        assert_eq!(texts(nearly, &["b", "0"]), (None, "2", true));
    }

    #[test]
    fn what_cannot_be_read_is_found_as_far_as_it_goes() {
        let text = "a: 1\nb: [1, 2\nc: 3";
        assert_eq!(texts(text, &["a"]), (Some("a"), "1", true));
        assert!(Spans::new("")
            .find("", ["a"])
            .is_none_or(|(_, exact)| !exact));
    }

    #[test]
    fn characters_of_several_bytes_are_counted_as_one() {
        let long = "ж".repeat(200);
        let text = format!("a: {long}\n{long}: {{b: 日本}}\nlast: é\n");
        assert_eq!(texts(&text, &["a"]), (Some("a"), long.as_str(), true));
        assert_eq!(texts(&text, &[&long, "b"]), (Some("b"), "日本", true));
        assert_eq!(texts(&text, &["last"]), (Some("last"), "é", true));
    }

    #[test]
    fn the_last_of_equal_keys_is_meant() {
        assert_eq!(texts("a: 1\na: 2\n", &["a"]).1, "2");
    }
}
