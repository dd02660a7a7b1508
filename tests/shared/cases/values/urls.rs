//! Servers, and paths that end in what may be empty.

use crate::server::{answering, client, sent};
use cases::d39::runtime::{Bytes, ErrorKind};
use cases::{d39, server_10};

#[tokio::test]
async fn servers_are_chosen_by_their_types() {
    use cases::d39::servers::{IntoServer, StringServer, StringServerString, V1, V1V};
    use d39::runtime::client::ServerChoice;
    let choices: [(ServerChoice, &str); 3] = [
        (
            StringServer::default()
                .string(StringServerString::SelfValue)
                .into(),
            "https://self.b.example/x",
        ),
        (
            IntoServer::default().v("w").self_("s").into(),
            "https://w.c.example/s/x",
        ),
        (
            V1::default().v(V1V::DefaultValue).into(),
            "https://default.e.example/x",
        ),
    ];
    for (choice, expected) in choices {
        let server = answering(204, "", "");
        let client = d39::Client::builder()
            .server(choice)
            .transport(server.clone());
        client.build().unwrap().x().await.unwrap();
        let url = server.requests()[0].uri().to_string();
        assert_eq!(url.to_lowercase(), expected);
    }
}

/// The description says that it is empty for the root.
#[tokio::test]
async fn a_path_that_ends_in_what_may_be_empty() {
    let server = answering(200, "", "");
    let call = client!(server_09, server).get_contents("");
    assert_eq!(sent(&server, call).await.line, "GET /api/contents/");
}

#[tokio::test]
async fn a_client_without_credentials_says_so() {
    let server = answering(200, "application/json", "{}");
    let client = server_10::Client::builder()
        .base_url("http://h")
        .transport(server.clone());
    let error = client.build().unwrap().authenticate().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(
        format!("{error:#}").contains("Credentials::none()"),
        "{error:#}"
    );
    let client = server_10::Client::builder().credentials(server_10::Credentials::none());
    let client = client
        .base_url("http://h")
        .transport(server.clone())
        .build()
        .unwrap();
    let sent = sent(&server, client.authenticate()).await;
    assert_eq!(sent.header("authorization"), [""; 0]);
    assert_eq!(Bytes::from(sent.body), "");
}
