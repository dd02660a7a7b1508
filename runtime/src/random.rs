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

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn is_hex(text: &str) -> bool {
        text.bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    }

    #[test]
    #[cfg(feature = "digest")]
    fn nonces_are_long_and_differ() {
        let all: BTreeSet<_> = (0..100).map(|_| hex(0)).collect();
        assert_eq!(all.len(), 100);
        assert!(all.iter().all(|one| one.len() == 32 && is_hex(one)));
    }

    #[test]
    fn uuids_have_version_and_variant_and_differ_in_all_else() {
        let all: Vec<_> = (0..400).map(|_| uuid(0)).collect();
        for one in &all {
            let groups: Vec<_> = one.split('-').map(str::len).collect();
            assert_eq!(groups, [8, 4, 4, 4, 12], "{one}");
            assert!(is_hex(&one.replace('-', "")), "{one}");
            assert_eq!(one.as_bytes()[14], b'4', "{one}");
            assert!(b"89ab".contains(&one.as_bytes()[19]), "{one}");
        }
        for at in (0..36).filter(|at| ![8, 13, 14, 18, 23].contains(at)) {
            let seen: BTreeSet<_> = all.iter().map(|one| one.as_bytes()[at]).collect();
            let expected = if at == 19 { 4 } else { 16 };
            assert_eq!(seen.len(), expected, "digit {at}");
        }
    }

    #[test]
    fn fractions_are_spread_over_the_whole() {
        let all: Vec<_> = (0..400).map(|_| fraction(0)).collect();
        assert!(all.iter().all(|one| (0.0..=1.0).contains(one)));
        for tenth in 0..10 {
            let low = f64::from(tenth) / 10.0;
            assert!(
                all.iter().any(|one| (low..low + 0.1).contains(one)),
                "{low}"
            );
        }
    }
}
