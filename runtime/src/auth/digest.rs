//! HTTP digest (RFC 7616): responses to challenges, whose nonces are used again for later requests.

use crate::auth::challenge::{parameters, Challenge};
use crate::auth::Pair;
use crate::body::Body;
use crate::futures::{next, BoxError};
use crate::random;
use sha2::Digest as _;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Quality of protection: the parts of a request that the digest covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Qop {
    /// None named by the server, as in RFC 2069.
    None,
    /// `auth`: method and target.
    Auth,
    /// `auth-int`: the body too. Used only if the server offers nothing else, as it reads every body twice.
    AuthInt,
}

impl Qop {
    fn read(offered: Option<&str>) -> Option<Self> {
        let Some(offered) = offered.filter(|qop| !qop.trim().is_empty()) else {
            return Some(Self::None);
        };
        let has = |name: &str| {
            let mut each = offered.split(',');
            each.any(|qop| qop.trim().eq_ignore_ascii_case(name))
        };
        match (has("auth"), has("auth-int")) {
            (true, _) => Some(Self::Auth),
            (false, true) => Some(Self::AuthInt),
            (false, false) => None,
        }
    }

    fn name(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Auth => Some("auth"),
            Self::AuthInt => Some("auth-int"),
        }
    }
}

/// A digest challenge that this client supports.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    hash: Hash,
    session: bool,
    /// The algorithm in the server's spelling.
    algorithm: Option<String>,
    realm: String,
    nonce: String,
    opaque: Option<String>,
    qop: Qop,
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
        let is_true = |name| challenge.get(name).is_some_and(|v| v.eq_ignore_ascii_case("true"));
        Some(Self {
            hash,
            session,
            algorithm: algorithm.map(str::to_owned),
            realm: challenge.get("realm").unwrap_or_default().to_owned(),
            nonce: challenge.get("nonce")?.to_owned(),
            opaque: challenge.get("opaque").map(str::to_owned),
            qop: Qop::read(challenge.get("qop"))?,
            user_hash: is_true("userhash"),
            stale: is_true("stale"),
        })
    }

    /// The strongest supported challenge; among equals the first.
    fn strongest(challenges: &[Challenge]) -> Option<Self> {
        let offers = challenges.iter().filter_map(Self::read);
        offers.reduce(|strongest, next| if next.hash > strongest.hash { next } else { strongest })
    }
}

/// The request's part of a digest.
struct DigestInput<'a> {
    method: &'a str,
    uri: &'a str,
    count: u32,
    cnonce: &'a str,
    /// The challenge's nonce, of which the key of a `-sess` algorithm is made (RFC 7616, section 3.4.2).
    first_nonce: &'a str,
    /// The hash of the body, for `auth-int`.
    body: &'a str,
}

/// `response` (RFC 7616, section 3.4.1).
fn response(offer: &Offer, user: &Pair, input: &DigestInput<'_>) -> String {
    let Pair { username, password } = user;
    let hash = |text: &str| offer.hash.hex(text);
    let (realm, nonce, cnonce) = (&offer.realm, &offer.nonce, input.cnonce);
    let mut a1 = hash(&format!("{username}:{realm}:{}", password.expose()));
    if offer.session {
        a1 = hash(&format!("{a1}:{}:{cnonce}", input.first_nonce));
    }
    let mut a2 = format!("{}:{}", input.method, input.uri);
    if offer.qop == Qop::AuthInt {
        write!(a2, ":{}", input.body).ok();
    }
    let a2 = hash(&a2);
    match offer.qop.name() {
        Some(qop) => hash(&format!("{a1}:{nonce}:{:08x}:{cnonce}:{qop}:{a2}", input.count)),
        None => hash(&format!("{a1}:{nonce}:{a2}")),
    }
}

/// The `Authorization` header's value (RFC 7616, section 3.4).
fn authorization(offer: &Offer, user: &Pair, input: &DigestInput<'_>) -> String {
    let (realm, nonce, cnonce) = (&offer.realm, &offer.nonce, input.cnonce);
    let mut value = String::from("Digest ");
    value.push_str(&user_name(offer, &user.username));
    write!(value, ", realm={}, uri={}", quoted(realm), quoted(input.uri)).ok();
    if let Some(algorithm) = &offer.algorithm {
        write!(value, ", algorithm={algorithm}").ok();
    }
    write!(value, ", nonce={}", quoted(nonce)).ok();
    if let Some(qop) = offer.qop.name() {
        write!(value, ", nc={:08x}, cnonce={}, qop={qop}", input.count, quoted(cnonce)).ok();
    } else if offer.session {
        write!(value, ", cnonce={}", quoted(cnonce)).ok();
    }
    let response = response(offer, user, input);
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
        let encoded = crate::percent::unreserved(username);
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

/// A challenge in use, until the server sends another nonce.
#[derive(Clone, Debug)]
struct Current {
    offer: Offer,
    /// The nonce of the challenge; that of the offer is the `nextnonce` later.
    first_nonce: String,
    cnonce: String,
    count: u32,
}

/// The challenges to one name and password, by origin.
#[derive(Debug)]
pub(crate) struct Session {
    user: Pair,
    current: Mutex<BTreeMap<String, Current>>,
}

impl Session {
    pub(crate) fn new(user: Pair) -> Self {
        Self { user, current: Mutex::default() }
    }

    fn current(&self) -> MutexGuard<'_, BTreeMap<String, Current>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The challenge for the next request.
    fn next(&self, origin: &str) -> Option<Current> {
        let mut all = self.current();
        let current = all.get_mut(origin)?;
        current.count = current.count.wrapping_add(1);
        Some(current.clone())
    }

    /// The header for a request and its nonce; `None` before the first challenge.
    ///
    /// # Errors
    /// The digest must cover the body, and the body cannot be read twice.
    pub(crate) async fn authorize(
        &self,
        origin: &str,
        method: &str,
        uri: &str,
        body: &Body,
    ) -> Result<Option<(String, String)>, BoxError> {
        let Some(current) = self.next(origin) else {
            return Ok(None);
        };
        let body = match current.offer.qop {
            Qop::None | Qop::Auth => String::new(),
            Qop::AuthInt => {
                let hash = current.offer.hash.body(body).await?;
                hash.ok_or("the server wants a digest of the body, which can be read only once")?
            }
        };
        let input = DigestInput {
            method,
            uri,
            count: current.count,
            cnonce: &current.cnonce,
            first_nonce: &current.first_nonce,
            body: &body,
        };
        let value = authorization(&current.offer, &self.user, &input);
        Ok(Some((value, current.offer.nonce)))
    }

    /// Adopts the nonce that the server demands for the next request (RFC 7616, section 3.5), unless another call has
    /// replaced the one that was used.
    pub(crate) fn note_authentication_info(&self, origin: &str, used: &str, information: &str) {
        let next = parameters(information);
        let next = next.into_iter().find(|(name, _)| name == "nextnonce");
        let mut all = self.current();
        if let (Some((_, next)), Some(current)) = (next, all.get_mut(origin)) {
            if current.offer.nonce == used && next != used {
                current.offer.nonce = next;
                current.count = 0;
            }
        }
    }

    /// Adopts a challenge. `true` if another attempt can succeed: the server refuses the name or the password if it does not call
    /// the used nonce stale.
    pub(crate) fn accept_challenge(
        &self,
        origin: &str,
        used: Option<&str>,
        challenges: &[Challenge],
    ) -> bool {
        let Some(offer) = Offer::strongest(challenges) else {
            return false;
        };
        let mut all = self.current();
        let known = all.get(origin);
        if known.is_some_and(|current| current.offer.nonce == offer.nonce) {
            // Another call has adopted this challenge already, or this call's response to it was refused.
            return used != Some(&offer.nonce);
        }
        let is_worth_retrying = offer.stale || !is_first_use(used, known);
        let current =
            Current { first_nonce: offer.nonce.clone(), offer, cnonce: random::hex(), count: 0 };
        all.insert(origin.to_owned(), current);
        is_worth_retrying
    }
}

/// `true` if the refused request was the first one with its nonce, so that the nonce cannot be stale.
fn is_first_use(used: Option<&str>, known: Option<&Current>) -> bool {
    known.is_some_and(|current| Some(current.offer.nonce.as_str()) == used && current.count <= 1)
}

/// The hash function of a challenge; the stronger is the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hash {
    Md5,
    Sha512Of256,
    Sha256,
}

/// A hash that is being computed.
enum Hasher {
    Md5(md5::Md5),
    Sha512Of256(sha2::Sha512_256),
    Sha256(sha2::Sha256),
}

impl Hasher {
    fn new(hash: Hash) -> Self {
        match hash {
            Hash::Md5 => Self::Md5(md5::Md5::new()),
            Hash::Sha512Of256 => Self::Sha512Of256(sha2::Sha512_256::new()),
            Hash::Sha256 => Self::Sha256(sha2::Sha256::new()),
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Md5(hash) => hash.update(bytes),
            Self::Sha512Of256(hash) => hash.update(bytes),
            Self::Sha256(hash) => hash.update(bytes),
        }
    }

    fn finish(self) -> String {
        match self {
            Self::Md5(hash) => hex(&hash.finalize()),
            Self::Sha512Of256(hash) => hex(&hash.finalize()),
            Self::Sha256(hash) => hex(&hash.finalize()),
        }
    }
}

impl Hash {
    pub(super) fn hex(self, text: &str) -> String {
        let mut hasher = Hasher::new(self);
        hasher.update(text.as_bytes());
        hasher.finish()
    }

    /// The hash of a body; `None` if it cannot be read again.
    pub(super) async fn body(self, body: &Body) -> Result<Option<String>, BoxError> {
        let Some(body) = body.again() else {
            return Ok(None);
        };
        let mut hasher = Hasher::new(self);
        let mut pieces = body.into_stream();
        while let Some(piece) = next(&mut pieces).await {
            hasher.update(&piece?);
        }
        Ok(Some(hasher.finish()))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").ok();
        text
    })
}

#[cfg(test)]
#[path = "digest_tests.rs"]
mod tests;
