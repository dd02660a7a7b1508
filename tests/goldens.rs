//! Clients of the goldens that tests of behaviour call. They are a library so that the tests use them as callers in
//! other crates do, and so that they are compiled once.
#![allow(missing_docs, reason = "generated from documents that describe little")]
#![allow(clippy::too_many_lines, reason = "a decoder has a line per field")]

macro_rules! golden {
    ($($module:ident: $folder:literal;)*) => {$(
        pub mod $module {
            include!(concat!(env!("CARGO_MANIFEST_DIR"), "/golden/", $folder, "/expected.rs"));
        }
    )*};
}

golden! {
    around: "around";
    bodiless: "bodiless";
    defaults: "defaults";
    empty_path: "empty-path";
    events_named: "events-named";
    formats: "formats";
    forms_of_replies: "forms-of-replies";
    groups: "groups";
    lenient_replies: "lenient-replies";
    lenient_unions: "lenient-unions";
    long_running: "long-running";
    media_types: "media-types";
    multipart: "multipart";
    multipart_headers: "multipart-headers";
    multipart_ordered: "multipart-ordered";
    paging: "paging";
    paging_further: "paging-further";
    parameters: "parameters";
    patterns: "patterns";
    read_and_write: "read-and-write";
    replies_of_one_value: "replies-of-one-value";
    security: "security";
    server_choice: "server-choice";
    streams: "streams";
    streams_declared: "streams-declared";
    tuple: "tuple";
    union_shared_tags: "union-shared-tags";
    union_texts: "union-texts";
    versions: "versions";
    versions_per_call: "versions-per-call";
    xml: "xml";
}
