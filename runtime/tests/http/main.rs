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
mod bodies;
mod body_members;
mod caching;
mod client_options;
mod clock;
mod conditional;
mod credentials;
mod device;
mod digest;
mod faults;
mod formatting;
mod generated;
#[cfg(feature = "http2")]
mod http2;
mod last_page;
mod lenient_servers;
mod load;
mod media_types;
mod metrics;
mod mock_rules;
mod mocks;
mod multipart;
mod named_events;
mod oauth2;
mod optional;
mod outcomes;
mod paging;
mod parameters;
mod poll_pauses;
mod redirects;
mod requests;
mod response_matching;
mod resumed_pages;
mod retries;
mod secrets;
mod server;
mod servers;
mod stream_limits;
mod streams;
mod timeouts;
#[cfg(feature = "rustls-tls")]
mod tls;
mod token_requests;
mod watch;
