//! Exports a metastore cluster, with a client that the build script generates.
//!
//! Run it with `cargo run -p example-build-script`. It talks to a stand-in for the API that it starts itself.

/// The client.
mod metastore {
    include!(concat!(env!("OUT_DIR"), "/metastore.rs"));
}
mod stand_in;

use metastore::types::{ExportDataRequest, OperationErrorOrResponse};
use metastore::{Client, Credentials};

type Outcome = Result<String, Box<dyn std::error::Error + Send + Sync>>;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    println!("{}", export().await?);
    Ok(())
}

/// Exports the cluster; returns a sentence about the result.
async fn export() -> Outcome {
    let url = stand_in::start().await?;
    let credentials = Credentials::new().bearer_token("a token of the cloud");
    let client = Client::builder().base_url(url).credentials(credentials).build()?;

    let request = ExportDataRequest::new("dumps", "2024/metastore.sql");
    let operation = client.cluster_export_data("c9q1", &request).await?;

    let id = operation.id.as_deref().unwrap_or("without an id");
    Ok(match operation.error_or_response() {
        Some(OperationErrorOrResponse::Response(cluster)) => {
            let name = cluster.name.as_deref().unwrap_or("the cluster");
            format!("operation {id}: {name} was exported")
        }
        Some(OperationErrorOrResponse::Error(error)) => format!("operation {id} failed: {error:?}"),
        None => format!("operation {id} is under way"),
    })
}

#[tokio::test]
async fn the_program_runs() {
    assert_eq!(export().await.unwrap(), "operation op1: warehouse was exported");
}
