//! The operations of a generated crate, told from its doc comments or its requests.

use std::collections::BTreeMap;

use regex::{Captures, Regex};

const METHODS: [&str; 9] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// `true` for the key of an operation in a path item.
pub fn is_method(word: &str) -> bool {
    METHODS.contains(&word)
}

/// `METHOD /path` from both in either order, as generators change them: names of parameters without case and punctuation,
/// no fragment, and no breaks of lines in a doc comment.
pub fn common(one: &str, other: &str) -> String {
    let (method, path) = match is_method(&other.to_lowercase()) {
        true => (other, one),
        false => (one, other),
    };
    let replace = |pattern: &str, text: &str, by: &dyn Fn(&Captures) -> String| {
        Regex::new(pattern).unwrap().replace_all(text, by).into_owned()
    };
    let path = replace(r"\s*\n\s*//[/!]\s*", path, &|_| String::new());
    let path = path.split('#').next().unwrap_or_default();
    let path = replace(r"\{[^{}]*\}", path, &|name| {
        let letters = name[0].chars().filter(char::is_ascii_alphanumeric);
        format!("{{{}}}", letters.collect::<String>().to_lowercase())
    });
    format!("{} {path}", method.to_uppercase())
}

/// The operations in sources, in their common form.
pub fn generated(pattern: &str, sources: &[String]) -> Vec<String> {
    let pattern = Regex::new(pattern).unwrap();
    let matches = sources.iter().flat_map(|text| pattern.captures_iter(text));
    matches.map(|groups| common(&groups[1], &groups[2])).collect()
}

/// The number of declared operations that are generated; each counts as often as it is declared at most.
pub fn covered(declared: &[String], generated: &[String]) -> u64 {
    let mut open = BTreeMap::new();
    for operation in declared {
        *open.entry(operation).or_insert(0_u64) += 1;
    }
    let mut count = 0;
    for operation in generated {
        if let Some(rest) = open.get_mut(operation).filter(|rest| **rest > 0) {
            *rest -= 1;
            count += 1;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::{common, covered, generated};

    #[test]
    fn operations_are_told_in_any_spelling() {
        for (one, other) in [
            ("get", "/pets/{petId}"),
            ("GET", "/pets/{pet_id}"),
            ("/pets/{pet-id}", "Get"),
            ("get", "/pets/{petid}#again"),
            ("get", "/pets/\n    /// {petId}"),
        ] {
            assert_eq!(common(one, other), "GET /pets/{petid}");
        }
        assert_ne!(common("get", "/pets/{id}"), common("put", "/pets/{id}"));
    }

    #[test]
    fn an_operation_counts_once() {
        let text = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
        let declared = text(&["GET /a", "PUT /a", "GET /b"]);
        assert_eq!(covered(&declared, &text(&["GET /a", "GET /a", "GET /c", "GET /b"])), 2);
        assert_eq!(covered(&declared, &[]), 0);
    }

    #[test]
    fn patterns_find_what_generators_write() {
        let pattern =
            |name: &str| crate::peers::PEERS.iter().find(|peer| peer.name == name).unwrap().pattern;
        let texts = [
            ("typewright", "    /// `GET /pets/{id}`\n"),
            ("openapi-to-rust", "    /// `GET /pets/{id}`\n"),
            ("ploidy", "    otel.name = \"GET /pets/{id}\",\n"),
            ("oas3-gen", "    /// * Path: `GET /pets/{id}`\n"),
            ("progenitor", "    /// Sends a `GET` request to\n    /// `/pets/{id}`\n"),
            (
                "spargen",
                "let mut path = \"/pets/{id}\"\n    .to_owned();\nlet r = c.request(reqwest::Method::GET, url);\n",
            ),
            (
                "openapi-generator",
                "let uri = format!(\"{}/pets/{id}\", path);\n    let b = c.request(reqwest::Method::GET, &uri);\n",
            ),
        ];
        for (name, text) in texts {
            assert_eq!(generated(pattern(name), &[text.to_owned()]), ["GET /pets/{id}"], "{name}");
        }
    }
}
