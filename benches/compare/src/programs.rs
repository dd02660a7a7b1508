//! The programs that make the same four calls with each generated client.

/// The document that they call.
pub const DOCUMENT: &str = "petstore-3.0.yaml";

/// The programs, by the names of their generators.
const PROGRAMS: [(&str, &str); 5] = [
    ("typewright", include_str!("../programs/typewright.rs")),
    ("openapi-to-rust", include_str!("../programs/openapi-to-rust.rs")),
    ("ploidy", include_str!("../programs/ploidy.rs")),
    ("oas3-gen", include_str!("../programs/oas3-gen.rs")),
    ("openapi-generator", include_str!("../programs/openapi-generator.rs")),
];

/// The program of a generator for a document, if there is one.
pub fn program(document: &str, peer: &str) -> Option<&'static str> {
    let mut programs = PROGRAMS.into_iter().filter(|_| document == DOCUMENT);
    programs.find(|(name, _)| *name == peer).map(|(_, text)| text)
}

/// The lines of a program that are neither empty nor comments.
pub fn lines(program: &str) -> u64 {
    let lines = program.lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with("//")).count() as u64
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn comments_are_no_lines_that_one_writes() {
        assert_eq!(lines("//! A program.\n\nfn main() {\n    // nothing\n}\n"), 2);
    }
}
