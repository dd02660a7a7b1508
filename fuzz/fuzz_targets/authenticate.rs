//! `WWW-Authenticate` headers, and the answers to digest challenges.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    typewright_runtime::testing::fuzzing::authenticate(bytes);
});
