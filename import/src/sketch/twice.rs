//! Drops what a page describes a second time: an object of the document has no room for two members of one name.

use super::{Content, Member, Reply, Shape, Sketch};
use crate::say::Say;
use std::collections::BTreeSet;
use std::ops::Range;
use typewright::diagnostics::codes::import::IMPORT_ROW;

/// The operation with the first of each parameter, reply and member; each other one is said.
pub fn dropped(sketch: Sketch, say: &mut Say<'_>) -> Sketch {
    let span = sketch.span.clone();
    let mut firsts = Firsts { span, say };
    let parameters = sketch.parameters;
    let parameters = firsts.only(parameters, |one| format!("{} {}", one.place, one.name));
    let replies = firsts.only(sketch.replies, |reply| reply.status.clone());
    let replies = replies.into_iter().map(|reply| Reply {
        content: reply.content.map(|content| firsts.content(content)),
        ..reply
    });
    let replies = replies.collect();
    let body = sketch.body.map(|body| firsts.content(body));
    Sketch {
        parameters,
        replies,
        body,
        ..sketch
    }
}

struct Firsts<'s, 'd> {
    span: Range<usize>,
    say: &'s mut Say<'d>,
}

impl Firsts<'_, '_> {
    fn only<T>(&mut self, all: Vec<T>, key: impl Fn(&T) -> String) -> Vec<T> {
        let mut seen = BTreeSet::new();
        let mut kept = Vec::new();
        for one in all {
            let key = key(&one);
            if seen.contains(&key) {
                let message = format!("`{}` is described twice; the first is kept", key.trim());
                self.say.at(IMPORT_ROW, &self.span, message);
            } else {
                seen.insert(key);
                kept.push(one);
            }
        }
        kept
    }

    fn content(&mut self, content: Content) -> Content {
        Content {
            members: self.members(content.members),
            ..content
        }
    }

    fn members(&mut self, members: Vec<Member>) -> Vec<Member> {
        let members = self.only(members, |member| member.name.clone()).into_iter();
        let members = members.map(|member| Member {
            kind: self.kind(member.kind),
            ..member
        });
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
