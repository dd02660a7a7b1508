//! Which server a call goes to.

use crate::api::{self, get, Shelf};
use typewright_runtime::codegen::v1::{self, BuildError, ServerChoice};

const fn server(url: &'static str) -> v1::Server {
    v1::Server {
        url,
        variables: &[],
    }
}

static TWO: v1::ApiSpec = v1::ApiSpec {
    servers: &[
        server("https://one.example"),
        v1::Server {
            url: "https://{zone}.two.example",
            variables: &[v1::Variable {
                name: "zone",
                default: "a",
                values: &["a", "b"],
            }],
        },
        server("https://three.example"),
    ],
    ..api::API
};
static NONE: v1::ApiSpec = v1::ApiSpec {
    servers: &[],
    ..api::API
};
/// With two servers of its own.
static OWN: v1::OperationSpec = v1::OperationSpec {
    path: "/own",
    parameters: &[],
    servers: &[
        server("https://first.example"),
        server("https://second.example"),
    ],
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
    client.call(&OWN).send::<Shelf>().await.unwrap();
    let host = |at: usize| memory.requests()[at].uri().host().unwrap().to_owned();
    [host(0), host(1)]
}

#[tokio::test]
async fn one_of_the_documents_or_of_the_operations_own() {
    for (choice, expected) in [
        (ServerChoice::new(0), ["one.example", "first.example"]),
        (ServerChoice::from(1), ["a.two.example", "second.example"]),
        (
            ServerChoice::new(1).variable("zone", "b"),
            ["b.two.example", "second.example"],
        ),
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
    assert!(
        error.to_string().contains("the base URL cannot be sent"),
        "{error}"
    );
    let mut call = get(&client, "s");
    call.set_base_url("https://here.example");
    call.send::<Shelf>().await.unwrap();
}

#[test]
fn variables_of_other_servers_are_refused_unless_the_server_is_given() {
    let build = |builder: v1::ClientBuilder<v1::Client>| builder.transport(memory()).build();
    let unknown = build(api::builder().variable("zone", "1"));
    assert!(matches!(unknown, Err(BuildError::UnknownVariable(name)) if name == "zone"));
    let given = api::builder().base_url("https://x").variable("zone", "1");
    build(given).unwrap();
}
