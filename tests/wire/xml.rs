//! Bodies of XML: what is sent byte for byte, and what is read of replies.

use super::server::{Answer, Server};
use goldens::xml::types::{Fault, Keeper, Person, Pet, Tag, Zoo};
use goldens::xml::Client;
use typewright_runtime::codegen::v1::{Date, Decoding, ErrorKind, Maybe, Mock};

const XML: &str = "application/xml";
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

fn client(server: &Server) -> Client {
    Client::builder().base_url(&server.url).build().unwrap()
}

fn cause(error: &dyn std::error::Error) -> String {
    error.source().map_or_else(String::new, ToString::to_string)
}

fn mia() -> Pet {
    let mut zoo = Zoo::new("Zoo");
    zoo.additional.insert("cages".into(), 3);
    let mother = Pet::new(1, Vec::new()).with_keeper(Keeper::Zoo(Box::new(zoo)));
    let person = Person::new("Person").with_note("<kind> & ]]>");
    let mut pet = Pet::new(7, vec!["a.png".into(), "b.png".into()])
        .with_name("Mia & \"Tom\"")
        .with_born("2020-02-29".parse::<Date>().unwrap())
        .with_tame(true)
        .with_tags(vec![Tag::new().with_lang("de").with_text("größer"), Tag::new()])
        .with_mother(mother)
        .with_keeper(Keeper::Person(Box::new(person)));
    pet.weight = Maybe::Null;
    pet
}

const MIA: &str = "<pet id=\"7\">\
<p:name xmlns:p=\"http://example.com/names\">Mia &amp; \"Tom\"</p:name>\
<born>2020-02-29</born>\
<weight xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>\
<is-tame>true</is-tame>\
<photo>a.png</photo><photo>b.png</photo>\
<tags><tag lang=\"de\">größer</tag><tag/></tags>\
<pet id=\"1\"><keeper kind=\"Zoo\"><cages>3</cages></keeper></pet>\
<keeper kind=\"Person\"><![CDATA[<kind> & ]]]]><![CDATA[>]]></keeper>\
</pet>";

#[tokio::test]
async fn a_value_is_sent_and_read_by_its_names() {
    let reply = "\u{feff}<?xml version='1.0'?>\r\n<!-- a pet -->\r\n<pet id='8' colour='red'>\r\n\
        <n:name xmlns:n='http://example.com/names'>Tom</n:name> <colour/>\r\n</pet>\r\n";
    let server = Server::start([
        Answer::new(200, XML, MIA),
        Answer::new(200, "text/xml; charset=utf-8", reply),
    ])
    .await;
    let client = client(&server);
    assert_eq!(client.add_pet(&mia()).await.unwrap(), mia());
    let tom = client.add_pet(&Pet::new(8, Vec::new())).await.unwrap();
    assert_eq!(tom, Pet::new(8, Vec::new()).with_name("Tom"));
    let sent = server.sent();
    assert_eq!(sent[0].text(), format!("{DECLARATION}{MIA}"));
    assert_eq!(sent[0].header("content-type"), [XML]);
    assert_eq!(sent[0].header("accept"), [XML]);
    assert_eq!(sent[1].text(), format!("{DECLARATION}<pet id=\"8\"/>"));
}

#[tokio::test]
async fn a_list_is_in_an_element_and_errors_are_typed() {
    let server = Server::start([
        Answer::new(
            200,
            "application/atom+xml",
            "<pets><Pet id='1'/><pet id='2'><photo/></pet></pets>",
        ),
        Answer::new(200, "application/atom+xml", "<pets/>"),
        Answer::new(404, "text/xml", "<Fault><Code>gone</Code><größe> +04 </größe></Fault>"),
    ])
    .await;
    let client = client(&server);
    let pets = client.list_pets().await.unwrap();
    assert_eq!(pets.iter().map(|pet| pet.id).collect::<Vec<_>>(), [2]);
    assert_eq!(pets[0].photos, [""]);
    assert!(client.list_pets().await.unwrap().is_empty());
    let refused = client.add_pet(&mia()).await.unwrap_err();
    let Fault { code, größe, .. } = refused.body().unwrap();
    assert_eq!((code.as_deref(), *größe), (Some("gone"), Some(4)));
}

#[tokio::test]
async fn what_is_not_as_documented_is_an_error_with_its_place() {
    for (body, path, reason) in [
        ("<pet id='x'/>", Some("id"), "expected an integer"),
        ("<pet/>", Some("id"), "expected a value"),
        ("<pet id='1'><weight>a</weight></pet>", Some("weight"), "expected a number"),
        ("<cat id='1'/>", None, "expected the element `pet`, found the element `cat`"),
        ("<pet id='1'>", None, "the end of the text in the element `pet` at line 1 column 13"),
        ("<!DOCTYPE pet><pet id='1'/>", None, "a document type"),
        ("{\"id\":1}", None, "outside of the root"),
    ] {
        let server = Server::start([Answer::new(200, XML, body)]).await;
        let error = client(&server).add_pet(&mia()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert_eq!(error.path().as_deref().filter(|path| !path.is_empty()), path, "{body}");
        assert!(cause(&error).contains(reason), "{body}: {error}");
    }
}

/// A closed object refuses further elements where every deviation is an error.
#[tokio::test]
async fn a_closed_object_is_closed_in_strict_mode() {
    let fault = "<Fault><Code>a</Code><More/></Fault>";
    for (decoding, is_read) in [(Decoding::Strict, false), (Decoding::Tolerant, true)] {
        let server = Server::start([Answer::new(400, "text/xml", fault)]).await;
        let client = Client::builder().base_url(&server.url).decoding(decoding).build().unwrap();
        let error = client.add_pet(&mia()).await.unwrap_err();
        assert_eq!(error.body().is_some(), is_read, "{error}");
    }
}

#[tokio::test]
async fn mocks_reply_in_xml() {
    use goldens::xml::operations::AddPet;
    let mock = Mock::new();
    mock.on::<AddPet>().reply(200, &mia());
    let client = Client::builder().transport(mock.clone()).build().unwrap();
    assert_eq!(client.add_pet(&mia()).await.unwrap(), mia());
    let requests = mock.requests::<AddPet>();
    assert_eq!(requests[0].body(), format!("{DECLARATION}{MIA}").as_bytes());
}

/// A letter that no document of XML can have is not sent.
#[tokio::test]
async fn what_xml_cannot_say_is_not_sent() {
    let client = Client::builder().transport(Mock::new()).build().unwrap();
    let error = client.add_pet(&Pet::new(1, Vec::new()).with_name("\u{1}")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Encode);
    assert!(cause(&error).contains("the letter U+0001"), "{error:?}");
}
