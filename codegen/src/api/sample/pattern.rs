//! Texts that a pattern takes, for patterns without look-around and back references.

use crate::api::model::Constraints;
use regex_syntax::hir::{Class, Hir, HirKind};
use regex_syntax::ParserBuilder;

/// The longest text that is made, in characters.
const LONGEST: usize = 4096;

/// A text that the pattern takes and that is as long as the limits say. A branch of a pattern is enough, so that one
/// beyond what is read here does not stand in the way of the others.
///
/// Another turn gives another text where the pattern takes several.
pub(super) fn text(pattern: &str, limits: &Constraints, turn: usize) -> Option<String> {
    let mut parser = ParserBuilder::new().unicode(false).utf8(false).build();
    match parser.parse(pattern) {
        Ok(hir) => sized(&hir, limits, turn),
        Err(_) => {
            let parsed = branches(pattern).filter_map(|branch| parser.parse(branch).ok());
            let texts: Vec<_> = parsed.filter_map(|hir| sized(&hir, limits, turn)).collect();
            texts.into_iter().next()
        }
    }
}

/// Whether the pattern takes the text; what is no pattern takes any.
pub(super) fn takes(pattern: &str, text: &str) -> bool {
    let compiled = regress::Regex::with_flags(pattern, "u");
    let compiled = compiled.or_else(|_| regress::Regex::new(pattern));
    compiled.map_or(true, |regex| regex.find(text).is_some())
}

/// What stands between the `|` that are in no group and no class.
fn branches(pattern: &str) -> impl Iterator<Item = &str> {
    let (mut escaped, mut class, mut depth) = (false, false, 0_usize);
    pattern.split(move |letter| {
        let taken = std::mem::take(&mut escaped);
        match letter {
            _ if taken => {}
            '\\' => escaped = true,
            '[' => class = true,
            ']' => class = false,
            '(' if !class => depth += 1,
            ')' if !class => depth = depth.saturating_sub(1),
            _ => return letter == '|' && !class && depth == 0,
        }
        false
    })
}

fn sized(hir: &Hir, limits: &Constraints, turn: usize) -> Option<String> {
    let fits = |text: &String| {
        let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
        length >= limits.min_length.unwrap_or_default()
            && length <= limits.max_length.unwrap_or(u64::MAX)
    };
    let tries = (1..=64).chain([128, 256, 512, 1024]);
    let texts = tries.map(|repeats| {
        let mut text = String::new();
        write(hir, (repeats, turn), &mut text).map(|()| text)
    });
    texts.flatten().find(fits)
}

/// Appends what this part of a pattern takes; what may repeat does so up to so many times, and of several letters or
/// branches the one is taken whose turn it is.
fn write(hir: &Hir, (repeats, turn): (u32, usize), text: &mut String) -> Option<()> {
    if text.len() > LONGEST {
        return None;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => text.push(letter(class, turn)?),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(u32::MAX);
            for _ in 0..repeats.max(repetition.min).min(most) {
                write(&repetition.sub, (repeats, turn), text)?;
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, (repeats, turn), text)?,
        HirKind::Concat(parts) => {
            for part in parts {
                write(part, (repeats, turn), text)?;
            }
        }
        HirKind::Alternation(branches) => {
            let branch = branches.get(turn % branches.len().max(1))?;
            write(branch, (repeats, turn), text)?;
        }
    }
    Some(())
}

/// A letter of the class: one that is plain in a URL where there is one.
fn letter(class: &Class, turn: usize) -> Option<char> {
    let has = |wanted: char| match class {
        Class::Unicode(class) => class
            .iter()
            .any(|range| (range.start()..=range.end()).contains(&wanted)),
        Class::Bytes(class) => u8::try_from(wanted).is_ok_and(|wanted| {
            let mut ranges = class.iter();
            ranges.any(|range| (range.start()..=range.end()).contains(&wanted))
        }),
    };
    let plain = ('a'..='z').chain('A'..='Z').chain('1'..='9').chain(['0']);
    let other = "-_.~ /:@+!".chars().chain('!'..='~');
    let all: Vec<_> = plain.chain(other).filter(|letter| has(*letter)).collect();
    all.get(turn % all.len().max(1)).copied()
}
