//! A document as a tree of elements.

use crate::codec::xml::XmlName;

/// An element with its attributes, texts and children.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: Name,
    pub(super) attributes: Vec<(Name, String)>,
    /// All texts directly inside it, one after the other.
    pub(super) text: String,
    pub(super) children: Vec<Element>,
    /// `true` if it says of itself that it is null (`xsi:nil`).
    pub(super) is_nil: bool,
}

/// A name with the namespace that its prefix stands for.
#[derive(Debug, Default)]
pub(super) struct Name {
    pub(super) namespace: Option<String>,
    pub(super) local: String,
}

impl Name {
    /// How well the name fits that of the document; `None` if it does not. A name for which the document gives no
    /// namespace fits in any.
    pub(super) fn fit(&self, documented: &XmlName) -> Option<u8> {
        if self.local != documented.local {
            return None;
        }
        match documented.namespace {
            None => Some(0),
            Some(namespace) => (self.namespace.as_deref() == Some(namespace)).then_some(1),
        }
    }
}

impl Element {
    pub(super) fn attribute(&self, documented: &XmlName) -> Option<&str> {
        let fitting = self.attributes.iter().filter(|(name, _)| name.fit(documented).is_some());
        let best = fitting.max_by_key(|(name, _)| name.fit(documented));
        best.map(|(_, value)| value.as_str())
    }

    /// Reports whether it has no text but blanks.
    pub(super) fn is_blank(&self) -> bool {
        self.text.chars().all(is_blank)
    }
}

/// Reports whether a letter is white space in XML (XML 1.0, section 2.3).
pub(super) fn is_blank(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\r' | '\n')
}
