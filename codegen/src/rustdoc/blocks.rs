//! Blocks: paragraphs, headings, tables, code and HTML, as lines in the containers that are open around them.

use super::escape::longest_run;
use super::html;
use super::inline::Inline;
use super::text::{flatten, is_dropped, wrap};
use pulldown_cmark::{Alignment, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};
use std::mem;

/// Renders a text without tabs and control characters.
pub(super) fn render(markdown: &str) -> Vec<String> {
    let mut renderer = Renderer::default();
    renderer.feed(markdown, Html::Parsed);
    let mut lines = renderer.frames.finish();
    for line in &mut lines {
        if !line.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            line.retain(|character| !is_dropped(character));
        }
        line.truncate(line.trim_end().len());
    }
    lines
}

/// Treatment of a block of HTML.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Html {
    /// Converted to Markdown, which is parsed in turn.
    #[default]
    Parsed,
    /// The text comes from such a conversion: it is a paragraph.
    Paragraph,
}

#[derive(Debug, Default)]
struct Renderer {
    frames: Frames,
    inline: Inline,
    html: Html,
    /// Text of the open code block or HTML block.
    raw: Option<String>,
    table: Table,
}

impl Renderer {
    fn feed(&mut self, markdown: &str, html: Html) {
        let outer = mem::replace(&mut self.html, html);
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
        for event in Parser::new_ext(markdown, options) {
            self.event(event);
        }
        self.end_paragraph();
        self.html = outer;
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => {
                if !is_inline(&tag) {
                    self.end_paragraph();
                }
                self.open(tag);
            }
            Event::End(tag) => self.close(tag),
            Event::Text(text) | Event::Html(text) if self.raw.is_some() => {
                self.raw.get_or_insert_default().push_str(&text);
            }
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.inline.text(&text);
            }
            Event::Code(text) => self.inline.code(&text),
            Event::Html(text) | Event::InlineHtml(text) => self.inline.html(&text),
            Event::SoftBreak => self.inline.text(" "),
            Event::HardBreak => self.inline.hard_break(),
            Event::Rule => {
                self.end_paragraph();
                self.frames.block(vec!["***".to_owned()]);
            }
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn open(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.inline.mark("*"),
            Tag::Strong => self.inline.mark("**"),
            Tag::Strikethrough => self.inline.mark("~~"),
            // Their text is the URL, which becomes a link like any bare URL.
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } => {
                self.inline.open_link("")
            }
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.inline.open_link(&dest_url)
            }
            Tag::Paragraph => self.frames.loosen(),
            Tag::Heading { .. } => self.inline = Inline::heading(),
            Tag::CodeBlock(_) => self.raw = Some(String::new()),
            Tag::HtmlBlock => self.raw = (self.html == Html::Parsed).then(String::new),
            Tag::BlockQuote(_) => self.frames.enter(Kind::Quote),
            Tag::List(first) => self.frames.enter_list(first),
            Tag::Item => self.frames.enter_item(),
            Tag::Table(columns) => self.table = Table { columns, rows: Vec::new() },
            Tag::TableHead | Tag::TableRow => self.table.rows.push(Vec::new()),
            Tag::TableCell => self.inline = Inline::cell(),
            Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.inline.mark("*"),
            TagEnd::Strong => self.inline.mark("**"),
            TagEnd::Strikethrough => self.inline.mark("~~"),
            TagEnd::Link | TagEnd::Image => self.inline.close_link(),
            TagEnd::Heading(level) => self.end_heading(level),
            TagEnd::CodeBlock => {
                let code = self.raw.take().unwrap_or_default();
                self.frames.block(fenced(&code));
            }
            TagEnd::HtmlBlock => self.end_html(),
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => {
                self.end_paragraph();
                self.frames.leave();
            }
            TagEnd::TableCell => {
                let cell = flatten(&mem::take(&mut self.inline).finish());
                self.table.add(cell);
            }
            TagEnd::Table => self.frames.block(mem::take(&mut self.table).lines()),
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn end_paragraph(&mut self) {
        let text = mem::take(&mut self.inline).finish();
        let lines = wrap(&text, self.frames.indent());
        self.frames.text(lines);
    }

    fn end_heading(&mut self, level: HeadingLevel) {
        let text = flatten(&mem::take(&mut self.inline).finish());
        if !text.is_empty() {
            let marks = "#".repeat(level as usize);
            self.frames.block(vec![format!("{marks} {text}")]);
        }
    }

    fn end_html(&mut self) {
        match self.raw.take() {
            Some(block) => self.feed(&html::to_markdown(&block), Html::Paragraph),
            None => self.end_paragraph(),
        }
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
    )
}

/// Fences code and marks it as text rather than Rust.
fn fenced(code: &str) -> Vec<String> {
    let code = code.trim_end().trim_start_matches('\n');
    if code.is_empty() {
        return Vec::new();
    }
    let fence = "`".repeat(longest_run(code).max(2) + 1);
    std::iter::once(format!("{fence}text"))
        .chain(code.lines().map(|line| line.trim_end().to_owned()))
        .chain([fence.clone()])
        .collect()
}

#[derive(Debug, Default)]
struct Table {
    columns: Vec<Alignment>,
    /// Rows, including the header.
    rows: Vec<Vec<String>>,
}

impl Table {
    fn add(&mut self, cell: String) {
        if let Some(row) = self.rows.last_mut() {
            row.push(cell);
        }
    }

    fn lines(&self) -> Vec<String> {
        let rule: Vec<_> = self.columns.iter().map(|column| dashes(*column)).collect();
        let mut rows = self.rows.iter().map(|cells| row(cells));
        let header = rows.next();
        let rule = header.is_some().then(|| format!("|{}|", rule.join("|")));
        header.into_iter().chain(rule).chain(rows).collect()
    }
}

fn dashes(column: Alignment) -> &'static str {
    match column {
        Alignment::None => "---",
        Alignment::Left => ":---",
        Alignment::Center => ":---:",
        Alignment::Right => "---:",
    }
}

fn row(cells: &[String]) -> String {
    let mut row = String::from("|");
    for cell in cells {
        row.push(' ');
        row.push_str(cell);
        row.push_str(if cell.is_empty() { "|" } else { " |" });
    }
    row
}

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
    List { next: Option<u64>, mark: char, items: Vec<Vec<String>> },
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
        let (usual, other) = if first.is_some() { ('.', ')') } else { ('-', '*') };
        // Adjacent lists with the same marker would merge.
        let mark = if self.top().last == Last::List(usual) { other } else { usual };
        let items = Vec::new();
        self.enter(Kind::List { next: first, mark, items });
    }

    /// Opens a container.
    pub(super) fn enter(&mut self, kind: Kind) {
        let kind = if self.open.len() < DEEPEST { kind } else { Kind::Plain };
        let width = match &kind {
            Kind::Plain | Kind::List { .. } => 0,
            Kind::Quote => 2,
            Kind::Item { marker } => marker.len(),
        };
        let indent = self.indent() + width;
        self.open.push(Frame { kind, indent, ..Frame::default() });
    }

    /// Opens an item of the innermost list.
    pub(super) fn enter_item(&mut self) {
        let marker = match &mut self.top().kind {
            Kind::List { next: Some(number), mark, .. } => {
                let marker = format!("{number}{mark} ");
                *number = number.saturating_add(1);
                marker
            }
            Kind::List { next: None, mark, .. } => format!("{mark} "),
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
