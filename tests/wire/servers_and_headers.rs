//! Servers, headers of replies, keys, groups, mocks, blocking calls.

use super::server::{Answer, Server};
use goldens::server_choice::{self as servers};
use goldens::{around, groups, paging};
use typewright_runtime::codegen::v1;

/// Where a client's calls go, as its transport sees it.
async fn url(builder: v1::ClientBuilder<servers::Client>, other: bool) -> String {
    use servers::operations::{Other, Ping};
    let mock = v1::Mock::new();
    drop(mock.on::<Ping>().status(204));
    drop(mock.on::<Other>().status(204));
    let client = builder.transport(mock.clone()).build().unwrap();
    let requests = if other {
        client.other().await.unwrap();
        mock.requests::<Other>()
    } else {
        client.ping().await.unwrap();
        mock.requests::<Ping>()
    };
    requests[0].url()
}

#[tokio::test]
async fn a_server_is_chosen_with_its_variables() {
    use servers::servers::{ByRegion, ByRegionRegion, Server2};
    let builder = servers::Client::builder;
    assert_eq!(url(builder(), false).await, "https://eu.example.com/v1/ping");
    let chosen = ByRegion::default().region(ByRegionRegion::Us).base("v2");
    assert_eq!(url(builder().server(chosen), false).await, "https://us.example.com/v2/ping");
    let relative = builder()
        .server(Server2::default())
        .document_url("https://docs.example.com/api/openapi.yaml");
    assert_eq!(url(relative, false).await, "https://docs.example.com/relative/ping");
    let overridden = builder().server(Server2::default()).document_url("https://docs.example.com");
    assert_eq!(url(overridden, true).await, "https://other.example.com/other");
    let based = builder().base_url("http://localhost:1/deep/");
    assert_eq!(url(based, true).await, "http://localhost:1/deep/other");
}

#[tokio::test]
async fn declared_headers_are_typed() {
    let reply = Answer::empty(204)
        .header("x-rate-limit-remaining", "7")
        .header("x-mode", "other")
        .header("x-mixed", "true");
    let server = Server::start([reply]).await;
    let client = around::Client::builder().base_url(&server.url).build().unwrap();
    let response = client.create_order().response().await.unwrap();
    assert_eq!(response.get(around::headers::X_RATE_LIMIT_REMAINING).unwrap(), Some(7));
    assert_eq!(response.get(around::headers::X_MODE).unwrap().unwrap().as_str(), "other");
    assert_eq!(response.get(around::headers::X_MIXED).unwrap().as_deref(), Some("true"));
}

#[tokio::test]
async fn a_key_makes_a_post_safe_to_try_again() {
    let server = Server::start([
        Answer::empty(503).header("retry-after", "0"),
        Answer::empty(204),
        Answer::empty(204),
    ])
    .await;
    let client = around::Client::builder().base_url(&server.url).build().unwrap();
    client.create_order().await.unwrap();
    client.create_order().idempotency_key("mine").await.unwrap();
    let sent = server.sent();
    let keys: Vec<_> = sent.iter().map(|sent| sent.header("idempotency-key")[0]).collect();
    assert_eq!((keys[0], keys[2]), (keys[1], "mine"));
    assert_eq!(keys[0].len(), 36);
}

#[tokio::test]
async fn a_parameter_may_be_the_whole_query() {
    let server = Server::start([Answer::empty(204)]).await;
    let client = around::Client::builder().base_url(&server.url).build().unwrap();
    let selector = v1::from_json(br#"{"a":1}"#).unwrap();
    client.create_order().selector(&selector).await.unwrap();
    assert_eq!(server.only().target, "/orders?%7B%22a%22%3A1%7D");
}

#[tokio::test]
async fn grouped_operations_are_the_same_calls() {
    let server = Server::start([Answer::empty(204), Answer::empty(204)]).await;
    let client = groups::Client::builder().base_url(&server.url).build().unwrap();
    let repos = client.repos();
    repos.repos_list_for_org("o").sort("new").await.unwrap();
    repos.repos().await.unwrap();
    let targets: Vec<_> = server.sent().into_iter().map(|sent| sent.target).collect();
    assert_eq!(targets, ["/orgs/o/repos?sort=new", "/repos"]);
}

#[tokio::test]
async fn a_mock_is_typed_on_both_sides() {
    use paging::operations::ListByToken;
    let mock = v1::Mock::new();
    let page: paging::types::TokenPage = v1::from_json(br#"{"next_page_token":"more"}"#).unwrap();
    let last: paging::types::TokenPage = v1::from_json(b"{}").unwrap();
    drop(mock.on::<ListByToken>().reply(200, &page).reply(200, &last));
    let client = paging::Client::builder().transport(mock.clone()).build().unwrap();
    let mut pages = client.list_by_token().pages();
    assert_eq!(pages.next().await.unwrap().unwrap(), page);
    assert_eq!(pages.next().await.unwrap().unwrap(), last);
    assert_eq!(mock.requests::<ListByToken>()[1].query(), Some("page_token=more"));
}

#[test]
fn a_call_may_block() {
    let mock = v1::Mock::new();
    drop(mock.on::<around::operations::ListJobs>().status(204));
    let client = around::Client::builder().transport(mock).build().unwrap();
    client.list_jobs().send_blocking().unwrap();
}

#[test]
fn payloads_of_webhooks_and_callbacks_have_types() {
    let paid: around::incoming::OrderPaid = v1::from_json(br#"{"id":7}"#).unwrap();
    assert_eq!(paid.id, Some(7));
    let shipped: around::incoming::Shipped = v1::from_json(b"{}").unwrap();
    assert!(shipped.at.is_none());
}
