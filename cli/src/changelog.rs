//! A changelog in the form of [Keep a Changelog](https://keepachangelog.com/en/1.1.0/), to which entries are added.

use crate::api_changes::Section;

/// The text of a changelog with more entries in its section `Unreleased`, which is added above all others if it is not the
/// first one. Entries that are in their section already are not repeated; everything else, line ends included, stays as it is.
pub fn with_entries(old: &str, sections: &[Section]) -> String {
    let mut lines: Vec<String> = old.lines().map(str::to_owned).collect();
    if old.trim().is_empty() {
        lines = vec!["# Changelog".to_owned()];
    }
    let start = unreleased(&mut lines);
    for section in sections {
        add(&mut lines, start, section);
    }
    let end_of_line = if old.contains("\r\n") { "\r\n" } else { "\n" };
    lines.join(end_of_line) + end_of_line
}

/// The line of the heading `Unreleased`, which is added if it is not the first heading of its rank.
fn unreleased(lines: &mut Vec<String>) -> usize {
    let first = lines.iter().position(|line| is_version(line));
    let heading = first.and_then(|first| lines.get(first));
    match (first, heading) {
        (Some(first), Some(heading)) if is_unreleased(heading) => return first,
        _ => {}
    }
    let mut start = first.unwrap_or_else(|| end_of_content(lines, 0, lines.len()));
    let follows_text = start.checked_sub(1).and_then(|above| lines.get(above));
    if follows_text.is_some_and(|above| !above.trim().is_empty()) {
        lines.insert(start, String::new());
        start += 1;
    }
    if lines.get(start).is_some_and(|below| !below.trim().is_empty()) {
        lines.insert(start, String::new());
    }
    lines.insert(start, "## Unreleased".to_owned());
    start
}

fn is_version(line: &str) -> bool {
    line.starts_with("## ")
}

/// `true` for `## Unreleased` and `## [Unreleased]`.
fn is_unreleased(heading: &str) -> bool {
    let name = heading.trim_start_matches("## ").trim_start_matches('[');
    name.get(..10).is_some_and(|name| name.eq_ignore_ascii_case("unreleased"))
}

/// Adds entries below the heading of their section in the version whose heading is the line `start`.
fn add(lines: &mut Vec<String>, start: usize, section: &Section) {
    let end = next(lines, start + 1, is_version);
    let heading = format!("### {}", section.title);
    let known = next(lines, start + 1, |line| line.trim_end() == heading);
    let (mut new, at) = if known < end {
        let next_section = next(lines, known + 1, |line| line.starts_with("### ")).min(end);
        (Vec::new(), end_of_content(lines, known + 1, next_section))
    } else {
        (vec![String::new(), heading], end_of_content(lines, start + 1, end))
    };
    let present = lines.get(known..at).unwrap_or_default();
    if present.len() < 2 {
        new.push(String::new());
    }
    let entries = section.entries.iter().map(|entry| entry.trim_end().to_owned());
    new.extend(entries.filter(|entry| !present.iter().any(|line| line.trim_end() == entry)));
    lines.splice(at..at, new);
}

/// The first line from `start` on for which this is so; the number of lines if there is none.
fn next(lines: &[String], start: usize, is_so: impl Fn(&str) -> bool) -> usize {
    let mut rest = lines.iter().skip(start);
    rest.position(|line| is_so(line)).map_or(lines.len(), |offset| start + offset)
}

/// The line after the last one from `start` to `end` that is neither empty nor defines a link, as changelogs do at their end.
fn end_of_content(lines: &[String], start: usize, end: usize) -> usize {
    let is_link = |line: &str| line.starts_with('[') && line.contains("]: ");
    let range = lines.get(start..end).unwrap_or_default();
    let last = range.iter().rposition(|line| !line.trim().is_empty() && !is_link(line));
    last.map_or(start, |last| start + last + 1)
}

#[cfg(test)]
mod tests {
    use super::with_entries;
    use crate::api_changes::Section;

    fn sections() -> Vec<Section> {
        let section = |title, entry: &str| Section { title, entries: vec![format!("- {entry}\n")] };
        vec![section("Added", "operation `list`"), section("Removed", "**Breaking:** type `Pet`")]
    }

    const ADDED: &str = "### Added\n\n- operation `list`\n";
    const REMOVED: &str = "### Removed\n\n- **Breaking:** type `Pet`\n";

    #[test]
    fn a_new_changelog_has_a_title() {
        let expected = format!("# Changelog\n\n## Unreleased\n\n{ADDED}\n{REMOVED}");
        assert_eq!(with_entries("", &sections()), expected);
        assert_eq!(with_entries(" \n", &sections()), expected);
    }

    #[test]
    fn a_section_for_what_is_not_released_comes_first() {
        let old = "# Changelog\n\nAbout it.\n\n## 0.1.0\n\n### Added\n\n- all\n\n[0.1.0]: https://a.example\n";
        let new = format!("# Changelog\n\nAbout it.\n\n## Unreleased\n\n{ADDED}\n{REMOVED}\n## 0.1.0\n\n### Added\n\n- all\n\n[0.1.0]: https://a.example\n");
        assert_eq!(with_entries(old, &sections()), new);
    }

    #[test]
    fn entries_join_those_that_are_there() {
        let old = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- mine,\n  on two lines\n\n### Fixed\n\n- mine\n\n## 0.1.0\n\n### Removed\n\n- all\n";
        let new = format!("# Changelog\n\n## [Unreleased]\n\n### Added\n\n- mine,\n  on two lines\n- operation `list`\n\n### Fixed\n\n- mine\n\n{REMOVED}\n## 0.1.0\n\n### Removed\n\n- all\n");
        assert_eq!(with_entries(old, &sections()), new);
    }

    #[test]
    fn nothing_is_added_twice() {
        for old in [
            "",
            "## Unreleased",
            "## Unreleased\n### Added\n### Removed",
            "text",
            "text\n\n[a]: b\n",
            "## Unreleased\n\n### Added\n\n- b\n\n[unreleased]: https://a.example\n",
        ] {
            let once = with_entries(old, &sections());
            assert_eq!(once.matches("operation `list`").count(), 1, "{once}");
            assert_eq!(with_entries(&once, &sections()), once);
            let headings = once.lines().filter(|line| line.starts_with("## "));
            assert_eq!(headings.count(), 1, "{once}");
        }
    }

    #[test]
    fn links_stay_at_the_end() {
        let old = "## Unreleased\n\n### Added\n\n- b\n\n[unreleased]: https://a.example\n";
        let new = with_entries(old, &sections());
        assert!(new.ends_with("type `Pet`\n\n[unreleased]: https://a.example\n"), "{new}");
    }

    #[test]
    fn line_ends_stay() {
        let old = "# Changelog\r\n\r\n## Unreleased\r\n\r\n### Added\r\n\r\n- mine\r\n";
        let new = with_entries(old, &sections());
        let expected = "# Changelog\n\n## Unreleased\n\n### Added\n\n- mine\n- operation `list`\n\n### Removed\n\n- **Breaking:** type `Pet`\n";
        assert_eq!(new, expected.replace('\n', "\r\n"));
    }
}
