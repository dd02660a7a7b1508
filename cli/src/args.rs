//! The arguments of the command.

use crate::wishes::{pair, DateTimeTypes, Responses};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use typewright::diff::Level;

/// Turns a description of an HTTP API into a Rust client crate.
#[derive(Debug, Parser)]
#[command(name = "typewright", version, max_term_width = 100)]
#[command(
    after_help = "Exit status: 0 done, 1 the input is at fault, 2 wrong usage, 3 --check found outdated output, 4 a change that -D denies."
)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    /// How findings are printed on stderr: to be read, or one JSON object a line
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "FORMAT"
    )]
    pub message_format: MessageFormat,
    /// Fail on warnings, or on changes that `diff` finds (status 4); may be repeated
    #[arg(
        short = 'D',
        long = "deny",
        global = true,
        value_enum,
        value_name = "WHAT"
    )]
    pub deny: Vec<Denied>,
}

impl Arguments {
    /// Whether warnings stop the command.
    pub fn denies_warnings(&self) -> bool {
        self.deny.contains(&Denied::Warnings)
    }

    /// Least level of a change that `diff` denies.
    pub fn denied_level(&self) -> Option<Level> {
        let levels = self.deny.iter().filter_map(|denied| match denied {
            Denied::Warnings => None,
            Denied::Minor => Some(Level::Minor),
            Denied::Major => Some(Level::Major),
        });
        levels.min()
    }
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    /// With the excerpt of the text underlined.
    #[default]
    Human,
    /// One JSON object a line.
    Json,
}

/// Classes that `-D` turns into failures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Denied {
    /// Diagnostics that do not stop generation.
    Warnings,
    /// Changes after which callers compile as before, and all graver ones (`diff`).
    Minor,
    /// Changes after which some callers no longer compile (`diff`).
    Major,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Generate the client of DOC, or every client that typewright.toml lists
    Generate(Box<Generate>),
    /// Print what a document holds: servers, security, operations, schemas, findings
    Inspect(Inspect),
    /// Compare the clients of two documents: what changes for callers
    Diff(Diff),
    /// Write a document and all that it refers to as one OpenAPI 3.0 document
    Bundle(Bundle),
    /// Fetch documents on the network and store copies, which everything else reads
    Update(Update),
    /// Make OpenAPI documents of a vendor's reference pages
    Import(Import),
    /// Explain a code such as TW0501, with an example and the remedy
    Explain(Explain),
}

/// What to generate, and where to.
#[derive(Args, Debug, Default)]
pub struct Generate {
    /// The document, a file or an https URL; without it typewright.toml says what to generate
    pub document: Option<String>,
    /// The folder of the crate [default: generated/NAME]
    #[arg(long, value_name = "DIR", requires = "document")]
    pub out: Option<PathBuf>,
    /// The name of the crate [default: after the document]
    #[arg(long, value_name = "CRATE", requires = "document")]
    pub name: Option<String>,
    /// Depend on the runtime in this folder instead of the one on crates.io
    #[arg(long, value_name = "PATH", requires = "document")]
    pub runtime_path: Option<PathBuf>,
    /// Read files that the document refers to from this folder and below [default: its own]
    #[arg(long, value_name = "DIR", requires = "document")]
    pub root: Option<PathBuf>,
    /// Generate these operations alone: an operationId, tag:NAME or "METHOD /path", with globs
    #[arg(long, value_name = "SELECTOR", requires = "document")]
    pub include: Vec<String>,
    /// Leave these operations out, in the same forms
    #[arg(long, value_name = "SELECTOR", requires = "document")]
    pub exclude: Vec<String>,
    /// Apply this overlay to the document first; may be repeated
    #[arg(long, value_name = "FILE", requires = "document")]
    pub overlay: Vec<String>,
    /// Write tests/examples.rs, which tries every example of the document, and tests/contract.rs, which calls every operation
    #[arg(long, requires = "document")]
    pub tests: bool,
    /// Which crate's types hold instants and days
    #[arg(long, value_enum, default_value_t, requires = "document")]
    pub date_time_types: DateTimeTypes,
    /// Keep texts that are not of their `format`, in place of failing
    #[arg(long, requires = "document")]
    pub lenient_formats: bool,
    /// Whether replies have what the document requires of them
    #[arg(long, value_enum, default_value_t, requires = "document")]
    pub responses: Responses,
    /// Let replies lack what the document requires of a component, `Pet.property` or `#/pointer`, with globs; may be repeated
    #[arg(long, value_name = "SELECTOR", requires = "document")]
    pub lenient: Vec<String>,
    /// Call a component, `Pet.property`, operation, `operation.parameter` or `#/pointer` so in Rust
    #[arg(long, value_name = "KEY=NAME", value_parser = pair, requires = "document")]
    pub rename: Vec<(String, String)>,
    /// Call types without this beginning of their components' names; may be repeated
    #[arg(long, value_name = "PREFIX", requires = "document")]
    pub strip_prefix: Vec<String>,
    /// Call operations by their whole `operationId`, even where it ends in their path and method
    #[arg(long, requires = "document")]
    pub full_operation_ids: bool,
    /// Use a type of your own for a component, `#/pointer` or `format:NAME`, through serde
    #[arg(long = "type", value_name = "KEY=PATH", value_parser = pair, requires = "document")]
    pub types: Vec<(String, String)>,
    /// Derive further traits for a component, `#/pointer`, Rust type, or `*` for all that can
    #[arg(long, value_name = "KEY=TRAITS", value_parser = pair, requires = "document")]
    pub derive: Vec<(String, String)>,
    /// Only types, no client
    #[arg(long, requires = "document")]
    pub types_only: bool,
    /// Give the types a `validate` method, which checks lengths, bounds and patterns
    #[arg(long, requires = "document")]
    pub validate: bool,
    /// Refuse values that an enum does not list when they are read
    #[arg(long, requires = "document")]
    pub closed_enums: bool,
    /// Keep in every object the members that its schema does not list
    #[arg(long, requires = "document")]
    pub preserve_unknown: bool,
    /// Take schemas at their word: without `type` they allow every JSON type
    #[arg(long, requires = "document")]
    pub strict_schemas: bool,
    /// Write the text as the generator prints it, in place of having rustfmt lay it out
    #[arg(long, requires = "document")]
    pub no_rustfmt: bool,
    /// Write nothing; exit with status 3 and a short diff where the output is not current
    #[arg(long)]
    pub check: bool,
    /// The configuration [default: typewright.toml here or in a folder above]
    #[arg(long, value_name = "FILE", conflicts_with = "document")]
    pub config: Option<PathBuf>,
    /// Let typewright.toml name files and folders outside of its repository
    #[arg(long, conflicts_with = "document")]
    pub allow_outside: bool,
}

/// What to look at.
#[derive(Args, Debug)]
pub struct Inspect {
    /// The document, a file or an https URL
    pub document: String,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Read files that the document refers to from this folder and below [default: its own]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Apply this overlay to the document first; may be repeated
    #[arg(long, value_name = "FILE")]
    pub overlay: Vec<String>,
}

/// Documents to compare.
#[derive(Args, Debug)]
pub struct Diff {
    /// Old document, a file or an https URL
    pub old: String,
    /// New document, a file or an https URL
    pub new: String,
    /// Form of the output
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: DiffFormat,
    /// Read files that the documents refer to from this folder and below [default: their own]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
}

/// Form in which `diff` prints differences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// Grouped by level, with places in both documents.
    #[default]
    Human,
    /// A section of a changelog.
    Markdown,
    /// One JSON object.
    Json,
}

/// What to bundle.
#[derive(Args, Debug)]
pub struct Bundle {
    /// The document, a file or an https URL
    pub document: String,
    /// The file to write: JSON where its name ends in .json, else YAML
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Read files that the document refers to from this folder and below [default: its own]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Apply this overlay to the document first; may be repeated
    #[arg(long, value_name = "FILE")]
    pub overlay: Vec<String>,
}

/// What to fetch.
#[derive(Args, Debug)]
pub struct Update {
    /// URLs of documents [default: those that typewright.toml lists]
    pub documents: Vec<String>,
    /// The configuration, beside which copies are stored [default: typewright.toml here or in a folder above]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Let typewright.toml name files and folders outside of its repository
    #[arg(long)]
    pub allow_outside: bool,
}

/// Which pages to read, and what for.
#[derive(Args, Debug)]
pub struct Import {
    /// Markdown or reStructuredText pages, or folders of them
    #[arg(required = true)]
    pub pages: Vec<PathBuf>,
    /// The document to write; for pages of several services a folder, for SERVICE/openapi.yaml
    #[arg(long, value_name = "FILE", required_unless_present = "check")]
    pub out: Option<PathBuf>,
    /// Write nothing; compare this document with the pages, and end with status 1 where they differ
    #[arg(long, value_name = "SPEC", conflicts_with = "out")]
    pub check: Option<PathBuf>,
}

/// What to explain.
#[derive(Args, Debug)]
pub struct Explain {
    /// The code, in either case
    #[arg(required_unless_present = "table")]
    pub code: Option<String>,
    /// Print every code as a Markdown table
    #[arg(long, conflicts_with = "code")]
    pub table: bool,
}
