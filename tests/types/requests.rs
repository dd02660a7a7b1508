//! Conversion of received values into sent ones, through maps, lists and boxes.

use super::{read, written};
use goldens::read_and_write::types::{Node, NodeInput};

#[test]
fn what_was_read_can_be_sent() {
    let leaf = r#"{"id":"2","name":"b","byName":{}}"#;
    let text = format!(
        r#"{{"id":"1","name":"a","parent":{leaf},"byName":{{"x":{leaf}}},"byAge":{{"y":{leaf}}},"list":[{leaf}]}}"#
    );
    let node: Node = read(&text).unwrap();
    let mut sent = NodeInput::from(node);
    sent.pin = Some("0000".to_owned());
    let expected = text.replace(r#""id":"2","#, "").replace(r#""id":"1","#, "");
    let expected = expected.replacen(r#""name":"a","#, r#""name":"a","pin":"0000","#, 1);
    assert_eq!(written(&sent), expected);
}

#[test]
fn unions_tuples_and_nulls_are_turned_too() {
    let leaf = r#"{"id":"2","name":"b","byName":{}}"#;
    let text = format!(
        r#"{{"id":"1","name":"a","byName":{{}},"places":{{"either":[{leaf}],"pair":[{leaf},1,{leaf}],"row":["r",{leaf},"t"],"holes":[null,{leaf}],"grid":[[],[{leaf}]],"byDay":{{"tue":[{leaf}]}},"more":{leaf}}}}}"#
    );
    let node: Node = read(&text).unwrap();
    assert_eq!(written(&node), text);
    let expected = text.replace(r#""id":"2","#, "").replace(r#""id":"1","#, "");
    assert_eq!(written(&NodeInput::from(node)), expected);
    let least: Node = read(r#"{"id":"1","name":"","byName":{},"places":{"either":"t","pair":[{"id":"","name":"","byName":{}},1],"holes":[]}}"#).unwrap();
    assert_eq!(
        written(&NodeInput::from(least)),
        r#"{"name":"","byName":{},"places":{"either":"t","pair":[{"name":"","byName":{}},1],"holes":[]}}"#
    );
}
