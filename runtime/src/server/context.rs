//! A handler's request, beside its inputs.

use crate::server::{negotiation, path};
use crate::spec::{Location, OperationSpec, Parameter};
use axum::extract::FromRequestParts;
use http::request::Parts;
use http::{Extensions, HeaderMap, Method, Uri};
use std::fmt;
use std::sync::Arc;

/// The names of an operation's parameters, which are the same for all requests.
pub(crate) struct ParameterNames {
    /// The members that they are of the object of all parameters, in the order of the description.
    pub(super) keys: Vec<String>,
    /// The names in the path template, in their order there.
    pub(super) in_path: Vec<&'static str>,
}

impl ParameterNames {
    pub(super) fn new(operation: &'static OperationSpec) -> Self {
        let key = |parameter: &Parameter| match place(parameter.location) {
            place if parameter.location == Location::QueryString => place.to_owned(),
            place => format!("{place}.{}", parameter.name),
        };
        Self {
            keys: operation.parameters.iter().map(key).collect(),
            in_path: path::parameter_names(operation.path),
        }
    }
}

/// The place of parameters in the object of all, and in messages.
pub(super) fn place(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
        Location::QueryString => "querystring",
    }
}

/// The head of a request, and the operation that it is for.
pub(crate) struct Head {
    pub(super) parts: Parts,
    pub(super) operation: &'static OperationSpec,
    pub(super) captures: path::Captures,
    pub(super) names: Arc<ParameterNames>,
}

/// The request of a handler beside its documented inputs, and who sent it.
///
/// ```
/// use typewright_runtime::server::Context;
///
/// fn agent(context: &Context<u64>) -> Option<&str> {
///     context.headers().get("user-agent")?.to_str().ok()
/// }
/// # drop(agent);
/// ```
pub struct Context<P = ()> {
    pub(super) principals: Vec<P>,
    pub(super) head: Arc<Head>,
}

impl<P> Context<P> {
    /// The principal of the first credential; `None` where the operation admits requests without credentials, and this is one.
    #[must_use]
    pub fn principal(&self) -> Option<&P> {
        self.principals.first()
    }

    /// The principals of all credentials, in the order of the security requirement that the request meets.
    #[must_use]
    pub fn principals(&self) -> &[P] {
        &self.principals
    }

    /// The operation's id in the document.
    #[must_use]
    pub fn operation_id(&self) -> &'static str {
        self.head.operation.id
    }

    /// The method of the request: `HEAD` where the operation is a `GET` whose body is not asked for.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.head.parts.method
    }

    /// The URI of the request, without the path below which the router is nested.
    #[must_use]
    pub fn uri(&self) -> &Uri {
        &self.head.parts.uri
    }

    /// All headers of the request.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.head.parts.headers
    }

    /// The extensions of the request, in which middleware leaves what it knows.
    #[must_use]
    pub fn extensions(&self) -> &Extensions {
        &self.head.parts.extensions
    }

    /// Reports whether the caller accepts a body of this media type (RFC 9110, section 12.5.1); true where it does not say.
    #[must_use]
    pub fn accepts(&self, media_type: &str) -> bool {
        negotiation::accepts(self.headers(), media_type)
    }

    /// Extracts what one of axum's extractors takes from the head of a request.
    ///
    /// # Errors
    /// The extractor rejects the request.
    ///
    /// ```
    /// use typewright_runtime::http::HeaderMap;
    /// use typewright_runtime::server::Context;
    ///
    /// async fn count(context: &Context) -> usize {
    ///     context.extract::<HeaderMap>().await.map_or(0, |headers| headers.len())
    /// }
    /// # drop(count);
    /// ```
    pub async fn extract<T: FromRequestParts<()>>(&self) -> Result<T, T::Rejection> {
        self.extract_with(&()).await
    }

    /// Extracts what one of axum's extractors takes from the head of a request and a state.
    ///
    /// # Errors
    /// The extractor rejects the request.
    pub async fn extract_with<T, S>(&self, state: &S) -> Result<T, T::Rejection>
    where
        T: FromRequestParts<S>,
        S: Send + Sync,
    {
        let mut parts = self.head.parts.clone();
        T::from_request_parts(&mut parts, state).await
    }
}

impl<P> fmt::Debug for Context<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("operation", &self.head.operation.id)
            .finish_non_exhaustive()
    }
}
