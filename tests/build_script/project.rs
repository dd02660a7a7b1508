//! Workspaces whose members generate clients in their build scripts, and builds of them.

use crate::support::{root, scratch, target};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A script that returns the error.
pub const RETURNS: &str = "fn main() -> Result<(), typewright::build::Error> {\n    \
    typewright::build::compile(\"specs/pets.yaml\")\n}\n";

/// A program that has the client.
pub const MAIN: &str = "#[allow(dead_code)]\nmod pets {\n    \
    include!(concat!(env!(\"OUT_DIR\"), \"/pets.rs\"));\n}\nfn main() {}\n";

/// A workspace in a folder of its own. The target folder is common to all, so that the generator is compiled once.
pub struct Project {
    folder: PathBuf,
}

/// A build that has ended.
pub struct Build {
    pub is_success: bool,
    /// The messages of Cargo.
    pub stderr: String,
    /// The output folders of the scripts that generate, by name of the package.
    pub out_dirs: Vec<(String, PathBuf)>,
}

impl Project {
    /// A workspace without members, of which nothing is built.
    pub fn new(name: &str) -> Self {
        let folder = scratch("build_script").join(name);
        let _ = fs::remove_dir_all(&folder);
        let project = Self { folder };
        let manifest = "[workspace]\nresolver = \"2\"\nmembers = [\"members/*\"]\n\n\
            [profile.dev]\ndebug = false\nincremental = false\n";
        project.write("Cargo.toml", manifest);
        fs::copy(root().join("Cargo.lock"), project.path("Cargo.lock")).unwrap();
        project
    }

    /// A workspace of one program with this script, without its document.
    pub fn of_program(name: &str, script: &str) -> Self {
        let project = Self::new(name);
        project.member(name, script, "");
        project.write(&format!("members/{name}/src/main.rs"), MAIN);
        project.clean(name);
        project
    }

    /// Writes the manifest and the script of a package, in a folder of its name.
    pub fn member(&self, name: &str, script: &str, manifest: &str) {
        let [library, runtime] = ["codegen", "runtime"].map(|crate_| root().join(crate_));
        let manifest = format!(
            "[package]\nname = {name:?}\nversion = \"0.1.0\"\nedition = \"2021\"\n\n\
            [dependencies]\n\
            typewright-runtime = {{ path = {runtime:?}, default-features = false }}\n\n\
            [build-dependencies]\ntypewright = {{ path = {library:?} }}\n{manifest}"
        );
        self.write(&format!("members/{name}/Cargo.toml"), &manifest);
        self.write(&format!("members/{name}/build.rs"), script);
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// Writes a file, also if it has this text already: its time is then another.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Removes what an earlier test run has built of a package.
    pub fn clean(&self, name: &str) {
        let build = self.cargo(&["clean", "-p", name]);
        assert!(build.is_success, "{}", build.stderr);
    }

    /// Runs Cargo without the network.
    pub fn cargo(&self, arguments: &[&str]) -> Build {
        let mut command = Command::new(env!("CARGO"));
        command.args(arguments).args(["--offline", "--color", "never"]);
        command.env("CARGO_TARGET_DIR", target());
        let output = command.current_dir(&self.folder).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let (stdout, stderr) = (text(output.stdout), text(output.stderr));
        let messages = stdout.lines().filter_map(|line| serde_json::from_str(line).ok());
        let mut out_dirs: Vec<_> = messages.filter_map(|message| out_dir(&message)).collect();
        out_dirs.sort();
        Build { is_success: output.status.success(), stderr, out_dirs }
    }

    /// Builds everything, which has to succeed, and prints the programs that Cargo runs.
    #[track_caller]
    pub fn build(&self) -> Build {
        let arguments = ["build", "-j2", "-v", "--message-format", "json-render-diagnostics"];
        let build = self.cargo(&arguments);
        assert!(build.is_success, "{}", build.stderr);
        build
    }

    /// Builds everything as users do, which has to fail; returns the messages.
    #[track_caller]
    pub fn fails(&self) -> String {
        let build = self.cargo(&["build"]);
        assert!(!build.is_success, "{}", build.stderr);
        build.stderr
    }
}

/// The package and the output folder of a script that was executed, if it has output of the generator.
fn out_dir(message: &serde_json::Value) -> Option<(String, PathBuf)> {
    let is_executed = message["reason"] == "build-script-executed";
    let folder = is_executed.then(|| Path::new(message["out_dir"].as_str().unwrap()))?;
    // `path+file:///folder/name#0.1.0` or, if the folder has another name, `…#name@0.1.0`
    let id = message["package_id"].as_str().unwrap();
    let (path, version) = id.rsplit_once('#').unwrap();
    let name = match version.split_once('@') {
        Some((name, _)) => name,
        None => path.rsplit('/').next().unwrap(),
    };
    let mut entries = fs::read_dir(folder).ok()?;
    let is_fingerprint = |name: &Path| name.extension().is_some_and(|end| end == "fingerprint");
    let has_output = entries.any(|entry| is_fingerprint(&entry.unwrap().path()));
    has_output.then(|| (name.to_owned(), folder.to_path_buf()))
}

impl Build {
    /// `true` if Cargo has run a script, rather than nothing or only the compiler.
    pub fn has_run_script(&self) -> bool {
        self.stderr.lines().any(|line| line.ends_with("build-script-build`"))
    }

    /// The warnings that scripts printed, without the name of the package.
    pub fn warnings(&self) -> Vec<&str> {
        let lines = self.stderr.lines().filter_map(|line| line.strip_prefix("warning: "));
        lines.filter_map(|line| line.split_once("@0.1.0: ")).map(|(_, warning)| warning).collect()
    }

    /// The only output folder.
    #[track_caller]
    pub fn out_dir(&self) -> &Path {
        match &*self.out_dirs {
            [(_, folder)] => folder,
            folders => panic!("{folders:?}"),
        }
    }
}
