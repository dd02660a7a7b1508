//! What is taken where, and what to do about it.

use super::Ident;
use std::collections::BTreeSet;

/// The identifiers of one scope, such as the fields of a record.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    taken: BTreeSet<String>,
}

impl Scope {
    /// A scope in which these are taken from the start.
    pub fn reserving(words: &[&str]) -> Self {
        Self {
            taken: words.iter().map(|word| (*word).to_owned()).collect(),
        }
    }

    /// Marks an identifier as taken.
    pub fn take(&mut self, ident: &Ident) {
        self.taken.insert(ident.text().to_owned());
    }

    /// Takes the first candidate that is free; where none is, the first with the lowest number that makes it free.
    pub fn claim(&mut self, candidates: &[String]) -> Claim {
        let first = candidates.first().map_or("", String::as_str);
        let free = candidates
            .iter()
            .find(|candidate| !self.taken.contains(*candidate));
        let text = free.cloned().unwrap_or_else(|| self.numbered(first));
        self.taken.insert(text.clone());
        Claim {
            moved: text != first,
            ident: Ident::new(&text),
        }
    }

    fn numbered(&self, text: &str) -> String {
        let joint = if text.ends_with(|c: char| c.is_ascii_digit()) {
            "_"
        } else {
            ""
        };
        let numbered = (2..).map(|number: u32| format!("{text}{joint}{number}"));
        numbered
            .into_iter()
            .find(|text| !self.taken.contains(text))
            .unwrap_or_default()
    }
}

/// What a claim came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The identifier.
    pub ident: Ident,
    /// Whether it is not the one that was asked for first.
    pub moved: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_of_a_name_moves() {
        let mut scope = Scope::reserving(&["new"]);
        let claim =
            |scope: &mut Scope, text: &str| scope.claim(&[text.to_owned()]).ident.to_string();
        assert_eq!(claim(&mut scope, "new"), "new2");
        assert_eq!(claim(&mut scope, "id"), "id");
        assert_eq!(claim(&mut scope, "id"), "id2");
        assert_eq!(claim(&mut scope, "id2"), "id2_2");
    }

    #[test]
    fn a_spare_name_comes_before_a_number() {
        let mut scope = Scope::default();
        scope.claim(&["Pet".to_owned()]);
        let claim = scope.claim(&["Pet".to_owned(), "PetObject".to_owned()]);
        assert_eq!(
            (claim.ident.to_string().as_str(), claim.moved),
            ("PetObject", true)
        );
    }
}
