//! The cost of generating, and of generated code: to compile, and to read and write values.
#![allow(
    clippy::disallowed_methods,
    reason = "benchmarks write the crates that they measure, and read the clock"
)]

pub mod ground;
pub mod load;
pub mod measure;
pub mod model;
pub mod process;
pub mod repeat;
pub mod shapes;
pub mod speed;
pub mod table;
pub mod write;
