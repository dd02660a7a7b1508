//! Reads `WWW-Authenticate` (RFC 9110, section 11.6.1): several challenges in one header or in many.

use http::header::{HeaderMap, HeaderValue, WWW_AUTHENTICATE};

/// One challenge: a scheme and its parameters, names in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Challenge {
    pub(crate) scheme: String,
    pub(crate) parameters: Vec<(String, String)>,
}

impl Challenge {
    /// The value of a parameter, without quotes.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let parameter = self.parameters.iter().find(|(key, _)| key == name);
        parameter.map(|(_, value)| value.as_str())
    }
}

/// All challenges of a response, in the server's order of preference.
pub(crate) fn challenges(headers: &HeaderMap) -> Vec<Challenge> {
    let values = headers.get_all(WWW_AUTHENTICATE).iter();
    values.flat_map(|value| parse(&text(value))).collect()
}

/// A header's text: UTF-8, or Latin 1 as older servers write.
pub(crate) fn text(value: &HeaderValue) -> String {
    match std::str::from_utf8(value.as_bytes()) {
        Ok(text) => text.to_owned(),
        Err(_) => value.as_bytes().iter().copied().map(char::from).collect(),
    }
}

fn is_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c)
}

fn is_token68(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~+/".contains(c)
}

fn is_space(c: char) -> bool {
    c == ' ' || c == '\t'
}

/// Splits off the longest prefix whose characters are all accepted.
fn split(text: &str, accepts: fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|c| !accepts(c)).unwrap_or(text.len());
    text.split_at(end)
}

/// The parameters of a header that has no scheme: `Authentication-Info` (RFC 7616, section 3.5).
pub(crate) fn parameters(header: &str) -> Vec<(String, String)> {
    let mut challenges = parse(&format!("Digest {header}")).into_iter();
    challenges.next().unwrap_or_default().parameters
}

fn parse(header: &str) -> Vec<Challenge> {
    let mut challenges: Vec<Challenge> = Vec::new();
    let mut rest = header;
    loop {
        rest = rest.trim_start_matches(|c| is_space(c) || c == ',');
        let (word, after) = split(rest, is_token);
        if word.is_empty() {
            // Nothing may begin here; reading continues after the next comma.
            match rest.split_once(',') {
                Some((_, later)) => rest = later,
                None => return challenges,
            }
            continue;
        }
        let parameter = after.trim_start_matches(is_space).strip_prefix('=');
        match (parameter, challenges.last_mut()) {
            (Some(value), Some(challenge)) => {
                let (value, after) = parameter_value(value);
                challenge.parameters.push((word.to_ascii_lowercase(), value));
                rest = after;
            }
            (Some(_), None) => rest = after.split_once(',').map_or("", |(_, later)| later),
            (None, _) => {
                challenges.push(Challenge { scheme: word.to_owned(), parameters: Vec::new() });
                rest = after_token68(after);
            }
        }
    }
}

/// The text after the `token68` that some schemes have in place of parameters (RFC 9110, section 11.2).
fn after_token68(after_scheme: &str) -> &str {
    let start = after_scheme.trim_start_matches(is_space);
    let (word, after) = split(start, is_token68);
    let after = after.trim_start_matches('=').trim_start_matches(is_space);
    let is_alone = after.is_empty() || after.starts_with(',');
    if is_alone && !word.is_empty() {
        after
    } else {
        after_scheme
    }
}

/// A parameter's value and what follows it.
fn parameter_value(text: &str) -> (String, &str) {
    let text = text.trim_start_matches(is_space);
    match text.strip_prefix('"') {
        Some(quoted) => quoted_string(quoted),
        None => {
            let end = text.find(|c| is_space(c) || c == ',').unwrap_or(text.len());
            let (value, after) = text.split_at(end);
            (value.to_owned(), after)
        }
    }
}

/// The inside of a quoted string, `\` removed, and what follows the closing quote.
fn quoted_string(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((at, c)) = characters.next() {
        match c {
            '"' => return (value, text.get(at + 1..).unwrap_or_default()),
            '\\' => value.extend(characters.next().map(|(_, escaped)| escaped)),
            _ => value.push(c),
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schemes(header: &str) -> Vec<String> {
        parse(header).into_iter().map(|c| c.scheme).collect()
    }

    #[test]
    fn several_challenges_in_one_header() {
        let header = r#"Newauth realm="apps", type=1, title="Login to \"apps\", now", Basic realm="simple", Negotiate abc+/==, Digest realm="a, b",nonce="x=y" , qop="auth,auth-int", stale=TRUE"#;
        let challenges = parse(header);
        assert_eq!(schemes(header), ["Newauth", "Basic", "Negotiate", "Digest"]);
        assert_eq!(challenges[0].get("title"), Some(r#"Login to "apps", now"#));
        assert_eq!(challenges[1].get("realm"), Some("simple"));
        assert_eq!(challenges[3].get("realm"), Some("a, b"));
        assert_eq!(challenges[3].get("nonce"), Some("x=y"));
        assert_eq!(challenges[3].get("qop"), Some("auth,auth-int"));
        assert_eq!(challenges[3].get("stale"), Some("TRUE"));
    }

    #[test]
    fn odd_spellings_are_read() {
        assert_eq!(parse("")[..], []);
        assert_eq!(parse(", ,")[..], []);
        assert_eq!(schemes("Negotiate"), ["Negotiate"]);
        assert_eq!(schemes("Negotiate, NTLM,Basic realm = x"), ["Negotiate", "NTLM", "Basic"]);
        assert_eq!(parse("Basic realm = x")[0].get("realm"), Some("x"));
        assert_eq!(parse("Digest REALM=\"unclosed")[0].get("realm"), Some("unclosed"));
        assert_eq!(schemes("\u{7}bad, Basic realm=\"ä\""), ["Basic"]);
        assert_eq!(schemes("=x, a=b, Basic"), ["Basic"]);
    }
}
