//! The same input has the same output, on any number of threads and however often it is generated.

use crate::support::golden::goldens;
use crate::support::{documents_below, root, shared, Memory};
use std::fs;
use std::path::PathBuf;
use typewright::diagnostics::Diagnostics;
use typewright::host::disk::Disk;
use typewright::lower::TypeOptions;
use typewright::print::{print_on, Printed};
use typewright::{analyse, emit, generate, lower, names, Loader, Options};

/// The client of a document, printed on each of these numbers of threads; empty if the document has errors.
fn printed(entry: &str, loader: &dyn Loader, threads: &[usize]) -> Vec<Printed> {
    let options = Options::default();
    let Some(api) = analyse(entry, loader, &options).api else {
        return Vec::new();
    };
    let mut diagnostics = Diagnostics::new();
    let type_options = TypeOptions::new(&api, &options, &mut diagnostics);
    let names = names::assign(&api, &options, &mut diagnostics);
    let krate = lower::lower(&api, &names, &type_options, &mut diagnostics);
    threads.iter().map(|threads| print_on(*threads, emit::emit(&krate))).collect()
}

/// Asserts that the number of threads changes nothing; `false` if there is no client.
fn is_equal_on_all_threads(entry: &str, loader: &dyn Loader) -> bool {
    let printed = printed(entry, loader, &[1, 8]);
    let [one, eight] = &*printed else {
        return false;
    };
    assert!(one.files() == eight.files(), "{entry}: files");
    assert!(one.include() == eight.include(), "{entry}: included text");
    true
}

/// The documents of `specs`.
fn specs() -> Vec<PathBuf> {
    let documents = documents_below(&root().join("specs")).into_iter();
    documents.filter(|path| path.ends_with("openapi.yaml")).collect()
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let documents = goldens().into_iter().filter_map(|golden| golden.document());
    let count = documents
        .filter(|text| is_equal_on_all_threads("openapi.yaml", &Memory::document(text)))
        .count();
    assert!(count > 50, "{count} goldens have a client by themselves");
    let specs = specs();
    assert_eq!(specs.len(), 3);
    for path in specs {
        assert!(is_equal_on_all_threads(path.to_str().unwrap(), &Disk::new(&path)));
    }
    let Some(corpus) = shared("corpus/real") else { return };
    for name in ["box.json", "discord.json", "petstore-3.0.yaml", "telegram.json", "uber-2.0.yaml"]
    {
        let path = corpus.join(name);
        assert!(is_equal_on_all_threads(path.to_str().unwrap(), &Disk::new(&path)), "{name}");
    }
}

/// Maps with a random state differ within one process, too.
#[test]
fn a_second_run_generates_the_same() {
    let options = Options::new(|options| {
        options.tests = true;
        options.validate = true;
    });
    for path in specs() {
        let text = fs::read_to_string(&path).unwrap();
        let loader = Memory::document(text);
        let run = || generate("openapi.yaml", &loader, &options);
        let (first, second) = (run(), run());
        assert!(first.diagnostics.iter().eq(second.diagnostics.iter()), "{}", path.display());
        let (first, second) = (first.output.unwrap(), second.output.unwrap());
        assert!(first.modules == second.modules, "{}", path.display());
        assert!(first.tests == second.tests, "{}", path.display());
        assert_eq!(first.runtime_features, second.runtime_features);
        assert_eq!(first.dependencies, second.dependencies);
    }
}
