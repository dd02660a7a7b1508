//! The routes of an API, and the way of a request through them.

use crate::codec::{validate, Decode, Encode, Rule};
use crate::futures::BoxFuture;
use crate::server::body::{undecodable, Limits, ReceivedBody, RequestBody};
use crate::server::context::{Context, Head, ParameterNames};
use crate::server::negotiation::check_accept;
use crate::server::parameters;
use crate::server::path::{Match, Table};
use crate::server::problem::Problem;
use crate::server::reply::{without_forbidden_body, Responder};
use crate::server::security::{
    self, unknown_scheme, Authenticate, Authentication, RequestCredential,
};
use crate::spec::{ApiSpec, OperationSpec};
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use axum::routing::any;
use axum::Router;
use http::header::{HeaderValue, ALLOW};
use http::{Method, StatusCode};
use std::fmt;
use std::future::{ready, Future};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{ready, Poll};

/// The handler of an operation: reads the inputs, calls the method of the service, and writes its reply.
pub type Handler<S, P> = fn(Arc<S>, ServerRequest<P>) -> BoxFuture<Result<Response, Problem>>;

/// Gives a problem the form of a service's own.
type Problems = dyn Fn(Problem) -> Response + Send + Sync;

/// The bytes that are held in memory of a body, a part or a line, unless a limit is set.
const DEFAULT_LIMIT: usize = 2 << 20;

/// The operations of an API, and the service whose methods handle them.
///
/// A generated crate makes one by `server::routes`.
///
/// ```
/// use typewright_runtime::server::{axum::Router, Routes};
///
/// fn router<S: Send + Sync + 'static>(routes: Routes<S>) -> Router {
///     let router = routes.max_body_bytes(64 << 10).into_router();
///     Router::new().nest("/v1", router)
/// }
/// # drop(router::<()>);
/// ```
pub struct Routes<S, P = ()> {
    api: &'static ApiSpec,
    service: Arc<S>,
    authenticate: Authenticate<S, P>,
    operations: Vec<Operation<S, P>>,
    limits: Limits,
    problems: Option<Arc<Problems>>,
    has_fallback: bool,
}

/// An operation and its handler.
struct Operation<S, P> {
    spec: &'static OperationSpec,
    names: Arc<ParameterNames>,
    handler: Handler<S, P>,
}

/// The judgement of credentials by a service that knows none.
fn no_scheme<S>(_: &S, _: RequestCredential) -> Authentication<'_, ()> {
    unknown_scheme()
}

impl<S> Routes<S> {
    /// Begins the routes of an API without security schemes.
    #[doc(hidden)]
    pub fn new(api: &'static ApiSpec, service: S) -> Self {
        Self::secured(api, service, no_scheme::<S>)
    }
}

impl<S, P> Routes<S, P> {
    /// Begins the routes of an API with security schemes.
    #[doc(hidden)]
    pub fn secured(
        api: &'static ApiSpec,
        service: S,
        authenticate: for<'s> fn(&'s S, RequestCredential) -> Authentication<'s, P>,
    ) -> Self {
        Self {
            api,
            service: Arc::new(service),
            authenticate,
            operations: Vec::new(),
            limits: Limits { memory: DEFAULT_LIMIT, stream: usize::MAX },
            problems: None,
            has_fallback: true,
        }
    }

    /// Adds an operation.
    #[doc(hidden)]
    pub fn add(&mut self, operation: &'static OperationSpec, handler: Handler<S, P>) {
        let names = Arc::new(ParameterNames::new(operation));
        self.operations.push(Operation { spec: operation, names, handler });
    }

    /// Limits the bytes that are held in memory of a body, of a part of a multipart body, and of a line of a stream; by default
    /// 2 MiB. A longer one is a response 413.
    #[must_use]
    pub fn max_body_bytes(mut self, bytes: usize) -> Self {
        self.limits.memory = bytes;
        self
    }

    /// Limits the bytes of bodies that handlers read while they arrive; by default there is no limit. The stream of a longer one
    /// ends in an error.
    #[must_use]
    pub fn max_stream_bytes(mut self, bytes: usize) -> Self {
        self.limits.stream = bytes;
        self
    }

    /// Gives problems another form than `application/problem+json`: those of the runtime, and those that handlers reply with.
    ///
    /// Headers of a problem, such as `Allow` and `WWW-Authenticate`, are added to the response.
    ///
    /// ```
    /// use typewright_runtime::server::axum::response::IntoResponse;
    /// use typewright_runtime::server::Routes;
    ///
    /// fn plain<S, P>(routes: Routes<S, P>) -> Routes<S, P> {
    ///     routes.problems(|problem| (problem.status(), problem.to_string()).into_response())
    /// }
    /// # drop(plain::<(), ()>);
    /// ```
    #[must_use]
    pub fn problems(mut self, form: impl Fn(Problem) -> Response + Send + Sync + 'static) -> Self {
        self.problems = Some(Arc::new(form));
        self
    }

    /// Leaves paths that the API does not have to the router's user, who needs that to merge two routers; by default they are a
    /// problem 404.
    #[must_use]
    pub fn without_fallback(mut self) -> Self {
        self.has_fallback = false;
        self
    }
}

impl<S: Send + Sync + 'static, P: Send + Sync + 'static> Routes<S, P> {
    /// The router of all operations, by the paths of the document: below which path of a server they are is up to the caller, who
    /// nests the router there.
    pub fn into_router(self) -> Router {
        let has_fallback = self.has_fallback;
        let mut table = Table::default();
        for (index, Operation { spec, .. }) in self.operations.iter().enumerate() {
            // The text of one that cannot be read says nothing about its path.
            if spec.invalid.is_none() {
                table.add(spec, index);
            }
        }
        table.finish();
        let paths: Vec<String> = table.routes().map(str::to_owned).collect();
        let server: Arc<dyn Serve> = Arc::new(Server { routes: self, table });
        let route = |number| Route { server: Arc::clone(&server), number };
        let paths = paths.iter().enumerate();
        let router = paths.fold(Router::new(), |router, (number, path)| {
            router.route(path, any(route(Some(number))))
        });
        if has_fallback {
            return router.fallback(route(None));
        }
        router
    }
}

impl<S, P> fmt::Debug for Routes<S, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operations = self.operations.iter().map(|operation| operation.spec.id);
        f.debug_struct("Routes")
            .field("operations", &operations.collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

/// The response to a request, or the problem with it.
type Outcome = BoxFuture<Result<Response, Problem>>;

/// A server without the types of its service, so that axum's part is compiled once.
trait Serve: Send + Sync {
    /// Begins to serve a request, which axum has routed by the path of this number.
    fn begin(self: Arc<Self>, route: Option<usize>, request: Request) -> Outcome;

    fn problems(&self) -> Option<&Problems>;
}

/// One of axum's routes, by its number; none for all other paths.
#[derive(Clone)]
struct Route {
    server: Arc<dyn Serve>,
    number: Option<usize>,
}

impl axum::handler::Handler<(), ()> for Route {
    type Future = Serving;

    fn call(self, request: Request, (): ()) -> Serving {
        let method = request.method().clone();
        let outcome = Arc::clone(&self.server).begin(self.number, request);
        Serving { server: self.server, method, outcome }
    }
}

/// A request that is being served. It has a name so that axum's future is the only one around the handler's.
struct Serving {
    server: Arc<dyn Serve>,
    method: Method,
    outcome: Outcome,
}

impl Future for Serving {
    type Output = Response;

    fn poll(mut self: Pin<&mut Self>, context: &mut std::task::Context<'_>) -> Poll<Response> {
        let outcome = ready!(self.outcome.as_mut().poll(context));
        let response = outcome.unwrap_or_else(Response::from);
        let response = in_form(self.server.problems(), response);
        Poll::Ready(without_forbidden_body(&self.method, response))
    }
}

struct Server<S, P> {
    routes: Routes<S, P>,
    table: Table,
}

impl<S: Send + Sync + 'static, P: Send + Sync + 'static> Serve for Server<S, P> {
    fn begin(self: Arc<Self>, route: Option<usize>, request: Request) -> Outcome {
        let (parts, body) = request.into_parts();
        let (method, path) = (&parts.method, parts.uri.path());
        let (index, captures) = match self.table.find(method.as_str(), path, route) {
            Match::Operation(index, captures) => (index, captures),
            Match::OtherMethods(allow) => return Box::pin(ready(other_method(method, &allow))),
            Match::Nothing => return not_found(),
        };
        let Some(Operation { spec, names, .. }) = self.routes.operations.get(index) else {
            return not_found();
        };
        let head = Arc::new(Head { parts, operation: spec, captures, names: Arc::clone(names) });
        if head.operation.security.is_empty() {
            return self.call(index, Context { principals: Vec::new(), head }, body);
        }
        Box::pin(async move {
            let Routes { api, service, authenticate, .. } = &self.routes;
            let principals = security::principals(api, &head, &**service, *authenticate).await?;
            self.call(index, Context { principals, head }, body).await
        })
    }

    fn problems(&self) -> Option<&Problems> {
        self.routes.problems.as_deref()
    }
}

fn not_found() -> Outcome {
    Box::pin(ready(Err(StatusCode::NOT_FOUND.into())))
}

impl<S: Send + Sync + 'static, P: Send + Sync + 'static> Server<S, P> {
    /// Calls the handler of an operation that the caller may call.
    fn call(&self, index: usize, context: Context<P>, body: Body) -> Outcome {
        let Routes { api, service, operations, limits, .. } = &self.routes;
        let Some(Operation { spec, handler, .. }) = operations.get(index) else {
            return not_found();
        };
        if let Err(problem) = check_accept(spec, context.headers()) {
            return Box::pin(ready(Err(problem)));
        }
        let body = ReceivedBody::new(spec, body, *limits);
        handler(Arc::clone(service), ServerRequest { api, context, body })
    }
}

/// The response to a method that the path does not have; `OPTIONS` asks which it has (RFC 9110, section 9.3.7).
fn other_method(method: &Method, allow: &str) -> Result<Response, Problem> {
    let allow = HeaderValue::from_str(allow).unwrap_or(HeaderValue::from_static(""));
    if method != Method::OPTIONS {
        return Err(Problem::new(StatusCode::METHOD_NOT_ALLOWED).with_header(ALLOW, allow));
    }
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response.headers_mut().insert(ALLOW, allow);
    Ok(response)
}

/// A response that was made of a problem, in the service's form.
fn in_form(problems: Option<&Problems>, mut response: Response) -> Response {
    let (Some(problems), Some(problem)) = (problems, response.extensions_mut().remove::<Problem>())
    else {
        return response;
    };
    let headers = problem.headers().clone();
    let mut response = problems(problem);
    for (name, value) in &headers {
        response.headers_mut().append(name, value.clone());
    }
    response
}

/// A request of which the operation is known, and who sent it.
pub struct ServerRequest<P> {
    api: &'static ApiSpec,
    context: Context<P>,
    body: ReceivedBody,
}

impl<P> ServerRequest<P> {
    /// Decodes the parameters, as an object with members such as `path.id` and `query.limit`.
    ///
    /// # Errors
    /// One of them is not of its type, or required and not there: 400 with all of them.
    pub fn parameters<T: Decode>(&self) -> Result<T, Problem> {
        let mut value = None;
        parameters::read(self.api, &self.context.head, &mut value)
            .map_err(|failures| Problem::of_failures(StatusCode::BAD_REQUEST, &failures))?;
        value.ok_or_else(|| StatusCode::INTERNAL_SERVER_ERROR.into())
    }

    /// Checks parameters against rules.
    ///
    /// # Errors
    /// They break some: 400 with all of them.
    pub fn check_parameters(&self, value: &dyn Encode, rules: &[Rule]) -> Result<(), Problem> {
        let check = validate(value, rules);
        check.map_err(|violations| Problem::of_violations(StatusCode::BAD_REQUEST, "", &violations))
    }

    /// Receives and decodes the body.
    ///
    /// # Errors
    /// It is missing, too long, of another media type, malformed, or not as documented.
    pub async fn body<B: RequestBody>(&mut self) -> Result<B::Value, Problem> {
        let headers = &self.context.head.parts.headers;
        self.body.receive(headers, B::is_streamed, B::OPTIONAL).await?;
        let mut value = B::decode(&mut self.body).map_err(undecodable)?;
        B::check(&mut value)?;
        Ok(value)
    }

    /// The context of the handler, and what writes its reply.
    pub fn split(self) -> (Context<P>, Responder) {
        let head = Arc::clone(&self.context.head);
        (self.context, Responder { head })
    }
}
