//! Reading of a lock file: strict, since what is misread would rename what callers use.

use super::{compact, ApiItem, Lock, VERSION};
use crate::diagnostics::codes::host as codes;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::source::{FileId, Files};
use std::collections::BTreeMap;
use std::ops::Range;
use toml::de::{DeTable, DeValue};
use toml::Spanned;

/// Lines that version control writes around the two sides of a conflict begin with one of these.
const CONFLICT_MARKS: [&str; 4] = ["<<<<<<<", "=======", ">>>>>>>", "|||||||"];

/// Advice for a lock that cannot be repaired by hand.
const ADVICE: &str = "`typewright generate --update-names` names everything anew";

type Value<'t> = Spanned<DeValue<'t>>;

impl Lock {
    /// Reads a lock file. `None`, after errors with their places, if it is damaged or of a newer version.
    pub fn read(file: FileId, files: &Files, diagnostics: &mut Diagnostics) -> Option<Self> {
        let text = files.get(file).map_or("", |file| &file.text);
        let mut reader = Reader { file, diagnostics, is_sound: true };
        let lock = reader.document(text)?;
        reader.is_sound.then_some(lock)
    }
}

struct Reader<'d> {
    file: FileId,
    diagnostics: &'d mut Diagnostics,
    /// `true` until an error is reported.
    is_sound: bool,
}

impl Reader<'_> {
    fn document(&mut self, text: &str) -> Option<Lock> {
        if let Some(range) = conflict(text) {
            let help = "resolve the conflict: keep one line of each entry";
            return self.report(range, "a mark of a merge conflict", help);
        }
        let document = match DeTable::parse(text) {
            Ok(document) => document.into_inner(),
            Err(error) => {
                let message = error.message().trim_end().replace('\n', "; ");
                let help = match message.contains("duplicate") {
                    true => "keep one line of each entry",
                    false => ADVICE,
                };
                return self.report(error.span().unwrap_or_default(), &message, help);
            }
        };
        self.version(&document)?;
        let mut lock = Lock::default();
        for (key, value) in &document {
            match key.get_ref().as_ref() {
                "version" => {}
                "grouped" => lock.grouped = self.flag(value),
                "full-operation-ids" => {
                    lock.naming.full_operation_ids = self.flag(value).unwrap_or_default();
                }
                "strip-prefix" => {
                    lock.naming.strip_prefix = self.texts(value).unwrap_or_default();
                }
                "names" => lock.names = self.table(value, Self::name),
                "arguments" => lock.arguments = self.table(value, Self::texts),
                "api" => lock.api = self.api(value),
                other => {
                    let message = format!("unknown key `{other}`");
                    self.report::<()>(key.span(), &message, ADVICE);
                }
            }
        }
        let mut names = compact::implied_names(&lock.api);
        names.retain(|_, name| is_identifier(name));
        names.append(&mut lock.names);
        let mut arguments = compact::implied_arguments(&lock.api);
        arguments.append(&mut lock.arguments);
        Some(Lock { names, arguments, ..lock })
    }

    /// Checks the version before anything else, since a newer file may hold anything.
    fn version(&mut self, document: &DeTable<'_>) -> Option<()> {
        let Some(value) = document.get("version") else {
            return self.report(0..0, "`version` is missing", ADVICE);
        };
        let number = value.get_ref().as_integer();
        let number =
            number.and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok());
        match number {
            Some(version) if version > VERSION => {
                let message =
                    format!("the version is {version}, and this release reads up to {VERSION}");
                let place = Place::Span(self.file, value.span());
                self.diagnostics.lost(codes::LOCK_NEWER, place, message, None)
            }
            Some(version) if version >= 0 => Some(()),
            Some(_) | None => self.report(value.span(), "`version` is not a number", ADVICE),
        }
    }

    /// Reads a table with a reader of its values.
    fn table<T>(
        &mut self,
        value: &Value<'_>,
        read: impl Fn(&mut Self, &Value<'_>) -> Option<T>,
    ) -> BTreeMap<String, T> {
        let Some(table) = value.get_ref().as_table() else {
            self.expected::<()>(value, "a table");
            return BTreeMap::new();
        };
        let entries = table.iter().filter_map(|(key, value)| {
            let value = read(self, value)?;
            Some((key.get_ref().as_ref().to_owned(), value))
        });
        entries.collect()
    }

    fn flag(&mut self, value: &Value<'_>) -> Option<bool> {
        value.get_ref().as_bool().or_else(|| self.expected(value, "`true` or `false`"))
    }

    fn text(&mut self, value: &Value<'_>) -> Option<String> {
        match value.get_ref().as_str() {
            Some(text) => Some(text.to_owned()),
            None => self.expected(value, "a string"),
        }
    }

    fn name(&mut self, value: &Value<'_>) -> Option<String> {
        let name = self.text(value)?;
        if is_identifier(&name) {
            return Some(name);
        }
        let message = format!("`{name}` is not an identifier");
        self.report(value.span(), &message, ADVICE)
    }

    fn texts(&mut self, value: &Value<'_>) -> Option<Vec<String>> {
        match value.get_ref().as_array() {
            Some(texts) => texts.iter().map(|text| self.text(text)).collect(),
            None => self.expected(value, "an array of strings"),
        }
    }

    /// Reads the line of an item: kind, node, signature, and parts.
    fn line(&mut self, value: &Value<'_>) -> Option<(ApiItem, Vec<String>)> {
        let mut columns = self.texts(value)?.into_iter();
        match [columns.next(), columns.next(), columns.next()] {
            [Some(kind), Some(node), Some(signature)] => {
                Some((ApiItem { kind, node, signature }, columns.collect()))
            }
            _ => self.expected(value, "an array of at least three strings"),
        }
    }

    fn api(&mut self, value: &Value<'_>) -> BTreeMap<String, ApiItem> {
        let lines = self.table(value, Self::line);
        let mut api = BTreeMap::new();
        for (path, (item, parts)) in lines {
            match compact::items(&path, item, &parts) {
                Some(items) => api.extend(items),
                None => {
                    let message = format!("a part of `{path}` has no name");
                    self.report::<()>(value.span(), &message, ADVICE);
                }
            }
        }
        api
    }

    fn expected<T>(&mut self, value: &Value<'_>, expected: &str) -> Option<T> {
        let message = format!("{expected} is expected here, not {}", value.get_ref().type_str());
        self.report(value.span(), &message, ADVICE)
    }

    fn report<T>(&mut self, range: Range<usize>, message: &str, help: &str) -> Option<T> {
        self.is_sound = false;
        self.diagnostics.record(Diagnostic {
            code: codes::LOCK_INVALID,
            place: Place::Span(self.file, range),
            message: message.to_owned(),
            help: Some(help.to_owned()),
        });
        None
    }
}

/// The first line that marks a side of a merge conflict.
fn conflict(text: &str) -> Option<Range<usize>> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if CONFLICT_MARKS.iter().any(|mark| line.starts_with(mark)) {
            return Some(start..start + line.trim_end().len());
        }
        start += line.len();
    }
    None
}

/// `true` for an identifier that can be written raw. Keywords are names too; `self` and its like are not.
#[expect(clippy::disallowed_methods, reason = "people may edit the file")]
fn is_identifier(text: &str) -> bool {
    syn::parse_str::<syn::Ident>(&format!("r#{text}"))
        .is_ok_and(|ident| ident == text || ident == format!("r#{text}"))
}
