//! Comparison of two documents by the Rust API that each generates, and by what its clients do on the wire.
//!
//! The public API is worked out on the Rust model, not on the documents: a reordered document, or a description that was
//! rewritten, changes nothing for callers. Levels are those of Cargo's rules for semantic versioning, for the shapes that
//! this generator writes: structs and enums are `#[non_exhaustive]` and optional values have setters, so that much of what
//! breaks callers elsewhere is a minor change here.

mod behaviour;
mod compare;
mod lock;
mod summary;
mod surface;
mod xml;

pub use behaviour::BehaviourChange;
use compare::Renames;
pub use compare::{Action, Change, Level};
pub use lock::{diff_with_lock, lock, locked_surface};
pub use summary::summary;
pub use surface::{Entry, Kind, Surface};

use crate::api::model::Api;
use crate::lower::model::Crate;
use crate::names::Names;

/// Differences between two documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// Changes of the Rust API, the gravest first.
    pub changes: Vec<Change>,
    /// Changes that compile and behave differently on the wire.
    pub behaviour: Vec<BehaviourChange>,
}

impl Diff {
    /// The gravest level of the changes of the Rust API: the least version step that a release with them needs.
    pub fn level(&self) -> Level {
        let levels = self.changes.iter().map(|change| change.level);
        levels.max().unwrap_or(Level::Patch)
    }
}

/// A client as far as its public API is known.
#[derive(Clone, Debug)]
pub struct Model {
    /// Meaning of the document.
    pub api: Api,
    /// Names of its items.
    pub names: Names,
    /// The Rust model.
    pub krate: Crate,
}

/// Lists the public API of a client.
pub fn surface(model: &Model) -> Surface {
    surface::surface(&model.api, &model.names, &model.krate)
}

/// Compares two clients.
pub fn diff(old: &Model, new: &Model) -> Diff {
    let (old_surface, new_surface) = (surface(old), surface(new));
    let renames = Renames::new(&old_surface, &new_surface);
    let client =
        |model, surface| behaviour::Client { aspects: behaviour::behaviour(model), surface };
    let (old_client, new_client) = (client(old, &old_surface), client(new, &new_surface));
    Diff {
        changes: compare::compare(&old_surface, &new_surface, &renames),
        behaviour: behaviour::compare(&old_client, &new_client, &renames),
    }
}
