//! Which operation a path and a method are for.

use crate::percent;
use crate::spec::OperationSpec;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A piece of a segment of a path template.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// A text, percent-encoded and normalized.
    Text(String),
    /// A parameter.
    Parameter,
}

/// The pieces of a segment.
type Segment = Vec<Piece>;

/// A path template without the names of its parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Template(Vec<Segment>);

/// The order in which templates are compared with a path: literal segments before those with parameters, and among these the
/// ones with more text.
type Rank = Vec<(bool, Reverse<usize>)>;

/// A template, with the operations of its path.
#[derive(Debug)]
struct Entry {
    template: Template,
    /// The methods, each with the index of its operation.
    methods: Vec<(&'static str, usize)>,
}

/// The paths and methods of an API.
#[derive(Debug, Default)]
pub(super) struct Table {
    entries: Vec<Entry>,
    /// The paths by which axum routes the entries, each with their indices.
    groups: Vec<(String, Vec<usize>)>,
}

/// The outcome of a search for an operation.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Match {
    /// The operation of this index, with the texts of its path parameters.
    Operation(usize, Captures),
    /// The path has other methods only, which `Allow` lists.
    OtherMethods(String),
    /// No operation has the path.
    Nothing,
}

/// The texts of path parameters as they stand in a path, in one text: none of them has a slash, and none is empty.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Captures(String);

impl Captures {
    fn push(&mut self, text: &str) {
        if !self.0.is_empty() {
            self.0.push('/');
        }
        self.0.push_str(text);
    }

    /// The text of the parameter with this number in its template.
    pub(super) fn get(&self, number: usize) -> Option<&str> {
        self.0.split('/').filter(|text| !text.is_empty()).nth(number)
    }
}

/// The path of a template, without a query or fragment, which some documents have there.
fn path_of(template: &str) -> &str {
    let end = template.find(['?', '#']).unwrap_or(template.len());
    let path = template.get(..end).unwrap_or_default();
    path.strip_prefix('/').unwrap_or(path)
}

/// The next parameter of a segment: what stands before it, its name, and the rest.
fn parameter(segment: &str) -> Option<(&str, &str, &str)> {
    let (before, after) = segment.split_once('{')?;
    let (name, after) = after.split_once('}')?;
    Some((before, name, after))
}

/// The names of a template's parameters, in their order.
pub(super) fn parameter_names(template: &'static str) -> Vec<&'static str> {
    let mut names = Vec::new();
    let mut rest = path_of(template);
    while let Some((_, name, after)) = parameter(rest) {
        names.push(name);
        rest = after;
    }
    names
}

fn segment(text: &str) -> Segment {
    let literal = |text: &str| {
        let encoded = percent::literal(text);
        Piece::Text(percent::normalized(&encoded).into_owned())
    };
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, _, after)) = parameter(rest) {
        if !before.is_empty() {
            pieces.push(literal(before));
        }
        pieces.push(Piece::Parameter);
        rest = after;
    }
    if !rest.is_empty() || pieces.is_empty() {
        pieces.push(literal(rest));
    }
    pieces
}

impl Template {
    fn parse(path: &str) -> Self {
        // A name in braces may have a slash, so that segments are not simply split.
        let mut segments = vec![String::new()];
        let mut is_name = false;
        for letter in path_of(path).chars() {
            is_name = letter == '{' || is_name && letter != '}';
            match segments.last_mut() {
                Some(last) if letter != '/' || is_name => last.push(letter),
                _ => segments.push(String::new()),
            }
        }
        Self(segments.iter().map(|text| segment(text)).collect())
    }

    /// The path by which axum routes the template: each segment that is not plain text is a parameter, named by its position.
    fn route(&self) -> String {
        let mut route = String::new();
        for (index, segment) in self.0.iter().enumerate() {
            match segment.as_slice() {
                [Piece::Text(text)] if is_plain(text) => {
                    route.push('/');
                    route.push_str(text);
                }
                _ => {
                    // Writing to a text does not fail.
                    let _ = write!(route, "/{{s{index}}}");
                }
            }
        }
        route
    }

    fn rank(&self) -> Rank {
        let text = |segment: &Segment| {
            let pieces = segment.iter().map(|piece| match piece {
                Piece::Text(text) => text.len(),
                Piece::Parameter => 0,
            });
            pieces.sum()
        };
        let segments = self.0.iter();
        segments
            .map(|segment| (segment.contains(&Piece::Parameter), Reverse(text(segment))))
            .collect()
    }

    /// The texts of the parameters of a path that is of this template.
    fn captures(&self, path: &str) -> Option<Captures> {
        let mut captures = Captures::default();
        let mut rest = Some(path);
        for segment in &self.0 {
            let (text, after) = first_segment(rest?);
            capture(segment, text, &mut captures)?;
            rest = after;
        }
        rest.is_none().then_some(captures)
    }
}

/// The first segment of a path, and what is behind its slash. Segments are too short for a search that skips bytes.
fn first_segment(path: &str) -> (&str, Option<&str>) {
    let end = path.bytes().position(|byte| byte == b'/');
    match end.and_then(|end| path.split_at_checked(end)) {
        Some((segment, rest)) => (segment, rest.get(1..)),
        None => (path, None),
    }
}

/// True for a segment that axum takes literally, and that is never escaped in another way.
fn is_plain(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~'))
}

/// Adds the parameters of a segment. Each is as short as the text behind it allows, but for the last, which has the rest: that
/// finds them wherever a segment is of its pattern, without trying several ways.
fn capture(segment: &[Piece], text: &str, captures: &mut Captures) -> Option<()> {
    let mut rest = text;
    for (index, piece) in segment.iter().enumerate() {
        if let Piece::Text(literal) = piece {
            rest = rest.strip_prefix(literal.as_str())?;
            continue;
        }
        let first = rest.chars().next()?.len_utf8();
        let is_next_last = index + 2 == segment.len();
        let length = match segment.get(index + 1) {
            None => rest.len(),
            Some(Piece::Parameter) => first,
            Some(Piece::Text(next)) if is_next_last => rest.strip_suffix(next.as_str())?.len(),
            Some(Piece::Text(next)) => first + rest.get(first..)?.find(next.as_str())?,
        };
        let (value, after) = rest.split_at_checked(length)?;
        if value.is_empty() {
            return None;
        }
        captures.push(value);
        rest = after;
    }
    rest.is_empty().then_some(())
}

impl Table {
    /// Adds the operation of this index. One whose path and method another has already is never reached.
    pub(super) fn add(&mut self, operation: &'static OperationSpec, index: usize) {
        let template = Template::parse(operation.path);
        let known = self.entries.iter_mut().find(|entry| entry.template == template);
        let method = operation.method;
        match known {
            Some(entry) => {
                if entry.methods.iter().all(|(other, _)| *other != method) {
                    entry.methods.push((method, index));
                }
            }
            None => self.entries.push(Entry { template, methods: vec![(method, index)] }),
        }
    }

    /// Sorts the templates; to be called once all operations are there.
    pub(super) fn finish(&mut self) {
        self.entries.sort_by_cached_key(|entry| entry.template.rank());
        let mut groups = BTreeMap::<String, Vec<usize>>::new();
        for (index, entry) in self.entries.iter().enumerate() {
            groups.entry(entry.template.route()).or_default().push(index);
        }
        self.groups = groups.into_iter().collect();
    }

    /// The paths by which axum routes the operations.
    pub(super) fn routes(&self) -> impl Iterator<Item = &str> {
        self.groups.iter().map(|(route, _)| route.as_str())
    }

    /// Finds the operation of a method and path, at first among those that axum routes by the path of this number: nearly always
    /// it is there.
    pub(super) fn find(&self, method: &str, path: &str, route: Option<usize>) -> Match {
        let path = percent::normalized(path);
        // `OPTIONS *` and `CONNECT` have no path (RFC 9112, section 3.2).
        let Some(path) = path.strip_prefix('/') else {
            return Match::Nothing;
        };
        let group = route.and_then(|route| self.groups.get(route));
        let group = group.map_or(&[][..], |(_, entries)| entries);
        let mut first = group.iter().filter_map(|index| self.entries.get(*index));
        let search = |entry: &Entry| Some(entry.choose(method, entry.template.captures(path)?));
        let alike = first.find_map(search);
        alike.or_else(|| self.entries.iter().find_map(search)).unwrap_or(Match::Nothing)
    }
}

impl Entry {
    /// The operation of a method; `HEAD` is that of `GET`, unless it is an operation of its own (RFC 9110, section 9.3.2).
    fn choose(&self, method: &str, captures: Captures) -> Match {
        let named = |name: &str| self.methods.iter().find(|(other, _)| *other == name);
        let head = || named("GET").filter(|_| method == "HEAD");
        match named(method).or_else(head) {
            Some((_, index)) => Match::Operation(*index, captures),
            None => Match::OtherMethods(self.allow()),
        }
    }

    /// The value of `Allow` (RFC 9110, section 10.2.1).
    fn allow(&self) -> String {
        let mut methods: Vec<&str> = self.methods.iter().map(|(method, _)| *method).collect();
        for (method, is_implied) in [("HEAD", methods.contains(&"GET")), ("OPTIONS", true)] {
            if is_implied && !methods.contains(&method) {
                methods.push(method);
            }
        }
        methods.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table of `METHOD path` pairs.
    fn table(operations: &[(&'static str, &'static str)]) -> Table {
        let mut table = Table::default();
        for (index, (method, path)) in operations.iter().enumerate() {
            let spec = OperationSpec { method, path, ..OperationSpec::DEFAULT };
            table.add(Box::leak(Box::new(spec)), index);
        }
        table.finish();
        table
    }

    fn operation(index: usize, captures: &[&str]) -> Match {
        Match::Operation(index, Captures(captures.join("/")))
    }

    #[test]
    fn segments_may_have_text_and_parameters() {
        let table = table(&[
            ("GET", "/files/{name}"),
            ("GET", "/files/{name}.json"),
            ("POST", "/files/{name}:copy"),
            ("GET", "/files/readme"),
            ("GET", "/compare/{base}...{head}"),
            ("GET", "/{kind}/{id}/ü%20x"),
            ("GET", "/"),
        ]);
        let find = |method: &str, path: &str| table.find(method, path, None);
        assert_eq!(find("GET", "/files/a%2Fb"), operation(0, &["a%2Fb"]));
        assert_eq!(find("GET", "/files/a.json"), operation(1, &["a"]));
        assert_eq!(find("GET", "/files/a.json.json"), operation(1, &["a.json"]));
        assert_eq!(find("GET", "/files/.json"), operation(0, &[".json"]));
        assert_eq!(find("POST", "/files/a:copy"), operation(2, &["a"]));
        assert_eq!(find("GET", "/files/r%65adme"), operation(3, &[]));
        assert_eq!(find("GET", "/compare/v1...v2...v3"), operation(4, &["v1", "v2...v3"]));
        assert_eq!(find("GET", "/compare/...v2"), Match::Nothing);
        assert_eq!(find("GET", "/a/b/%c3%bc%20x"), operation(5, &["a", "b"]));
        assert_eq!(find("GET", "/"), operation(6, &[]));
        assert_eq!(find("GET", "/files/"), Match::Nothing);
        assert_eq!(find("OPTIONS", "*"), Match::Nothing);
        assert_eq!(find("GET", "/files/readme/"), Match::Nothing);
        let allow = |text: &str| Match::OtherMethods(text.to_owned());
        assert_eq!(find("GET", "/files/a:copy"), allow("POST, OPTIONS"));
        assert_eq!(find("PATCH", "/files/readme"), allow("GET, HEAD, OPTIONS"));
        assert_eq!(find("HEAD", "/files/readme"), operation(3, &[]));
    }

    /// axum would stop at the more special of two paths, which the request is not for.
    #[test]
    fn a_path_that_axum_routes_elsewhere_is_still_matched() {
        let table = table(&[("GET", "/a/{id}:run"), ("GET", "/{kind}/{id}")]);
        assert_eq!(table.routes().collect::<Vec<_>>(), ["/a/{s1}", "/{s0}/{s1}"]);
        assert_eq!(table.find("GET", "/a/7", Some(0)), operation(1, &["a", "7"]));
        assert_eq!(table.find("GET", "/a/7:run", Some(0)), operation(0, &["7"]));
    }

    #[test]
    fn of_two_operations_that_are_alike_the_first_counts() {
        let table = table(&[("GET", "/a/{x}"), ("GET", "/a/{y}"), ("PUT", "/a/{y}")]);
        assert_eq!(table.find("GET", "/a/1", None), operation(0, &["1"]));
        assert_eq!(table.find("PUT", "/a/1", None), operation(2, &["1"]));
    }

    #[test]
    fn names_are_those_of_the_template() {
        assert_eq!(parameter_names("/a/{x}-{y}/{z/w}?q={v}"), ["x", "y", "z/w"]);
        assert_eq!(parameter_names("/a/{x"), Vec::<&str>::new());
    }
}
