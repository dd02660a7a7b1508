//! What each word of the command does.

pub mod explain;
pub mod generate;
pub mod import;
pub mod inspect;
