//! Stand-in until the sanitizer lands.
use crate::api::ir::Docs;
/// Lines.
pub fn summary(docs: &Docs) -> Vec<String> {
    docs.description
        .iter()
        .flat_map(|text| text.lines().map(str::to_owned))
        .collect()
}
