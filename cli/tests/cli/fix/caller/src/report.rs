use crate::names::Pet;
use pets::types::{self, *};
use std::collections::BTreeMap;
use std::fmt;

/// Has the name that a type of the client will have.
pub struct Animal(pub Pet);

impl fmt::Display for Animal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.0.name, self.0.id)
    }
}

#[allow(dead_code)]
pub fn by_name(pets: &[types::Pet]) -> BTreeMap<String, &types::Pet> {
    let names: Vec<String> = vec![pets[0].name.clone()];
    let _ = names;
    pets.iter().map(|pet| (pet.name.clone(), pet)).collect()
}

#[allow(dead_code)]
pub fn owners(owner: Option<&Owner>) -> Vec<String> {
    if let Some(Owner { first, last, .. }) = owner {
        return vec![first.clone(), last.clone()];
    }
    Vec::new()
}
