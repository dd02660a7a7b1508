//! Constraints beside the shape: reading them and drawing two sets of them together.

use crate::api::model::Constraints;
use std::cmp::Ordering;

/// Draws `more` into `limits`: of two bounds the tighter one stays. Two patterns cannot be one, so both stay.
pub(super) fn tighten(limits: &mut Constraints, more: &Constraints) {
    lower(limits, more);
    upper(limits, more);
    unite(&mut limits.multiples_of, &more.multiples_of);
    unite(&mut limits.patterns, &more.patterns);
    unite(&mut limits.name_patterns, &more.name_patterns);
    limits.unique_items |= more.unique_items;
    unite(&mut limits.dependent, &more.dependent);
    limits.min_length = limits.min_length.max(more.min_length);
    limits.min_items = limits.min_items.max(more.min_items);
    limits.min_properties = limits.min_properties.max(more.min_properties);
    limits.max_length = least(limits.max_length, more.max_length);
    limits.max_items = least(limits.max_items, more.max_items);
    limits.max_properties = least(limits.max_properties, more.max_properties);
}

/// Takes in what is not there yet.
fn unite<T: Clone + PartialEq>(now: &mut Vec<T>, more: &[T]) {
    for each in more {
        if !now.contains(each) {
            now.push(each.clone());
        }
    }
}

fn least(one: Option<u64>, other: Option<u64>) -> Option<u64> {
    one.into_iter().chain(other).min()
}

fn lower(limits: &mut Constraints, more: &Constraints) {
    let Some(bound) = &more.minimum else { return };
    match limits.minimum.as_deref().map(|now| compare(bound, now)) {
        Some(Ordering::Less) => {}
        Some(Ordering::Equal) => limits.exclusive_minimum |= more.exclusive_minimum,
        Some(Ordering::Greater) | None => {
            limits.minimum = Some(bound.clone());
            limits.exclusive_minimum = more.exclusive_minimum;
        }
    }
}

fn upper(limits: &mut Constraints, more: &Constraints) {
    let Some(bound) = &more.maximum else { return };
    match limits.maximum.as_deref().map(|now| compare(bound, now)) {
        Some(Ordering::Greater) => {}
        Some(Ordering::Equal) => limits.exclusive_maximum |= more.exclusive_maximum,
        Some(Ordering::Less) | None => {
            limits.maximum = Some(bound.clone());
            limits.exclusive_maximum = more.exclusive_maximum;
        }
    }
}

/// Whole numbers exactly, others as floating point.
fn compare(one: &str, other: &str) -> Ordering {
    if let (Ok(one), Ok(other)) = (one.parse::<i128>(), other.parse::<i128>()) {
        return one.cmp(&other);
    }
    let float = |text: &str| text.parse::<f64>().unwrap_or_default();
    float(one).total_cmp(&float(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tighter_bound_stays() {
        let mut limits = Constraints {
            minimum: Some("1".to_owned()),
            max_length: Some(10),
            patterns: vec!["z$".to_owned()],
            ..Constraints::default()
        };
        let more = Constraints {
            minimum: Some("2.5".to_owned()),
            exclusive_minimum: true,
            maximum: Some("18446744073709551616".to_owned()),
            max_length: Some(20),
            min_items: Some(1),
            patterns: vec!["^a".to_owned(), "z$".to_owned()],
            ..Constraints::default()
        };
        tighten(&mut limits, &more);
        assert_eq!(limits.minimum.as_deref(), Some("2.5"));
        assert!(limits.exclusive_minimum);
        assert_eq!(limits.maximum.as_deref(), Some("18446744073709551616"));
        assert_eq!(limits.max_length, Some(10));
        assert_eq!(limits.min_items, Some(1));
        assert_eq!(limits.patterns, ["z$", "^a"]);
    }
}
