//! HTTP digest against Apache with mod_auth_digest, if it is installed.

use crate::api::{self, Shelf};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use typewright_runtime::codegen::v1::{self, Credential};

const PROGRAM: &str = "/usr/sbin/apache2";
const MODULES: &str = "/usr/lib/apache2/modules";
const NAMES: [&str; 6] =
    ["mpm_event", "authn_core", "authn_file", "authz_core", "authz_user", "auth_digest"];

struct Apache {
    process: Child,
    folder: PathBuf,
    url: String,
}

impl Apache {
    /// A server whose nonces live for four seconds.
    fn start() -> Option<Self> {
        if !Path::new(PROGRAM).exists() || !Path::new(MODULES).join("mod_auth_digest.so").exists() {
            println!("skipped: {PROGRAM} with mod_auth_digest is not installed");
            return None;
        }
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = port.local_addr().unwrap().port();
        let folder = std::env::temp_dir().join(format!("typewright-apache-{port}"));
        fs::create_dir_all(folder.join("files")).unwrap();
        fs::write(folder.join("files/secured"), "{\"name\":\"a\"}").unwrap();
        let secret = crate::digest::hash("shelver:the shelves:Circle of Life");
        let user = format!("shelver:the shelves:{secret}\n");
        fs::write(folder.join("users"), user).unwrap();
        fs::write(folder.join("httpd.conf"), configuration(&folder, port)).unwrap();
        let process = Command::new(PROGRAM)
            .args(["-X", "-f"])
            .arg(folder.join("httpd.conf"))
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let url = format!("http://127.0.0.1:{port}");
        Some(Self { process, folder, url })
    }

    async fn wait(&self) {
        let address = self.url.trim_start_matches("http://").to_owned();
        for _ in 0..300 {
            if tokio::net::TcpStream::connect(&address).await.is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("Apache does not listen: {}", self.read("error.log"));
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join(name)).unwrap_or_default()
    }

    /// The statuses that it has answered, in their order; it writes them down after it has answered.
    async fn statuses(&self, count: usize) -> Vec<String> {
        for _ in 0..100 {
            if self.read("access.log").lines().count() >= count {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let log = self.read("access.log");
        let statuses = log.lines().filter_map(|line| line.split(' ').next());
        statuses.map(str::to_owned).collect()
    }

    fn client(&self, password: &str) -> v1::Client {
        let credentials = v1::Credentials::new()
            .with("digest", Credential::digest("shelver", password))
            .with("queryKey", Credential::api_key("a&b"));
        let builder = api::builder().base_url(&self.url);
        builder.credentials(credentials).build().unwrap()
    }
}

impl Drop for Apache {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
        fs::remove_dir_all(&self.folder).ok();
    }
}

fn configuration(folder: &Path, port: u16) -> String {
    let modules = NAMES.map(|name| format!("LoadModule {name}_module {MODULES}/mod_{name}.so\n"));
    let folder = folder.display();
    format!(
        r#"{modules}
ServerRoot {folder}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {folder}/pid
Mutex posixsem
User www-data
Group www-data
ErrorLog {folder}/error.log
LogFormat "%>s %r" plain
CustomLog {folder}/access.log plain
DocumentRoot {folder}/files
<Directory {folder}/files>
    ForceType application/json
    AuthType Digest
    AuthName "the shelves"
    AuthDigestProvider file
    AuthUserFile {folder}/users
    AuthDigestQop auth
    AuthDigestNonceLifetime 4
    Require valid-user
</Directory>
"#,
        modules = modules.concat()
    )
}

#[tokio::test]
async fn apache_takes_what_is_answered() {
    let Some(apache) = Apache::start() else {
        return;
    };
    apache.wait().await;
    let client = apache.client("Circle of Life");
    for _ in 0..3 {
        let shelf = client.call(&api::BY_DIGEST).send::<Shelf>().await;
        let shelf = shelf.unwrap_or_else(|error| panic!("{error}: {}", apache.read("error.log")));
        assert_eq!(shelf["name"].as_str(), Some("a"));
    }
    assert_eq!(apache.statuses(4).await, ["401", "200", "200", "200"]);
    // Apache has no clock but the system's, and counts a nonce's life in whole seconds.
    // The nonce grows old: Apache says `stale=true`, and the next one serves.
    tokio::time::sleep(Duration::from_secs(5)).await;
    let mut call = client.call(&api::BY_DIGEST);
    call.set_query("x y", "ü&=/?");
    call.send::<Shelf>().await.unwrap();
    assert_eq!(apache.statuses(6).await[4..], ["401", "200"]);
    let refused = apache.client("hunter2").call(&api::BY_DIGEST);
    let error = refused.send::<Shelf>().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    assert_eq!(apache.statuses(8).await[6..], ["401", "401"]);
}
