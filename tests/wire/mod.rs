//! Generated clients on the wire: requests byte for byte, and decoded responses.

mod atlas;
mod configured;
mod contract;
mod credentials;
mod deviations;
mod digest;
mod events;
mod lenient;
mod media_types;
mod metastore;
mod multipart_lists;
mod pagination;
mod responses;
mod server;
mod servers_and_headers;
mod spqr;
mod undocumented;
mod webhooks;
mod xml;

use crate::support::root;
use server::Sent;
use typewright_runtime::codegen::v1;

/// A body that a vendor documents, with values of our own.
fn body(name: &str) -> String {
    std::fs::read_to_string(root().join("tests/wire/bodies").join(name)).unwrap()
}

/// Asserts that a response retains the whole body, in its order.
fn assert_holds(reply: &dyn v1::Encode, body: &str) {
    let whole: v1::Value = v1::from_json(body.as_bytes()).unwrap();
    let text =
        |value: &dyn v1::Encode| String::from_utf8(v1::to_json_pretty(value).unwrap()).unwrap();
    assert_eq!(text(reply), text(&whole));
}

/// The headers that a document decides, in the order of their names; the transport's own are left out.
fn documented_headers(sent: &Sent) -> Vec<(&str, &str)> {
    let transport_headers = ["host", "user-agent", "content-length"];
    let headers = sent.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let mut headers: Vec<_> =
        headers.filter(|(name, _)| !transport_headers.contains(name)).collect();
    headers.sort_unstable();
    headers
}
