//! Parameters: what clients write is read as the same, in every place and style; and what is wrong is told.

use crate::support::{client, operation, send, serve, wait, RouterTransport, API};
use proptest::collection::{btree_map, vec};
use proptest::prelude::{any, ProptestConfig, Strategy};
use proptest::sample::select;
use proptest::test_runner::TestRunner;
use rt::axum::Router;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use typewright_runtime::codegen::v1 as rt;

/// The parameters that a server read, by their names, or the problem.
type Read<T> = Result<rt::Map<T>, rt::Problem>;

/// The parameters that the service has read last.
type Last<T> = Arc<Mutex<Option<Read<T>>>>;

/// A router whose handler keeps the parameters of the last request.
fn router<T: rt::Decode + Send + 'static>(spec: &'static rt::OperationSpec) -> (Router, Last<T>) {
    let last: Last<T> = Arc::default();
    let mut routes = rt::Routes::new(&API, Arc::clone(&last));
    routes.add(spec, |service, request| {
        let read = request.parameters::<rt::Map<T>>();
        let response = read.as_ref().err().map(|problem| problem.clone().into());
        *service.lock().unwrap() = Some(read);
        Box::pin(async move { Ok(response.unwrap_or_default()) })
    });
    (routes.into_router(), last)
}

/// The operation of one parameter, from a line such as `query p style=form`.
fn spec(line: &str) -> &'static rt::OperationSpec {
    let path = if line.starts_with("path") { "/x/{p}/y" } else { "/x/y" };
    operation(format!("test GET {path}\n{line}\n200"))
}

/// A parameter that is sent by a client and read by a server.
struct Channel<T> {
    line: &'static str,
    spec: &'static rt::OperationSpec,
    client: rt::Client,
    last: Last<T>,
}

impl<T: rt::Encode + rt::Decode + Send + 'static> Channel<T> {
    fn new(line: &'static str) -> Self {
        let spec = spec(line);
        let (router, last) = router(spec);
        Self { line, spec, client: client(RouterTransport { router, piece: 100 }), last }
    }

    /// The value as it is read; `None` if the client sends none.
    fn carry(&self, value: &T) -> Option<Result<T, String>> {
        let mut call = self.client.call(self.spec);
        let (place, _) = self.line.split_once(' ').unwrap();
        let key = match place {
            "path" => {
                call.path("p", value);
                "path.p"
            }
            "query" => {
                call.query("p", value);
                "query.p"
            }
            "header" => {
                call.header("p", value);
                "header.p"
            }
            "cookie" => {
                call.cookie("p", value);
                "cookie.p"
            }
            _ => {
                call.query_string("p", value);
                "querystring"
            }
        };
        *self.last.lock().unwrap() = None;
        if let Err(error) = wait(call.response_raw()) {
            // A value that no path or header can carry.
            if error.kind() == rt::ErrorKind::Encode {
                return None;
            }
        }
        match self.last.lock().unwrap().take().expect("the server read parameters") {
            Ok(mut values) => values.swap_remove(key).map(Ok),
            Err(problem) => Some(Err(problem.to_string())),
        }
    }
}

/// A place and style, and what its encoding cannot tell apart.
struct Case {
    line: &'static str,
    /// Characters that the style uses itself without encoding them.
    forbidden: &'static str,
    /// True where a list or object without items is not sent, or cannot be told from one with an empty item.
    hides_empty: bool,
}

const fn case(line: &'static str, forbidden: &'static str, hides_empty: bool) -> Case {
    Case { line, forbidden, hides_empty }
}

/// The styles of lists and objects, by the places that have them.
const CASES: [Case; 27] = [
    case("path p", "", true),
    case("path p explode=true", "", true),
    case("path p style=label", "", true),
    case("path p style=label explode=true", ".", true),
    case("path p style=matrix", "", true),
    case("path p style=matrix explode=true", "", true),
    case("path p content=application/json", "", false),
    case("query p", "", true),
    case("query p explode=false", "", true),
    case("query p empty", "", false),
    case("query p explode=false empty", "", false),
    case("query p style=spaceDelimited", " ", true),
    case("query p style=pipeDelimited", "|", true),
    case("query p style=pipeDelimited explode=true", "", true),
    case("query p style=tabDelimited", "\t", true),
    case("query p style=deepObject", "[]", true),
    case("query p content=application/json", "", false),
    // What is encoded already is sent as it is.
    case("query p reserved", "%=", true),
    case("query p reserved explode=false", ",%", true),
    case("querystring p content=application/json", "", false),
    case("header p", ", =\t", true),
    case("header p explode=true", ", =\t", true),
    case("header p content=application/json", "", false),
    case("cookie p", "", true),
    case("cookie p explode=false", "", true),
    case("cookie p reserved explode=false", ";,= \t\"ü€", true),
    case("cookie p style=cookie", ";,= \t\"ü€", true),
];

const LETTERS: [&str; 28] = [
    "a", "Z", "0", "7", " ", ",", ".", ";", "=", "&", "%", "%2C", "/", "?", "#", "|", "+", "\"",
    "'", "[", "]", "{", "}", ":", "~", "ü", "€", "\t",
];

/// Texts of letters that mean something to one style or another.
fn text(forbidden: &'static str) -> impl Strategy<Value = String> {
    let letters = LETTERS.iter().filter(move |text| !text.contains(|c| forbidden.contains(c)));
    let letters: Vec<&str> = letters.copied().collect();
    vec(select(letters), 0..6).prop_map(|letters| letters.concat())
}

fn run<S: Strategy>(strategy: &S, test: impl Fn(&S::Value)) {
    let config =
        ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() };
    let result = TestRunner::new(config).run(strategy, |value| {
        test(&value);
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

/// Checks that values are read as they are written.
fn check<T>(case: &Case, strategy: &impl Strategy<Value = T>, is_empty: impl Fn(&T) -> bool)
where
    T: rt::Encode + rt::Decode + PartialEq + Debug + Send + 'static,
{
    let channel = Channel::<T>::new(case.line);
    run(strategy, |value| match channel.carry(value) {
        Some(read) => {
            if !(case.hides_empty && is_empty(value)) {
                assert_eq!(read.as_ref(), Ok(value), "{}", case.line);
            }
        }
        None => assert!(
            is_empty(value) || case.line.starts_with("path") || case.line.starts_with("header"),
            "{}: {value:?} is not sent",
            case.line
        ),
    });
}

fn has_no_text(items: &[String]) -> bool {
    items.iter().all(String::is_empty)
}

#[test]
fn lists_are_read_as_they_are_written() {
    for case in CASES.iter().filter(|case| !case.line.starts_with("querystring p ")) {
        check(case, &vec(text(case.forbidden), 0..4), |items: &Vec<String>| has_no_text(items));
        check(case, &vec(any::<i64>(), 0..4), |items| items.is_empty());
        check(case, &vec(any::<bool>(), 0..4), |items| items.is_empty());
    }
}

#[test]
fn objects_are_read_as_they_are_written() {
    for case in &CASES {
        let names =
            text(case.forbidden).prop_filter("names are of some length", |name| !name.is_empty());
        let texts = btree_map(names, text(case.forbidden), 0..4);
        let texts = texts.prop_map(|pairs| pairs.into_iter().collect::<rt::Map<String>>());
        check(case, &texts, rt::Map::is_empty);
        let numbers = btree_map(select(vec!["a", "b", "c"]), any::<i64>(), 0..4);
        let numbers = numbers.prop_map(|pairs| {
            pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
        });
        check(case, &numbers, rt::Map::is_empty);
    }
}

#[test]
fn single_values_are_read_as_they_are_written() {
    for case in CASES.iter().filter(|case| !case.line.contains("deepObject")) {
        let is_header = case.line.starts_with("header");
        let forbidden = if is_header || case.forbidden.contains(';') { case.forbidden } else { "" };
        let forbidden = if case.line.starts_with("query p reserved") { "%" } else { forbidden };
        check(case, &text(forbidden), |text| text.is_empty());
        check(case, &any::<i64>(), |_| false);
        check(case, &any::<bool>(), |_| false);
        check(case, &proptest::num::f64::NORMAL, |_| false);
    }
}

/// Lists of lists and the like, in JSON where the style has nothing for them.
#[test]
fn nested_values_are_read_as_they_are_written() {
    for case in CASES.iter().filter(|case| !case.forbidden.contains([',', '['])) {
        let is_label = case.line.contains("label explode");
        if is_label || case.line.starts_with("header") || case.line.contains("style=cookie") {
            continue;
        }
        check(case, &vec(vec(text(case.forbidden), 0..3), 0..3), |items| items.is_empty());
    }
    let deep = vec(vec(vec(any::<i64>(), 1..3), 1..3), 1..3);
    check(&case("query p style=deepObject", "", true), &deep, |_| false);
    check(
        &case("query p explode=false nested=pipeDelimited/spaceDelimited", "", true),
        &deep,
        |_| false,
    );
    check(&case("path p nested=pipeDelimited/spaceDelimited", "", true), &deep, |_| false);
}

/// The parameters of a request as JSON, or the faults.
async fn read(lines: &str, path: &str, request: &str, headers: &[(&str, &str)]) -> String {
    let spec = operation(format!("test GET {path}\n{lines}\n200"));
    let (router, last) = router::<rt::Value>(spec);
    let response = send(&router, &format!("GET {request}"), headers, "").await;
    let read = last.lock().unwrap().take();
    match read {
        None => response.status.to_string(),
        Some(Ok(values)) => String::from_utf8(rt::to_json(&values).unwrap()).unwrap(),
        Some(Err(problem)) => {
            assert_eq!(response.status, 400);
            let errors = problem.errors().iter();
            let errors = errors.map(|error| format!("{}: {}", error.place(), error.detail()));
            errors.collect::<Vec<_>>().join("\n")
        }
    }
}

/// The same for typed parameters.
struct Typed {
    id: i64,
    limit: Option<i64>,
    ids: Option<Vec<i64>>,
    near: Option<Point>,
    trace: Option<bool>,
    session: String,
}
rt::record! { Typed {
    id: "path.id", limit: "query.limit", ids: "query.ids", near: "query.near", trace: "header.X-Trace",
    session: "cookie.session",
} }

/// A place.
struct Point {
    x: i64,
    y: Option<i64>,
}
rt::record! { Point { x: "x", y: "y" } }

async fn read_typed(target: &str, headers: &[(&str, &str)]) -> String {
    static SPEC: rt::LazySpec = rt::LazySpec::new(
        "test GET /{id}
        path id
        query limit
        query ids explode=false
        query near
        header X-Trace
        cookie session required
        200",
    );
    struct Service;
    let mut routes = rt::Routes::new(&API, Service);
    routes.add(SPEC.get(), |_, request| {
        Box::pin(async move {
            let json = rt::to_json(&request.parameters::<Typed>()?).unwrap();
            Ok(axum::response::Response::new(json.into()))
        })
    });
    let response = send(&routes.into_router(), &format!("GET {target}"), headers, "").await;
    match response.body.split_once(r#""errors":["#) {
        Some((_, errors)) => {
            let errors = errors.strip_suffix("]}").unwrap();
            errors.replace(r#"{"place":"#, "").replace(r#""detail":"#, "").replace("},", "}\n")
        }
        None => response.body,
    }
}

#[tokio::test]
async fn all_faults_are_told_with_their_places() {
    let cookie = ("cookie", "a=b; session=%C3%BC; c");
    assert_eq!(
        read_typed("/7?limit=+3&ids=1,2&x=5&utm=z", &[cookie, ("x-trace", "true")]).await,
        r#""query.limit","expected an integer, found the text \" 3\""}"#
    );
    assert_eq!(
        read_typed("/7?limit=3&ids=1,2&x=5&utm=z", &[cookie, ("x-trace", "true")]).await,
        r#"{"path.id":7,"query.limit":3,"query.ids":[1,2],"query.near":{"x":5},"header.X-Trace":true,"cookie.session":"ü"}"#
    );
    // An object whose members are all absent is absent, whatever else the query has.
    assert_eq!(read_typed("/7?utm=z", &[cookie]).await, r#"{"path.id":7,"cookie.session":"ü"}"#);
    assert_eq!(
        read_typed("/x?limit=1&limit=2&ids=1,b,3&y=1&y=2", &[("x-trace", "yes")]).await,
        r#""path.id","expected an integer, found the text \"x\""}
"query.limit","expected an integer, found several values"}
"query.ids[1]","expected an integer, found the text \"b\""}
"query.near.y","expected an integer, found several values"}
"header.X-Trace","expected a boolean, found the text \"yes\""}
"cookie.session","expected a value, found nothing"}"#
    );
    assert_eq!(
        read_typed("/7?y=1", &[cookie]).await,
        r#""query.near.x","expected a value, found nothing or null"}"#
    );
    assert_eq!(
        read_typed("/7?ids=%ff", &[cookie]).await,
        r#""query.ids","expected percent-encoded UTF-8, found other bytes"}"#
    );
}

/// A query has room for many pairs, and a form for more.
#[tokio::test]
async fn many_names_take_no_longer_than_their_number() {
    let pairs: Vec<String> = (0..9000).map(|number| format!("n{number}=")).collect();
    let query = pairs.join("&");
    let start = std::time::Instant::now();
    let read = read("query p\nquery q\nquery r", "/", &format!("/?{query}"), &[]).await;
    assert!(read.contains(r#""query.p":{"n0":"""#), "{read}");
    let parts = "body application/x-www-form-urlencoded\npart p style=deepObject\n200";
    let handler: rt::Handler<(), ()> = |_, mut request| {
        Box::pin(async move {
            let form = request.body::<rt::Form<rt::Map<String>>>().await?;
            Ok(axum::response::Response::new(form.len().to_string().into()))
        })
    };
    let router = serve(&format!("test POST /\n{parts}"), handler, |routes| routes);
    let form: Vec<String> = (0..100_000).map(|number| format!("n{number}=")).collect();
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    assert_eq!(send(&router, "POST /", &headers, form.join("&")).await.body, "100000");
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}

#[tokio::test]
async fn texts_of_other_clients_are_read() {
    // Forms have a plus for a space, brackets need no escape, and escapes may be in small letters.
    assert_eq!(read("query p", "/", "/?p=a+b%2b", &[]).await, r#"{"query.p":"a b+"}"#);
    let deep = "query p style=deepObject";
    assert_eq!(
        read(deep, "/", "/?p[a]=1&p[b][]=2&p[b][]=3", &[]).await,
        r#"{"query.p":{"a":"1","b":["2","3"]}}"#
    );
    assert_eq!(read(deep, "/", "/?p[1]=b&p[0]=a&p[x", &[]).await, r#"{"query.p":["a","b"]}"#);
    let pipes = "query p style=pipeDelimited";
    assert_eq!(read(pipes, "/", "/?p=a%7cb", &[]).await, r#"{"query.p":"a|b"}"#);
    // Several lines of a header are a list.
    let lines = [("p", "1,2"), ("p", "3")];
    let spec = operation("test GET /\nheader p\n200".to_owned());
    let (router, last) = router::<Vec<i64>>(spec);
    send(&router, "GET /", &lines, "").await;
    assert_eq!(last.lock().unwrap().take().unwrap().unwrap()["header.p"], [1, 2, 3]);
    // A credential in the query is no member of an object.
    assert_eq!(read("query p required", "/", "/?q=1", &[]).await, r#"{"query.p":{"q":"1"}}"#);
    assert_eq!(
        read("query p required\nquery q", "/", "/?q=1", &[]).await,
        "query.p: expected a value, found nothing"
    );
    assert_eq!(
        read("path p style=matrix", "/{p}", "/x", &[]).await,
        "path.p: expected `;` and the name of the parameter first, found 1 bytes of text"
    );
    assert_eq!(
        read("querystring p content=application/json", "/", "/?%7B%22a%22:1%7D", &[]).await,
        r#"{"querystring":{"a":1}}"#
    );
    assert_eq!(read("querystring p content=application/json", "/", "/?%7B", &[]).await, "querystring: expected a well-formed value, found EOF while parsing an object at line 1 column 1");
}
