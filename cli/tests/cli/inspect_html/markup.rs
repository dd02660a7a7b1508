//! A page as its tags and texts.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};
use std::collections::BTreeMap;

/// Elements without an end tag.
const VOID: [&str; 6] = ["br", "hr", "input", "link", "meta", "wbr"];

/// A start tag with its attributes.
#[derive(Debug)]
pub struct Tag {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
}

impl Tag {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}

/// The tags and the text of a page; fails if it is not well-formed.
#[derive(Debug, Default)]
pub struct Page {
    pub tags: Vec<Tag>,
    /// All text, without that of the style and the script.
    pub text: String,
    errors: Vec<String>,
}

impl Page {
    pub fn parse(html: &str) -> Self {
        let mut page = Self::default();
        let mut open: Vec<String> = Vec::new();
        let mut emitter = DefaultEmitter::default();
        // Otherwise the contents of the script would be tags.
        emitter.naively_switch_states(true);
        for token in Tokenizer::new_with_emitter(html, emitter) {
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) => {
                    let name = utf8(&tag.name);
                    if !VOID.contains(&name.as_str()) {
                        open.push(name.clone());
                    }
                    let attributes = tag.attributes.iter();
                    let attributes = attributes.map(|(name, value)| (utf8(name), utf8(value)));
                    page.tags.push(Tag { name, attributes: attributes.collect() });
                }
                Token::EndTag(tag) => assert_eq!(open.pop(), Some(utf8(&tag.name)), "{open:?}"),
                Token::String(text) => {
                    let is_shown = open.last().is_none_or(|tag| tag != "style" && tag != "script");
                    page.text.push_str(if is_shown {
                        std::str::from_utf8(&text).unwrap()
                    } else {
                        ""
                    });
                }
                Token::Error(error) => {
                    page.errors.push(format!("{error:?} after {}", tail(&page.text)))
                }
                Token::Comment(_) | Token::Doctype(_) => {}
            }
        }
        assert!(open.is_empty() && page.errors.is_empty(), "{open:?} {:?}", page.errors);
        page
    }

    /// The values of an attribute, in order.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.tags.iter().filter_map(move |tag| tag.attribute(name))
    }
}

fn utf8(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn tail(text: &str) -> String {
    text.chars().rev().take(80).collect::<String>().chars().rev().collect()
}
