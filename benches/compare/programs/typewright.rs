//! Lists, creates, reads and deletes a pet.

use measured::types::NewPet;
use measured::{Client, Credentials};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new(Credentials::new())?;
    for pet in client.find_pets().limit(10).await? {
        println!("{} {}", pet.id, pet.name);
    }
    let mia = client.add_pet(&NewPet::new("Mia").with_tag("cat")).await?;
    let pet = client.find_pet_by_id(mia.id).await?;
    println!("{}", pet.name);
    client.delete_pet(pet.id).await?;
    Ok(())
}
