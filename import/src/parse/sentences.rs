//! The sentences that the vendor's own generators write: limits of texts, lists, maps and numbers.
//!
//! A sentence counts as the machine's where the whole line consists of such sentences. In prose, three forms count, and only as a whole
//! sentence of the field's own text: `A-B characters long.`, `Maximum N per resource.` and `Must be from A to B.`; what `should`, what
//! `must normally`, and what is said of something else than the field is no limit of it.

use crate::page::{Bounds, Interval};
use crate::text::{unescaped, Scan};

/// One sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sentence {
    /// `This field is required.`
    Required,
    /// How many characters.
    Length(Target, Bounds),
    /// Which regular expression.
    Pattern(Target, String),
    /// How many elements or entries.
    Count(Bounds),
    /// Which numbers.
    Value(Interval),
    /// The only numbers.
    Only(Vec<String>),
    /// How long a duration.
    Duration(String),
}

/// What a sentence limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The value.
    Own,
    /// Each element of a list, or each value of a map.
    Each,
    /// Each key of a map.
    Key,
}

#[derive(Clone, Copy)]
enum Subject {
    Length(Target),
    Count,
    Value,
}

#[derive(Clone, Copy)]
enum Relation {
    AtMost,
    AtLeast,
    Above,
    Named,
}

const FORMS: [(&str, Subject, Relation); 24] = [
    (
        "The maximum string length in characters is ",
        Subject::Length(Target::Own),
        Relation::AtMost,
    ),
    (
        "The minimum string length in characters is ",
        Subject::Length(Target::Own),
        Relation::AtLeast,
    ),
    (
        "The string length in characters must be ",
        Subject::Length(Target::Own),
        Relation::Named,
    ),
    (
        "The maximum string length in characters for each value is ",
        Subject::Length(Target::Each),
        Relation::AtMost,
    ),
    (
        "The minimum string length in characters for each value is ",
        Subject::Length(Target::Each),
        Relation::AtLeast,
    ),
    (
        "The string length in characters for each value must be ",
        Subject::Length(Target::Each),
        Relation::Named,
    ),
    (
        "The maximum string length in characters for each key is ",
        Subject::Length(Target::Key),
        Relation::AtMost,
    ),
    (
        "The minimum string length in characters for each key is ",
        Subject::Length(Target::Key),
        Relation::AtLeast,
    ),
    (
        "The string length in characters for each key must be ",
        Subject::Length(Target::Key),
        Relation::Named,
    ),
    (
        "The length of each map key must be ",
        Subject::Length(Target::Key),
        Relation::Named,
    ),
    (
        "The length of each map value must be ",
        Subject::Length(Target::Each),
        Relation::Named,
    ),
    (
        "The length of each element must be ",
        Subject::Length(Target::Each),
        Relation::Named,
    ),
    (
        "The length must be ",
        Subject::Length(Target::Own),
        Relation::Named,
    ),
    (
        "The maximum number of elements is ",
        Subject::Count,
        Relation::AtMost,
    ),
    (
        "The minimum number of elements is ",
        Subject::Count,
        Relation::AtLeast,
    ),
    (
        "The number of elements must be ",
        Subject::Count,
        Relation::Named,
    ),
    ("No more than ", Subject::Count, Relation::AtMost),
    ("No less than ", Subject::Count, Relation::AtLeast),
    ("More than ", Subject::Count, Relation::Above),
    ("The maximum value is ", Subject::Value, Relation::AtMost),
    ("The minimum value is ", Subject::Value, Relation::AtLeast),
    ("Value must be ", Subject::Value, Relation::Named),
    ("The value must be ", Subject::Value, Relation::Named),
    ("Acceptable values are ", Subject::Value, Relation::Named),
];

const PATTERNS: [(&str, Target); 8] = [
    ("Value must match the regular expression ", Target::Own),
    ("The value must match the regular expression: ", Target::Own),
    (
        "Each value must match the regular expression ",
        Target::Each,
    ),
    (
        "Each map value must match the regular expression: ",
        Target::Each,
    ),
    (
        "Each element must match the regular expression: ",
        Target::Each,
    ),
    (
        "Each value must match the regular expression: ",
        Target::Each,
    ),
    ("Each key must match the regular expression ", Target::Key),
    (
        "Each map key must match the regular expression: ",
        Target::Key,
    ),
];

/// Openings that no prose has: a line that starts with one and cannot be read is worth a word.
const OPENINGS: [&str; 16] = [
    "The maximum string length",
    "The minimum string length",
    "The string length in characters",
    "The length must",
    "The length of each",
    "The maximum number of elements",
    "The minimum number of elements",
    "The number of elements",
    "The maximum value is",
    "The minimum value is",
    "The value must",
    "Value must",
    "Each value must",
    "Each key must",
    "Each map ",
    "Acceptable values are",
];

/// Reads a line that consists of sentences alone; nothing where anything else is on it.
pub fn line(text: &str) -> Option<Vec<Sentence>> {
    let mut scan = Scan::new(text);
    let mut found = Vec::new();
    while !scan.blanks().rest().is_empty() {
        found.push(sentence(&mut scan)?);
    }
    (!found.is_empty()).then_some(found)
}

/// Whether a line starts like a sentence.
pub fn opens(text: &str) -> bool {
    OPENINGS.iter().any(|opening| text.starts_with(opening))
}

fn sentence(scan: &mut Scan<'_>) -> Option<Sentence> {
    if scan.tag("This field is required.") {
        return Some(Sentence::Required);
    }
    if scan.tag("The value must satisfy: ") {
        return satisfies(scan);
    }
    if let Some((_, target)) = PATTERNS.iter().find(|(opening, _)| scan.tag(opening)) {
        return pattern(scan, *target);
    }
    let (_, subject, relation) = FORMS.iter().find(|(opening, ..)| scan.tag(opening))?;
    limit(scan, *subject, *relation)
}

fn limit(scan: &mut Scan<'_>, subject: Subject, relation: Relation) -> Option<Sentence> {
    let start = scan.rest();
    let (interval, unit) = relate(scan, relation)?;
    let words = start.get(..start.len() - scan.rest().len())?;
    let inclusive = scan.tag(", inclusive");
    let suffix = scan.one_of(&[" for each value", " for each key", " per resource"]);
    if !(scan.tag(".") || scan.rest().is_empty()) {
        return None;
    }
    match (subject, suffix) {
        (Subject::Value, None) if unit => Some(Sentence::Duration(words.to_owned())),
        (Subject::Value, None) => Some(Sentence::Value(interval)),
        (Subject::Length(target), None | Some(0 | 1)) if !unit && !inclusive => {
            let target = match suffix {
                Some(0) => Target::Each,
                Some(_) => Target::Key,
                None => target,
            };
            Some(Sentence::Length(target, whole(&interval)?))
        }
        (Subject::Count, None | Some(2)) if !unit && !inclusive => {
            Some(Sentence::Count(whole(&interval)?))
        }
        _ => None,
    }
}

/// Reads a relation, and says whether its numbers have units.
fn relate(scan: &mut Scan<'_>, relation: Relation) -> Option<(Interval, bool)> {
    let relation = match relation {
        Relation::Named => scan.one_of(&[
            "less than or equal to ",
            "greater than or equal to ",
            "less than ",
            "greater than ",
            "equal to ",
            "between ",
            "in the range ",
        ]),
        Relation::AtMost => Some(0),
        Relation::AtLeast => Some(1),
        Relation::Above => Some(3),
    };
    let (first, mut unit) = amount(scan)?;
    let mut interval = Interval::default();
    match relation {
        Some(0 | 2) => {
            interval.below = relation == Some(2);
            interval.max = Some(first);
        }
        Some(1 | 3) => {
            interval.above = relation == Some(3);
            interval.min = Some(first);
        }
        Some(4) => {
            interval.max = Some(first.clone());
            interval.min = Some(first);
        }
        _ => {
            scan.one_of(&["-", " to ", " and "])?;
            let (second, also) = amount(scan)?;
            unit |= also;
            interval.min = Some(first);
            interval.max = Some(second);
        }
    }
    Some((interval, unit))
}

/// A number, and whether a unit such as ` seconds` or `h` follows.
fn amount(scan: &mut Scan<'_>) -> Option<(String, bool)> {
    let number = scan.number()?;
    let mut ahead = *scan;
    ahead.tag(" ");
    let word = ahead
        .while_some(|c| c.is_ascii_alphabetic())
        .unwrap_or_default();
    let units = [
        "s", "m", "h", "d", "ms", "second", "seconds", "minute", "minutes", "hour", "hours", "day",
        "days",
    ];
    if units.contains(&word) {
        *scan = ahead;
        return Some((number, true));
    }
    Some((number, false))
}

/// Whole numbers from an interval of numbers.
pub fn whole(interval: &Interval) -> Option<Bounds> {
    let read = |text: &Option<String>| -> Option<Option<u64>> {
        text.as_ref()
            .map_or(Some(None), |text| text.parse().ok().map(Some))
    };
    let min = read(&interval.min)?;
    let max = read(&interval.max)?;
    Some(Bounds {
        min: if interval.above {
            min.map(|min| min.saturating_add(1))
        } else {
            min
        },
        max: if interval.below {
            max.map(|max| max.saturating_sub(1))
        } else {
            max
        },
    })
}

/// `2,4,6.` or `1s-24h.`
fn satisfies(scan: &mut Scan<'_>) -> Option<Sentence> {
    let words = scan.while_some(|c| c != ' ' && c != '\n')?;
    let words = words.strip_suffix('.').unwrap_or(words);
    let numbers: Vec<String> = words.split(',').map(str::to_owned).collect();
    if numbers.iter().all(|number| number.parse::<i64>().is_ok()) {
        return Some(Sentence::Only(numbers));
    }
    let mut range = Scan::new(words);
    let (interval, unit) = relate(&mut range, Relation::Named)?;
    match (range.rest().is_empty(), unit) {
        (true, true) => Some(Sentence::Duration(words.to_owned())),
        (true, false) => Some(Sentence::Value(interval)),
        (false, _) => None,
    }
}

fn pattern(scan: &mut Scan<'_>, target: Target) -> Option<Sentence> {
    let raw = scan.rest().starts_with("```");
    let code = scan.code()?;
    if !(scan.tag(".") || scan.rest().is_empty()) {
        return None;
    }
    let code = if raw {
        code.to_owned()
    } else {
        unescaped(code)
    };
    let code = code
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    Some(Sentence::Pattern(target, code))
}
