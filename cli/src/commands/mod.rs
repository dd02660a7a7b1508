//! What each word of the command does.

pub mod bundle;
pub mod diff;
pub mod explain;
pub mod generate;
pub mod import;
pub mod inspect;
mod single;
pub mod update;
