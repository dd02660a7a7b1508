//! Outlines of JSON, in the form that the pages draw.

use crate::model::Message;
use crate::page::{Kind, Row};
use crate::scanner::Spanned;
use indexmap::IndexMap;

/// The messages of a page or a service, by their keys.
pub type Messages = IndexMap<String, Message>;

/// The block of a message: values are the names of their types, what is nested is drawn once, and comments enclose the fields of which only
/// one may be set.
pub fn draw(messages: &Messages, key: &str) -> Option<String> {
    let message = messages.get(key)?;
    let mut drawing = Drawing { messages, inside: Vec::new(), out: String::new() };
    drawing.object(message, 0);
    Some(drawing.out)
}

struct Drawing<'m> {
    messages: &'m Messages,
    inside: Vec<&'m str>,
    out: String,
}

impl<'m> Drawing<'m> {
    fn line(&mut self, depth: usize, text: &str) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n("  ", depth));
        self.out.push_str(text);
    }

    fn object(&mut self, message: &'m Message, depth: usize) {
        self.inside.push(&message.key);
        self.out.push('{');
        let mut open: Option<&Vec<String>> = None;
        let last = message.fields.len().saturating_sub(1);
        for (at, (name, field)) in message.fields.iter().enumerate() {
            let group = message.groups.iter().find(|group| group.contains(name));
            if group != open {
                self.close(open, depth + 1);
                self.open(group, depth + 1);
                open = group;
            }
            self.line(depth + 1, &format!("\"{name}\": "));
            self.value(&field.row, depth + 1);
            if at < last {
                self.out.push(',');
            }
        }
        self.close(open, depth + 1);
        self.line(depth, "}");
        self.inside.pop();
    }

    fn open(&mut self, group: Option<&Vec<String>>, depth: usize) {
        if let Some(group) = group {
            let names = group.join("`, `");
            self.line(depth, &format!("// Includes only one of the fields `{names}`"));
        }
    }

    fn close(&mut self, group: Option<&Vec<String>>, depth: usize) {
        if group.is_some() {
            self.line(depth, "// end of the list of possible fields");
        }
    }

    fn value(&mut self, row: &Row, depth: usize) {
        if !row.repeated {
            self.kind(&row.kind, depth);
            return;
        }
        self.out.push('[');
        self.line(depth + 1, "");
        self.kind(&row.kind, depth + 1);
        self.line(depth, "]");
    }

    fn kind(&mut self, kind: &Kind, depth: usize) {
        let word = match kind {
            Kind::Text(_) | Kind::Enum(..) => "\"string\"",
            Kind::Boolean => "\"boolean\"",
            Kind::Integer => "\"integer\"",
            Kind::Number => "\"number\"",
            Kind::Free | Kind::Map(_) => "\"object\"",
            Kind::Either(kinds) => {
                return match kinds.first() {
                    Some(first) => self.kind(first, depth),
                    None => self.out.push_str("\"object\""),
                };
            }
            Kind::Message(key) => match self.messages.get(key) {
                Some(message)
                    if !self.inside.contains(&message.key.as_str())
                        && !message.fields.is_empty() =>
                {
                    return self.object(message, depth);
                }
                _ => "\"object\"",
            },
        };
        self.out.push_str(word);
    }
}

/// The first line in which a page's block differs from the drawn one, and what it should be.
pub fn difference<'p>(
    page: &'p [Spanned<String>],
    drawn: &str,
) -> Option<(&'p Spanned<String>, String)> {
    let mut expected = drawn.lines().map(str::trim_end);
    for line in page {
        let line_of_tables = expected.next().unwrap_or_default();
        if line_of_tables != line.value {
            return Some((line, line_of_tables.trim().to_owned()));
        }
    }
    let missing = expected.next()?;
    Some((page.last()?, missing.trim().to_owned()))
}
