//! What a document means: IR A. The only phase that may call something unsupported.

pub mod direction;
pub mod ir;
