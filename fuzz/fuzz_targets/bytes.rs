//! Any bytes as a document: no panic, and never neither output nor an error.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    typewright_fuzz::whole::run(&String::from_utf8_lossy(bytes));
});
