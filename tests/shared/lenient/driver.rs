//! Reads one reply by each of the clients.

use typewright_runtime::codegen::v1::{http, Decoding, InMemoryTransport};

mod lenient {
    include!("lenient.rs");
}
mod named {
    include!("named.rs");
}
mod strict {
    include!("strict.rs");
}

const REPLY: &str = r#"{"name":"v1","labels":null,"tags":null}"#;

/// Decodes a response by a client.
macro_rules! read {
    ($client:ident, $reply:expr, $decoding:expr) => {{
        let memory = InMemoryTransport::new(move |_| http::Response::new($reply.into()));
        let client = $client::Client::builder()
            .transport(memory)
            .decoding($decoding);
        client.build().unwrap().get_volume().send_blocking()
    }};
}

fn main() {
    for decoding in [
        Decoding::Strict,
        Decoding::Tolerant,
        Decoding::observing(|_| panic!()),
    ] {
        let error = format!("{:#}", read!(strict, REPLY, decoding.clone()).unwrap_err());
        assert!(
            error.contains("labels: expected a value, found null"),
            "{error}"
        );
        assert!(
            error.contains("help: ") && error.contains("`responses = \"lenient\"`"),
            "{error}"
        );
        for reply in [REPLY, r#"{"name":"v1"}"#] {
            let volume = read!(lenient, reply, decoding.clone()).unwrap();
            assert_eq!(volume.name.as_deref(), Some("v1"));
            assert!(volume.labels.is_empty() && volume.tags.is_empty());
            let volume = read!(named, reply, decoding.clone()).unwrap();
            assert_eq!(volume.name, "v1");
            assert!(volume.labels.is_empty() && volume.tags.is_empty());
        }
        assert!(read!(lenient, "{}", decoding.clone())
            .unwrap()
            .name
            .is_none());
        assert!(read!(named, "{}", decoding.clone()).is_err());
    }
}
