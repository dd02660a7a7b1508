//! HTTP digest (RFC 7616): the answer to a challenge, and the nonce used again for later requests.

use super::challenge::Challenge;
use super::Pair;
use crate::random;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};

/// The hash functions of RFC 7616, and MD5 of RFC 2617.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Hash {
    Md5,
    Sha512Of256,
    Sha256,
}

impl Hash {
    fn hex(self, text: &str) -> String {
        use sha2::Digest as _;
        match self {
            Self::Md5 => hex(&md5::Md5::digest(text)),
            Self::Sha256 => hex(&sha2::Sha256::digest(text)),
            Self::Sha512Of256 => hex(&sha2::Sha512_256::digest(text)),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").ok();
        text
    })
}

/// A digest challenge that this client can answer.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    hash: Hash,
    session: bool,
    /// The algorithm as the server wrote it, where it did.
    algorithm: Option<String>,
    realm: String,
    nonce: String,
    opaque: Option<String>,
    /// Whether the server knows `qop=auth`; else the answer is that of RFC 2069.
    auth: bool,
    user_hash: bool,
    stale: bool,
}

impl Offer {
    fn read(challenge: &Challenge) -> Option<Self> {
        if !challenge.scheme.eq_ignore_ascii_case("digest") {
            return None;
        }
        let algorithm = challenge.get("algorithm");
        let upper = algorithm.unwrap_or("MD5").to_ascii_uppercase();
        let (name, session) = match upper.strip_suffix("-SESS") {
            Some(name) => (name, true),
            None => (upper.as_str(), false),
        };
        let hash = match name {
            "MD5" => Hash::Md5,
            "SHA-256" => Hash::Sha256,
            "SHA-512-256" => Hash::Sha512Of256,
            _ => return None,
        };
        let qop = challenge.get("qop").filter(|qop| !qop.trim().is_empty());
        let auth = |qop: &str| {
            qop.split(',')
                .any(|q| q.trim().eq_ignore_ascii_case("auth"))
        };
        if qop.is_some_and(|qop| !auth(qop)) {
            return None;
        }
        let is_true = |name| {
            challenge
                .get(name)
                .is_some_and(|v| v.eq_ignore_ascii_case("true"))
        };
        Some(Self {
            hash,
            session,
            algorithm: algorithm.map(str::to_owned),
            realm: challenge.get("realm").unwrap_or_default().to_owned(),
            nonce: challenge.get("nonce")?.to_owned(),
            opaque: challenge.get("opaque").map(str::to_owned),
            auth: qop.is_some(),
            user_hash: is_true("userhash"),
            stale: is_true("stale"),
        })
    }

    /// The strongest that can be answered; among equals the server's first.
    fn best(challenges: &[Challenge]) -> Option<Self> {
        let offers = challenges.iter().filter_map(Self::read);
        offers.reduce(|best, next| if next.hash > best.hash { next } else { best })
    }
}

/// What is hashed beside the challenge.
struct Asked<'a> {
    method: &'a str,
    uri: &'a str,
    count: u32,
    cnonce: &'a str,
}

/// The `Authorization` header's value (RFC 7616, section 3.4).
fn answer(offer: &Offer, user: &Pair, asked: &Asked<'_>) -> String {
    let Pair { username, password } = user;
    let hash = |text: &str| offer.hash.hex(text);
    let (realm, nonce, cnonce) = (&offer.realm, &offer.nonce, asked.cnonce);
    let mut a1 = hash(&format!("{username}:{realm}:{}", password.expose()));
    if offer.session {
        a1 = hash(&format!("{a1}:{nonce}:{cnonce}"));
    }
    let a2 = hash(&format!("{}:{}", asked.method, asked.uri));
    let response = if offer.auth {
        hash(&format!(
            "{a1}:{nonce}:{:08x}:{cnonce}:auth:{a2}",
            asked.count
        ))
    } else {
        hash(&format!("{a1}:{nonce}:{a2}"))
    };
    let mut value = String::from("Digest ");
    value.push_str(&user_name(offer, username));
    write!(
        value,
        ", realm={}, uri={}",
        quoted(realm),
        quoted(asked.uri)
    )
    .ok();
    if let Some(algorithm) = &offer.algorithm {
        write!(value, ", algorithm={algorithm}").ok();
    }
    write!(value, ", nonce={}", quoted(nonce)).ok();
    if offer.auth {
        write!(
            value,
            ", nc={:08x}, cnonce={}, qop=auth",
            asked.count,
            quoted(cnonce)
        )
        .ok();
    } else if offer.session {
        write!(value, ", cnonce={}", quoted(cnonce)).ok();
    }
    write!(value, ", response=\"{response}\"").ok();
    if let Some(opaque) = &offer.opaque {
        write!(value, ", opaque={}", quoted(opaque)).ok();
    }
    if offer.user_hash {
        value.push_str(", userhash=true");
    }
    value
}

/// `username`, its hash, or the extended form for names outside ASCII (RFC 7616, section 3.4).
fn user_name(offer: &Offer, username: &str) -> String {
    if offer.user_hash {
        let hash = offer.hash.hex(&format!("{username}:{}", offer.realm));
        format!("username=\"{hash}\"")
    } else if username.is_ascii() {
        format!("username={}", quoted(username))
    } else {
        let encoded = crate::parameters::percent::unreserved(username);
        format!("username*=UTF-8''{encoded}")
    }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        if c == '"' || c == '\\' {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('"');
    quoted
}

/// A challenge in use: its nonce serves until the server gives another.
#[derive(Debug)]
struct Current {
    offer: Offer,
    cnonce: String,
    count: u32,
}

/// The challenges that one name and password have met, by origin.
#[derive(Debug)]
pub(crate) struct Session {
    user: Pair,
    current: Mutex<BTreeMap<String, Current>>,
}

impl Session {
    pub(crate) fn new(user: Pair) -> Self {
        Self {
            user,
            current: Mutex::default(),
        }
    }

    /// The header for a request, and the nonce it uses; `None` before the first challenge.
    pub(crate) fn authorize(
        &self,
        origin: &str,
        method: &str,
        uri: &str,
    ) -> Option<(String, String)> {
        let mut all = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        let current = all.get_mut(origin)?;
        current.count = current.count.wrapping_add(1);
        let asked = Asked {
            method,
            uri,
            count: current.count,
            cnonce: &current.cnonce,
        };
        let value = answer(&current.offer, &self.user, &asked);
        Some((value, current.offer.nonce.clone()))
    }

    /// Takes up a challenge. Whether another try can succeed: not where the server refused an answer to a nonce
    /// that it does not call stale, for then it refused the name or the password.
    pub(crate) fn challenged(
        &self,
        origin: &str,
        used: Option<&str>,
        challenges: &[Challenge],
    ) -> bool {
        let Some(offer) = Offer::best(challenges) else {
            return false;
        };
        let mut all = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        let known = all.get(origin);
        if known.is_some_and(|current| current.offer.nonce == offer.nonce) {
            // Another call has taken this challenge up already, or our answer to it was refused.
            return used != Some(&offer.nonce);
        }
        let worthwhile = used.is_none() || offer.stale || !answered_first(used, known);
        let salt = u64::try_from(all.len()).unwrap_or_default();
        let current = Current {
            offer,
            cnonce: random::hex(salt),
            count: 0,
        };
        all.insert(origin.to_owned(), current);
        worthwhile
    }
}

/// Whether the refused answer was the first one to its nonce, so that the nonce cannot have grown old.
fn answered_first(used: Option<&str>, known: Option<&Current>) -> bool {
    known.is_some_and(|current| Some(current.offer.nonce.as_str()) == used && current.count <= 1)
}

#[cfg(test)]
#[path = "digest_tests.rs"]
mod tests;
