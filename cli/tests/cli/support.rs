//! A folder of its own for each test, in which the command runs.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::SystemTime;
use tempfile::TempDir;

pub const DOCUMENT: &str = "\
openapi: 3.0.3
info: { title: Pets, version: '1' }
servers: [{ url: https://pets.example }]
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        '200':
          description: All pets.
          content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } }
components:
  schemas:
    Pet: { type: object, required: [name], properties: { name: { type: string } } }
";

pub const HEADER: &str = typewright::HEADER;

/// The target folder of the repository: crates that tests write share with it what they depend on.
pub fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().to_path_buf()
}

/// How a run of the command ended.
#[derive(Debug)]
pub struct Run {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Run {
    /// The same run, after asserting how it ended.
    #[track_caller]
    pub fn ends(self, status: i32) -> Self {
        assert_eq!(self.status, status, "{self:#?}");
        self
    }
}

/// A working directory for the command.
pub struct Sandbox {
    folder: TempDir,
}

impl Sandbox {
    /// An empty one.
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// One with `pets.yaml`, and a folder `runtime` with the manifest of the runtime.
    pub fn new() -> Self {
        let sandbox = Self::empty();
        sandbox.write("pets.yaml", DOCUMENT);
        let runtime = "[package]\nname = \"typewright-runtime\"\nversion = \"0.1.0\"\n";
        sandbox.write("runtime/Cargo.toml", runtime);
        sandbox.write("runtime/src/lib.rs", "");
        sandbox
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    #[track_caller]
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_typewright"));
        command.current_dir(self.folder.path());
        command
    }

    /// Runs the command with these arguments.
    pub fn run(&self, arguments: &[&str]) -> Run {
        self.command().args(arguments).output().unwrap().into()
    }

    /// Runs the command with these arguments and standard input.
    pub fn run_with(&self, arguments: &[&str], input: impl AsRef<[u8]>) -> Run {
        let mut command = self.command();
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.args(arguments).spawn().unwrap();
        // a command that stops before it has read all of it closes the pipe
        let _ = child.stdin.take().unwrap().write_all(input.as_ref());
        child.wait_with_output().unwrap().into()
    }

    /// Generates `pets.yaml` into `out`, with further arguments.
    pub fn generate(&self, further: &[&str]) -> Run {
        let mut arguments = vec!["generate", "pets.yaml", "--out", "out", "--name", "pets"];
        arguments.extend(further);
        self.run(&arguments)
    }

    /// Every file below a folder, with its time of writing and its bytes, sorted.
    pub fn files(&self, folder: &str) -> Vec<(PathBuf, SystemTime, Vec<u8>)> {
        let mut files = Vec::new();
        collect(&self.path(folder), &mut files);
        files.sort();
        files
    }
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, SystemTime, Vec<u8>)>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            let time = fs::metadata(&path).unwrap().modified().unwrap();
            files.push((path.clone(), time, fs::read(&path).unwrap()));
        }
    }
}

/// Waits until a file that is written has another time than before.
pub fn wait_for_another_time() {
    std::thread::sleep(std::time::Duration::from_millis(20));
}
