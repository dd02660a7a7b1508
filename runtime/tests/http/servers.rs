//! The server of a call.

use crate::api::{self, get, Shelf};
use typewright_runtime::codegen::v1::{self, BuildError, ServerChoice};

const fn server(url: &'static str) -> v1::Server {
    v1::Server { url, variables: &[] }
}

static TWO: v1::ApiSpec = v1::ApiSpec {
    servers: &[
        server("https://one.example"),
        v1::Server {
            url: "https://{zone}.two.example",
            variables: &[v1::Variable { name: "zone", default: "a", values: &["a", "b"] }],
        },
        server("https://three.example"),
    ],
    ..api::API
};
static NONE: v1::ApiSpec = v1::ApiSpec { servers: &[], ..api::API };
/// With two servers of its own.
static WITH_SERVERS: v1::OperationSpec = v1::OperationSpec {
    path: "/own",
    parameters: &[],
    servers: &[server("https://first.example"), server("https://second.example")],
    ..api::GET
};

fn memory() -> v1::InMemoryTransport {
    v1::InMemoryTransport::new(|_| http::Response::new("{}".into()))
}

async fn hosts(choice: ServerChoice) -> [String; 2] {
    let memory = memory();
    let builder = v1::ClientBuilder::<v1::Client>::new(&TWO).transport(memory.clone());
    let client = builder.server(choice).build().unwrap();
    get(&client, "s").send::<Shelf>().await.unwrap();
    client.call(&WITH_SERVERS).send::<Shelf>().await.unwrap();
    let host = |at: usize| memory.requests()[at].uri().host().unwrap().to_owned();
    [host(0), host(1)]
}

#[tokio::test]
async fn one_of_the_documents_or_of_the_operations_own() {
    for (choice, expected) in [
        (ServerChoice::new(0), ["one.example", "first.example"]),
        (ServerChoice::from(1), ["a.two.example", "second.example"]),
        (ServerChoice::new(1).variable("zone", "b"), ["b.two.example", "second.example"]),
        // The operation has no third.
        (2.into(), ["three.example", "first.example"]),
    ] {
        assert_eq!(hosts(choice).await, expected);
    }
}

#[tokio::test]
async fn a_document_without_servers_leaves_them_to_the_calls() {
    let builder = v1::ClientBuilder::<v1::Client>::new(&NONE).transport(memory());
    let client = builder.build().unwrap();
    let error = get(&client, "s").send::<Shelf>().await.unwrap_err();
    assert!(format!("{error:#}").contains("the base URL cannot be sent"), "{error:#}");
    let mut call = get(&client, "s");
    call.set_base_url("https://here.example");
    call.send::<Shelf>().await.unwrap();
}

#[test]
fn variables_of_other_servers_are_refused_unless_the_server_is_given() {
    let build = |builder: v1::ClientBuilder<v1::Client>| builder.transport(memory()).build();
    let unknown = build(api::builder().variable("zone", "1"));
    assert!(matches!(unknown, Err(BuildError::UnknownVariable(name)) if name == "zone"));
    let builder = api::builder().base_url("https://x").variable("zone", "1");
    build(builder).unwrap();
}

static RELATIVE: v1::ApiSpec = v1::ApiSpec {
    servers: &[
        v1::Server {
            url: "/{base}",
            variables: &[v1::Variable { name: "base", default: "api/v2/", values: &[] }],
        },
        server("https://one.example/v2"),
        server("http://{x}.example"),
    ],
    ..api::API
};

async fn first_url(builder: v1::ClientBuilder<v1::Client>) -> String {
    let memory = memory();
    let client = builder.transport(memory.clone()).build().unwrap();
    get(&client, "s").send::<Shelf>().await.unwrap();
    memory.requests()[0].uri().to_string()
}

/// Where a document says nothing but a path, that is where its paths begin on any host.
#[tokio::test]
async fn a_base_url_keeps_the_path_of_a_relative_server() {
    let builder = || v1::ClientBuilder::<v1::Client>::new(&RELATIVE);
    for (built, expected) in [
        (builder().base_url("http://h:1"), "http://h:1/api/v2/shelves/s"),
        (builder().base_url("http://h:1/"), "http://h:1/api/v2/shelves/s"),
        (builder().base_url("http://h/proxy"), "http://h/proxy/shelves/s"),
        (builder().base_url("http://h").base_path("/"), "http://h/shelves/s"),
        (builder().base_url("http://h").base_path("x/y"), "http://h/x/y/shelves/s"),
        (builder().base_url("http://h").server(1), "http://h/shelves/s"),
        (builder().base_url("http://h").variable("base", "v3"), "http://h/v3/shelves/s"),
        (builder().document_url("http://d/x/openapi.json"), "http://d/api/v2/shelves/s"),
        (api::builder().base_url("http://h"), "http://h/shelves/s"),
    ] {
        assert_eq!(first_url(built).await, expected);
    }
}

#[test]
fn all_servers_are_looked_at_before_a_base_url_is_missed() {
    let built = v1::ClientBuilder::<v1::Client>::new(&RELATIVE).transport(memory()).build();
    assert_eq!(
        built.unwrap_err().to_string(),
        "the server `/api/v2/` is relative: give a base URL, or choose server 1 (`https://one.example/v2`) or server 2 (`http://{x}.example`)"
    );
}

#[test]
fn a_variable_does_not_choose_the_host() {
    static FREE: v1::ApiSpec = v1::ApiSpec {
        servers: &[v1::Server {
            url: "https://{region}.shelves.example/base",
            variables: &[v1::Variable { name: "region", default: "eu", values: &[] }],
        }],
        ..api::API
    };
    let build = |region: &str| {
        let builder = v1::ClientBuilder::<v1::Client>::new(&FREE).transport(memory());
        builder.variable("region", region).build()
    };
    build("us").unwrap();
    for region in ["127.0.0.1:8080/#", "evil.example/?", "a:hunter2@evil.example/"] {
        let error = build(region).unwrap_err();
        assert!(matches!(error, BuildError::VariableValue("region")), "{error}");
        assert!(!format!("{error} {error:?}").contains("hunter2"));
    }
}

#[test]
fn a_base_url_has_nothing_but_host_and_path_and_shows_no_secret() {
    for (url, masked) in [
        ("http://h/a#b", "http://h/a#***"),
        ("http://h/a?key=hunter2", "http://h/a?***"),
        ("http://u:hunter2@h/a", "http://***@h/a"),
        ("http://u:hunter2@h@i?hunter2#x", "http://***@i?***"),
        ("http://h\\@evil", "http://h\\@evil"),
        ("http://h /", "http://h /"),
        ("u:hunter2@h", "***@h"),
    ] {
        for builder in
            [api::builder().base_url(url), v1::ClientBuilder::new(&RELATIVE).document_url(url)]
        {
            let Err(error) = builder.transport(memory()).build() else {
                // A document's URL may have a query and a fragment.
                continue;
            };
            let text = format!("{error} {error:?}");
            assert!(!text.contains("hunter2"), "{text}");
        }
        let error = api::builder().base_url(url).build().unwrap_err();
        assert!(matches!(&error, BuildError::Url(said) if said == masked), "{error}");
    }
}
