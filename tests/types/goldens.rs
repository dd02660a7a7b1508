//! The types of the goldens, in which each construct stands alone.
#![allow(missing_docs, reason = "generated from documents that describe little")]
#![allow(clippy::too_many_lines, reason = "a reader has a line a field")]

macro_rules! golden {
    ($($module:ident: $folder:literal;)*) => {$(
        pub mod $module {
            include!(concat!(env!("CARGO_MANIFEST_DIR"), "/golden/", $folder, "/expected.rs"));
        }
    )*};
}

golden! {
    defaults: "defaults";
    formats: "formats";
    lenient_replies: "lenient-replies";
    lenient_unions: "lenient-unions";
    patterns: "patterns";
    read_and_write: "read-and-write";
    tuple: "tuple";
    union_texts: "union-texts";
    union_shared_tags: "union-shared-tags";
}
