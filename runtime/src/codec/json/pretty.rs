use super::string::plain_run;

/// A JSON text without spaces as one for people: a line for each item and each member, indented by two spaces.
pub(super) fn indented(compact: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(compact.len() * 2);
    let mut depth = 0_usize;
    let mut rest = compact;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match first {
            b'"' => rest = copy_string(&mut out, rest),
            b'[' | b'{' if matches!(rest.first(), Some(b']' | b'}')) => {
                out.extend(
                    rest.first()
                        .map(|closing| [*first, *closing])
                        .into_iter()
                        .flatten(),
                );
                rest = rest.get(1..).unwrap_or_default();
            }
            b'[' | b'{' => {
                depth += 1;
                out.push(*first);
                new_line(&mut out, depth);
            }
            b']' | b'}' => {
                depth = depth.saturating_sub(1);
                new_line(&mut out, depth);
                out.push(*first);
            }
            b',' => {
                out.push(b',');
                new_line(&mut out, depth);
            }
            b':' => out.extend_from_slice(b": "),
            other => out.push(*other),
        }
    }
    out
}

/// Copies a string after its first quote, and gives what follows it.
fn copy_string<'t>(out: &mut Vec<u8>, text: &'t [u8]) -> &'t [u8] {
    let mut end = 0;
    loop {
        end += text.get(end..).map_or(0, plain_run);
        match text.get(end) {
            Some(b'\\') => end += 2,
            Some(_) | None => break,
        }
    }
    let (string, rest) = text.split_at_checked(end + 1).unwrap_or((text, b""));
    out.push(b'"');
    out.extend_from_slice(string);
    rest
}

fn new_line(out: &mut Vec<u8>, depth: usize) {
    out.push(b'\n');
    out.extend(std::iter::repeat_n(b' ', 2 * depth));
}
