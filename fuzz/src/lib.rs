//! What the fuzz targets share with the tests of the workspace.

pub mod mutate;
pub mod seeds;
pub mod whole;
