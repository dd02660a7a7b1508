//! Creates an export job in MongoDB Atlas, with the client that is committed in this repository.
//!
//! Run it with `cargo run -p example-committed`. It talks to a stand-in for the API that it starts itself.

mod stand_in;

use mongodb_atlas::types::{BackupLabel, DiskBackupExportJobRequest};
use mongodb_atlas::{Client, Credentials};

type Outcome = Result<String, Box<dyn std::error::Error + Send + Sync>>;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    println!("{}", create("6067566a0d97065aabbe5634").await?);
    println!("{}", create("000000000000000000000000").await?);
    Ok(())
}

/// Creates a job that exports a snapshot; returns a sentence about the result.
async fn create(snapshot: &str) -> Outcome {
    let url = stand_in::start().await?;
    let credentials = Credentials::new().digest("public key", "private key");
    let client = Client::builder().base_url(url).credentials(credentials).build()?;

    let label = BackupLabel::new().with_key("exported by").with_value("an example");
    let request = DiskBackupExportJobRequest::new("604f6322dc786a5341d4f7fb", snapshot)
        .with_custom_data([label]);

    let call = client.create_backup_export("32b6e34b3d91647abb20e7b8", "Cluster0", &request);
    match call.envelope(false).await {
        Ok(job) => Ok(format!("job {:?} is {:?}", job.id, job.state)),
        Err(error) => match error.body() {
            Some(refusal) => Ok(format!("refused as {}: {:?}", refusal.error_code, refusal.detail)),
            None => Err(error.into()),
        },
    }
}

#[tokio::test]
async fn the_program_runs() {
    let created = create("6067566a0d97065aabbe5634").await.unwrap();
    assert_eq!(created, r#"job Some("6067615fc37241327a558540") is Some(Queued)"#);
    let refused = create("000000000000000000000000").await.unwrap();
    assert_eq!(refused, r#"refused as RESOURCE_NOT_FOUND: Some("There is no such snapshot.")"#);
}
