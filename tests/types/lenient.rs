//! Types of replies that may lack what the document requires.

use super::{read, written};
use goldens::{lenient_replies as replies, lenient_unions as unions};
use replies::types::{Lists, Mount, MountInput, NewVolume, Page, Volume, VolumeState};
use typewright_runtime::codegen::v1::{Maybe, Value};
use unions::types::{All, AllBeast, AllText, Pet, Shape, Side};

/// Every member that is not optional in the document.
const REQUIRED: [&str; 16] = [
    "name", "labels", "tags", "sizes", "holes", "ids", "kept", "status", "blob", "usage",
    "created", "state", "any", "parent", "options", "mount",
];

fn volume(value: &str) -> Volume {
    let members = REQUIRED.map(|name| format!("\"{name}\":{value}"));
    read(&format!("{{{}}}", members.join(","))).unwrap()
}

fn assert_lacks_all(volume: &Volume) {
    assert!(volume.labels.is_empty() && volume.tags.is_empty() && volume.sizes.is_empty());
    assert!(volume.holes.is_empty() && volume.ids.is_empty());
    assert!(volume.name.is_none() && volume.blob.is_none() && volume.usage.is_none());
    assert!(volume.created.is_none() && volume.state.is_none() && volume.parent.is_none());
    assert!(volume.options.is_none() && volume.mount.is_none());
}

#[test]
fn absent_members_are_empty_or_none() {
    let volume: Volume = read("{}").unwrap();
    assert_lacks_all(&volume);
    assert_eq!((&volume.kept, &volume.status), (&Maybe::Absent, &Maybe::Absent));
    assert_eq!(volume.any, None);
    // What was never there is not made up: only lists and maps, which the type cannot do without.
    let empty = r#"{"labels":{},"tags":[],"sizes":[],"holes":[],"ids":{}}"#;
    assert_eq!(written(&volume), empty);
}

#[test]
fn null_members_are_empty_or_none() {
    let volume = volume("null");
    assert_lacks_all(&volume);
    // Null is a value of these, and is kept apart.
    assert_eq!((&volume.kept, &volume.status), (&Maybe::Null, &Maybe::Null));
    assert_eq!(volume.any, Some(Value::Null));
    let empty = r#"{"labels":{},"tags":[],"sizes":[],"holes":[],"ids":{},"kept":null,"status":null,"any":null}"#;
    assert_eq!(written(&volume), empty);
}

/// Whatever is there is read and written as by the type that the document describes.
#[test]
fn members_that_are_there_are_read_and_written_as_ever() {
    let leaf = r#"{"labels":{},"tags":[],"sizes":[],"holes":[],"ids":{}}"#;
    let text = format!(
        r#"{{"name":"v","labels":{{"a":"b"}},"tags":["t"],"sizes":["9007199254740993"],"holes":[null,"h"],"documents":["a",null],"ids":{{"67e55044-10b1-426f-9247-bb680e5fe0c8":1}},"kept":["k"],"status":"s","blob":"aGk=","usage":{{"size":3}},"created":"2024-05-01T00:00:00Z","state":"up","any":[1],"parent":{leaf},"note":"n","options":{{"opts":["o"]}},"mount":{{"source":"s","opts":[]}}}}"#
    );
    let volume: Volume = read(&text).unwrap();
    assert_eq!(volume.state, Some(VolumeState::Up));
    assert_eq!(volume.sizes, [9_007_199_254_740_993]);
    assert_eq!(written(&volume), text);
    assert_eq!(volume.clone(), volume);
    assert_ne!(volume, read::<Volume>("{}").unwrap());
    let text = format!("{volume:?}");
    assert!(text.contains("name: Some(\"v\")") && text.contains("tags: [\"t\"]"), "{text}");
}

/// A value of another type is no less wrong than before, and of two members of one name the last one counts.
#[test]
fn nothing_else_is_taken() {
    for (text, message) in [
        (r#"{"name":7}"#, "name: expected a text, found the number 7"),
        (r#"{"tags":"a"}"#, "tags: expected a list, found the text"),
        (r#"{"tags":[null]}"#, "tags[0]: expected a text, found null"),
        (r#"{"labels":{"a":null}}"#, "labels.a: expected a text, found null"),
        (r#"{"sizes":["x"]}"#, "sizes[0]: expected a number"),
    ] {
        let failure = read::<Volume>(text).unwrap_err().to_string();
        assert!(failure.starts_with(message), "{failure}");
    }
    let volume: Volume = read(r#"{"name":"a","tags":["t"],"name":null,"tags":null}"#).unwrap();
    assert!(volume.name.is_none() && volume.tags.is_empty());
}

/// One that requests hold as well is made and sent as the document says; only what is read may lack something.
#[test]
fn requests_are_what_they_were() {
    let mount: Mount = read("{}").unwrap();
    assert_eq!((mount.source, mount.opts.len()), (None, 0));
    for text in ["{}", r#"{"source":null,"opts":[]}"#, r#"{"source":"s"}"#] {
        assert!(read::<MountInput>(text).is_err(), "{text}");
    }
    let lists: Lists = read(r#"{"opts":null}"#).unwrap();
    assert_eq!(lists, Lists::new([]));
    let mounts = vec![MountInput::new("s", ["o".to_owned()])];
    let volume = NewVolume::new("v", lists, mounts);
    let sent = r#"{"name":"v","options":{"opts":[]},"mounts":[{"source":"s","opts":["o"]}]}"#;
    assert_eq!(written(&volume), sent);
    assert!(read::<NewVolume>(r#"{"options":{"opts":[]},"mounts":[]}"#).is_err());
}

#[test]
fn types_within_types_may_lack_theirs() {
    let page: Page = read(r#"{"data":{"items":[{"usage":{}}]}}"#).unwrap();
    let data = page.data.unwrap();
    assert_eq!((data.total, data.items.len()), (None, 1));
    assert_eq!(data.items[0].usage.as_ref().unwrap().size, None);
}

fn all(member: &str, value: &str) -> Result<All, String> {
    let text = format!("{{\"{member}\":{value}}}");
    read::<All>(&text).map_err(|failure| failure.to_string())
}

#[test]
fn a_tag_or_key_finds_the_branch_and_the_branch_may_lack_the_rest() {
    let pet = all("pet", r#"{"kind":"dog"}"#).unwrap().pet;
    assert!(matches!(&pet, Some(Pet::Dog(dog)) if dog.name.is_none()), "{pet:?}");
    let side = all("side", r#"{"right":"r","size":null}"#).unwrap().side;
    assert!(matches!(&side, Some(Side::Right(right)) if right.size.is_none()), "{side:?}");
    let text = all("text", "{}").unwrap().text;
    assert!(matches!(&text, Some(AllText::Plain(plain)) if plain.text.is_none()), "{text:?}");
    let failure = all("side", r#"{"size":1}"#).unwrap_err();
    assert!(failure.starts_with("side: "), "{failure}");
}

/// Were its tags optional, the first branch would take what only the second one does.
#[test]
fn branches_that_are_tried_stay_as_documented() {
    let shape = all("shape", r#"{"at":{"x":1}}"#).unwrap().shape;
    assert!(matches!(shape, Some(Shape::Spot(_))), "{shape:?}");
    let area = all("shape", r#"{"at":{"x":1},"tags":[]}"#).unwrap().shape;
    assert!(matches!(area, Some(Shape::Area(_))), "{area:?}");
    assert!(all("shape", r#"{"at":{}}"#).is_err());
    let wolf = all("beast", r#"{"kind":"dog","wild":true}"#).unwrap().beast;
    assert!(matches!(wolf, Some(AllBeast::Wolf(_))), "{wolf:?}");
    assert_eq!(all("shape", "null").unwrap().shape, None);
}
