//! Conversion of wire names to words and cases; repetition and plurals.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// Words for symbols, which are spelled out if nothing else distinguishes two names.
const SYMBOLS: [(char, &str); 24] = [
    ('+', "plus"),
    ('-', "minus"),
    ('*', "star"),
    ('/', "slash"),
    ('%', "percent"),
    ('=', "equal"),
    ('<', "less"),
    ('>', "greater"),
    ('!', "not"),
    ('&', "and"),
    ('|', "or"),
    ('^', "caret"),
    ('~', "tilde"),
    ('@', "at"),
    ('#', "hash"),
    ('$', "dollar"),
    ('?', "question"),
    ('.', "dot"),
    (',', "comma"),
    (':', "colon"),
    (';', "semicolon"),
    ('_', "underscore"),
    ('\'', "quote"),
    ('"', "double quote"),
];

/// Words with inner capitals that count as one word, with their spelling as one.
const WHOLE: [(&str, &str); 12] = [
    ("OAuth", "Oauth"),
    ("OpenID", "Openid"),
    ("IPv4", "Ipv4"),
    ("IPv6", "Ipv6"),
    ("GitHub", "Github"),
    ("GitLab", "Gitlab"),
    ("GraphQL", "Graphql"),
    ("PayPal", "Paypal"),
    ("YouTube", "Youtube"),
    ("macOS", "Macos"),
    ("iOS", "Ios"),
    ("MongoDB", "Mongodb"),
];

/// Splits a wire name into words separated by spaces; the result is never empty.
///
/// Symbols between words only separate them, and apostrophes vanish (`it's` is one word). A leading `+`, `-`, `<`, `>`,
/// `=` or `!` becomes a word of its own, because it usually has a meaning (`-1`, `>=`). A name that consists of symbols
/// is spelled out.
pub fn spell(wire: &str) -> String {
    if !wire.is_empty() && wire.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return wire.to_owned();
    }
    let plain = separated(wire);
    if plain.trim().is_empty() {
        return spell_symbols(wire);
    }
    let leading: String = wire.chars().take_while(|c| "+-<>=!".contains(*c)).collect();
    let plain = match leading.chars().count() {
        0 | 1 => plain,
        // Of several signs, each one is spelled out, including the last.
        _ => separated(wire.trim_start_matches(['+', '-', '<', '>', '=', '!'])),
    };
    let parts = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if leading.is_empty() {
        parts
    } else {
        format!("{} {parts}", spell_symbols(&leading))
    }
}

/// Replaces separators by spaces; the sign of a number after a separator becomes a word (`reactions--1`).
fn separated(wire: &str) -> String {
    let mut plain = String::with_capacity(wire.len());
    let mut letters = wire.chars().filter(|c| *c != '\'').peekable();
    let mut before = None;
    while let Some(c) = letters.next() {
        let is_number = letters.peek().is_some_and(char::is_ascii_digit);
        let is_behind = before.is_some_and(|before: char| !before.is_alphanumeric());
        before = Some(c);
        match c {
            '+' if is_number && is_behind => plain.push_str(" plus "),
            '-' if is_number && is_behind => plain.push_str(" minus "),
            c if c.is_alphanumeric() && unicode_ident::is_xid_continue(c) => plain.push(c),
            _ => plain.push(' '),
        }
    }
    plain
}

fn spell_symbols(symbols: &str) -> String {
    let parts: Vec<_> = symbols.chars().filter_map(symbol).collect();
    if parts.is_empty() {
        "empty".to_owned()
    } else {
        parts.join(" ")
    }
}

fn symbol(c: char) -> Option<&'static str> {
    if c.is_whitespace() {
        return Some("blank");
    }
    SYMBOLS.iter().find(|(symbol, _)| *symbol == c).map(|(_, word)| *word).or(Some("symbol"))
}

/// `UpperCamelCase`, the case of types and variants.
pub fn camel(wire: &str) -> String {
    camel_after(wire, "N")
}

/// The same with a prefix for a name that would begin with a digit. Digits of adjacent words stay separate: `1.0` and
/// `10` differ.
pub fn camel_after(wire: &str, before: &str) -> String {
    let spelled = spell(wire);
    let mut camel = String::with_capacity(spelled.len());
    for word in spelled.split(' ') {
        let word = word.to_upper_camel_case();
        let digits = [camel.chars().next_back(), word.chars().next()];
        if digits.iter().all(|c| c.is_some_and(|c| c.is_ascii_digit())) {
            camel.push('_');
        }
        camel.push_str(&word);
    }
    match camel.starts_with(unicode_ident::is_xid_start) {
        true => camel,
        false => format!("{before}{camel}"),
    }
}

/// Converts an explicitly requested type name; unchanged if it is in camel case already.
pub fn explicit_type(name: &str) -> String {
    let is_case = name.starts_with(char::is_uppercase) && name.chars().all(char::is_alphanumeric);
    let is_shouted = name.chars().count() > 1 && !name.contains(char::is_lowercase);
    if is_case && !is_shouted {
        name.to_owned()
    } else {
        camel(name)
    }
}

/// Converts an explicitly requested name of a field, argument or method; unchanged if it is in snake case already.
pub fn explicit_value(name: &str) -> String {
    let is_case =
        |letter: char| letter == '_' || letter.is_alphanumeric() && !letter.is_uppercase();
    let starts = |first: char| first == '_' || first.is_alphabetic();
    if name.starts_with(starts) && name.chars().all(is_case) {
        name.to_owned()
    } else {
        snake(name)
    }
}

/// `snake_case`, the case of fields, arguments, methods and modules.
pub fn snake(wire: &str) -> String {
    if is_snake(wire) {
        return wire.to_owned();
    }
    if is_plain_camel(wire) {
        return parted(wire);
    }
    whole(&spell(wire)).to_snake_case()
}

/// Fast path: `true` for lower-case words separated by single underscores, like most wire names, which are unchanged.
fn is_snake(wire: &str) -> bool {
    let mut parts = wire.split('_');
    parts.all(|word| {
        let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        !word.is_empty() && word.bytes().all(letter)
    })
}

/// Fast path: `true` for camel case in ASCII without abbreviations and without words of [`WHOLE`].
fn is_plain_camel(wire: &str) -> bool {
    let bytes = wire.as_bytes();
    let starts = bytes.first().is_some_and(u8::is_ascii_lowercase);
    let ends = !bytes.last().is_some_and(u8::is_ascii_uppercase);
    let plain = bytes.iter().all(u8::is_ascii_alphanumeric);
    let single = |pair: &[u8]| match pair {
        [first, second] => !first.is_ascii_uppercase() || second.is_ascii_lowercase(),
        _ => true,
    };
    let whole = |(word, _): &(&str, &str)| wire.contains(word);
    starts && ends && plain && bytes.windows(2).all(single) && !WHOLE.iter().any(whole)
}

/// Converts such camel case to the same result as the general path.
fn parted(camel: &str) -> String {
    let mut snake = String::with_capacity(camel.len() + 4);
    for letter in camel.chars() {
        if letter.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

/// `SHOUTY_SNAKE_CASE`, the case of constants and statics.
pub fn shouty(wire: &str) -> String {
    whole(&spell(wire)).to_shouty_snake_case()
}

/// Lowers capitals in words that must not be split: `OAuth`, and `IDs` in `userIDs`.
fn whole(text: &str) -> String {
    let mut known = text.to_owned();
    for (word, one) in WHOLE {
        if known.contains(word) {
            known = known.replace(word, one);
        }
    }
    let mut mended = String::with_capacity(known.len());
    let mut rest = known.as_str();
    while let Some(start) = rest.find(char::is_uppercase) {
        let (before, run) = rest.split_at(start);
        let end = run.find(|c: char| !c.is_uppercase()).unwrap_or(run.len());
        let (capitals, after) = run.split_at(end);
        mended.push_str(before);
        if capitals.chars().count() > 1 && ends_word(after) {
            mended.extend(capitals.chars().take(1));
            mended.extend(capitals.chars().skip(1).flat_map(char::to_lowercase));
        } else {
            mended.push_str(capitals);
        }
        rest = after;
    }
    mended + rest
}

/// `true` if the text begins with an `s` that ends a word.
fn ends_word(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next() == Some('s') && !letters.next().is_some_and(char::is_lowercase)
}

/// Splits a name into lower-case words.
pub fn split_words(name: &str) -> Vec<String> {
    let snake = snake(name);
    let parts = snake.split('_').filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

/// Appends a part's words to its owner's name, without the words at the end of the owner that the part repeats:
/// `MaintenanceWindow` and `windowKind` make `MaintenanceWindowKind`. Returns the owner's name alone if it contains all
/// of them.
pub fn joined(owner: &str, word: &str) -> String {
    let (before, after) = (split_words(owner), split_words(word));
    let most = before.len().min(after.len());
    let common = (1..=most).rev().find(|count| {
        let end = before.get(before.len() - count..);
        end == after.get(..*count)
    });
    let remainder = after.get(common.unwrap_or(0)..).unwrap_or_default();
    match common {
        Some(_) => {
            format!("{owner}{}", remainder.iter().map(|word| camel(word)).collect::<String>())
        }
        None => format!("{owner}{}", camel(word)),
    }
}

/// Removes the words of the owner around a name: `UserCreatedEvent` without `UserEvent` is `Created`. `None` if the
/// owner's words are not all there, or nothing else is.
pub fn without_owner(name: &str, owner: &str) -> Option<String> {
    let (name, owner) = (split_words(name), split_words(owner));
    let inner = name.len().checked_sub(owner.len()).filter(|left| *left > 0)?;
    let matches_owner = |head: usize| {
        let (start, end) = (name.get(..head)?, name.get(head + inner..)?);
        (start == owner.get(..head)? && end == owner.get(head..)?).then_some(())
    };
    let head = (0..=owner.len()).rev().find(|head| matches_owner(*head).is_some())?;
    let inner_words = name.get(head..head + inner)?.join("_");
    inner_words.starts_with(char::is_alphabetic).then(|| camel(&inner_words))
}

/// Returns the singular of an English plural by simple rules; `None` if the word does not look like a plural.
pub fn singular(plural: &str) -> Option<String> {
    const SAME: [&str; 8] = ["ss", "us", "is", "news", "series", "species", "data", "as"];
    let lower = plural.to_lowercase();
    if SAME.iter().any(|ending| lower.ends_with(ending)) {
        return None;
    }
    let cut = |count: usize| {
        plural.char_indices().rev().nth(count - 1).and_then(|(at, _)| plural.get(..at))
    };
    if lower.ends_with("ies") && lower.len() > 4 {
        return cut(3).map(|stem| format!("{stem}y"));
    }
    if ["sses", "shes", "ches", "xes", "zes"].iter().any(|ending| lower.ends_with(ending)) {
        return cut(2).map(str::to_owned);
    }
    (lower.ends_with('s') && lower.len() > 2).then(|| cut(1).map(str::to_owned)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn snake_case_stays_whatever_way_it_goes() {
        for wire in ["a", "a_b", "utf_8", "8", "x2_3y", "1_a"] {
            assert!(is_snake(wire), "{wire}");
            assert_eq!(whole(&spell(wire)).to_snake_case(), wire);
        }
        for wire in ["", "_", "_a", "a_", "a__b", "aB", "a-b", "é"] {
            assert!(!is_snake(wire), "{wire}");
        }
    }

    proptest! {
        #[test]
        fn camel_case_is_parted_as_ever(parts in prop::collection::vec("[A-Za-z][a-z0-9]{0,3}|GitHub|OAuth|iOS|[A-Z]{2}s|[0-9]", 1..6)) {
            let wire = parts.concat();
            prop_assert_eq!(snake(&wire), whole(&spell(&wire)).to_snake_case());
        }
    }

    #[test]
    fn names_become_words() {
        assert_eq!(snake("createdAt"), "created_at");
        assert_eq!(snake("GROUP-ID"), "group_id");
        assert_eq!(snake("private_subnet.cloud_id"), "private_subnet_cloud_id");
        assert_eq!(camel("in-progress"), "InProgress");
        assert_eq!(camel("+1"), "Plus1");
        assert_eq!(camel("-1"), "Minus1");
        assert_eq!(camel(">="), "GreaterEqual");
        assert_eq!(camel("--1"), "MinusMinus1");
        assert_eq!(camel("reactions-+1"), "ReactionsPlus1");
        assert_eq!(camel("reactions--1"), "ReactionsMinus1");
        assert_eq!(camel("2023-01"), "N2023_01");
        assert_eq!(camel("*"), "Star");
        assert_eq!(camel("2"), "N2");
        assert_eq!(camel_after("15", "Minutes"), "Minutes15");
        assert_eq!(camel("v1.0"), "V1_0");
        assert_eq!(camel("v10"), "V10");
        assert_eq!(camel(""), "Empty");
        assert_eq!(camel(" "), "Blank");
        assert_eq!(camel("имя файла"), "ИмяФайла");
        assert_eq!(snake("名前"), "名前");
        assert_eq!(shouty("createBackupExport"), "CREATE_BACKUP_EXPORT");
    }

    #[test]
    fn words_with_capitals_inside_are_not_parted() {
        assert_eq!(snake("OAuth2"), "oauth2");
        assert_eq!(snake("userIDs"), "user_ids");
        assert_eq!(snake("URLs"), "urls");
        assert_eq!(snake("listVMsOfHost"), "list_vms_of_host");
        assert_eq!(snake("hostIPv4Address"), "host_ipv4_address");
        assert_eq!(snake("IDsAndURLs"), "ids_and_urls");
        assert_eq!(snake("isActive"), "is_active");
        assert_eq!(snake("HTTPStatus"), "http_status");
        assert_eq!(snake("asIs"), "as_is");
        assert_eq!(shouty("iOSApp"), "IOS_APP");
        assert_eq!(camel("OAuth2Client"), "OAuth2Client");
    }

    #[test]
    fn what_is_asked_for_is_kept_where_it_can_be() {
        assert_eq!(explicit_type("HTTPServer"), "HTTPServer");
        assert_eq!(explicit_type("http_server"), "HttpServer");
        assert_eq!(explicit_type("ACTIVE"), "Active");
        assert_eq!(explicit_value("ipv4_a"), "ipv4_a");
        assert_eq!(explicit_value("userID2x"), snake("userID2x"));
    }

    #[test]
    fn what_repeats_is_dropped() {
        assert_eq!(joined("MaintenanceWindow", "windowKind"), "MaintenanceWindowKind");
        assert_eq!(joined("Pet", "petStatus"), "PetStatus");
        assert_eq!(joined("Pet", "status"), "PetStatus");
        assert_eq!(joined("Pet", "PET"), "Pet");
        assert_eq!(joined("NotFoundResponse", "Response"), "NotFoundResponse");
        let inner_words = |name, owner| without_owner(name, owner);
        assert_eq!(
            inner_words("weeklyMaintenanceWindow", "MaintenanceWindow").as_deref(),
            Some("Weekly")
        );
        assert_eq!(inner_words("UserCreatedEvent", "UserEvent").as_deref(), Some("Created"));
        assert_eq!(inner_words("PetCat", "Pet").as_deref(), Some("Cat"));
        assert_eq!(inner_words("Pet", "Pet"), None);
        assert_eq!(inner_words("Pet2", "Pet"), None);
        assert_eq!(inner_words("Petrol", "Pet"), None);
        assert_eq!(inner_words("Cat", "Pet"), None);
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
