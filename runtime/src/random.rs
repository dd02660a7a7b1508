//! Randomness for nonces, keys of repeated requests and jitter.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hasher as _};
use std::sync::atomic::{AtomicU64, Ordering};

/// 64 bits that nobody outside the process can foretell.
///
/// SipHash under keys that the standard library takes from the system, over a counter and the given salt. In the browser,
/// where those keys are fixed, the salt (the time) is all there is; it is enough for jitter and for not repeating.
pub(crate) fn bits(salt: u64) -> u64 {
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    let mut hasher = RandomState::new().build_hasher();
    hasher.write_u64(COUNTER.fetch_add(1, Ordering::Relaxed));
    hasher.write_u64(salt);
    hasher.finish()
}

/// 128 bits as 32 hexadecimal digits.
#[cfg(feature = "digest")]
pub(crate) fn hex(salt: u64) -> String {
    format!("{:016x}{:016x}", bits(salt), bits(salt))
}

/// A UUID of version 4 (RFC 9562, section 5.4).
pub(crate) fn uuid(salt: u64) -> String {
    let high = (bits(salt) & !0xf000) | 0x4000;
    let low = (bits(salt) & !(0b11 << 62)) | (0b10 << 62);
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xffff,
        low >> 48,
        low & 0xffff_ffff_ffff
    )
}

/// A part of the whole: evenly spread over 0 to 1.
pub(crate) fn fraction(salt: u64) -> f64 {
    let significant = u32::try_from(bits(salt) >> 32).unwrap_or_default();
    f64::from(significant) / f64::from(u32::MAX)
}
