//! What the fuzz targets share with the tests of the workspace.

pub mod json;
pub mod mutate;
#[cfg(feature = "generator")]
pub mod seeds;
#[cfg(feature = "generator")]
pub mod whole;
