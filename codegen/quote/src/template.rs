//! A template, read: runs of tokens that are known, and places for those that are not.

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use std::iter::Peekable;
use syn::{LitStr, MetaNameValue};

/// What a token is; `crate::tokens::Kind` has the same words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Word,
    Lifetime,
    Literal,
    Operator,
    Doc,
    Open,
    Close,
}

/// A token of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    pub kind: Kind,
    /// The bytes of its text.
    pub length: usize,
    /// Whether it is one operator with the next.
    pub joined: bool,
}

/// Tokens that are known: one text, and where each of them ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    pub text: String,
    pub pieces: Vec<Piece>,
}

/// One part of a template.
#[derive(Clone, Debug)]
pub enum Part {
    Run(Run),
    /// `#name`.
    Value(Ident),
    /// `#(…)*`, and the token that stands between two of them.
    Repetition(Template, Option<Run>),
}

/// The parts of a template in order.
#[derive(Clone, Debug, Default)]
pub struct Template {
    pub parts: Vec<Part>,
}

type Trees = Peekable<proc_macro2::token_stream::IntoIter>;

/// Operators of two characters that are one token. `>>` is none: it closes two lists of types.
const PAIRS: [&str; 4] = ["::", "->", "=>", ".."];

impl Template {
    /// Reads what stands in the brackets of the macro.
    pub fn parse(input: TokenStream) -> Self {
        let mut reader = Reader::default();
        reader.stream(input);
        reader.finish()
    }

    /// The variables in it, each once, in the order in which they are first named.
    pub fn variables(&self) -> Vec<&Ident> {
        let mut variables: Vec<&Ident> = Vec::new();
        for part in &self.parts {
            let named = match part {
                Part::Run(_) => Vec::new(),
                Part::Value(name) => vec![name],
                Part::Repetition(inner, _) => inner.variables(),
            };
            for name in named {
                if !variables.contains(&name) {
                    variables.push(name);
                }
            }
        }
        variables
    }
}

/// A template as far as it is read.
#[derive(Default)]
struct Reader {
    parts: Vec<Part>,
    /// The run that is being read.
    run: Run,
}

impl Reader {
    fn finish(mut self) -> Template {
        self.end_run();
        Template { parts: self.parts }
    }

    /// Ends the run: something unknown follows, with which no operator is joined.
    fn end_run(&mut self) {
        let mut run = std::mem::take(&mut self.run);
        if let Some(last) = run.pieces.last_mut() {
            last.joined = false;
            self.parts.push(Part::Run(run));
        }
    }

    fn value(&mut self, part: Part) {
        self.end_run();
        self.parts.push(part);
    }

    fn stream(&mut self, stream: TokenStream) {
        let mut trees = stream.into_iter().peekable();
        while let Some(tree) = trees.next() {
            match tree {
                TokenTree::Ident(ident) => self.push(Kind::Word, &ident.to_string()),
                TokenTree::Literal(literal) => self.push(Kind::Literal, &literal.to_string()),
                TokenTree::Group(group) => self.group(&group),
                TokenTree::Punct(punct) => self.punct(&punct, &mut trees),
            }
        }
    }

    fn group(&mut self, group: &Group) {
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace => ("{", "}"),
            Delimiter::None => ("", ""),
        };
        if open.is_empty() {
            return self.stream(group.stream());
        }
        self.push(Kind::Open, open);
        self.stream(group.stream());
        self.push(Kind::Close, close);
    }

    fn punct(&mut self, punct: &Punct, rest: &mut Trees) {
        match (punct.as_char(), rest.peek()) {
            ('#', Some(TokenTree::Ident(name))) => {
                self.value(Part::Value(name.clone()));
                rest.next();
            }
            ('#', Some(TokenTree::Group(group))) if group.delimiter() == Delimiter::Parenthesis => {
                let inner = Template::parse(group.stream());
                rest.next();
                self.value(Part::Repetition(inner, separator(rest)));
            }
            ('#', Some(TokenTree::Group(group))) => match documentation(group.stream()) {
                Some(line) => {
                    self.push(Kind::Doc, &line);
                    rest.next();
                }
                None => self.operator('#', punct.spacing()),
            },
            ('\'', Some(TokenTree::Ident(name))) => {
                self.push(Kind::Lifetime, &format!("'{name}"));
                rest.next();
            }
            (character, _) => self.operator(character, punct.spacing()),
        }
    }

    fn operator(&mut self, character: char, spacing: Spacing) {
        let start = self.run.text.len().saturating_sub(1);
        let before = self.run.pieces.last_mut().filter(|last| last.joined);
        let first = self.run.text.get(start..).unwrap_or_default();
        match before {
            Some(last) if PAIRS.contains(&format!("{first}{character}").as_str()) => {
                last.length += character.len_utf8();
                last.joined = false;
                self.run.text.push(character);
            }
            _ => {
                self.push(Kind::Operator, character.encode_utf8(&mut [0; 4]));
                if let Some(last) = self.run.pieces.last_mut() {
                    last.joined = spacing == Spacing::Joint;
                }
            }
        }
    }

    fn push(&mut self, kind: Kind, text: &str) {
        self.run.text.push_str(text);
        self.run.pieces.push(Piece {
            kind,
            length: text.len(),
            joined: false,
        });
    }
}

/// What the brackets of an attribute say where it is a line of documentation.
fn documentation(inner: TokenStream) -> Option<String> {
    let pair: MetaNameValue = syn::parse2(inner).ok()?;
    let said = pair.value.to_token_stream();
    let line: Option<LitStr> = syn::parse2(said).ok();
    line.filter(|_| pair.path.is_ident("doc"))
        .map(|line| line.value())
}

/// Reads the `*` after a repetition, and the token before it.
fn separator(rest: &mut Trees) -> Option<Run> {
    let mut between = Reader::default();
    for tree in rest.by_ref() {
        if matches!(&tree, TokenTree::Punct(punct) if punct.as_char() == '*') {
            break;
        }
        between.stream(tree.into());
    }
    between.end_run();
    match between.parts.pop()? {
        Part::Run(run) => Some(run),
        Part::Value(_) | Part::Repetition(..) => None,
    }
}
