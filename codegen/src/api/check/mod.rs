//! Checks of JSON values against the schemas of a document: the constraints that are broken, each with its place.
//!
//! The model does not tell `oneOf` from `anyOf`, so a value may match several variants of a union. `readOnly` members of
//! requests, and `writeOnly` ones of responses, are remarks only, since OpenAPI 3.0 says that they should not be sent (section
//! 4.7.24.2).

mod constraints;
mod containers;
mod formats;
mod path;
mod scalars;
mod unions;

pub use path::{Path, Step};

use super::model::{Access, Api, Json, SchemaId, Shape, Use};
use regress::Regex;
use std::collections::BTreeMap;

/// Maximum number of violations that one check collects.
const MAX_VIOLATIONS: usize = 50;

/// Maximum number of schemas that one check visits: unions of unions may multiply the work.
const MAX_STEPS: u32 = 2_000_000;

/// Maximum number of schemas between a value and one in it; what is deeper is accepted.
const MAX_DEPTH: usize = 512;

/// A constraint that a value breaks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// Place of the value, such as `body.items[3].price`.
    pub place: String,
    /// The constraint and the value.
    pub detail: String,
    /// `true` if the document only advises against the value.
    pub is_remark: bool,
}

/// Checks values against the schemas of one document.
#[derive(Clone, Copy, Debug)]
pub struct Checker<'a> {
    api: &'a Api,
    /// Access of the properties that values of this direction do not have.
    absent: Access,
}

impl<'a> Checker<'a> {
    /// Creates a checker of requests.
    pub fn requests(api: &'a Api) -> Self {
        Self { api, absent: Access::ReadOnly }
    }

    /// Creates a checker of responses.
    pub fn responses(api: &'a Api) -> Self {
        Self { api, absent: Access::WriteOnly }
    }

    /// Returns the constraints that a value breaks, in the order of its members; at most 50.
    pub fn check(&self, used: &Use, value: &Json, path: Path<'_>) -> Vec<Violation> {
        let mut run = Run {
            checker: *self,
            violations: Vec::new(),
            steps: 0,
            depth: 0,
            patterns: BTreeMap::new(),
        };
        run.at_use(used, value, path);
        run.violations
    }

    /// `true` if the document allows a value, remarks aside.
    pub fn accepts(&self, used: &Use, value: &Json) -> bool {
        let violations = self.check(used, value, Path::root("value"));
        violations.iter().all(|violation| violation.is_remark)
    }
}

/// One check in progress.
struct Run<'a> {
    checker: Checker<'a>,
    violations: Vec<Violation>,
    steps: u32,
    depth: usize,
    /// Compiled patterns; `None` for invalid ones, which match any text.
    patterns: BTreeMap<&'a str, Option<Regex>>,
}

impl<'a> Run<'a> {
    fn violation(&mut self, path: Path<'_>, detail: String) {
        self.push(path, detail, false);
    }

    fn push(&mut self, path: Path<'_>, detail: String, is_remark: bool) {
        if self.violations.len() < MAX_VIOLATIONS {
            self.violations.push(Violation { place: path.to_string(), detail, is_remark });
        }
    }

    fn at_use(&mut self, used: &'a Use, value: &Json, path: Path<'_>) {
        if !(value.is_null() && used.nullable) {
            self.at_schema(used.schema, value, path);
        }
    }

    fn at_schema(&mut self, id: SchemaId, value: &Json, path: Path<'_>) {
        let Some(schema) = self.checker.api.schemas.get(id) else {
            return;
        };
        self.steps = self.steps.saturating_add(1);
        if value.is_null() && schema.nullable || self.depth > MAX_DEPTH || self.steps > MAX_STEPS {
            return;
        }
        self.depth += 1;
        let before = self.violations.len();
        self.at_shape(&schema.shape, value, path);
        if self.violations.len() == before {
            self.constraints(&schema.constraints, value, path);
        }
        self.depth -= 1;
    }

    fn at_shape(&mut self, shape: &'a Shape, value: &Json, path: Path<'_>) {
        match shape {
            Shape::Any(_) => {}
            Shape::Never => self.violation(path, "the document allows no value".to_owned()),
            Shape::Null => self.expect(value.is_null(), "null", value, path),
            Shape::Bool => self.expect(value.is_boolean(), "a boolean", value, path),
            Shape::Integer(format) => self.integer(*format, value, path),
            Shape::Number(_) => self.expect(value.is_number(), "a number", value, path),
            Shape::Text(format) => self.text(format, value, path),
            Shape::Choice(choice) => self.choice(choice, value, path),
            Shape::List(list) => self.list(list, value, path),
            Shape::Tuple(tuple) => self.tuple(tuple, value, path),
            Shape::Object(object) => self.object(object, value, path),
            Shape::Union(union) => self.union(union, value, path),
            Shape::Alias(used) => self.at_use(used, value, path),
        }
    }

    /// Reports a value that is not what its schema expects.
    fn expect(&mut self, is_fitting: bool, expected: &str, value: &Json, path: Path<'_>) {
        if !is_fitting {
            self.violation(path, format!("expected {expected}, not {}", described(value)));
        }
    }
}

/// Words for a value: its type, and the value itself if it is short.
fn described(value: &Json) -> String {
    const LONGEST: usize = 40;
    match value {
        Json::Null => "null".to_owned(),
        Json::Bool(_) | Json::Number(_) => format!("`{value}`"),
        Json::String(text) if text.chars().count() > LONGEST => {
            let start: String = text.chars().take(LONGEST).collect();
            format!("the string {}", Json::from(format!("{start}…")))
        }
        Json::String(_) => format!("the string {value}"),
        Json::Array(_) => "an array".to_owned(),
        Json::Object(_) => "an object".to_owned(),
    }
}
