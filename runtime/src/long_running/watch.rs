//! Long-running operations as streams of their states.

use crate::codec::{CodecError, Decode, Value};
use crate::error::{Error, ResponseHead};
use crate::execute::RawResponse;
use crate::futures::{next, Stepped, Steps};
use crate::long_running::poller::{Poller, Step};
use crate::opaque::OpaqueArc;
use crate::response::{decode_body, Endpoint, ErrorOf, OutputOf};
use futures_core::Stream;
use http::{HeaderMap, StatusCode};
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

/// The states of a long-running operation as a [`Stream`], which ends with its result or with the first failure. The operation is
/// polled when the stream is, after the pauses of [`PollConfig`](super::PollConfig); `L` is the operation whose response has the
/// result.
///
/// ```
/// use typewright_runtime::long_running::{Update, Watch};
/// # use typewright_runtime::codegen::v1::{Endpoint, Error, ErrorOf, OutputOf};
///
/// # async fn report<L: Endpoint>(mut watch: Watch<L>) -> Result<Option<OutputOf<L>>, Error<ErrorOf<L>>> {
/// // `watch` is `client.export_pets().watch()`, where the document describes a long-running operation.
/// while let Some(update) = watch.next().await {
///     match update? {
///         Update::Running(state) => println!("{state}: {:?}", state.body()),
///         Update::Ended(result) => return Ok(Some(result)),
///     }
/// }
/// # Ok(None)
/// # }
/// # struct Pets;
/// # impl Endpoint for Pets {
/// #     type Output = typewright_runtime::codegen::v1::Json<Vec<String>>;
/// #     type Error = typewright_runtime::codegen::v1::Undocumented;
/// #     fn spec() -> &'static typewright_runtime::codegen::v1::OperationSpec { unimplemented!() }
/// # }
/// # drop(report::<Pets>);
/// ```
pub struct Watch<L: Endpoint> {
    /// The poller until the operation has ended.
    steps: Steps<Option<Box<Poller>>, Seen<L>>,
}

/// An item of a [`Watch`].
///
/// ```
/// use typewright_runtime::long_running::Update;
/// let update = Update::Ended(7);
/// assert_eq!(update.ended(), Some(7));
/// ```
#[derive(Clone, Debug)]
pub enum Update<T> {
    /// The operation goes on.
    Running(OperationState),
    /// The operation has succeeded, with this result.
    Ended(T),
}

type Seen<L> = Result<Update<OutputOf<L>>, Error<ErrorOf<L>>>;

/// The state of an operation that goes on, as a response shows it.
///
/// `Display` shows [`id`](Self::id).
///
/// ```
/// use typewright_runtime::long_running::OperationState;
///
/// fn percent(state: &OperationState) -> Option<i64> {
///     state.body()?.get("metadata")?.get("percent")?.as_i64()
/// }
/// # drop(percent);
/// ```
#[derive(Clone, Debug)]
pub struct OperationState {
    id: String,
    head: OpaqueArc<ResponseHead>,
    body: Option<Value>,
}

impl<L: Endpoint> Watch<L> {
    pub(super) fn new(poller: Poller) -> Self {
        Self { steps: Steps::new(Some(Box::new(poller)), step::<L>) }
    }

    /// The next state of the operation, or its result; `None` after that.
    ///
    /// # Errors
    /// A request fails, the operation ends in an error, or the deadline passes; each ends the stream.
    pub async fn next(&mut self) -> Option<Result<Update<OutputOf<L>>, Error<ErrorOf<L>>>> {
        next(&mut self.steps).await
    }
}

fn step<L: Endpoint>(poller: Option<Box<Poller>>) -> Stepped<Option<Box<Poller>>, Seen<L>> {
    Box::pin(async move {
        let mut poller = poller?;
        let outcome = match poller.step().await {
            Ok(Step::Running(response)) => {
                let state = OperationState::new(poller.id(), &response);
                return Some((Ok(Update::Running(state)), Some(poller)));
            }
            Ok(Step::Ended(response)) => Ok(response),
            Err(fault) => Err(fault),
        };
        let result = decode_body::<L>(outcome);
        Some((result.map(Update::Ended), None))
    })
}

impl<L: Endpoint> Stream for Watch<L> {
    type Item = Result<Update<OutputOf<L>>, Error<ErrorOf<L>>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut self.steps).poll_next(context)
    }
}

impl<L: Endpoint> fmt::Debug for Watch<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watch")
    }
}

impl<T> Update<T> {
    /// The result; `None` where the operation goes on.
    #[must_use]
    pub fn ended(self) -> Option<T> {
        match self {
            Self::Running(_) => None,
            Self::Ended(result) => Some(result),
        }
    }
}

impl OperationState {
    fn new(id: &str, response: &RawResponse) -> Self {
        // A body without a byte reads as null.
        let body = response.json().ok().filter(|body| *body != Value::Null);
        Self { id: id.to_owned(), head: response.head.clone(), body }
    }

    /// The text by which another process goes on with the operation: its id, or the URL of its state. The generated client's `resume`
    /// and `watch` take it, of a URL only one of the client's own server.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The response's status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// The response's headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// The response's body; `None` where it has no JSON.
    #[must_use]
    pub fn body(&self) -> Option<&Value> {
        self.body.as_ref()
    }

    /// The response's body as a type of the caller's choice, such as the result's.
    ///
    /// # Errors
    /// There is no body, or it is not of the type.
    pub fn read<T: Decode>(&self) -> Result<T, CodecError> {
        let body = self.body.clone().ok_or_else(CodecError::nothing)?;
        body.read()
    }
}

impl fmt::Display for OperationState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.id)
    }
}
