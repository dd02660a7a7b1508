//! The tests that a generated crate is given beside its code.

use crate::api::model::Api;
use crate::lower::{self, TypeOptions};
use crate::names::{self, Names};
use crate::options::Options;
use crate::output::TestFile;
use crate::{emit, print};

/// Every test of the crate, where the options ask for tests.
pub fn all(
    api: &Api,
    names: &Names,
    (options, type_options): (&Options, &TypeOptions),
) -> Vec<TestFile> {
    if !options.tests {
        return Vec::new();
    }
    let has_client = !options.types_only && !api.operations.is_empty();
    let contract = has_client.then(|| contract(api, names, (options, type_options)));
    [examples(api, names, (options, type_options))].into_iter().chain(contract).collect()
}

/// `tests/contract.rs`.
fn contract(
    api: &Api,
    names: &Names,
    (options, type_options): (&Options, &TypeOptions),
) -> TestFile {
    let contracts = lower::generated_tests::contracts(api, names, type_options);
    let krate = names::crate_ident(&options.name);
    let file = emit::generated_tests::contract(&krate, &contracts, !api.servers.is_empty());
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
fn examples(
    api: &Api,
    names: &Names,
    (options, type_options): (&Options, &TypeOptions),
) -> TestFile {
    let examples = lower::generated_tests::examples(api, names, type_options);
    let file = emit::generated_tests::examples(&names::crate_ident(&options.name), &examples);
    TestFile {
        name: "examples".to_owned(),
        text: print::file(file),
        has_main: true,
        runtime_features: vec!["testing".to_owned()],
        dependencies: [("libtest-mimic".to_owned(), "0.8".to_owned())].into(),
    }
}
