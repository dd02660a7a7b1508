//! Types as the generator writes them, of every kind, for reading anything as one of them.

use crate::codegen::v1::{self, Maybe, Value};

/// Every presence, by a codec and without one.
pub(super) struct Presences {
    required: i64,
    nullable: Option<i64>,
    optional: Option<i64>,
    maybe: Maybe<i64>,
    coded: i64,
    coded_nullable: Option<i64>,
    coded_optional: Option<f64>,
    coded_maybe: Maybe<i64>,
    any: Value,
}

v1::record! { Presences {
    required: "required", nullable: "nullable" as v1::Null<v1::Native<i64>>, optional: "optional",
    maybe: "maybe", coded: "coded" as v1::Text<i64>,
    coded_nullable: "codedNullable" as v1::Null<v1::Text<i64>>,
    coded_optional: "codedOptional" as v1::Optional<v1::Text<f64>>,
    coded_maybe: "codedMaybe" as v1::MaybeBy<v1::Text<i64>>, any: "any"
} }

/// A record that keeps what it does not know.
pub(super) struct Open {
    name: String,
    tags: Option<Vec<String>>,
    rest: v1::Map<Value>,
}

v1::record! { Open { name: "name", tags: "tags", ..rest } }

/// A record that refuses what it does not know.
pub(super) struct Closed {
    key: String,
    value: Option<String>,
}

v1::record! { Closed { key: "key", value: "value", ..! } }

/// A record made of its parts, whose types are a caller's own.
#[derive(Clone)]
pub(super) struct Host {
    address: std::net::IpAddr,
    ports: Option<Vec<std::num::NonZeroU16>>,
    backup: Maybe<std::net::IpAddr>,
    rest: v1::Map<i64>,
}

v1::record_by_parts! { Host {
    address: "address" as v1::ViaText<std::net::IpAddr>,
    ports: "ports" as v1::Optional<v1::Each<v1::ViaNumber<std::num::NonZeroU16>>>,
    backup: "backup" as v1::MaybeBy<v1::ViaText<std::net::IpAddr>>,
    ..rest as v1::Text<i64>
} }

/// A record that a server may leave members out of.
pub(super) struct Volume {
    name: Option<String>,
    tags: Vec<String>,
    size: v1::Lenient<v1::Date>,
}

v1::record! { Volume {
    name: "name" as v1::OrNone<v1::Native<String>>, tags: "tags" as v1::OrEmpty<v1::Native<Vec<String>>>,
    size: "size"
} }

/// A record that holds itself.
pub(super) struct Tree {
    name: String,
    parent: Option<Box<Tree>>,
    children: Vec<Tree>,
    by_name: v1::Map<Tree>,
}

v1::record! { Tree { name: "name", parent: "parent", children: "children", by_name: "byName" } }

/// Texts of an open list.
#[derive(Clone)]
pub(super) enum State {
    Queued,
    Done,
    Unlisted(String),
}

v1::choice! { State { Queued: "queued", Done: "d\u{f6}ne" } Unlisted }

/// Texts of a closed list.
#[derive(Clone, Copy)]
pub(super) enum Grade {
    Good,
    One,
}

v1::choice! { Grade { Good: "good", One: "1" } }

/// Integers of an open list.
#[derive(Clone, Copy)]
pub(super) enum Level {
    Low,
    High,
    Other(i64),
}

v1::integer_choice! { Level { Low: 1, High: 2 } Other }

/// Values of an open list.
#[derive(Clone)]
pub(super) enum Mixed {
    On,
    Half,
    Pair,
    Unlisted(Value),
}

v1::value_choice! { Mixed { On: "true", Half: "0.5", Pair: "{\"a\":1,\"b\":2}" } Unlisted }

/// By a tag that one branch declares, and the other does not.
#[derive(Clone)]
pub(super) enum Pet {
    Closed(Box<Closed>),
    Dog(Box<Dog>),
    Unlisted(Value),
}

v1::union! { Pet by (Undeclared "type") {
    0: Closed from (Closed) ("closed"), 1: Dog from (Dog) ("dog")
} Unlisted }

/// A branch that declares the tag.
pub(super) struct Dog {
    kind: String,
    rest: v1::Map<Value>,
}

v1::record! { Dog { kind: "type", ..rest } }

/// By a tag that all branches declare.
#[derive(Clone)]
pub(super) enum Tagged {
    Dog(Box<Dog>),
    Cat(Box<Cat>),
}

v1::union! { Tagged by (Tag "type") {
    0: Dog from (Dog) ("dog"), 1: Cat from (Cat) ("cat" | "kitten")
}; blank Dog }

/// A branch whose tag is one of a list.
pub(super) struct Cat {
    kind: CatKind,
    lives: Option<i64>,
}

v1::record! { Cat { kind: "type", lives: "lives" } }

/// The tags of a branch.
#[derive(Clone, Copy)]
pub(super) enum CatKind {
    Cat,
    Kitten,
}

v1::choice! { CatKind { Cat: "cat", Kitten: "kitten" } }

/// By the JSON type.
#[derive(Clone)]
pub(super) enum Any {
    Flag(bool),
    Whole(i64),
    Real(f64),
    Name(String),
    Names(Vec<String>),
    Closed(Box<Closed>),
    Nothing(()),
}

v1::union! { Any by (Kind) {
    0: Flag [Bool], 1: Whole [Integer], 2: Real [Number], 3: Name [Text], 4: Names [List],
    5: Closed from (Closed) [Object], 6: Nothing [Null]
}; blank Flag }

/// By a member that only one branch has.
#[derive(Clone)]
pub(super) enum Keyed {
    Url(Box<WithUrl>),
    File(Box<WithFile>),
}

v1::union! { Keyed by (Key) {
    0: Url from (WithUrl) ("url"), 1: File from (WithFile) ("file")
}; blank Url }

/// A branch.
pub(super) struct WithUrl {
    url: String,
    size: Option<i64>,
}

v1::record! { WithUrl { url: "url", size: "size" } }

/// Another.
pub(super) struct WithFile {
    file: v1::Bytes,
    rest: v1::Map<Value>,
}

v1::record! { WithFile { file: "file" as v1::Base64, ..rest } }

/// By the texts that branches list.
#[derive(Clone)]
pub(super) enum Mark {
    Points(i64),
    Grade(Grade),
}

v1::union! { Mark by (Text) {
    0: Points as (v1::Text<i64>), 1: Grade ("good" | "1")
}; blank Points }

/// By trial, each branch with values within that are tried too.
#[derive(Clone)]
pub(super) enum Formula {
    Not(Box<Not>),
    All(Box<All>),
    Leaf(Box<Leaf>),
}

v1::union! { Formula by (Trial) {
    0: Not from (Not), 1: All from (All), 2: Leaf from (Leaf)
}; blank Leaf }

/// A branch.
pub(super) struct Not {
    operand: Option<Formula>,
    not: Option<bool>,
}

v1::record! { Not { operand: "of", not: "not" } }

/// Another.
pub(super) struct All {
    operand: Option<Formula>,
    all: Option<Vec<Formula>>,
    any: Option<Value>,
}

v1::record! { All { operand: "of", all: "all", any: "any" } }

/// The last.
pub(super) struct Leaf {
    operand: Option<Formula>,
    leaf: i64,
}

v1::record! { Leaf { operand: "of", leaf: "leaf" } }
