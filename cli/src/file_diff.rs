//! Short diffs between current and generated files.

use crate::canonical_rust::canonical;
use crate::checksum::{is_edited, unstamped};
use crate::paths::slashed;
use similar::TextDiff;
use std::fmt::Write as _;
use std::path::Path;
use typewright::host::output_dir::Change;

/// Maximum number of lines of a file's diff.
const MAX_LINES: usize = 30;
/// Maximum number of files with a diff; of others only the name is printed.
const MAX_FILES: usize = 5;

/// A file that is not what it is generated as, apart from formatting.
#[derive(Debug)]
pub struct Difference<'c> {
    change: &'c Change,
    /// The short diff; empty for a file that would be added or removed.
    lines: Vec<String>,
}

/// The differences apart from formatting. Those of an edited file include its comments.
pub fn differences(changes: &[Change]) -> Vec<Difference<'_>> {
    changes.iter().filter_map(difference).collect()
}

impl Difference<'_> {
    fn is_edit(&self) -> bool {
        self.change.old.as_deref().is_some_and(is_edited)
    }

    /// The whole difference for tools: `path`, `kind` (what generating would do with the file: `added`, `removed` or
    /// `changed`), `edited` (`true` for a file that was edited by hand) and `diff`, in the unified format.
    pub fn json(&self, folder: &Path) -> serde_json::Value {
        let change = self.change;
        let path = slashed(&folder.join(&change.path));
        let kind = match (&change.old, &change.new) {
            (None, _) => "added",
            (_, None) => "removed",
            (Some(_), Some(_)) => "changed",
        };
        let [old, new] = [&change.old, &change.new].map(|text| text.as_deref().unwrap_or_default());
        let side =
            |text: &Option<String>, name: String| text.as_ref().map_or(NO_FILE.into(), |_| name);
        let old_name = side(&change.old, format!("a/{path}"));
        let new_name = side(&change.new, format!("b/{path}"));
        let diff = TextDiff::from_lines(old, new);
        let diff = diff.unified_diff().header(&old_name, &new_name).to_string();
        serde_json::json!({ "path": path, "kind": kind, "edited": self.is_edit(), "diff": diff })
    }
}

/// The name of the side of a unified diff that has no file.
const NO_FILE: &str = "/dev/null";

/// The differences in short, for people.
pub fn summary(folder: &Path, differences: &[Difference<'_>]) -> String {
    let mut text = String::new();
    for (number, difference) in differences.iter().enumerate() {
        let (change, lines) = (difference.change, &difference.lines);
        let path = folder.join(&change.path);
        let state = match (&change.old, &change.new) {
            (None, _) => "is missing",
            (Some(_), _) if difference.is_edit() => "was edited by hand",
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

fn difference(change: &Change) -> Option<Difference<'_>> {
    let edited = change.old.as_deref().is_some_and(is_edited);
    let (old, new) = match (&change.old, &change.new) {
        (Some(old), Some(new)) => (old.as_str(), new.as_str()),
        // of a file that goes with an edit, people want to see what they lose
        (Some(old), None) if edited => (old.as_str(), ""),
        _ => return Some(Difference { change, lines: Vec::new() }),
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
    Some(Difference { change, lines })
}

#[cfg(test)]
mod tests {
    use super::differences;
    use std::path::Path;
    use typewright::host::output_dir::Change;

    fn summary(folder: &Path, changes: &[Change]) -> String {
        super::summary(folder, &differences(changes))
    }

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
    fn tools_get_the_whole_difference() {
        let changes = [
            change(Some("const A: u8 = 1;\n"), Some("const A: u8 = 2;\n")),
            change(None, Some("a\n")),
            change(Some("a\n"), None),
        ];
        let objects: Vec<_> =
            differences(&changes).iter().map(|one| one.json(Path::new("out"))).collect();
        let kinds: Vec<_> = objects.iter().map(|object| &object["kind"]).collect();
        assert_eq!(kinds, ["changed", "added", "removed"]);
        assert_eq!(objects[0]["path"], "out/src/a.rs");
        let diff = "--- a/out/src/a.rs\n+++ b/out/src/a.rs\n@@ -1 +1 @@\n-const A: u8 = 1;\n+const A: u8 = 2;\n";
        assert_eq!(objects[0]["diff"], diff);
        assert_eq!(objects[1]["diff"], "--- /dev/null\n+++ b/out/src/a.rs\n@@ -0,0 +1 @@\n+a\n");
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
