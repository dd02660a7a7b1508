//! The text of a lock file: sorted, one line for each entry, so that version control merges what is in different lines.

use super::{compact, Lock, VERSION};
use std::fmt::Write as _;
use toml_writer::{TomlStringBuilder, TomlWrite as _};

const HEAD: &str =
    "# Names of this client and what they stand for. Written by `typewright generate`; commit it.\n";

impl Lock {
    /// The text of the file. The same lock has the same text.
    pub fn to_toml(&self) -> String {
        let mut text = format!("{HEAD}version = {VERSION}\n");
        if let Some(grouped) = self.grouped {
            let _ = writeln!(text, "grouped = {grouped}");
        }
        if self.naming.full_operation_ids {
            text += "full-operation-ids = true\n";
        }
        if !self.naming.strip_prefix.is_empty() {
            let _ = writeln!(text, "strip-prefix = {}", list(&self.naming.strip_prefix));
        }
        let names = compact::further_names(self);
        table(&mut text, "names", names.iter().map(|(node, name)| (&**node, quoted(name))));
        let arguments = compact::further_arguments(self);
        let arguments = arguments.iter();
        table(&mut text, "arguments", arguments.map(|(node, order)| (&**node, list(order))));
        let api = compact::lines(&self.api).into_iter();
        table(&mut text, "api", api.map(|(path, columns)| (path, list(&columns))));
        text
    }
}

/// Appends a table with a line for each key; nothing if there are none.
fn table<'k>(text: &mut String, name: &str, entries: impl Iterator<Item = (&'k str, String)>) {
    let mut entries = entries.peekable();
    if entries.peek().is_some() {
        let _ = writeln!(text, "\n[{name}]");
    }
    for (key, value) in entries {
        let _ = writeln!(text, "{} = {value}", quoted(key));
    }
}

fn list<'v>(values: impl IntoIterator<Item = &'v String>) -> String {
    let values: Vec<String> = values.into_iter().map(|value| quoted(value)).collect();
    format!("[{}]", values.join(", "))
}

/// A string of one line, always in double quotes: a line changes only with its entry.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    let _ = quoted.value(TomlStringBuilder::new(text).as_basic());
    quoted
}
