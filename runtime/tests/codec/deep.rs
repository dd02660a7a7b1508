//! Unions that are tried within others that are tried.

use std::time::{Duration, Instant};

use typewright_runtime::codegen::v1::{self, Value};

use crate::{read, refused, write};

/// A union that holds itself in each branch, as formulas and filters do.
#[derive(Clone)]
enum Formula {
    Not(Box<Not>),
    All(Box<All>),
    Any(Box<AnyOf>),
    Leaf(Box<Leaf>),
}

v1::union! { Formula by (Trial) {
    0: Not from (Not), 1: All from (All), 2: Any from (AnyOf), 3: Leaf from (Leaf)
}; blank Leaf }

/// All branches but the last have the member by which values nest.
struct Not {
    operand: Option<Formula>,
    not: Option<bool>,
}

v1::record! { Not { operand: "of", not: "not" } }

struct All {
    operand: Option<Formula>,
    all: Option<Vec<Formula>>,
}

v1::record! { All { operand: "of", all: "all" } }

struct AnyOf {
    operand: Option<Formula>,
    any: Option<Value>,
    all: Option<Vec<Formula>>,
}

v1::record! { AnyOf { operand: "of", any: "any", all: "all" } }

struct Leaf {
    operand: Option<Formula>,
    leaf: i64,
}

v1::record! { Leaf { operand: "of", leaf: "leaf" } }

/// Does work that takes milliseconds, and years in the plain way; the machine may be at other work, and the build slow.
#[allow(clippy::disallowed_methods, reason = "the time is what is tested")]
fn quickly<T>(work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    let taken = start.elapsed();
    assert!(taken < Duration::from_secs(20), "{taken:?}");
    done
}

/// The object, so many times within itself.
fn nested(depth: usize, outer: &str, inner: &str) -> String {
    format!(r#"{{{outer}"of":"#).repeat(depth) + inner + &"}".repeat(depth)
}

#[test]
fn time_does_not_explode_with_depth() {
    for depth in [30, 100] {
        for (outer, inner) in [
            ("", r#"{"leaf":1}"#),
            (r#""not":true,"#, r#"{"leaf":1}"#),
            (r#""any":[{"leaf":1}],"#, r#"{"all":[{"leaf":1}]}"#),
            (r#""leaf":1,"#, "{}"),
        ] {
            let text = nested(depth, outer, inner);
            let formula = quickly(|| read::<Formula>(&text)).unwrap();
            let value: Value = read(&text).unwrap();
            assert_eq!(read::<Value>(&write(&formula)).unwrap(), value, "{text}");
        }
    }
}

#[test]
fn nor_does_the_time_to_refuse_nor_the_message() {
    for depth in [30, 100] {
        let text = nested(depth, "", r#"{"leaf":"x","not":1,"all":1}"#);
        let message = quickly(|| refused::<Formula>(&text));
        assert!(
            message.starts_with("expected one of: Not (of: expected one of: Not ("),
            "{message}"
        );
        assert!(message.len() < 2000, "{message}");
    }
}

/// Unions of other kinds on the way down, which pass a kept value on as it lies.
#[derive(Clone)]
enum Step {
    Tagged(Box<Tagged>),
    List(Vec<Tagged>),
}

v1::union! { Step by (Kind) { 0: Tagged from (Tagged) [Object], 1: List [List] }; blank List }

struct Tagged {
    operand: Option<Keyed>,
}

v1::record! { Tagged { operand: "of" } }

#[derive(Clone)]
enum Keyed {
    By(Box<By>),
    Other(Box<Way>),
}

v1::union! { Keyed by (Key) { 0: By from (By) ("by"), 1: Other from (Way) }; blank By }

struct By {
    by: Option<Kinds>,
}

v1::record! { By { by: "by" } }

#[derive(Clone)]
enum Kinds {
    Way(Box<Way>),
    Other(Box<Way2>),
    Unlisted(Value),
}

v1::union! { Kinds by (Undeclared "kind") { 0: Way from (Way) ("way" | "any"), 1: Other from (Way2) ("any") } Unlisted }

struct Way {
    operand: Option<Trials>,
}

v1::record! { Way { operand: "of" } }

struct Way2 {
    operand: Option<Trials>,
    more: Option<bool>,
}

v1::record! { Way2 { operand: "of", more: "more" } }

#[derive(Clone)]
enum Trials {
    One(Box<One>),
    Two(Box<Two>),
}

v1::union! { Trials by (Trial) { 0: One from (One), 1: Two from (Two) }; blank One }

struct One {
    operand: Option<Step>,
}

v1::record! { One { operand: "of" } }

struct Two {
    operand: Option<Step>,
    two: Option<bool>,
}

v1::record! { Two { operand: "of", two: "two" } }

#[test]
fn a_kept_value_stays_kept_through_unions_of_every_kind() {
    let mut text = "{}".to_owned();
    for round in 0..20 {
        let tag = ["way", "any"][round % 2];
        let step = format!(r#"{{"of":{{"by":{{"kind":"{tag}","more":true,"of":{text}}}}}}}"#);
        let step = if round % 3 == 0 { format!("[{step}]") } else { step };
        text = format!(r#"{{"two":true,"of":{step}}}"#);
    }
    let trials = quickly(|| read::<Trials>(&text)).unwrap();
    let written = write(&trials);
    assert_eq!(written.matches(r#""two":true"#).count(), 20);
    assert_eq!(written.matches(r#""kind":"any""#).count(), 10);
}

/// The plain way to find a branch: every branch is tried, and no decision is kept.
fn plain(value: &Value) -> &'static str {
    let operand = |name: &str| usize::from(value.has(name));
    let branches = [
        ("Not", operand("of") + operand("not"), 0),
        ("All", operand("of") + operand("all"), 0),
        ("Any", operand("of") + operand("any") + operand("all"), 0),
        ("Leaf", operand("of") + operand("leaf"), usize::from(!value.has("leaf"))),
    ];
    let count = value.as_object().map_or(0, v1::Map::len);
    let mut best: Option<(&str, usize, usize)> = None;
    for (name, known, refused) in branches {
        let better = best.is_none_or(|(_, most, least)| {
            (known, std::cmp::Reverse(count - known)) > (most, std::cmp::Reverse(least))
        });
        if refused == 0 && better {
            best = Some((name, known, count - known));
        }
    }
    best.unwrap().0
}

/// The branches of a formula and of all within it, outermost first.
fn branches(formula: &Formula) -> Vec<&'static str> {
    let (name, inner) = match formula {
        Formula::Not(not) => ("Not", &not.operand),
        Formula::All(all) => ("All", &all.operand),
        Formula::Any(any) => ("Any", &any.operand),
        Formula::Leaf(leaf) => ("Leaf", &leaf.operand),
    };
    let inner = inner.as_ref().map(branches).unwrap_or_default();
    [name].into_iter().chain(inner).collect()
}

#[test]
fn the_branches_are_those_that_trying_them_all_gives() {
    let members = [r#""not":true"#, r#""all":[]"#, r#""any":1"#, r#""leaf":1"#, r#""x":1"#];
    for set in 0..1 << members.len() {
        let subset = members.iter().enumerate();
        let subset = subset.filter(|(at, _)| set & (1 << at) != 0);
        let subset: Vec<_> = subset.map(|(_, member)| *member).collect();
        let mut text = format!("{{{}}}", subset.join(","));
        for _ in 0..3 {
            let all: Vec<_> = subset.iter().copied().map(str::to_owned).collect();
            text = format!("{{{}}}", [all, vec![format!(r#""of":{text}"#)]].concat().join(","));
        }
        let formula: Formula = read(&text).unwrap();
        let mut value: &Value = &read(&text).unwrap();
        let mut expected = Vec::new();
        loop {
            expected.push(plain(value));
            match value.get("of") {
                Some(inner) => value = inner,
                None => break,
            }
        }
        assert_eq!(branches(&formula), expected, "{text}");
    }
}

/// As many branches and levels as a response may have, over a list that each of them reads again.
#[test]
fn a_value_that_takes_too_much_work_is_given_up() {
    let list = format!("[{}]", vec![r#"{"all":[{}]}"#; 5_000].join(","));
    let hostile = nested(110, "", &format!(r#"{{"all":{list}}}"#));
    let failure = quickly(|| read::<Formula>(&hostile)).err().unwrap();
    assert!(failure.expected().starts_with("a value whose branches are found in "), "{failure}");
    assert_eq!(failure.actual(), "one that takes more");
    // Wide, or deep, but not both.
    assert!(quickly(|| read::<Formula>(&format!(r#"{{"all":{list}}}"#))).is_ok());
    assert!(read::<Formula>(&nested(110, "", r#"{"all":[{"all":[{}]}]}"#)).is_ok());
    let several = format!("[{}]", vec![nested(20, "", "{}"); 2_000].join(","));
    assert!(quickly(|| read::<Vec<Formula>>(&several)).is_ok());
}
