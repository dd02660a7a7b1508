//! Arguments, and the exit status 2 of wrong ones.

use crate::support::{Run, Sandbox};
use std::process::Command;

#[test]
fn wrong_usage_ends_with_2() {
    let sandbox = Sandbox::new();
    for arguments in [
        &[][..],
        &["generat"],
        &["generate", "--out", "x"],
        &["generate", "pets.yaml", "--colour"],
        &["generate", "pets.yaml", "--config", "x"],
        &["generate", "pets.yaml", "-D", "everything"],
        &["explain"],
        &["explain", "TW9999"],
    ] {
        let run = sandbox.run(arguments).ends(2);
        assert!(!run.stderr.is_empty() && run.stdout.is_empty(), "{run:?}");
    }
}

#[test]
fn help_and_version_end_with_0() {
    let sandbox = Sandbox::empty();
    let run = sandbox.run(&["--version"]).ends(0);
    assert!(run.stdout.starts_with("typewright 0."), "{run:?}");
    let run = sandbox.run(&["generate", "--help"]).ends(0);
    assert!(run.stdout.contains("--runtime-path"), "{run:?}");
}

#[test]
fn the_nearest_is_proposed_for_what_is_misspelt() {
    let sandbox = Sandbox::new();
    for (arguments, proposal) in [
        (&["genrate"][..], "'generate'"),
        (&["generate", "pets.yaml", "--includ", "x"], "'--include'"),
        (&["generate", "pets.yaml", "--responses", "lenent"], "'lenient'"),
        (&["completions", "bas"], "'bash'"),
    ] {
        let run = sandbox.run(arguments).ends(2);
        assert!(run.stderr.contains(proposal), "{run:?}");
    }
}

/// Asserts that a short help has at most 40 lines of at most 100 columns.
#[track_caller]
fn fits_a_screen(help: &str) {
    assert!(help.lines().count() <= 40, "{} lines:\n{help}", help.lines().count());
    assert!(help.lines().all(|line| line.chars().count() <= 100), "{help}");
}

#[test]
fn the_help_of_every_subcommand_has_an_example_and_groups() {
    let sandbox = Sandbox::empty();
    let help = sandbox.run(&["--help"]).ends(0).stdout;
    let list = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names = list.lines().filter(|line| !line.starts_with("   "));
    let names = names.filter_map(|line| line.split_whitespace().next());
    let names: Vec<_> = names.filter(|name| *name != "help").collect();
    assert!(names.len() >= 11, "{names:?}");
    for name in names {
        let example = format!("Example: typewright {name}");
        let help = sandbox.run(&[name, "--help"]).ends(0).stdout;
        assert!(help.contains(&example), "{help}");
        let short = sandbox.run(&[name, "-h"]).ends(0).stdout;
        assert_eq!(short.matches("Example: ").count(), 1, "{short}");
        assert!(short.contains(&example), "{short}");
        fits_a_screen(&short);
    }
    fits_a_screen(&sandbox.run(&["-h"]).ends(0).stdout);
    let help = sandbox.run(&["generate", "-h"]).ends(0).stdout;
    for heading in ["Crate:", "Document:", "Names:", "Types:", "Run:"] {
        assert!(help.lines().any(|line| line == heading), "{heading}: {help}");
    }
}

#[test]
fn the_colours_of_help_and_usage_errors_are_those_of_the_argument() {
    let sandbox = Sandbox::empty();
    let coloured = |arguments: &[&str]| {
        let mut command = sandbox.command();
        command.args(arguments).env("CLICOLOR_FORCE", "1").env_remove("NO_COLOR");
        let run = Run::from(command.output().unwrap());
        format!("{}{}", run.stdout, run.stderr).contains('\u{1b}')
    };
    assert!(coloured(&["generat"]) && coloured(&["-h"]));
    assert!(!coloured(&["generat", "--color", "never"]) && !coloured(&["--color=never", "-h"]));
    assert!(coloured(&["generat", "--color", "always"]));
}

#[test]
fn shells_and_man_get_their_files() {
    let sandbox = Sandbox::empty();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = sandbox.run(&["completions", shell]).ends(0);
        assert!(run.stdout.contains("runtime-path"), "{shell}");
    }
    let run = sandbox.run(&["man", "pages"]).ends(1);
    assert!(run.stderr.contains("TW0502"), "{run:?}");
    std::fs::create_dir(sandbox.path("pages")).unwrap();
    sandbox.run(&["man", "pages"]).ends(0);
    assert!(sandbox.read("pages/typewright.1").contains("generate"));
    assert!(sandbox.read("pages/typewright-generate.1").contains("overlay"));
}

#[test]
fn every_code_is_explained() {
    let sandbox = Sandbox::empty();
    let run = sandbox.run(&["explain", "tw0501"]).ends(0);
    assert!(run.stdout.starts_with("TW0501: "), "{run:?}");
    let run = sandbox.run(&["explain", "--table"]).ends(0);
    for code in typewright::diagnostics::codes::all() {
        assert!(run.stdout.contains(code.id), "{}", code.id);
        assert!(!code.explanation.is_empty(), "{}", code.id);
    }
    let run = sandbox.run(&["explain", "TW0500"]).ends(2);
    assert!(run.stderr.contains("TW0501"), "the nearest is named: {run:?}");
}

#[test]
fn cargo_typewright_is_the_same_command() {
    let sandbox = Sandbox::new();
    for further in [&["typewright", "generate"][..], &["generate"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-typewright"));
        command.current_dir(sandbox.path("")).args(further);
        command.args(["pets.yaml", "--out", "out"]);
        Run::from(command.output().unwrap()).ends(0);
    }
    assert!(sandbox.path("out/src/lib.rs").exists());
}
