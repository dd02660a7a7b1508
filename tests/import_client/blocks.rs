//! Blocks in which a page draws JSON, read without the importer, and their types.

use crate::shape::lowered;
use crate::shape::node::{draw, Drawing};
use serde_yaml::Value;
use std::collections::BTreeMap;
use std::ops::Range;
use typewright_import::Document;

/// A block.
pub struct Block {
    /// The line of its fence, from 1.
    pub line: usize,
    /// The bytes that it takes up.
    pub bytes: Range<usize>,
    /// Its lines, without the space at their ends.
    pub text: String,
    /// The method, in lower case, and the path of the request.
    request: (String, String),
    /// `true` for the body of a request.
    is_body: bool,
}

/// The blocks of a page.
pub fn read(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    let mut request = (String::new(), String::new());
    let mut is_body = false;
    let mut start = 0;
    for (number, line) in page.split_inclusive('\n').enumerate() {
        let (text, bytes) = (line.trim_end(), start..start + line.len());
        start = bytes.end;
        match &mut open {
            None if text == "```json" => {
                open = Some(Block {
                    line: number + 1,
                    bytes,
                    text: String::new(),
                    request: request.clone(),
                    is_body,
                });
            }
            Some(block) if text == "```" => {
                block.bytes.end = bytes.end;
                blocks.extend(open.take());
            }
            Some(block) => block.text += &format!("{text}\n"),
            None if text.starts_with("## ") => is_body = text.starts_with("## Body"),
            None => request = request_line(text).unwrap_or(request),
        }
    }
    blocks
}

/// Reads a line such as `GET https://host/path`.
fn request_line(line: &str) -> Option<(String, String)> {
    let (method, url) = line.split_once(" https://")?;
    let known = ["GET", "POST", "PUT", "PATCH", "DELETE"].contains(&method);
    let (_, path) = known.then_some(url)?.split_once('/')?;
    Some((method.to_lowercase(), format!("/{path}")))
}

/// A path whose variables have no names.
fn nameless(path: &str) -> String {
    let mut parts = path.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    let rest = parts.map(|part| part.split_once('}').map_or(part, |(_, after)| after));
    rest.fold(first, |path, part| path + "{}" + part)
}

/// The shape of the generated type of a block's JSON; `None` where no document has it.
pub fn drawn(documents: &[Document], block: &Block) -> Option<String> {
    documents.iter().find_map(|document| {
        let value: Value = serde_yaml::from_str(&document.yaml).unwrap();
        let component = component(&value, block)?;
        let krate = lowered::lower(&document.yaml).unwrap();
        let (node, groups) = lowered::shape_with(&krate, &component, &single(&value))?;
        Some(draw(&node, &groups, Drawing::Documented))
    })
}

/// The component that an operation takes or answers.
fn component(document: &Value, block: &Block) -> Option<String> {
    let (method, path) = &block.request;
    let paths = document.get("paths")?.as_mapping()?;
    let same = |key: &Value| key.as_str().map(nameless) == Some(nameless(path));
    let (_, item) = paths.iter().find(|(key, _)| same(key))?;
    let operation = item.get(method.as_str())?;
    let holder = match block.is_body {
        true => operation.get("requestBody")?,
        false => operation.get("responses")?.get("200")?,
    };
    let schema = holder.get("content")?.get("application/json")?.get("schema")?;
    let reference = schema.get("$ref")?.as_str()?;
    reference.rsplit('/').next().map(str::to_owned)
}

/// The groups of one member, by the components that have them.
fn single(document: &Value) -> BTreeMap<String, Vec<Vec<String>>> {
    let schemas = document["components"]["schemas"].as_mapping();
    let groups = schemas.into_iter().flatten().filter_map(|(name, schema)| {
        let groups = schema.get("x-typewright-at-most-one")?.clone();
        Some((name.as_str()?.to_owned(), serde_yaml::from_value(groups).unwrap()))
    });
    groups.collect()
}
