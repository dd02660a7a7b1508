//! `new`: a crate that makes a first call.

use crate::support::{target, Run, Sandbox, DOCUMENT};
use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::thread;

const TOYS: &str = "\
openapi: 3.0.3
info: { title: Pets, version: '1' }
servers: [{ url: https://pets.example }]
security: [{ key: [] }]
paths:
  /pets:
    post: { operationId: addPet, responses: { '204': { description: Added. } } }
  /pets/{petId}/toys:
    get:
      operationId: listToys
      parameters:
        - { name: petId, in: path, required: true, schema: { type: string }, example: p-7 }
        - { name: limit, in: query, required: true, schema: { type: integer } }
      responses:
        '200':
          description: All toys.
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Toy' } }
components:
  securitySchemes: { key: { type: http, scheme: bearer } }
  schemas:
    Toy:
      type: object
      required: [id, name]
      properties:
        id: { type: integer, readOnly: true }
        name: { type: string }
        secret: { type: string, writeOnly: true }
";

/// The names of all files below a folder, with `/` between folders.
fn names(sandbox: &Sandbox, folder: &str) -> Vec<String> {
    let root = sandbox.path(folder);
    let files = sandbox.files(folder).into_iter();
    let relative = |path: &Path| path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
    files.map(|(path, ..)| relative(&path).replace('\\', "/")).collect()
}

#[test]
fn a_crate_has_an_example_and_a_test() {
    let sandbox = Sandbox::new();
    sandbox.write("toys.yaml", TOYS);
    let run = sandbox.run(&["new", "toys", "toys.yaml"]).ends(0);
    assert!(run.stdout.contains("cargo test --manifest-path toys/Cargo.toml"), "{run:?}");
    let call =
        "TOYS_TOKEN=… TOYS_LIMIT=… cargo run --manifest-path toys/Cargo.toml --example first_call";
    assert!(run.stdout.contains(call), "{run:?}");
    let files = names(&sandbox, "toys");
    for file in ["Cargo.toml", ".gitignore", "examples/first_call.rs", "tests/first_call.rs"] {
        assert!(files.iter().any(|name| name == file), "{file}: {files:?}");
    }
    let example = sandbox.read("toys/examples/first_call.rs");
    assert!(
        example.contains("client.list_toys(\"p-7\", variable(\"TOYS_LIMIT\")?.parse()?)"),
        "{example}"
    );
    assert!(example.contains(".key(variable(\"TOYS_TOKEN\")?)"), "{example}");
    let test = sandbox.read("toys/tests/first_call.rs");
    assert!(test.contains("\"id\\\":1") && !test.contains("secret"), "{test}");
    sandbox.run(&["generate", "toys.yaml", "--out", "toys", "--name", "toys", "--check"]).ends(0);
}

#[test]
fn the_operation_with_the_fewest_arguments_that_only_reads_is_called() {
    let sandbox = Sandbox::new();
    let call = |document: &str| {
        sandbox.write("pets.yaml", document);
        let _ = fs::remove_dir_all(sandbox.path("pets"));
        sandbox.run(&["new", "pets", "pets.yaml"]).ends(0);
        sandbox.read("pets/examples/first_call.rs")
    };
    let text = call(DOCUMENT);
    assert!(text.contains("client.list_pets().await?") && !text.contains("Credentials"), "{text}");
    let text = call(&DOCUMENT.replace("servers: [{ url: https://pets.example }]\n", ""));
    assert!(text.contains("Client::builder(&variable(\"PETS_BASE_URL\")?)"), "{text}");
    let deprecated = "    get:\n      deprecated: true\n";
    let text = call(&DOCUMENT.replace("    get:\n", deprecated));
    assert!(text.contains("#[allow(deprecated)]\n    let response"), "{text}");
    let text = call(&DOCUMENT.replace("    get:\n", "    delete:\n"));
    assert!(text.contains("No operation") && !text.contains("list_pets"), "{text}");
    assert!(!sandbox.path("pets/tests").exists());
    let text = call(&TOYS.replace("security: [{ key: [] }]", "security: [{ key: [] }, {}]"));
    assert!(!text.contains("Credentials"), "the API may be called without: {text}");
}

#[test]
fn folders_with_files_and_bad_names_are_refused_and_failures_leave_nothing() {
    let sandbox = Sandbox::new();
    sandbox.write("mine/notes.txt", "mine");
    let run = sandbox.run(&["new", "mine", "pets.yaml"]).ends(1);
    assert!(run.stderr.contains("not an empty folder"), "{run:?}");
    assert_eq!(names(&sandbox, "mine"), ["notes.txt"]);
    let run = sandbox.run(&["new", "pets.yaml", "pets.yaml"]).ends(1);
    assert!(run.stderr.contains("TW05"), "{run:?}");
    for name in ["1 2", "self", "описание"] {
        let run = sandbox.run(&["new", name, "pets.yaml"]).ends(1);
        assert!(run.stderr.contains("TW0507") && !sandbox.path(name).exists(), "{run:?}");
    }
    sandbox.run(&["new", "a/deep/pets", "none.yaml"]).ends(1);
    sandbox.write("pets.yaml", DOCUMENT.replace("openapi: 3.0.3", "openapi: [3"));
    sandbox.run(&["new", "a/deep/pets", "pets.yaml"]).ends(1);
    sandbox.write("pets.yaml", DOCUMENT);
    sandbox.run(&["new", "a/deep/pets", "pets.yaml", "--runtime-path", "mine"]).ends(1);
    assert!(!sandbox.path("a").exists());
    sandbox.run(&["new", "a/deep/pets", "pets.yaml"]).ends(0);
}

/// Runs cargo in the crate `toys`, offline, with the locked versions of this repository.
fn cargo(sandbox: &Sandbox, arguments: &[&str], url: &str) -> Run {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(arguments).args(["--offline", "--quiet", "--target-dir"]);
    cargo.arg(target());
    cargo.env("TOYS_BASE_URL", url).env("TOYS_TOKEN", "t0k3n").env("TOYS_LIMIT", "3");
    cargo.current_dir(sandbox.path("toys")).output().unwrap().into()
}

/// Answers one request with a list, and returns its text.
fn answer(listener: &TcpListener) -> String {
    let (mut stream, _) = listener.accept().unwrap();
    let mut request = Vec::new();
    let mut buffer = [0; 1024];
    while !request.ends_with(b"\r\n\r\n") {
        let read = stream.read(&mut buffer).unwrap();
        assert!(read > 0);
        request.extend(&buffer[..read]);
    }
    let body = r#"[{"id":5,"name":"ball"}]"#;
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n";
    write!(stream, "{head}content-length: {}\r\n\r\n{body}", body.len()).unwrap();
    String::from_utf8(request).unwrap()
}

#[test]
fn the_example_calls_a_server_and_the_test_passes() {
    let sandbox = Sandbox::new();
    sandbox.write("toys.yaml", TOYS);
    sandbox.run(&["new", "toys", "toys.yaml"]).ends(0);
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    sandbox.write("toys/Cargo.lock", fs::read(lock).unwrap());
    let run = cargo(&sandbox, &["test", "--test", "first_call"], "").ends(0);
    assert!(run.stdout.contains("1 passed"), "{run:?}");

    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = thread::spawn(move || answer(&listener));
    let readme = sandbox.read("toys/README.md");
    let program = readme.split_once("```rust\n").and_then(|(_, rest)| rest.split_once("```"));
    sandbox.write("toys/examples/readme.rs", program.unwrap().0);
    cargo(&sandbox, &["build", "--example", "readme"], "").ends(0);
    let run = cargo(&sandbox, &["run", "--example", "first_call"], &url).ends(0);
    assert!(run.stdout.contains("ball") && run.stderr.is_empty(), "{run:?}");
    let request = server.join().unwrap();
    assert!(request.starts_with("GET /pets/p-7/toys?limit=3 HTTP/1.1\r\n"), "{request}");
    assert!(request.contains("authorization: Bearer t0k3n\r\n"), "{request}");
}
