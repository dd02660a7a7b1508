//! Records of more required members than a machine word has bits.

use typewright_runtime::codegen::v1;

use crate::{read, refused, write};

/// The same members as a record that is read in place, and as one that is made of its parts.
macro_rules! wide {
    ($($field:ident: $wire:literal,)*) => {
        struct Wide {
            $($field: i64,)*
        }
        v1::record! { Wide { $($field: $wire,)* } }

        #[derive(Clone)]
        struct ByParts {
            $($field: i64,)*
        }
        v1::record_by_parts! { ByParts { $($field: $wire as v1::Native<i64>),* } }

        const NAMES: [&str; 130] = [$($wire),*];
    };
}

wide! {
    m000: "m000", m001: "m001", m002: "m002", m003: "m003", m004: "m004", m005: "m005",
    m006: "m006", m007: "m007", m008: "m008", m009: "m009", m010: "m010", m011: "m011",
    m012: "m012", m013: "m013", m014: "m014", m015: "m015", m016: "m016", m017: "m017",
    m018: "m018", m019: "m019", m020: "m020", m021: "m021", m022: "m022", m023: "m023",
    m024: "m024", m025: "m025", m026: "m026", m027: "m027", m028: "m028", m029: "m029",
    m030: "m030", m031: "m031", m032: "m032", m033: "m033", m034: "m034", m035: "m035",
    m036: "m036", m037: "m037", m038: "m038", m039: "m039", m040: "m040", m041: "m041",
    m042: "m042", m043: "m043", m044: "m044", m045: "m045", m046: "m046", m047: "m047",
    m048: "m048", m049: "m049", m050: "m050", m051: "m051", m052: "m052", m053: "m053",
    m054: "m054", m055: "m055", m056: "m056", m057: "m057", m058: "m058", m059: "m059",
    m060: "m060", m061: "m061", m062: "m062", m063: "m063", m064: "m064", m065: "m065",
    m066: "m066", m067: "m067", m068: "m068", m069: "m069", m070: "m070", m071: "m071",
    m072: "m072", m073: "m073", m074: "m074", m075: "m075", m076: "m076", m077: "m077",
    m078: "m078", m079: "m079", m080: "m080", m081: "m081", m082: "m082", m083: "m083",
    m084: "m084", m085: "m085", m086: "m086", m087: "m087", m088: "m088", m089: "m089",
    m090: "m090", m091: "m091", m092: "m092", m093: "m093", m094: "m094", m095: "m095",
    m096: "m096", m097: "m097", m098: "m098", m099: "m099", m100: "m100", m101: "m101",
    m102: "m102", m103: "m103", m104: "m104", m105: "m105", m106: "m106", m107: "m107",
    m108: "m108", m109: "m109", m110: "m110", m111: "m111", m112: "m112", m113: "m113",
    m114: "m114", m115: "m115", m116: "m116", m117: "m117", m118: "m118", m119: "m119",
    m120: "m120", m121: "m121", m122: "m122", m123: "m123", m124: "m124", m125: "m125",
    m126: "m126", m127: "m127", m128: "m128", m129: "m129",
}

fn name(at: usize) -> &'static str {
    NAMES.get(at).unwrap()
}

/// An object of these members, each with its place as the value.
fn object(names: impl Iterator<Item = usize>) -> String {
    let members: Vec<_> = names.map(|at| format!("{:?}:{at}", name(at))).collect();
    format!("{{{}}}", members.join(","))
}

#[test]
fn a_missing_member_is_named_wherever_it_stands() {
    for left_out in 0..NAMES.len() {
        let others = object((0..NAMES.len()).filter(|at| *at != left_out));
        let message = format!("{}: expected a value, found nothing or null", name(left_out));
        assert_eq!(refused::<Wide>(&others), message);
        assert_eq!(refused::<ByParts>(&others), message);
        let backwards = object((0..NAMES.len()).rev().filter(|at| *at != left_out));
        assert_eq!(refused::<Wide>(&backwards), message);
    }
}

#[test]
fn members_that_come_twice_stand_for_no_other() {
    for (twice, left_out) in [(0, 64), (64, 0), (65, 129), (129, 65), (128, 64)] {
        let names = (0..NAMES.len()).filter(|at| *at != left_out);
        let message = format!("{}: expected a value", name(left_out));
        let refused = refused::<Wide>(&object(names.chain([twice, twice])));
        assert!(refused.starts_with(&message), "{refused}");
    }
}

#[test]
fn all_of_them_are_read_compared_and_copied() {
    let text = object(0..NAMES.len());
    let wide: Wide = read(&text).unwrap();
    assert_eq!((wide.m000, wide.m064, wide.m129), (0, 64, 129));
    assert_eq!(write(&wide), text);
    assert_eq!(wide.clone(), wide);
    let mut other = wide.clone();
    other.m129 = 0;
    assert_ne!(other, wide);
    let parts: ByParts = read(&object((0..NAMES.len()).rev())).unwrap();
    assert_eq!(write(&parts), text);
}
