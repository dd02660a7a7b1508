//! Puts titles right whose characters were encoded twice.

use crate::page::Title;
use crate::say::Say;
use typewright::diagnostics::codes::import::IMPORT_MOJIBAKE;

/// What Windows-1252 has from 0x80 to 0x9F; the rest is as in Unicode.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The service's name in a title, without the signs of a trademark, which are no part of a name.
pub fn name(title: &Title, say: &mut Say<'_>) -> String {
    let name = repaired(title, say);
    name.replace(['™', '®'], "")
}

fn repaired(title: &Title, say: &mut Say<'_>) -> String {
    match decoded(&title.service) {
        Some(name) => {
            let message = format!(
                "`{}` is UTF-8 that was read as Windows-1252; it says `{name}`",
                title.service
            );
            say.at(IMPORT_MOJIBAKE, &title.span, message);
            name
        }
        None => title.service.clone(),
    }
}

/// The text behind one that was encoded twice; nothing where it was not.
fn decoded(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let bytes: Option<Vec<u8>> = text.chars().map(byte).collect();
    String::from_utf8(bytes?).ok()
}

fn byte(c: char) -> Option<u8> {
    let high = HIGH.iter().position(|other| *other == c);
    match high {
        Some(at) => u8::try_from(at + 0x80).ok(),
        None => u8::try_from(u32::from(c)).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn only_what_was_encoded_twice_changes() {
        assert_eq!(
            decoded("Metastoreâ„¢ API").as_deref(),
            Some("Metastore™ API")
        );
        for text in ["Plain", "Metastore™", "Кластер", "Überfluß", ""] {
            assert_eq!(decoded(text), None, "{text}");
        }
    }
}
