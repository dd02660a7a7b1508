//! The fronts' share of the library: the only code here that touches the disk, the environment and the output streams.
//!
//! [`build`] is what a build script calls; [`disk`] and [`tree`] read and write files for it and for the command.

pub mod build;
pub mod disk;
pub mod tree;
