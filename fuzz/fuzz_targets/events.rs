//! Server-sent events and lines of JSON, cut anywhere.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    typewright_runtime::testing::fuzzing::events(bytes);
});
