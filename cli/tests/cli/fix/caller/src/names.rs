use super::App;
use pets::types;

pub use pets::types::Pet;

pub fn kind(pet: &types::Pet) -> &'static str {
    use pets::types::Kind::*;
    match pet.kind {
        Cat => "cat",
        Dog => "dog",
        _ => "other",
    }
}

pub fn shape(shape: &types::Shape) -> Option<f64> {
    match shape {
        types::Shape::Circle(circle) => radius(circle),
        _ => None,
    }
}

fn radius(circle: &types::Circle) -> Option<f64> {
    circle.radius
}

pub fn longest(app: &App, pets: Vec<Pet>) -> Option<Pet> {
    let _ = app;
    pets.into_iter().max_by_key(|pet| pet.name.len())
}
