//! Documentation as HTML. It is that of the generated crate, so the page reads as rustdoc's does.

use maud::{Markup, PreEscaped};
use pulldown_cmark::{html, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

/// Schemes of the links that the page has; others become text.
const SCHEMES: [&str; 3] = ["http://", "https://", "mailto:"];

/// Renders lines of a doc comment. HTML is shown as text, images become links, and no link leads to a script.
pub fn render(lines: &[String]) -> Markup {
    let text = lines.join("\n");
    let events = Parser::new_ext(&text, Options::ENABLE_TABLES).map(plain);
    let mut links = Links::default();
    let mut rendered = String::new();
    html::push_html(&mut rendered, events.filter_map(|event| links.filter(event)));
    PreEscaped(rendered)
}

/// Replaces what a description may not have on the page: HTML, headings above its entry's, and alignment, which would be an
/// inline style.
#[allow(clippy::wildcard_enum_match_arm, reason = "all other events stay")]
fn plain(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        Event::Start(Tag::Heading { .. }) => Event::Start(Tag::Heading {
            level: HeadingLevel::H6,
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        }),
        Event::End(TagEnd::Heading(_)) => Event::End(TagEnd::Heading(HeadingLevel::H6)),
        Event::Start(Tag::Table(columns)) => Event::Start(Tag::Table(
            columns.iter().map(|_| pulldown_cmark::Alignment::None).collect(),
        )),
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url, title, id })
        }
        Event::End(TagEnd::Image) => Event::End(TagEnd::Link),
        other => other,
    }
}

/// Removes links that are not [allowed](SCHEMES), and links within links, and keeps their texts.
#[derive(Debug, Default)]
struct Links {
    /// For each open link, `true` if it is on the page.
    open: Vec<bool>,
}

impl Links {
    #[allow(clippy::wildcard_enum_match_arm, reason = "all other events stay")]
    fn filter<'a>(&mut self, event: Event<'a>) -> Option<Event<'a>> {
        match event {
            Event::Start(Tag::Link { link_type, ref dest_url, .. }) => {
                let is_mailbox = link_type == LinkType::Email;
                let stays = (is_mailbox || is_allowed(dest_url)) && !self.open.contains(&true);
                self.open.push(stays);
                stays.then_some(event)
            }
            Event::End(TagEnd::Link) => self.open.pop().unwrap_or_default().then_some(event),
            other => Some(other),
        }
    }
}

fn is_allowed(url: &CowStr<'_>) -> bool {
    let url = url.to_ascii_lowercase();
    SCHEMES.iter().any(|scheme| url.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::render;

    fn rendered(text: &str) -> String {
        render(&text.lines().map(str::to_owned).collect::<Vec<_>>()).0
    }

    #[test]
    fn html_is_text() {
        assert_eq!(rendered("a <b onclick=x>b</b>"), "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n");
        let block = rendered("<script>alert(1)</script>");
        assert!(!block.contains("<script") && block.contains("&lt;script&gt;"), "{block}");
    }

    #[test]
    fn links_lead_to_the_web_or_to_a_mailbox() {
        for (text, html) in [
            (
                "[a](https://pets.example/?a=1&b=2)",
                "<a href=\"https://pets.example/?a=1&amp;b=2\">a</a>",
            ),
            ("[a](HTTP://pets.example)", "<a href=\"HTTP://pets.example\">a</a>"),
            ("<me@pets.example>", "<a href=\"mailto:me@pets.example\">me@pets.example</a>"),
            ("[a](javascript:alert)", "a"),
            ("[a](JAVASCRIPT:alert)", "a"),
            ("[a](data:text/html,x)", "a"),
            ("[a](/docs)", "a"),
            ("![a](https://pets.example/a.png)", "<a href=\"https://pets.example/a.png\">a</a>"),
            (
                "[![a](https://pets.example/a.png)](https://pets.example)",
                "<a href=\"https://pets.example\">a</a>",
            ),
        ] {
            assert_eq!(rendered(text), format!("<p>{html}</p>\n"), "{text}");
        }
    }

    #[test]
    fn tables_have_no_inline_style_and_headings_are_below_those_of_entries() {
        let table = rendered("| a |\n|--:|\n| 1 |");
        assert!(table.contains("<td>1</td>") && !table.contains("style"), "{table}");
        assert_eq!(rendered("# A {#id .class}"), "<h6>A {#id .class}</h6>\n");
    }
}
