//! Bytes as JSON for one of the codecs, which the first byte chooses.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    typewright_runtime::testing::fuzzing::codecs(bytes);
});

libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
    typewright_fuzz::json::mutate(data, size, most, seed, 1)
});
