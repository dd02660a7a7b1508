//! Lists, creates, reads and deletes a pet.

use measured::{
    AddPetRequest, ApiResponse, DeletePetRequest, DeletePetRequestPath, FindPetByIdRequest,
    FindPetByIdRequestPath, FindPetsRequest, FindPetsRequestQuery, NewPet, SwaggerPetstoreClient,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = SwaggerPetstoreClient::new();
    let query = FindPetsRequestQuery { limit: Some(10), ..Default::default() };
    let ApiResponse::Ok(pets) = client.find_pets(FindPetsRequest { query }).await? else {
        return Err("the list fails".into());
    };
    for pet in pets {
        println!("{} {}", pet.id, pet.name);
    }
    let body = NewPet { name: "Mia".to_owned(), tag: Some("cat".to_owned()) };
    let ApiResponse::Ok(mia) = client.add_pet(AddPetRequest { body }).await? else {
        return Err("no pet is made".into());
    };
    let path = FindPetByIdRequestPath { id: mia.id };
    let ApiResponse::Ok(pet) = client.find_pet_by_id(FindPetByIdRequest { path }).await? else {
        return Err("the pet is not there".into());
    };
    println!("{}", pet.name);
    let path = DeletePetRequestPath { id: pet.id };
    let ApiResponse::NoContent = client.delete_pet(DeletePetRequest { path }).await? else {
        return Err("the pet stays".into());
    };
    Ok(())
}
