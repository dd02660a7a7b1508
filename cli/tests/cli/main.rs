//! The command as its users see it: what it prints, what it writes and how it ends.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests look at what was written, and fail by panicking"
)]

mod book;
mod bundle;
mod check;
mod concurrent;
mod config;
mod determinism;
mod diff;
mod edits;
mod extension;
mod fix;
mod generate;
mod guide;
mod hostile;
mod import;
mod init;
mod input;
mod inspect;
mod inspect_html;
mod lock;
mod manifest;
mod minimum;
mod mock;
mod new;
mod overlay;
mod packages;
mod quiet;
mod readme;
mod regenerate;
mod remote;
mod rustfmt;
mod stdin;
mod support;
mod tests;
mod type_options;
mod usage;
mod verbose;
mod workspace;
