//! Every kind of finding, a file a phase: `TW01` load, `TW02` dialect, `TW03` api, `TW04` names, `TW05` fronts,
//! `TW06` import.

pub mod api;
pub mod dialect;
pub mod front;
pub mod import;
pub mod load;
pub mod names;

use super::Code;

/// Every code there is, in the order of their ids.
pub fn all() -> impl Iterator<Item = Code> {
    [
        load::ALL,
        dialect::ALL,
        api::ALL,
        names::ALL,
        front::ALL,
        import::ALL,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// The code with an id such as `TW0103`, in either case.
pub fn find(id: &str) -> Option<Code> {
    all().find(|code| code.id.eq_ignore_ascii_case(id))
}
