use super::*;
use crate::auth::challenge::challenges;
use http::header::{HeaderMap, WWW_AUTHENTICATE};

fn read(headers: &[&str]) -> Vec<Challenge> {
    let mut map = HeaderMap::new();
    for header in headers {
        map.append(WWW_AUTHENTICATE, header.parse().unwrap());
    }
    challenges(&map)
}

fn user(name: &str, password: &str) -> Pair {
    Pair::new(name.to_owned(), password.into())
}

#[test]
fn neither_name_nor_password_is_shown() {
    let formatted = format!("{:?}", user("Mufasa", "Circle of Life"));
    assert_eq!(formatted, "a name and its password");
}

fn input<'a>(method: &'a str, uri: &'a str, cnonce: &'a str) -> DigestInput<'a> {
    DigestInput { method, uri, count: 1, cnonce, first_nonce: "", body: "" }
}

const FIRST: &str = r#"Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS""#;
const SECOND: &str = r#"Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=MD5, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS""#;

#[test]
fn the_first_example_of_rfc_7616() {
    let user = user("Mufasa", "Circle of Life");
    let input = input("GET", "/dir/index.html", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");
    let strong = Offer::strongest(&read(&[SECOND, FIRST])).unwrap();
    assert_eq!(
        authorization(&strong, &user, &input),
        r#"Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", algorithm=SHA-256, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", nc=00000001, cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", qop=auth, response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS""#
    );
    let weak = Offer::strongest(&read(&[SECOND])).unwrap();
    let value = authorization(&weak, &user, &input);
    assert!(value.contains(r#"response="8ca523f5e9506fed4657c9700eebdbec""#), "{value}");
}

/// Section 3.9.2 with the values of erratum 4897.
#[test]
fn the_second_example_of_rfc_7616() {
    let offer = Offer::strongest(&read(&[
        r#"Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, nonce="5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", opaque="HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS", charset=UTF-8, userhash=true"#,
    ]));
    let input = input("GET", "/doe.json", "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v");
    let value = authorization(&offer.unwrap(), &user("Jäsøn Doe", "Secret, or not?"), &input);
    assert!(value.starts_with(
        r#"Digest username="793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b""#
    ));
    assert!(
        value.contains(
            r#"response="3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5""#
        ),
        "{value}"
    );
    assert!(value.ends_with("userhash=true"), "{value}");
}

/// The example of RFC 2617.
#[test]
fn an_older_example() {
    let offer = Offer::strongest(&read(&[
        r#"Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41""#,
    ]));
    let input = input("GET", "/dir/index.html", "0a4f113b");
    let value = authorization(&offer.unwrap(), &user("Mufasa", "Circle Of Life"), &input);
    assert!(value.contains(r#"response="6629fae49393a05397450978507c4ef1""#), "{value}");
    assert!(!value.contains("algorithm"), "{value}");
}

/// Headers of Python's `requests` 2.34.2: algorithm, qop, method, uri, cnonce, response.
const REQUESTS: [(&str, &str, &str, &str, &str, &str); 10] = [
    ("", "", "GET", "/a/b?x=1&y=%2F", "", "67482b405ba28f44df1b0526e1f28ba6"),
    ("", "auth", "GET", "/a/b?x=1&y=%2F", "b45cdfe075c99ec0", "33ce31a87b60068de76d76b473177c96"),
    (
        "",
        "auth,auth-int",
        "POST",
        "/things:create/",
        "dc86f8a24e15ffab",
        "84358f079870bc92f9c0efea7c8f8b36",
    ),
    ("MD5", "", "POST", "/things:create/", "", "eeda224316f3d2d70541a8c9ab990f7e"),
    (
        "MD5",
        "auth",
        "POST",
        "/things:create/",
        "643336644a4499b3",
        "270afd7a3541a11dea7d926752df1f7d",
    ),
    (
        "MD5-SESS",
        "auth",
        "GET",
        "/a/b?x=1&y=%2F",
        "f24679bfa0bee939",
        "5f6cc4a7ff88a1a1eb2fc3cf6079ad2c",
    ),
    (
        "MD5-SESS",
        "auth,auth-int",
        "POST",
        "/things:create/",
        "ccdff83b30611e16",
        "4a6d7256f0533623dc90b035739a18b4",
    ),
    (
        "SHA-256",
        "",
        "GET",
        "/a/b?x=1&y=%2F",
        "",
        "a3d6bacf62fc548f8e9865892415fa2f61e2b8e4878d83e42541bb9f51b865d7",
    ),
    (
        "SHA-256",
        "auth",
        "GET",
        "/a/b?x=1&y=%2F",
        "65a55d01554aa39f",
        "a72b3e4d1236c8c3749413c37a988e7b1d65dd8f51729c8340ad4ef218579536",
    ),
    (
        "SHA-256",
        "auth,auth-int",
        "POST",
        "/things:create/",
        "9d1b50ba376b8f78",
        "b15ff6520071c120ec000448b1975b17c741131ac97a2f94c71c4e2908d83af4",
    ),
];

#[test]
fn another_client_responds_alike() {
    for (algorithm, qop, method, uri, cnonce, response) in REQUESTS {
        let mut header = String::from(
            r#"Digest realm="http-auth@example.org", nonce="7ypf/xlj9XXwfDPEoM4URrv=", opaque="FQhe""#,
        );
        if !algorithm.is_empty() {
            write!(header, ", algorithm={algorithm}").unwrap();
        }
        if !qop.is_empty() {
            write!(header, ", qop=\"{qop}\"").unwrap();
        }
        let offer = Offer::strongest(&read(&[&header])).unwrap();
        let user = user("Mufasa", "Circle, of \"Life\"");
        let input = DigestInput { first_nonce: &offer.nonce, ..input(method, uri, cnonce) };
        let value = authorization(&offer, &user, &input);
        assert!(value.contains(&format!("response=\"{response}\"")), "{header}\n{value}");
    }
}

#[test]
fn only_challenges_that_are_understood_have_a_response() {
    for header in [
        "Basic realm=\"x\"",
        "Digest realm=\"x\"",
        "Digest realm=\"x\", nonce=\"n\", algorithm=MD4",
        "Digest realm=\"x\", nonce=\"n\", qop=\"token\"",
    ] {
        assert!(Offer::strongest(&read(&[header])).is_none(), "{header}");
    }
    let both =
        r#"Basic realm="b", Digest realm="d, \"q\"", nonce="n", algorithm=sha-256-SESS, qop=auth"#;
    let offer = Offer::strongest(&read(&[both])).unwrap();
    assert!(offer.session && offer.hash == Hash::Sha256 && offer.qop == Qop::Auth);
    let value = authorization(&offer, &user("a\"b\\", "p"), &input("GET", "/", "c"));
    assert!(value.starts_with(r#"Digest username="a\"b\\", realm="d, \"q\"", uri="/""#), "{value}");
    assert!(value.contains("algorithm=sha-256-SESS"), "{value}");
    let value = authorization(&offer, &user("ü", "p"), &input("GET", "/", "c"));
    assert!(value.starts_with("Digest username*=UTF-8''%C3%BC, "), "{value}");
}

/// The header for a request without a body.
fn header(session: &Session, origin: &str) -> Option<(String, String)> {
    now(session.authorize(origin, "GET", "/", &Body::Empty)).unwrap()
}

/// Nothing here waits.
fn now<T>(future: impl std::future::Future<Output = T>) -> T {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::pin!(future).poll(&mut context) {
        std::task::Poll::Ready(value) => value,
        std::task::Poll::Pending => panic!("waits"),
    }
}

#[test]
fn a_nonce_is_counted_until_another_comes() {
    let session = Session::new(user("u", "p"));
    assert_eq!(header(&session, "o"), None);
    let challenge = |nonce: &str, stale: bool| {
        read(&[&format!("Digest realm=\"r\", nonce=\"{nonce}\", qop=\"auth\", stale={stale}")])
    };
    assert!(session.accept_challenge("o", None, &challenge("1", false)));
    for count in ["00000001", "00000002"] {
        let (value, nonce) = header(&session, "o").unwrap();
        assert!(value.contains(&format!("nc={count}")) && nonce == "1", "{value}");
    }
    assert!(header(&session, "other").is_none());
    // The same nonce again means that name or password are wrong.
    assert!(!session.accept_challenge("o", Some("1"), &challenge("1", false)));
    // A call that had no nonce yet finds that another has taken the challenge up.
    assert!(session.accept_challenge("o", None, &challenge("1", false)));
    assert!(session.accept_challenge("o", Some("1"), &challenge("2", true)));
    assert!(header(&session, "o").unwrap().0.contains("nc=00000001"));
    // A first response that is refused without `stale` was wrong, whatever nonce comes with the refusal.
    assert!(!session.accept_challenge("o", Some("2"), &challenge("3", false)));
}

/// Computed with Python's `hashlib`.
#[test]
fn the_body_is_protected_where_the_server_insists() {
    for (algorithm, body, response) in [
        ("MD5", "{\"a\":\"ü\"}", "6268418177311aa1404e049e29f45814"),
        ("MD5-sess", "", "cf0564e48462041aa8b4f5f54ac0e5b2"),
        (
            "SHA-256",
            "{\"a\":\"ü\"}",
            "d7207fd580fd24f21d58d4528a5f1245132e64342ac087e464ebb5a3b5ad9315",
        ),
        ("SHA-256-sess", "", "6fd12e961a6eb463c507f7886160ec819db5e42a1e515d20a9b620aa6b2d53e6"),
    ] {
        let offer = Offer::strongest(&read(&[&format!(
            r#"Digest realm="http-auth@example.org", nonce="7ypf/xlj9XXwfDPEoM4URrv=", qop="auth-int", algorithm={algorithm}"#
        )]));
        let offer = offer.unwrap();
        let body = now(offer.hash.body(&body.into())).unwrap().unwrap();
        let input = DigestInput {
            body: &body,
            first_nonce: &offer.nonce,
            ..input("POST", "/things", "f2/wE4")
        };
        let value = authorization(&offer, &user("Mufasa", "Circle of Life"), &input);
        assert!(value.contains(&format!("response=\"{response}\"")), "{value}");
        assert!(value.contains("qop=auth-int"), "{value}");
    }
}

#[test]
fn a_body_that_exists_once_cannot_be_protected() {
    let session = Session::new(user("u", "p"));
    let challenge = read(&[r#"Digest realm="r", nonce="1", qop="auth-int""#]);
    assert!(session.accept_challenge("o", None, &challenge));
    let body = Body::once(bytes::Bytes::from_static(b"x").into(), None);
    let refused = now(session.authorize("o", "PUT", "/", &body)).unwrap_err();
    assert!(refused.to_string().contains("only once"), "{refused}");
}

/// The key of a `-sess` algorithm keeps the challenge's nonce; expected values from Python's `hashlib`.
#[test]
fn the_next_nonce_takes_the_place_of_the_one_used() {
    let session = Session::new(user("Mufasa", "Circle of Life"));
    let challenge = read(&[
        r#"Digest realm="http-auth@example.org", nonce="7ypf/xlj9XXwfDPEoM4URrv=", qop="auth", algorithm=MD5-sess"#,
    ]);
    assert!(session.accept_challenge("o", None, &challenge));
    session.current().get_mut("o").unwrap().cnonce = "f2/wE4".to_owned();
    session.note_authentication_info("o", "another", "nextnonce=\"late\"");
    session.note_authentication_info("o", "7ypf/xlj9XXwfDPEoM4URrv=", "qop=auth");
    session.note_authentication_info("other", "7ypf/xlj9XXwfDPEoM4URrv=", "nextnonce=\"x\"");
    let (_, used) = header(&session, "o").unwrap();
    assert_eq!(used, "7ypf/xlj9XXwfDPEoM4URrv=");
    session.note_authentication_info("o", &used, "rspauth=\"ab\", nextnonce=\"next\", nc=00000001");
    let (value, used) = header(&session, "o").unwrap();
    assert_eq!(used, "next");
    assert!(value.contains("nc=00000001"), "{value}");
    assert!(value.contains("response=\"8bde44925a4655bccf56be60929efa14\""), "{value}");
}
