//! Lists, creates, reads and deletes a pet.

use measured::apis::configuration::Configuration;
use measured::apis::default_api::{add_pet, delete_pet, find_pet_by_id, find_pets};
use measured::models::NewPet;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let configuration = Configuration::new();
    for pet in find_pets(&configuration, None, Some(10)).await? {
        println!("{} {}", pet.id, pet.name);
    }
    let new = NewPet { tag: Some("cat".to_owned()), ..NewPet::new("Mia".to_owned()) };
    let mia = add_pet(&configuration, new).await?;
    let pet = find_pet_by_id(&configuration, mia.id).await?;
    println!("{}", pet.name);
    delete_pet(&configuration, pet.id).await?;
    Ok(())
}
