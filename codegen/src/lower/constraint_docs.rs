//! Constraints and defaults as sentences of documentation.

use crate::api::model::{Constraints, Json};

/// One line for each constraint.
pub fn sentences(limits: &Constraints) -> Vec<String> {
    let lengths = range(
        limits.min_length,
        limits.max_length,
        "character",
        "characters",
    );
    let items = range(limits.min_items, limits.max_items, "item", "items");
    let members = range(
        limits.min_properties,
        limits.max_properties,
        "member",
        "members",
    );
    let unique = limits
        .unique_items
        .then(|| "No two items are equal.".to_owned());
    let multiples = limits.multiples_of.iter();
    let multiples = multiples.map(|step| format!("A multiple of {step}."));
    let patterns = limits.patterns.iter();
    let patterns = patterns.map(|pattern| format!("Matches {}.", code(pattern)));
    bounds(limits)
        .into_iter()
        .chain(multiples)
        .chain(lengths)
        .chain(patterns)
        .chain([items, unique, members].into_iter().flatten())
        .chain(limits.dependent.iter().map(dependent))
        .chain(
            limits
                .name_patterns
                .iter()
                .map(|names| others(&names.patterns)),
        )
        .collect()
}

/// The line for members that must come together.
fn dependent((name, needed): &(String, Vec<String>)) -> String {
    let needed: Vec<String> = needed.iter().map(|name| code(name)).collect();
    format!(
        "Where {} is given, so must be {}.",
        code(name),
        needed.join(", ")
    )
}

/// The line for the names of members that are not declared.
fn others(patterns: &[String]) -> String {
    let patterns: Vec<String> = patterns.iter().map(|pattern| code(pattern)).collect();
    let patterns = patterns.join(" or ");
    format!("Names of members that are no field match {patterns}.")
}

/// The line for a default. That of a value that has to be given is assumed by nobody.
pub fn default(value: &Json, required: bool) -> Vec<String> {
    let text = value.to_string();
    if text.chars().count() > 80 {
        return Vec::new();
    }
    let text = code(&text);
    vec![match required {
        true => format!("The document's default is {text}; it has to be given all the same."),
        false => format!("The server assumes {text} where it is not given."),
    }]
}

fn bounds(limits: &Constraints) -> Option<String> {
    let low = limits.minimum.as_ref().map(|bound| {
        (
            bound,
            if limits.exclusive_minimum {
                "more than"
            } else {
                "at least"
            },
        )
    });
    let high = limits.maximum.as_ref().map(|bound| {
        (
            bound,
            if limits.exclusive_maximum {
                "less than"
            } else {
                "at most"
            },
        )
    });
    match (low, high) {
        (Some((low, "at least")), Some((high, "at most"))) => Some(format!("{low} to {high}.")),
        (Some((low, low_word)), Some((high, high_word))) => {
            Some(format!("{} {low}, {high_word} {high}.", capital(low_word)))
        }
        (Some((bound, word)), None) | (None, Some((bound, word))) => {
            Some(format!("{} {bound}.", capital(word)))
        }
        (None, None) => None,
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

fn range(low: Option<u64>, high: Option<u64>, one: &str, many: &str) -> Option<String> {
    let noun = |count: u64| if count == 1 { one } else { many };
    match (low.filter(|low| *low > 0), high) {
        (Some(low), Some(high)) if low == high => Some(format!("Exactly {low} {}.", noun(low))),
        (Some(low), Some(high)) => Some(format!("{low} to {high} {}.", noun(high))),
        (Some(low), None) => Some(format!("At least {low} {}.", noun(low))),
        (None, Some(high)) => Some(format!("At most {high} {}.", noun(high))),
        (None, None) => None,
    }
}

/// Text as code, in more backticks than it holds in a row.
fn code(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let longest = line
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let pad = if line.starts_with('`') || line.ends_with('`') || line.is_empty() {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{line}{pad}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_be_left_out_is_assumed() {
        let value = Json::from(5);
        assert_eq!(
            default(&value, false),
            ["The server assumes `5` where it is not given."]
        );
        assert_eq!(
            default(&value, true),
            ["The document's default is `5`; it has to be given all the same."]
        );
    }

    #[test]
    fn constraints_are_said_in_words() {
        let limits = Constraints {
            minimum: Some("0".to_owned()),
            maximum: Some("59".to_owned()),
            min_length: Some(1),
            max_length: Some(63),
            max_properties: Some(1),
            ..Constraints::default()
        };
        assert_eq!(
            sentences(&limits),
            ["0 to 59.", "1 to 63 characters.", "At most 1 member."]
        );
        let limits = Constraints {
            minimum: Some("0".to_owned()),
            exclusive_minimum: true,
            ..Constraints::default()
        };
        assert_eq!(sentences(&limits), ["More than 0."]);
        assert_eq!(
            sentences(&Constraints {
                patterns: vec!["a`b".to_owned(), "c".to_owned()],
                ..Constraints::default()
            }),
            ["Matches ``a`b``.", "Matches `c`."]
        );
        assert_eq!(sentences(&Constraints::default()), [""; 0]);
    }
}
