//! Multipart bodies with names, headers and contents of any kind.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    typewright_runtime::testing::fuzzing::multipart(bytes);
});
