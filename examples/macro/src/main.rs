//! Reads a pet with a client that a macro expands to.
//!
//! Run it with `cargo run -p example-macro`. A mock stands in for the API.

/// The client.
mod pets {
    typewright_macro::client!("../../docs/book/specs/pets.yaml", exclude = ["tag:photos"]);
}

use pets::operations::GetPet;
use pets::runtime::mock::Mock;
use pets::runtime::value::from_json;
use pets::{Client, Credentials};

type Outcome = Result<String, Box<dyn std::error::Error + Send + Sync>>;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    println!("{}", read().await?);
    Ok(())
}

/// Reads the pet; returns a sentence about it.
async fn read() -> Outcome {
    let mock = Mock::new();
    mock.on::<GetPet>().reply(200, &from_json(br#"{ "id": 7, "name": "Mia", "kind": "cat" }"#)?);
    let client = Client::builder().transport(mock).credentials(Credentials::none()).build()?;
    let pet = client.get_pet(7).await?;
    Ok(format!("{} is number {}: {:?}", pet.name, pet.id, pet.kind))
}

#[tokio::test]
async fn the_program_runs() {
    assert_eq!(read().await.unwrap(), "Mia is number 7: Some(Cat)");
}
