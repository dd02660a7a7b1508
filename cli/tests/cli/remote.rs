//! Documents on the network: stored by `update` alone, and read from the copy.

use crate::support::{Run, Sandbox, DOCUMENT};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A server on this machine: what it answers by path and query, and what it was requests.
pub struct Server {
    port: u16,
    pages: Arc<Mutex<BTreeMap<String, String>>>,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub fn new(pages: &[(&str, &str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let pages = pages.iter().map(|(path, text)| (path.to_string(), text.to_string()));
        let server = Self {
            port: listener.local_addr().unwrap().port(),
            pages: Arc::new(Mutex::new(pages.collect())),
            requests: Arc::default(),
        };
        let (pages, requests) = (server.pages.clone(), server.requests.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                answer(stream.unwrap(), &pages.lock().unwrap(), &requests);
            }
        });
        server
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn set(&self, path: &str, text: &str) {
        self.pages.lock().unwrap().insert(path.to_owned(), text.to_owned());
    }

    /// The paths that were requests for since the last time.
    fn requests(&self) -> Vec<String> {
        std::mem::take(&mut self.requests.lock().unwrap())
    }

    /// Where the copy of a path lies.
    fn copy(&self, path: &str) -> String {
        format!("typewright-documents/127.0.0.1_{}{path}", self.port)
    }
}

/// A page that starts with `-> ` is a redirect.
fn answer(mut stream: TcpStream, pages: &BTreeMap<String, String>, requests: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map(Result::unwrap);
    let first = lines.next().unwrap_or_default();
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut user = String::new();
    for line in lines.take_while(|line| !line.is_empty()) {
        if let Some(value) = line.to_lowercase().strip_prefix("authorization: ") {
            user = format!(" {value}");
        }
    }
    requests.lock().unwrap().push(format!("{path}{user}"));
    let end = "Connection: close\r\n\r\n";
    let reply = match pages.get(&path) {
        None => format!("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n{end}"),
        Some(page) => match page.strip_prefix("-> ") {
            Some(to) => {
                format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n{end}")
            }
            None => format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n{end}{page}", page.len()),
        },
    };
    let _ = stream.write_all(reply.as_bytes());
}

fn configured(server: &Server, path: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    let url = server.url(path);
    let config = format!("[[client]]\ndocument = \"{url}\"\nout = \"out\"\nname = \"pets\"\n");
    sandbox.write("typewright.toml", config);
    sandbox
}

fn says(run: &Run, parts: &[&str]) {
    for word in parts {
        assert!(run.stderr.contains(word), "{word}: {run:?}");
    }
}

#[test]
fn update_stores_a_copy_and_generate_reads_it_without_the_network() {
    let server = Server::new(&[("/v1/openapi.yaml", DOCUMENT)]);
    let sandbox = configured(&server, "/v1/openapi.yaml");
    let run = sandbox.run(&["generate"]).ends(1);
    says(&run, &["TW0522", "typewright update"]);
    assert!(server.requests().is_empty());
    sandbox.run(&["update"]).ends(0);
    assert_eq!(server.requests(), ["/v1/openapi.yaml"]);
    let copy = server.copy("/v1/openapi.yaml");
    assert_eq!(sandbox.read(&copy), DOCUMENT);
    let lock = sandbox.read("typewright-documents/lock.toml");
    assert!(lock.contains(&server.url("/v1/openapi.yaml")), "{lock}");
    sandbox.run(&["generate"]).ends(0);
    assert!(sandbox.read("out/src/lib.rs").starts_with(crate::support::HEADER));
    sandbox.run(&["generate", "--check"]).ends(0);
    let url = server.url("/v1/openapi.yaml");
    for arguments in [&["inspect", &url][..], &["bundle", &url, "--out", "one.yaml"]] {
        sandbox.run(arguments).ends(0);
    }
    assert!(server.requests().is_empty());
    let before = sandbox.files("typewright-documents");
    let run = sandbox.run(&["update"]).ends(0);
    assert!(run.stdout.contains("current"), "{run:?}");
    assert_eq!(sandbox.files("typewright-documents"), before);
}

#[test]
fn a_copy_that_was_changed_or_removed_is_refused() {
    let server = Server::new(&[("/openapi.yaml", DOCUMENT)]);
    let sandbox = configured(&server, "/openapi.yaml");
    sandbox.run(&["update"]).ends(0);
    let copy = server.copy("/openapi.yaml");
    sandbox.write(&copy, DOCUMENT.replace('\n', "\r\n"));
    sandbox.run(&["generate"]).ends(0);
    sandbox.write(&copy, DOCUMENT.replace("Pets", "Cats"));
    says(&sandbox.run(&["generate"]).ends(1), &["TW0523", "hash", &copy, "typewright update"]);
    std::fs::remove_file(sandbox.path(&copy)).unwrap();
    says(&sandbox.run(&["generate"]).ends(1), &["TW0523", "no such file", "typewright update"]);
    sandbox.write("typewright-documents/lock.toml", "document = 1");
    says(&sandbox.run(&["generate"]).ends(1), &["TW0524", "lock.toml"]);
    sandbox.write("typewright-documents/lock.toml", "");
    sandbox.run(&["update"]).ends(0);
    assert_eq!(sandbox.read(&copy), DOCUMENT);
    sandbox.run(&["generate"]).ends(0);
}

#[test]
fn files_that_it_refers_to_come_along_and_go_again() {
    let reference = DOCUMENT.replace("#/components/schemas/Pet'", "schemas/pet%20a.yaml#/Pet'");
    let pet = "Pet: { type: object, properties: { owner: { $ref: '../owner.yaml' } } }\n";
    let owner = "type: object\nproperties: { phone: { type: string } }\n";
    let server = Server::new(&[
        ("/v1/openapi.yaml", &reference),
        ("/v1/schemas/pet%20a.yaml", pet),
        ("/v1/owner.yaml", owner),
    ]);
    let sandbox = configured(&server, "/v1/openapi.yaml");
    sandbox.run(&["update"]).ends(0);
    sandbox.run(&["generate"]).ends(0);
    let owner = server.copy("/v1/owner.yaml");
    assert!(sandbox.path(&owner).exists());
    sandbox.write(&owner, "type: string\n");
    says(&sandbox.run(&["generate"]).ends(1), &["TW0523", "owner.yaml"]);
    server.set("/v1/openapi.yaml", DOCUMENT);
    sandbox.run(&["update"]).ends(0);
    assert!(!sandbox.path(&owner).exists());
    assert_eq!(sandbox.read("typewright-documents/lock.toml").matches(".yaml\" = ").count(), 1);
    server.set(
        "/v1/openapi.yaml",
        &reference.replace("schemas/pet%20a.yaml#/Pet", "../outside.yaml"),
    );
    says(&sandbox.run(&["update"]).ends(1), &["TW0112"]);
}

#[test]
fn what_cannot_be_fetched_or_read_leaves_the_copy_as_it_was() {
    let server = Server::new(&[
        ("/a.yaml", DOCUMENT),
        ("/loop", "-> /loop"),
        ("/away", "-> http://pets.example/"),
    ]);
    let sandbox = configured(&server, "/a.yaml");
    sandbox.run(&["update"]).ends(0);
    let before = sandbox.files("typewright-documents");
    for page in ["<html>sign in</html>", "a: [", "-> /gone", "-> /loop", "-> /away"] {
        server.set("/a.yaml", page);
        sandbox.run(&["update"]).ends(1);
        assert_eq!(sandbox.files("typewright-documents"), before, "{page}");
    }
    says(&sandbox.run(&["update", &server.url("/gone")]).ends(1), &["404"]);
    let closed = format!("http://127.0.0.1:1{}", "/a.yaml");
    sandbox.run(&["update", &closed]).ends(1);
    for url in ["http://pets.example/a.yaml", "ftp://pets.example/a.yaml", "pets.yaml"] {
        says(&sandbox.run(&["update", url]).ends(1), &["TW0521"]);
    }
    assert_eq!(sandbox.files("typewright-documents"), before);
}

#[test]
fn a_url_on_the_command_line_is_fetched_and_not_kept() {
    let server = Server::new(&[
        ("/a", "-> /v2/pets.yaml"),
        ("/v2/pets.yaml", &DOCUMENT.replace("'#/components/schemas/Pet'", "pet.yaml")),
        ("/v2/pet.yaml", "type: string\n"),
    ]);
    let sandbox = Sandbox::empty();
    let run = sandbox.run(&["generate", &server.url("/a"), "--out", "out"]).ends(0);
    says(&run, &["fetched", "typewright update"]);
    assert!(sandbox.read("out/Cargo.toml").contains("name = \"a\""));
    assert!(!sandbox.path("typewright-documents").exists());
    let run = sandbox.run(&["generate", &server.url("/a"), "--out", "out", "--root", "x"]).ends(1);
    says(&run, &["TW0521", "root"]);
}

#[test]
fn secrets_of_a_url_are_sent_and_never_shown_or_stored() {
    let server = Server::new(&[("/a.yaml?token=hush", DOCUMENT)]);
    let url = server.url("/a.yaml?token=hush").replace("//", "//me:secret@");
    let sandbox = Sandbox::empty();
    let run = sandbox.run(&["update", &url]).ends(0);
    assert_eq!(server.requests(), ["/a.yaml?token=hush basic bwu6c2vjcmv0"]);
    let mut texts = format!("{}{}", run.stdout, run.stderr);
    let files = sandbox.files("").into_iter();
    texts.extend(
        files.map(|(path, _, bytes)| format!("{path:?}{}", String::from_utf8(bytes).unwrap())),
    );
    let run = sandbox.run(&["update", &url.replace("hush", "wrong-hush")]).ends(1);
    texts.push_str(&run.stderr);
    for secret in ["hush", "secret"] {
        assert!(!texts.contains(secret), "{secret}: {texts}");
    }
    sandbox.run(&["inspect", &url]).ends(0);
}

#[test]
fn overlays_of_the_configuration_apply_to_the_copy() {
    let server = Server::new(&[("/a.yaml", DOCUMENT), ("/age.yaml", "type: integer\n")]);
    let sandbox = configured(&server, "/a.yaml");
    let config = sandbox.read("typewright.toml");
    sandbox.write("typewright.toml", format!("{config}overlays = [\"o.yaml\"]\n"));
    sandbox.write("o.yaml", "overlay: 1.1.0\nactions:\n  - target: $.components.schemas.Pet.properties\n    update: { age: { $ref: age.yaml } }\n");
    sandbox.run(&["update"]).ends(0);
    assert_eq!(server.requests(), ["/a.yaml", "/age.yaml"]);
    sandbox.run(&["generate"]).ends(0);
    assert!(sandbox.path(&server.copy("/age.yaml")).exists());
}

#[test]
fn what_cannot_be_fetched_is_not_said_to_be() {
    let server = Server::new(&[("/pets.yaml", DOCUMENT)]);
    let sandbox = Sandbox::new();
    for url in [server.url("/none.yaml"), "http://pets.example/pets.yaml".to_owned()] {
        let run = sandbox.run(&["generate", &url, "--out", "out"]).ends(1);
        assert!(!run.stderr.contains("fetched, not kept"), "{run:?}");
    }
    let run = sandbox.run(&["generate", &server.url("/pets.yaml"), "--out", "out"]).ends(0);
    assert!(run.stderr.contains("fetched, not kept"), "{run:?}");
}
