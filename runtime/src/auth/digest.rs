//! HTTP digest (RFC 7616): the answer to a challenge, and the nonce used again for later requests.

use crate::auth::challenge::{parameters, Challenge};
use crate::auth::Pair;
use crate::body::Body;
use crate::futures::{next, BoxError};
use crate::random;
use sha2::Digest as _;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What an answer protects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Qop {
    /// The server names none: the answer is that of RFC 2069.
    None,
    /// `auth`: method and target.
    Auth,
    /// `auth-int`: the body too. Taken only where the server offers nothing else, for it reads every body twice.
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
            qop: Qop::read(challenge.get("qop"))?,
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
struct ReceivedRequest<'a> {
    method: &'a str,
    uri: &'a str,
    count: u32,
    cnonce: &'a str,
    /// The nonce that the key of a `-sess` algorithm is made with: the challenge's own (RFC 7616, section 3.4.2).
    first_nonce: &'a str,
    /// The hash of the body, for `auth-int`.
    body: &'a str,
}

/// `response` (RFC 7616, section 3.4.1).
fn response(offer: &Offer, user: &Pair, asked: &ReceivedRequest<'_>) -> String {
    let Pair { username, password } = user;
    let hash = |text: &str| offer.hash.hex(text);
    let (realm, nonce, cnonce) = (&offer.realm, &offer.nonce, asked.cnonce);
    let mut a1 = hash(&format!("{username}:{realm}:{}", password.expose()));
    if offer.session {
        a1 = hash(&format!("{a1}:{}:{cnonce}", asked.first_nonce));
    }
    let mut a2 = format!("{}:{}", asked.method, asked.uri);
    if offer.qop == Qop::AuthInt {
        write!(a2, ":{}", asked.body).ok();
    }
    let a2 = hash(&a2);
    match offer.qop.name() {
        Some(qop) => hash(&format!(
            "{a1}:{nonce}:{:08x}:{cnonce}:{qop}:{a2}",
            asked.count
        )),
        None => hash(&format!("{a1}:{nonce}:{a2}")),
    }
}

/// The `Authorization` header's value (RFC 7616, section 3.4).
fn answer(offer: &Offer, user: &Pair, asked: &ReceivedRequest<'_>) -> String {
    let (realm, nonce, cnonce) = (&offer.realm, &offer.nonce, asked.cnonce);
    let mut value = String::from("Digest ");
    value.push_str(&user_name(offer, &user.username));
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
    if let Some(qop) = offer.qop.name() {
        write!(
            value,
            ", nc={:08x}, cnonce={}, qop={qop}",
            asked.count,
            quoted(cnonce)
        )
        .ok();
    } else if offer.session {
        write!(value, ", cnonce={}", quoted(cnonce)).ok();
    }
    let response = response(offer, user, asked);
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

/// A challenge in use: its nonce serves until the server gives another.
#[derive(Clone, Debug)]
struct Current {
    offer: Offer,
    /// The nonce of the challenge; the offer's is another after `nextnonce`.
    first_nonce: String,
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

    fn current(&self) -> MutexGuard<'_, BTreeMap<String, Current>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The challenge as the next request uses it.
    fn next(&self, origin: &str) -> Option<Current> {
        let mut all = self.current();
        let current = all.get_mut(origin)?;
        current.count = current.count.wrapping_add(1);
        Some(current.clone())
    }

    /// The header for a request, and the nonce it uses; `None` before the first challenge.
    ///
    /// # Errors
    /// The server wants the body to be protected, and it cannot be read twice.
    pub(crate) async fn authorize(
        &self,
        origin: &str,
        (method, uri): (&str, &str),
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
        let asked = ReceivedRequest {
            method,
            uri,
            count: current.count,
            cnonce: &current.cnonce,
            first_nonce: &current.first_nonce,
            body: &body,
        };
        let value = answer(&current.offer, &self.user, &asked);
        Ok(Some((value, current.offer.nonce)))
    }

    /// Takes up the nonce that the server wants for the next request (RFC 7616, section 3.5), unless another call has
    /// moved on from the one that was used.
    pub(crate) fn informed(&self, origin: &str, used: &str, information: &str) {
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
        let mut all = self.current();
        let known = all.get(origin);
        if known.is_some_and(|current| current.offer.nonce == offer.nonce) {
            // Another call has taken this challenge up already, or our answer to it was refused.
            return used != Some(&offer.nonce);
        }
        let worthwhile = offer.stale || !answered_first(used, known);
        let current = Current {
            first_nonce: offer.nonce.clone(),
            offer,
            cnonce: random::hex(),
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

/// Which hash function a challenge asks for; the stronger is the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hash {
    Md5,
    Sha512Of256,
    Sha256,
}

/// A hash that is being made.
enum Running {
    Md5(md5::Md5),
    Sha512Of256(sha2::Sha512_256),
    Sha256(sha2::Sha256),
}

impl Running {
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
        let mut running = Running::new(self);
        running.update(text.as_bytes());
        running.finish()
    }

    /// The hash of a body that can be read again; `None` where it exists once.
    pub(super) async fn body(self, body: &Body) -> Result<Option<String>, BoxError> {
        let Some(body) = body.again() else {
            return Ok(None);
        };
        let mut running = Running::new(self);
        let mut pieces = body.into_stream();
        while let Some(piece) = next(&mut pieces).await {
            running.update(&piece?);
        }
        Ok(Some(running.finish()))
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
