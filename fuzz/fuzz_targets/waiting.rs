//! `Retry-After`, and how long a client waits.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    typewright_runtime::testing::fuzzing::waiting(bytes);
});
