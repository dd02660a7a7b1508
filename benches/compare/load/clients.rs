//! The clients: each reads a pet by its number.

use crate::TASKS;
use crate::retry::{self, Failure};
use std::future::Future;
use std::time::Duration;

/// The names of the clients, ours first.
pub const NAMES: &[&str] = &[
    "typewright",
    "reqwest by hand",
    #[cfg(feature = "peer")]
    "openapi-to-rust",
];

/// Makes so many calls in each task.
pub async fn run(name: &str, url: &str, calls: u64) {
    match name {
        "typewright" => {
            let policy = ours::runtime::retry::RetryPolicy::default()
                .max_attempts(retry::ATTEMPTS)
                .backoff(retry::FIRST_PAUSE, retry::LONGEST_PAUSE);
            let builder = ours::Client::builder().base_url(url).retry(policy);
            let client = builder.build().unwrap();
            tasks(calls, client, |client, id| async move {
                client.find_pet_by_id(id).await.unwrap().id
            })
            .await;
        }
        "reqwest by hand" => {
            tasks(calls, (client(), url.to_owned()), |(client, url), id| async move {
                retry::often(|| by_hand(&client, &url, id)).await.id
            })
            .await;
        }
        #[cfg(feature = "peer")]
        "openapi-to-rust" => {
            let peer = peer::generated::client::HttpClient::with_client(client());
            let peer = peer.with_base_url(url);
            tasks(calls, peer, |client, id| async move {
                retry::often(|| by_peer(&client, id)).await.id
            })
            .await;
        }
        name => panic!("no client {name}"),
    }
}

async fn tasks<C, F>(calls: u64, client: C, call: fn(C, i64) -> F)
where
    C: Clone + Send + 'static,
    F: Future<Output = i64> + Send + 'static,
{
    let task = |task: u64| {
        let client = client.clone();
        tokio::spawn(async move {
            for number in 0..calls {
                let id = i64::try_from(task * calls + number).unwrap();
                assert_eq!(call(client.clone(), id).await, id);
            }
        })
    };
    let tasks: Vec<_> = (0..TASKS).map(task).collect();
    for task in tasks {
        task.await.unwrap();
    }
}

/// A client with the limits that ours has by default.
fn client() -> reqwest::Client {
    let builder = reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(10))
        .read_timeout(Duration::from_secs(60))
        .timeout(Duration::from_secs(300));
    builder.build().unwrap()
}

/// A pet.
#[derive(serde::Deserialize)]
#[allow(dead_code, reason = "the whole of it is read")]
struct Pet {
    id: i64,
    name: String,
    tag: Option<String>,
}

/// The request as most write it.
async fn by_hand(client: &reqwest::Client, url: &str, id: i64) -> Result<Pet, Failure> {
    let broken = |error: reqwest::Error| Failure {
        is_transient: true,
        retry_after: Duration::ZERO,
        message: error.to_string(),
    };
    let request = client.get(format!("{url}/pets/{id}")).header("accept", "application/json");
    let response = request.send().await.map_err(broken)?;
    let status = response.status();
    if !status.is_success() {
        let header = response.headers().get("retry-after");
        let seconds = header.and_then(|value| value.to_str().ok()?.parse().ok());
        return Err(Failure {
            is_transient: matches!(status.as_u16(), 408 | 429 | 500 | 502 | 503 | 504),
            retry_after: Duration::from_secs(seconds.unwrap_or(0)),
            message: status.to_string(),
        });
    }
    let bytes = response.bytes().await.map_err(broken)?;
    serde_json::from_slice(&bytes).map_err(|error| Failure {
        is_transient: false,
        retry_after: Duration::ZERO,
        message: error.to_string(),
    })
}

#[cfg(feature = "peer")]
async fn by_peer(
    client: &peer::generated::client::HttpClient,
    id: i64,
) -> Result<peer::generated::types::Pet, Failure> {
    use peer::generated::client::ApiOpError;
    client.find_pet_by_id(id).await.map_err(|error| {
        let (is_transient, seconds) = match &error {
            ApiOpError::Transport(error) => (error.is_retryable(), None),
            ApiOpError::Api(error) => {
                let header = error.headers.get("retry-after");
                let seconds = header.and_then(|value| value.to_str().ok()?.parse().ok());
                (error.is_retryable(), seconds)
            }
        };
        Failure {
            is_transient,
            retry_after: Duration::from_secs(seconds.unwrap_or(0)),
            message: error.to_string(),
        }
    })
}
