//! The log on stderr: a line for each request, and one for each of its faults.

use super::handler::Answer;
use super::request::Request;
use crate::report::Log;
use serde_json::json;
use std::fmt::Write as _;
use typewright::diagnostics::printable;

/// Logs a request and what it was answered.
pub fn request(log: &Log, request: &Request, answer: &Answer) {
    let (method, target) = (&request.method, request.target());
    let status = answer.reply.status().as_u16();
    let operation = answer.operation.as_deref();
    let name = operation.unwrap_or("-");
    let mut text =
        format!("{} {} {} {status}\n", printable(method), printable(&target), printable(name));
    let mut faults = Vec::new();
    for fault in &answer.faults {
        let violation = &fault.violation;
        let severity = if violation.is_remark { "note" } else { "warning" };
        let line = format!("  {severity}: {}: {}", violation.place, violation.detail);
        let _ = writeln!(text, "{}", printable(&line));
        faults.push(json!({
            "severity": severity, "place": violation.place, "message": violation.detail,
        }));
    }
    let json = json!({
        "method": method, "target": target, "operation": operation, "status": status, "faults": faults,
    });
    log.write(&text, &json);
}
