//! The clients of the goldens, in which each construct stands alone.
#![allow(missing_docs, reason = "generated from documents that describe little")]

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
    empty_path: "empty-path";
    events_named: "events-named";
    forms_of_replies: "forms-of-replies";
    groups: "groups";
    lenient_replies: "lenient-replies";
    long_running: "long-running";
    media_types: "media-types";
    multipart: "multipart";
    multipart_headers: "multipart-headers";
    multipart_ordered: "multipart-ordered";
    paging: "paging";
    parameters: "parameters";
    paging_further: "paging-further";
    replies_of_one_value: "replies-of-one-value";
    security: "security";
    server_choice: "server-choice";
    streams: "streams";
    streams_declared: "streams-declared";
    versions: "versions";
    versions_per_call: "versions-per-call";
}
