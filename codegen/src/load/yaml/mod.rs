//! YAML: read by the events of a parser, in one go; written through `serde_yaml`.

mod anchors;
mod frame;
#[cfg(any(test, feature = "yaml-output"))]
mod print;
mod reader;
mod scalar;

#[cfg(test)]
mod tests;

#[cfg(any(test, feature = "yaml-output"))]
pub use print::print;

use super::node::Node;
use super::oddities::Oddity;
use super::origin::OriginTable;
use super::outline::Outline;
use super::FileId;
use reader::Reader;

/// What was read.
pub(super) struct Parsed {
    pub node: Node,
    pub oddities: Vec<Oddity>,
    /// Whether a second document follows.
    pub more: bool,
    /// Where the values stand.
    pub outline: Outline,
}

/// Why nothing was read.
#[derive(Debug)]
pub(super) struct Failure {
    pub fault: Fault,
    /// The byte where it was seen.
    pub at: usize,
}

/// What is wrong with a text.
#[derive(Debug)]
pub(super) enum Fault {
    /// It is no YAML, or says what JSON's values cannot.
    Syntax(String),
    /// Values stand in values too often.
    TooDeep,
    /// Aliases make too many values.
    TooLarge,
}

/// Reads the first document of a YAML text; one that says nothing is `null`.
///
/// # Errors
/// What is wrong and where.
pub(super) fn parse(text: &str, file: FileId, table: &mut OriginTable) -> Result<Parsed, Failure> {
    let mut reader = Reader::new(text, file, table);
    let more = reader.read(text)?;
    Ok(reader.parsed(more))
}

/// The outline of a text that may be broken, as far as it can be read.
pub(super) fn outline(text: &str) -> Outline {
    let mut table = OriginTable::default();
    let mut reader = Reader::new(text, FileId::default(), &mut table);
    let broken = reader.read(text).is_err();
    let outline = reader.parsed(false).outline;
    if broken && text.contains('\t') {
        let spaced = super::parse::without_tabs(text);
        let mut again = Reader::new(&spaced, FileId::default(), &mut table);
        if again.read(&spaced).is_ok() {
            return again.parsed(false).outline;
        }
    }
    outline
}
