//! Replies of redirection, and what clients make of them.

use crate::support::{client, operation, outcome, RouterTransport, API};
use axum::response::{IntoResponse as _, Response};
use typewright_runtime::codegen::v1 as rt;

enum Replies {
    NoContent,
    Elsewhere(Headers),
    Other(rt::StatusCode, Headers),
    Raw(Response),
}
rt::replies! { Replies {
    0 => NoContent;
    1 => Elsewhere(headers: Headers);
    2 => Other(status, headers: Headers);
} }

struct Headers {
    location: Option<String>,
}
rt::record! { Headers { location: "Location" } }

/// The status and the location that a client of the operation receives. The service sends it to `/there`.
fn received(path: &'static str) -> (u16, String) {
    let there = operation("there GET /there\n204".to_owned());
    let spec = operation(format!("test GET {path}\n204\n302\n3XX"));
    let mut routes = rt::Routes::new(&API, ());
    routes.add(there, |_, _| Box::pin(async { Ok(().into_response()) }));
    routes.add(spec, |_, request| {
        Box::pin(async move {
            let (context, responder) = request.split();
            let headers = || Headers { location: Some("/there".to_owned()) };
            Ok(responder.respond(match context.uri().path() {
                "/found" => Replies::Elsewhere(headers()),
                "/moved" => Replies::Other(rt::StatusCode::PERMANENT_REDIRECT, headers()),
                // The document has 302 in another place.
                "/wrong" => Replies::Other(rt::StatusCode::FOUND, headers()),
                "/raw" => Replies::Raw(([("location", "/there")], ()).into_response()),
                "/early" => Replies::Other(rt::StatusCode::EARLY_HINTS, headers()),
                _ => Replies::NoContent,
            }))
        })
    });
    let client = client(RouterTransport { router: routes.into_router(), piece: 100 });
    let (status, headers) = outcome(client.call(spec));
    let location = headers.get("location");
    (status, location.map_or("", |value| value.to_str().unwrap()).to_owned())
}

#[test]
fn a_redirect_of_the_document_is_the_reply() {
    assert_eq!(received("/here"), (204, String::new()));
    assert_eq!(received("/found"), (302, "/there".to_owned()));
    assert_eq!(received("/moved"), (308, "/there".to_owned()));
    assert_eq!(received("/raw"), (200, "/there".to_owned()));
}

/// A server sends no status 1XX as the response: it would be followed by another one.
#[test]
fn a_status_of_another_response_is_a_fault_of_the_service() {
    assert_eq!(received("/wrong").0, 500);
    assert_eq!(received("/early").0, 500);
}

#[test]
fn a_redirect_that_is_not_of_the_document_is_followed() {
    let there = operation("there GET /there\n204".to_owned());
    let spec = operation("test GET /here\n204\ndefault".to_owned());
    let mut routes = rt::Routes::new(&API, ());
    routes.add(there, |_, _| Box::pin(async { Ok(rt::StatusCode::NO_CONTENT.into_response()) }));
    routes.add(spec, |_, _| {
        let response = (rt::StatusCode::TEMPORARY_REDIRECT, [("location", "/there")]);
        Box::pin(async move { Ok(response.into_response()) })
    });
    let client = client(RouterTransport { router: routes.into_router(), piece: 100 });
    assert_eq!(outcome(client.call(spec)).0, 204);
}
