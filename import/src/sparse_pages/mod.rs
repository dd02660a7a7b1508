//! Operations from pages that leave much open: MongoDB's reStructuredText and the one-line Markdown of Bump.sh.
//!
//! Such pages name no types and state less than a document can. What they leave open is marked with `x-typewright-open`, a list of places
//! below the object that has it: `operationId` for one, `*` for everything, `**/required` for every such keyword below.

pub mod bump;
pub mod document;
pub mod rst;

use crate::page::Verb;
use crate::page_reporter::PageReporter;
use crate::template;
use std::collections::BTreeSet;
use std::ops::Range;
use typewright::diagnostics::codes::import::{IMPORT_PARAMETER, IMPORT_ROW};

/// One operation.
#[derive(Clone, Debug)]
pub struct SparseOperation {
    /// The page's title.
    pub title: String,
    /// Description.
    pub doc: String,
    /// The HTTP method.
    pub verb: Verb,
    /// Server, such as `https://cloud.mongodb.com`.
    pub server: String,
    /// The path, with variables in braces.
    pub path: String,
    /// The names of the ways to authenticate, any of which suffices.
    pub schemes: Vec<Scheme>,
    /// Parameters of path and query.
    pub parameters: Vec<Member>,
    /// The body.
    pub body: Option<Content>,
    /// The responses.
    pub responses: Vec<Response>,
    /// Places below the operation that the page leaves open.
    pub open: Vec<&'static str>,
    /// Place of the method and path.
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
    /// Media type, such as `application/json`.
    pub media: String,
    /// Description.
    pub doc: String,
    /// The members of its object.
    pub members: Vec<Member>,
}

/// A response.
#[derive(Clone, Debug)]
pub struct Response {
    /// Status, such as `200`.
    pub status: String,
    /// `true` if the page states no status.
    pub assumed: bool,
    /// Description.
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
    /// `true` if it is required.
    pub required: bool,
    /// Location of a parameter: `path` or `query`; empty for a member.
    pub place: &'static str,
    /// Description.
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

impl SparseOperation {
    /// The operation without duplicates, and with a string parameter for each undescribed variable of its path.
    pub fn declared(self, reporter: &mut PageReporter<'_>) -> Self {
        dedup(self, reporter).with_variables(reporter)
    }

    fn with_variables(mut self, reporter: &mut PageReporter<'_>) -> Self {
        for name in template::variables(&self.path) {
            if self.parameters.iter().any(|known| known.name == name && known.place == "path") {
                continue;
            }
            let message =
                format!("nothing describes the path's variable `{name}`; a string is assumed");
            reporter.at(IMPORT_PARAMETER, &self.span, message);
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
        let element = word
            .strip_prefix("array of ")
            .or_else(|| word.strip_prefix("array[").and_then(|word| word.strip_suffix(']')));
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

/// Moves a member with a name such as `customData.key` into its object; `false` if there is no such object.
pub fn nest(members: &mut Vec<Member>, mut member: Member) -> bool {
    let Some((first, rest)) =
        member.name.clone().split_once('.').map(|(a, b)| (a.to_owned(), b.to_owned()))
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

/// Removes duplicates, since an object of the document cannot have two members of one name: keeps the first
/// parameter, response or member, and reports the others.
fn dedup(page: SparseOperation, reporter: &mut PageReporter<'_>) -> SparseOperation {
    let span = page.span.clone();
    let mut firsts = Firsts { span, reporter };
    let parameters = page.parameters;
    let parameters = firsts.only(parameters, |one| format!("{} {}", one.place, one.name));
    let responses = firsts.only(page.responses, |response| response.status.clone());
    let responses = responses.into_iter().map(|response| Response {
        content: response.content.map(|content| firsts.content(content)),
        ..response
    });
    let responses = responses.collect();
    let body = page.body.map(|body| firsts.content(body));
    SparseOperation { parameters, responses, body, ..page }
}

struct Firsts<'s, 'd> {
    span: Range<usize>,
    reporter: &'s mut PageReporter<'d>,
}

impl Firsts<'_, '_> {
    fn only<T>(&mut self, all: Vec<T>, key: impl Fn(&T) -> String) -> Vec<T> {
        let mut seen = BTreeSet::new();
        let mut firsts = Vec::new();
        for one in all {
            let key = key(&one);
            if seen.contains(&key) {
                let message = format!("`{}` is described twice; the first is kept", key.trim());
                self.reporter.at(IMPORT_ROW, &self.span, message);
            } else {
                seen.insert(key);
                firsts.push(one);
            }
        }
        firsts
    }

    fn content(&mut self, content: Content) -> Content {
        Content { members: self.members(content.members), ..content }
    }

    fn members(&mut self, members: Vec<Member>) -> Vec<Member> {
        let members = self.only(members, |member| member.name.clone()).into_iter();
        let members = members.map(|member| Member { kind: self.kind(member.kind), ..member });
        members.collect()
    }

    fn kind(&mut self, kind: Shape) -> Shape {
        match kind {
            Shape::Object(members) => Shape::Object(self.members(members)),
            Shape::List(element) => Shape::List(Box::new(self.kind(*element))),
            Shape::Plain(..) | Shape::Any => kind,
        }
    }
}
