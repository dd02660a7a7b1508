//! Finds the shape of a compiled type by trying what it reads and looking at what it writes.
//!
//! A type's tables are all that is consulted: whether a value is accepted at a place, and which members the type hands
//! to an encoder, absent ones included. So nothing has to be generated for this, and nothing can be forgotten.

use super::node::{Leaf, Member, Node};
use serde_json::{json, Value as Json};
use typewright_runtime::codegen::v1;

/// A member that no type has.
const UNKNOWN: &str = "unknown member";
/// Types that hold themselves are followed this far.
const DEEPEST: usize = 12;

/// Output of a type.
#[derive(Debug, Default)]
enum Seen {
    #[default]
    Absent,
    Scalar,
    List(Vec<Seen>),
    Object(Vec<(String, Seen)>),
}

/// The shape of a type.
pub fn shape<T: v1::Decode + v1::Encode>() -> Node {
    let attempt = |value: &Json| {
        let value: T = v1::from_json(value.to_string().as_bytes())?;
        let mut seen = Seen::Absent;
        value.encode(&mut Recorder(&mut seen))?;
        Ok(seen)
    };
    Probe { attempt: &attempt, value: Json::Null }.node(&[], 0)
}

#[derive(Clone, Debug, PartialEq)]
enum Step {
    Member(String),
    First,
}

type Attempt<'a> = &'a dyn Fn(&Json) -> Result<Seen, v1::CodecError>;

struct Probe<'a> {
    attempt: Attempt<'a>,
    /// A value that is read as far as the place that is looked at.
    value: Json,
}

impl Probe<'_> {
    /// The values that a place accepts. Afterwards the place has one of them.
    fn node(&mut self, at: &[Step], depth: usize) -> Node {
        if depth > DEEPEST {
            self.fill(at);
            return Node::Leaf(Leaf::Again);
        }
        let scalars = [
            json!("probe"),
            json!("2000-01-01T00:00:00Z"),
            json!("8"),
            json!(8),
            json!(8.5),
            json!(true),
        ];
        let [text, time, digits, integer, number, boolean] =
            scalars.map(|value| self.accepts(at, &value));
        let [list, object] = [json!([]), json!({})].map(|value| self.accepts(at, &value));
        match (text, time, digits, integer, number, boolean, list, object) {
            (true, true, true, true, true, true, true, true) => self.leaf(at, json!(0), Leaf::Any),
            (true, true, true, false, false, false, false, false) => {
                self.leaf(at, json!("probe"), Leaf::Text)
            }
            (false, true, false, ..) => {
                self.leaf(at, json!("2000-01-01T00:00:00Z"), Leaf::DateTime)
            }
            (false, false, true, true, false, false, false, false) => {
                self.leaf(at, json!("8"), Leaf::IntegerText)
            }
            (false, false, false, true, false, false, false, false) => {
                self.leaf(at, json!(8), Leaf::Integer)
            }
            (false, false, false, true, true, false, false, false) => {
                self.leaf(at, json!(8.5), Leaf::Number)
            }
            (false, false, false, false, false, true, false, false) => {
                self.leaf(at, json!(true), Leaf::Boolean)
            }
            (false, false, false, false, false, false, true, false) => self.list(at, depth),
            (false, false, false, false, false, false, false, true) => self.object(at, depth),
            accepted => panic!("at {at:?} an unforeseen mixture is accepted: {accepted:?}"),
        }
    }

    fn leaf(&mut self, at: &[Step], sample: Json, leaf: Leaf) -> Node {
        self.set(at, sample);
        Node::Leaf(leaf)
    }

    fn list(&mut self, at: &[Step], depth: usize) -> Node {
        self.set(at, json!([null]));
        let item = self.node(&[at, &[Step::First]].concat(), depth + 1);
        self.set(at, json!([]));
        Node::List(Box::new(item))
    }

    fn object(&mut self, at: &[Step], depth: usize) -> Node {
        self.set(at, json!({}));
        self.fill(&[]);
        let member = |name: &str| [at, &[Step::Member(name.to_owned())]].concat();
        let required = self.place(at).as_object().cloned().unwrap_or_default();
        let names = self.names(at);
        if names.is_empty() && self.keeps(at, &member(UNKNOWN)) {
            return Node::Leaf(Leaf::Map);
        }
        let mut members = Vec::new();
        for name in names {
            let node = self.node(&member(&name), depth + 1);
            let is_required = required.contains_key(&name);
            if !is_required {
                self.remove(at, &name);
            }
            members.push(Member { name, required: is_required, node });
        }
        Node::Record(members)
    }

    /// The members that the type hands over at this place.
    fn names(&self, at: &[Step]) -> Vec<String> {
        let mut seen = (self.attempt)(&self.value).unwrap();
        for step in at {
            seen = match (step, seen) {
                (Step::First, Seen::List(items)) => items.into_iter().next().unwrap(),
                (Step::Member(name), Seen::Object(members)) => {
                    members.into_iter().find(|(other, _)| other == name).unwrap().1
                }
                (step, seen) => panic!("{step:?} is not in {seen:?}"),
            };
        }
        match seen {
            Seen::Object(members) => members.into_iter().map(|(name, _)| name).collect(),
            other => panic!("an object is written as {other:?}"),
        }
    }

    /// `true` if an unknown member is retained.
    fn keeps(&mut self, at: &[Step], unknown: &[Step]) -> bool {
        let is_kept = [json!("probe"), json!(8), json!(true), json!({}), json!([])]
            .into_iter()
            .any(|value| {
                let accepted = self.accepts(unknown, &value);
                self.set(unknown, value);
                accepted && !self.names(at).is_empty()
            });
        self.remove(at, UNKNOWN);
        is_kept
    }

    /// `true` if the value is refused because of this place itself, not of a member that is missing in it.
    fn accepts(&mut self, at: &[Step], value: &Json) -> bool {
        self.set(at, value.clone());
        match (self.attempt)(&self.value) {
            Ok(_) => true,
            Err(failure) => steps(&failure.path()) != at,
        }
    }

    /// Gives whatever is required and not there a value.
    fn fill(&mut self, at: &[Step]) {
        let samples = [
            json!("2000-01-01T00:00:00Z"),
            json!("8"),
            json!("probe"),
            json!(8),
            json!(true),
            json!([]),
            json!({}),
        ];
        if !at.is_empty() && !samples.iter().any(|sample| self.accepts(at, sample)) {
            panic!("nothing is accepted at {at:?}");
        }
        while let Err(failure) = (self.attempt)(&self.value) {
            let missing = steps(&failure.path());
            let is_filled = samples.iter().any(|sample| self.accepts(&missing, sample));
            assert!(is_filled, "nothing is accepted: {failure}");
        }
    }

    fn place(&mut self, at: &[Step]) -> &mut Json {
        let mut place = &mut self.value;
        for step in at {
            place = match step {
                Step::Member(name) => &mut place[name],
                Step::First => &mut place[0],
            };
        }
        place
    }

    fn set(&mut self, at: &[Step], value: Json) {
        *self.place(at) = value;
    }

    fn remove(&mut self, at: &[Step], name: &str) {
        self.place(at).as_object_mut().unwrap().remove(name);
    }
}

/// A failure's path, such as `results[0]["two words"]`, step by step.
fn steps(path: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("[0]") {
            steps.push(Step::First);
            rest = after;
        } else if let Some(after) = rest.strip_prefix("[\"") {
            let (name, after) = after.split_once("\"]").unwrap();
            steps.push(Step::Member(name.to_owned()));
            rest = after;
        } else {
            rest = rest.strip_prefix('.').unwrap_or(rest);
            let (name, after) = rest.split_at(rest.find(['.', '[']).unwrap_or(rest.len()));
            steps.push(Step::Member(name.to_owned()));
            rest = after;
        }
    }
    steps
}

/// Notes what is written.
struct Recorder<'a>(&'a mut Seen);

impl Recorder<'_> {
    fn scalar(&mut self) -> Result<(), v1::CodecError> {
        *self.0 = Seen::Scalar;
        Ok(())
    }
}

fn recorded(value: &dyn v1::Encode) -> Result<Seen, v1::CodecError> {
    let mut seen = Seen::Absent;
    if !value.is_absent() {
        value.encode(&mut Recorder(&mut seen))?;
    }
    Ok(seen)
}

impl v1::Encoder for Recorder<'_> {
    fn null(&mut self) -> Result<(), v1::CodecError> {
        self.scalar()
    }

    fn bool(&mut self, _: bool) -> Result<(), v1::CodecError> {
        self.scalar()
    }

    fn i64(&mut self, _: i64) -> Result<(), v1::CodecError> {
        self.scalar()
    }

    fn u64(&mut self, _: u64) -> Result<(), v1::CodecError> {
        self.scalar()
    }

    fn f64(&mut self, _: f64) -> Result<(), v1::CodecError> {
        self.scalar()
    }

    fn number(&mut self, _: &str) -> Result<(), v1::CodecError> {
        self.scalar()
    }

    fn text(&mut self, _: &str) -> Result<(), v1::CodecError> {
        self.scalar()
    }

    fn list(&mut self, items: &dyn v1::List) -> Result<(), v1::CodecError> {
        let items = (0..items.count()).map(|index| recorded(items.item(index).unwrap()));
        *self.0 = Seen::List(items.collect::<Result<_, _>>()?);
        Ok(())
    }

    fn object_with_rest(
        &mut self,
        members: &[v1::Member<'_>],
        rest: &dyn v1::Entries,
    ) -> Result<(), v1::CodecError> {
        let rest = (0..rest.count()).map(|index| rest.entry(index).unwrap());
        let members = members.iter().map(|(name, value)| (*name, *value as &dyn v1::Encode));
        let members = members.chain(rest);
        let members = members.map(|(name, value)| Ok((name.to_owned(), recorded(value)?)));
        *self.0 = Seen::Object(members.collect::<Result<_, _>>()?);
        Ok(())
    }
}
