//! Holds a document that is kept by hand against what pages say.
//!
//! Both are taken apart into facts, a place and a word each, so that order, comments, descriptions, extensions and the ways to write one
//! thing do not matter. A fact of the pages that the document lacks is missing; one that only the document has is extra, unless the
//! imported document marks its place as open with `x-typewright-open`.

mod facts;
mod schema;

use crate::Document;
use facts::Facts;
use serde_yaml::Value;
use std::fmt;

/// One difference between a document and the pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// One of the two is no YAML.
    Unreadable(String),
    /// The pages have it and the document lacks it.
    Missing {
        /// Where, in the words of a JSON pointer.
        at: String,
        /// What the pages say.
        pages: String,
    },
    /// The document has it and the pages lack it.
    Extra {
        /// Where, in the words of a JSON pointer.
        at: String,
        /// What the document says.
        document: String,
    },
    /// Both have it and say different things.
    Changed {
        /// Where, in the words of a JSON pointer.
        at: String,
        /// What the pages say.
        pages: String,
        /// What the document says.
        document: String,
    },
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(why) => write!(f, "not readable: {why}"),
            Self::Missing { at, pages } => {
                write!(f, "{at}: the pages say `{pages}`, the document nothing")
            }
            Self::Extra { at, document } => {
                write!(f, "{at}: the document says `{document}`, the pages nothing")
            }
            Self::Changed {
                at,
                pages,
                document,
            } => {
                write!(
                    f,
                    "{at}: the pages say `{pages}`, the document `{document}`"
                )
            }
        }
    }
}

/// What differs in meaning between a document and an imported one; empty where they agree.
///
/// Names of components are compared where pages name their types. Documents of pages that do not are compared with every reference
/// followed.
///
/// ```
/// # use typewright::{diagnostics::Diagnostics, load::Files};
/// # let mut files = Files::default();
/// # files.add("get.md", "# Toy API, REST: Toy.Get\n\n## HTTP request\n\n```\nGET https://toy.{{ api-host }}/toy/v1/toys\n```\n");
/// # let documents = typewright_import::import(&files, &mut Diagnostics::new());
/// assert!(typewright_import::compare(&documents[0].yaml, &documents[0]).is_empty());
/// let other = documents[0].yaml.replace("toyGet", "getToy");
/// let found = typewright_import::compare(&other, &documents[0]);
/// assert_eq!(found[0].to_string(), "paths//toy/v1/toys/get/operationId: the pages say `toyGet`, the document `getToy`");
/// ```
pub fn compare(spec_yaml: &str, imported: &Document) -> Vec<Difference> {
    let read = |text: &str| serde_yaml::from_str::<Value>(text).map_err(|error| error.to_string());
    match (read(spec_yaml), read(&imported.yaml)) {
        (Ok(spec), Ok(pages)) => {
            let document = facts::of(&spec, imported.named);
            differences(&facts::of(&pages, imported.named), &document)
        }
        (Err(why), _) | (_, Err(why)) => vec![Difference::Unreadable(why)],
    }
}

/// The imported document that has the most operations of a document; nothing where none has any.
pub fn best_match<'d>(spec_yaml: &str, imported: &'d [Document]) -> Option<&'d Document> {
    let spec: Value = serde_yaml::from_str(spec_yaml).ok()?;
    let known = facts::operations(&spec);
    let shared = |document: &&Document| {
        let pages: Value = serde_yaml::from_str(&document.yaml).unwrap_or_default();
        let own = facts::operations(&pages);
        own.iter()
            .filter(|operation| known.contains(operation))
            .count()
    };
    let best = imported.iter().rev().max_by_key(shared)?;
    (shared(&best) > 0).then_some(best)
}

fn differences(pages: &Facts, document: &Facts) -> Vec<Difference> {
    let mut found = Vec::new();
    for (at, word) in &pages.said {
        match document.said.get(at) {
            Some(other) if other == word => {}
            _ if pages.is_open(at) => {}
            Some(other) => found.push(Difference::Changed {
                at: at.clone(),
                pages: word.clone(),
                document: other.clone(),
            }),
            None => found.push(Difference::Missing {
                at: at.clone(),
                pages: word.clone(),
            }),
        }
    }
    for (at, word) in &document.said {
        if !pages.said.contains_key(at) && !pages.is_open(at) {
            found.push(Difference::Extra {
                at: at.clone(),
                document: word.clone(),
            });
        }
    }
    found
}
