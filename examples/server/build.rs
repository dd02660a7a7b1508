//! Generates the server, and the client that the tests call it with, whenever the description changes.

use typewright::build::{Builder, Error};
use typewright::ServerFramework;

fn main() -> Result<(), Error> {
    Builder::new("notes.yaml").server(ServerFramework::Axum).validate(true).compile()
}
