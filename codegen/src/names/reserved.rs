//! Words that names of a document cannot have, a list a scope: the only place that says so.
//!
//! Identifiers of a document meet three kinds of words: those of the language, those of the prelude (which a name of
//! that kind would shadow in the whole module), and those that generated code itself has beside it.

/// Keywords of any edition, reserved ones included, that may be written raw (The Rust Reference, section "Keywords").
pub const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Words that no identifier may be, not even raw.
pub const NEVER: [&str; 5] = ["self", "Self", "super", "crate", "_"];

/// Words with a meaning at some places only. They are identifiers everywhere else and are not reserved; they stand here
/// for the test that tries every word.
pub const WEAK_KEYWORDS: [&str; 6] = ["auto", "default", "macro_rules", "raw", "safe", "union"];

/// Types and traits of the prelude of any edition, and of `core` and `std` that generated code names.
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

/// Variants of the prelude: as names of types, and as names of variants that a caller imports.
pub const PRELUDE_VARIANTS: [&str; 4] = ["Err", "None", "Ok", "Some"];

/// Functions and macros of the prelude. They live apart from types and methods and are not reserved; they stand here for
/// the test that tries every word.
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

/// Types that every generated crate has beside those of the document; and `New`, since clippy refuses a constructor that is
/// called as its type is.
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

/// Variables that the templates bind where arguments are in scope.
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

/// Methods of the traits that every type has, where one of the type itself would shadow them.
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

/// Methods of the client beside the document's operations.
pub const CLIENT_METHODS: [&str; 5] = ["builder", "new", "inner", "operations", "servers"];

/// Methods that all operations have in common; a setter of that name gives way.
pub const OPERATION_METHODS: [&str; 29] = [
    "additional_header",
    "allow_empty_path",
    "base_url",
    "call",
    "client",
    "content_type",
    "cookie",
    "header",
    "inner",
    "into_future",
    "items",
    "map",
    "max_body_bytes",
    "new",
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

/// Methods of records beside setters, accessors of defaults and accessors of groups.
pub const RECORD_METHODS: [&str; 5] = ["new", "validate", "violations", "decode", "encode"];

/// Constructors and methods of credentials beside the document's schemes.
pub const CREDENTIAL_METHODS: [&str; 5] = ["anonymous", "new", "none", "send_all", "with"];

/// Methods of a server beside the setters of its variables.
pub const SERVER_METHODS: [&str; 4] = ["as_str", "new", "url", "variable"];

/// Variants that no value or branch of the document becomes. `Err` is an associated type of `FromStr` too, so that
/// `Self::Err` would mean two things.
pub const VARIANTS: [&str; 6] = ["Err", "None", "Ok", "Self", "Some", "Unlisted"];

/// Files that mean something to Rust, and names that Windows keeps for devices.
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

/// The names that no type of the document or of an operation has.
pub const TYPES: [&[&str]; 3] = [&PRELUDE_TYPES, &PRELUDE_VARIANTS, &CRATE_TYPES];

/// Every word of every list, each once, for the test that tries all.
pub fn all() -> Vec<&'static str> {
    let lists: [&[&'static str]; 17] = [
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
        &RECORD_METHODS,
        &CREDENTIAL_METHODS,
        &SERVER_METHODS,
        &VARIANTS,
        &FILES,
    ];
    let mut words = lists.concat();
    words.sort_unstable();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_stands_once() {
        let words = all();
        assert!(words.len() > 200, "{}", words.len());
        assert!(words.windows(2).all(|pair| pair[0] != pair[1]));
    }
}
