//! Requests: parameters, headers and cookies as they go over the wire.

use crate::server::{answering, client, sent};
use cases::{d03, d12, d17, d27, d42, server_05};

#[tokio::test]
async fn names_of_headers_do_not_differ_by_case() {
    let server = answering(204, "", "");
    let call = client!(d03, server).same("p", 5, 7);
    let call = call
        .id_query(1)
        .id_parameter("b")
        .id_header("h")
        .id_cookie("c");
    let sent = sent(&server, call).await;
    assert_eq!(sent.line, "GET /x/p?limit=5&id=1&Id=b");
    assert_eq!(sent.header("trace"), ["7"]);
    assert_eq!(sent.header("id"), ["h"]);
    assert_eq!(sent.header("cookie"), ["id=c"]);
    let trace = d03::operations::Same::from(client!(d03, server).same("p", 5, 7));
    drop(trace);
}

#[tokio::test]
async fn cookies_are_one_line() {
    let server = answering(200, "application/json", r#""a""#);
    let key = d12::Credentials::new().key("k");
    let client = d12::Client::builder().credentials(key);
    let client = client.transport(server.clone()).build().unwrap();
    let sent = sent(&server, client.post().cookie_parameter("a=b").sid("s")).await;
    assert_eq!(sent.header("cookie"), ["a=b; sid=s"]);
    assert_eq!(sent.header("x-api-key"), ["k"]);
    assert_eq!(sent.header("authorization"), [""; 0]);
}

/// The way that a note about `Authorization` names.
#[tokio::test]
async fn a_header_is_given_with_the_call() {
    let server = answering(204, "", "");
    let call = client!(d12, server)
        .no_auth()
        .header("Authorization", "Token t");
    assert_eq!(
        sent(&server, call).await.header("authorization"),
        ["Token t"]
    );
}

#[tokio::test]
async fn a_client_without_a_base_url_is_not_told_that_there_is_none() {
    let server = answering(204, "", "");
    let built = d17::Client::builder().transport(server.clone()).build();
    let message = match built {
        Ok(client) => format!("{:#}", client.get_request("a").await.unwrap_err()),
        Err(error) => error.to_string(),
    };
    assert!(!message.contains("names no absolute server"), "{message}");
    assert!(message.contains("choose server"), "{message}");
    let client = d17::Client::builder()
        .base_url("http://h")
        .transport(server.clone());
    let call = client.build().unwrap().get_request("a");
    assert_eq!(sent(&server, call).await.line, "GET /api/v2/requests/a");
}

fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

#[tokio::test]
async fn lists_are_written_as_their_collection_format_says() {
    let server = answering(200, "application/octet-stream", "x");
    let client = d27::Client::builder().transport(server.clone());
    let call = client.build().unwrap();
    let call = call.q(&[1, 2], &texts(["a", "b"]), &texts(["s"]));
    let both = texts(["a", "b"]);
    let call = call
        .csv(&both)
        .ssv(&both)
        .tsv(&both)
        .pipes(&both)
        .multi(&both);
    let call = call.nested(&[vec![1, 2], vec![3]]).h(&both).ht(&both);
    let sent = sent(&server, call).await;
    let (path, query) = sent.line.split_once('?').unwrap();
    let plain = |text: &str| text.replace("%7C", "|").replace("%2C", ",");
    assert_eq!(plain(path), "GET /v1/q/1|2/a%20b");
    let query = plain(query);
    let pairs: Vec<_> = query.split('&').collect();
    let expected = [
        "csv=a,b",
        "ssv=a%20b",
        "tsv=a%09b",
        "pipes=a|b",
        "multi=a",
        "multi=b",
        "nested=1,2",
        "nested=3",
        "sm=s",
    ];
    let mut sorted = pairs.clone();
    let mut expected = expected.to_vec();
    sorted.sort_unstable();
    expected.sort_unstable();
    assert_eq!(sorted, expected);
    assert_eq!(sent.header("h"), ["a|b"]);
    assert_eq!(sent.header("ht"), ["a\tb"]);
}

#[tokio::test]
async fn forms_are_written_as_their_collection_format_says() {
    let server = answering(200, "application/json", r#"{"kind":"Pet"}"#);
    let both = || texts(["a", "b"]);
    let form = d27::types::GBody::new()
        .with_multi(both())
        .with_csv(both())
        .with_pipes(both());
    let form = form.with_ssv(both()).with_tsv(both());
    let sent = sent(&server, client!(d27, server).g().body(&form)).await;
    let body = sent.body.replace("%7C", "|").replace("%2C", ",");
    assert_eq!(
        body,
        "multi=a&multi=b&csv=a,b&pipes=a|b&ssv=a%20b&tsv=a%09b"
    );
}

#[tokio::test]
async fn a_value_that_is_called_err_is_sent() {
    let server = answering(204, "", "");
    let call = client!(d42, server)
        .logs()
        .level(&d42::types::LogsLevel::ErrValue);
    assert_eq!(sent(&server, call).await.line, "GET /logs?level=err");
}

#[tokio::test]
async fn whole_numbers_have_no_point() {
    let server = answering(200, "application/json", "[]");
    let call = client!(server_05, server)
        .list_users()
        .limit(2.0)
        .offset(0.5);
    assert_eq!(
        sent(&server, call).await.line,
        "GET /users?offset=0.5&limit=2"
    );
    let server = answering(200, "application/json", "[]");
    let mut users = client!(server_05, server).list_users().limit(2.0).items();
    assert!(users.next().await.is_none());
    let server = answering(201, "", "");
    let token = server_05::types::CreateTokenBody::new().with_expires_in(3600.0);
    let sent = sent(
        &server,
        client!(server_05, server).create_token().body(&token),
    )
    .await;
    assert_eq!(sent.body, r#"{"expires_in":3600}"#);
}

#[tokio::test]
async fn parameters_of_fastapi_are_texts_and_lists() {
    let server = answering(200, "application/json", r#""x""#);
    let (dag, model): (&str, &str) = ("d", "m");
    let call = client!(server_13, server).create_file(dag, model);
    let tags: &[String] = &texts(["a"]);
    let sent = sent(&server, call.provider("p").tags(tags)).await;
    assert_eq!(sent.line, "POST /v1/files/d/m?provider=p&tags=a");
}
