//! YAML as text, through `serde_yaml`: the only file that names it.

use super::{number, yaml_spans, Node, Value as NodeValue};
use serde_yaml::value::{Tag, TaggedValue};
use serde_yaml::Number;
pub use serde_yaml::{Mapping, Value};

/// A member of a [`Mapping`].
pub type Entry = (Value, Value);

/// A member without a comment.
pub fn entry(key: impl Into<String>, value: impl Into<Value>) -> Entry {
    (Value::String(key.into()), value.into())
}

/// A member with a comment of one line before it. An empty comment is none.
pub fn commented(key: impl Into<String>, comment: &'static str, value: impl Into<Value>) -> Entry {
    if comment.is_empty() {
        return entry(key, value);
    }
    entry(key, tagged(format!("# {comment}"), value.into()))
}

/// An object of members.
pub fn object(members: impl IntoIterator<Item = Entry>) -> Mapping {
    members.into_iter().collect()
}

/// A list of strings.
pub fn texts<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Value {
    texts.into_iter().map(|text| text.as_ref().to_owned()).collect()
}

/// A number, which keeps its text.
pub fn number(text: &str) -> Value {
    let integer = text.parse::<i64>().map(Number::from);
    let integer = integer.or_else(|_| text.parse::<u64>().map(Number::from)).ok();
    let number = integer.or_else(|| number::as_f64(text).map(Number::from));
    match number.filter(|number| number.to_string() == text) {
        Some(number) => Value::Number(number),
        None => tagged(format!("{VERBATIM}{text}"), Value::Null),
    }
}

/// The start of the tag of a `null` that stands for a number which `serde_yaml` would round or spell in another way; any
/// other tag is a comment.
const VERBATIM: &str = "= ";

fn tagged(tag: String, value: Value) -> Value {
    Value::Tagged(Box::new(TaggedValue { tag: Tag::new(tag), value }))
}

/// A value as YAML text.
///
/// # Errors
/// The reason why the text cannot be written.
pub fn print(node: &Node) -> Result<String, String> {
    print_commented(value(node))
}

fn value(node: &Node) -> Value {
    match &node.value {
        NodeValue::Null => Value::Null,
        NodeValue::Bool(value) => (*value).into(),
        NodeValue::Number(text) => number(text),
        NodeValue::Text(text) => text.as_str().into(),
        NodeValue::List(items) => items.iter().map(value).collect(),
        NodeValue::Object(members) => {
            object(members.iter().map(|(key, member)| entry(&**key, value(member)))).into()
        }
    }
}

/// A value with its comments as YAML text.
///
/// # Errors
/// The reason why the text cannot be written.
pub fn print_commented(value: impl Into<Value>) -> Result<String, String> {
    let mut value = value.into();
    let mut marks = Vec::new();
    take_marks(&mut value, &mut Vec::new(), &mut marks);
    let text = write(&value)?;
    if marks.is_empty() {
        return Ok(text);
    }
    with_marks(&text, &marks)
}

/// A tag, and the keys and indices that lead to its value. No tag is written: it says what `serde_yaml` cannot write.
type Mark = (Vec<String>, String);

/// Moves the tags of all values below a path to a list, in the order of the text.
fn take_marks(value: &mut Value, path: &mut Vec<String>, marks: &mut Vec<Mark>) {
    while let Value::Tagged(tagged) = value {
        marks.push((path.clone(), tagged.tag.to_string().trim_start_matches('!').to_owned()));
        *value = std::mem::take(&mut tagged.value);
    }
    let mut below = |step: String, value: &mut Value| {
        path.push(step);
        take_marks(value, path, marks);
        path.pop();
    };
    if let Value::Sequence(items) = value {
        items.iter_mut().enumerate().for_each(|(at, item)| below(at.to_string(), item));
    } else if let Value::Mapping(members) = value {
        for (key, member) in members {
            below(key.as_str().unwrap_or_default().to_owned(), member);
        }
    }
}

/// The text with each comment on a line before that of its key, and each number in its place.
fn with_marks(text: &str, marks: &[Mark]) -> Result<String, String> {
    let spans = yaml_spans(text);
    let mut out = String::new();
    let mut copied = 0;
    for (path, mark) in marks {
        let Some((span, true)) = spans.find(path.iter().map(String::as_str)) else {
            return Err(format!("`{}` has no place in the text", path.join("/")));
        };
        let (place, new) = match mark.strip_prefix(VERBATIM) {
            Some(number) => (span.value, number.to_owned()),
            None => {
                let before = text.get(..span.key.unwrap_or(span.value).start).unwrap_or_default();
                let line = before.rfind('\n').map_or(0, |at| at + 1);
                let rest = text.get(line..).unwrap_or_default();
                let indent = rest.len() - rest.trim_start_matches(' ').len();
                (line..line, format!("{:indent$}{mark}\n", ""))
            }
        };
        out.push_str(text.get(copied..place.start).unwrap_or_default());
        out.push_str(&new);
        copied = place.end;
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    Ok(out)
}

/// The characters that end a line in YAML 1.1, which `serde_yaml` writes, but not in 1.2.
const BREAKS: [char; 3] = ['\u{85}', '\u{2028}', '\u{2029}'];

/// Writes a value. Texts with one of [`BREAKS`] need double quotes, in which these are escaped; a control that no text has
/// is added to them, which calls for such quotes, and taken out of what was written.
fn write(value: &Value) -> Result<String, String> {
    let write = |value: &Value| serde_yaml::to_string(value).map_err(|error| error.to_string());
    if !any_text(value, &|text| text.contains(BREAKS)) {
        return write(value);
    }
    let escaped = |control: char| format!("\\x{:02X}", u32::from(control));
    let is_unused = |control: &char| {
        let escape = escaped(*control);
        !BREAKS.contains(control)
            && !any_text(value, &|text| text.contains(*control) || text.contains(&escape))
    };
    let control = ('\u{80}'..='\u{9f}').find(is_unused);
    let control = control.ok_or("its texts have every control character")?;
    Ok(write(&marked(value, control))?.replace(&escaped(control), ""))
}

/// `true` if any text or key passes the test.
fn any_text(value: &Value, test: &dyn Fn(&str) -> bool) -> bool {
    match value {
        Value::String(text) => test(text),
        Value::Sequence(items) => items.iter().any(|item| any_text(item, test)),
        Value::Mapping(members) => {
            members.iter().any(|(key, member)| any_text(key, test) || any_text(member, test))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Tagged(_) => false,
    }
}

/// The value with a control at the end of every text and key that has one of [`BREAKS`].
fn marked(value: &Value, control: char) -> Value {
    match value {
        Value::String(text) if text.contains(BREAKS) => format!("{text}{control}").into(),
        Value::Sequence(items) => items.iter().map(|item| marked(item, control)).collect(),
        Value::Mapping(members) => {
            let members = members.iter();
            object(members.map(|(key, member)| (marked(key, control), marked(member, control))))
                .into()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Tagged(_) => {
            value.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::parse_text;

    #[test]
    fn comments_stand_before_their_members() {
        let inner =
            object([commented("a", "first of an item", "1\n2\n"), commented("b", "", true)]);
        let document = object([
            commented("openapi", "head", "3.0.3"),
            entry("list", vec![Value::from(inner), texts(["x, y", "# no comment"])]),
            commented("empty", "nothing", Mapping::new()),
        ]);
        let expected =
            "# head\nopenapi: 3.0.3\nlist:\n# first of an item\n- a: |\n    1\n    2\n  b: true\n\
                        - - x, y\n  - '# no comment'\n# nothing\nempty: {}\n";
        assert_eq!(print_commented(document).unwrap(), expected);
    }

    #[test]
    fn numbers_keep_their_text() {
        let text = "\
- 9223372036854775807
- 18446744073709551615
- 170141183460469231731687303715884105728
- -0
- 1.10
- 1E5
- 1e999
- -0.1234567890123456789
- 0.0
- a: 1.50
  b: '1.50'
";
        assert_eq!(print(&parse_text(text).unwrap()).unwrap(), text);
    }

    #[test]
    fn texts_without_an_unused_control_are_refused() {
        let all: String = ('\u{80}'..='\u{9f}').collect();
        assert!(write(&all.into()).is_err());
    }
}
