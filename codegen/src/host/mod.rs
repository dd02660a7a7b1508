//! The only code of the library that accesses the disk, the environment and the output streams.
//!
//! Build scripts call [`build`]; [`disk`] and [`output_dir`] read and write files for it and for the command.

pub mod build;
pub mod disk;
mod fingerprint;
pub mod output_dir;
