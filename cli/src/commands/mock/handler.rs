//! The mock without its network: a request is routed, checked and answered.

use super::fault::{problem, problem_of_faults, refusal, Fault, Reply};
use super::parameters::Call;
use super::request::Request;
use super::response::respond;
use super::routes::{Routed, Routes};
use super::typed::Typing;
use super::{body, parameters, security};
use hyper::header::{HeaderValue, ALLOW, WWW_AUTHENTICATE};
use hyper::StatusCode;
use typewright::api::check::Checker;
use typewright::api::model::Api;

/// A mock of an API.
#[derive(Debug)]
pub struct Mock {
    api: Api,
    routes: Routes,
    /// `true` if requests that do not match the document are refused.
    refuses: bool,
}

/// Response to a request, with what the log tells of it.
#[derive(Debug)]
pub struct Answer {
    /// The response.
    pub reply: Reply,
    /// The operation's id.
    pub operation: Option<String>,
    /// Faults of the request, and remarks on the document.
    pub faults: Vec<Fault>,
}

impl Mock {
    /// Creates the mock of an API; `refuses` turns faults of requests into problem responses.
    pub fn new(api: Api, refuses: bool) -> Self {
        Self { routes: Routes::new(&api), api, refuses }
    }

    /// Answers a request.
    pub fn answer(&self, request: &Request) -> Answer {
        match self.routes.find(&request.method, &request.path) {
            Routed::Operation(index, path) => self.call(index, &path, request),
            Routed::OtherMethods(methods) => {
                let mut reply = problem(
                    StatusCode::METHOD_NOT_ALLOWED,
                    &format!("the path has {}, and no {}", methods.join(", "), request.method),
                );
                let allow = HeaderValue::from_str(&methods.join(", ")).ok();
                allow.map(|allow| reply.headers_mut().insert(ALLOW, allow));
                unrouted(reply)
            }
            Routed::Nothing(nearest) => {
                let nearest = match nearest.is_empty() {
                    true => "the document has no operations".to_owned(),
                    false => format!("the nearest are {}", nearest.join(", ")),
                };
                let detail = format!("no operation has the path {}; {nearest}", request.path);
                unrouted(problem(StatusCode::NOT_FOUND, &detail))
            }
        }
    }

    fn call(&self, index: usize, path: &[(String, &str)], request: &Request) -> Answer {
        let Some(operation) = self.api.operations.get(index) else {
            return unrouted(Reply::default());
        };
        let checker = Checker::requests(&self.api);
        let typing = Typing { api: &self.api, checker };
        let call = Call { operation, path, request, typing };
        let security = security::check(&self.api, operation, request);
        let mut faults: Vec<_> = security.into_iter().collect();
        faults.extend(parameters::check(&call));
        faults.extend(body::check(&call));
        let refusal = refusal(&faults).filter(|_| self.refuses);
        let reply = match refusal {
            Some(status) => {
                let mut reply = problem_of_faults(status, &faults);
                if status == StatusCode::UNAUTHORIZED {
                    let challenge = security::challenge(&self.api, operation);
                    let challenge = HeaderValue::from_static(challenge);
                    reply.headers_mut().insert(WWW_AUTHENTICATE, challenge);
                }
                reply
            }
            None => {
                let (reply, remarks) = respond(&self.api, operation, request);
                faults.extend(remarks);
                reply
            }
        };
        Answer { reply, operation: Some(operation.id.clone()), faults }
    }
}

fn unrouted(reply: Reply) -> Answer {
    Answer { reply, operation: None, faults: Vec::new() }
}
