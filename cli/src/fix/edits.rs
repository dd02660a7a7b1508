//! Renames of the public API, from a comparison of two documents and from a list written by hand.

use std::collections::{BTreeMap, BTreeSet};
use typewright::diff::{Action, Diff, Surface};

/// Renamed items: old paths with their new ones, in the notation of `typewright diff`.
#[derive(Clone, Debug, Default)]
pub struct Renames(BTreeMap<String, String>);

impl Renames {
    /// The renames that a comparison has established.
    pub fn new(diff: &Diff) -> Self {
        let renamed = diff.changes.iter().filter(|change| change.action == Action::Renamed);
        Self(renamed.map(|change| (change.old_path.clone(), change.new_path.clone())).collect())
    }

    /// Adds the renames of a list: `rename OLD -> NEW` in each line, or a comment that begins with `#`.
    ///
    /// # Errors
    /// The number of the line and the reason: the line has another form, or a crate does not have the item.
    pub fn extend(
        &mut self,
        list: &str,
        old: &Surface,
        new: &Surface,
    ) -> Result<(), (usize, String)> {
        let mut sources = BTreeSet::new();
        for (number, line) in list.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (from, to) = rename(line, old, new).map_err(|reason| (number + 1, reason))?;
            if !sources.insert(from.clone()) {
                return Err((number + 1, format!("`{from}` is renamed twice")));
            }
            self.0.insert(from, to);
        }
        Ok(())
    }

    /// The new path of an item or of a part of one.
    pub fn path(&self, old: &str) -> String {
        if let Some(new) = self.0.get(old) {
            return new.clone();
        }
        match owner_of(old) {
            Some(owner) => old.replacen(owner, &self.path(owner), 1),
            None => old.to_owned(),
        }
    }

    /// A signature of the old crate with the new names of renamed types.
    pub fn signature(&self, old: &str) -> String {
        let mut text = String::with_capacity(old.len());
        let mut word = String::new();
        for letter in old.chars() {
            if letter.is_alphanumeric() || letter == '_' {
                word.push(letter);
                continue;
            }
            text.push_str(&self.type_name(&word));
            word.clear();
            text.push(letter);
        }
        text + &self.type_name(&word)
    }

    fn type_name(&self, old: &str) -> String {
        let paths = ["types", "operations", "servers"].map(|module| format!("{module}::{old}"));
        let new = paths.iter().find_map(|path| self.0.get(path));
        new.map_or(old, |new| simple_name(new)).to_owned()
    }

    /// The list in the form that [`Self::extend`] reads.
    pub fn list(&self) -> String {
        self.0.iter().map(|(old, new)| format!("rename {old} -> {new}\n")).collect()
    }

    /// `true` if the text that a rename leaves is what another rename looks for: a swap or a chain. A second run would
    /// rename it again.
    pub fn overlap(&self) -> bool {
        self.0.values().any(|new| self.0.contains_key(new) && self.path(new) != *new)
            || self.0.keys().any(|old| self.is_overlapped(old))
    }

    /// `true` if an item of this path may be the result of a rename.
    pub fn is_overlapped(&self, old: &str) -> bool {
        let mut results = self.0.iter().filter(|(from, _)| *from != old);
        results.any(|(_, to)| to == old || owner_of(old).is_some_and(|owner| owner == to))
    }
}

/// The two paths of a line.
fn rename(line: &str, old: &Surface, new: &Surface) -> Result<(String, String), String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let ["rename", from, "->", to] = words.as_slice() else {
        return Err("it is not `rename OLD -> NEW`".to_owned());
    };
    let known = |surface: &Surface, path: &str, age: &str| {
        let forms = [path.to_owned(), format!("{path}()")];
        let form = forms.into_iter().find(|form| surface.contains_key(form));
        form.ok_or_else(|| format!("the {age} crate has no `{path}`"))
    };
    let (from, to) = (known(old, from, "old")?, known(new, to, "new")?);
    if from.ends_with(')') != to.ends_with(')') {
        return Err(format!("`{from}` and `{to}` are not of one kind"));
    }
    Ok((from, to))
}

/// The item that a path is a part of: `types::Pet` of `types::Pet::name`.
pub fn owner_of(path: &str) -> Option<&str> {
    let (owner, _) = path.rsplit_once("::")?;
    owner.contains("::").then_some(owner)
}

/// The last name of a path, without parentheses.
pub fn simple_name(path: &str) -> &str {
    let name = path.rsplit_once("::").map_or(path, |(_, name)| name);
    name.trim_end_matches("()")
}

#[cfg(test)]
mod tests {
    use super::Renames;
    use typewright::diff::Surface;

    #[test]
    fn lines_of_another_form_are_refused_with_their_number() {
        let parse = |list: &str| {
            Renames::default().extend(list, &Surface::new(), &Surface::new()).unwrap_err()
        };
        assert_eq!(parse("# a\n\nmove a"), (3, "it is not `rename OLD -> NEW`".into()));
        assert_eq!(parse("rename a -> b"), (1, "the old crate has no `a`".into()));
    }
}
