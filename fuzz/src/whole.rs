//! The whole pipeline over a text, whatever it says.

use typewright::diagnostics::{human, Style};
use typewright::{generate, Loader, Options, ReadError};

/// Hands out the same text for files in one folder, so that a text that refers to files is a circle of them.
struct Same<'t>(&'t str);

impl Loader for Same<'_> {
    fn load(&self, path: &str) -> Result<String, ReadError> {
        if path.contains('/') {
            return Err("no such file".into());
        }
        Ok(self.0.to_owned())
    }
}

/// Generates a client and shows the findings. Panics where the generator does, or where it keeps silent.
pub fn run(text: &str) {
    let options = Options::new(|options| {
        options.name = "fuzz".to_owned();
    });
    let generated = generate("api.yaml", &Same(text), &options);
    let messages = human(&generated.diagnostics, &generated.files, Style::Plain);
    let refused = generated.diagnostics.has_errors();
    assert_eq!(generated.output.is_none(), refused, "{messages}");
}
