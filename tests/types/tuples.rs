//! Each position of a tuple travels by its own codec.

use super::{read, written};
use goldens::tuple::types::{Either, Shape};

#[test]
fn positions_have_formats() {
    let text = r#"{"path":[],"readings":[["2024-05-01T10:00:00Z","5","AQI="],["2024-05-01T10:00:00Z","6",null]]}"#;
    let shape: Shape = read(text).unwrap();
    let (at, number, bytes) = &shape.readings.as_ref().unwrap()[0];
    assert_eq!((at.timestamp(), *number), (1_714_557_600, 5));
    assert_eq!(bytes.as_deref(), Some([1, 2].as_slice()));
    assert_eq!(written(&shape), text);
    let wrong = text.replace("\"6\"", "\"six\"");
    let failure = read::<Shape>(&wrong).unwrap_err();
    assert_eq!(failure.path(), "readings[1][1]");
}

#[test]
fn what_follows_has_a_format_too() {
    let text = r#"{"path":[],"marks":[{"path":[]},"1","2","3"]}"#;
    let shape: Shape = read(text).unwrap();
    let marks = shape.marks.as_ref().unwrap();
    assert_eq!((marks.first.1, marks.rest.as_slice()), (1, [2, 3].as_slice()));
    assert_eq!(written(&shape), text);
}

#[test]
fn a_branch_may_be_a_tuple() {
    for text in [r#""none""#, r#"["2024-05-01T10:00:00Z","5",null]"#] {
        let either: Either = read(text).unwrap();
        assert_eq!(written(&either), text);
    }
}
