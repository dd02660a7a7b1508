//! The codes of all diagnostics, one file for each phase: `TW01` load, `TW02` normalize, `TW03` api, `TW04` names, `TW05`
//! host, `TW06` import.

pub mod api;
pub mod host;
pub mod import;
pub mod load;
pub mod names;
pub mod normalize;

use super::Code;

/// All codes, in the order of their ids.
pub fn all() -> impl Iterator<Item = Code> {
    [load::ALL, normalize::ALL, api::ALL, names::ALL, host::ALL, import::ALL]
        .into_iter()
        .flatten()
        .copied()
}

/// The code with an id such as `TW0103`, in either case.
pub fn find(id: &str) -> Option<Code> {
    all().find(|code| code.id.eq_ignore_ascii_case(id))
}
