//! From the text of one file to a tree of values, and back.
//!
//! A text is JSON or YAML 1.2. Numbers keep their text, every value has an origin, and the members of objects keep their
//! order.

mod interner;
mod json;
mod node;
pub mod number;
mod origin;
pub mod pointer;
mod yaml;
#[cfg(any(test, feature = "yaml-output"))]
pub mod yaml_output;

pub use json::print as print_json;
pub use node::{Key, Node, Object, Value};
pub use origin::{FileId, OriginId, OriginTable};
pub use yaml::{NodeSpan, YamlSpans};
#[cfg(any(test, feature = "yaml-output"))]
pub use yaml_output::print as print_yaml;

use std::borrow::Cow;
use std::fmt;

/// The greatest depth of objects and lists: the passes over a tree are recursive.
const DEEPEST: usize = 128;

/// The tree of a text.
#[derive(Debug)]
pub struct Parsed {
    /// The root.
    pub node: Node,
    /// The recoverable problems, in the order of the text.
    pub warnings: Vec<SyntaxWarning>,
    /// The spans of the values, where the text was read as YAML.
    pub spans: Option<YamlSpans>,
}

/// A problem of a text that has a tree all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyntaxWarning {
    /// A text that looks like JSON violates its grammar, and was read as YAML.
    NotQuiteJson(SyntaxError),
    /// A tab indents a line, at this offset; each was read as one space.
    Tab(usize),
    /// A key occurs several times in its object; this is the last member, which is kept.
    DuplicateKey(OriginId),
    /// The value of a merge key `<<` is not an object.
    MergeKey(OriginId),
    /// A value has a tag without a meaning in the core schema.
    Tag(OriginId, String),
    /// The text holds further YAML documents.
    SeveralDocuments,
}

/// The reason why a text has no tree, and its offset in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The reason.
    pub kind: SyntaxErrorKind,
    /// The offset in bytes.
    pub offset: usize,
}

/// A reason why a text has no tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyntaxErrorKind {
    /// A violation of JSON's grammar.
    Json(String),
    /// A violation of YAML's grammar, or a value beyond the model of JSON.
    Yaml(String),
    /// Objects and lists are nested too deeply.
    TooDeep,
    /// Aliases expand to too many values.
    TooManyAliases,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(formatter)
    }
}

impl fmt::Display for SyntaxErrorKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Json(message) | Self::Yaml(message) => message,
            Self::TooDeep => "the values are nested too deeply",
            Self::TooManyAliases => "aliases expand to too many values",
        })
    }
}

impl std::error::Error for SyntaxError {}

/// Reads the text of a file. Invalid JSON, and YAML that is indented by tabs, is read as YAML if possible.
///
/// # Errors
/// The first violation of the grammar.
pub fn parse(text: &str, file: FileId, table: &mut OriginTable) -> Result<Parsed, SyntaxError> {
    let is_json = text.trim_start().starts_with(['{', '[']);
    let (result, spaced, warning) = if is_json {
        let error = match json::parse(text, file, table) {
            Err(error) if error.kind != SyntaxErrorKind::TooDeep => error,
            result => return result,
        };
        let result = Err(error.clone());
        (result, Cow::Borrowed(text), SyntaxWarning::NotQuiteJson(error))
    } else {
        let result = yaml::parse(text, file, table);
        match tab_in_indentation(text).filter(|_| result.is_err()) {
            Some(tab) => (result, without_tabs(text), SyntaxWarning::Tab(tab)),
            None => return result,
        }
    };
    match yaml::parse(&spaced, file, table) {
        Ok(mut parsed) => {
            parsed.warnings.insert(0, warning);
            Ok(parsed)
        }
        Err(_) => result,
    }
}

/// The values of a text that is no file, such as the front matter of a page.
///
/// # Errors
/// The first violation of the grammar.
pub fn parse_text(text: &str) -> Result<Node, SyntaxError> {
    Ok(parse(text, FileId(0), &mut OriginTable::default())?.node)
}

/// The spans of a YAML text, as far as it can be read.
pub fn yaml_spans(text: &str) -> YamlSpans {
    match yaml::spans(text) {
        (spans, true) => spans,
        (spans, false) => match yaml::spans(&without_tabs(text)) {
            (spans_without_tabs, true) => spans_without_tabs,
            (_, false) => spans,
        },
    }
}

/// The offset of the first tab that indents a line.
fn tab_in_indentation(text: &str) -> Option<usize> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line.get(..blank).and_then(|blank| blank.find('\t')) {
            return Some(start + tab);
        }
        start += line.len();
    }
    None
}

/// The text with each tab that indents a line replaced by one space, so that all offsets stay the same.
fn without_tabs(text: &str) -> Cow<'_, str> {
    if !text.contains('\t') {
        return Cow::Borrowed(text);
    }
    let mut spaced = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let content = line.trim_start_matches([' ', '\t']);
        spaced.extend(std::iter::repeat_n(' ', line.len() - content.len()));
        spaced.push_str(content);
    }
    Cow::Owned(spaced)
}
