//! Open containers: quotes, lists and their items.

use std::mem;

/// Maximum depth; deeper containers are flattened.
const DEEPEST: usize = 8;

/// Kind of a container.
#[derive(Debug, Default)]
pub(super) enum Kind {
    /// The whole text, or a flattened container.
    #[default]
    Plain,
    /// A block quote.
    Quote,
    /// A list; ordered if it has a next number.
    List {
        next: Option<u64>,
        mark: char,
        items: Vec<Vec<String>>,
    },
    /// An item, with the marker on its first line.
    Item { marker: String },
}

/// Kind of the last lines in a container.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Last {
    /// A block that following text cannot continue.
    #[default]
    Block,
    /// A paragraph of a tight item.
    Text,
    /// A list with this marker.
    List(char),
}

#[derive(Debug, Default)]
struct Frame {
    kind: Kind,
    /// Columns by which its lines will be indented, including enclosing containers.
    indent: usize,
    lines: Vec<String>,
    last: Last,
    /// `true` if blank lines separate the items of the list.
    loose: bool,
}

/// The stack of open containers, the innermost last, inside the root.
#[derive(Debug, Default)]
pub(super) struct Frames {
    root: Frame,
    open: Vec<Frame>,
}

impl Frames {
    fn top(&mut self) -> &mut Frame {
        self.open.last_mut().unwrap_or(&mut self.root)
    }

    /// Returns the column at which lines start.
    pub(super) fn indent(&mut self) -> usize {
        self.top().indent
    }

    /// Marks the innermost container as loose: it contains paragraphs, so that blank lines separate its siblings.
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

    /// Adds a block after a blank line.
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

    /// Opens a list, ordered if it has a first number.
    pub(super) fn enter_list(&mut self, first: Option<u64>) {
        let (usual, other) = if first.is_some() {
            ('.', ')')
        } else {
            ('-', '*')
        };
        // Adjacent lists with the same marker would merge.
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
                // Only an ordered list that starts with 1 can interrupt a paragraph.
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

    /// Closes everything and returns the lines.
    pub(super) fn finish(mut self) -> Vec<String> {
        while !self.open.is_empty() {
            self.leave();
        }
        mem::take(&mut self.root.lines)
    }
}

/// Prefixes the lines, the first one differently.
fn prefixed(lines: Vec<String>, first: &str, rest: &str) -> Vec<String> {
    let prefixes = std::iter::once(first).chain(std::iter::repeat(rest));
    lines
        .iter()
        .zip(prefixes)
        .map(|(line, prefix)| format!("{prefix}{line}").trim_end().to_owned())
        .collect()
}

/// Concatenates the items of a list.
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
