//! Servers: a small API, written as the generator writes one, and the requests that it gets.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests, one of which reads the clock"
)]

#[macro_use]
mod pets;

mod bodies;
#[cfg(feature = "digest")]
mod digest;
mod multipart;
mod parameters;
mod redirects;
mod replies;
mod routing;
mod security;
mod support;
