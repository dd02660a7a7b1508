//! The events of a YAML text, one after the other, to values and their spots.

use super::super::node::{Node, Value};
use super::super::oddities::Oddity;
use super::super::origin::{OriginId, OriginTable};
use super::super::outline::{EntryId, Extent, Outline};
use super::super::FileId;
use super::anchors::Anchors;
use super::frame::{Content, Frame, Members};
use super::scalar::{self, Tag};
use super::{Failure, Fault, Parsed};
use granit_parser::{ErrorKind, Event, Marker, Parser, ScalarStyle, ScanError, Span};
use std::borrow::Cow;

/// How many objects and lists may stand in one another: what comes after reading goes through them by recursion.
pub(super) const DEEPEST: usize = 128;

/// Reads one document.
pub(super) struct Reader<'o> {
    table: &'o mut OriginTable,
    file: FileId,
    outline: Outline,
    frames: Vec<Frame>,
    anchors: Anchors,
    oddities: Vec<Oddity>,
    root: Option<Node>,
}

/// A value that begins.
struct Begun {
    origin: OriginId,
    name: u32,
    entry: EntryId,
}

/// What stands before a value.
struct Marks {
    /// The number of its anchor, or 0.
    anchor: usize,
    tag: Tag,
}

impl Marks {
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
            outline: Outline::default(),
            frames: Vec::new(),
            anchors: Anchors::new(text),
            oddities: Vec::new(),
            root: None,
        }
    }

    /// What was read; a file that says nothing is `null`.
    pub fn parsed(self, more: bool) -> Parsed {
        let (table, file) = (self.table, self.file);
        let root = self.root;
        Parsed {
            node: root.unwrap_or_else(|| Node::new(table.root(file), Value::Null)),
            oddities: self.oddities,
            more,
            outline: self.outline,
        }
    }

    /// Reads the first document; says whether anything follows it.
    pub fn read(&mut self, text: &str) -> Result<bool, Failure> {
        // what other readers do, too: no line feed is added to a block that the file ends in
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
                    let failed = |fault| Failure::new(fault, span.start);
                    self.event(event, at, text).map_err(failed)?;
                }
                Err(error) if self.root.is_some() && is_another(&error) => return Ok(true),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(false)
    }

    fn event(&mut self, event: Event<'_>, at: Extent, source: &str) -> Result<(), Fault> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_plain = matches!(style, ScalarStyle::Plain);
                let text = match is_plain && text == "~" && !ends_with(source, at, '~') {
                    // the parser's word for what is not there
                    true => Cow::Borrowed(""),
                    false => text,
                };
                self.scalar(text, is_plain, Marks::new(anchor, tag), at)
            }
            Event::Alias(anchor) => self.alias(anchor, at),
            Event::SequenceStart(_, anchor, tag) => {
                let items = Content::List(Vec::new());
                self.open(items, Marks::new(anchor, tag), at)
            }
            Event::MappingStart(_, anchor, tag) => {
                let members = Content::Object(Members::default());
                self.open(members, Marks::new(anchor, tag), at)
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

    /// Whether what comes next is a key.
    fn wants_key(&self) -> bool {
        let content = self.frames.last().map(|frame| &frame.content);
        matches!(content, Some(Content::Object(members)) if members.key.is_none())
    }

    /// Takes a key whose value comes next.
    fn key(&mut self, text: &str, at: Extent) {
        let number = self.outline.keys.number(text);
        if let Some(Content::Object(members)) = self.frames.last_mut().map(|it| &mut it.content) {
            members.key = Some((number, at));
        }
    }

    /// Begins the value that comes next: a member, an item or the root.
    fn begin(&mut self, at: Extent, container: bool) -> Begun {
        let Some(frame) = self.frames.last_mut() else {
            let entry = self.outline.add(None, (0, None), at, container);
            let origin = self.table.root(self.file);
            return Begun {
                origin,
                name: 0,
                entry,
            };
        };
        let (name, key) = match &mut frame.content {
            Content::List(items) => (self.outline.keys.item(items.len()), None),
            Content::Object(members) => match members.key.take() {
                Some((name, key)) => (name, Some(key)),
                None => (0, None),
            },
        };
        let parent = Some(frame.entry);
        let entry = self.outline.add(parent, (name, key), at, container);
        let origin = self.table.child(frame.origin, self.outline.keys.get(name));
        Begun {
            origin,
            name,
            entry,
        }
    }

    /// Puts a complete value where it belongs.
    fn end(&mut self, name: u32, end: u32, node: Node) {
        match self.frames.last_mut() {
            Some(frame) => {
                frame.end = end;
                let key = self.outline.keys.get(name);
                frame.content.put(key, node, &mut self.oddities);
            }
            None => self.root = Some(node),
        }
    }

    fn scalar(
        &mut self,
        text: Cow<'_, str>,
        is_plain: bool,
        marks: Marks,
        at: Extent,
    ) -> Result<(), Fault> {
        let Marks { anchor, tag } = marks;
        let written = (anchor > 0).then(|| text.clone());
        let is_key = self.wants_key();
        if is_key {
            self.key(&text, at);
            if anchor == 0 {
                return Ok(());
            }
        }
        let value = scalar::value(text, is_plain, &tag)
            .map_err(|wanted| Fault::Syntax(format!("expected {wanted}, as its tag says")))?;
        if is_key {
            let node = Node::new(OriginId::default(), value);
            return self.anchors.keep(anchor, &node, written.as_deref());
        }
        let Begun { origin, name, .. } = self.begin(at, false);
        self.foreign(&tag, origin);
        let node = Node::new(origin, value);
        self.anchors.keep(anchor, &node, written.as_deref())?;
        self.end(name, at.end, node);
        Ok(())
    }

    fn alias(&mut self, anchor: usize, at: Extent) -> Result<(), Fault> {
        if self.wants_key() {
            let text = self.anchors.text(anchor)?.to_owned();
            self.key(&text, at);
            return Ok(());
        }
        let Begun { origin, name, .. } = self.begin(at, false);
        let place = (origin, self.frames.len());
        let keys = &mut self.outline.keys;
        let node = self.anchors.copy(anchor, place, self.table, keys)?;
        self.end(name, at.end, node);
        Ok(())
    }

    fn open(&mut self, content: Content, marks: Marks, at: Extent) -> Result<(), Fault> {
        if self.wants_key() {
            let what = match content {
                Content::List(_) => "an array",
                Content::Object(_) => "an object",
            };
            return Err(Fault::Syntax(format!(
                "expected a key that is text, not {what}"
            )));
        }
        if self.frames.len() >= DEEPEST {
            return Err(Fault::TooDeep);
        }
        let Begun {
            origin,
            name,
            entry,
        } = self.begin(at, true);
        self.foreign(&marks.tag, origin);
        self.frames.push(Frame {
            origin,
            entry,
            name,
            anchor: marks.anchor,
            end: at.end,
            content,
        });
        Ok(())
    }

    /// Ends a container where its last value ends; flow style says so itself.
    fn close(&mut self, at: Extent) -> Result<(), Fault> {
        let Some(frame) = self.frames.pop() else {
            return Ok(());
        };
        let end = if at.start == at.end {
            frame.end
        } else {
            at.end
        };
        self.outline.close(frame.entry, end);
        let value = frame.content.done(&mut self.oddities);
        let node = Node::new(frame.origin, value);
        self.anchors.keep(frame.anchor, &node, None)?;
        self.end(frame.name, end, node);
        Ok(())
    }

    fn foreign(&mut self, tag: &Tag, origin: OriginId) {
        if let Some(name) = tag.foreign() {
            self.oddities.push(Oddity::Tag(origin, name.to_owned()));
        }
    }
}

/// Whether the text goes on after the end of its first document.
fn is_another(error: &ScanError) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ExpectedDocumentStart | ErrorKind::MisplacedFlowCollectionEnd
    )
}

fn byte(at: Marker) -> usize {
    at.byte_offset().unwrap_or_else(|| at.index())
}

fn extent(span: Span) -> Extent {
    Extent::new(byte(span.start), byte(span.end))
}

/// Whether a part of a text has this as its last character.
fn ends_with(source: &str, at: Extent, last: char) -> bool {
    let before = source.get(..at.end as usize);
    before.is_some_and(|before| before.ends_with(last))
}

impl Failure {
    fn new(fault: Fault, at: Marker) -> Self {
        Self {
            fault,
            at: byte(at),
        }
    }
}

impl From<ScanError> for Failure {
    fn from(error: ScanError) -> Self {
        let is_deep = matches!(error.kind(), ErrorKind::RecursionLimitExceeded);
        let fault = match is_deep {
            true => Fault::TooDeep,
            false => Fault::Syntax(error.kind().to_string()),
        };
        Self::new(fault, *error.marker())
    }
}
