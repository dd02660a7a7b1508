//! What generated tests call; with the feature `testing`.

#[cfg(all(feature = "blocking", feature = "reqwest"))]
mod contract;
mod examples;
#[doc(hidden)]
pub mod fuzzing;

#[cfg(all(feature = "blocking", feature = "reqwest"))]
pub use self::contract::{client, Contract, Given};
pub use self::examples::{again, is_same, Example};
