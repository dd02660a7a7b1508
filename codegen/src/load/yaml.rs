//! YAML, through `serde_yaml`: the only file that names it.

use super::builder::{Builder, Oddity};
use super::node::{Node, Value};
use super::origin::{OriginId, OriginTable};
use super::FileId;
use serde::de::DeserializeSeed;
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

/// Values that a file of no length may have; more come with its length.
const LEAST_BUDGET: usize = 20_000;
/// Values that aliases may make of each byte.
const BUDGET_PER_BYTE: usize = 8;

/// What was read.
pub(super) struct Parsed {
    pub node: Node,
    pub oddities: Vec<Oddity>,
    /// Numbers whose text was lost.
    pub doubtful: Vec<OriginId>,
    /// Whether a second document follows.
    pub more: bool,
}

/// Why nothing was read.
#[derive(Debug)]
pub(super) struct Failure {
    pub message: String,
    /// Line and column, from 1; columns in characters.
    pub at: Option<(usize, usize)>,
}

impl From<serde_yaml::Error> for Failure {
    fn from(error: serde_yaml::Error) -> Self {
        let at = error.location().map(|at| (at.line(), at.column()));
        let message = error.to_string();
        let end = message.rfind(" at line ").unwrap_or(message.len());
        Self {
            message: message.get(..end).unwrap_or_default().to_owned(),
            at,
        }
    }
}

/// Reads the first document of a YAML text.
///
/// # Errors
/// What is wrong and where.
pub(super) fn parse(text: &str, file: FileId, table: &mut OriginTable) -> Result<Parsed, Failure> {
    let budget = LEAST_BUDGET.saturating_add(text.len().saturating_mul(BUDGET_PER_BYTE));
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let Some(first) = documents.next() else {
        return Err(Failure {
            message: "the file is empty".to_owned(),
            at: None,
        });
    };
    let mut builder = Builder::yaml(table, budget);
    let node = builder.root(file).deserialize(first)?;
    Ok(Parsed {
        node,
        oddities: builder.oddities,
        doubtful: builder.doubtful,
        more: documents.next().is_some(),
    })
}

/// A value as YAML text.
///
/// # Errors
/// None that a tree of values can cause; the message if there is one all the same.
pub fn print(node: &Node) -> Result<String, String> {
    serde_yaml::to_string(node).map_err(|error| error.to_string())
}

/// Numbers go through the widest machine type that holds them exactly; others as text.
impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Number(text) => number(text, serializer),
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Value::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (key, member) in members {
                    map.serialize_entry(&**key, member)?;
                }
                map.end()
            }
        }
    }
}

fn number<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if let Ok(value) = text.parse::<i64>() {
        serializer.serialize_i64(value)
    } else if let Ok(value) = text.parse::<u64>() {
        serializer.serialize_u64(value)
    } else if let Ok(value) = text.parse::<i128>() {
        serializer.serialize_i128(value)
    } else {
        match super::number::exact_f64(text) {
            Some(value) => serializer.serialize_f64(value),
            None => serializer.serialize_str(text),
        }
    }
}
