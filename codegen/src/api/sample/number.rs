//! Numbers within their bounds.

use crate::api::model::{Constraints, Json};

fn whole(text: Option<&String>) -> Option<i128> {
    let text = text?;
    text.parse().ok().or_else(|| {
        let float: f64 = text.parse().ok()?;
        // Bounds such as `1e3`; what does not fit is no bound that a value here comes near.
        (float.fract() == 0.0 && float.abs() < 1e18).then(|| format!("{float:.0}").parse().ok())?
    })
}

/// The smallest number that is a multiple of every `multipleOf` that is whole.
fn step(limits: &Constraints) -> Option<i128> {
    let steps = limits.multiples_of.iter();
    let mut steps = steps.filter_map(|step| whole(Some(step)).filter(|step| *step > 0));
    let first = steps.next()?;
    steps.try_fold(first, |one, other| {
        let (mut divisor, mut left) = (one, other);
        while left != 0 {
            (divisor, left) = (left, divisor % left);
        }
        (one / divisor).checked_mul(other)
    })
}

/// A whole number: the lower bound where there is one, else the closest to 1.
pub(super) fn integer(limits: &Constraints) -> Option<Json> {
    let least = whole(limits.minimum.as_ref());
    let least = least.map(|bound| bound + i128::from(limits.exclusive_minimum));
    let most = whole(limits.maximum.as_ref());
    let most = most.map(|bound| bound - i128::from(limits.exclusive_maximum));
    let mut value = 1.max(least.unwrap_or(1)).min(most.unwrap_or(i128::MAX));
    if let Some(step) = step(limits) {
        value = value.checked_add(step - 1)?.div_euclid(step) * step;
    }
    let fits = least.is_none_or(|least| value >= least) && most.is_none_or(|most| value <= most);
    let json = i64::try_from(value).map(Json::from);
    let json = json.or_else(|_| u64::try_from(value).map(Json::from));
    json.ok().filter(|_| fits)
}

/// A number: a whole one where there is one within the bounds, else one between them.
pub(super) fn number(limits: &Constraints) -> Option<Json> {
    let has_fraction = |text: Option<&String>| text.is_some() && whole(text).is_none();
    let bounds = [&limits.minimum, &limits.maximum];
    let steps = limits.multiples_of.iter().map(Some);
    let broken = bounds.into_iter().map(Option::as_ref).chain(steps);
    let broken = broken.into_iter().any(has_fraction);
    integer(limits).filter(|_| !broken).or_else(|| {
        let bound = |text: &Option<String>| text.as_ref()?.parse::<f64>().ok();
        let value = match (bound(&limits.minimum), bound(&limits.maximum)) {
            (Some(least), Some(most)) => least / 2.0 + most / 2.0,
            (Some(least), None) => least + 1.0,
            (None, Some(most)) => most - 1.0,
            (None, None) => 1.0,
        };
        serde_json::Number::from_f64(value).map(Json::Number)
    })
}
