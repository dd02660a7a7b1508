//! Documents that are read and written by tables, and those that are refused.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use super::*;
use crate::codec::{from_json, to_json, Value};
use crate::spec::XmlNames;

static PETS: XmlNames = XmlNames::new(
    "record closed
    attribute id number
    element name text name=Name prefix=p namespace=http://e.x/p
    element photos text list required name=photo
    element tags 1 list name=tag in=tags
    element weight number
    element tame boolean
    element kind 2
    element mother 0
    record
    text text text
    attribute lang text
    rest number list
    choice attribute type text
    case cat 3
    case dog 4
    record
    element lives number
    record closed
    element type text
    cdata note text
    root 0 name=pet
    root text name=größe
    root 1 name=item in=items list",
);

fn body(index: usize) -> XmlBody {
    PETS.body(index).unwrap()
}

/// The JSON of a document, or the failure.
fn read(index: usize, text: &str) -> String {
    let mut value: Option<Value> = None;
    match read_xml(text.as_bytes(), body(index), &Deviations::default(), &mut value) {
        Ok(()) => String::from_utf8(to_json(&value.unwrap()).unwrap()).unwrap(),
        Err(failure) => failure.to_string(),
    }
}

/// The document of some JSON without the declaration, or the failure.
fn write(index: usize, json: &str) -> String {
    let value: Value = from_json(json.as_bytes()).unwrap();
    match write_xml(body(index), &value) {
        Ok(text) => {
            let text = String::from_utf8(text).unwrap();
            text.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>").unwrap().to_owned()
        }
        Err(failure) => failure.to_string(),
    }
}

#[test]
fn what_is_written_is_read() {
    for (index, json, xml) in [
        (0, r#"{"id":7,"photos":[]}"#, r#"<pet id="7"/>"#),
        (
            0,
            r#"{"id":7,"name":"A & B","photos":["a","b"],"weight":1.50,"tame":true}"#,
            "<pet id=\"7\"><p:Name xmlns:p=\"http://e.x/p\">A &amp; B</p:Name><photo>a</photo>\
             <photo>b</photo><weight>1.50</weight><tame>true</tame></pet>",
        ),
        (
            0,
            r#"{"photos":[],"tags":[{"text":"x","lang":"en"},{"lang":"a\n\"b\""}]}"#,
            "<pet><tags><tag lang=\"en\">x</tag><tag lang=\"a&#10;&quot;b&quot;\"/></tags></pet>",
        ),
        (0, r#"{"photos":[],"tags":[]}"#, "<pet><tags/></pet>"),
        (
            0,
            r#"{"photos":[],"weight":null}"#,
            "<pet><weight xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/></pet>",
        ),
        (
            0,
            r#"{"photos":[],"kind":{"lives":9,"type":"cat"}}"#,
            "<pet><kind type=\"cat\"><lives>9</lives></kind></pet>",
        ),
        (
            0,
            r#"{"photos":[],"kind":{"type":"dog","note":"a]]>b<\rc"}}"#,
            "<pet><kind><type>dog</type><![CDATA[a]]]]><![CDATA[>b<]]>&#13;<![CDATA[c]]></kind></pet>",
        ),
        (
            0,
            r#"{"photos":[],"mother":{"id":1,"name":"","photos":[" "]}}"#,
            "<pet><mother id=\"1\"><p:Name xmlns:p=\"http://e.x/p\"/><photo> </photo></mother></pet>",
        ),
        (1, r#""a\r\n<b>\t😀""#, "<größe>a&#13;\n&lt;b&gt;\t😀</größe>"),
        (
            2,
            r#"[{"text":"x","größe":[1,2]},{"lang":"de"}]"#,
            "<items><item>x<größe>1</größe><größe>2</größe></item><item lang=\"de\"/></items>",
        ),
    ] {
        assert_eq!(write(index, json), xml);
        // The dog's tag is no attribute, so that a reader finds none.
        if !json.contains("dog") {
            assert_eq!(read(index, xml), json, "{xml}");
        }
    }
}

#[test]
fn references_cdata_line_ends_and_marks_of_order_are_read() {
    for (xml, json) in [
        ("\u{feff}<größe>a</größe>", r#""a""#),
        (
            "<?xml version='1.0' encoding='utf-8'?>\r\n<!-- - --><größe>a\r\nb\rc</größe>\r\n",
            r#""a\nb\nc""#,
        ),
        ("<größe>&lt;&gt;&amp;&apos;&quot;&#65;&#x1F600;&#13;</größe>", r#""<>&'\"A😀\r""#),
        ("<größe> a <![CDATA[<b>&amp;]]><!-- c --><?d e?> </größe>", r#"" a <b>&amp; ""#),
        ("<größe/>", r#""""#),
        ("<größe></größe>", r#""""#),
        ("<q:größe xmlns:q='http://any.where'>a</q:größe>", r#""a""#),
    ] {
        assert_eq!(read(1, xml), json, "{xml}");
    }
}

#[test]
fn elements_are_told_apart_by_their_namespaces() {
    let renamed = "<pet xmlns:x='http://e.x/p'><x:Name>a</x:Name></pet>";
    assert_eq!(read(0, renamed), r#"{"name":"a","photos":[]}"#);
    let default = "<pet xmlns='http://e.x/p'><Name>a</Name></pet>";
    assert_eq!(read(0, default), r#"{"name":"a","photos":[]}"#);
    // An element that is not of the namespace is an unknown one, which this closed object keeps for its type to refuse.
    assert_eq!(read(0, "<pet><Name>a</Name></pet>"), r#"{"photos":[],"Name":"a"}"#);
    assert_eq!(
        read(0, "<pet><name a='1'>b<c/></name><id/></pet>"),
        r#"{"photos":[],"<name>":{"a":"1","c":""},"<id>":""}"#
    );
}

#[test]
fn numbers_and_booleans_are_those_of_xml_schema() {
    let weight = |text: &str| read(0, &format!("<pet><weight>{text}</weight></pet>"));
    for (text, json) in
        [(" 7\n", "7"), ("+7", "7"), ("-007", "-7"), (".5", "0.5"), ("3.", "3"), ("1E5", "1E5")]
    {
        assert_eq!(weight(text), format!("{{\"photos\":[],\"weight\":{json}}}"));
    }
    for text in ["", "INF", "x", "1 2", "-", "+.", "1e"] {
        assert_eq!(weight(text), format!("{{\"photos\":[],\"weight\":\"{text}\"}}"));
    }
    for (text, json) in [("1", "true"), (" false ", "false"), ("yes", "\"yes\"")] {
        let xml = format!("<pet><tame>{text}</tame></pet>");
        assert_eq!(read(0, &xml), format!("{{\"photos\":[],\"tame\":{json}}}"));
    }
}

#[test]
fn an_object_of_an_unknown_tag_has_texts() {
    let xml = "<pet><kind type='fish'><fins>3</fins><fins>4</fins></kind></pet>";
    assert_eq!(read(0, xml), r#"{"photos":[],"kind":{"type":"fish","fins":["3","4"]}}"#);
    let failure = "kind.type: expected a tag that the document lists, found the text \"fish\"";
    assert_eq!(write(0, r#"{"kind":{"type":"fish"}}"#), failure);
}

#[test]
fn what_is_no_xml_is_malformed() {
    let nested = "<größe>".repeat(128);
    for (xml, failure) in [
        ("", "no element at line 1 column 1"),
        ("{}", "the text \"{}\" outside of the root at line 1 column 1"),
        ("<größe>\n <a></b></größe>", "expected `</a>`, but `</b>` was found"),
        ("<größe>", "the end of the text in the element `größe` at line 1 column 10"),
        ("<größe/><größe/>", "a second root element at line 1 column 11"),
        ("<größe/>x", "the text \"x\" outside of the root"),
        ("<größe a=1/>", "attribute value must be enclosed in `\"` or `'`"),
        ("<größe a='1' a='2'/>", "duplicated attribute"),
        ("<größe>&nbsp;</größe>", "the unknown entity `nbsp`"),
        ("<größe>&#0;</größe>", "invalid character reference"),
        ("<größe a='&nbsp;'/>", "unrecognized entity `nbsp`"),
        ("<q:größe/>", "the undeclared prefix `q`"),
        (
            "<!DOCTYPE größe [<!ENTITY a 'b'>]><größe>&a;</größe>",
            "a document type, which is not read at line 1 column 1",
        ),
        (
            "<?xml version='1.0' encoding='ISO-8859-1'?><größe/>",
            "the encoding `ISO-8859-1`, not UTF-8",
        ),
        (nested.as_str(), "elements that are nested too deep"),
    ] {
        let message = read(1, xml);
        assert!(message.starts_with("expected a well-formed value, found "), "{xml}: {message}");
        assert!(message.contains(failure), "{xml}: {message}");
        assert!(message.contains(" at line "), "{xml}: {message}");
    }
    let mut value: Option<Value> = None;
    let failure = read_xml(b"<a>\xff</a>", body(1), &Deviations::default(), &mut value);
    let message = failure.unwrap_err().to_string();
    assert!(message.ends_with("bytes that are not UTF-8 at line 1 column 4"), "{message}");
}

#[test]
fn as_deep_as_json_is_not_too_deep() {
    let mothers = |levels: usize| {
        format!("<pet>{}{}</pet>", "<mother>".repeat(levels), "</mother>".repeat(levels))
    };
    assert!(read(0, &mothers(126)).starts_with("{\"photos\":[],\"mother\""));
    assert!(read(0, &mothers(127)).contains("nested too deep"));
}

#[test]
fn what_is_not_of_its_kind_is_told_with_its_place() {
    for (index, xml, failure) in [
        (0, "<cat/>", "expected the element `pet`, found the element `cat`"),
        (0, "<pet><weight><a/></weight></pet>", "weight: expected a text, found the element `a`"),
        (
            0,
            "<pet><weight/><weight/></pet>",
            "weight: expected one element `weight`, found 2 of them",
        ),
        (
            2,
            "<items><item><a>1</a></item><item><a><b/></a></item></items>",
            "[1].a[0]: expected a text, found the element `b`",
        ),
    ] {
        assert_eq!(read(index, xml), failure);
    }
    for (index, json, failure) in [
        (0, r#"{"age":1}"#, "age: expected a member that has a name in XML, found another"),
        (0, r#"{"id":null}"#, "id: expected a text, a number or a boolean, found null"),
        (0, r#"{"photos":null}"#, "photos: expected a list, found null"),
        (
            0,
            r#"{"photos":["a\u0001"]}"#,
            "photos[0]: expected letters that XML allows, found the letter U+0001",
        ),
        (
            2,
            r#"[{"a b":[1]}]"#,
            "[0][\"a b\"]: expected a name of an element, found the name \"a b\"",
        ),
    ] {
        assert_eq!(write(index, json), failure);
    }
}
