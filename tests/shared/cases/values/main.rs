//! What the clients of the shared documents read, write, send and answer. The clients are the modules of the package `cases`.

mod bodies;
mod errors;
mod names;
mod replies;
mod requests;
mod round_trips;
mod server;
mod unions;
mod urls;
