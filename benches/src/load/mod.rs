//! A service of pets, as the generator writes its server and by hand in axum, and the clients that load both.

pub mod by_hand;
pub mod client;
pub mod ours;
