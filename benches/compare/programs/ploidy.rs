//! Lists, creates, reads and deletes a pet.

use measured::Client;
use measured::client::default::parameters::FindPetsQuery;
use measured::types::NewPet;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new("https://petstore.swagger.io/v2")?;
    let query = FindPetsQuery { limit: Some(10), ..Default::default() };
    for pet in client.find_pets(&query).await? {
        println!("{} {}", pet.id, pet.name);
    }
    let new = NewPet { name: "Mia".to_owned(), tag: "cat".to_owned().into() };
    let mia = client.add_pet(new).await?;
    let pet = client.find_pet_by_id(&mia.id.to_string()).await?;
    println!("{}", pet.name);
    client.delete_pet(&pet.id.to_string()).await?;
    Ok(())
}
