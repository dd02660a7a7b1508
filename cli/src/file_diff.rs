//! Short diffs between current and generated files.

use crate::canonical_rust::canonical;
use crate::checksum::{is_edited, unstamped};
use similar::TextDiff;
use std::fmt::Write as _;
use std::path::Path;
use typewright::host::output_dir::Change;

/// Maximum number of lines of a file's diff.
const MAX_LINES: usize = 30;
/// Maximum number of files with a diff; of others only the name is printed.
const MAX_FILES: usize = 5;

/// The differences apart from formatting; empty if there are none. Those of an edited file include its comments.
pub fn summary(folder: &Path, changes: &[Change]) -> String {
    let differences: Vec<_> = changes.iter().filter_map(difference).collect();
    let mut text = String::new();
    for (number, (change, lines)) in differences.iter().enumerate() {
        let path = folder.join(&change.path);
        let state = match (&change.old, &change.new) {
            (None, _) => "is missing",
            (Some(old), _) if is_edited(old) => "was edited by hand",
            (_, None) => "is no longer generated",
            (Some(_), Some(_)) => "is not current",
        };
        let _ = writeln!(text, "{} {state}", path.display());
        if number < MAX_FILES {
            lines.iter().take(MAX_LINES).for_each(|line| text.push_str(line));
            let more = lines.len().saturating_sub(MAX_LINES);
            if more > 0 {
                let _ = writeln!(text, "… {more} more lines");
            }
        }
    }
    text
}

fn difference(change: &Change) -> Option<(&Change, Vec<String>)> {
    let edited = change.old.as_deref().is_some_and(is_edited);
    let (old, new) = match (&change.old, &change.new) {
        (Some(old), Some(new)) => (old.as_str(), new.as_str()),
        // of a file that goes with an edit, people want to see what they lose
        (Some(old), None) if edited => (old.as_str(), ""),
        _ => return Some((change, Vec::new())),
    };
    let form = if edited || !change.path.ends_with(".rs") { unstamped } else { canonical };
    let (old, new) = (form(old), form(new));
    if old == new {
        return None;
    }
    let diff = TextDiff::from_lines(&old, &new);
    let hunks = diff.unified_diff().context_radius(2).to_string();
    let mut lines: Vec<_> = hunks.lines().map(|line| format!("{line}\n")).collect();
    if lines.is_empty() {
        lines.push("the end of the file\n".into());
    }
    Some((change, lines))
}

#[cfg(test)]
mod tests {
    use super::summary;
    use std::path::Path;
    use typewright::host::output_dir::Change;

    fn change(old: Option<&str>, new: Option<&str>) -> Change {
        Change { path: "src/a.rs".into(), old: old.map(str::to_owned), new: new.map(str::to_owned) }
    }

    #[test]
    fn formatting_alone_is_no_difference() {
        let changes = [change(Some("fn a(){}"), Some("fn a() {}\n"))];
        assert_eq!(summary(Path::new("out"), &changes), "");
    }

    #[test]
    fn a_difference_is_shown_with_two_lines_around() {
        let changes = [
            change(Some("const A: u8 = 1;"), Some("const A: u8 = 2;")),
            change(None, Some("")),
            change(Some(""), None),
        ];
        let text = summary(Path::new("out"), &changes);
        assert!(text.contains("out/src/a.rs is not current"), "{text}");
        assert!(text.contains("-const A: u8 = 1;\n+const A: u8 = 2;\n"), "{text}");
        assert!(text.contains("is missing") && text.contains("is no longer generated"));
    }

    #[test]
    fn long_differences_are_cut() {
        let long: String = (0..900).map(|n| format!("const A{n}: u8 = 1;\n")).collect();
        let changes = [change(Some(""), Some(&long))];
        let text = summary(Path::new("out"), &changes);
        assert!(text.lines().count() < 40, "{text}");
        assert!(text.contains("more lines"), "{text}");
    }
}
