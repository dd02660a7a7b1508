//! The calls of generated contract tests: an operation with example values, and the check of its response.
#![cfg(all(feature = "testing", feature = "blocking", feature = "reqwest"))]
#![allow(clippy::unwrap_used, reason = "tests")]

use typewright_runtime::codegen::v1::{self, SchemeKind};
use v1::testing::{self, Contract, ContractValue};
use v1::{Native, Scheme};

const fn scheme(name: &'static str, kind: SchemeKind) -> Scheme {
    Scheme { name, kind }
}

static API: v1::ApiSpec = v1::ApiSpec {
    title: "Kennel",
    version: "1",
    servers: &[],
    schemes: &[
        scheme("key", SchemeKind::ApiKey { location: v1::KeyLocation::Header, name: "X-Key" }),
        scheme("basic", SchemeKind::Basic),
        scheme("bearer", SchemeKind::Bearer),
        scheme("iam", SchemeKind::Other("yandex-iam")),
        scheme("mtls", SchemeKind::MutualTls),
        #[cfg(feature = "digest")]
        scheme("digest", SchemeKind::Digest),
    ],
};

v1::call!(pub(crate) Call);

/// A dog's name in a response, and the reason in a refusal.
macro_rules! operations {
    ($($name:ident $marker:ident $text:literal;)*) => {$(
        v1::operation! {
            /// A call about dogs.
            $name($marker) -> v1::Json<String>, v1::Json<i64>; $text
        }
    )*};
}

operations! {
    Found FoundOperation "FOUND GET /dogs
        200 404 application/json";
    Refused RefusedOperation "REFUSED GET /dogs
        404 5XX application/json";
    Ranged RangedOperation "RANGE GET /dogs
        2XX 404 application/json";
    Other OtherOperation "OTHER GET /dogs
        default application/json";
    Silent SilentOperation "SILENT GET /dogs";
    Save SaveOperation "save POST /dogs
        body text/plain as bytes
        body application/json
        body image/png
        200 application/json";
}

static CONTRACTS: [Contract; 5] = [
    Contract::new::<Found>(&[], &[]),
    Contract::new::<Refused>(&[], &[]),
    Contract::new::<Ranged>(&[], &[]),
    Contract::new::<Other>(&[], &[]),
    Contract::new::<Silent>(&[], &[]),
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

/// A server that checks requests may answer with any of the documented responses. Only where no other is documented is a
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
    let message = CONTRACTS[0].with_all(&client).unwrap_err();
    assert!(message.starts_with("FOUND: "), "{message}");
    assert!(message.contains("expected a text, found an object"), "{message}");
    assert!(message.ends_with("\ncontent-type: application/json\n\n{\"name\":7}"), "{message}");
}

#[test]
fn a_body_goes_out_in_its_media_type() {
    const VALUES: [&[ContractValue]; 3] = [
        &[ContractValue::bytes("text/plain", "rex")],
        &[ContractValue::body::<Native<String>>("application/json", "\"rex\"")],
        &[ContractValue::bytes("image/png", "PNG")],
    ];
    let (server, client) = client(200, "\"rex\"");
    for values in VALUES {
        let contract = Contract::new::<Save>(&[], values);
        contract.with_all(&client).unwrap();
    }
    let sent = server.requests();
    let sent = sent.iter();
    let sent: Vec<_> =
        sent.map(|sent| (sent.headers()["content-type"].as_bytes(), &sent.body()[..])).collect();
    let expected: [(&[u8], &[u8]); 3] =
        [(b"text/plain", b"rex"), (b"application/json", b"\"rex\""), (b"image/png", b"PNG")];
    assert_eq!(sent, expected);
}

#[test]
fn a_value_that_does_not_fit_the_operation_is_told() {
    const WRONG: [(&[ContractValue], &str); 2] = [
        (&[ContractValue::bytes("text/html", "rex")], "the operation takes no body of `text/html`"),
        (
            &[ContractValue::body::<Native<i64>>("application/json", "\"rex\"")],
            "`application/json` is not of the type made for it: expected an integer",
        ),
    ];
    let (server, client) = client(200, "\"rex\"");
    for (values, message) in WRONG {
        let contract = Contract::new::<Save>(values, &[]);
        let failure = contract.with_required(&client).unwrap_err();
        assert!(failure.starts_with(message), "{failure}");
    }
    assert!(server.requests().is_empty());
}

#[test]
fn every_scheme_has_a_credential() {
    macro_rules! needing {
        ($($name:ident)*) => {[$({
            enum Secured {}
            impl v1::Endpoint for Secured {
                type Output = v1::Json<String>;
                type Error = v1::Json<i64>;

                fn spec() -> &'static v1::OperationSpec {
                    static SPEC: v1::LazySpec = v1::LazySpec::new(concat!(
                        stringify!($name),
                        " GET /dogs\n200 application/json\nsecurity ",
                        stringify!($name),
                    ));
                    &SPEC
                }
            }
            Contract::new::<Secured>(&[], &[])
        }),*]};
    }
    let (server, client) = client(200, "\"rex\"");
    for contract in needing![key basic bearer iam mtls] {
        assert_eq!(contract.with_required(&client), Ok(()), "{}", contract.id());
    }
    let sent = server.requests();
    assert_eq!(sent[0].headers()["x-key"], "key");
    let header = |at: usize| &sent[at].headers()["authorization"];
    assert_eq!(header(1), "Basic dXNlcjpwYXNzd29yZA==");
    assert_eq!((header(2), header(3)), (&"Bearer token".parse().unwrap(), header(2)));
    assert!(!sent[4].headers().contains_key("authorization"));
}
