//! `schemes`, `host` and `basePath` are the parts of a server's URL.

use crate::syntax::Node;

/// Writes a server for each scheme.
pub(super) fn servers(root: &mut Node) {
    let schemes = root.take("schemes");
    let host = root.take("host");
    let base = root.take("basePath");
    let origin = [&host, &base, &schemes]
        .into_iter()
        .flatten()
        .map(|part| part.origin)
        .next();
    let Some(origin) = origin else {
        return;
    };
    let path = base.as_ref().and_then(Node::as_text).unwrap_or_default();
    let path = path.trim_end_matches('/');
    let slash = if path.is_empty() || path.starts_with('/') {
        ""
    } else {
        "/"
    };
    let Some(host) = host.as_ref().and_then(Node::as_text).map(str::trim) else {
        if !path.is_empty() {
            let server = server(Node::text(origin, format!("{slash}{path}")));
            root.set("servers", Node::list(origin, vec![server]));
        }
        return;
    };
    let mut urls: Vec<Node> = Vec::new();
    for scheme in schemes.as_ref().and_then(Node::as_list).unwrap_or_default() {
        if let Some(name) = scheme.as_text() {
            urls.push(server(Node::text(
                scheme.origin,
                format!("{name}://{host}{slash}{path}"),
            )));
        }
    }
    if urls.is_empty() {
        urls.push(server(Node::text(
            origin,
            format!("https://{host}{slash}{path}"),
        )));
    }
    // https first: it is the one to use where there is a choice
    urls.sort_by_key(|server| {
        !server
            .text_of("url")
            .is_some_and(|url| url.starts_with("https:"))
    });
    root.set("servers", Node::list(origin, urls));
}

fn server(url: Node) -> Node {
    Node::object(url.origin).with("url", url)
}

/// The servers of an operation that has `schemes` of its own.
pub(super) fn own(root_servers: &[Node], schemes: &[Node]) -> Vec<Node> {
    let rest = root_servers
        .iter()
        .filter_map(|server| server.text_of("url"))
        .find_map(|url| url.split_once("://"));
    let Some((_, rest)) = rest else {
        return Vec::new();
    };
    schemes
        .iter()
        .filter_map(|scheme| {
            Some(server(Node::text(
                scheme.origin,
                format!("{}://{rest}", scheme.as_text()?),
            )))
        })
        .collect()
}
