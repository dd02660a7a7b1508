//! The tests that a generated crate is given beside its code.

use crate::api::model::Api;
use crate::lower::{self, Style};
use crate::names::{self, Names};
use crate::options::Options;
use crate::output::TestFile;
use crate::{emit, print};

/// Every test of the crate, where the options ask for tests.
pub fn all(api: &Api, names: &Names, (options, style): (&Options, &Style)) -> Vec<TestFile> {
    if !options.tests {
        return Vec::new();
    }
    let has_client = !options.types_only && !api.operations.is_empty();
    let contract = has_client.then(|| contract(api, names, (options, style)));
    [examples(api, names, (options, style))]
        .into_iter()
        .chain(contract)
        .collect()
}

/// `tests/contract.rs`.
fn contract(api: &Api, names: &Names, (options, style): (&Options, &Style)) -> TestFile {
    let contracts = lower::contract::lower(api, names, style);
    let krate = names::of_crate(&options.name);
    let file = emit::contract::file(&krate, &contracts, !api.servers.is_empty());
    let features = ["testing", "blocking", "reqwest"];
    TestFile {
        name: "contract".to_owned(),
        text: print::file(file),
        has_main: true,
        runtime_features: features.map(str::to_owned).into(),
        dependencies: [("libtest-mimic".to_owned(), "0.8".to_owned())].into(),
    }
}

/// `tests/examples.rs`.
fn examples(api: &Api, names: &Names, (options, style): (&Options, &Style)) -> TestFile {
    let examples = lower::examples::lower(api, names, style);
    let file = emit::examples::file(&names::of_crate(&options.name), &examples);
    TestFile {
        name: "examples".to_owned(),
        text: print::file(file),
        has_main: true,
        runtime_features: vec!["testing".to_owned()],
        dependencies: [("libtest-mimic".to_owned(), "0.8".to_owned())].into(),
    }
}
