//! Arguments of the command.

use crate::type_options::{pair, DateTimeTypes, Features, Responses, ServerFramework};
use clap::{Args, ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::ffi::OsString;
use std::path::PathBuf;
use typewright::diff::Level;

/// Number of operations with an example in their documentation, by default: rustdoc compiles each of them as a program.
pub const DOC_EXAMPLES: usize = 200;

/// Generates Rust clients from descriptions of HTTP APIs.
#[derive(Debug, Parser)]
#[command(name = "typewright", version, max_term_width = 100)]
#[command(
    after_help = "Example: typewright new pets pets.yaml\n\nExit status: 0 success, 1 errors in the input, 2 wrong usage, 3 `generate --check` found outdated output, 4 `diff` found a change that -D denies, 5 `fix` left something to do."
)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    /// Format of messages on stderr: text, or one JSON object per line
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "FORMAT",
        hide_short_help = true
    )]
    pub message_format: MessageFormat,
    /// Colours of messages; `auto` heeds NO_COLOR and CLICOLOR_FORCE
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "WHEN",
        hide_short_help = true
    )]
    pub color: Colours,
    /// Print nothing but errors; the exit status tells the rest
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Print to stderr what is read and written, and how long each phase takes
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
    /// Fail on warnings, or on changes
    ///
    /// The status is 1 for warnings, and 4 for changes that `diff` finds. May be repeated.
    #[arg(short = 'D', long = "deny", global = true, value_enum, value_name = "LEVEL")]
    pub deny: Vec<Denied>,
}

/// Parses arguments, the program's name first.
///
/// # Errors
/// What is wrong with them, or the help or version that they ask for.
pub fn parse(arguments: Vec<OsString>) -> Result<Arguments, clap::Error> {
    // help and errors are printed before the arguments are known
    let choice = colour_choice(&arguments);
    let matches = Arguments::command().color(choice).try_get_matches_from(arguments)?;
    Arguments::from_arg_matches(&matches)
}

/// The colours that `--color` asks for.
fn colour_choice(arguments: &[OsString]) -> ColorChoice {
    let words: Vec<_> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    let joined = words.iter().find_map(|word| word.strip_prefix("--color="));
    let separate = words.windows(2).find_map(|pair| match pair {
        ["--color", choice] => Some(*choice),
        _ => None,
    });
    let choice = joined.or(separate).and_then(|choice| choice.parse().ok());
    choice.unwrap_or(ColorChoice::Auto)
}

impl Arguments {
    /// `true` if warnings stop the command.
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

/// Format of diagnostics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    /// Text, with the source underlined
    #[default]
    Human,
    /// One JSON object per line
    Json,
}

/// When diagnostics have colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Colours {
    /// On a terminal
    #[default]
    Auto,
    /// In any case
    Always,
    /// In no case
    Never,
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

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Generate the client of a document, or every client that typewright.toml lists
    Generate(Box<Generate>),
    /// Make a crate with the client of a document, and an example that makes a first call
    New(New),
    /// Add the client of a document to the crate in the working directory
    Init(Init),
    /// Summarise a document: servers, security, operations, schemas, diagnostics
    Inspect(Inspect),
    /// Compare the clients of two documents: what changes for callers
    Diff(Diff),
    /// Edit the sources of callers for a new version of a client
    Fix(Fix),
    /// Serve a mock of a document: its responses, after checks of the requests
    Mock(Mock),
    /// Write a document and every file that it refers to as one OpenAPI 3.0 document
    Bundle(Bundle),
    /// Fetch documents from the network and store copies, which the other commands read
    Update(Update),
    /// Write OpenAPI documents from reference pages of Yandex Cloud, MongoDB or Bump.sh
    ///
    /// Pages of other forms are not read.
    Import(Import),
    /// Explain a diagnostic code such as TW0501, with an example and the remedy
    Explain(Explain),
    /// Print a script that completes arguments in a shell
    Completions(Completions),
    /// Write man pages, one for each subcommand
    Man(Man),
}

/// Arguments of `generate`.
#[derive(Args, Debug, Default)]
#[command(
    after_help = "Example: typewright generate pets.yaml --out clients/pets --include tag:pets"
)]
pub struct Generate {
    /// File, https URL, or - for standard input [default: clients of typewright.toml]
    ///
    /// Without a document, every client that typewright.toml lists is generated. Standard input is JSON or YAML, and files that it refers to are those of the working directory.
    pub document: Option<String>,
    /// Folder of the crate [default: generated/NAME]
    #[arg(long, value_name = "DIR", requires = "document", help_heading = "Crate")]
    pub out: Option<PathBuf>,
    /// Name of the crate [default: derived from the document]
    #[arg(long, value_name = "CRATE", requires = "document", help_heading = "Crate")]
    pub name: Option<String>,
    /// Folder of the runtime to depend on
    ///
    /// By default that of the checkout which this program was built from, else crates.io.
    #[arg(
        long,
        value_name = "PATH",
        requires = "document",
        help_heading = "Crate",
        hide_short_help = true
    )]
    pub runtime_path: Option<PathBuf>,
    /// Folder that references to other files may reach [default: the document's]
    #[arg(
        long,
        value_name = "DIR",
        requires = "document",
        help_heading = "Document",
        hide_short_help = true
    )]
    pub root: Option<PathBuf>,
    /// Generate only these: an operationId, tag:NAME or "METHOD /path"
    ///
    /// In each form `*` stands for any text, and `?` for one character. May be repeated.
    #[arg(long, value_name = "SELECTOR", requires = "document", help_heading = "Document")]
    pub include: Vec<String>,
    /// Skip these operations, selected as for --include; may be repeated
    #[arg(long, value_name = "SELECTOR", requires = "document", help_heading = "Document")]
    pub exclude: Vec<String>,
    /// Apply an overlay to the document first; may be repeated
    #[arg(long, value_name = "FILE", requires = "document", help_heading = "Document")]
    pub overlay: Vec<String>,
    /// Write tests of the document's examples, and of a call of every operation
    ///
    /// tests/examples.rs decodes every example of the document, and tests/contract.rs calls every operation.
    #[arg(long, requires = "document", help_heading = "Crate")]
    pub tests: bool,
    /// Number of operations that are documented with an example of their call
    #[arg(
        long,
        value_name = "N",
        default_value_t = DOC_EXAMPLES,
        requires = "document",
        help_heading = "Crate", hide_short_help = true
    )]
    pub doc_examples: usize,
    /// Cargo features by which users of the crate choose operations; none by default
    #[arg(
        long,
        value_enum,
        value_name = "BY",
        requires = "document",
        help_heading = "Crate",
        hide_short_help = true
    )]
    pub features: Option<Features>,
    /// Generate a server as well, behind the crate's feature `server`: a trait of handlers for each tag
    #[arg(
        long,
        value_enum,
        value_name = "FRAMEWORK",
        requires = "document",
        conflicts_with = "types_only",
        help_heading = "Crate",
        hide_short_help = true
    )]
    pub server: Option<ServerFramework>,
    /// Types of `date-time` and `date` values
    #[arg(
        long,
        value_enum,
        default_value_t,
        value_name = "CRATE",
        requires = "document",
        help_heading = "Types",
        hide_short_help = true
    )]
    pub date_time_types: DateTimeTypes,
    /// Keep texts that do not match their `format` instead of failing
    #[arg(long, requires = "document", help_heading = "Types", hide_short_help = true)]
    pub lenient_formats: bool,
    /// How to decode responses that lack what the document requires
    #[arg(
        long,
        value_enum,
        default_value_t,
        value_name = "HOW",
        requires = "document",
        help_heading = "Types"
    )]
    pub responses: Responses,
    /// Accept responses that lack required members of a component, `Pet.property` or `#/pointer`, with globs; may be repeated
    #[arg(
        long,
        value_name = "SELECTOR",
        requires = "document",
        help_heading = "Types",
        hide_short_help = true
    )]
    pub lenient: Vec<String>,
    /// Rename a component, property, operation or parameter
    ///
    /// The name is that in the generated code; the key is a component, `Pet.property`, an operation, `operation.parameter` or `#/pointer`. May be repeated.
    #[arg(long, value_name = "KEY=NAME", value_parser = pair, requires = "document", help_heading = "Names")]
    pub rename: Vec<(String, String)>,
    /// Remove this prefix of components' names from types; may be repeated
    #[arg(
        long,
        value_name = "PREFIX",
        requires = "document",
        help_heading = "Names",
        hide_short_help = true
    )]
    pub strip_prefix: Vec<String>,
    /// Use the whole `operationId` as a name, even if it ends in the path and method
    #[arg(long, requires = "document", help_heading = "Names", hide_short_help = true)]
    pub full_operation_ids: bool,
    /// Use your own type for a component, `#/pointer` or `format:NAME`, through serde; may be repeated
    #[arg(long = "type", value_name = "KEY=PATH", value_parser = pair, requires = "document", help_heading = "Types", hide_short_help = true)]
    pub types: Vec<(String, String)>,
    /// Derive more traits for a component, `#/pointer` or Rust type, or `*` for every type that can; may be repeated
    #[arg(long, value_name = "KEY=TRAITS", value_parser = pair, requires = "document", help_heading = "Types", hide_short_help = true)]
    pub derive: Vec<(String, String)>,
    /// Generate only types, no client
    #[arg(long, requires = "document", help_heading = "Types")]
    pub types_only: bool,
    /// Add a `validate` method to types, which checks lengths, bounds and patterns
    #[arg(long, requires = "document", help_heading = "Types")]
    pub validate: bool,
    /// Fail to decode enum values that the document does not list
    #[arg(long, requires = "document", help_heading = "Types", hide_short_help = true)]
    pub closed_enums: bool,
    /// Keep members of objects that the schema does not list
    #[arg(long, requires = "document", help_heading = "Types", hide_short_help = true)]
    pub preserve_unknown: bool,
    /// Read schemas as a validator does: without `type` they allow every JSON type
    #[arg(long, requires = "document", help_heading = "Document", hide_short_help = true)]
    pub strict_schemas: bool,
    /// Keep the generator's own layout instead of running rustfmt
    #[arg(long, requires = "document", help_heading = "Crate", hide_short_help = true)]
    pub no_rustfmt: bool,
    /// Write neither README.md nor reference.md, which lists the operations
    #[arg(long, requires = "document", help_heading = "Crate")]
    pub no_guide: bool,
    /// Name everything anew instead of keeping the names and argument order of typewright.lock
    #[arg(long, help_heading = "Crate", hide_short_help = true)]
    pub update_names: bool,
    /// Write nothing; exit with status 3 and a diff if the output is outdated
    ///
    /// The diff is a short one on stdout; with `--message-format json` it is whole, as an object for each file on stderr.
    #[arg(long, help_heading = "Run")]
    pub check: bool,
    /// Replace generated files that were edited by hand
    #[arg(long, conflicts_with = "check", help_heading = "Run")]
    pub force: bool,
    /// Add what changes for callers to `Unreleased` in this Markdown file
    #[arg(long, value_name = "FILE", conflicts_with = "check", help_heading = "Run")]
    pub changelog: Option<PathBuf>,
    /// Configuration [default: typewright.toml here or in a folder above]
    #[arg(long, value_name = "FILE", conflicts_with = "document", help_heading = "Run")]
    pub config: Option<PathBuf>,
    /// Allow typewright.toml to use files and folders outside of its repository
    #[arg(long, conflicts_with = "document", help_heading = "Run", hide_short_help = true)]
    pub allow_outside: bool,
}

/// Arguments of `new`.
#[derive(Args, Debug)]
#[command(after_help = "Example: typewright new pets https://pets.example/openapi.yaml")]
pub struct New {
    /// Folder of the crate, which must not exist or be empty; the crate is called after it
    pub path: PathBuf,
    /// Document: a file, an https URL, or - for standard input
    pub document: String,
    /// Folder of the runtime to depend on
    ///
    /// By default that of the checkout which this program was built from, else crates.io.
    #[arg(long, value_name = "PATH")]
    pub runtime_path: Option<PathBuf>,
    /// Folder that references to other files may reach [default: the document's]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
}

/// Arguments of `init`.
#[derive(Args, Debug)]
#[command(after_help = "Example: typewright init specs/pets.yaml --build-rs")]
pub struct Init {
    /// Document: a file or an https URL
    pub document: String,
    /// Generate by a build script, into no folder of the repository
    #[arg(long, conflicts_with = "committed")]
    pub build_rs: bool,
    /// Generate into generated/NAME now, and whenever `typewright generate` runs [default]
    #[arg(long)]
    pub committed: bool,
    /// Name of the client's crate or module [default: derived from the document]
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Folder of the runtime to depend on
    ///
    /// By default that of the checkout which this program was built from, else crates.io.
    #[arg(long, value_name = "PATH")]
    pub runtime_path: Option<PathBuf>,
}

/// Arguments of `inspect`.
#[derive(Args, Debug)]
#[command(after_help = "Example: typewright inspect pets.yaml --html pets.html")]
pub struct Inspect {
    /// Document: a file, an https URL, or - for standard input
    pub document: String,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Write a page of HTML instead, which shows the API as Rust and needs no network; replaces an earlier page only
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    pub html: Option<PathBuf>,
    /// Folder that references to other files may reach [default: the document's]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Apply an overlay to the document first; may be repeated
    #[arg(long, value_name = "FILE")]
    pub overlay: Vec<String>,
}

/// Arguments of `diff`.
#[derive(Args, Debug)]
#[command(after_help = "Example: typewright diff old.yaml new.yaml -D major")]
pub struct Diff {
    /// Old document: a file, an https URL, or - for standard input; or the folder of a generated crate
    ///
    /// Of a crate its typewright.lock is read, which states its public API.
    pub old: String,
    /// New document, likewise [default: that of the crate in typewright.toml]
    pub new: Option<String>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: DiffFormat,
    /// Read files that the documents refer to from this folder and below [default: their own]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Configuration, whose options of the client are used [default: typewright.toml here or in a folder above]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Allow typewright.toml to use files and folders outside of its repository
    #[arg(long)]
    pub allow_outside: bool,
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

/// Arguments of `fix`.
#[derive(Args, Debug)]
#[command(
    after_help = "Example: typewright fix old.yaml new.yaml src --write\n\nWithout --write the edits are printed as a unified diff, and no file changes. What cannot be edited surely is listed on stderr as file:line:column, with the reason.\n\nExit status: 0 nothing is left to do, 1 errors in the input or a file that cannot be written, 2 wrong usage, 5 edits were not written or places are listed."
)]
pub struct Fix {
    /// Old document: a file, an https URL, or - for standard input; or the folder of a generated crate
    ///
    /// Of a crate its typewright.lock is read, which states its public API.
    pub old: String,
    /// New document, likewise
    pub new: String,
    /// Sources of callers: .rs files, or folders of them; `target`, hidden folders, links and generated files are skipped
    #[arg(required_unless_present = "list")]
    pub sources: Vec<PathBuf>,
    /// Write the edits, to all files or to none
    #[arg(long)]
    pub write: bool,
    /// Name of the generated crate, or of the module that includes it; may be repeated [default: derived from the documents]
    #[arg(long = "crate", value_name = "NAME")]
    pub crates: Vec<String>,
    /// Further renames: lines `rename OLD -> NEW` in the notation of `diff`
    #[arg(long, value_name = "FILE")]
    pub edits: Option<PathBuf>,
    /// Print the renames in the form that --edits reads, and stop
    #[arg(long, conflicts_with = "write")]
    pub list: bool,
    /// Read files that the documents refer to from this folder and below [default: their own]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
}

/// Arguments of `bundle`.
#[derive(Args, Debug)]
#[command(after_help = "Example: typewright bundle pets.yaml --out pets.json")]
pub struct Bundle {
    /// Document: a file, an https URL, or - for standard input
    pub document: String,
    /// File to write: JSON if its name ends in .json, else YAML
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Folder that references to other files may reach [default: the document's]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Apply an overlay to the document first; may be repeated
    #[arg(long, value_name = "FILE")]
    pub overlay: Vec<String>,
}

/// Arguments of `mock`.
#[derive(Args, Debug)]
#[command(
    after_help = "Example: typewright mock pets.yaml --errors\n\nA request chooses a response with the header `Prefer: code=404, example=NAME`. The mock runs until it is ended, by Ctrl-C."
)]
pub struct Mock {
    /// Document: a file or an https URL
    pub document: String,
    /// Port to listen on; 0 for any that is free
    #[arg(long, value_name = "N", default_value_t = 4010)]
    pub port: u16,
    /// Address or name to listen on
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    pub host: String,
    /// Refuse requests that do not match the document, with problem details; by default they are logged and answered
    #[arg(long)]
    pub errors: bool,
    /// Folder that references to other files may reach [default: the document's]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Apply an overlay to the document first; may be repeated
    #[arg(long, value_name = "FILE")]
    pub overlay: Vec<String>,
}

/// Arguments of `update`.
#[derive(Args, Debug)]
#[command(after_help = "Example: typewright update https://pets.example/openapi.yaml")]
pub struct Update {
    /// URLs of documents [default: those of typewright.toml]
    pub documents: Vec<String>,
    /// Configuration, in whose folder copies are stored [default: typewright.toml here or in a folder above]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Allow typewright.toml to use files and folders outside of its repository
    #[arg(long)]
    pub allow_outside: bool,
}

/// Arguments of `import`.
#[derive(Args, Debug)]
#[command(after_help = "Example: typewright import pages --out specs")]
pub struct Import {
    /// Pages (.md, .mdx, .markdown, .rst), or folders of them
    #[arg(required = true)]
    pub pages: Vec<PathBuf>,
    /// Document to write; for pages of several services a folder, for SERVICE/openapi.yaml
    #[arg(long, value_name = "FILE", required_unless_present = "check")]
    pub out: Option<PathBuf>,
    /// Write nothing; compare this document with the pages, and exit with status 1 if they differ
    #[arg(long, value_name = "SPEC", conflicts_with = "out")]
    pub check: Option<PathBuf>,
}

/// Arguments of `explain`.
#[derive(Args, Debug)]
#[command(after_help = "Example: typewright explain TW0501")]
pub struct Explain {
    /// Diagnostic code, in upper or lower case
    #[arg(required_unless_present = "table")]
    pub code: Option<String>,
    /// Print all codes as a Markdown table
    #[arg(long, conflicts_with = "code")]
    pub table: bool,
}

/// Arguments of `completions`.
#[derive(Args, Debug)]
#[command(
    after_help = "Example: typewright completions bash > ~/.local/share/bash-completion/completions/typewright"
)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

/// Arguments of `man`.
#[derive(Args, Debug)]
#[command(after_help = "Example: typewright man ~/.local/share/man/man1")]
pub struct Man {
    /// Folder to write to, which has to exist
    pub folder: PathBuf,
}
