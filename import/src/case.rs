//! Case of names.

/// `true` for a name of one word: one hump of camel case.
pub fn is_one_word(name: &str) -> bool {
    let mut before = ' ';
    let starts = name.chars().filter(|c| {
        let start = c.is_uppercase() && !before.is_uppercase() || before == '_';
        before = *c;
        start
    });
    starts.count() <= 1
}

/// `Cluster` and `Status` as `ClusterStatus`; `LogLevel` and `Level` as `LogLevel`.
pub fn joined(owner: &str, name: &str) -> String {
    let owner = capitalized(owner);
    if owner.to_lowercase().ends_with(&name.to_lowercase()) {
        // The shared-package case: `operation.Operation` is written as the type writes itself.
        return if owner.eq_ignore_ascii_case(name) { name.to_owned() } else { owner };
    }
    format!("{owner}{}", capitalized(name))
}

/// The text with its first letter in upper case.
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// The text with its first word in lower case: `SecurityGroup` as `securityGroup`, `DNSZone` as `dnsZone`.
pub fn uncapitalized(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let upper = letters.iter().take_while(|c| c.is_uppercase()).count();
    let lowered = if upper > 1 && upper < letters.len() { upper - 1 } else { upper };
    let lower = letters.iter().take(lowered).flat_map(|c| c.to_lowercase());
    lower.chain(letters.iter().skip(lowered).copied()).collect()
}

/// `private_subnet.cloud_id` as `privateSubnetCloudId`.
pub fn camel(text: &str) -> String {
    let mut parts = text.split(['_', '.', '-']).filter(|part| !part.is_empty());
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |name, part| name + &capitalized(part))
}

/// `foundationModels` as `foundation-models`.
pub fn kebab(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_uppercase() && !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_humps() {
        for name in ["Health", "SPQR", "Status"] {
            assert!(is_one_word(name), "{name}");
        }
        for name in ["WeekDay", "LogLevel", "Status_Code"] {
            assert!(!is_one_word(name), "{name}");
        }
    }

    #[test]
    fn owners_do_not_stutter() {
        assert_eq!(joined("Cluster", "Status"), "ClusterStatus");
        assert_eq!(joined("LogLevel", "Level"), "LogLevel");
        assert_eq!(joined("operation", "Operation"), "Operation");
        assert_eq!(joined("rpc", "Status"), "RpcStatus");
    }

    #[test]
    fn cases_change() {
        assert_eq!(uncapitalized("DNSZone"), "dnsZone");
        assert_eq!(uncapitalized("SecurityGroup"), "securityGroup");
        assert_eq!(camel("private_subnet.cloud_id"), "privateSubnetCloudId");
        assert_eq!(kebab("foundationModels"), "foundation-models");
        assert_eq!(uncapitalized(""), "");
    }
}
