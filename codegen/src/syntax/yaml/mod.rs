//! YAML 1.2, read in one pass over the events of a parser.

mod anchors;
mod scalar;
mod spans;

#[cfg(test)]
mod tests;

pub use spans::{NodeSpan, YamlSpans};

use super::node::{Key, Node, Object, Value};
use super::origin::{FileId, OriginId, OriginTable};
use super::{Parsed, SyntaxError, SyntaxErrorKind, SyntaxWarning, DEEPEST};
use anchors::Anchors;
use granit_parser::{ErrorKind, Event, Marker, Parser, ScalarStyle, ScanError, Span};
use scalar::Tag;
use spans::{ByteRange, SpanId};
use std::borrow::Cow;

/// The key that merges members of other objects into its object (YAML 1.1, and many documents).
const MERGE: &str = "<<";

/// Reads the first document of a YAML text; an empty one is `null`.
///
/// # Errors
/// The first violation of the grammar, and its offset.
pub(super) fn parse(
    text: &str,
    file: FileId,
    table: &mut OriginTable,
) -> Result<Parsed, SyntaxError> {
    let mut reader = Reader::new(text, file, table);
    let is_followed = reader.read(text)?;
    let Reader { table, spans, mut warnings, root, .. } = reader;
    if is_followed {
        warnings.push(SyntaxWarning::SeveralDocuments);
    }
    Ok(Parsed {
        node: root.unwrap_or_else(|| Node::new(table.root(file), Value::Null)),
        warnings,
        spans: Some(spans),
    })
}

/// The spans of a text, and `true` if all of it could be read.
pub(super) fn spans(text: &str) -> (YamlSpans, bool) {
    let mut table = OriginTable::default();
    let mut reader = Reader::new(text, FileId::default(), &mut table);
    let is_complete = reader.read(text).is_ok();
    (reader.spans, is_complete)
}

/// Reads one document.
pub(super) struct Reader<'o> {
    table: &'o mut OriginTable,
    file: FileId,
    spans: YamlSpans,
    frames: Vec<Frame>,
    anchors: Anchors,
    warnings: Vec<SyntaxWarning>,
    root: Option<Node>,
}

/// The start of a value.
struct Start {
    origin: OriginId,
    name: u32,
    entry: SpanId,
}

/// The properties of a YAML node (YAML 1.2, section 6.9).
struct Properties {
    /// The number of its anchor, or 0.
    anchor: usize,
    tag: Tag,
}

impl Properties {
    fn new(anchor: usize, tag: Option<Cow<'_, granit_parser::Tag>>) -> Self {
        let tag = match tag {
            Some(tag) => Tag::new(&format!("{}{}", tag.handle(), tag.suffix())),
            None => Tag::None,
        };
        Self { anchor, tag }
    }
}

impl<'o> Reader<'o> {
    pub fn new(text: &str, file: FileId, table: &'o mut OriginTable) -> Self {
        Self {
            table,
            file,
            spans: YamlSpans::default(),
            frames: Vec::new(),
            anchors: Anchors::new(text),
            warnings: Vec::new(),
            root: None,
        }
    }

    /// Reads the first document; returns `true` if another follows.
    pub fn read(&mut self, text: &str) -> Result<bool, SyntaxError> {
        // as other readers do: no line feed is added to a block that ends the file
        let options = granit_parser::options! {
            block_scalar_eof_without_line_feed: true,
            bom_inside_document_as_content: true,
        };
        let mut parser = Parser::new_from_str_with_options(text, options);
        while let Some(next) = parser.next_event() {
            match next {
                Ok((Event::DocumentEnd, _)) => {
                    let next = parser.next_event();
                    return Ok(!matches!(next, None | Some(Ok((Event::StreamEnd, _)))));
                }
                Ok((event, span)) => {
                    let at = extent(span);
                    let result = self.event(event, at, text);
                    result.map_err(|kind| error(kind, span.start))?;
                }
                Err(error) if self.root.is_some() && is_next_document(&error) => return Ok(true),
                Err(error) => return Err(scan_error(&error)),
            }
        }
        Ok(false)
    }

    fn event(
        &mut self,
        event: Event<'_>,
        at: ByteRange,
        source: &str,
    ) -> Result<(), SyntaxErrorKind> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_plain = matches!(style, ScalarStyle::Plain);
                let text = match is_plain && text == "~" && !ends_with(source, at, '~') {
                    // the parser writes a missing value so
                    true => Cow::Borrowed(""),
                    false => text,
                };
                self.scalar(text, is_plain, Properties::new(anchor, tag), at)
            }
            Event::Alias(anchor) => self.alias(anchor, at),
            Event::SequenceStart(_, anchor, tag) => {
                let items = Content::List(Vec::new());
                self.open(items, Properties::new(anchor, tag), at)
            }
            Event::MappingStart(_, anchor, tag) => {
                let members = Content::Object(Members::default());
                self.open(members, Properties::new(anchor, tag), at)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(at),
            Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(..)
            | Event::DocumentEnd
            | Event::Anchor(..)
            | Event::UnresolvedAlias(_)
            | _ => Ok(()),
        }
    }

    /// `true` if the next node is a key.
    fn expects_key(&self) -> bool {
        let content = self.frames.last().map(|frame| &frame.content);
        matches!(content, Some(Content::Object(members)) if members.key.is_none())
    }

    /// Sets the key of the next value.
    fn key(&mut self, text: &str, at: ByteRange) {
        let number = self.spans.keys.number(text);
        if let Some(Content::Object(members)) = self.frames.last_mut().map(|it| &mut it.content) {
            members.key = Some((number, at));
        }
    }

    /// Starts the next value: a member, an item or the root.
    fn begin(&mut self, at: ByteRange, is_container: bool) -> Start {
        let Some(frame) = self.frames.last_mut() else {
            let entry = self.spans.add(None, 0, None, at, is_container);
            let origin = self.table.root(self.file);
            return Start { origin, name: 0, entry };
        };
        let (name, key) = match &mut frame.content {
            Content::List(items) => (self.spans.keys.index(items.len()), None),
            Content::Object(members) => match members.key.take() {
                Some((name, key)) => (name, Some(key)),
                None => (0, None),
            },
        };
        let parent = Some(frame.entry);
        let entry = self.spans.add(parent, name, key, at, is_container);
        let origin = self.table.child(frame.origin, self.spans.keys.get(name));
        Start { origin, name, entry }
    }

    /// Adds a complete value to its container.
    fn end(&mut self, name: u32, end: u32, node: Node) {
        match self.frames.last_mut() {
            Some(frame) => {
                frame.end = end;
                let key = self.spans.keys.get(name);
                frame.content.add(key, node, &mut self.warnings);
            }
            None => self.root = Some(node),
        }
    }

    fn scalar(
        &mut self,
        text: Cow<'_, str>,
        is_plain: bool,
        properties: Properties,
        at: ByteRange,
    ) -> Result<(), SyntaxErrorKind> {
        let Properties { anchor, tag } = properties;
        let written = (anchor > 0).then(|| text.clone());
        let is_key = self.expects_key();
        if is_key {
            self.key(&text, at);
            if anchor == 0 {
                return Ok(());
            }
        }
        let value = scalar::value(text, is_plain, &tag).map_err(|expected| {
            SyntaxErrorKind::Yaml(format!("expected {expected} because of the tag"))
        })?;
        if is_key {
            let node = Node::new(OriginId::default(), value);
            return self.anchors.store(anchor, &node, written.as_deref());
        }
        let Start { origin, name, .. } = self.begin(at, false);
        self.check_tag(&tag, origin);
        let node = Node::new(origin, value);
        self.anchors.store(anchor, &node, written.as_deref())?;
        self.end(name, at.end, node);
        Ok(())
    }

    fn alias(&mut self, anchor: usize, at: ByteRange) -> Result<(), SyntaxErrorKind> {
        if self.expects_key() {
            let text = self.anchors.text(anchor)?.to_owned();
            self.key(&text, at);
            return Ok(());
        }
        let Start { origin, name, .. } = self.begin(at, false);
        let depth = self.frames.len();
        let keys = &mut self.spans.keys;
        let node = self.anchors.copy(anchor, origin, depth, self.table, keys)?;
        self.end(name, at.end, node);
        Ok(())
    }

    fn open(
        &mut self,
        content: Content,
        properties: Properties,
        at: ByteRange,
    ) -> Result<(), SyntaxErrorKind> {
        if self.expects_key() {
            let container = match content {
                Content::List(_) => "an array",
                Content::Object(_) => "an object",
            };
            return Err(SyntaxErrorKind::Yaml(format!(
                "expected a key that is text, not {container}"
            )));
        }
        if self.frames.len() >= DEEPEST {
            return Err(SyntaxErrorKind::TooDeep);
        }
        let Start { origin, name, entry } = self.begin(at, true);
        self.check_tag(&properties.tag, origin);
        self.frames.push(Frame {
            origin,
            entry,
            name,
            anchor: properties.anchor,
            end: at.end,
            content,
        });
        Ok(())
    }

    /// Ends a container: a block ends with its last value, flow style has a bracket.
    fn close(&mut self, at: ByteRange) -> Result<(), SyntaxErrorKind> {
        let Some(frame) = self.frames.pop() else {
            return Ok(());
        };
        let end = if at.start == at.end { frame.end } else { at.end };
        self.spans.close(frame.entry, end);
        let value = frame.content.finish(&mut self.warnings);
        let node = Node::new(frame.origin, value);
        self.anchors.store(frame.anchor, &node, None)?;
        self.end(frame.name, end, node);
        Ok(())
    }

    fn check_tag(&mut self, tag: &Tag, origin: OriginId) {
        if let Some(name) = tag.foreign_name() {
            self.warnings.push(SyntaxWarning::Tag(origin, name.to_owned()));
        }
    }
}

/// An object or list that is not complete yet.
struct Frame {
    origin: OriginId,
    entry: SpanId,
    /// The number of its key in its parent.
    name: u32,
    /// The number of its anchor, or 0.
    anchor: usize,
    /// The end of its last value.
    end: u32,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Object(Members),
}

#[derive(Default)]
struct Members {
    declared: Object,
    /// The values of merge keys.
    merged: Vec<Node>,
    /// The key whose value is next.
    key: Option<(u32, ByteRange)>,
}

impl Content {
    /// Adds a value.
    fn add(&mut self, key: Key, node: Node, warnings: &mut Vec<SyntaxWarning>) {
        match self {
            Self::List(items) => items.push(node),
            Self::Object(members) if &*key == MERGE => members.merged.push(node),
            Self::Object(members) => {
                let origin = node.origin;
                if members.declared.insert(key, node).is_some() {
                    warnings.push(SyntaxWarning::DuplicateKey(origin));
                }
            }
        }
    }

    /// The complete value.
    fn finish(self, warnings: &mut Vec<SyntaxWarning>) -> Value {
        match self {
            Self::List(items) => Value::List(items),
            Self::Object(mut members) => {
                for merged in members.merged {
                    merge(&mut members.declared, merged, warnings);
                }
                Value::Object(members.declared)
            }
        }
    }
}

/// Adds the members of a merge key's value that the object does not declare.
fn merge(members: &mut Object, merged: Node, warnings: &mut Vec<SyntaxWarning>) {
    for source in merged.into_list() {
        match source.value {
            Value::Object(inherited) => {
                for (key, node) in inherited {
                    members.entry(key).or_insert(node);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::List(_) => {
                warnings.push(SyntaxWarning::MergeKey(source.origin))
            }
        }
    }
}

/// `true` if the text continues after its first document.
fn is_next_document(error: &ScanError) -> bool {
    matches!(error.kind(), ErrorKind::ExpectedDocumentStart | ErrorKind::MisplacedFlowCollectionEnd)
}

fn byte(at: Marker) -> usize {
    at.byte_offset().unwrap_or_else(|| at.index())
}

fn extent(span: Span) -> ByteRange {
    ByteRange::new(byte(span.start), byte(span.end))
}

/// `true` if a part of a text ends with this character.
fn ends_with(source: &str, at: ByteRange, last: char) -> bool {
    let before = source.get(..at.end as usize);
    before.is_some_and(|before| before.ends_with(last))
}

fn error(kind: SyntaxErrorKind, at: Marker) -> SyntaxError {
    SyntaxError { kind, offset: byte(at) }
}

fn scan_error(scan: &ScanError) -> SyntaxError {
    let is_too_deep = matches!(scan.kind(), ErrorKind::RecursionLimitExceeded);
    let kind = match is_too_deep {
        true => SyntaxErrorKind::TooDeep,
        false => SyntaxErrorKind::Yaml(scan.kind().to_string()),
    };
    error(kind, *scan.marker())
}
