//! Documents that were edited here and there.
#![no_main]

use std::path::Path;
use std::sync::OnceLock;
use typewright_fuzz::mutate::{apply, Edit};
use typewright_fuzz::{seeds, whole};

libfuzzer_sys::fuzz_target!(|input: (u16, Vec<Edit>)| {
    static DOCUMENTS: OnceLock<Vec<serde_json::Value>> = OnceLock::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let documents = DOCUMENTS.get_or_init(|| seeds::documents(&root));
    let (which, edits) = input;
    let Some(mut document) = documents.get(usize::from(which) % documents.len()).cloned() else {
        return;
    };
    apply(&mut document, edits.get(..edits.len().min(12)).unwrap_or_default());
    whole::run(&document.to_string());
});
