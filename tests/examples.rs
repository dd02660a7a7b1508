//! The vendor's examples, read into the generated types and written again.

use crate::support::{assert_file, root};
use mongodb_atlas::types::{DiskBackupExportJob, LegacyExportJob, LegacyExportJobRequest};
use std::fmt::Debug;
use std::fs;
use typewright_runtime::codegen::v1;

const REPLIES: [&str; 2] =
    ["LegacyExportJob.replica-set.json", "LegacyExportJob.sharded-cluster.json"];
const REQUEST: &str = "LegacyExportJobRequest.json";

fn example(file: &str) -> Vec<u8> {
    fs::read(root().join("specs/mongodb-atlas/examples").join(file)).unwrap()
}

/// The example with the spaces and lines that the runtime writes: order, names and values are untouched.
fn laid_out(example: &[u8]) -> String {
    let value: v1::Value = v1::from_json(example).unwrap();
    text(&v1::to_json_pretty(&value).unwrap())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Reads an example and writes it, with nothing lost and nothing moved; what the type made of it.
fn round_trip<T: v1::Decode + v1::Encode + Debug + PartialEq>(file: &str) -> String {
    let value: T = v1::from_json(&example(file)).unwrap();
    let written = v1::to_json_pretty(&value).unwrap();
    assert_eq!(text(&written), laid_out(&example(file)), "{file}");
    assert_eq!(v1::from_json::<T>(&written).unwrap(), value, "{file}");
    format!("{value:#?}\n")
}

/// The same by way of serde, as the types of the generated crate are ordinary serde types.
fn round_trip_through_serde<
    T: serde::de::DeserializeOwned + serde::Serialize + Debug + PartialEq,
>(
    file: &str,
) {
    let value: T = serde_json::from_slice(&example(file)).unwrap();
    assert_eq!(serde_json::to_string_pretty(&value).unwrap(), laid_out(&example(file)), "{file}");
    let tree: serde_json::Value = serde_json::from_slice(&example(file)).unwrap();
    assert_eq!(serde_json::from_value::<T>(tree.clone()).unwrap(), value, "{file}");
    assert_eq!(serde_json::to_value(&value).unwrap(), tree, "{file}");
    let yaml = serde_yaml::to_string(&value).unwrap();
    assert_eq!(serde_yaml::from_str::<T>(&yaml).unwrap(), value, "{file}");
}

#[test]
fn the_request_of_the_older_page() {
    let value = round_trip::<LegacyExportJobRequest>(REQUEST);
    assert_file("snapshots/examples/legacy-request.txt", &value);
    round_trip_through_serde::<LegacyExportJobRequest>(REQUEST);
}

#[test]
fn the_replies_of_the_older_page() {
    for file in REPLIES {
        let value = round_trip::<LegacyExportJob>(file);
        assert_file(&format!("snapshots/examples/{file}.txt"), &value);
        round_trip_through_serde::<LegacyExportJob>(file);
    }
}

/// The v2 reply has all that the older one has.
#[test]
fn the_same_replies_as_those_of_the_newer_operation() {
    for file in REPLIES {
        let value = round_trip::<DiskBackupExportJob>(file);
        assert_file(&format!("snapshots/examples/v2-{file}.txt"), &value);
        round_trip_through_serde::<DiskBackupExportJob>(file);
    }
}

#[test]
fn every_example_is_read() {
    for file in fs::read_dir(root().join("specs/mongodb-atlas/examples")).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        assert!(name == REQUEST || REPLIES.contains(&name.as_str()), "{name} is in no test");
    }
}

#[test]
fn an_example_that_lacks_a_comma_is_refused_with_its_place() {
    let broken = text(&example(REQUEST)).replacen(',', "", 1);
    let failure = v1::from_json::<LegacyExportJobRequest>(broken.as_bytes()).unwrap_err();
    assert!(failure.is_malformed(), "{failure}");
    assert!(failure.place().is_some_and(|place| place.starts_with("line 3")), "{failure}");
}

/// From the first to the last instant that RFC 3339 has, with 0 to 9 digits of a fraction: the same instant comes back.
#[test]
fn instants_survive() {
    let whole = [
        "0001-01-01T00:00:00",
        "1969-12-31T23:59:59",
        "2024-02-29T12:00:00",
        "9999-12-31T23:59:59",
    ];
    let fractions = (0..=9).map(|digits| ".123456789"[..=digits].trim_end_matches('.').to_owned());
    let fractions: Vec<_> = fractions.chain([".999999999".to_owned()]).collect();
    for (whole, fraction) in
        whole.iter().flat_map(|whole| fractions.iter().map(move |fraction| (whole, fraction)))
    {
        let text = format!(r#"{{"createdAt":"{whole}{fraction}Z"}}"#);
        let job: LegacyExportJob = v1::from_json(text.as_bytes()).unwrap();
        let written = v1::to_json(&job).unwrap();
        let again: LegacyExportJob = v1::from_json(&written).unwrap();
        assert_eq!(again, job, "{text}");
        let nanoseconds = format!("{:0<9}", fraction.trim_start_matches('.'));
        assert_eq!(
            job.created_at.unwrap().timestamp_subsec_nanos(),
            nanoseconds.parse::<u32>().unwrap(),
            "{text}"
        );
    }
}

/// The types are ordinary serde types: within others, flattened, in any format.
#[test]
fn types_stand_within_others() {
    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    struct Wrapped {
        attempt: u32,
        #[serde(flatten)]
        job: LegacyExportJob,
    }
    let job: LegacyExportJob = v1::from_json(&example(REPLIES[1])).unwrap();
    let wrapped = Wrapped { attempt: 3, job };
    let text = serde_json::to_string(&wrapped).unwrap();
    assert_eq!(serde_json::from_str::<Wrapped>(&text).unwrap(), wrapped);
    let yaml = serde_yaml::to_string(&wrapped).unwrap();
    assert_eq!(serde_yaml::from_str::<Wrapped>(&yaml).unwrap(), wrapped);
}
