//! Writes the synthetic API as a crate, in each design.

pub mod derive;
pub mod http;
pub mod ours;
pub mod program;
mod shared;

use crate::model::Ty;

/// A file of a crate: its path in `src`, and its text.
pub type File = (String, String);

/// The Rust type of a field without `Option`.
#[must_use]
pub fn rust_type(ty: &Ty, prelude: &str) -> String {
    match ty {
        Ty::Text => "String".to_owned(),
        Ty::Integer | Ty::IntegerInText => "i64".to_owned(),
        Ty::Float => "f64".to_owned(),
        Ty::Bool => "bool".to_owned(),
        Ty::Time => format!("{prelude}DateTime"),
        Ty::Named(name) => format!("super::{name}"),
        Ty::List(item) => format!("Vec<{}>", rust_type(item, prelude)),
        Ty::Map(value) => format!("{prelude}Map<{}>", rust_type(value, prelude)),
    }
}
