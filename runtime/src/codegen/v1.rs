//! The contract with generated code, version 1: names are added here, never changed or taken away.

#[cfg(feature = "server")]
pub use axum;
pub use bytes::Bytes;
pub use http;
pub use http::{HeaderMap, StatusCode};
pub use serde;

pub use crate::auth::{
    ClientCredentials, Credential, Credentials, CredentialsError, DevicePrompt, RequestSigner,
    Secret, Token, TokenProvider,
};
pub use crate::body::{Body, ByteStream, Collected, Factory, FilePart, Multipart, Part};
pub use crate::client::{
    BuildError, Client, ClientBuilder, Decoding, Deviation, Observe, ServerChoice,
};
pub use crate::error::{AnyError, Error, ErrorKind};
pub use crate::execute::RawResponse;
pub use crate::long_running::{OperationState, PollConfig, Update, Watch};
pub use crate::mock::{Mock, MockResponse, ReceivedRequest, Unmet};
pub use crate::pagination::{PageItems, Pages};
pub use crate::rate_limit::RateLimit;
pub use crate::request::{BodyContent, Call};
pub use crate::response::{
    Binary, CallFuture, Conditional, Empty, EncodeResponse, Endpoint, ErrorOf, Form, FormAs,
    FromResponse, IfModified, Json, JsonAs, LongRunning, OrAbsent, OutputFuture, OutputOf,
    PlainText, Response, ResponseFuture, ResponseHeader, Streamed, Undocumented,
};
#[cfg(feature = "xml")]
pub use crate::response::{Xml, XmlAs};
pub use crate::retry::{Attempt, RetryBudget, RetryPolicy};
#[cfg(feature = "server")]
pub use crate::server::{
    event_json, event_text, unknown_scheme, Authentication, CheckRules, Context, Denial,
    EventReplies, FileStream, FromPart, Handler, ItemStream, LineReplies, OptionalBody, PartBody,
    PartList, PartListAs, PartStream, Parts, Problem, ProblemError, ReceivedBody, ReceivedPart,
    Reply, ReplyBody, ReplyError, ReplyParts, ReplyResult, ReplyWriter, RequestBody,
    RequestCredential, Responder, Routes, ServerRequest, WriteEvent,
};
pub use crate::spec::{
    ApiSpec, Content, Flow, Follow, KeyLocation, LazySpec, Location, MediaCodec, NextPage,
    OperationSpec, OrderedParts, Paging, Parameter, PartSpec, Polling, ResponseSpec, Scheme,
    SchemeKind, SecurityNeed, Server, SpecError, Status, Style, Until, Variable, XmlNames,
};
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
    BoxError, BoxFuture, BoxStream, Cache, Cassette, Clock, InMemoryTransport, MaybeSend,
    MaybeSendSync, Recorded, Request as TransportRequest, Response as TransportResponse, Transport,
    TransportError, TransportFailure, WireLog,
};

pub use crate::__typewright_require as require;
pub use crate::codec::*;
pub use crate::{
    __typewright_build as build, __typewright_choice as choice,
    __typewright_integer_choice as integer_choice, __typewright_newtype as newtype,
    __typewright_record as record, __typewright_record_by_parts as record_by_parts,
    __typewright_union as union, __typewright_value_choice as value_choice,
};

pub use crate::{
    __bodies as bodies, __call as call, __items as items, __operation as operation,
    __pages as pages, __responses as responses, __setters as setters, __wait as wait,
    __xml_names as xml_names,
};

#[cfg(feature = "server")]
pub use crate::{
    __handlers as handlers, __parts as parts, __replies as replies,
    __request_bodies as request_bodies, __security as security,
};

/// The version of this contract: raised when names are added.
pub const CONTRACT: u32 = 1;

/// Fails to compile where generated code needs more than this runtime has.
///
/// ```
/// const _: () = typewright_runtime::codegen::v1::contract(1);
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
