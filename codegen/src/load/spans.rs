//! From JSON pointers to byte ranges of the text: made only when a finding is shown or a number's own text is needed.

use super::members::Member;
use saphyr_parser::{Event, Parser, Span};
use std::ops::Range;

/// Where a member or item stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Its key, where it has one.
    pub key: Option<Range<usize>>,
    /// Its value.
    pub value: Range<usize>,
    /// Whether the value is an object or array.
    pub container: bool,
}

/// The spots of one file.
///
/// An event parser has to read a document in JSON whole before it hands out the first event: there, only the levels are
/// read that lead to what is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spans {
    /// Of JSON.
    Tree(Box<Member>),
    /// Of YAML, and of what is not quite JSON: all of them, each after what holds it.
    Index(Vec<Entry>),
}

/// A spot with its name, and the numbers of those in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    spot: Spot,
    name: String,
    children: Vec<usize>,
}

impl Spans {
    /// Reads a text, as far as it can be read.
    pub fn new(text: &str) -> Self {
        match Member::root(text) {
            Some(root) => Self::Tree(Box::new(root)),
            None => Self::Index(index(text)),
        }
    }

    /// The spot of a pointer into the `text`, and whether it is exactly that one rather than its nearest ancestor.
    pub fn find<'a>(
        &self,
        text: &str,
        steps: impl IntoIterator<Item = &'a str>,
    ) -> Option<(&Spot, bool)> {
        let mut steps = steps.into_iter();
        match self {
            Self::Tree(root) => {
                let mut member = &**root;
                let gone = steps.any(|step| match member.get(step, text) {
                    Some(inner) => {
                        member = inner;
                        false
                    }
                    None => true,
                });
                Some((&member.spot, !gone))
            }
            Self::Index(entries) => {
                let mut entry = entries.first()?;
                let gone = steps.any(|step| match child(entries, entry, step) {
                    Some(inner) => {
                        entry = inner;
                        false
                    }
                    None => true,
                });
                Some((&entry.spot, !gone))
            }
        }
    }
}

fn child<'e>(entries: &'e [Entry], parent: &Entry, name: &str) -> Option<&'e Entry> {
    let children = parent.children.iter().rev();
    children
        .filter_map(|child| entries.get(*child))
        .find(|child| child.name == name)
}

/// Reads the events of a text. What is nearly JSON is read as the YAML that it nearly is.
fn index(text: &str) -> Vec<Entry> {
    let cleaned = cleaned(text);
    let mut reader = Reader::new(&cleaned);
    let complete = reader.read(&cleaned);
    if !complete && cleaned.contains('\t') {
        let spaced = super::parse::without_tabs(&cleaned);
        let mut again = Reader::new(&spaced);
        again.read(&spaced);
        return again.spots;
    }
    reader.spots
}

/// The text with what YAML refuses and JSON allows blanked out, at the same length: halves of surrogate pairs.
fn cleaned(text: &str) -> String {
    let mut cleaned = text.to_owned();
    for half in ["\\ud", "\\uD"] {
        for (at, _) in text.match_indices(half) {
            let surrogate = text
                .get(at + 3..at + 4)
                .is_some_and(|digit| "89abcdefABCDEF".contains(digit));
            if surrogate && text.is_char_boundary(at + 6) {
                cleaned.replace_range(at..at + 6, "______");
            }
        }
    }
    cleaned
}

/// An object or array that is being read.
struct Frame {
    spot: usize,
    object: bool,
    key: Option<(String, Range<usize>)>,
    items: usize,
}

/// Byte offsets of characters, of every so manyth: a table of all takes several times the text.
struct Offsets<'t> {
    text: &'t str,
    /// None where each character is a byte.
    marks: Vec<usize>,
}

/// The characters from one mark to the next.
const STRIDE: usize = 64;

impl<'t> Offsets<'t> {
    fn new(text: &'t str) -> Self {
        let marks = match text.is_ascii() {
            true => Vec::new(),
            false => text
                .char_indices()
                .step_by(STRIDE)
                .map(|(at, _)| at)
                .collect(),
        };
        Self { text, marks }
    }

    /// Where a character begins; the end of the text beyond its last.
    fn byte(&self, character: usize) -> usize {
        let end = self.text.len();
        if self.marks.is_empty() {
            return character.min(end);
        }
        let Some(mark) = self.marks.get(character / STRIDE) else {
            return end;
        };
        let mut rest = self.text.get(*mark..).unwrap_or_default().char_indices();
        rest.nth(character % STRIDE)
            .map_or(end, |(at, _)| mark + at)
    }
}

struct Reader<'t> {
    spots: Vec<Entry>,
    frames: Vec<Frame>,
    offsets: Offsets<'t>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            spots: Vec::new(),
            frames: Vec::new(),
            offsets: Offsets::new(text),
        }
    }

    /// Reads the first document; says whether it was read to its end.
    fn read(&mut self, text: &str) -> bool {
        let mut parser = Parser::new_from_str(text);
        while let Some(next) = parser.next_event() {
            let Ok((event, span)) = next else {
                return false;
            };
            let range = self.bytes(span);
            match event {
                Event::Scalar(value, ..) => self.scalar(&value, range),
                Event::Alias(_) => self.scalar("", range),
                Event::MappingStart(..) => self.open(true, range),
                Event::SequenceStart(..) => self.open(false, range),
                Event::MappingEnd | Event::SequenceEnd => self.close(&range),
                Event::DocumentEnd | Event::StreamEnd => return true,
                Event::Nothing | Event::StreamStart | Event::DocumentStart(_) => {}
            }
        }
        true
    }

    fn bytes(&self, span: Span) -> Range<usize> {
        self.offsets.byte(span.start.index())..self.offsets.byte(span.end.index())
    }

    fn scalar(&mut self, text: &str, range: Range<usize>) {
        if let Some(frame) = self.frames.last_mut() {
            if frame.object && frame.key.is_none() {
                frame.key = Some((text.to_owned(), range));
                return;
            }
        }
        self.add(range, false);
    }

    /// Adds the value that comes next, to its parent if it has one.
    fn add(&mut self, value: Range<usize>, container: bool) -> usize {
        let index = self.spots.len();
        let mut name = String::new();
        let mut key = None;
        if let Some(frame) = self.frames.last_mut() {
            if !frame.object {
                name = frame.items.to_string();
                frame.items += 1;
            } else if let Some((text, range)) = frame.key.take() {
                name = text;
                key = Some(range);
            }
            if let Some(parent) = self.spots.get_mut(frame.spot) {
                parent.children.push(index);
            }
        }
        let spot = Spot {
            key,
            value,
            container,
        };
        self.spots.push(Entry {
            spot,
            name,
            children: Vec::new(),
        });
        index
    }

    fn open(&mut self, object: bool, range: Range<usize>) {
        let spot = self.add(range, true);
        self.frames.push(Frame {
            spot,
            object,
            key: None,
            items: 0,
        });
    }

    /// Ends a container where its last value ends; flow style says so itself.
    fn close(&mut self, range: &Range<usize>) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        let Some(spot) = self.spots.get(frame.spot) else {
            return;
        };
        let last = spot
            .children
            .last()
            .and_then(|child| self.spots.get(*child))
            .map(|child| child.spot.value.end);
        let end = if range.is_empty() {
            last.unwrap_or(spot.spot.value.end)
        } else {
            range.end
        };
        if let Some(Entry { spot, .. }) = self.spots.get_mut(frame.spot) {
            spot.value.end = end.max(spot.value.start);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Spans;

    fn shown<'t>(text: &'t str, steps: &[&str]) -> (Option<&'t str>, &'t str, bool) {
        let spans = Spans::new(text);
        let (spot, exact) = spans.find(text, steps.iter().copied()).unwrap();
        (
            spot.key.clone().map(|key| &text[key]),
            &text[spot.value.clone()],
            exact,
        )
    }

    #[test]
    fn yaml_is_found_in_every_style() {
        let text = "a:\r\n  - x: 1.10\r\n  - {\"ключ\": 'да', z: [1]}\r\nb: last\r\n";
        assert_eq!(shown(text, &["a", "0", "x"]), (Some("x"), "1.10", true));
        assert_eq!(
            shown(text, &["a", "1", "ключ"]),
            (Some("\"ключ\""), "'да'", true)
        );
        assert_eq!(
            shown(text, &["a", "1"]),
            (None, "{\"ключ\": 'да', z: [1]}", true)
        );
        assert_eq!(shown(text, &["b"]), (Some("b"), "last", true));
        assert_eq!(shown(text, &["b", "c"]), (Some("b"), "last", false));
    }

    #[test]
    fn json_is_found_with_surrogates_slashes_and_tabs() {
        let text = "{\n\t\"a\\/b\": \"\\ud83d\\ude00\",\n\t\"c\": [true,\n\t\tnull]\n}";
        assert_eq!(shown(text, &["c", "1"]), (None, "null", true));
        assert_eq!(shown(text, &["a/b"]).0, Some("\"a\\/b\""));
        let text = "\r\n[ {\"ж\": {}, \"ж\" : {\"b\": -1e5 } }, \"\\ud83d\"]\n";
        assert_eq!(shown(text, &["0", "ж", "b"]), (Some("\"b\""), "-1e5", true));
        assert_eq!(shown(text, &["0", "ж", "c", "d"]).0, Some("\"ж\""));
        assert_eq!(shown(text, &["1"]), (None, "\"\\ud83d\"", true));
        assert!(matches!(Spans::new(text), Spans::Tree(_)));
        let nearly = "{\"a\": 1, \"b\": [2,],}";
        assert_eq!(shown(nearly, &["b", "0"]), (None, "2", true));
    }

    #[test]
    fn what_cannot_be_read_is_found_as_far_as_it_goes() {
        let text = "a: 1\nb: [1, 2\nc: 3";
        assert_eq!(shown(text, &["a"]), (Some("a"), "1", true));
        assert!(Spans::new("")
            .find("", ["a"])
            .is_none_or(|(_, exact)| !exact));
    }

    #[test]
    fn characters_of_several_bytes_are_counted_as_one() {
        let long = "ж".repeat(200);
        let text = format!("a: {long}\n{long}: {{b: 日本}}\nlast: é\n");
        assert_eq!(shown(&text, &["a"]), (Some("a"), long.as_str(), true));
        assert_eq!(shown(&text, &[&long, "b"]), (Some("b"), "日本", true));
        assert_eq!(shown(&text, &["last"]), (Some("last"), "é", true));
    }

    #[test]
    fn the_last_of_equal_keys_is_meant() {
        assert_eq!(shown("a: 1\na: 2\n", &["a"]).1, "2");
    }
}
