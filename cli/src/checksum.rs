//! Checksums in generated files, by which edits by hand are noticed.
//!
//! The second line of a generated file is `// Checksum `, and the beginning of the SHA-256 of the file's other lines in
//! hexadecimal. Layout is not part of it: rustfmt and version control change white space and line ends, rustfmt also adds
//! trailing commas and the braces of blocks, and orders imports differently in each of its editions. None of that is an edit
//! that could be lost, since the next run lays out the file in any case.

use sha2::{Digest, Sha256};
use typewright::HEADER;

const PREFIX: &str = "// Checksum ";

/// Beginnings of the declarations that rustfmt sorts.
const SORTED: [&str; 4] = ["use ", "pub use ", "mod ", "pub mod "];

/// A generated file with its checksum.
pub fn stamped(text: &str) -> String {
    match text.split_once('\n') {
        Some((HEADER, body)) => format!("{HEADER}\n{PREFIX}{}\n{body}", checksum(body)),
        Some(_) | None => text.to_owned(),
    }
}

/// `true` if a file has a checksum that its content does not have.
///
/// Without a checksum it is of an earlier version of the generator, or has a conflict of version control in that line.
pub fn is_edited(text: &str) -> bool {
    stamp(text).is_some_and(|(stamp, body)| stamp != checksum(body))
}

/// A file without its checksum and with the line ends of Unix, for people to compare.
pub fn unstamped(text: &str) -> String {
    let text = match stamp(text) {
        Some((_, body)) => format!("{HEADER}\n{body}"),
        None => text.to_owned(),
    };
    text.replace("\r\n", "\n")
}

/// The checksum that a file states, and what follows it.
fn stamp(text: &str) -> Option<(&str, &str)> {
    let (_, rest) = text.split_once('\n')?;
    let (line, body) = rest.split_once('\n')?;
    Some((line.strip_prefix(PREFIX)?.trim_end(), body))
}

fn checksum(body: &str) -> String {
    let mut words = Vec::new();
    let mut rest = String::with_capacity(body.len());
    let mut is_declaration = false;
    for line in body.lines() {
        is_declaration |= SORTED.iter().any(|beginning| line.trim_start().starts_with(beginning));
        if is_declaration {
            words.extend(line.split([' ', '\t', ',', '{', '}']).filter(|word| !word.is_empty()));
        } else {
            let is_layout =
                |letter: &char| letter.is_whitespace() || matches!(letter, ',' | '{' | '}');
            rest.extend(line.chars().filter(|letter| !is_layout(letter)));
        }
        is_declaration &= !line.trim_end().ends_with(';');
    }
    words.sort_unstable();
    let digest = Sha256::new().chain_update(rest).chain_update(words.join(" ")).finalize();
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::{is_edited, stamped, unstamped};
    use typewright::HEADER;

    const BODY: &str = "\n//! Pets.\n\nmod client;\npub mod types;\n\nuse types::{Dog, dog};\n\npub fn f(a: u8) -> u8 {\n    g(|b| b, a)\n}\n";

    fn file() -> String {
        stamped(&format!("{HEADER}\n{BODY}"))
    }

    #[test]
    fn the_second_line_is_the_checksum() {
        let file = file();
        let lines: Vec<_> = file.lines().take(3).collect();
        // of this text in every version: a change would make all files look edited
        assert_eq!(lines, [HEADER, "// Checksum 344f774307937bf8", ""]);
        assert_eq!(unstamped(&file.replace('\n', "\r\n")), format!("{HEADER}\n{BODY}"));
        assert!(!is_edited(&file));
        assert_eq!(stamped("fn f() {}\n"), "fn f() {}\n");
    }

    #[test]
    fn layout_is_no_edit() {
        let laid_out = "\n//! Pets.\npub mod types;\nmod client;\nuse types::{\n\tdog,\n\tDog,\n};\npub fn f(\n\ta: u8,\n) -> u8 {\n\tg(|b| { b }, a)\n}";
        let file = file().replace(BODY, laid_out);
        assert!(!is_edited(&file));
        assert!(!is_edited(&file.replace('\n', "\r\n")));
    }

    #[test]
    fn a_word_a_number_a_comment_and_an_order_are_edits() {
        let file = file();
        for (old, new) in [
            ("Pets", "Dogs"),
            ("u8", "u16"),
            ("g(", "// later\n    g("),
            ("|b| b, a", "a, |b| b"),
            ("mod client;", "pub mod client;"),
            ("use types::{Dog, dog};\n", ""),
        ] {
            assert!(is_edited(&file.replace(old, new)), "{old} → {new}");
        }
        assert!(is_edited(&(file.clone() + "fn mine() {}\n")));
    }
}
