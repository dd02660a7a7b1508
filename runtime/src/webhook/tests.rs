//! Signatures that others published, and what is refused.

use super::*;
use crate::codec::Value;
use crate::futures::BoxFuture;
use std::error::Error as _;

/// A clock that stands still at this time, in seconds since 1970.
struct At(u64);

impl Clock for At {
    fn now(&self) -> Duration {
        Duration::ZERO
    }

    fn since_epoch(&self) -> Duration {
        Duration::from_secs(self.0)
    }

    fn sleep(&self, _: Duration) -> BoxFuture<()> {
        Box::pin(std::future::ready(()))
    }
}

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let pairs = pairs
        .iter()
        .map(|(name, value)| (http::HeaderName::from_static(name), value.parse().unwrap()));
    pairs.collect()
}

fn failure(result: Result<(), WebhookError>) -> (WebhookFailure, String) {
    let error = result.unwrap_err();
    (error.failure(), error.to_string())
}

/// The example of the Standard Webhooks libraries.
const STANDARD_SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const STANDARD_TIME: u64 = 1_614_265_330;
const STANDARD_BODY: &[u8] = br#"{"test": 2432232314}"#;
const STANDARD_SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

fn standard_headers(signature: &str) -> HeaderMap {
    headers(&[
        ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
        ("webhook-timestamp", "1614265330"),
        ("webhook-signature", signature),
    ])
}

fn standard() -> Verifier {
    Verifier::standard(STANDARD_SECRET).unwrap().clock(At(STANDARD_TIME))
}

#[test]
fn standard_webhooks() {
    let verifier = standard();
    let value: Value =
        verifier.receive(&standard_headers(STANDARD_SIGNATURE), STANDARD_BODY).unwrap();
    assert_eq!(value.get("test").and_then(Value::as_i64), Some(2_432_232_314));
    // Several signatures, of other versions and other secrets; any of them counts.
    let several = format!("v1a,AAAA v1,bm9uc2Vuc2U= v2,AAAA {STANDARD_SIGNATURE}");
    verifier.verify(&standard_headers(&several), STANDARD_BODY).unwrap();
    let svix = Verifier::svix("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap().clock(At(STANDARD_TIME));
    let names = headers(&[
        ("svix-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
        ("svix-timestamp", "1614265330"),
        ("svix-signature", STANDARD_SIGNATURE),
    ]);
    svix.verify(&names, STANDARD_BODY).unwrap();
}

#[test]
fn a_changed_byte_is_refused() {
    let headers = standard_headers(STANDARD_SIGNATURE);
    let (check, message) = failure(standard().verify(&headers, br#"{"test":2432232314}"#));
    assert_eq!(check, WebhookFailure::Signature);
    assert_eq!(message, "no signature is that of the body, by any secret");
    let mut other_id = headers.clone();
    other_id.insert("webhook-id", "msg_other".parse().unwrap());
    let result = standard().verify(&other_id, STANDARD_BODY);
    assert_eq!(failure(result).0, WebhookFailure::Signature);
    // A beginning of the right signature is not enough.
    let short = standard_headers("v1,g0hM9SsE");
    assert_eq!(failure(standard().verify(&short, STANDARD_BODY)).0, WebhookFailure::Signature);
}

#[test]
fn secrets_are_replaced_one_by_one() {
    let headers = standard_headers(STANDARD_SIGNATURE);
    let new = Verifier::standard("whsec_bmV3").unwrap().clock(At(STANDARD_TIME));
    let result = new.verify(&headers, STANDARD_BODY);
    assert_eq!(failure(result).0, WebhookFailure::Signature);
    new.or(STANDARD_SECRET).unwrap().verify(&headers, STANDARD_BODY).unwrap();
}

#[test]
fn the_time_is_within_the_tolerance() {
    let headers = standard_headers(STANDARD_SIGNATURE);
    let at = |seconds| standard().clock(At(seconds));
    at(STANDARD_TIME + 300).verify(&headers, STANDARD_BODY).unwrap();
    at(STANDARD_TIME - 300).verify(&headers, STANDARD_BODY).unwrap();
    let (check, message) = failure(at(STANDARD_TIME + 301).verify(&headers, STANDARD_BODY));
    assert_eq!(check, WebhookFailure::Time);
    assert_eq!(message, "signed 301 s before the clock's time, 300 s are allowed");
    let (_, message) = failure(at(STANDARD_TIME - 301).verify(&headers, STANDARD_BODY));
    assert_eq!(message, "signed 301 s after the clock's time, 300 s are allowed");
    let patient = at(STANDARD_TIME + 3600).tolerance(Duration::from_secs(3600));
    patient.verify(&headers, STANDARD_BODY).unwrap();
}

#[test]
fn github() {
    let verifier = Verifier::github("It's a Secret to Everybody").unwrap();
    let digits = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    let signed = headers(&[("x-hub-signature-256", &format!("sha256={digits}"))]);
    verifier.verify(&signed, b"Hello, World!").unwrap();
    for value in [digits.to_owned(), format!("sha1={digits}"), format!("sha256={digits}0")] {
        let (check, message) = failure(
            verifier.verify(&headers(&[("x-hub-signature-256", &value)]), b"Hello, World!"),
        );
        assert_eq!(check, WebhookFailure::Header, "{value}");
        assert!(message.contains("`x-hub-signature-256` has no signature"), "{message}");
    }
}

/// The example with which Stripe's clients in several languages test themselves.
#[test]
fn stripe() {
    let body = include_bytes!("stripe_event.json");
    let verifier = Verifier::stripe("webhook_secret").unwrap().clock(At(1_533_204_620));
    let check = |value: &str| verifier.verify(&headers(&[("stripe-signature", value)]), body);
    let signature = "82216eca827bcb7b34b8055eb2d2d9e6bc13b9ac39ded14a61e69f70c565f53a";
    let test = "v0=63f3a72374a733066c4be69ed7f8e5ac85c22c9f0a6a612ab9a025a9e4ee7eef";
    check(&format!("t=1533204620,v1={signature},{test}")).unwrap();
    check(&format!("t=1533204620, v1=00, v1={signature}")).unwrap();
    let (failed, message) = failure(check(&format!("t=1533204620,v0={signature}")));
    assert_eq!(failed, WebhookFailure::Header);
    assert_eq!(
        message,
        "the header `stripe-signature` has no signature `v1=…` in hexadecimal digits"
    );
    let (_, message) = failure(check(&format!("v1={signature}")));
    assert_eq!(message, "the header `stripe-signature` has no number of seconds `t=…`");
    let (failed, _) = failure(check(&format!("t=1533204621,v1={signature}")));
    assert_eq!(failed, WebhookFailure::Signature);
}

#[test]
fn nothing_shows_a_secret() {
    for secret in ["", "whsec_", "whsec_hunter2!", "whpk_hunter2"] {
        let error = Verifier::standard(secret).unwrap_err();
        assert_eq!(error.failure(), WebhookFailure::Secret, "{secret}");
        assert!(!format!("{error:?} {error}").contains("hunter2"), "{error:?}");
    }
    for refused in [Verifier::github(""), Verifier::stripe(""), standard().or("")] {
        assert_eq!(refused.unwrap_err().to_string(), "the secret is empty");
    }
    let text = format!("{:?}", Verifier::github("hunter2").unwrap());
    assert_eq!(text, "Verifier { style: GitHub, secrets: 1, tolerance: 300s, .. }");
}

#[test]
fn a_signed_body_of_another_type() {
    let headers = standard_headers(STANDARD_SIGNATURE);
    let error = standard().receive::<Vec<i64>>(&headers, STANDARD_BODY).unwrap_err();
    assert_eq!(error.failure(), WebhookFailure::Body);
    let source = error.source().unwrap().to_string();
    assert!(source.contains("expected a list"), "{source}");
    // A body that is not signed is not read at all.
    let error = standard().receive::<Vec<i64>>(&headers, b"[1]").unwrap_err();
    assert_eq!(error.failure(), WebhookFailure::Signature);
}
