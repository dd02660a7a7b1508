//! Operations as a whole.
