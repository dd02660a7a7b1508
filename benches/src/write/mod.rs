//! Writes the synthetic API as a crate, in each design.

pub mod derive;
pub mod http;
pub mod ours;
pub mod program;
mod shared;

use crate::model::Ty;

/// How this design's crate is written, to compare ways of saying the same.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// `#[inline]` on every function.
    pub inline: bool,
    /// `let mut name: Option<String> = None` instead of `None`.
    pub typed_locals: bool,
    /// The fields as a bound array, or passed at once.
    pub bound_array: bool,
    /// serde's two impls: spelled out, behind one macro with a list of types, or not there.
    pub serde: Serde,
    /// `Clone`, `Debug` and `PartialEq` derived.
    pub derives: Derives,
    /// Setters, markers and constants of operations.
    pub operations: bool,
}

/// How the bridge to serde is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Serde {
    Spelled,
    Macro,
    None,
}

/// Which traits are derived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Derives {
    All,
    WithoutDebug,
    WithoutPartialEq,
    None,
}

impl Derives {
    /// The attribute for a type.
    #[must_use]
    pub fn attribute(self) -> &'static str {
        match self {
            Self::All => "#[derive(Clone, Debug, PartialEq)]\n",
            Self::WithoutDebug => "#[derive(Clone, PartialEq)]\n",
            Self::WithoutPartialEq => "#[derive(Clone, Debug)]\n",
            Self::None => "",
        }
    }

    /// The attribute for the struct of required values, which is not compared.
    #[must_use]
    pub fn of_required(self) -> &'static str {
        match self {
            Self::All | Self::WithoutPartialEq => "#[derive(Clone, Debug)]\n",
            Self::WithoutDebug => "#[derive(Clone)]\n",
            Self::None => "",
        }
    }
}

impl Shape {
    /// The shape that the generator emits.
    pub const CHOSEN: Self = Self {
        inline: true,
        typed_locals: false,
        bound_array: true,
        serde: Serde::Spelled,
        derives: Derives::All,
        operations: true,
    };

    fn inline(self) -> &'static str {
        if self.inline {
            "    #[inline]\n"
        } else {
            ""
        }
    }
}

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
