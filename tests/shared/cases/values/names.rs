//! Types and methods have the names and the traits that they should.

use cases::d45::runtime::codegen::v1::{Decode, from_json};
use cases::d45::types::{E, T};
use cases::{d34, d45_validated};
use std::collections::BTreeSet;
use std::hash::Hash;

#[test]
fn a_type_is_called_as_the_component_that_is_spelled_so() {
    let item: d34::types::Item = read();
    let _: Option<&d34::types::Item2> = item.b.as_ref();
}

fn read<V: Decode>() -> V {
    from_json(b"{}").unwrap()
}

fn is_key<K: Eq + Hash>(_: &K) -> bool {
    true
}

/// Traits that only some fields allow are left out; the compiler says of each type what it has.
#[test]
fn derives_are_left_to_the_types_that_allow_them() {
    trait Lacks {
        fn is_eq(&self) -> bool {
            false
        }
    }
    struct Probe<V>(V);
    impl<V: Eq> Probe<V> {
        fn is_eq(&self) -> bool {
            self.0 == self.0
        }
    }
    impl<V> Lacks for Probe<V> {}
    assert!(is_key(&E::A) && is_key(&d45_validated::types::E::B));
    assert!(!Probe(read::<T>()).is_eq());
    assert!(!Probe(read::<d45_validated::types::T>()).is_eq());
    let all: BTreeSet<_> = [E::A, E::B].map(|one| one.to_string()).into();
    assert_eq!(all.len(), 2);
}
