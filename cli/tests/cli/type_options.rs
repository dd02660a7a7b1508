//! Names, types and derives of the caller's choice: by the configuration and by the command line.

use crate::support::Sandbox;

const CONFIG: &str = "\
[[client]]
document = \"pets.yaml\"
out = \"out\"
date-time-types = \"jiff\"
lenient-formats = true

[client.rename]
Pet = \"Animal\"
\"Pet.name\" = \"called\"
listPets = \"pets\"

[client.derive]
Animal = [\"Eq\", \"other_crate::Shown\"]

[client.dependencies]
other_crate = { path = \"others/other\", features = [\"a\"] }
another = \"1\"
";

#[test]
fn the_configuration_reaches_code_and_manifest() {
    let sandbox = Sandbox::new();
    sandbox.write("typewright.toml", CONFIG);
    sandbox.run(&["generate"]).ends(0);
    let types = sandbox.read("out/src/types/other.rs");
    assert!(types.contains("pub called: String"), "{types}");
    let derive = "#[derive(Eq, other_crate::Shown)]";
    assert!(types.contains(derive), "{types}");
    let manifest = sandbox.read("out/Cargo.toml");
    let dependency = "other_crate = { path = \"../others/other\", features = [\"a\"] }";
    let reordered = "other_crate = { features = [\"a\"], path = \"../others/other\" }";
    assert!(manifest.contains(dependency) || manifest.contains(reordered), "{manifest}");
    assert!(manifest.contains("another = \"1\""), "{manifest}");
    sandbox.run(&["generate", "--check"]).ends(0);
}

#[test]
fn a_dependency_that_is_there_stays_as_it_is() {
    let sandbox = Sandbox::new();
    sandbox.write("typewright.toml", CONFIG);
    let manifest = "[package]\nname = \"a\"\n[dependencies]\nanother = \"2\" # mine\n";
    sandbox.write("out/Cargo.toml", manifest);
    sandbox.run(&["generate"]).ends(0);
    let manifest = sandbox.read("out/Cargo.toml");
    assert!(manifest.contains("another = \"2\" # mine"), "{manifest}");
}

#[test]
fn the_command_line_says_the_same() {
    let sandbox = Sandbox::new();
    let arguments = [
        "--rename",
        "Pet=Animal",
        "--rename",
        "GET /pets=pets",
        "--derive",
        "*=Eq,Hash",
        "--date-time-types",
        "time",
        "--lenient-formats",
        "--types-only",
    ];
    sandbox.generate(&arguments).ends(0);
    let types = sandbox.read("out/src/types/other.rs");
    assert!(types.contains("#[derive(Eq, Hash)]"), "{types}");
    sandbox.generate(&["--type", "Pet=std::string::String"]).ends(0);
    assert!(!sandbox.path("out/src/types/other.rs").exists());
}

#[test]
fn keys_and_values_that_mean_nothing_are_errors() {
    let sandbox = Sandbox::new();
    for (arguments, code) in [
        (&["--rename", "Pett=Animal"][..], "is `Pet` meant?"),
        (&["--rename", "Pet=no name"], "TW0403"),
        (&["--derive", "Cat=Eq"], "TW0402"),
        (&["--type", "format:uuid=a::B"], "TW0402"),
    ] {
        let run = sandbox.generate(arguments).ends(1);
        assert!(run.stderr.contains(code), "{run:?}");
        assert!(!sandbox.path("out").exists());
    }
    sandbox.generate(&["--rename", "Pet"]).ends(2);
    sandbox.generate(&["--date-time-types", "calendar"]).ends(2);
}

const FRAMEWORKS: &str = "\
openapi: 3.0.3
info: { title: Frameworks, version: '1' }
paths:
  /v1/files:
    post:
      operationId: create_file_v1_files_post
      responses: { '200': { description: Fine., content: { application/json: { schema: { $ref: '#/components/schemas/etcdserverpbFile' } } } } }
components:
  schemas:
    etcdserverpbFile: { type: object, properties: { name: { type: string } } }
";

#[test]
fn names_of_frameworks_are_cut_by_both() {
    let has = |sandbox: &Sandbox, method: &str, ty: &str| {
        let operations = sandbox.read("out/src/operations/untagged.rs");
        assert!(operations.contains(&format!("fn {method}")), "{operations}");
        let types = sandbox.read("out/src/types/other.rs");
        assert!(types.contains(&format!("struct {ty} ")), "{types}");
    };
    let sandbox = Sandbox::new();
    sandbox.write("pets.yaml", FRAMEWORKS);
    sandbox.generate(&[]).ends(0);
    has(&sandbox, "create_file(", "EtcdserverpbFile");
    let whole = "create_file_v1_files_post(";
    let arguments = ["--full-operation-ids", "--strip-prefix", "etcdserverpb"];
    sandbox.generate(&arguments).ends(0);
    has(&sandbox, whole, "File");
    let run = sandbox.generate(&["--strip-prefix", "authpb"]).ends(1);
    assert!(run.stderr.contains("TW0402"), "{run:?}");
    let options = "full-operation-ids = true\nstrip-prefix = [\"Etcdserverpb\"]\n";
    let config = "[[client]]\ndocument = \"pets.yaml\"\nout = \"out\"\n";
    sandbox.write("typewright.toml", format!("{config}{options}"));
    sandbox.run(&["generate"]).ends(0);
    has(&sandbox, whole, "File");
}

#[test]
fn a_parameter_of_a_path_may_be_empty() {
    let sandbox = Sandbox::new();
    let document = "openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /files/{path}: {get: {operationId: getFile, parameters: [{name: path, in: path, required: true, schema: {type: string}}], responses: {'204': {description: D}}}}
";
    sandbox.write("pets.yaml", document);
    let config = "[[client]]\ndocument = \"pets.yaml\"\nout = \"out\"\nempty-path = [";
    sandbox.write("typewright.toml", format!("{config}\"getFile.path\"]\n"));
    sandbox.run(&["generate"]).ends(0);
    let operations = sandbox.read("out/src/operations/untagged.rs");
    assert!(operations.contains("path path empty"), "{operations}");
    sandbox.write("typewright.toml", format!("{config}\"getFile.id\"]\n"));
    let run = sandbox.run(&["generate"]).ends(1);
    assert!(run.stderr.contains("`getFile.id`"), "{run:?}");
}

const SERVERS: &str = "\
openapi: 3.0.3
info: { title: Servers, version: '1' }
paths:
  /pets:
    get:
      operationId: getPet
      responses: { '200': { description: Fine., content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } }
components:
  schemas:
    Pet: { type: object, required: [name, tags], properties: { name: { type: string }, tags: { type: array, items: { type: string } } } }
";

#[test]
fn replies_may_lack_what_the_document_requires() {
    let has = |sandbox: &Sandbox, name: &str, tags: &str| {
        let types = sandbox.read("out/src/types/other.rs");
        let name = format!("pub name: {name},");
        assert!(types.contains(&name) && types.contains(tags), "{types}");
    };
    let (strict, empty) = ("tags: \"tags\" }", "tags: \"tags\" as rt::OrEmpty");
    let sandbox = Sandbox::new();
    sandbox.write("pets.yaml", SERVERS);
    for (arguments, name, tags) in [
        (&[][..], "String", strict),
        (&["--responses", "strict"], "String", strict),
        (&["--responses", "lenient"], "Option<String>", empty),
        (&["--lenient", "Pet.name"], "Option<String>", strict),
        (&["--lenient", "P*.tags", "--lenient", "Pet.tag?"], "String", empty),
    ] {
        sandbox.generate(arguments).ends(0);
        has(&sandbox, name, tags);
    }
    let config = "[[client]]\ndocument = \"pets.yaml\"\nout = \"out\"\n";
    for (options, name, tags) in [
        ("responses = \"lenient\"\n", "Option<String>", empty),
        ("responses = \"strict\"\nlenient = [\"Pet.tags\"]\n", "String", empty),
    ] {
        sandbox.write("typewright.toml", format!("{config}{options}"));
        sandbox.run(&["generate"]).ends(0);
        has(&sandbox, name, tags);
    }
}

#[test]
fn what_replies_may_lack_has_to_make_sense() {
    let sandbox = Sandbox::new();
    sandbox.write("pets.yaml", SERVERS);
    let run = sandbox.generate(&["--lenient", "Pet.tag"]).ends(1);
    assert!(run.stderr.contains("TW0402"), "{run:?}");
    assert!(run.stderr.contains("is `Pet.tags` meant?"), "{run:?}");
    let run = sandbox.generate(&["--responses", "kind"]).ends(2);
    assert!(run.stderr.contains("[possible values: strict, lenient]"), "{run:?}");
    let config = "[[client]]\ndocument = \"pets.yaml\"\nout = \"out\"\n";
    for (wrong, says) in [
        ("responses = \"leniently\"", "`leniently` is neither `strict` nor `lenient`"),
        ("responses = true", "invalid type: boolean `true`, expected a string"),
        ("lenient = \"Pet\"", "invalid type: string \"Pet\", expected a sequence"),
        ("lenient = true", "invalid type: boolean `true`, expected a sequence"),
    ] {
        sandbox.write("typewright.toml", format!("{config}{wrong}\n"));
        let run = sandbox.run(&["generate"]).ends(1);
        for text in ["TW0504", "typewright.toml:4:", says] {
            assert!(run.stderr.contains(text), "{text}: {run:?}");
        }
        assert!(!sandbox.path("out").exists());
    }
}
