//! Values and checks for tests, those of a caller and those that are generated; with the feature `testing`.

mod blank;
#[cfg(all(feature = "blocking", feature = "reqwest"))]
mod contract;
mod examples;
#[doc(hidden)]
pub mod fuzzing;

pub use self::blank::blank;
#[cfg(all(feature = "blocking", feature = "reqwest"))]
pub use self::contract::{client, Contract, ContractValue};
pub use self::examples::{again, is_same, Example};
