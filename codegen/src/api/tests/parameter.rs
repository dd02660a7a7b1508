//! Path parameters that may be empty, by their descriptions.

use crate::api::operation::parameter::allows_empty;

#[test]
fn descriptions_that_allow_an_empty_parameter() {
    for description in [
        "empty for the root",
        "The path. May be empty.",
        "name of the server (an empty string for the default server)",
        "Name given to a named-server; leave empty to stop the default one",
        "Empty means all.",
    ] {
        assert!(allows_empty(description), "{description}");
    }
    for description in [
        "",
        "The path.",
        "Must not be empty.",
        "A non-empty string",
        "cannot be empty",
        "It is an error if the string is empty.",
        "The folder; an empty list comes where it has no files.",
        "Deletes the empty folder",
        "The name is required, even where the group is empty",
    ] {
        assert!(!allows_empty(description), "{description}");
    }
}
