//! The containers that are open while a text is written: quotes, lists and their items.

use std::mem;

/// Containers that stand deeper than this are passed over; their contents stay.
const DEEPEST: usize = 8;

/// What a container is.
#[derive(Debug, Default)]
pub(super) enum Kind {
    /// The whole text, or a container that is passed over.
    #[default]
    Plain,
    /// A quotation.
    Quote,
    /// A list; ordered where it has a next number.
    List {
        next: Option<u64>,
        mark: char,
        items: Vec<Vec<String>>,
    },
    /// An item of a list, with what its first line starts with.
    Item { marker: String },
}

/// What the last lines of a container are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Last {
    /// A block that nothing runs into.
    #[default]
    Block,
    /// A paragraph of a tight item.
    Text,
    /// A list whose items have this mark.
    List(char),
}

#[derive(Debug, Default)]
struct Frame {
    kind: Kind,
    /// How many columns its lines will be moved to the right, by it and by what it stands in.
    indent: usize,
    lines: Vec<String>,
    last: Last,
    /// Whether blank lines stand between the items of the list.
    loose: bool,
}

/// The open containers, the innermost last, within the whole text.
#[derive(Debug, Default)]
pub(super) struct Frames {
    root: Frame,
    open: Vec<Frame>,
}

impl Frames {
    fn top(&mut self) -> &mut Frame {
        self.open.last_mut().unwrap_or(&mut self.root)
    }

    /// The column at which lines start.
    pub(super) fn indent(&mut self) -> usize {
        self.top().indent
    }

    /// Says that paragraphs stand in the innermost container, so that blank lines separate the items around it.
    pub(super) fn loosen(&mut self) {
        self.top().loose = true;
    }

    /// Adds a paragraph.
    pub(super) fn text(&mut self, lines: Vec<String>) {
        if !lines.is_empty() {
            self.block(lines);
            let top = self.top();
            top.last = if top.loose { Last::Block } else { Last::Text };
        }
    }

    /// Adds a block, after a blank line.
    pub(super) fn block(&mut self, lines: Vec<String>) {
        self.add(lines, true);
    }

    fn add(&mut self, lines: Vec<String>, blank: bool) {
        let top = self.top();
        if lines.is_empty() {
            return;
        }
        if !top.lines.is_empty() && blank {
            top.lines.push(String::new());
        }
        top.lines.extend(lines);
        top.last = Last::Block;
    }

    /// Opens a list, ordered where it has a first number.
    pub(super) fn enter_list(&mut self, first: Option<u64>) {
        let (usual, other) = if first.is_some() {
            ('.', ')')
        } else {
            ('-', '*')
        };
        // The items of two lists in a row would be one list's if they had the same mark.
        let mark = if self.top().last == Last::List(usual) {
            other
        } else {
            usual
        };
        let items = Vec::new();
        self.enter(Kind::List {
            next: first,
            mark,
            items,
        });
    }

    /// Opens a container.
    pub(super) fn enter(&mut self, kind: Kind) {
        let kind = if self.open.len() < DEEPEST {
            kind
        } else {
            Kind::Plain
        };
        let width = match &kind {
            Kind::Plain | Kind::List { .. } => 0,
            Kind::Quote => 2,
            Kind::Item { marker } => marker.len(),
        };
        let indent = self.indent() + width;
        self.open.push(Frame {
            kind,
            indent,
            ..Frame::default()
        });
    }

    /// Opens an item of the innermost list.
    pub(super) fn enter_item(&mut self) {
        let marker = match &mut self.top().kind {
            Kind::List {
                next: Some(number),
                mark,
                ..
            } => {
                let marker = format!("{number}{mark} ");
                *number = number.saturating_add(1);
                marker
            }
            Kind::List {
                next: None, mark, ..
            } => format!("{mark} "),
            Kind::Plain | Kind::Quote | Kind::Item { .. } => return self.enter(Kind::Plain),
        };
        self.enter(Kind::Item { marker });
    }

    /// Closes the innermost container.
    pub(super) fn leave(&mut self) {
        let Some(frame) = self.open.pop() else { return };
        match frame.kind {
            Kind::Plain => self.block(frame.lines),
            Kind::Quote => self.block(prefixed(frame.lines, "> ", "> ")),
            Kind::List { next, mark, items } => {
                let count = u64::try_from(items.len()).unwrap_or_default();
                // Only a list that starts with 1 can follow a line of text immediately.
                let may_follow = next.is_none_or(|next| next == count + 1);
                let blank = !(self.top().last == Last::Text && may_follow);
                self.add(joined(items, frame.loose), blank);
                if count > 0 {
                    self.top().last = Last::List(mark);
                }
            }
            Kind::Item { marker } => self.leave_item(&marker, frame.lines, frame.loose),
        }
    }

    fn leave_item(&mut self, marker: &str, lines: Vec<String>, is_loose: bool) {
        let rest = " ".repeat(marker.len());
        let list = self.top();
        if let Kind::List { items, .. } = &mut list.kind {
            if !lines.is_empty() {
                items.push(prefixed(lines, marker, &rest));
                list.loose |= is_loose;
            }
        }
    }

    /// All the lines, with everything closed.
    pub(super) fn finish(mut self) -> Vec<String> {
        while !self.open.is_empty() {
            self.leave();
        }
        mem::take(&mut self.root.lines)
    }
}

/// The lines after this prefix, the first line after that one.
fn prefixed(lines: Vec<String>, first: &str, rest: &str) -> Vec<String> {
    let prefixes = std::iter::once(first).chain(std::iter::repeat(rest));
    lines
        .iter()
        .zip(prefixes)
        .map(|(line, prefix)| format!("{prefix}{line}").trim_end().to_owned())
        .collect()
}

/// The items of a list one after the other.
fn joined(items: Vec<Vec<String>>, loose: bool) -> Vec<String> {
    let mut lines = Vec::new();
    for item in items {
        if loose && !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(item);
    }
    lines
}
