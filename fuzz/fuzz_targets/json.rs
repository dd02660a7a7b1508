//! Bytes as JSON, by the codec's reader and by `serde_json`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    typewright_runtime::testing::fuzzing::json(bytes);
});

libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
    typewright_fuzz::json::mutate(data, size, most, seed, 0)
});
