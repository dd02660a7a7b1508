//! Texts that a pattern takes, for patterns without look-around and back references.

use crate::api::ir::Limits;
use regex_syntax::hir::{Class, Hir, HirKind};
use regex_syntax::ParserBuilder;

/// The longest text that is made, in characters.
const LONGEST: usize = 4096;

/// A text that the pattern takes and that is as long as the limits say.
pub(super) fn text(pattern: &str, limits: &Limits) -> Option<String> {
    let mut parser = ParserBuilder::new().unicode(false).utf8(false).build();
    let hir = parser.parse(pattern).ok()?;
    let fits = |text: &String| {
        let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
        length >= limits.min_length.unwrap_or_default()
            && length <= limits.max_length.unwrap_or(u64::MAX)
    };
    let tries = (1..=64).chain([128, 256, 512, 1024]);
    let texts = tries.map(|repeats| {
        let mut text = String::new();
        write(&hir, repeats, &mut text).map(|()| text)
    });
    texts.flatten().find(fits)
}

/// Appends what this part of a pattern takes; what may repeat does so up to so many times.
fn write(hir: &Hir, repeats: u32, text: &mut String) -> Option<()> {
    if text.len() > LONGEST {
        return None;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => text.push(letter(class)?),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(u32::MAX);
            for _ in 0..repeats.max(repetition.min).min(most) {
                write(&repetition.sub, repeats, text)?;
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, repeats, text)?,
        HirKind::Concat(parts) => {
            for part in parts {
                write(part, repeats, text)?;
            }
        }
        HirKind::Alternation(branches) => write(branches.first()?, repeats, text)?,
    }
    Some(())
}

/// A letter of the class: one that is plain in a URL where there is one.
fn letter(class: &Class) -> Option<char> {
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
    plain.chain(other).find(|letter| has(*letter))
}
