//! Bundles of other people's documents.

use crate::bundle::check;
use crate::support::{documents_below, shared};

#[test]
fn features() {
    let folder = shared("corpus/features").into_iter();
    check(folder.flat_map(|folder| documents_below(&folder)));
}

#[test]
fn split_documents() {
    let entries = ["cafe-3.x/openapi.yaml", "petstore-2.0/spec/swagger.yaml"];
    let folder = shared("corpus/split").into_iter();
    check(folder.flat_map(|folder| entries.map(|entry| folder.join(entry))));
}

#[test]
#[ignore = "reads twenty megabytes, which takes minutes without `--profile dist`"]
fn real_documents() {
    let folder = shared("corpus/real").into_iter();
    check(folder.flat_map(|folder| documents_below(&folder)));
}
