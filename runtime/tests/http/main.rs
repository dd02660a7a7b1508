//! Calls against real servers on this machine.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "tests may, and their helpers too"
)]
#![cfg(all(feature = "reqwest", feature = "digest"))]

mod apache;
mod api;
mod around;
mod bodies;
mod credentials;
mod decoded;
mod deviations;
mod device;
mod digest;
mod faults;
mod follow;
mod generated;
#[cfg(feature = "http2")]
mod http2;
mod labels;
mod load;
mod mocks;
mod named_events;
mod oauth2;
mod oauth2_turns;
mod page_ends;
mod parameters;
mod parts;
mod patience;
mod redirects;
mod replies;
mod requests;
mod retries;
mod secrets;
mod server;
mod servers;
mod shown;
mod stream_limits;
mod streams;
mod times;
#[cfg(feature = "rustls-tls")]
mod tls;
