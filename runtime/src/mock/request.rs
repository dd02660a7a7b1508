//! Requests as a mock received them.

use crate::codec::{from_json, CodecError, Decode};
use crate::percent;
use crate::transport::Recorded;
use bytes::Bytes;
use http::HeaderMap;
use std::fmt;

/// A request that a call sent, as [`Mock`](crate::mock::Mock) received it.
///
/// ```
/// use typewright_runtime::mock::{Mock, ReceivedRequest};
/// # use typewright_runtime::codegen::v1 as rt;
/// # rt::call!(pub(crate) Call);
/// # rt::operation! { GetSize(GetSizeOperation) -> rt::Json<i64>, rt::Undocumented;
/// #     "getSize GET /size
/// #     200 application/json" }
/// # let mock = Mock::new();
/// let requests: Vec<ReceivedRequest> = mock.requests::<GetSize>();
/// for request in &requests {
///     assert_eq!(request.line(), "GET /size");
///     assert_eq!(request.query(), None);
/// }
/// ```
#[derive(Clone, Debug)]
pub struct ReceivedRequest {
    request: Recorded,
}

impl ReceivedRequest {
    pub(super) fn new(request: Recorded) -> Self {
        Self { request }
    }

    /// The method and the path, as they were on the wire: `GET /pets/7`.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{} {}", self.request.method(), self.request.uri().path())
    }

    /// The whole URL, with the query.
    #[must_use]
    pub fn url(&self) -> String {
        self.request.uri().to_string()
    }

    /// The query as it was on the wire, without `?`; `None` where there was none.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        self.request.uri().query()
    }

    /// The values of a query parameter, decoded, in their order.
    #[must_use]
    pub fn query_values(&self, name: &str) -> Vec<String> {
        let query = self.query().unwrap_or_default();
        let pairs = percent::form_pairs_of(query.as_bytes());
        pairs.filter(|(other, _)| other == name).map(|(_, value)| value).collect()
    }

    /// The headers, credentials included.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.request.headers()
    }

    /// The body's bytes; empty where there was no body.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        self.request.body()
    }

    /// The body, read as JSON.
    ///
    /// # Errors
    /// The body is not JSON, or not of this type.
    pub fn json<T: Decode>(&self) -> Result<T, CodecError> {
        from_json(self.request.body())
    }
}

impl fmt::Display for ReceivedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let target = self.request.uri().path_and_query().map_or("/", |target| target.as_str());
        write!(f, "{} {target}", self.request.method())
    }
}
