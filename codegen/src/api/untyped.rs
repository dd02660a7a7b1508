//! Which positions of a document hold any JSON though the document asks for more.

use super::model::{Api, Shape, Site, Untyped};

/// A position whose type was lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// Where it stands.
    pub at: Site,
    /// Why nothing better is known.
    pub reason: String,
}

/// Every schema that any JSON stands for because something could not be represented, in the order of the arena.
pub fn untyped(api: &Api) -> Vec<Position> {
    let mut positions = Vec::new();
    for (_, schema) in api.schemas.iter() {
        if let Shape::Any(Untyped::Lost(reason)) = &schema.shape {
            positions.push(Position {
                at: schema.at.clone(),
                reason: reason.clone(),
            });
        }
    }
    positions
}
