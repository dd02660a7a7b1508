//! Parameters of paths that may be empty, where that means the root or a default.

use super::parameter::variables;
use super::Entry;
use crate::api::schema::Lowering;
use crate::diagnostics::codes::api as codes;
use crate::normalize::keys;
use openapiv3::ParameterData;
use serde_json::Value;

/// Reports whether the caller's configuration names this parameter: `listPets.owner`, or `GET /pets/{owner}.owner`.
pub(in crate::api) fn is_named(key: &str, entry: &Entry<'_>, parameter: &str) -> bool {
    let line = format!("{} {}", entry.method, entry.path);
    let operation = key.strip_suffix(parameter);
    let operation = operation.and_then(|operation| operation.strip_suffix('.'));
    operation.is_some_and(|name| name == line || name == entry.id() || name == entry.plain_id())
}

/// Reports whether the caller's configuration names some parameter of this path.
pub(in crate::api) fn names_some(key: &str, entry: &Entry<'_>) -> bool {
    let mut all = variables(entry.path).into_iter();
    all.any(|parameter| is_named(key, entry, parameter))
}

impl<'a> Lowering<'a, '_> {
    /// Decides whether a parameter of the path may be empty: as the configuration says, else the document, else, where the parameter
    /// ends the path, its description.
    pub(super) fn may_be_empty(
        &mut self,
        entry: &Entry<'a>,
        (pointer, data): (&str, &ParameterData),
        description: Option<&str>,
    ) -> bool {
        let mut configured = self.options.empty_path.iter();
        if configured.any(|key| is_named(key, entry, &data.name)) {
            return true;
        }
        let extension = data.extensions.get(keys::ALLOW_EMPTY);
        if let Some(allows_empty) = extension.and_then(Value::as_bool) {
            return allows_empty;
        }
        let is_last = entry.path.ends_with(&format!("/{{{}}}", data.name));
        let described = is_last && description.is_some_and(means_something);
        if described {
            let message = format!("`{}` may be empty, as its description says", data.name);
            self.report_once(codes::EMPTY_PATH, pointer, message);
        }
        described
    }
}

/// Words of a sentence that does not let a parameter be empty.
const AGAINST: [&str; 18] = [
    "not",
    "non",
    "never",
    "no",
    "cannot",
    "can't",
    "mustn't",
    "shouldn't",
    "without",
    "must",
    "error",
    "errors",
    "fails",
    "fail",
    "invalid",
    "rejected",
    "refused",
    "required",
];

/// Words after `empty` that make it say something of the parameter's value; it may also end the sentence.
const AFTER: [&str; 12] = [
    "for", "to", "string", "means", "is", "value", "path", "text", "stands", "refers", "in",
    "selects",
];

/// Reports whether a description says what an empty text means: `empty for the root`, `may be empty`, `an empty string for the
/// default server`; and not that it is an error.
fn means_something(description: &str) -> bool {
    let lower = description.to_lowercase();
    let mut sentences = lower.split(['.', ';', '\n']);
    sentences.any(|sentence| {
        let is_apart = |letter: char| !letter.is_alphanumeric() && letter != '\'';
        let words = sentence.split(is_apart).filter(|word| !word.is_empty());
        let words: Vec<&str> = words.collect();
        if words.iter().any(|word| AGAINST.contains(word)) {
            return false;
        }
        let mut places = words.iter().enumerate();
        places.any(|(at, word)| {
            let next = words.get(at + 1);
            *word == "empty" && next.is_none_or(|next| AFTER.contains(next))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::means_something;

    #[test]
    fn descriptions_that_let_a_parameter_be_empty() {
        for description in [
            "empty for the root",
            "The path. May be empty.",
            "name of the server (an empty string for the default server)",
            "Name given to a named-server; leave empty to stop the default one",
            "Empty means all.",
        ] {
            assert!(means_something(description), "{description}");
        }
        for description in [
            "",
            "The path.",
            "Must not be empty.",
            "A non-empty string",
            "cannot be empty",
            "It is an error if the string is empty.",
            "The folder; an empty list comes where it has no files.",
            "Deletes the empty folder",
            "The name is required, even where the group is empty",
        ] {
            assert!(!means_something(description), "{description}");
        }
    }
}
