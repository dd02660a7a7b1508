//! Security schemes of 2.0.

use crate::syntax::Node;

/// `basic` is an `http` scheme, and an OAuth flow stands among `flows` by its new name.
pub(in crate::normalize) fn scheme(node: &mut Node) {
    let Some(kind) = node.text_of("type").map(str::to_owned) else {
        return;
    };
    let origin = node.origin;
    if kind == "basic" {
        node.set("type", Node::text(origin, "http"));
        node.set("scheme", Node::text(origin, "basic"));
    }
    if kind != "oauth2" || node.has("flows") {
        return;
    }
    let flow = node.take("flow");
    let name = match flow.as_ref().and_then(Node::as_text) {
        Some("application") => "clientCredentials",
        Some("accessCode") => "authorizationCode",
        Some("password") => "password",
        _ => "implicit",
    };
    let mut object = Node::object(flow.map_or(origin, |flow| flow.origin));
    for key in ["authorizationUrl", "tokenUrl", "scopes"] {
        if let Some(member) = node.take(key) {
            object.set(key, member);
        }
    }
    if !object.has("scopes") {
        object.set("scopes", Node::object(origin));
    }
    let flows = Node::object(object.origin).with(name, object);
    node.set("flows", flows);
}
