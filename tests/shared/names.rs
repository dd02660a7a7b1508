//! The order of other people's documents decides no name.

use crate::names::compare;
use crate::support::shared;

#[test]
fn the_order_of_other_documents_decides_no_name() {
    let folders = ["corpus/real", "cases"].map(shared).into_iter();
    let folders: Vec<_> = folders.flatten().collect();
    let least = folders.len() * 8;
    compare(&folders, &[1], least);
}
