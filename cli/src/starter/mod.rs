//! The files of a new crate that its author owns: an example with the first call, and a test of it.

mod call;
mod credentials;
mod example;
mod test;

use call::FirstCall;
use typewright::diff::Model;
use typewright::names::{crate_ident, shouty};
use typewright::Module;

/// The example's name, and the test's.
pub const FIRST_CALL: &str = "first_call";

/// The client, and the names in its files.
struct Starter<'m> {
    model: &'m Model,
    /// Name of the crate in Rust.
    krate: String,
    /// Prefix of variables of the environment: `PETS`.
    prefix: String,
}

/// The files for the crate of this name, and the variables of the environment that its example needs. There are none for a
/// document without operations.
pub fn files(model: &Model, name: &str) -> (Vec<Module>, Vec<String>) {
    let starter = Starter {
        model,
        krate: crate_ident(name).to_string(),
        prefix: shouty(&name.replace('-', "_")),
    };
    let Some(client) = &model.krate.client else {
        return (Vec::new(), Vec::new());
    };
    let call = FirstCall::choose(model, client, &starter.prefix);
    let (text, variables) = example::text(&starter, client, call.as_ref());
    let test = call.and_then(|call| test::text(&starter, client, &call));
    let file =
        |folder: &str, text: String| Module { path: format!("{folder}/{FIRST_CALL}.rs"), text };
    let files = [file("examples", text)].into_iter().chain(test.map(|text| file("tests", text)));
    (files.collect(), variables)
}

/// A text of the document for a comment of one line.
fn one_line(text: &str) -> String {
    let text = typewright::diagnostics::printable(text).into_owned();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
