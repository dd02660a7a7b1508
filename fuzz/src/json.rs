//! Mutation of texts of JSON that keeps them JSON, by turns with that of libFuzzer.

use crate::mutate::apply;
use libfuzzer_sys::fuzzer_mutate;
use serde_json::Value;

/// Changes an input, of which the first `skipped` bytes are no JSON, and gives its new length.
pub fn mutate(data: &mut [u8], size: usize, most: usize, seed: u32, skipped: usize) -> usize {
    let edited = (seed % 3 == 0).then(|| edited(data.get(skipped..size)?, seed));
    if let Some(text) = edited.flatten() {
        let end = skipped + text.len();
        if let Some(place) = data.get_mut(skipped..end).filter(|_| end <= most) {
            place.copy_from_slice(text.as_bytes());
            return end;
        }
    }
    fuzzer_mutate(data, size, most)
}

/// The text with up to four edits; nothing where it is no JSON.
fn edited(text: &[u8], seed: u32) -> Option<String> {
    let mut value: Value = serde_json::from_slice(text).ok()?;
    let mut state = seed;
    let mut next = || {
        // Numerical Recipes' generator, whose low bits are the worse ones.
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state >> 8
    };
    for _ in 0..=next() % 4 {
        let kind = next().to_le_bytes()[0];
        apply(&mut value, &[(kind, next(), next())]);
    }
    Some(value.to_string())
}
