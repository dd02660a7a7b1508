//! What the generated clients send, byte for byte, and what they make of what comes back.
#![allow(clippy::disallowed_methods, reason = "tests read files")]
#![allow(
    clippy::field_reassign_with_default,
    reason = "records are filled as callers in other crates fill them"
)]

#[path = "wire/around.rs"]
mod around;
#[path = "wire/atlas.rs"]
mod atlas;
#[path = "wire/contents.rs"]
mod contents;
#[path = "wire/contract.rs"]
mod contract;
#[path = "wire/credentials.rs"]
mod credentials;
#[path = "wire/declared.rs"]
mod declared;
#[path = "wire/digest.rs"]
mod digest;
#[path = "wire/drift.rs"]
mod drift;
#[path = "wire/events.rs"]
mod events;
#[path = "wire/failures.rs"]
mod failures;
#[path = "wire/going_on.rs"]
mod going_on;
#[path = "wire/goldens.rs"]
mod goldens;
#[path = "wire/lenient.rs"]
mod lenient;
#[path = "wire/metastore.rs"]
mod metastore;
#[path = "wire/ordered.rs"]
mod ordered;
#[path = "wire/replies.rs"]
mod replies;
#[path = "wire/server.rs"]
mod server;
#[path = "wire/spqr.rs"]
mod spqr;

use server::Sent;
use typewright_runtime::codegen::v1;
use typewright_tests::root;

/// A body that a vendor documents, with values of our own.
fn body(name: &str) -> String {
    std::fs::read_to_string(root().join("tests/wire/bodies").join(name)).unwrap()
}

/// Whether a reply holds all that was sent, in its order.
fn assert_holds(reply: &dyn v1::Encode, body: &str) {
    let whole: v1::Value = v1::from_json(body.as_bytes()).unwrap();
    let text =
        |value: &dyn v1::Encode| String::from_utf8(v1::to_json_pretty(value).unwrap()).unwrap();
    assert_eq!(text(reply), text(&whole));
}

/// The headers that a document decides, in the order of their names; the transport's own are left out.
fn documented_headers(sent: &Sent) -> Vec<(&str, &str)> {
    let own = ["host", "user-agent", "content-length"];
    let headers = sent
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    let mut headers: Vec<_> = headers.filter(|(name, _)| !own.contains(name)).collect();
    headers.sort_unstable();
    headers
}
