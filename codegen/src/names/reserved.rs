//! Reserved words, one list for each scope.
//!
//! Three kinds are reserved: words of the language, names of the prelude (which an item would shadow in its whole
//! module), and names that generated code itself uses.

/// Keywords of any edition, including reserved ones, that can be written raw (The Rust Reference, section "Keywords").
pub const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Words that cannot be identifiers, not even raw.
pub const NEVER: [&str; 5] = ["self", "Self", "super", "crate", "_"];

/// Weak keywords, which are ordinary identifiers almost everywhere. Listed for the test that tries every word; not
/// reserved.
pub const WEAK_KEYWORDS: [&str; 6] = ["auto", "default", "macro_rules", "raw", "safe", "union"];

/// Types and traits in the prelude of any edition, and those of `core` and `std` that generated code names.
pub const PRELUDE_TYPES: [&str; 50] = [
    "AsMut",
    "AsRef",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
    "Borrow",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Deref",
    "Display",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "FromStr",
    "Future",
    "Hash",
    "Infallible",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "Option",
    "Ord",
    "Ordering",
    "PartialEq",
    "PartialOrd",
    "PhantomData",
    "Pin",
    "Result",
    "Self",
    "Send",
    "Sized",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// Variants in the prelude, reserved for types and for variants that callers import.
pub const PRELUDE_VARIANTS: [&str; 4] = ["Err", "None", "Ok", "Some"];

/// Functions and macros in the prelude. Their namespaces are separate from types and methods. Listed for the test that
/// tries every word; not reserved.
pub const PRELUDE_VALUES: [&str; 24] = [
    "align_of",
    "align_of_val",
    "assert",
    "assert_eq",
    "bool",
    "char",
    "derive",
    "drop",
    "env",
    "f64",
    "format",
    "i64",
    "include",
    "matches",
    "panic",
    "println",
    "size_of",
    "size_of_val",
    "str",
    "todo",
    "u8",
    "unreachable",
    "vec",
    "write",
];

/// Types of every generated crate; and `New`, because clippy rejects a constructor with the name of its type.
pub const CRATE_TYPES: [&str; 4] = ["Call", "Client", "Credentials", "New"];

/// Modules that generated code names.
pub const CRATE_MODULES: [&str; 11] = [
    "alloc",
    "client",
    "core",
    "headers",
    "incoming",
    "operations",
    "rt",
    "runtime",
    "servers",
    "std",
    "types",
];

/// Locals of the templates, where arguments are in scope.
pub const LOCALS: [&str; 11] = [
    "arguments",
    "call",
    "client",
    "decoder",
    "encoder",
    "fields",
    "formatter",
    "read",
    "rt",
    "sink",
    "source",
];

/// Methods of traits that every type implements; an inherent method would shadow them.
pub const TRAIT_METHODS: [&str; 19] = [
    "borrow",
    "borrow_mut",
    "clone",
    "clone_from",
    "clone_into",
    "cmp",
    "default",
    "drop",
    "eq",
    "fmt",
    "from",
    "hash",
    "into",
    "ne",
    "to_owned",
    "to_string",
    "try_from",
    "try_into",
    "type_id",
];

/// Methods of every client.
pub const CLIENT_METHODS: [&str; 5] = ["builder", "new", "inner", "operations", "servers"];

/// Methods of every call; a setter with such a name is renamed.
pub const OPERATION_METHODS: [&str; 33] = [
    "additional_header",
    "allow_empty_path",
    "attempt_timeout",
    "base_url",
    "body_member",
    "call",
    "client",
    "conditional",
    "content_type",
    "cookie",
    "header",
    "inner",
    "into_future",
    "items",
    "map",
    "max_body_bytes",
    "new",
    "optional",
    "pages",
    "query",
    "response",
    "response_blocking",
    "response_raw",
    "retry",
    "send",
    "send_blocking",
    "spec",
    "timeout",
    "wait",
    "wait_with",
    "with_credentials",
    "without_retry",
    "poll",
];

/// Methods of clients with long-running operations.
pub const RESUMING_METHODS: [&str; 2] = ["resume", "watch"];

/// Methods of the calls of long-running operations, besides `wait`.
pub const WATCHING_METHODS: [&str; 2] = ["watch", "watch_with"];

/// Methods of every record, except setters and accessors.
pub const RECORD_METHODS: [&str; 5] = ["new", "validate", "violations", "decode", "encode"];

/// Constructors and methods of every set of credentials.
pub const CREDENTIAL_METHODS: [&str; 5] = ["anonymous", "new", "none", "send_all", "with"];

/// Methods of every server, except setters of variables.
pub const SERVER_METHODS: [&str; 4] = ["as_str", "new", "url", "variable"];

/// Variants that no documented value or branch can have. `Err` is also an associated type of `FromStr`, which makes
/// `Self::Err` ambiguous.
pub const VARIANTS: [&str; 6] = ["Err", "None", "Ok", "Self", "Some", "Unlisted"];

/// File names with a meaning to Rust, and device names of Windows.
pub const FILES: [&str; 32] = [
    "aux",
    "clock$",
    "com0",
    "com1",
    "com2",
    "com3",
    "com4",
    "com5",
    "com6",
    "com7",
    "com8",
    "com9",
    "con",
    "conin$",
    "conout$",
    "lib",
    "lpt0",
    "lpt1",
    "lpt2",
    "lpt3",
    "lpt4",
    "lpt5",
    "lpt6",
    "lpt7",
    "lpt8",
    "lpt9",
    "main",
    "mod",
    "nul",
    "operations",
    "prn",
    "types",
];

/// Names that no type can have.
pub const TYPES: [&[&str]; 3] = [&PRELUDE_TYPES, &PRELUDE_VARIANTS, &CRATE_TYPES];

/// Returns every word of every list once, for the test that tries all.
pub fn all() -> Vec<&'static str> {
    let lists: [&[&'static str]; 19] = [
        &KEYWORDS,
        &NEVER,
        &WEAK_KEYWORDS,
        &PRELUDE_TYPES,
        &PRELUDE_VARIANTS,
        &PRELUDE_VALUES,
        &CRATE_TYPES,
        &CRATE_MODULES,
        &LOCALS,
        &TRAIT_METHODS,
        &CLIENT_METHODS,
        &OPERATION_METHODS,
        &RESUMING_METHODS,
        &WATCHING_METHODS,
        &RECORD_METHODS,
        &CREDENTIAL_METHODS,
        &SERVER_METHODS,
        &VARIANTS,
        &FILES,
    ];
    let mut reserved = lists.concat();
    reserved.sort_unstable();
    reserved.dedup();
    reserved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_stands_once() {
        let reserved = all();
        assert!(reserved.len() > 200, "{}", reserved.len());
        assert!(reserved.windows(2).all(|pair| pair[0] != pair[1]));
    }
}
