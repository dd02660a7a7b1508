//! The hash functions of RFC 7616, and MD5 of RFC 2617.

use crate::body::Body;
use crate::boxed::{next, BoxError};
use sha2::Digest as _;
use std::fmt::Write as _;

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
