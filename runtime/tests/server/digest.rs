//! HTTP digest: the challenge of the service, and the answers of clients.

use crate::support::{operation, outcome, send, RouterTransport};
use axum::response::IntoResponse as _;
use axum::Router;
use md5::{Digest as _, Md5};
use typewright_runtime::codegen::v1 as rt;

static API: rt::ApiSpec = rt::ApiSpec {
    title: "Digests",
    version: "1",
    servers: &[rt::Server { url: "http://tests.example", variables: &[] }],
    schemes: &[
        rt::Scheme { name: "pair", kind: rt::SchemeKind::Digest },
        rt::Scheme { name: "token", kind: rt::SchemeKind::Bearer },
    ],
};

const CHALLENGE: &str = r#"Digest realm="r", qop="auth", algorithm=MD5, nonce="n1""#;

fn hash(text: &str) -> String {
    format!("{:x}", Md5::digest(text))
}

/// The response that a right password gives (RFC 7616, section 3.4.1); `None` without a digest.
fn response(credential: &rt::RequestCredential) -> Option<bool> {
    let pairs = credential.secret().split(", ").filter_map(|pair| pair.split_once('='));
    let pairs: Vec<(&str, &str)> =
        pairs.map(|(name, value)| (name, value.trim_matches('"'))).collect();
    let get = |name: &str| Some(pairs.iter().find(|(other, _)| *other == name)?.1);
    let who = hash(&format!("{}:r:secret", get("username")?));
    let what = hash(&format!("{}:{}", credential.method(), credential.uri()));
    let (count, cnonce) = (get("nc")?, get("cnonce")?);
    let right = hash(&format!("{who}:n1:{count}:{cnonce}:auth:{what}"));
    Some(get("nonce")? == "n1" && get("response")? == right)
}

fn authenticate(_: &(), credential: rt::RequestCredential) -> rt::Authentication<'_, String> {
    let scheme = credential.scheme();
    let outcome = match (scheme, response(&credential)) {
        ("pair", Some(true)) => Ok("mia".to_owned()),
        // A service that takes everyone, which must not admit requests without a credential.
        ("pair", None) if credential.headers().contains_key("x-open") => Ok("nobody".to_owned()),
        ("pair", _) => Err(rt::Denial::unauthorized().challenge(CHALLENGE).reason("by digest")),
        _ => Err(rt::Denial::unauthorized().reason("by token")),
    };
    Box::pin(std::future::ready(outcome))
}

fn router(security: &str) -> (&'static rt::OperationSpec, Router) {
    let text = format!("test PUT /x/{{id}}\nquery q\npath id\n200\nsecurity {security}");
    let spec = operation(text);
    let mut routes = rt::Routes::secured(&API, (), authenticate);
    routes.add(spec, |_, request| {
        Box::pin(async move {
            let (context, _) = request.split();
            Ok(context.principal().cloned().unwrap_or_default().into_response())
        })
    });
    (spec, routes.into_router())
}

#[test]
fn clients_answer_the_challenge() {
    let (spec, router) = router("pair");
    let status = |password: &str| {
        let credential = rt::Credential::digest("mia", password);
        let transport = RouterTransport { router: router.clone(), piece: 100 };
        let credentials = rt::Credentials::new().with("pair", credential);
        let builder = rt::ClientBuilder::<rt::Client>::new(&API).transport(transport);
        let client = builder.credentials(credentials).build().unwrap();
        let statuses = (0..2).map(|_| {
            let mut call = client.call(spec);
            call.path("id", &"ä,b".to_owned());
            call.query("q", &7_i64);
            outcome(call).0
        });
        statuses.collect::<Vec<_>>()
    };
    assert_eq!(status("secret"), [200, 200]);
    assert_eq!(status("wrong"), [401, 401]);
}

/// The service is asked for a challenge, and for nothing else.
#[tokio::test]
async fn without_a_digest_the_response_is_the_challenge() {
    let (_, only) = router("pair");
    let nothing = send(&only, "PUT /x/1", &[], "").await;
    assert_eq!((nothing.status, nothing.header("www-authenticate")), (401, CHALLENGE));
    assert!(nothing.body.contains("no credential"), "{}", nothing.body);
    let open = send(&only, "PUT /x/1", &[("x-open", "1")], "").await;
    assert_eq!((open.status, open.header("www-authenticate")), (401, ""));
    let (_, either) = router("token | pair");
    let wrong = send(&either, "PUT /x/1", &[("authorization", "Bearer t")], "").await;
    assert_eq!((wrong.status, wrong.all("www-authenticate")), (401, vec!["Bearer", CHALLENGE]));
    assert!(wrong.body.contains("by token"), "{}", wrong.body);
    let wrong = send(&either, "PUT /x/1", &[("authorization", "Digest nonce=\"n0\"")], "").await;
    assert_eq!((wrong.status, wrong.all("www-authenticate")), (401, vec!["Bearer", CHALLENGE]));
    let (_, optional) = router("none | pair");
    assert_eq!(send(&optional, "PUT /x/1", &[], "").await.status, 200);
}
