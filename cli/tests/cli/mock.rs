//! `mock`: requests as they are written to its socket.

use crate::support::Sandbox;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::{Child, Stdio};
use std::time::Duration;

const DOCUMENT: &str = "\
openapi: 3.0.3
info: { title: Pets, version: '1' }
servers: [{ url: https://pets.example/v1 }]
paths:
  /pets:
    post:
      operationId: createPet
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } }
      responses:
        '201': { description: D, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
        '409': { description: D, content: { application/json: { schema: { type: object, required: [code], properties: { code: { type: string, example: taken } } } } } }
  /pets/{id}:
    get:
      operationId: getPet
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses:
        '200': { description: D, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' }, examples: { mia: { value: { name: Mia } } } } } }
components:
  schemas:
    Pet: { type: object, required: [name], properties: { name: { type: string, maxLength: 5, example: Rex } } }
";

/// A mock that runs, and is ended when the value is dropped.
struct Running {
    process: Child,
    address: String,
}

impl Running {
    fn start(sandbox: &Sandbox, further: &[&str]) -> Self {
        sandbox.write("pets.yaml", DOCUMENT);
        Self::serve(sandbox, "pets.yaml", further)
    }

    fn serve(sandbox: &Sandbox, document: &str, further: &[&str]) -> Self {
        let mut command = sandbox.command();
        command.args(["mock", document, "--port", "0"]).args(further);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let mut line = String::new();
        let stdout = process.stdout.as_mut().unwrap();
        BufReader::new(stdout).read_line(&mut line).unwrap();
        let address = line.trim_end().strip_prefix("listening on http://").unwrap_or_default();
        Self { address: address.to_owned(), process }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream
    }

    /// Sends a request on a connection of its own; returns the head and the body of the response.
    fn send(&self, line: &str, headers: &[&str], body: &[u8]) -> (String, String) {
        let mut stream = self.connect();
        let mut head = format!("{line} HTTP/1.1\r\nHost: mock\r\nConnection: close\r\n");
        for header in headers {
            head.push_str(&format!("{header}\r\n"));
        }
        if !body.is_empty() {
            head.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        stream.write_all(format!("{head}\r\n").as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        let (head, body) = response.split_once("\r\n\r\n").unwrap();
        (head.to_owned(), body.to_owned())
    }

    fn json(&self, line: &str, body: &str) -> (String, String) {
        self.send(line, &["Content-Type: application/json"], body.as_bytes())
    }

    /// Ends the mock and returns its log.
    fn log(mut self) -> String {
        self.process.kill().unwrap();
        let mut log = String::new();
        self.process.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        log
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[track_caller]
fn assert_status((head, body): &(String, String), status: u16, part: &str) {
    assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{head}\n{body}");
    assert!(body.contains(part), "{head}\n{body}");
}

#[test]
fn requests_are_answered_as_the_document_says() {
    let sandbox = Sandbox::empty();
    let mock = Running::start(&sandbox, &[]);
    assert_status(&mock.send("GET /pets/7", &[], b""), 200, r#"{"name":"Mia"}"#);
    assert_status(&mock.send("GET /v1/pets/7?x=1", &[], b""), 200, r#"{"name":"Mia"}"#);
    assert_status(&mock.json("POST /pets", r#"{"name":"Leo"}"#), 201, r#"{"name":"Rex"}"#);
    let conflict = mock.send(
        "POST /pets",
        &["Content-Type: application/json", "Prefer: code=409"],
        br#"{"name":"Leo"}"#,
    );
    assert_status(&conflict, 409, r#"{"code":"taken"}"#);
    let unknown = mock.send("GET /pets/7", &["Prefer: example=leo"], b"");
    assert_status(&unknown, 400, "it has `mia`");
    assert_status(&mock.send("GET /pets/7", &["Accept: text/html"], b""), 406, "application/json");
    let (head, body) = mock.send("HEAD /pets/7", &[], b"");
    assert!(head.to_lowercase().contains("content-length: 14") && body.is_empty(), "{head}");
    // What is wrong is told, and the mock still answers.
    assert_status(&mock.json("POST /pets", r#"{"name":5}"#), 201, "Rex");
    let log = mock.log();
    assert!(log.contains("GET /v1/pets/7?x=1 getPet 200\n  note: query.x: "), "{log}");
    assert!(
        log.contains(
            "POST /pets createPet 201\n  warning: body.name: expected a string, not `5`\n"
        ),
        "{log}"
    );
    assert!(log.contains("GET /pets/7 getPet 406\n"), "{log}");
}

#[test]
fn requests_that_do_not_match_are_refused() {
    let sandbox = Sandbox::empty();
    let mock = Running::start(&sandbox, &["--errors"]);
    for (line, body, status, part) in [
        (
            "POST /pets",
            r#"{"name":5}"#,
            422,
            r#"{"detail":"expected a string, not `5`","place":"body.name"}"#,
        ),
        ("POST /pets", "{}", 422, r#""place":"body.name""#),
        ("POST /pets", r#"{"name":"Leopold"}"#, 422, "expected at most 5 characters, not 7"),
        ("POST /pets", r#"{"name"#, 400, "is not JSON"),
        ("GET /pets/x", "", 422, r#""place":"path.id""#),
        ("GET /cats", "", 404, "the nearest are "),
        ("PUT /pets", "{}", 405, "the path has POST"),
    ] {
        let response = mock.json(line, body);
        assert_status(&response, status, part);
        assert!(
            response.0.to_lowercase().contains("content-type: application/problem+json"),
            "{response:?}"
        );
    }
    let plain = mock.send("POST /pets", &["Content-Type: text/plain"], b"Leo");
    assert_status(&plain, 415, "application/json");
    let log = mock.log();
    assert!(log.contains("PUT /pets - 405\n"), "{log}");
}

#[test]
fn bodies_have_a_bound() {
    let sandbox = Sandbox::empty();
    let mock = Running::start(&sandbox, &["--errors"]);
    let fitting = format!("{{\"name\":\"Leo\",\"x\":\"{}\"}}", "x".repeat(10_000_000));
    assert_status(&mock.json("POST /pets", &fitting), 201, "Rex");
    let long = vec![b' '; 10 * 1024 * 1024 + 1];
    let response = mock.send("POST /pets", &["Content-Type: application/json"], &long);
    assert_status(&response, 413, "10485760 bytes");
    let mut stream = mock.connect();
    let head = "POST /pets HTTP/1.1\r\nHost: mock\r\nContent-Length: 99999999999\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    let mut line = String::new();
    BufReader::new(&stream).read_line(&mut line).unwrap();
    assert_eq!(line, "HTTP/1.1 413 Payload Too Large\r\n");
}

#[test]
fn slow_and_broken_clients_are_in_nobodys_way() {
    let sandbox = Sandbox::empty();
    let mock = Running::start(&sandbox, &[]);
    let slow: Vec<_> = (0..40)
        .map(|index| {
            let mut stream = mock.connect();
            let head = "POST /pets HTTP/1.1\r\nHost: mock\r\nContent-Length: 10\r\n\r\n";
            let end = if index % 2 == 0 { head.len() } else { 9 };
            stream.write_all(&head.as_bytes()[..end]).unwrap();
            stream
        })
        .collect();
    for bytes in [&b"\0\x01\x02\r\n\r\n"[..], b"GET\r\n\r\n", b"GET / HTTP/1.1\r\nHost"] {
        let mut stream = mock.connect();
        stream.write_all(bytes).unwrap();
        stream.shutdown(Shutdown::Both).unwrap();
    }
    // A head without an end is not read to its end; the connection may be gone before the response has come.
    let mut stream = mock.connect();
    let head = format!("GET /pets/7 HTTP/1.1\r\nHost: mock\r\nX-Long: {}", "x".repeat(1 << 20));
    let mut response = String::new();
    let _ = stream
        .write_all(head.as_bytes())
        .and_then(|()| stream.read_to_string(&mut response).map(drop));
    assert!(response.is_empty() || response.starts_with("HTTP/1.1 431 "), "{response}");
    assert_status(&mock.send("GET /pets/7", &[], b""), 200, "Mia");
    drop(slow);
    assert_status(&mock.send("GET /pets/7", &[], b""), 200, "Mia");
}

#[test]
fn obstacles_are_named() {
    let sandbox = Sandbox::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let run = sandbox.run(&["mock", "pets.yaml", "--port", &port]).ends(1);
    assert!(run.stderr.contains(&format!("port {port}: it is in use; `--port`")), "{run:?}");
    sandbox.run(&["mock", "pets.yaml", "--port", "65536"]).ends(2);
    sandbox.run(&["mock", "pets.yaml", "--port", "x"]).ends(2);
    let run = sandbox.run(&["mock", "pets.yaml", "--host", "192.0.2.1", "--port", "0"]).ends(1);
    assert!(run.stderr.contains("this machine has no such address"), "{run:?}");
    let run = sandbox.run(&["mock", "absent.yaml"]).ends(1);
    assert!(run.stderr.contains("absent.yaml"), "{run:?}");
    sandbox.write("broken.yaml", "openapi: 3.0.3\npaths: [");
    sandbox.run(&["mock", "broken.yaml"]).ends(1);
}

#[test]
fn the_log_is_quiet_or_json_on_demand() {
    let sandbox = Sandbox::empty();
    let mock = Running::start(&sandbox, &["--message-format", "json"]);
    mock.json("POST /pets", "{}");
    let log = mock.log();
    let line: serde_json::Value = serde_json::from_str(&log).unwrap();
    assert_eq!((&line["operation"], &line["status"]), (&"createPet".into(), &201.into()));
    assert_eq!(line["faults"][0]["place"], "body.name");
    // A quiet mock does not tell its port either.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut command = sandbox.command();
    command.args(["mock", "pets.yaml", "-q", "--port", &port.to_string()]);
    let process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mock = Running { process, address: format!("127.0.0.1:{port}") };
    while TcpStream::connect(&mock.address).is_err() {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_status(&mock.send("GET /pets/7", &[], b""), 200, "Mia");
    assert_eq!(mock.log(), "");
}

/// Processor time of a process until now, in seconds.
#[cfg(target_os = "linux")]
fn processor_time(process: &Child) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", process.id())).unwrap();
    let fields: Vec<_> = stat.rsplit(") ").next().unwrap().split(' ').collect();
    let ticks = |index: usize| fields[index].parse::<f64>().unwrap();
    (ticks(11) + ticks(12)) / 100.0
}

#[cfg(target_os = "linux")]
#[test]
fn the_largest_document_starts_soon() {
    let corpus = std::env::var_os("TYPEWRIGHT_CORPUS").map(std::path::PathBuf::from);
    let corpus = corpus.unwrap_or_else(|| {
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus")
    });
    let document = corpus.join("real/github.json");
    if !document.exists() {
        println!("skipped: {} is not there", document.display());
        return;
    }
    let mock = Running::serve(&Sandbox::empty(), document.to_str().unwrap(), &[]);
    let seconds = processor_time(&mock.process);
    println!("{seconds} s of processor time until it listens");
    assert_status(&mock.send("GET /repos/a/b", &[], b""), 200, "full_name");
    // Without optimisation it takes some five times as long as a published program.
    assert!(seconds < 8.0, "{seconds}");
}
