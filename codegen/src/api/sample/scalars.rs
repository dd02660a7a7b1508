//! Sample numbers and texts, within their constraints.

use crate::api::model::{Constraints, Json, TextFormat};
use crate::api::patterns;
use regex_syntax::hir::{Class, Hir, HirKind};
use regex_syntax::ParserBuilder;

/// Maximum length of a text made from a pattern, in bytes.
const MAX_LENGTH: usize = 4096;

fn parse_integer(text: &str) -> Option<i128> {
    text.parse().ok().or_else(|| {
        let float: f64 = text.parse().ok()?;
        // Bounds such as `1e3`; sample values do not come near larger ones.
        (float.fract() == 0.0 && float.abs() < 1e18).then(|| format!("{float:.0}").parse().ok())?
    })
}

/// Returns the smallest multiple of every integral `multipleOf`.
fn common_multiple(constraints: &Constraints) -> Option<i128> {
    let mut steps = constraints
        .multiples_of
        .iter()
        .filter_map(|step| parse_integer(step).filter(|step| *step > 0));
    let first = steps.next()?;
    steps.try_fold(first, |one, other| {
        let (mut divisor, mut remainder) = (one, other);
        while remainder != 0 {
            (divisor, remainder) = (remainder, divisor % remainder);
        }
        (one / divisor).checked_mul(other)
    })
}

/// Returns the integer within bounds that is closest to 1.
pub(super) fn integer(constraints: &Constraints) -> Option<Json> {
    let least = constraints
        .minimum
        .as_deref()
        .and_then(parse_integer)
        .map(|bound| bound + i128::from(constraints.exclusive_minimum));
    let most = constraints
        .maximum
        .as_deref()
        .and_then(parse_integer)
        .map(|bound| bound - i128::from(constraints.exclusive_maximum));
    let mut value = 1.max(least.unwrap_or(1)).min(most.unwrap_or(i128::MAX));
    if let Some(step) = common_multiple(constraints) {
        value = value.checked_add(step - 1)?.div_euclid(step) * step;
    }
    if least.is_some_and(|least| value < least) || most.is_some_and(|most| value > most) {
        return None;
    }
    let json = i64::try_from(value).map(Json::from);
    json.or_else(|_| u64::try_from(value).map(Json::from)).ok()
}

/// Returns an integer within bounds if there is one, else a number between them.
pub(super) fn number(constraints: &Constraints) -> Option<Json> {
    let (minimum, maximum) = (&constraints.minimum, &constraints.maximum);
    let mut limits = minimum.iter().chain(maximum).chain(&constraints.multiples_of);
    if limits.all(|text| parse_integer(text).is_some()) {
        if let Some(integer) = integer(constraints) {
            return Some(integer);
        }
    }
    let bound = |text: &Option<String>| text.as_ref()?.parse::<f64>().ok();
    let value = match (bound(minimum), bound(maximum)) {
        (Some(least), Some(most)) => least / 2.0 + most / 2.0,
        (Some(least), None) => least + 1.0,
        (None, Some(most)) => most - 1.0,
        (None, None) => 1.0,
    };
    serde_json::Number::from_f64(value).map(Json::Number)
}

/// Returns a text of a format, or one that a pattern matches.
pub(super) fn text(format: &TextFormat, constraints: &Constraints) -> String {
    if let Some(text) = patterned(constraints, 0) {
        return text;
    }
    let sample = format.row().map_or("text", |row| row.sample);
    let length = |bound: u64| usize::try_from(bound).unwrap_or(usize::MAX);
    let least = constraints.min_length.map_or(0, length).min(1 << 16);
    let most = constraints.max_length.map_or(usize::MAX, length);
    let padding = least.saturating_sub(sample.chars().count());
    sample.chars().chain(std::iter::repeat_n('x', padding)).take(most).collect()
}

/// Returns a text that differs from the first one, if there are several.
pub(super) fn another_text(
    format: &TextFormat,
    constraints: &Constraints,
    first: &str,
    index: usize,
) -> Option<String> {
    if !constraints.patterns.is_empty() {
        return patterned(constraints, index);
    }
    Some(match (format, first.char_indices().next_back()) {
        (TextFormat::Uuid, Some((last, _))) => format!("{}{:x}", first.get(..last)?, index % 16),
        _ => format!("{first}{index}"),
    })
}

/// Returns a text that all patterns match, else one that some pattern matches. Other indices yield other texts.
fn patterned(constraints: &Constraints, index: usize) -> Option<String> {
    let patterns = constraints.patterns.iter();
    let texts: Vec<_> =
        patterns.filter_map(|pattern| pattern_text(pattern, constraints, index)).collect();
    let matches_all = |text: &&String| {
        let mut patterns = constraints.patterns.iter();
        patterns.all(|pattern| is_match(pattern, text))
    };
    texts.iter().find(matches_all).or(texts.first()).cloned()
}

/// Returns a text of the right length that a pattern without look-around and back references matches. If the pattern
/// has them, one of its branches may do without.
fn pattern_text(pattern: &str, constraints: &Constraints, index: usize) -> Option<String> {
    let mut parser = ParserBuilder::new().unicode(false).utf8(false).build();
    if let Ok(hir) = parser.parse(pattern) {
        return sized_text(&hir, constraints, index);
    }
    branches(pattern).find_map(|branch| {
        let hir = parser.parse(branch).ok()?;
        sized_text(&hir, constraints, index)
    })
}

/// `true` if a pattern matches a text; invalid patterns match any.
fn is_match(pattern: &str, text: &str) -> bool {
    patterns::compile(pattern).is_none_or(|regex| regex.find(text).is_some())
}

/// Splits a pattern at each `|` outside groups and classes.
fn branches(pattern: &str) -> impl Iterator<Item = &str> {
    let (mut is_escaped, mut in_class, mut depth) = (false, false, 0_usize);
    pattern.split(move |letter| {
        if std::mem::take(&mut is_escaped) {
            return false;
        }
        match letter {
            '\\' => is_escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => depth += 1,
            ')' if !in_class => depth = depth.saturating_sub(1),
            _ => return letter == '|' && !in_class && depth == 0,
        }
        false
    })
}

/// Returns a text of the right length, with more and more repetitions.
fn sized_text(hir: &Hir, constraints: &Constraints, index: usize) -> Option<String> {
    let least = constraints.min_length.unwrap_or_default();
    let most = constraints.max_length.unwrap_or(u64::MAX);
    let repetitions = (1..=64).chain([128, 256, 512, 1024]);
    let texts = repetitions.filter_map(|repetitions| {
        let mut text = String::new();
        write(hir, repetitions, index, &mut text)?;
        Some(text)
    });
    let length = |text: &str| u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
    texts.into_iter().find(|text| (least..=most).contains(&length(text)))
}

/// Appends a text that a part of a pattern matches, with so many repetitions where they are optional, and the letter or
/// branch of this index where there are several.
fn write(hir: &Hir, repetitions: u32, index: usize, text: &mut String) -> Option<()> {
    if text.len() > MAX_LENGTH {
        return None;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => text.push(letter(class, index)?),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(u32::MAX);
            for _ in 0..repetitions.max(repetition.min).min(most) {
                write(&repetition.sub, repetitions, index, text)?;
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, repetitions, index, text)?,
        HirKind::Concat(parts) => {
            for part in parts {
                write(part, repetitions, index, text)?;
            }
        }
        HirKind::Alternation(branches) => {
            let branch = branches.get(index % branches.len().max(1))?;
            write(branch, repetitions, index, text)?;
        }
    }
    Some(())
}

/// Returns a letter of a class, by preference one that URLs do not escape.
fn letter(class: &Class, index: usize) -> Option<char> {
    let has = |letter: char| match class {
        Class::Unicode(class) => {
            class.iter().any(|range| (range.start()..=range.end()).contains(&letter))
        }
        Class::Bytes(class) => u8::try_from(letter).is_ok_and(|byte| {
            class.iter().any(|range| (range.start()..=range.end()).contains(&byte))
        }),
    };
    let plain = ('a'..='z').chain('A'..='Z').chain('1'..='9').chain(['0']);
    let others = "-_.~ /:@+!".chars().chain('!'..='~');
    let letters: Vec<_> = plain.chain(others).filter(|letter| has(*letter)).collect();
    letters.get(index % letters.len().max(1)).copied()
}
