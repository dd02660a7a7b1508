//! Licences as Cargo names them: SPDX expressions.

/// Licences of the SPDX list that documents use.
const KNOWN: &[&str] = &[
    "0BSD",
    "AFL-3.0",
    "AGPL-3.0-only",
    "AGPL-3.0-or-later",
    "Apache-1.1",
    "Apache-2.0",
    "Artistic-2.0",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-2-Clause-Patent",
    "BSD-3-Clause",
    "BSD-3-Clause-Clear",
    "BSD-4-Clause",
    "BSL-1.0",
    "BUSL-1.1",
    "CC-BY-3.0",
    "CC-BY-4.0",
    "CC-BY-NC-4.0",
    "CC-BY-NC-SA-4.0",
    "CC-BY-ND-4.0",
    "CC-BY-SA-3.0",
    "CC-BY-SA-4.0",
    "CC0-1.0",
    "CDDL-1.0",
    "CDDL-1.1",
    "CECILL-2.1",
    "ECL-2.0",
    "EPL-1.0",
    "EPL-2.0",
    "EUPL-1.1",
    "EUPL-1.2",
    "Elastic-2.0",
    "GFDL-1.3-only",
    "GFDL-1.3-or-later",
    "GPL-2.0-only",
    "GPL-2.0-or-later",
    "GPL-3.0-only",
    "GPL-3.0-or-later",
    "ISC",
    "LGPL-2.1-only",
    "LGPL-2.1-or-later",
    "LGPL-3.0-only",
    "LGPL-3.0-or-later",
    "MIT",
    "MIT-0",
    "MPL-1.1",
    "MPL-2.0",
    "MS-PL",
    "MS-RL",
    "NCSA",
    "ODC-By-1.0",
    "ODbL-1.0",
    "OFL-1.1",
    "OGL-UK-3.0",
    "OSL-3.0",
    "PDDL-1.0",
    "PostgreSQL",
    "Python-2.0",
    "SSPL-1.0",
    "UPL-1.0",
    "Unicode-3.0",
    "Unlicense",
    "W3C",
    "WTFPL",
    "X11",
    "Zlib",
    "etalab-2.0",
];

/// Licence exceptions of the SPDX list.
const EXCEPTIONS: &[&str] = &[
    "Classpath-exception-2.0",
    "GCC-exception-3.1",
    "LLVM-exception",
    "OpenSSL-exception",
    "Universal-FOSS-exception-1.0",
];

/// `true` for an SPDX licence expression (SPDX 2.3, annex D) of known licences, which `license` of a manifest accepts.
pub fn is_expression(text: &str) -> bool {
    let spaced = text.replace('(', " ( ").replace(')', " ) ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut remaining = tokens.as_slice();
    alternatives(&mut remaining, 0) && remaining.is_empty()
}

/// Maximum nesting of parentheses.
const DEEPEST: usize = 8;

/// Reads operands joined by `AND` and `OR`.
fn alternatives(remaining: &mut &[&str], depth: usize) -> bool {
    loop {
        if !operand(remaining, depth) {
            return false;
        }
        match remaining.split_first() {
            Some((&("AND" | "OR"), more)) => *remaining = more,
            Some(_) | None => return true,
        }
    }
}

fn operand(remaining: &mut &[&str], depth: usize) -> bool {
    let Some((first, more)) = remaining.split_first() else {
        return false;
    };
    *remaining = more;
    if *first == "(" {
        let inner = depth < DEEPEST && alternatives(remaining, depth + 1);
        return inner && next(remaining) == Some(")");
    }
    let licence = first.strip_suffix('+').unwrap_or(first);
    if !KNOWN.contains(&licence) {
        return false;
    }
    if remaining.first() != Some(&"WITH") {
        return true;
    }
    next(remaining);
    next(remaining).is_some_and(|exception| EXCEPTIONS.contains(&exception))
}

fn next<'a>(remaining: &mut &[&'a str]) -> Option<&'a str> {
    let (first, more) = remaining.split_first()?;
    *remaining = more;
    Some(first)
}

#[cfg(test)]
mod tests {
    use super::is_expression;

    #[test]
    fn only_expressions_of_known_licences_are_accepted() {
        for text in [
            "MIT",
            "Apache-2.0",
            "MIT OR Apache-2.0",
            "(MIT AND ISC) OR GPL-3.0-or-later",
            "Apache-2.0 WITH LLVM-exception",
            "EUPL-1.2+",
        ] {
            assert!(is_expression(text), "{text}");
        }
        for text in [
            "",
            "Apache 2.0",
            "MIT License",
            "Proprietary",
            "MIT OR",
            "OR MIT",
            "(MIT",
            "MIT)",
            "MIT/Apache-2.0",
            "mit",
            "MIT WITH",
            "MIT WITH MIT",
            "https://x.example/license",
            "MIT\nversion = \"9\"",
        ] {
            assert!(!is_expression(text), "{text}");
        }
        assert!(!is_expression(&"(".repeat(100_000)));
    }
}
