//! What `typewright explain` prints.

use super::codes;

/// The whole story of a code; none where there is no such code.
///
/// ```
/// let text = typewright::diagnostics::explain("tw0106").unwrap();
/// assert!(text.starts_with("TW0106: a key stands twice"));
/// ```
pub fn explain(id: &str) -> Option<String> {
    let code = codes::find(id)?;
    let kind = match code.severity {
        super::Severity::Error => "An error: no output is made.",
        super::Severity::Warning => {
            "A warning: output is made all the same; `-D warnings` stops it."
        }
        super::Severity::Note => "A note: nothing is lost.",
    };
    Some(format!(
        "{}: {}\n\n{}\n\n{kind}\n",
        code.id, code.title, code.explanation
    ))
}
