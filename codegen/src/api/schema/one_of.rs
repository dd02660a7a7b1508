//! `oneOf` and `anyOf`: taking `null`, repetitions, lists of `required` and single branches out of them.

use super::all_of::gather;
use super::exclusive::{at_most_one, demands, Demand};
use super::facts::{Composition, Facts};
use super::kinds::Kinds;
use super::merged::{Merged, Trouble};
use super::reduce::is_null;
use super::shape::Declared;
use super::Lowering;
use crate::api::model::ExclusiveGroup;
use crate::api::schema_location::{branches, Said, Source};
use crate::diagnostics::codes::api as codes;

/// How often a union of one branch may give way to that branch before the rest is left as it is.
const ROUNDS: usize = 100;

/// What places say together, with what their unions come down to.
pub(super) struct Composed<'a> {
    pub merged: Merged<'a>,
    pub nullable: bool,
    /// The unions that are left: each has at least two branches.
    pub unions: Vec<Alternatives<'a>>,
    pub exclusive: Vec<ExclusiveGroup>,
    /// Whether no value at all is allowed.
    pub impossible: bool,
}

/// A `oneOf` or `anyOf`.
#[derive(Clone, Debug)]
pub(super) struct Alternatives<'a> {
    pub source: Source<'a>,
    pub branches: Vec<Source<'a>>,
    pub declared: Option<Declared<'a>>,
}

/// What a `oneOf` or `anyOf` comes down to.
enum Reading<'a> {
    /// Nothing: some branch allows everything.
    Everything,
    /// `null` only.
    Null,
    /// Demands on which properties are there.
    Demands(Vec<Demand>),
    Single(Source<'a>),
    Several(Alternatives<'a>),
}

impl<'a> Lowering<'a, '_> {
    /// Reads the unions of what was drawn together.
    pub(super) fn compose(&mut self, merged: Merged<'a>) -> Composed<'a> {
        let mut composed = Composed {
            nullable: false,
            unions: Vec::new(),
            exclusive: Vec::new(),
            impossible: false,
            merged,
        };
        for _ in 0..ROUNDS {
            let Some(sources) = self.read_unions(&mut composed) else {
                break;
            };
            composed.merged = gather(self.resolver, &sources);
            self.report_troubles(&composed.merged);
        }
        composed.nullable |= composed.merged.nullable();
        self.join_objects(&mut composed);
        composed.impossible |= composed.merged.impossible;
        self.read_conditional(&mut composed);
        self.read_nots(&mut composed);
        composed
    }

    /// Sorts the unions. Where one has a single branch, returns what is to be drawn together in its place.
    fn read_unions(&mut self, composed: &mut Composed<'a>) -> Option<Vec<Source<'a>>> {
        composed.unions.clear();
        let mut singles = Vec::new();
        for union in std::mem::take(&mut composed.merged.unions) {
            let (reading, null) = self.read_union(&union);
            self.report_surplus(&union, &reading);
            composed.nullable |= null;
            match reading {
                Reading::Everything => {}
                Reading::Null => composed.merged.kinds = Kinds::NULL,
                Reading::Demands(list) => self.read_demands(&union, &list, composed),
                Reading::Single(branch) => singles.push(branch),
                Reading::Several(alternatives) => composed.unions.push(alternatives),
            }
        }
        if singles.is_empty() {
            return None;
        }
        let mut sources = composed.merged.parts.clone();
        sources.extend(singles);
        sources.extend(composed.unions.drain(..).map(|union| union.source));
        Some(sources)
    }

    /// Whether a schema leaves open which values it allows, so that a place that holds texts alone makes texts of them.
    pub(in crate::api) fn is_unconstrained(&self, source: &Source<'a>) -> bool {
        let merged = gather(self.resolver, std::slice::from_ref(source));
        let open = |union: &Source<'a>| {
            matches!(
                self.read_union(union).0,
                Reading::Everything | Reading::Null
            )
        };
        let lost = merged.troubles.iter().any(|trouble| match trouble {
            Trouble::Unresolved(..) | Trouble::Circle(_) | Trouble::TooMany(_) => true,
            Trouble::Contradiction(..) => false,
        });
        lost || (merged.inferred() == Kinds::ALL
            && merged.format.is_none()
            && merged.unions.iter().all(open))
            || merged.inferred() == Kinds::NULL
    }

    fn read_union(&self, union: &Source<'a>) -> (Reading<'a>, bool) {
        let all = union_branches(union);
        if let Some(list) = demands(&all) {
            return (Reading::Demands(list), false);
        }
        let count = all.len();
        let mut kept: Vec<Source<'a>> = Vec::new();
        for branch in all {
            let known = kept.iter().any(|other| other.same_target(&branch));
            if !known && !is_null(self.resolver, &branch) {
                kept.push(branch);
            }
        }
        let null = kept.len() < count && {
            let branches = union_branches(union);
            branches.iter().any(|branch| is_null(self.resolver, branch))
        };
        if kept.iter().any(says_nothing) {
            return (Reading::Everything, null);
        }
        kept.retain(|branch| !says_never(branch));
        let reading = match kept.as_slice() {
            [] => Reading::Null,
            [single] => Reading::Single(single.clone()),
            _ => Reading::Several(Alternatives {
                source: union.clone(),
                branches: kept,
                declared: declared(union),
            }),
        };
        (reading, null)
    }

    /// Says that branches are passed over: beside one that allows everything, or since they allow nothing.
    fn report_surplus(&mut self, union: &Source<'a>, reading: &Reading<'a>) {
        let all = union_branches(union);
        let everything = matches!(reading, Reading::Everything);
        let telling = |branch: &&Source<'a>| !is_null(self.resolver, branch);
        let surplus = match everything {
            true if all.iter().filter(telling).count() > 1 => {
                all.iter().find(|one| says_nothing(one))
            }
            true => None,
            false => all.iter().find(|one| says_never(one)),
        };
        let message = match everything {
            true => "this branch allows every value, so the others of the union are passed over",
            false => "this branch of the union allows no value and is left out",
        };
        if let Some(branch) = surplus {
            let at = branch.pointer.clone();
            self.report_once(codes::BRANCHES_IN_ONE, &at, message);
        }
    }

    fn read_demands(&mut self, union: &Source<'a>, list: &[Demand], composed: &mut Composed<'a>) {
        let one_of = matches!(union.said, Said::OneOf(_));
        let group = if one_of { at_most_one(list) } else { None };
        match group {
            Some(group) => composed.exclusive.push(group),
            None => self.unchecked(&union.pointer),
        }
    }

    fn unchecked(&mut self, pointer: &str) {
        let message = "which of these properties are there together is not checked";
        self.report(codes::UNCHECKED, pointer, message);
    }

    /// Takes in the properties that are there under a condition, and reports what is not checked.
    fn read_conditional(&mut self, composed: &mut Composed<'a>) {
        let merged = &mut composed.merged;
        for source in std::mem::take(&mut merged.conditional) {
            let more = gather(self.resolver, &[source]);
            for (name, sources) in more.properties {
                let unconditional = Vec::new();
                let sources = if self.resolver.literal {
                    unconditional
                } else {
                    sources
                };
                merged.properties.entry(name).or_insert(sources);
            }
        }
        for (at, keyword) in std::mem::take(&mut merged.unchecked) {
            if keyword == "contentSchema" && self.read.contains(&at) {
                continue;
            }
            let message = format!("`{keyword}` is not checked");
            self.report(codes::UNCHECKED, &at, message);
        }
    }

    fn read_nots(&mut self, composed: &mut Composed<'a>) {
        let nots = std::mem::take(&mut composed.merged.nots);
        let mut pairs = Vec::new();
        for not in &nots {
            if says_nothing(not) {
                composed.impossible = true;
            } else if let Some(found) = super::exclusive::pairs(not) {
                pairs.extend(found);
            } else if super::exclusive::lists(not).is_some() {
                self.unchecked(&not.pointer);
            } else if !says_never(not) {
                let message = "`not` is not checked";
                self.report(codes::UNCHECKED, &not.pointer, message);
            }
        }
        let order: Vec<&str> = composed
            .merged
            .properties
            .keys()
            .map(String::as_str)
            .collect();
        let groups = super::exclusive::groups(&pairs, &order);
        composed.exclusive.extend(groups);
    }
}

/// The branches of a union.
pub(super) fn union_branches<'a>(union: &Source<'a>) -> Vec<Source<'a>> {
    if let Said::OneOf(schema) = union.said {
        return branches(&union.pointer, "oneOf", Composition::of(schema).one_of);
    }
    if let Said::AnyOf(schema) = union.said {
        return branches(&union.pointer, "anyOf", Composition::of(schema).any_of);
    }
    Vec::new()
}

fn declared<'a>(union: &Source<'a>) -> Option<Declared<'a>> {
    let discriminator = union.schema()?.schema_data.discriminator.as_ref()?;
    Some(Declared {
        discriminator,
        pointer: union.pointer.clone(),
        inherited: false,
    })
}

/// Whether a place allows every value.
fn says_nothing(source: &Source) -> bool {
    let simple = |schema: &&openapiv3::Schema| Composition::of(schema).is_empty();
    let simple = source.whole().filter(simple);
    simple.is_some_and(|schema| Facts::of(schema).is_bare())
}

/// Whether a place allows no value: `not: {}`.
pub(super) fn says_never(source: &Source) -> bool {
    let not = source
        .whole()
        .and_then(|schema| Composition::of(schema).not);
    not.is_some_and(|not| says_nothing(&Source::new(String::new(), not)))
}
