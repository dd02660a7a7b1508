//! The synthetic API is one that the generator takes whole.

use typewright_benches::model::{Api, Size};
use typewright_benches::write::ours;

#[test]
fn the_generator_takes_it_whole() {
    let size = Size { records: 30, operations: 8 };
    let api = Api::new(size);
    let files = ours::files(&api);
    let text: String = files.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(text.matches("rt::record! {").count(), api.records.len());
    assert_eq!(text.matches("rt::choice! {").count(), api.choices.len());
    assert_eq!(text.matches("rt::union! {").count(), api.unions.len());
    assert_eq!(text.matches("rt::operation! {").count(), api.operations.len());
}
