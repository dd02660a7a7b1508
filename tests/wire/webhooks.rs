//! Webhooks as servers receive them: verified, and read as the generated payloads.

use goldens::around::incoming::{OrderPaid, Shipped};
use std::error::Error as _;
use typewright_runtime::http::HeaderMap;
use typewright_runtime::webhook::{Verifier, WebhookFailure};

fn signed(digits: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("X-Hub-Signature-256", format!("sha256={digits}").parse().unwrap());
    headers
}

/// `printf '{"id":7}' | openssl dgst -sha256 -hmac s3cr3t`
const SIGNATURE: &str = "db84462d18e49707bf860c195458eca476d8e428904c0c4411aafc2fa212eeaa";

#[test]
fn a_signed_payload_is_read_as_the_type_of_its_webhook() {
    let verifier = Verifier::github("s3cr3t").unwrap();
    let order: OrderPaid = verifier.receive(&signed(SIGNATURE), br#"{"id":7}"#).unwrap();
    assert_eq!(order.id, Some(7));
    let forged = verifier.receive::<OrderPaid>(&signed(SIGNATURE), br#"{"id":8}"#).unwrap_err();
    assert_eq!(forged.failure(), WebhookFailure::Signature);
}

#[test]
fn a_signed_payload_of_another_webhook_is_refused_with_the_reason() {
    let verifier = Verifier::github("s3cr3t").unwrap();
    let signature = "82ae6effbfb25c1d1ce0ef979fa75410c119afb7df11ab8619a912abf480cc70";
    let body = br#"{"at":7}"#;
    let other = verifier.receive::<Shipped>(&signed(signature), body).unwrap_err();
    assert_eq!(other.failure(), WebhookFailure::Body);
    let reason = other.source().unwrap().to_string();
    assert!(reason.contains("at: "), "{reason}");
}
