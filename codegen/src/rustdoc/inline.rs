//! The text of one paragraph, heading or cell.

use super::escape::{self, Context};
use super::html::{self, Effect, Piece, Tag};
use super::text::{FIRM_SPACE, HARD_BREAK};

/// Inline content being written. Plain text is collected up to the next markup, so that URLs are recognized as a whole.
#[derive(Debug, Default)]
pub(super) struct Inline {
    out: String,
    text: String,
    /// Text of an open `<code>`.
    code: Option<String>,
    /// Open links; those without a URL keep only their text.
    links: Vec<Option<Link>>,
    /// `true` if an `<a>` is open; it is the last of the links.
    anchor: bool,
    context: Context,
}

#[derive(Debug)]
struct Link {
    url: String,
    /// Offset of its text in the output.
    start: usize,
}

impl Inline {
    /// Starts a heading.
    pub(super) fn heading() -> Self {
        let context = Context { heading: true, ..Context::default() };
        Self { context, ..Self::default() }
    }

    /// Starts a table cell.
    pub(super) fn cell() -> Self {
        let context = Context { cell: true, ..Context::default() };
        Self { context, ..Self::default() }
    }

    /// Appends plain text.
    pub(super) fn text(&mut self, text: &str) {
        self.code.as_mut().unwrap_or(&mut self.text).push_str(text);
    }

    /// Ends the line.
    pub(super) fn hard_break(&mut self) {
        if self.code.is_some() {
            self.text(" ");
        } else {
            self.flush();
            self.out.push(HARD_BREAK);
        }
    }

    /// Appends a delimiter such as `**`.
    pub(super) fn mark(&mut self, mark: &str) {
        if self.code.is_none() {
            self.flush();
            self.out.push_str(mark);
        }
    }

    /// Appends a code span.
    pub(super) fn code(&mut self, text: &str) {
        if self.code.is_some() {
            self.text(text);
        } else if !text.trim().is_empty() {
            self.flush();
            // Adjacent code spans would merge.
            if self.out.ends_with('`') {
                self.out.push(' ');
            }
            let mut span = escape::code(text).replace(' ', &FIRM_SPACE.to_string());
            if self.context.cell {
                span = span.replace('|', "\\|");
            }
            self.out.push_str(&span);
        }
    }

    /// Opens a link. Its text is kept even if the link is not.
    pub(super) fn open_link(&mut self, url: &str) {
        self.flush();
        let stays = escape::is_absolute(url) && !self.context.link && self.code.is_none();
        if stays {
            if self.out.ends_with('!') {
                self.out.pop();
                self.out.push_str("\\!");
            }
            self.out.push('[');
        }
        let start = self.out.len();
        let url = url.to_owned();
        self.links.push(stays.then_some(Link { url, start }));
        self.context.link |= stays;
    }

    /// Closes the innermost link.
    pub(super) fn close_link(&mut self) {
        self.flush();
        let Some(Some(link)) = self.links.pop() else {
            return;
        };
        self.context.link = false;
        if self.out.len() == link.start {
            self.out.pop();
            escape::text(&link.url, self.context, &mut self.out);
        } else {
            let destination = escape::destination(&link.url);
            self.out.push_str(&format!("]({destination})"));
        }
    }

    /// Appends inline HTML.
    pub(super) fn html(&mut self, raw: &str) {
        for piece in html::pieces(raw) {
            match piece {
                Piece::Text(text) => self.text(text),
                Piece::Tag(tag) => self.tag(tag),
                Piece::Comment => {}
            }
        }
    }

    fn tag(&mut self, tag: Tag<'_>) {
        match tag.effect {
            Effect::Break | Effect::Block => self.hard_break(),
            Effect::Item if tag.closes => {}
            Effect::Item => {
                self.hard_break();
                self.text("• ");
            }
            Effect::Cell => self.text(" "),
            Effect::Code if tag.closes => self.end_code(),
            Effect::Code => {
                self.flush();
                self.code.get_or_insert_default();
            }
            Effect::Link if tag.closes => self.end_anchor(),
            Effect::Link => {
                self.end_anchor();
                self.open_link(tag.href().unwrap_or_default());
                self.anchor = true;
            }
            Effect::Look => {}
        }
    }

    fn end_code(&mut self) {
        if let Some(code) = self.code.take() {
            self.code(&code);
        }
    }

    fn end_anchor(&mut self) {
        if std::mem::take(&mut self.anchor) {
            self.end_code();
            self.close_link();
        }
    }

    /// Writes the collected text.
    fn flush(&mut self) {
        escape::text(&self.text, self.context, &mut self.out);
        self.text.clear();
    }

    /// Closes everything and returns the text.
    pub(super) fn finish(mut self) -> String {
        self.end_code();
        while !self.links.is_empty() {
            self.close_link();
        }
        self.flush();
        self.out
    }
}
