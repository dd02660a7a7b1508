//! `typewright fix`: edits of callers.

mod caller;
mod cases;
mod files;
mod groups;

use crate::support::{Run, Sandbox};

const OLD: &str = include_str!("old.yaml");
const NEW: &str = include_str!("new.yaml");

/// A folder with two documents.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::empty();
    sandbox.write("old.yaml", OLD);
    sandbox.write("new.yaml", NEW);
    sandbox
}

fn fix(sandbox: &Sandbox, further: &[&str]) -> Run {
    let arguments = ["fix", "old.yaml", "new.yaml", "--crate", "pets"];
    sandbox.run(&[&arguments, further].concat())
}
