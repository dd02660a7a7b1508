//! Line wrapping.

/// Stands for a space that cannot become a line break.
pub(super) const FIRM_SPACE: char = '\0';
/// Stands for a line break that must stay.
pub(super) const HARD_BREAK: char = '\n';

/// Maximum width: 100 columns without the indentation of a member and the slashes.
pub(super) const WIDTH: usize = 92;
/// Minimum width of a paragraph, at any indentation.
const NARROWEST: usize = 40;

/// Wraps a paragraph indented by `indent` columns. Words that would start a block at the beginning of a line are
/// escaped.
pub(super) fn wrap(paragraph: &str, indent: usize) -> Vec<String> {
    let width = WIDTH.saturating_sub(indent).max(NARROWEST);
    let mut lines: Vec<String> = Vec::new();
    for forced in paragraph.split(HARD_BREAK) {
        let mut words = forced.split(' ').filter(|word| !word.is_empty());
        let Some(first) = words.next() else { continue };
        if let Some(last) = lines.last_mut() {
            last.push('\\');
        }
        let mut line = starting(first);
        let mut taken = line.chars().count();
        for word in words {
            let length = word.chars().count();
            if taken + 1 + length > width {
                lines.push(std::mem::replace(&mut line, starting(word)));
                taken = line.chars().count();
            } else {
                line.push(' ');
                line.push_str(word);
                taken += 1 + length;
            }
        }
        lines.push(line);
    }
    if paragraph.contains(FIRM_SPACE) {
        lines.iter_mut().for_each(|line| *line = soften(line));
    }
    lines
}

/// Joins the text of a heading or table cell into one line.
pub(super) fn flatten(text: &str) -> String {
    let spaced = text.replace(HARD_BREAK, " ");
    let words: Vec<_> = spaced.split(' ').filter(|word| !word.is_empty()).collect();
    soften(&words.join(" "))
}

fn soften(line: &str) -> String {
    line.replace(FIRM_SPACE, " ")
}

/// Escapes a word at the start of a line.
fn starting(word: &str) -> String {
    if let Some(number) = word.strip_suffix(['.', ')']) {
        let digits = number.bytes().all(|byte| byte.is_ascii_digit());
        if digits && !number.is_empty() && number.len() < 10 {
            let (_, mark) = word.split_at(number.len());
            return format!("{number}\\{mark}");
        }
    }
    let marks = |character| "-+=#|:*_".contains(character);
    if word.chars().all(marks) || word.starts_with(['>', '|']) || word.starts_with("~~~") {
        return format!("\\{word}");
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn words_that_would_start_a_block_are_escaped() {
        for (word, escaped) in [
            ("-", "\\-"),
            ("1.", "1\\."),
            ("12)", "12\\)"),
            ("===", "\\==="),
            (">x", "\\>x"),
            ("|a", "\\|a"),
            ("#", "\\#"),
            ("#1", "#1"),
            ("-5", "-5"),
            ("1.5", "1.5"),
        ] {
            assert_eq!(wrap(word, 0), [escaped]);
        }
    }

    #[test]
    fn long_words_are_untouched() {
        let word = "x".repeat(300);
        assert_eq!(wrap(&format!("a {word} b"), 0), ["a", &word, "b"]);
    }

    #[test]
    fn lines_stay_below_the_width() {
        let lines = wrap(&"слово ".repeat(200), 10);
        assert!(lines.iter().all(|line| line.chars().count() <= 82));
        assert_eq!(lines.join(" "), "слово ".repeat(200).trim());
    }
}
