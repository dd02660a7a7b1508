//! Random numbers for nonces, idempotency keys and jitter.

#![expect(
    clippy::disallowed_types,
    reason = "the only source of randomness in the standard library"
)]

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hasher as _};
use std::sync::atomic::{AtomicU64, Ordering};

/// 64 unpredictable bits of the system, in the browser of `crypto.getRandomValues`.
///
/// If that fails, they are SipHash of a counter, under random keys of the standard library.
pub(crate) fn bits() -> u64 {
    let mut bytes = [0; 8];
    match getrandom::getrandom(&mut bytes) {
        Ok(()) => u64::from_ne_bytes(bytes),
        Err(_) => hashed(),
    }
}

#[cold]
fn hashed() -> u64 {
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    let mut hasher = RandomState::new().build_hasher();
    hasher.write_u64(COUNTER.fetch_add(1, Ordering::Relaxed));
    hasher.finish()
}

/// 128 bits as 32 hexadecimal digits.
#[cfg(feature = "digest")]
pub(crate) fn hex() -> String {
    format!("{:016x}{:016x}", bits(), bits())
}

/// A UUID of version 4 (RFC 9562, section 5.4).
pub(crate) fn uuid() -> String {
    let high = (bits() & !0xf000) | 0x4000;
    let low = (bits() & !(0b11 << 62)) | (0b10 << 62);
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xffff,
        low >> 48,
        low & 0xffff_ffff_ffff
    )
}

/// A uniformly distributed number from 0 to 1.
pub(crate) fn fraction() -> f64 {
    let significant = u32::try_from(bits() >> 32).unwrap_or_default();
    f64::from(significant) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn is_hex(text: &str) -> bool {
        text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    }

    #[test]
    #[cfg(feature = "digest")]
    fn nonces_are_long_and_differ() {
        let all: BTreeSet<_> = (0..100).map(|_| hex()).collect();
        assert_eq!(all.len(), 100);
        assert!(all.iter().all(|one| one.len() == 32 && is_hex(one)));
    }

    /// The counter and the keys stay the same from one number to the next; the numbers do not.
    #[test]
    fn without_the_system_numbers_differ_too() {
        let all: BTreeSet<_> = (0..100).map(|_| hashed()).collect();
        assert_eq!(all.len(), 100);
    }

    #[test]
    fn uuids_have_version_and_variant_and_differ_in_all_else() {
        let all: Vec<_> = (0..400).map(|_| uuid()).collect();
        for one in &all {
            let groups: Vec<_> = one.split('-').map(str::len).collect();
            assert_eq!(groups, [8, 4, 4, 4, 12], "{one}");
            assert!(is_hex(&one.replace('-', "")), "{one}");
            assert_eq!(one.as_bytes()[14], b'4', "{one}");
            assert!(b"89ab".contains(&one.as_bytes()[19]), "{one}");
        }
        for at in (0..36).filter(|at| ![8, 13, 14, 18, 23].contains(at)) {
            let digits: BTreeSet<_> = all.iter().map(|one| one.as_bytes()[at]).collect();
            let expected = if at == 19 { 4 } else { 16 };
            assert_eq!(digits.len(), expected, "digit {at}");
        }
    }

    #[test]
    fn fractions_are_spread_over_the_whole() {
        let all: Vec<_> = (0..400).map(|_| fraction()).collect();
        assert!(all.iter().all(|one| (0.0..=1.0).contains(one)));
        for tenth in 0..10 {
            let low = f64::from(tenth) / 10.0;
            assert!(all.iter().any(|one| (low..low + 0.1).contains(one)), "{low}");
        }
    }
}
