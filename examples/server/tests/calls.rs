//! The service over a socket, called by the client of the same description.

use example_server::api::types::{ChangeKind, Note, NoteInput};
use example_server::api::{server, Client, Credentials};
use example_server::Service;
use std::error::Error;

/// Starts the service; returns its URL.
async fn start() -> Result<String, Box<dyn Error>> {
    let service = Service::new([("mia", "Mia"), ("leo", "Leo")]);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let router = server::router(service);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(url)
}

fn client(url: &str, key: &str) -> Result<Client, Box<dyn Error>> {
    Ok(Client::builder().base_url(url).credentials(Credentials::new().key(key)).build()?)
}

#[tokio::test]
async fn notes_are_created_listed_and_deleted() -> Result<(), Box<dyn Error>> {
    let url = start().await?;
    let (mia, leo) = (client(&url, "mia")?, client(&url, "leo")?);
    let first = mia.create_note(&NoteInput::new("Buy milk.")).await?;
    let second = leo.create_note(&NoteInput::new("Feed the cat.")).await?;
    assert_eq!((first.author.as_str(), second.author.as_str()), ("Mia", "Leo"));

    let listed = mia.list_notes().limit(1).response().await?;
    assert_eq!(ids(listed.body()), [second.id]);
    assert_eq!(listed.headers()["x-total"], "2");
    assert_eq!(ids(&mia.list_notes().author("Mia").await?), [first.id]);

    let error = leo.delete_note(first.id).await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    leo.delete_note(second.id).await?;
    assert_eq!(mia.list_notes().await?, [first]);
    Ok(())
}

fn ids(notes: &[Note]) -> Vec<i64> {
    notes.iter().map(|note| note.id).collect()
}

#[tokio::test]
async fn requests_that_are_not_as_described_are_refused() -> Result<(), Box<dyn Error>> {
    let url = start().await?;
    let stranger = client(&url, "unknown")?;
    let status = |error: Option<axum::http::StatusCode>| error.map(|status| status.as_u16());
    let error = stranger.create_note(&NoteInput::new("Hello")).await.unwrap_err();
    assert_eq!(status(error.status()), Some(401));

    let mia = client(&url, "mia")?;
    let error = mia.create_note(&NoteInput::new("")).await.unwrap_err();
    assert_eq!(status(error.status()), Some(422));
    let error = mia.list_notes().limit(1000).await.unwrap_err();
    assert_eq!(status(error.status()), Some(400));
    let body = String::from_utf8_lossy(error.raw_body()).into_owned();
    assert!(body.contains("query.limit"), "{body}");
    Ok(())
}

#[tokio::test]
async fn changes_arrive_while_they_happen() -> Result<(), Box<dyn Error>> {
    let url = start().await?;
    let mia = client(&url, "mia")?;
    let mut changes = mia.watch_changes().await?;
    let note = mia.create_note(&NoteInput::new("Buy milk.")).await?;
    mia.delete_note(note.id).await?;
    for kind in [ChangeKind::Created, ChangeKind::Deleted] {
        let change = changes.next().await.ok_or("no change")??.data;
        assert_eq!((change.kind, change.id), (kind, note.id));
    }
    Ok(())
}
