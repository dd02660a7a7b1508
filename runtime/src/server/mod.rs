//! Servers: what handlers receive and return, and the routes that call them, by [axum](https://docs.rs/axum).
//!
//! A crate that is generated with a server has a trait for each tag, with a method for each operation. A service implements
//! them, and becomes an [`axum::Router`]. For each request the runtime does in this order, by the document:
//!
//! 1. It finds the operation: 404 without one, 405 with `Allow` for other methods. `HEAD` is that of `GET`, and `OPTIONS` is
//!    answered with `Allow`, unless the document has them.
//! 2. It asks the service about the credentials: 401 with `WWW-Authenticate`, or 403.
//! 3. It compares `Accept` with the media types of successes: 406.
//! 4. It decodes the parameters: 400 with all that are wrong. Query parameters that the document does not have are ignored.
//! 5. It receives and decodes the body: 400 where it is missing or malformed, 413, 415, and 422 where it is not as documented.
//! 6. It calls the handler, and writes its reply: 500 where that is not as documented.
//!
//! What is wrong with a request is told as a [`Problem`].

mod body;
mod context;
mod events;
mod multipart;
mod negotiation;
mod parameters;
mod path;
mod problem;
mod reply;
mod routes;
mod security;
mod streams;

pub use axum;
#[doc(hidden)]
pub use body::{CheckRules, OptionalBody, ReceivedBody, RequestBody};
pub use context::Context;
#[doc(hidden)]
pub use events::{event_json, event_text, WriteEvent};
pub use events::{EventReplies, LineReplies};
pub use multipart::{FileStream, PartStream};
#[doc(hidden)]
pub use multipart::{FromPart, PartBody, PartList, PartListAs, Parts, ReceivedPart};
pub use problem::{Problem, ProblemError};
#[doc(hidden)]
pub use reply::{Reply, ReplyBody, ReplyError, ReplyParts, ReplyResult, ReplyWriter, Responder};
pub use routes::Routes;
#[doc(hidden)]
pub use routes::{Handler, ServerRequest};
#[doc(hidden)]
pub use security::{unknown_scheme, Authentication};
pub use security::{Denial, RequestCredential};
pub use streams::ItemStream;
