//! What generated contract tests call: an operation with the values made for it, and when its reply counts as right.
#![cfg(all(feature = "testing", feature = "blocking", feature = "reqwest"))]
#![allow(clippy::unwrap_used, reason = "tests")]

use typewright_runtime::codegen::v1::{self, Content, MediaCodec, OperationSpec, Reply, SchemeKind};
use v1::testing::{self, Contract, Given};
use v1::{SecurityNeed, Own, Scheme};

const fn scheme(name: &'static str, kind: SchemeKind) -> Scheme {
    Scheme { name, kind }
}

static API: v1::ApiSpec = v1::ApiSpec {
    title: "Kennel",
    version: "1",
    servers: &[],
    schemes: &[
        scheme(
            "key",
            SchemeKind::ApiKey {
                location: v1::KeyLocation::Header,
                name: "X-Key",
            },
        ),
        scheme("basic", SchemeKind::Basic),
        scheme("bearer", SchemeKind::Bearer),
        scheme("iam", SchemeKind::Other("yandex-iam")),
        scheme("mtls", SchemeKind::MutualTls),
        #[cfg(feature = "digest")]
        scheme("digest", SchemeKind::Digest),
    ],
};

/// A dog's name in a reply, and the reason in a refusal.
struct Dog;
impl v1::Endpoint for Dog {
    type Reply = v1::Json<String>;
    type CodecError = v1::Json<i64>;
}

const JSON: &[Content] = &[Content::json("application/json")];

macro_rules! operations {
    ($($name:ident $replies:expr;)*) => {$(
        static $name: OperationSpec = OperationSpec {
            id: stringify!($name),
            path: "/dogs",
            replies: $replies,
            ..OperationSpec::DEFAULT
        };
    )*};
}

operations! {
    FOUND &[Reply::new(200, JSON), Reply::new(404, JSON)];
    REFUSED &[Reply::new(404, JSON), Reply::range(5, JSON)];
    RANGE &[Reply::range(2, JSON), Reply::new(404, JSON)];
    OTHER &[Reply::other(JSON)];
    SILENT &[];
}

const fn contract(data: &'static OperationSpec) -> Contract {
    Contract::new(v1::Operation::<Dog>::new(data), &[], &[])
}

static CONTRACTS: [Contract; 5] = [
    contract(&FOUND),
    contract(&REFUSED),
    contract(&RANGE),
    contract(&OTHER),
    contract(&SILENT),
];

/// A client whose server always answers so.
fn client(status: u16, body: &'static str) -> (v1::InMemoryTransport, v1::Client) {
    let server = v1::InMemoryTransport::new(move |_| {
        let reply = http::Response::builder().status(status);
        let reply = reply.header("content-type", "application/json");
        reply.body(body.into()).unwrap()
    });
    let builder = v1::ClientBuilder::<v1::Client>::new(&API).transport(server.clone());
    let client = testing::client(builder, "https://kennel.example/v1").unwrap();
    (server, client)
}

/// A server that checks requests may answer with any of the documented replies. Only where no other is documented is a
/// refusal what the document asks for, and where none is documented every success.
#[test]
fn a_reply_is_right_if_the_document_has_no_better_one() {
    let names = |status, body| {
        let (_, client) = client(status, body);
        let right = CONTRACTS.iter();
        let right = right.filter(|contract| contract.with_required(&client).is_ok());
        right.map(Contract::id).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(names(200, "\"rex\""), "FOUND RANGE OTHER SILENT");
    // Of the wrong type.
    assert_eq!(names(200, "7"), "SILENT");
    assert_eq!(names(404, "7"), "REFUSED");
    assert_eq!(names(404, "\"gone\""), "");
    assert_eq!(names(500, "7"), "REFUSED");
    // A status of success that nobody describes.
    assert_eq!(names(201, "\"rex\""), "RANGE OTHER SILENT");
    // Without any sense.
    assert_eq!(names(418, "{"), "");
}

#[test]
fn what_is_wrong_is_told_with_the_reply() {
    let (_, client) = client(200, "{\"name\":7}");
    let told = CONTRACTS[0].with_all(&client).unwrap_err();
    assert!(told.starts_with("FOUND: "), "{told}");
    assert!(told.contains("expected a text, found an object"), "{told}");
    assert!(
        told.ends_with("\ncontent-type: application/json\n\n{\"name\":7}"),
        "{told}"
    );
}

static SAVE: OperationSpec = OperationSpec {
    id: "save",
    method: "POST",
    path: "/dogs",
    bodies: &[
        Content::new("text/plain", MediaCodec::Bytes),
        Content::json("application/json"),
        Content::new("image/png", MediaCodec::Bytes),
    ],
    replies: &[Reply::new(200, JSON)],
    ..OperationSpec::DEFAULT
};

#[test]
fn a_body_goes_out_in_its_media_type() {
    const GIVEN: [&[Given]; 3] = [
        &[Given::bytes("text/plain", "rex")],
        &[Given::body::<Own<String>>("application/json", "\"rex\"")],
        &[Given::bytes("image/png", "PNG")],
    ];
    let (server, client) = client(200, "\"rex\"");
    for given in GIVEN {
        let contract = Contract::new(v1::Operation::<Dog>::new(&SAVE), &[], given);
        contract.with_all(&client).unwrap();
    }
    let sent = server.requests();
    let sent = sent.iter();
    let sent: Vec<_> = sent
        .map(|sent| (sent.headers()["content-type"].as_bytes(), &sent.body()[..]))
        .collect();
    let expected: [(&[u8], &[u8]); 3] = [
        (b"text/plain", b"rex"),
        (b"application/json", b"\"rex\""),
        (b"image/png", b"PNG"),
    ];
    assert_eq!(sent, expected);
}

#[test]
fn a_value_that_does_not_fit_the_operation_is_told() {
    const WRONG: [(&[Given], &str); 2] = [
        (
            &[Given::bytes("text/html", "rex")],
            "the operation takes no body of `text/html`",
        ),
        (
            &[Given::body::<Own<i64>>("application/json", "\"rex\"")],
            "`application/json` is not of the type made for it: expected an integer",
        ),
    ];
    let (server, client) = client(200, "\"rex\"");
    for (given, message) in WRONG {
        let contract = Contract::new(v1::Operation::<Dog>::new(&SAVE), given, &[]);
        let told = contract.with_required(&client).unwrap_err();
        assert!(told.starts_with(message), "{told}");
    }
    assert!(server.requests().is_empty());
}

#[test]
fn every_scheme_has_a_credential() {
    macro_rules! needing {
        ($($name:literal)*) => {[$({
            static DATA: OperationSpec = OperationSpec {
                id: $name,
                path: "/dogs",
                replies: &[Reply::new(200, JSON)],
                security: &[&[SecurityNeed::scheme($name)]],
                ..OperationSpec::DEFAULT
            };
            contract(&DATA)
        }),*]};
    }
    let (server, client) = client(200, "\"rex\"");
    for contract in needing!["key" "basic" "bearer" "iam" "mtls"] {
        assert_eq!(contract.with_required(&client), Ok(()), "{}", contract.id());
    }
    let sent = server.requests();
    assert_eq!(sent[0].headers()["x-key"], "key");
    let header = |at: usize| &sent[at].headers()["authorization"];
    assert_eq!(header(1), "Basic dXNlcjpwYXNzd29yZA==");
    assert_eq!(
        (header(2), header(3)),
        (&"Bearer token".parse().unwrap(), header(2))
    );
    assert!(!sent[4].headers().contains_key("authorization"));
}
