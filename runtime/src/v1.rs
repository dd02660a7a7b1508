//! The contract with generated code, version 1: names are added here, never changed or taken away.

pub use bytes::Bytes;
pub use http;
pub use http::{HeaderMap, StatusCode};
pub use serde;

pub use crate::answer::{
    Answer, Binary, Coding, Decode, Empty, Json, JsonAs, PlainText, Streamed, Undocumented,
};
pub use crate::body::{Body, ByteStream, Collected, Factory};
pub use crate::boxed::{BoxError, BoxFuture, BoxStream, MaybeSend, MaybeSendSync};
pub use crate::call::{
    Call, FailureOf, LongRunning, Operation, Paged, PagedItems, ReplyOf, Responding, Sending,
    Signature,
};
pub use crate::client::{BuildError, Client, ClientBuilder, ServerChoice};
pub use crate::clock::Clock;
pub use crate::content::file::File;
pub use crate::content::multipart::{Multipart, Part};
pub use crate::credentials::{
    ClientCredentials, Credential, Credentials, CredentialsError, DevicePrompt, Secret, Token,
    TokenProvider,
};
pub use crate::data::{
    ApiData, Content, Flow, Follow, KeyLocation, Location, MediaCodec, Need, NextPage,
    OperationData, OrderedParts, Paging, Parameter, PartData, Polling, Reply, Scheme, SchemeKind,
    Server, Status, Style, Until, Variable,
};
pub use crate::decoding::{Decoding, Departure, Observe};
pub use crate::error::{AnyError, Error, ErrorKind};
pub use crate::mock::{Asked, Mock, Replying};
pub use crate::paging::{PageItems, Pages};
pub use crate::polling::Patience;
pub use crate::response::{ReplyHeader, Response};
pub use crate::retry::{Attempt, Retry};
pub use crate::sign::Sign;
pub use crate::stream::{
    Event, EventStream, Events, LineStream, Lines, NamedEvent, NamedEvents, ReadEvent, TextEvents,
};
#[cfg(feature = "testing")]
pub use crate::testing;
#[cfg(feature = "reqwest")]
pub use crate::transport::ReqwestTransport;
#[cfg(feature = "tower")]
pub use crate::transport::TowerTransport;
pub use crate::transport::{
    Memory, Recorded, Reply as TransportReply, Request as TransportRequest, Tape, Transport,
    TransportError, TransportFailure, WireLog,
};

pub use crate::codec::*;

/// The version of this contract: raised when names are added.
pub const CONTRACT: u32 = 1;

/// Fails to compile where generated code needs more than this runtime has.
///
/// ```
/// const _: () = typewright_runtime::v1::contract(1);
/// ```
///
/// # Panics
/// At compile time, where `needed` is above [`CONTRACT`].
pub const fn contract(needed: u32) {
    assert!(
        needed <= CONTRACT,
        "this code was generated for a newer typewright-runtime: run `cargo update -p typewright-runtime`"
    );
}
