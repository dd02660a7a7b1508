//! Where lines break: words in boxes, the boxes that fit on a line, and those that do not.
//!
//! The layout is that of `prettyplease`: its margin, and Oppen's rules for boxes and breaks. All boxes of an item are
//! known before the first is printed, so that two passes do: widths, then text.

use super::page::Page;

/// The columns of a line.
pub(super) const MARGIN: i64 = 89;

/// The columns that a line has at least, however deep it is indented.
pub(super) const LEAST: i64 = 60;

/// The columns of one level.
pub const INDENT: i64 = 4;

/// Wider than any line: what a break takes that is always one.
const NEVER_FITS: i64 = 0xffff;

/// What depends on whether a line ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Edge {
    /// Nothing.
    #[default]
    Plain,
    /// A comma at the end of the line.
    Comma,
    /// A brace that opens at the end of the line.
    Opens,
    /// A brace that closes at the beginning of the next line.
    Closes,
    /// The same, and a comma where the line goes on.
    ClosesArm,
}

impl Edge {
    /// What stands before the end of the line, where there is one.
    pub(super) fn before(self) -> &'static str {
        match self {
            Self::Comma => ",",
            Self::Opens => "{",
            Self::Plain | Self::Closes | Self::ClosesArm => "",
        }
    }

    /// What the next line begins with, where there is one.
    pub(super) fn after(self) -> &'static str {
        match self {
            Self::Closes | Self::ClosesArm => "}",
            Self::Plain | Self::Comma | Self::Opens => "",
        }
    }

    /// What stands here where the line goes on.
    pub(super) fn instead(self) -> &'static str {
        match self {
            Self::ClosesArm => ",",
            Self::Plain | Self::Comma | Self::Opens | Self::Closes => "",
        }
    }
}

/// A place at which a line may end.
#[derive(Clone, Copy, Debug, Default)]
pub struct Break {
    /// What the next line is indented by beyond its box.
    pub indent: i64,
    /// The spaces that stand here where the line goes on.
    pub spaces: i64,
    /// What stands around the end of the line, or in its place.
    pub edge: Edge,
    /// Whether it vanishes at the end of a box.
    pub inner: bool,
    /// Whether the line goes on in any case: it only parts widths.
    pub never: bool,
    /// Whether a blank line follows.
    pub blank: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    /// Words up to this byte of the text.
    Words(usize),
    Break(Break),
    /// A box; with `all`, all of its breaks are ends of lines where one is.
    Begin {
        all: bool,
        indent: i64,
    },
    End,
    /// Makes every box around it too wide.
    Wide,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub part: Part,
    /// The columns up to where the line may next end; negative until that is known.
    pub size: i64,
}

/// An item in the making.
#[derive(Debug, Default)]
pub struct Layout {
    text: String,
    entries: Vec<Entry>,
    /// The boxes, their ends and the breaks whose size is not known yet.
    open: Vec<usize>,
    total: i64,
}

impl Layout {
    /// Forgets what it holds.
    pub fn clear(&mut self) {
        self.text.clear();
        self.entries.clear();
        self.open.clear();
        self.total = 1;
    }

    /// Adds a word, which no line is broken in.
    pub fn word(&mut self, word: &str) {
        self.text.push_str(word);
        self.total += columns(word);
        let end = self.text.len();
        match self.entries.last_mut() {
            Some(Entry {
                part: Part::Words(last),
                ..
            }) => *last = end,
            _ => self.push(Part::Words(end), 0),
        }
    }

    /// Opens a box, indented further where its lines are broken: at all of its breaks.
    pub fn begin(&mut self, indent: i64) {
        self.open(Part::Begin { all: true, indent });
    }

    /// The same, broken only where the line is full.
    pub fn begin_filled(&mut self, indent: i64) {
        self.open(Part::Begin { all: false, indent });
    }

    fn open(&mut self, part: Part) {
        self.open.push(self.entries.len());
        self.push(part, -self.total);
    }

    /// Closes the last box.
    pub fn end(&mut self) {
        if let Some(last) = self.last_break() {
            let begins = self.entries.len().checked_sub(2);
            let begins = begins.and_then(|number| self.entries.get(number));
            let is_empty = begins.is_some_and(|entry| matches!(entry.part, Part::Begin { .. }));
            if is_empty || last.inner {
                self.take_back(last);
            }
            if is_empty {
                self.entries.pop();
                self.open.pop();
                return;
            }
        }
        self.open.push(self.entries.len());
        self.push(Part::End, -1);
    }

    fn last_break(&self) -> Option<Break> {
        match self.entries.last()?.part {
            Part::Break(found) => Some(found),
            Part::Words(_) | Part::Begin { .. } | Part::End | Part::Wide => None,
        }
    }

    fn take_back(&mut self, last: Break) {
        self.entries.pop();
        self.open.pop();
        self.total -= last.spaces;
    }

    /// Closes the last box, which is broken where it is wider than this.
    pub fn end_within(&mut self, columns: i64) {
        let begin = self.innermost().and_then(|number| self.entries.get(number));
        if begin.is_some_and(|entry| entry.size < 0 && entry.size + self.total > columns) {
            self.push(Part::Wide, NEVER_FITS);
            self.total += NEVER_FITS;
        }
        self.end();
    }

    /// The box that is open.
    fn innermost(&self) -> Option<usize> {
        let mut depth = 1;
        for &number in self.open.iter().rev() {
            match self.entries.get(number)?.part {
                Part::Begin { .. } => depth -= 1,
                Part::End => depth += 1,
                Part::Break(_) | Part::Words(_) | Part::Wide => {}
            }
            if depth == 0 {
                return Some(number);
            }
        }
        None
    }

    /// Adds a place where the line may end.
    pub fn break_(&mut self, found: Break) {
        self.settle();
        self.open.push(self.entries.len());
        self.push(Part::Break(found), -self.total);
        self.total += found.spaces;
    }

    /// A space, or the end of the line.
    pub fn space(&mut self) {
        self.break_(Break {
            spaces: 1,
            ..Break::default()
        });
    }

    /// Nothing, or the end of the line.
    pub fn zero(&mut self) {
        self.break_(Break::default());
    }

    /// The end of the line.
    pub fn line(&mut self) {
        self.break_(Break {
            spaces: NEVER_FITS,
            ..Break::default()
        });
    }

    /// The end of the line, unless the box ends here.
    pub fn line_inside(&mut self) {
        self.break_(Break {
            spaces: NEVER_FITS,
            inner: true,
            ..Break::default()
        });
    }

    /// A space or the end of the line, unless the box ends here.
    pub fn space_inside(&mut self) {
        self.break_(Break {
            spaces: 1,
            inner: true,
            ..Break::default()
        });
    }

    /// Parts what is before from what follows; the line goes on.
    pub fn seam(&mut self) {
        self.break_(Break {
            never: true,
            ..Break::default()
        });
    }

    /// A comma after one of several; after the last, only where its line ends.
    pub fn comma(&mut self, is_last: bool, spaces: i64) {
        if !is_last {
            self.word(",");
            return self.space();
        }
        self.break_(Break {
            spaces,
            edge: Edge::Comma,
            ..Break::default()
        });
    }

    /// Moves the line after the last break to the left, where that is the last that there is.
    pub fn outdent(&mut self) {
        if let Some(Entry {
            part: Part::Break(last),
            ..
        }) = self.entries.last_mut()
        {
            last.indent -= INDENT;
        }
    }

    /// Puts a blank line after the last break.
    pub fn blank(&mut self) {
        if let Some(Entry {
            part: Part::Break(last),
            ..
        }) = self.entries.last_mut()
        {
            last.blank = true;
        }
    }

    fn push(&mut self, part: Part, size: i64) {
        self.entries.push(Entry { part, size });
    }

    /// A line may end here: what is before has its size.
    fn settle(&mut self) {
        let mut depth = 0;
        while let Some(entry) = self
            .open
            .last()
            .and_then(|number| self.entries.get_mut(*number))
        {
            match entry.part {
                Part::Begin { .. } if depth == 0 => return,
                Part::Begin { .. } => {
                    entry.size += self.total;
                    depth -= 1;
                }
                Part::End => depth += 1,
                Part::Break(_) => {
                    entry.size += self.total;
                    if depth == 0 {
                        self.open.pop();
                        return;
                    }
                }
                Part::Words(_) | Part::Wide => {}
            }
            self.open.pop();
        }
    }

    /// Adds the text, its lines broken.
    pub fn print(&mut self, out: &mut String) {
        self.settle();
        let mut page = Page::new(&self.text, out);
        self.entries.iter().for_each(|entry| page.entry(entry));
    }
}

pub(super) fn columns(word: &str) -> i64 {
    i64::try_from(word.len()).unwrap_or(NEVER_FITS)
}
