//! A caller of the client with every kind of edit.

pub mod names;
mod report;

use pets::operations::CreatePetResponse;
use pets::types::{
    Kind,
    NewPet as Draft, // an alias
    Pet,
};
use pets::{headers, servers, Client, Credentials};
use std::sync::Arc;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// The application.
pub struct App {
    client: Arc<Client>,
    seen: Vec<Pet>,
}

impl App {
    pub fn new(token: &str) -> Outcome<Self> {
        let credentials = Credentials::new().token(token);
        let client = Client::builder()
            .server(servers::Test::default())
            .credentials(credentials)
            .build()?;
        Ok(Self { client: Arc::new(client), seen: Vec::new() })
    }

    fn client(&self) -> &Client {
        &self.client
    }

    /* the page, and its size */
    pub async fn list(&mut self) -> Outcome<i64> {
        let response = self.client().list_pets(&Kind::Cat).limit(10).sort("größe").response().await?;
        let total = response.get(headers::X_TOTAL)?.unwrap_or_default();
        let page = response.into_body();
        for pet in &page.items {
            println!("{}: {:?}", pet.name, pet.tag); // the name
        }
        self.seen.extend(page.items.iter().filter(|pet| pet.tag.is_some()).cloned());
        Ok(total)
    }

    pub async fn add(&self, name: &str) -> Outcome<Option<Pet>> {
        let draft = Draft::new(name, Kind::Dog).with_title("Sir");
        let draft = describe(draft);
        match self.client.create_pet(&draft).await? {
            CreatePetResponse::Created(pet) => Ok(Some(*pet)),
            CreatePetResponse::Accepted(job) => {
                eprintln!("{}", job.state);
                Ok(None)
            }
            _ => Ok(None),
        }
    }

    pub async fn remove(&self, id: i64) -> Outcome<()> {
        let pet = self.client.get_pet(id).await?;
        assert_eq!(pet.name.len(), 3, "{}", pet.kind == Kind::Cat);
        self.client.delete_pet(pet.id).await?;
        Ok(())
    }

    pub fn names(&self) -> Vec<&str> {
        self.seen.iter().map(|pet| pet.name.as_str()).collect()
    }

    pub fn first(&self) -> Option<String> {
        let owner = self.seen.first()?.owner.as_ref()?;
        Some(format!("{} {}", owner.first, owner.last))
    }
}

fn describe(draft: Draft) -> Draft {
    draft.with_note("from a caller")
}

/// A name of its own, which is no field of a pet.
pub struct Label {
    pub name: String,
}

pub fn label(pet: &Pet) -> Label {
    let Pet { name, tag: label, .. } = pet;
    let _ = label;
    Label { name: name.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_known() {
        let is_cat = |pet: &Pet| matches!(pet, Pet { kind: Kind::Cat, .. });
        let _ = is_cat;
    }
}
