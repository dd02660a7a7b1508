//! The ways in which services sign: their headers, what a signature is made of, and the encoding of keys and signatures.

use crate::auth::Secret;
use crate::webhook::error::{WebhookError, WebhookFailure};
use base64::engine::general_purpose::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::{alphabet, Engine as _};
use http::HeaderMap;

/// A way to sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Standard Webhooks 1.0, by the names of its headers.
    Standard(&'static StandardHeaders),
    /// `X-Hub-Signature-256`.
    GitHub,
    /// `Stripe-Signature`.
    Stripe,
}

/// Names of headers.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct StandardHeaders {
    id: &'static str,
    timestamp: &'static str,
    signature: &'static str,
}

/// The names of Standard Webhooks.
pub(super) const WEBHOOK: StandardHeaders = StandardHeaders {
    id: "webhook-id",
    timestamp: "webhook-timestamp",
    signature: "webhook-signature",
};
/// Those of Svix, from which Standard Webhooks come.
pub(super) const SVIX: StandardHeaders =
    StandardHeaders { id: "svix-id", timestamp: "svix-timestamp", signature: "svix-signature" };

const GITHUB: &str = "x-hub-signature-256";
const STRIPE: &str = "stripe-signature";

/// The headers of a webhook as its signature needs them.
pub(super) struct Signed<'a> {
    /// The texts before the body in what is signed, each followed by a full stop.
    pub(super) prefix: Vec<&'a str>,
    /// Seconds since 1970; `None` for a style without a time.
    pub(super) timestamp: Option<u64>,
    pub(super) signatures: Vec<Vec<u8>>,
}

impl Style {
    /// The key of a secret.
    pub(super) fn key(self, secret: &Secret) -> Result<Vec<u8>, WebhookError> {
        let refuse = |message| WebhookError::new(WebhookFailure::Secret, message);
        let text = secret.expose();
        let key = match self {
            Self::Standard(_) => {
                let config = GeneralPurposeConfig::new()
                    .with_decode_padding_mode(DecodePaddingMode::Indifferent);
                let engine = GeneralPurpose::new(&alphabet::STANDARD, config);
                let decoded = engine.decode(text.strip_prefix("whsec_").unwrap_or(text));
                decoded.map_err(|_| refuse("the secret is not in base64, after `whsec_`"))?
            }
            Self::GitHub | Self::Stripe => text.as_bytes().to_vec(),
        };
        // Anybody can sign with an empty key, which is what an unset variable of the environment becomes.
        if key.is_empty() {
            return Err(refuse("the secret is empty"));
        }
        Ok(key)
    }

    /// Reads the headers.
    pub(super) fn read(self, headers: &HeaderMap) -> Result<Signed<'_>, WebhookError> {
        match self {
            Self::Standard(names) => standard(names, headers),
            Self::GitHub => github(headers),
            Self::Stripe => stripe(headers),
        }
    }
}

fn malformed(name: &str, expected: &str) -> WebhookError {
    WebhookError::new(WebhookFailure::Header, format!("the header `{name}` has no {expected}"))
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Result<&'a str, WebhookError> {
    let value = headers.get(name).ok_or_else(|| {
        WebhookError::new(WebhookFailure::Header, format!("the header `{name}` is missing"))
    })?;
    value.to_str().map_err(|_| malformed(name, "visible ASCII"))
}

/// At least one signature.
fn present(
    signatures: Vec<Vec<u8>>,
    name: &str,
    expected: &str,
) -> Result<Vec<Vec<u8>>, WebhookError> {
    if signatures.is_empty() {
        return Err(malformed(name, expected));
    }
    Ok(signatures)
}

/// Standard Webhooks 1.0, section "Signature scheme": `id.timestamp.body`, and signatures `v1,…` in base64 with spaces between.
/// Those of other versions are passed over.
fn standard<'a>(
    names: &StandardHeaders,
    headers: &'a HeaderMap,
) -> Result<Signed<'a>, WebhookError> {
    let id = text(headers, names.id)?;
    let timestamp = text(headers, names.timestamp)?;
    let seconds = timestamp.parse().map_err(|_| malformed(names.timestamp, "number of seconds"))?;
    let signatures = text(headers, names.signature)?.split(' ');
    let signatures = signatures.filter_map(|each| STANDARD.decode(each.strip_prefix("v1,")?).ok());
    let signatures = signatures.collect();
    Ok(Signed {
        prefix: vec![id, timestamp],
        timestamp: Some(seconds),
        signatures: present(signatures, names.signature, "signature `v1,…` in base64")?,
    })
}

/// GitHub: `sha256=` and hexadecimal digits; the body alone is signed.
fn github(headers: &HeaderMap) -> Result<Signed<'_>, WebhookError> {
    let signature = text(headers, GITHUB)?.strip_prefix("sha256=").and_then(from_hex);
    let signatures = signature.into_iter().collect();
    Ok(Signed {
        prefix: Vec::new(),
        timestamp: None,
        signatures: present(signatures, GITHUB, "signature `sha256=…` in hexadecimal digits")?,
    })
}

/// Stripe: `t=…,v1=…`; `t.body` is signed. Signatures of other versions are passed over, among them `v0` of test events.
fn stripe(headers: &HeaderMap) -> Result<Signed<'_>, WebhookError> {
    let pairs = text(headers, STRIPE)?.split(',').filter_map(|pair| pair.trim().split_once('='));
    let (mut time, mut signatures) = (None, Vec::new());
    for (name, value) in pairs {
        match name {
            "t" => time = time.or(Some(value)),
            "v1" => signatures.extend(from_hex(value)),
            _ => {}
        }
    }
    let time = time.and_then(|text| Some((text, text.parse().ok()?)));
    let (text, seconds) = time.ok_or_else(|| malformed(STRIPE, "number of seconds `t=…`"))?;
    Ok(Signed {
        prefix: vec![text],
        timestamp: Some(seconds),
        signatures: present(signatures, STRIPE, "signature `v1=…` in hexadecimal digits")?,
    })
}

/// The bytes of hexadecimal digits; `None` where they are not in pairs, or no digits.
fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pair = |pair: &[u8]| match pair {
        [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
        _ => None,
    };
    text.as_bytes().chunks(2).map(pair).collect()
}
