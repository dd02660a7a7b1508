//! The summary as text.

use super::Inspection;
use crate::report::{counted, severity_name};
use std::fmt::{self, Write as _};
use typewright::diagnostics::Severity;

/// Number of untyped positions that are listed; `--json` has all.
const LISTED: usize = 20;

/// The summary as lines of text.
pub fn text(inspection: &Inspection) -> String {
    let mut text = String::new();
    // writing to a `String` does not fail
    let _ = write_all(inspection, &mut text);
    text
}

fn write_all(inspection: &Inspection, text: &mut String) -> fmt::Result {
    let Inspection { title, version, format, document, .. } = inspection;
    writeln!(text, "{title} {version} ({format}, {document})")?;
    list(text, "servers", &inspection.servers)?;
    let security = inspection.security.iter();
    let security: Vec<_> = security.map(|(name, kind)| format!("{name}: {kind}")).collect();
    list(text, "security", &security)?;
    operations(inspection, text)?;
    schemas(inspection, text)?;
    findings(inspection, text)
}

fn list(text: &mut String, title: &str, items: &[String]) -> fmt::Result {
    if items.is_empty() {
        return writeln!(text, "\n{title}: none");
    }
    writeln!(text, "\n{title}")?;
    items.iter().try_for_each(|item| writeln!(text, "  {item}"))
}

fn operations(inspection: &Inspection, text: &mut String) -> fmt::Result {
    let count: usize = inspection.operations.values().map(Vec::len).sum();
    writeln!(text, "\noperations: {count}")?;
    for (tag, operations) in &inspection.operations {
        let tag = if tag.is_empty() { "(no tag)" } else { tag };
        writeln!(text, "  {tag}")?;
        for operation in operations {
            let deprecated = if operation.deprecated { ", deprecated" } else { "" };
            let (id, method, path) = (&operation.id, &operation.method, &operation.path);
            writeln!(text, "    {id}  {method} {path}{deprecated}")?;
        }
    }
    Ok(())
}

fn schemas(inspection: &Inspection, text: &mut String) -> fmt::Result {
    let schemas = &inspection.schemas;
    let (components, inline) = (schemas.components, schemas.inline);
    let components = counted(components, "component");
    writeln!(text, "\nschemas: {components}, {inline} inline")?;
    writeln!(text, "  any JSON where the document asks for it: {}", schemas.unconstrained)?;
    writeln!(text, "  any JSON where nothing better is known: {}", schemas.untyped.len())?;
    for position in schemas.untyped.iter().take(LISTED) {
        let (place, reason) = (&position.place, &position.reason);
        writeln!(text, "    {place}: {reason}")?;
    }
    let more = schemas.untyped.len().saturating_sub(LISTED);
    if more > 0 {
        writeln!(text, "    {more} more; --json lists all")?;
    }
    Ok(())
}

fn findings(inspection: &Inspection, text: &mut String) -> fmt::Result {
    let count = |severity| counted(inspection.count(severity), severity_name(severity));
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let notes = count(Severity::Note);
    writeln!(text, "\nfindings: {errors}, {warnings}, {notes}")?;
    for (id, finding) in &inspection.findings {
        let (count, severity, title) = (finding.count, finding.severity, finding.title);
        writeln!(text, "  {count:>5} × {severity} {id}: {title}")?;
    }
    Ok(())
}
