//! `WWW-Authenticate` and `Authentication-Info`.

use crate::auth::challenge::{challenges, parameters, text, Challenge};
use crate::testing::fuzzing::{headers, quoted};
use http::header::{HeaderMap, HeaderValue, WWW_AUTHENTICATE};

/// Lines as `WWW-Authenticate` (RFC 9110, section 11.6.1): what was read can be written and is read as the same again, and an
/// response to a digest challenge repeats its parameters.
///
/// # Panics
/// One of these properties does not hold.
pub fn authenticate(bytes: &[u8]) {
    let headers = headers(&WWW_AUTHENTICATE, bytes);
    let received = challenges(&headers);
    for challenge in &received {
        assert!(super::is_token(&challenge.scheme), "{challenge:?}");
    }
    let written = received.iter().map(written).collect::<Vec<_>>().join(", ");
    assert_eq!(read(&written), received, "{written}");
    let last = headers.get_all(WWW_AUTHENTICATE).iter().next_back();
    let information = last.map(text).unwrap_or_default();
    parameters(&information);
    #[cfg(feature = "digest")]
    digest::check(&received, &information);
}

fn read(header: &str) -> Vec<Challenge> {
    let value = HeaderValue::from_bytes(header.as_bytes());
    assert!(value.is_ok(), "{header:?}");
    let pairs = value.map(|value| (WWW_AUTHENTICATE, value));
    challenges(&pairs.into_iter().collect::<HeaderMap>())
}

fn written(challenge: &Challenge) -> String {
    let parameters = challenge.parameters.iter();
    let parameters = parameters.map(|(name, value)| format!("{name}={}", quoted(value)));
    let parameters = parameters.collect::<Vec<_>>().join(", ");
    format!("{} {parameters}", challenge.scheme)
}

#[cfg(feature = "digest")]
mod digest {
    use super::{read, Challenge};
    use crate::auth::digest::Session;
    use crate::auth::Pair;
    use crate::body::Body;
    use crate::testing::fuzzing::{outcome, text_of};

    const ORIGIN: &str = "https://api.example:443";

    /// Digest challenges have a response that is a header and repeats their parameters.
    pub(super) fn check(challenges: &[Challenge], information: &str) {
        for (name, password) in [("Mufasa", "Circle of Life"), ("J\u{e4}s\u{f8}n", "a:\"b\\")] {
            let session =
                Session::new(Pair { username: name.to_owned(), password: password.into() });
            if session.accept_challenge(ORIGIN, None, challenges) {
                let nonce = respond(&session, challenges);
                session.note_authentication_info(ORIGIN, &nonce, information);
                respond(&session, challenges);
            }
        }
    }

    /// Makes a response, and returns its nonce.
    fn respond(session: &Session, challenges: &[Challenge]) -> String {
        let body = Body::from("body");
        let response = outcome(session.authorize(ORIGIN, "GET", "/a?b=\"c\"", &body));
        let Ok(Some((header, nonce))) = response else {
            panic!("{challenges:?}: {response:?}");
        };
        let read = read(&header);
        assert_eq!(read.len(), 1, "{header}");
        let is_response = |response: &Challenge, challenge: &Challenge| {
            let is_empty = |value: Option<&str>| value.is_none_or(str::is_empty);
            ["opaque", "algorithm"].iter().all(|name| response.get(name) == challenge.get(name))
                && (response.get("realm") == challenge.get("realm")
                    || is_empty(response.get("realm")) && is_empty(challenge.get("realm")))
        };
        for response in read {
            assert_eq!(response.get("nonce"), Some(&*nonce), "{header}");
            assert_eq!(response.get("uri"), Some("/a?b=\"c\""), "{header}");
            let mut all = challenges.iter();
            let is_one = all.any(|challenge| is_response(&response, challenge));
            assert!(is_one, "{}", text_of(header.as_bytes()));
        }
        nonce
    }
}
