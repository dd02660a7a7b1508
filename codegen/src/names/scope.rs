//! Scopes: the names that are taken, and how others give way.

use super::Ident;
use crate::diagnostics::codes::names::NAME_MOVED;
use crate::diagnostics::{Diagnostics, Place};
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization as _;

/// The identifiers of one scope, such as the fields of a record.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    taken: BTreeSet<String>,
    /// True for files: names that differ in case only are one, as they are to many file systems.
    folds: bool,
}

/// One of the names that are claimed together.
#[derive(Clone, Debug)]
pub struct Wish {
    /// Decides the order: a lower rank comes first, then a lower key. Neither depends on the order of the document.
    pub rank: u8,
    /// Decides within a rank: a name on the wire, a pointer.
    pub key: String,
    /// The names that would do, the best first.
    pub candidates: Vec<String>,
    /// The place in the document.
    pub place: Place,
}

impl Wish {
    /// Ranks a name of the document: one that somebody asks for, then one that is an identifier as it stands.
    pub fn rank(asked: bool, wire: &str, wanted: &str) -> u8 {
        match (asked, wire == wanted) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => 2,
        }
    }
}

impl Scope {
    /// A scope in which these are taken from the start.
    pub fn reserving(words: &[&[&str]]) -> Self {
        let words = words.iter().copied().flatten();
        Self {
            taken: words.map(|word| (*word).to_owned()).collect(),
            folds: false,
        }
    }

    /// A scope of files, in which these are taken from the start.
    pub fn of_files(words: &[&[&str]]) -> Self {
        let scope = Self::reserving(words);
        Self {
            folds: true,
            ..scope
        }
    }

    /// Marks an identifier as taken.
    pub fn take(&mut self, ident: &Ident) {
        let key = self.key(ident.text());
        self.taken.insert(key);
    }

    /// True where nothing else has the identifier that a text becomes.
    pub fn is_free(&self, text: &str) -> bool {
        let ident = Ident::new(text);
        let is_reserved = ident.text() != text && self.taken.contains(text);
        !is_reserved && !self.taken.contains(&self.key(ident.text()))
    }

    /// Takes the first candidate that is free; where none is, the first with the lowest number that makes it free.
    pub fn claim(&mut self, candidates: &[String]) -> Claim {
        let first = candidates.first().map_or("", String::as_str);
        let free = candidates.iter().find(|candidate| self.is_free(candidate));
        let moved = free.is_none_or(|free| free != first);
        let numbered = free.is_none();
        let text = free.cloned().unwrap_or_else(|| self.numbered(first));
        let ident = Ident::new(&text);
        self.take(&ident);
        Claim {
            ident,
            moved,
            numbered,
        }
    }

    /// Claims names together: the order in which they stand decides nothing. A name with a number gets a note.
    pub fn settle(&mut self, wishes: &[Wish], diagnostics: &mut Diagnostics) -> Vec<Ident> {
        let claims = self.claims(wishes);
        for (claim, wish) in claims.iter().zip(wishes) {
            if claim.numbered {
                note(claim, wish, diagnostics);
            }
        }
        claims.into_iter().map(|claim| claim.ident).collect()
    }

    /// The same, with the result of each claim and without notes.
    pub fn claims(&mut self, wishes: &[Wish]) -> Vec<Claim> {
        let mut order: Vec<(usize, &Wish)> = wishes.iter().enumerate().collect();
        order.sort_by(|(_, a), (_, b)| (a.rank, &a.key).cmp(&(b.rank, &b.key)));
        let mut claims: Vec<(usize, Claim)> = order
            .into_iter()
            .map(|(at, wish)| (at, self.claim(&wish.candidates)))
            .collect();
        claims.sort_by_key(|(at, _)| *at);
        claims.into_iter().map(|(_, claim)| claim).collect()
    }

    /// The form in which names are compared.
    fn key(&self, text: &str) -> String {
        if self.folds && !text.is_ascii() {
            let folded = text.to_uppercase().to_lowercase();
            return folded.nfkc().collect();
        }
        if self.folds {
            return text.to_ascii_lowercase();
        }
        text.to_owned()
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
            .find(|text| self.is_free(text))
            .unwrap_or_default()
    }
}

/// Says that something is not called as it would be were it alone.
pub fn note(claim: &Claim, wish: &Wish, diagnostics: &mut Diagnostics) {
    let wanted = wish.candidates.first().map_or("", String::as_str);
    let message = format!(
        "the name `{wanted}` is taken, so this is called `{}`",
        claim.ident
    );
    diagnostics.push(NAME_MOVED, wish.place.clone(), message);
}

/// The result of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The identifier.
    pub ident: Ident,
    /// True where it is not the first candidate.
    pub moved: bool,
    /// True where a number tells it from another.
    pub numbered: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(scope: &mut Scope, text: &str) -> String {
        scope.claim(&[text.to_owned()]).ident.to_string()
    }

    #[test]
    fn the_second_of_a_name_moves() {
        let mut scope = Scope::reserving(&[&["new"]]);
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
        assert_eq!(claim.ident.to_string(), "PetObject");
        assert!(claim.moved && !claim.numbered);
    }

    #[test]
    fn what_becomes_one_identifier_is_one_name() {
        let mut scope = Scope::default();
        assert_eq!(claim(&mut scope, "self"), "self_");
        assert_eq!(claim(&mut scope, "self_"), "self_2");
        // the sign for kelvin is the letter to the compiler, as is a letter with its accent behind it
        assert_eq!(claim(&mut scope, "K"), "K");
        assert_eq!(claim(&mut scope, "\u{212a}"), "K2");
        assert_eq!(claim(&mut scope, "é"), "é");
        assert_eq!(claim(&mut scope, "e\u{301}"), "é2");
        // and keywords are one with or without `r#`
        assert_eq!(claim(&mut scope, "type"), "r#type");
        assert_eq!(claim(&mut scope, "type"), "type2");
    }

    #[test]
    fn files_that_differ_in_case_only_are_one() {
        let mut scope = Scope::of_files(&[&["con"]]);
        for (text, file) in [
            ("con", "con2"),
            ("straße", "straße"),
            ("strasse", "strasse2"),
            ("k", "k"),
            ("\u{212a}", "K2"),
            ("ﬁ", "ﬁ"),
            ("fi", "fi2"),
        ] {
            assert_eq!(claim(&mut scope, text), file);
        }
    }

    #[test]
    fn the_order_of_wishes_decides_nothing() {
        let wish = |key: &str, wanted: &str| Wish {
            rank: Wish::rank(false, key, wanted),
            key: key.to_owned(),
            candidates: vec![wanted.to_owned(), format!("{wanted}_field")],
            place: Place::Nowhere,
        };
        let wishes = [wish("ID", "id"), wish("id", "id"), wish("Id", "id")];
        let mut found = Diagnostics::new();
        let names = Scope::default().settle(&wishes, &mut found);
        let names: Vec<_> = names.iter().map(Ident::text).collect();
        assert_eq!(names, ["id_field", "id", "id2"]);
        assert_eq!(found.iter().count(), 1);
    }
}
