//! Names that are too long.

/// Maximum length of an identifier in bytes. The longest in the corpus has 110; file systems allow 255.
const MOST: usize = 120;

/// Length of the appended hash in bytes: a separator and eight digits.
const HASH: usize = 9;

/// Truncates a name that is too long and appends a hash of the whole. The result depends on the name alone.
pub fn short(name: &str) -> String {
    if name.len() <= MOST {
        return name.to_owned();
    }
    let end = (0..=MOST - HASH)
        .rev()
        .find(|at| name.is_char_boundary(*at));
    let start = name.get(..end.unwrap_or(0)).unwrap_or_default();
    let start = start.trim_end_matches('_');
    let hash = hash(name);
    match (
        name.contains(char::is_lowercase),
        name.starts_with(char::is_uppercase),
    ) {
        (true, true) => format!("{start}X{hash:08x}"),
        (false, true) => format!("{start}_{hash:08X}"),
        (true | false, false) => format!("{start}_{hash:08x}"),
    }
}

/// FNV-1a of 64 bits, folded to 32: stable across machines and versions.
fn hash(text: &str) -> u32 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    let whole = text.bytes().fold(0xcbf2_9ce4_8422_2325, step);
    let [a, b, c, d, e, f, g, h] = whole.to_be_bytes();
    u32::from_be_bytes([a ^ e, b ^ f, c ^ g, d ^ h])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_cut_and_stay_apart() {
        let long = |last: &str| format!("{}{last}", "Word".repeat(75));
        let (a, b) = (short(&long("A")), short(&long("B")));
        assert_ne!(a, b);
        assert_eq!((a.len(), b.len()), (MOST, MOST));
        assert_eq!(a, short(&long("A")));
        assert_eq!(short("Word"), "Word");
        let umlauts = short(&"ä".repeat(300));
        assert!(umlauts.len() <= MOST && umlauts.contains('_'), "{umlauts}");
        assert!(short(&"A".repeat(300)).chars().all(|c| !c.is_lowercase()));
    }
}
