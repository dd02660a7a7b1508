//! Builds that fail: what Cargo prints, and what remains.

use super::project::{Project, RETURNS};
use super::{DOCUMENT, PET};
use std::fs;

const DROPS: &str =
    "fn main() {\n    let _ = typewright::build::compile(\"specs/pets.yaml\");\n}\n";
const PANICS: &str =
    "fn main() {\n    typewright::build::compile(\"specs/pets.yaml\").unwrap();\n}\n";

const WRONG: &str = "openapi: 3.0.3\ninfo: { title: Pets, version: '1' }\npaths: [\n";

#[test]
fn a_failure_is_printed_once_and_the_earlier_output_stays() {
    let scripts = [("returns", RETURNS), ("drops", DROPS), ("panics", PANICS)];
    for (name, script) in scripts {
        let project = Project::of_program(name, script);
        let document = format!("members/{name}/specs/pets.yaml");
        let pet = format!("members/{name}/specs/schemas/pet.yaml");
        project.write(&pet, PET);
        project.write(&document, DOCUMENT);
        let output = project.build().out_dir().join("pets.rs");
        let text = fs::read_to_string(&output).unwrap();

        let fails = |place: &str, code: &str| {
            let stderr = project.fails();
            for part in [place, code] {
                assert_eq!(stderr.matches(part).count(), 1, "{name}: {stderr}");
            }
            assert_eq!(fs::read_to_string(&output).unwrap(), text, "{name}");
        };
        project.write(&document, WRONG);
        fails("specs/pets.yaml:3:8", "[TW0103]");
        fs::remove_file(project.path(&pet)).unwrap();
        project.write(&document, DOCUMENT);
        fails("specs/pets.yaml:5:65", "[TW0114]");
        project.write(&pet, PET);
        assert_eq!(project.build().warnings().len(), 1, "{name}: the file has appeared");
        fs::remove_file(project.path(&document)).unwrap();
        fails("no such file", "[TW0101]");
        project.write(&document, DOCUMENT);
        let build = project.build();
        assert_eq!(build.warnings().len(), 1, "{name}: {}", build.stderr);
        assert_eq!(fs::read_to_string(&output).unwrap(), text, "{name}");
    }
}

/// A document that needs two features of the runtime.
const WITH_FEATURES: &str = "openapi: 3.0.3\ninfo: { title: Pets, version: '1' }\npaths: {}\n\
    components: { schemas: { Tag: { type: object, properties: { id: { type: string, format: uuid }, \
    born: { type: string, format: date-time } } } } }\n";
const WITH_TIME: &str = "fn main() -> Result<(), typewright::build::Error> {\n    \
    typewright::build::Builder::new(\"specs/pets.yaml\").date_time_types(typewright::DateTimeTypes::Time).compile()\n}\n";

#[test]
fn a_missing_feature_of_the_runtime_is_one_error_that_names_the_line() {
    let project = Project::of_program("features", WITH_TIME);
    project.write("members/features/specs/pets.yaml", WITH_FEATURES);
    let path = "members/features/Cargo.toml";
    let manifest = fs::read_to_string(project.path(path)).unwrap();
    let with = |features: &str| {
        let features = format!("default-features = false, features = [{features}]");
        project.write(path, &manifest.replace("default-features = false", &features));
    };
    for features in ["", "\"uuid\"", "\"time\""] {
        with(features);
        let stderr = project.fails();
        let line = format!(
            "typewright-runtime = {{ version = \"{}\", features = [\"uuid\", \"time\"] }}",
            env!("CARGO_PKG_VERSION")
        );
        assert!(stderr.contains(&line), "{features}: {stderr}");
        let errors = stderr.lines().filter(|line| line.starts_with("error"));
        // the one, and that the package could not be compiled
        assert_eq!(errors.count(), 2, "{features}: {stderr}");
    }
    with("\"uuid\", \"time\"");
    project.build();
}
