//! `--quiet`, and the line of progress, which is for terminals alone.

use crate::support::{Run, Sandbox, DOCUMENT};
use std::process::Command;
use std::time::Duration;

const FLAWED: &str = "unknwon: 1\n";

#[test]
fn quiet_runs_print_nothing_but_errors() {
    let sandbox = Sandbox::new();
    sandbox.write("pets.yaml", DOCUMENT.to_owned() + FLAWED);
    assert!(sandbox.generate(&[]).ends(0).stderr.contains("warning"));
    sandbox.write("old.yaml", DOCUMENT.replace("name: { type", "title: { type"));
    for (arguments, status) in [
        (&["generate", "pets.yaml", "--out", "new", "--quiet"][..], 0),
        (&["-q", "generate", "pets.yaml", "--out", "new"], 0),
        (&["generate", "pets.yaml", "--out", "none", "--check", "-q"], 3),
        (&["diff", "old.yaml", "pets.yaml", "-q", "-D", "major"], 4),
        (&["inspect", "pets.yaml", "-q"], 0),
        (&["bundle", "pets.yaml", "--out", "one.yaml", "-q"], 0),
    ] {
        let run = sandbox.run(arguments).ends(status);
        assert!(run.stdout.is_empty() && run.stderr.is_empty(), "{arguments:?}: {run:?}");
    }
}

#[test]
fn quiet_runs_print_errors() {
    let sandbox = Sandbox::new();
    sandbox.write("pets.yaml", DOCUMENT.to_owned() + FLAWED);
    let run = sandbox.generate(&["-q", "-D", "warnings"]).ends(1);
    assert!(run.stderr.contains("`unknwon`") && run.stderr.contains("denies"), "{run:?}");
    sandbox.generate(&["-q"]).ends(0);
    let lib = sandbox.read("out/src/lib.rs");
    sandbox.write("out/src/lib.rs", lib + "// mine\n");
    let run = sandbox.generate(&["-q"]).ends(1);
    assert!(run.stderr.contains("TW0517") && run.stderr.contains("-// mine"), "{run:?}");
    assert!(!run.stderr.contains("warning"), "{run:?}");
    sandbox.write("pets.yaml", "a: [");
    let run = sandbox.generate(&["-q", "--message-format", "json"]).ends(1);
    assert!(run.stderr.starts_with('{') && run.stdout.is_empty(), "{run:?}");
}

#[cfg(unix)]
/// A folder of programs in which `rustfmt` takes two seconds, and then fails.
fn slow(sandbox: &Sandbox) -> String {
    sandbox.write("programs/rustfmt", "#!/bin/sh\nsleep 2\nexit 1\n");
    let path = sandbox.path("programs/rustfmt");
    assert!(Command::new("chmod").arg("+x").arg(path).status().unwrap().success());
    format!("{}:{}", sandbox.path("programs").display(), std::env::var("PATH").unwrap())
}

#[cfg(target_os = "linux")]
#[expect(clippy::print_stdout, reason = "a skipped test is named")]
/// The output of a slow run on a terminal; `None`, after a line that says so, where there is no program for it.
fn on_terminal(arguments: &str, variable: (&str, &str)) -> Option<String> {
    let sandbox = Sandbox::new();
    let mut command = Command::new("script");
    let program = env!("CARGO_BIN_EXE_typewright");
    let line = format!("{program} generate pets.yaml --out out --name pets {arguments}");
    command.args(["-qec", &line, "/dev/null"]).current_dir(sandbox.path(""));
    command.env("PATH", slow(&sandbox)).env("TERM", "xterm").env_remove("CI");
    let output = command.env(variable.0, variable.1).output();
    let Ok(output) = output.map(Run::from) else {
        println!("skipped: there is no program `script`");
        return None;
    };
    Some(output.ends(0).stdout)
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_shows_what_a_long_run_does_and_the_line_goes() {
    let Some(text) = on_terminal("", ("A", "1")) else { return };
    let (before, after) = text.split_once("note").unwrap();
    assert!(before.contains("formatting pets"), "{text:?}");
    assert!(before.contains("\u{1b}[2K"), "the line is cleared before the note: {text:?}");
    assert!(after.contains("TW0516") && !after.contains("reading"), "{text:?}");
    assert!(!text.contains("reading pets.yaml"), "the first second shows nothing: {text:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_is_shown_in_ci_on_a_dumb_terminal_and_by_quiet_runs() {
    for (arguments, variable) in [
        ("", ("CI", "true")),
        ("", ("TERM", "dumb")),
        ("-q", ("A", "1")),
        ("--message-format json", ("A", "1")),
    ] {
        let Some(text) = on_terminal(arguments, variable) else { return };
        assert!(!text.contains("formatting"), "{arguments} {variable:?}: {text:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_gets_no_progress() {
    let sandbox = Sandbox::new();
    let mut command = sandbox.command();
    command.args(["generate", "pets.yaml", "--out", "out"]).env("PATH", slow(&sandbox));
    let begin = std::time::Instant::now();
    let run = Run::from(command.env_remove("CI").output().unwrap()).ends(0);
    assert!(begin.elapsed() > Duration::from_secs(2));
    assert!(!run.stderr.contains("formatting pets") && !run.stderr.contains('\u{1b}'), "{run:?}");
    assert!(!run.stdout.contains("formatting"), "{run:?}");
}
