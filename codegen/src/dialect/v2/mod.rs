//! From Swagger 2.0 to 3.0.

mod flat;

pub(super) use flat::flat;
