//! Short texts as words of eight bytes, which are copied without a call.

use std::io;

use crate::codec::CodecError;

/// The bytes of a word.
pub(super) const WORD: usize = 8;

const SPACES: u64 = 0x2020_2020_2020_2020;

/// The first bytes as a word, and how many they are; spaces stand for those beyond the end.
#[inline]
pub(super) fn first_word(bytes: &[u8]) -> (u64, usize) {
    match bytes.first_chunk() {
        Some(word) => (u64::from_le_bytes(*word), WORD),
        None => (short_word(bytes), bytes.len()),
    }
}

/// Up to seven bytes as a word, with spaces after them.
#[inline]
pub(super) fn short_word(bytes: &[u8]) -> u64 {
    let count = bytes.len() % WORD;
    let word = match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(first), Some(last)) => {
            // The two overlap, where they agree.
            let last = u64::from(u32::from_le_bytes(*last)) << (8 * (count - 4));
            u64::from(u32::from_le_bytes(*first)) | last
        }
        (None, _) | (_, None) => {
            let byte = |at: usize| bytes.get(at).map_or(0, |byte| u64::from(*byte) << (8 * at));
            byte(0) | byte(1) | byte(2)
        }
    };
    word | SPACES << (8 * count)
}

/// Appends the first bytes of a word: all of it, less what is too much.
#[inline]
pub(super) fn append(out: &mut Vec<u8>, word: u64, count: usize) {
    out.extend_from_slice(&word.to_le_bytes());
    if count < WORD {
        out.truncate(out.len() - WORD + count);
    }
}

/// The failure of a buffer that has no room, which a `Vec` never is.
#[cold]
pub(in crate::codec) fn no_room(error: io::Error) -> CodecError {
    CodecError::new("room for the text", error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_number_of_bytes_is_a_word() {
        let text = b"01234567";
        for end in 0..text.len() {
            for start in 0..=end {
                let bytes = &text[start..end];
                let (word, count) = first_word(bytes);
                assert_eq!(count, bytes.len());
                let mut padded = bytes.to_vec();
                padded.resize(WORD, b' ');
                assert_eq!(word.to_le_bytes(), padded[..]);
                let mut out = b"x".to_vec();
                append(&mut out, word, count);
                assert_eq!(out, [b"x", bytes].concat());
            }
        }
        assert_eq!(first_word(b"0123456789").1, WORD);
    }
}
