//! The request header `Prefer` (RFC 7240): `code` and `example`.

use hyper::HeaderMap;

/// Preferences of a request.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// `code`: status of the response.
    pub code: Option<u16>,
    /// `example`: name of the example.
    pub example: Option<String>,
}

impl Preferences {
    /// Parses every `Prefer`; preferences that are not ours are ignored.
    ///
    /// # Errors
    ///
    /// A `code` that is no status of a final response.
    pub fn read(headers: &HeaderMap) -> Result<Self, String> {
        let mut preferences = Self::default();
        let values = headers.get_all("prefer").iter().filter_map(|value| value.to_str().ok());
        for part in values.flat_map(|value| value.split([',', ';'])) {
            let Some((name, value)) = part.split_once('=') else { continue };
            let value = value.trim().trim_matches('"');
            match name.trim().to_ascii_lowercase().as_str() {
                "code" => {
                    let code = value.parse().ok().filter(|code| (200..=599).contains(code));
                    let reason = || format!("`code={value}` is not a status from 200 to 599");
                    preferences.code = Some(code.ok_or_else(reason)?);
                }
                "example" => preferences.example = Some(value.to_owned()),
                _ => {}
            }
        }
        Ok(preferences)
    }

    /// Returns the preferences in the form of `Preference-Applied`; empty if there are none.
    pub fn applied(&self) -> String {
        let code = self.code.map(|code| format!("code={code}"));
        let example = self.example.as_ref().map(|name| format!("example=\"{name}\""));
        code.into_iter().chain(example).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(values: &[&'static str]) -> Result<Preferences, String> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append("prefer", value.parse().unwrap());
        }
        Preferences::read(&headers)
    }

    #[test]
    fn code_and_example_are_read() {
        let both = Preferences { code: Some(404), example: Some("a b".to_owned()) };
        assert_eq!(read(&["code=404, example=\"a b\""]).unwrap(), both);
        assert_eq!(read(&["respond-async; code = 404", "Example=a b"]).unwrap(), both);
        assert_eq!(both.applied(), "code=404, example=\"a b\"");
        assert_eq!(read(&["return=minimal"]).unwrap(), Preferences::default());
        for wrong in ["code=x", "code=101", "code=600"] {
            assert!(read(&[wrong]).is_err(), "{wrong}");
        }
    }
}
