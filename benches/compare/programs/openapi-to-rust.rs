//! Lists, creates, reads and deletes a pet.

use measured::generated::client::HttpClient;
use measured::generated::types::NewPet;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = HttpClient::new();
    for pet in client.find_pets(None, Some(10)).await? {
        println!("{} {}", pet.id, pet.name);
    }
    let new = NewPet::builder("Mia".to_owned()).tag("cat".to_owned()).build();
    let mia = client.add_pet(new).await?;
    let pet = client.find_pet_by_id(mia.id).await?;
    println!("{}", pet.name);
    client.delete_pet(pet.id).await?;
    Ok(())
}
