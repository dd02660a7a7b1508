//! The failure to read or write a value.

use std::borrow::Cow;
use std::fmt;

/// The reason why a value could not be read or written: where, what was expected, and what was found.
///
/// ```
/// use typewright_runtime::value::from_json;
///
/// let failure = from_json::<Vec<i64>>(b"[1, true]").unwrap_err();
/// assert_eq!(failure.path(), "[1]");
/// assert_eq!(failure.expected(), "an integer");
/// assert_eq!(failure.actual(), "the boolean true");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct CodecError(Box<Details>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Details {
    /// Innermost first: a segment is added by each level that the failure leaves.
    path: Vec<Segment>,
    expected: Cow<'static, str>,
    actual: Cow<'static, str>,
    place: Option<String>,
    /// `true` if the text is malformed, such as JSON that does not parse.
    malformed: bool,
    help: Option<&'static str>,
}

/// The advice for a response without a required member.
const LENIENT: &str = "where servers leave it out, generate the client with `responses = \"lenient\"`, or name the type or member in `lenient`";

#[derive(Clone, Debug, PartialEq, Eq)]
enum Segment {
    Name(String),
    Index(usize),
}

impl CodecError {
    /// Creates a failure at the value that is being read.
    #[cold]
    #[must_use]
    pub fn new(
        expected: impl Into<Cow<'static, str>>,
        actual: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self(Box::new(Details {
            path: Vec::new(),
            expected: expected.into(),
            actual: actual.into(),
            place: None,
            malformed: false,
            help: None,
        }))
    }

    /// Creates the failure of null where the type does not allow it.
    #[cold]
    #[must_use]
    pub(crate) fn null() -> Self {
        Self::new("a value", "null")
    }

    /// Creates the failure of a decoder that passes no value, which no decoder of this crate does.
    #[cold]
    #[must_use]
    pub(crate) fn nothing() -> Self {
        Self::new("a value", "nothing")
    }

    /// Creates the failure of a required member that is not there.
    #[cold]
    #[must_use]
    pub fn missing(name: &str) -> Self {
        Self::new("a value", "nothing or null").in_member(name)
    }

    /// Creates the failure of a value that the list named `choice` does not have.
    #[cold]
    #[must_use]
    pub fn unlisted(choice: &str, value: &str) -> Self {
        let expected = format!("a value that `{choice}` lists");
        Self::new(expected, describe::text(value))
    }

    /// Creates the failure of a text that is not well-formed; `problem` is the parser's message.
    #[cold]
    pub(crate) fn malformed(problem: impl Into<Cow<'static, str>>) -> Self {
        let mut failure = Self::new("a well-formed value", problem);
        failure.0.malformed = true;
        failure
    }

    /// Adds to the path the member of an object in which the failed value stands.
    #[cold]
    #[must_use]
    pub fn in_member(mut self, name: &str) -> Self {
        self.0.path.push(Segment::Name(name.to_owned()));
        self
    }

    /// Adds to the path the index of a list, counted from 0, at which the failed value stands.
    #[cold]
    #[must_use]
    pub fn at_index(mut self, index: usize) -> Self {
        self.0.path.push(Segment::Index(index));
        self
    }

    /// Adds the place in the text (`line 1 column 7`), unless the failure has one.
    #[cold]
    pub(super) fn placed(mut self, place: impl FnOnce() -> String) -> Self {
        self.0.place.get_or_insert_with(place);
        self
    }

    /// The message without the path and the place.
    #[cold]
    pub(super) fn reason(&self) -> String {
        format!("expected {}, found {}", self.expected(), self.actual())
    }

    /// The message without the path, with the place in the text.
    #[cfg(feature = "server")]
    #[cold]
    pub(crate) fn message(&self) -> String {
        match self.place() {
            Some(place) => format!("{} at {place}", self.reason()),
            None => self.reason(),
        }
    }

    /// Adds to the failure of a response the option of the generator that accepts responses without a required member.
    pub(crate) fn with_help(mut self) -> Self {
        let in_member = matches!(self.0.path.first(), Some(Segment::Name(_)));
        let lacks = matches!(self.expected(), "a value" | "a value or null")
            && matches!(self.actual(), "null" | "nothing" | "nothing or null");
        if in_member && lacks {
            self.0.help = Some(LENIENT);
        }
        self
    }

    /// The option of the generator that accepts responses such as the one that failed, if there is one.
    #[must_use]
    pub fn help(&self) -> Option<&str> {
        self.0.help
    }

    /// Reports whether the text was not well-formed (JSON that does not parse, or ends early), whatever the type.
    #[must_use]
    pub fn is_malformed(&self) -> bool {
        self.0.malformed
    }

    /// The path from the outermost value to the failed one, such as `results[3].createdAt`; empty for the outermost.
    ///
    /// A name that is not a plain word is written as `["two words"]`.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::new();
        for segment in self.0.path.iter().rev() {
            match segment {
                Segment::Index(index) => path.push_str(&format!("[{index}]")),
                Segment::Name(name) if !is_plain(name) => path.push_str(&format!("[{name:?}]")),
                Segment::Name(name) if path.is_empty() => path.push_str(name),
                Segment::Name(name) => path.push_str(&format!(".{name}")),
            }
        }
        path
    }

    /// A description of the values that the type allows there, such as `an integer`.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.0.expected
    }

    /// A description of the value that stood there instead, such as `the boolean true`; long texts are cut.
    #[must_use]
    pub fn actual(&self) -> &str {
        &self.0.actual
    }

    /// The place in the text where the reader stood, such as `line 1 column 7`, if the format knows.
    #[must_use]
    pub fn place(&self) -> Option<&str> {
        self.0.place.as_deref()
    }
}

fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '$' | '@'))
}

impl fmt::Display for CodecError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path();
        if !path.is_empty() {
            write!(formatter, "{path}: ")?;
        }
        formatter.write_str(&self.reason())?;
        if let Some(place) = self.place() {
            write!(formatter, " at {place}")?;
        }
        match self.help() {
            Some(help) => write!(formatter, "; help: {help}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for CodecError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "CodecError({self})")
    }
}

impl std::error::Error for CodecError {}

/// How a value that was found is named in a [`CodecError`].
pub(super) mod describe {
    use std::borrow::Cow;
    use std::fmt::Display;

    /// Longer texts are cut here, in characters.
    const LONGEST: usize = 40;

    #[cold]
    pub(crate) fn boolean(value: bool) -> Cow<'static, str> {
        format!("the boolean {value}").into()
    }

    #[cold]
    pub(crate) fn bytes(value: &[u8]) -> Cow<'static, str> {
        format!("{} bytes", value.len()).into()
    }

    #[cold]
    pub(crate) fn number(value: impl Display) -> Cow<'static, str> {
        format!("the number {value}").into()
    }

    #[cold]
    pub(crate) fn text(value: &str) -> Cow<'static, str> {
        match value.char_indices().nth(LONGEST) {
            None => format!("the text {value:?}").into(),
            Some((at, _)) => {
                let start = value.get(..at).unwrap_or_default();
                format!("the text {start:?}… of {} bytes", value.len()).into()
            }
        }
    }
}
