//! Behaviour of the clients of the shared documents, which are the modules of the package `cases`.

mod bodies;
mod errors;
mod names;
mod replies;
mod requests;
mod round_trips;
mod server;
mod unions;
mod urls;
