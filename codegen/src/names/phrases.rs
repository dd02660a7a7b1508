//! Names as sequences of words: repetition and plurals.

use super::word_case::{camel, snake};

/// Splits a name into lower-case words.
pub fn parts(name: &str) -> Vec<String> {
    let snake = snake(name);
    let parts = snake.split('_').filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

/// Appends a part's words to its owner's name, without the words at the end of the owner that the part repeats:
/// `MaintenanceWindow` and `windowKind` make `MaintenanceWindowKind`. Returns the owner's name alone if it contains all
/// of them.
pub fn joined(owner: &str, word: &str) -> String {
    let (before, after) = (parts(owner), parts(word));
    let most = before.len().min(after.len());
    let common = (1..=most).rev().find(|count| {
        let end = before.get(before.len() - count..);
        end == after.get(..*count)
    });
    let rest = after.get(common.unwrap_or(0)..).unwrap_or_default();
    match common {
        Some(_) => format!(
            "{owner}{}",
            rest.iter().map(|word| camel(word)).collect::<String>()
        ),
        None => format!("{owner}{}", camel(word)),
    }
}

/// Removes the words of the owner around a name: `UserCreatedEvent` without `UserEvent` is `Created`. `None` if the
/// owner's words are not all there, or nothing else is.
pub fn own_words(name: &str, owner: &str) -> Option<String> {
    let (name, owner) = (parts(name), parts(owner));
    let inner = name
        .len()
        .checked_sub(owner.len())
        .filter(|left| *left > 0)?;
    let around = |head: usize| {
        let (start, end) = (name.get(..head)?, name.get(head + inner..)?);
        (start == owner.get(..head)? && end == owner.get(head..)?).then_some(())
    };
    let head = (0..=owner.len())
        .rev()
        .find(|head| around(*head).is_some())?;
    let own = name.get(head..head + inner)?.join("_");
    own.starts_with(char::is_alphabetic).then(|| camel(&own))
}

/// Returns the singular of an English plural by simple rules; `None` if the word does not look like a plural.
pub fn singular(plural: &str) -> Option<String> {
    const SAME: [&str; 8] = ["ss", "us", "is", "news", "series", "species", "data", "as"];
    let lower = plural.to_lowercase();
    if SAME.iter().any(|ending| lower.ends_with(ending)) {
        return None;
    }
    let cut = |count: usize| {
        plural
            .char_indices()
            .rev()
            .nth(count - 1)
            .and_then(|(at, _)| plural.get(..at))
    };
    if lower.ends_with("ies") && lower.len() > 4 {
        return cut(3).map(|stem| format!("{stem}y"));
    }
    if ["sses", "shes", "ches", "xes", "zes"]
        .iter()
        .any(|ending| lower.ends_with(ending))
    {
        return cut(2).map(str::to_owned);
    }
    (lower.ends_with('s') && lower.len() > 2)
        .then(|| cut(1).map(str::to_owned))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_repeats_is_dropped() {
        assert_eq!(
            joined("MaintenanceWindow", "windowKind"),
            "MaintenanceWindowKind"
        );
        assert_eq!(joined("Pet", "petStatus"), "PetStatus");
        assert_eq!(joined("Pet", "status"), "PetStatus");
        assert_eq!(joined("Pet", "PET"), "Pet");
        assert_eq!(joined("NotFoundResponse", "Response"), "NotFoundResponse");
        let own = |name, owner| own_words(name, owner);
        assert_eq!(
            own("weeklyMaintenanceWindow", "MaintenanceWindow").as_deref(),
            Some("Weekly")
        );
        assert_eq!(
            own("UserCreatedEvent", "UserEvent").as_deref(),
            Some("Created")
        );
        assert_eq!(own("PetCat", "Pet").as_deref(), Some("Cat"));
        assert_eq!(own("Pet", "Pet"), None);
        assert_eq!(own("Pet2", "Pet"), None);
        assert_eq!(own("Petrol", "Pet"), None);
        assert_eq!(own("Cat", "Pet"), None);
    }

    #[test]
    fn plurals_have_singulars() {
        assert_eq!(singular("Labels").as_deref(), Some("Label"));
        assert_eq!(singular("Policies").as_deref(), Some("Policy"));
        assert_eq!(singular("Addresses").as_deref(), Some("Address"));
        assert_eq!(singular("Boxes").as_deref(), Some("Box"));
        assert_eq!(singular("Status"), None);
        assert_eq!(singular("Metadata"), None);
        assert_eq!(singular("Item"), None);
    }
}
