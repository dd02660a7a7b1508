//! Which operation a request is for.

use crate::pets::{routes, Service};
use crate::support::{get, operation, send, serve, API};
use axum::Router;
use typewright_runtime::codegen::v1 as rt;

#[tokio::test]
async fn a_path_and_a_method_find_their_operation() {
    let router = routes(Service).into_router();
    let listed = get(&router, "GET /pets?limit=2").await;
    assert_eq!((listed.status, &*listed.body), (200, r#"[{"id":0,"name":""},{"id":1,"name":""}]"#));
    assert_eq!(listed.header("content-type"), "application/json");
    assert_eq!(listed.header("x-total"), "2");
    let exported = get(&router, "GET /pets/7.csv").await;
    assert_eq!((exported.status, &*exported.body), (200, "id\n7\n"));
    let uploaded = send(&router, "PUT /files/a%2Fb%20c", &[("content-type", "x/y")], "abc").await;
    assert_eq!((uploaded.status, &*uploaded.body), (202, "a/b c: 3 bytes"));
    let deleted = get(&router, "DELETE /pets/7").await;
    assert_eq!((deleted.status, &*deleted.body), (204, ""));
    assert_eq!(deleted.header("content-type"), "");
}

#[tokio::test]
async fn what_the_document_lacks_is_refused() {
    let router = routes(Service).into_router();
    let nothing = get(&router, "GET /cats").await;
    assert_eq!(nothing.status, 404);
    assert_eq!(nothing.header("content-type"), "application/problem+json");
    assert_eq!(nothing.body, r#"{"type":"about:blank","title":"Not Found","status":404}"#);
    let method = get(&router, "PATCH /pets").await;
    assert_eq!((method.status, method.header("allow")), (405, "GET, POST, HEAD, OPTIONS"));
    let options = get(&router, "OPTIONS /pets/7").await;
    assert_eq!((options.status, options.header("allow")), (204, "GET, DELETE, HEAD, OPTIONS"));
    let head = get(&router, "HEAD /pets?limit=2").await;
    assert_eq!((head.status, &*head.body, head.header("x-total")), (200, "", "2"));
    assert_eq!(head.header("content-length"), "39");
    assert_eq!(get(&router, "HEAD /files/a").await.status, 405);
}

/// axum has a syntax of its own for paths, and panics at what it does not know.
#[tokio::test]
async fn any_template_is_a_route() {
    let paths = [
        ("/", "/"),
        ("", "/"),
        ("relative/x", "/relative/x"),
        ("/a//b/", "/a//b/"),
        ("/:a/*b/{*c}/{{d}}", "/:a/*b/1/x%7D"),
        ("/{a}{b}/{a}", "/12/3"),
        ("/{a/b}/c", "/1/c"),
        ("/{a", "/%7Ba"),
        ("/ü/%2F/~", "/%C3%BC/%2f/%7E"),
        ("/q?x={y}#z", "/q"),
    ];
    let handler: rt::Handler<(), ()> =
        |_, _| Box::pin(async { Ok(axum::response::Response::default()) });
    for (path, request) in paths {
        let path = rt::to_json(&path.to_owned()).unwrap();
        let text = format!("test GET {}\n200", String::from_utf8(path).unwrap());
        let router = serve(&text, handler, |routes| routes);
        assert_eq!(get(&router, &format!("GET {request}")).await.status, 200, "{text}");
    }
    let mut routes = rt::Routes::new(&API, ());
    for (path, _) in paths {
        let path = String::from_utf8(rt::to_json(&path.to_owned()).unwrap()).unwrap();
        routes.add(operation(format!("test GET {path}\n200")), handler);
    }
    let router = routes.into_router();
    assert_eq!(get(&router, "GET /q").await.status, 200);
}

/// Its path is unknown, so that it must not take the place of another.
#[tokio::test]
async fn an_operation_that_cannot_be_read_is_left_out() {
    static INVALID: rt::LazySpec = rt::LazySpec::new("test GET /a\nnonsense");
    let handler: rt::Handler<(), ()> =
        |_, _| Box::pin(async { Ok(axum::response::Response::default()) });
    let mut routes = rt::Routes::new(&API, ());
    routes.add(INVALID.get(), handler);
    routes.add(operation("test GET /b\n200".to_owned()), handler);
    let router = routes.into_router();
    assert_eq!(get(&router, "GET /b").await.status, 200);
    assert_eq!(get(&router, "GET /a").await.status, 404);
    assert_eq!(get(&router, "GET /").await.status, 404);
}

#[tokio::test]
async fn a_router_is_nested_and_merged() {
    let nested = Router::new().nest("/v1", routes(Service).into_router());
    assert_eq!(get(&nested, "GET /v1/pets/7.csv").await.status, 200);
    let nothing = get(&nested, "GET /v1/cats").await;
    assert_eq!((nothing.status, nothing.header("content-type")), (404, "application/problem+json"));
    assert_eq!(get(&nested, "GET /pets").await.header("content-type"), "");
    let other = Router::new().route("/health", axum::routing::get(|| async { "well" }));
    let merged =
        other.fallback(|| async { "else" }).merge(routes(Service).without_fallback().into_router());
    assert_eq!(get(&merged, "GET /health").await.body, "well");
    assert_eq!(get(&merged, "GET /cats").await.body, "else");
    assert_eq!(get(&merged, "GET /pets").await.status, 200);
}
