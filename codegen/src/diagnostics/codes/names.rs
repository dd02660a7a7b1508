//! `TW04`: identifiers, reported while names are assigned.

use crate::diagnostics::code::codes;

codes! {
    NAME_MOVED = "TW0401", Note, "a name was taken",
        "Two schemas ask for the same type name, for example a component `PetOwner` and the inline object of the property \
        `owner` of `Pet`; or a name is a word of Rust's prelude or of every generated crate, such as `Option` or `Client`. \
        Components come first, then operations, then inline types; what comes later gives way by a word: \
        `PetOwnerObject`. Properties, values, parameters and operations whose names differ in case or signs only do \
        likewise (`id_query`), and what no word tells apart gets a number, in the order of the names on the wire. \
        Give the schema a name of its own with `x-typewright-name`, or rename it in the configuration.";
    KEY_MATCHES_NOTHING = "TW0402", Error, "a key of the configuration matches nothing",
        "A key of `rename`, `types` or `derive`, a selector of `lenient`, or a prefix of `strip-prefix`, names a part of the document that is not there, so it would have no effect. A key is a component (`Pet`), a pointer (`#/components/schemas/Pet`), and for `rename` also a property (`Pet.kind`), an operation (`listPets`) or a parameter of one (`listPets.limit`); for `types` also `format:uuid`. A selector of `lenient` is a component, a member of one (`Pet.kind`), both with `*` for any text and `?` for one character, or a pointer. Correct the key, or remove it.";
    NOT_RUST = "TW0403", Error, "a name or path that is no Rust",
        "A value of `rename` is an identifier (`kind`), a value of `types` or `derive` a path (`rust_decimal::Decimal`). Correct the value.";
    DERIVE_IMPOSSIBLE = "TW0404", Warning, "a type cannot derive a trait",
        "`Eq`, `Hash`, `PartialOrd` and `Ord` can be derived only where every field has them, however deep: a number with a fraction (`f64`) has no `Eq`, any JSON and maps have no `Hash` and no order. `JsonSchema`, `ToSchema`, `ValueEnum`, `Serialize` and `Deserialize` describe a type by its names in Rust, so they can be derived only where these are the names on the wire, too. The derive is left out. With `*` in place of the type's name, all types that can derive it do.";
    DEFAULT_UNSAID = "TW0405", Note, "a default that no accessor returns",
        "A field that may be left out and has a `default` gets an accessor, `limit_or_default()`, that returns the default where the field is not set. Here the default is no value of the field's type (a text that is no date, an object without a required property), or the type is your own. The default is said in the documentation of the field alone. Correct the default.";
    LENIENT_UNION = "TW0406", Warning, "branches of a union that stay as documented",
        "With `responses = \"lenient\"` the members that a document requires of replies may be missing or null. The branches of this union are tried one after another, and it is by what they require that a value is known to be of one and not of another: were all of it optional, the first would take the values of all. So these types, and what they hold, are read as documented. `lenient` makes types and members optional all the same where it names them; a `discriminator` in the document would tell the branches apart by other means.";
    LENIENT_WITHOUT_EFFECT = "TW0407", Warning, "a selector of `lenient` that changes nothing",
        "A selector of `lenient` names types or members of which replies may lack what the document requires. This one names something that only requests hold, or that no operation reaches, or that has no required member: a member that is not required may be missing anyway, and null in its place is taken unless the client decodes strictly. Remove the selector.";
}
