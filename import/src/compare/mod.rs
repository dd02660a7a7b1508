//! Compares a document that is maintained by hand with imported pages.
//!
//! Both are split into statements, a place and a word each, so that order, comments, descriptions, extensions and equivalent
//! notations make no difference. A statement of the pages that the document lacks is missing; one that only the document has
//! is extra, unless the imported document marks its place as open by `x-typewright-open`.

mod statements;

use crate::Document;
use statements::Statements;
use std::fmt;
use typewright::syntax::parse_text;

/// One difference between a document and the pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// One of the two is no YAML.
    Unreadable(String),
    /// The pages have it and the document lacks it.
    Missing {
        /// Place, as segments of a JSON pointer.
        at: String,
        /// Statement of the pages.
        pages: String,
    },
    /// The document has it and the pages lack it.
    Extra {
        /// Place, as segments of a JSON pointer.
        at: String,
        /// Statement of the document.
        document: String,
    },
    /// Both have it and disagree.
    Changed {
        /// Place, as segments of a JSON pointer.
        at: String,
        /// Statement of the pages.
        pages: String,
        /// Statement of the document.
        document: String,
    },
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(why) => write!(f, "not readable: {why}"),
            Self::Missing { at, pages } => {
                write!(f, "{at}: the pages state `{pages}`, the document nothing")
            }
            Self::Extra { at, document } => {
                write!(f, "{at}: the document states `{document}`, the pages nothing")
            }
            Self::Changed { at, pages, document } => {
                write!(f, "{at}: the pages state `{pages}`, the document `{document}`")
            }
        }
    }
}

/// The differences in meaning between a document and an imported one; empty if they agree.
///
/// Names of components are compared if the pages name their types; otherwise every reference is followed.
///
/// ```
/// # use typewright::{diagnostics::Diagnostics, Files};
/// # let mut files = Files::default();
/// # files.add("get.md", "# Toy API, REST: Toy.Get\n\n## HTTP request\n\n```\nGET https://toy.{{ api-host }}/toy/v1/toys\n```\n");
/// # let documents = typewright_import::import(&files, &mut Diagnostics::new());
/// assert!(typewright_import::compare(&documents[0].yaml, &documents[0]).is_empty());
/// let other = documents[0].yaml.replace("toyGet", "getToy");
/// let found = typewright_import::compare(&other, &documents[0]);
/// assert_eq!(found[0].to_string(), "paths//toy/v1/toys/get/operationId: the pages state `toyGet`, the document `getToy`");
/// ```
pub fn compare(spec_yaml: &str, imported: &Document) -> Vec<Difference> {
    let read = |text: &str| parse_text(text).map_err(|error| error.to_string());
    match (read(spec_yaml), read(&imported.yaml)) {
        (Ok(spec), Ok(pages)) => {
            let document = statements::collect(&spec, imported.named);
            differences(&statements::collect(&pages, imported.named), &document)
        }
        (Err(why), _) | (_, Err(why)) => vec![Difference::Unreadable(why)],
    }
}

/// The imported document that shares the most operations with a document; `None` if none shares any.
pub fn best_match<'d>(spec_yaml: &str, imported: &'d [Document]) -> Option<&'d Document> {
    let spec = parse_text(spec_yaml).ok()?;
    let known = statements::operations(&spec);
    let shared = |document: &&Document| {
        let pages = parse_text(&document.yaml);
        let operations = pages.map(|pages| statements::operations(&pages)).unwrap_or_default();
        operations.iter().filter(|operation| known.contains(operation)).count()
    };
    let best = imported.iter().rev().max_by_key(shared)?;
    (shared(&best) > 0).then_some(best)
}

fn differences(pages: &Statements, document: &Statements) -> Vec<Difference> {
    let mut differences = Vec::new();
    for (at, word) in &pages.by_place {
        match document.by_place.get(at) {
            Some(other) if other == word => {}
            _ if pages.is_open(at) => {}
            Some(other) => differences.push(Difference::Changed {
                at: at.clone(),
                pages: word.clone(),
                document: other.clone(),
            }),
            None => differences.push(Difference::Missing { at: at.clone(), pages: word.clone() }),
        }
    }
    for (at, word) in &document.by_place {
        if !pages.by_place.contains_key(at) && !pages.is_open(at) {
            differences.push(Difference::Extra { at: at.clone(), document: word.clone() });
        }
    }
    differences
}
