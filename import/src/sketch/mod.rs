//! Operations from pages that leave much open: MongoDB's reStructuredText and the one-line Markdown of Bump.sh.
//!
//! Such pages name no types and state less than a document can. What they leave open is marked with `x-typewright-open`, a list of places
//! below the object that has it: `operationId` for one, `*` for everything, `**/required` for every such keyword below.

pub mod bump;
pub mod document;
pub mod example;
pub mod rst;
mod twice;

use crate::page::Verb;
use crate::say::Say;
use crate::template;
use std::ops::Range;
use typewright::diagnostics::codes::import::IMPORT_PARAMETER;

/// One operation.
#[derive(Clone, Debug)]
pub struct Sketch {
    /// The page's title.
    pub title: String,
    /// What the operation does.
    pub doc: String,
    /// The HTTP method.
    pub verb: Verb,
    /// Such as `https://cloud.mongodb.com`.
    pub server: String,
    /// The path, with variables in braces.
    pub path: String,
    /// The names of the ways to authenticate, any of which suffices.
    pub schemes: Vec<Scheme>,
    /// Parameters of path and query.
    pub parameters: Vec<Member>,
    /// The body.
    pub body: Option<Content>,
    /// The replies.
    pub replies: Vec<Reply>,
    /// What the page leaves open, as places below the operation.
    pub open: Vec<&'static str>,
    /// Where the method and path are.
    pub span: Range<usize>,
}

/// A way to authenticate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scheme {
    /// HTTP digest (RFC 7616).
    Digest,
    /// A client that trades its secret for a token.
    ServiceAccounts,
}

/// A body and its media type.
#[derive(Clone, Debug)]
pub struct Content {
    /// Such as `application/json`.
    pub media: String,
    /// What it is.
    pub doc: String,
    /// The members of its object.
    pub members: Vec<Member>,
}

/// A reply.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Such as `200`.
    pub status: String,
    /// Whether the page states no status.
    pub assumed: bool,
    /// What it means.
    pub doc: String,
    /// The body.
    pub content: Option<Content>,
}

/// A member of an object, or a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The name.
    pub name: String,
    /// The type.
    pub kind: Shape,
    /// Whether the page calls it required.
    pub required: bool,
    /// Where a parameter is: `path` or `query`; empty for a member.
    pub place: &'static str,
    /// What it is.
    pub doc: String,
}

/// The type of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A type of JSON Schema and a format, or an empty one.
    Plain(&'static str, String),
    /// An object with members; with none of them known, open.
    Object(Vec<Member>),
    /// A list.
    List(Box<Shape>),
    /// Anything.
    Any,
}

impl Sketch {
    /// The operation without what is described twice, and with a text for each of its path's variables that nothing describes.
    pub fn declared(self, say: &mut Say<'_>) -> Self {
        twice::dropped(self, say).with_variables(say)
    }

    fn with_variables(mut self, say: &mut Say<'_>) -> Self {
        for name in template::variables(&self.path) {
            if self
                .parameters
                .iter()
                .any(|known| known.name == name && known.place == "path")
            {
                continue;
            }
            let message =
                format!("nothing describes the path's variable `{name}`; a string is assumed");
            say.at(IMPORT_PARAMETER, &self.span, message);
            self.parameters.push(Member {
                name,
                kind: Shape::Plain("string", String::new()),
                required: true,
                place: "path",
                doc: String::new(),
            });
        }
        self
    }
}

impl Shape {
    /// Reads a word such as `string`, `array of documents` or `array[object]`, with a format.
    pub fn read(word: &str, format: &str) -> Option<Self> {
        let word = word.trim().to_ascii_lowercase();
        let element = word.strip_prefix("array of ").or_else(|| {
            word.strip_prefix("array[")
                .and_then(|word| word.strip_suffix(']'))
        });
        if let Some(element) = element {
            let element = element.strip_suffix('s').unwrap_or(element);
            return Some(Self::List(Box::new(Self::read(element, format)?)));
        }
        let plain = |name| Some(Self::Plain(name, format.to_owned()));
        match word.as_str() {
            "string" => plain("string"),
            "boolean" | "bool" => plain("boolean"),
            "integer" | "int" => plain("integer"),
            "number" | "float" | "double" => plain("number"),
            "object" | "document" => Some(Self::Object(Vec::new())),
            "any" => Some(Self::Any),
            _ => None,
        }
    }

    /// Puts a member into the object that this is, or that is in this list.
    pub fn put(&mut self, member: Member) -> bool {
        match self {
            Self::Object(members) => {
                members.push(member);
                true
            }
            Self::List(element) => element.put(member),
            Self::Plain(..) | Self::Any => false,
        }
    }
}

/// Puts a member with a name such as `customData.key` where it belongs; false where there is no such object.
pub fn nest(members: &mut Vec<Member>, mut member: Member) -> bool {
    let Some((first, rest)) = member
        .name
        .clone()
        .split_once('.')
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
    else {
        members.push(member);
        return true;
    };
    let Some(owner) = members.iter_mut().find(|owner| owner.name == first) else {
        return false;
    };
    member.name = rest;
    if !member.name.contains('.') {
        return owner.kind.put(member);
    }
    match inner(&mut owner.kind) {
        Some(members) => nest(members, member),
        None => false,
    }
}

fn inner(kind: &mut Shape) -> Option<&mut Vec<Member>> {
    match kind {
        Shape::Object(members) => Some(members),
        Shape::List(element) => inner(element),
        Shape::Plain(..) | Shape::Any => None,
    }
}
