//! Jupyter Server: files, checkpoints, kernels, sessions and terminals are created, listed, read, changed and deleted.

mod checks;

use checks::{refused, same, server_url, there, unreadable, unsent, Checks, Outcome, Story};
use jupyter_mended::runtime::client::Decoding;
use jupyter_mended::runtime::value::{from_json, Map, Uuid, Value};
use jupyter_mended::runtime::ErrorKind;
use jupyter_mended::types::{
    ContentsType, GetContentsPathType, Kernel, PatchContentsPathBody, PostContentsPathBody,
    PostKernelsBody, PutContentsPathBody, Session,
};
use jupyter_mended::{headers, Client};
use std::process::ExitCode;

/// The path of a folder and of a file in it, with what a path has to write in another way.
const FOLDER: &str = "a b";
const FILE: &str = "a b/50% ü?#.txt";
const TOKEN: &str = "token secret";

/// Null for members that the document calls texts and numbers.
const DEVIATIONS: [&str; 12] = [
    "get_api_contents_path hash: null",
    "get_api_contents_path hash_algorithm: null",
    "get_api_contents_path size: null",
    "get_api_me identity.avatar_url: null",
    "get_api_me identity.color: null",
    "patch_api_contents_path hash: null",
    "patch_api_contents_path hash_algorithm: null",
    "post_api_contents_path hash: null",
    "post_api_contents_path hash_algorithm: null",
    "put_api_contents_path hash: null",
    "put_api_contents_path hash_algorithm: null",
    "put_api_contents_path size: null",
];

fn client(decoding: Decoding) -> Outcome<Client> {
    let builder = Client::builder(&server_url()).header("authorization", TOKEN);
    Ok(builder.decoding(decoding).build()?)
}

fn file(text: &str) -> PutContentsPathBody {
    PutContentsPathBody::new().with_type("file").with_format("text").with_content(text)
}

async fn files(checks: &mut Checks, client: &Client) -> Story {
    checks
        .check("a folder is created, its place in a header", async {
            let folder = PutContentsPathBody::new().with_type("directory");
            let made = client.put_contents_path(FOLDER).body(&folder).response().await?;
            same(made.status().as_u16(), 201)?;
            same(made.get(headers::LOCATION)?.as_deref(), Some("/api/contents/a%20b"))?;
            same((&made.body().r#type, &made.body().format), (&ContentsType::Directory, &None))
        })
        .await?;
    checks
        .check("a file is created in it", async {
            let made = client.put_contents_path(FILE).body(&file("eins")).await?;
            same((made.path.as_str(), made.size, made.content), (FILE, Some(4), Value::Null))
        })
        .await?;
    checks
        .check("the folder is listed", async {
            let folder =
                client.get_contents_path(FOLDER).r#type(&GetContentsPathType::Directory).await?;
            let paths = folder
                .content
                .as_list()
                .unwrap_or_default()
                .iter()
                .filter_map(|one| one.get("path"));
            same(paths.filter_map(Value::as_str).collect::<Vec<_>>(), [FILE])
        })
        .await?;
    checks
        .check("so is the root, whose path is empty", async {
            unsent(client.get_contents_path("").await, ErrorKind::Encode)?;
            let root = client.get_contents_path("").allow_empty_path().content(0).await?;
            same((root.r#type, root.path.as_str()), (ContentsType::Directory, ""))
        })
        .await?;
    checks
        .check("the file is read, with its hash", async {
            let read = client.get_contents_path(FILE).hash_parameter(1).await?;
            same(&read.content, &Value::from("eins"))?;
            same(read.hash_algorithm.as_deref(), Some("sha256"))?;
            same(read.mimetype.as_deref(), Some("text/plain"))
        })
        .await?;
    checks
        .check("it is changed, renamed and copied", async {
            let changed = client.put_contents_path(FILE).body(&file("zwei")).response().await?;
            same(changed.status().as_u16(), 200)?;
            let name = PatchContentsPathBody::new().with_path("a b/two.txt");
            same(client.patch_contents_path(FILE, &name).await?.path.as_str(), "a b/two.txt")?;
            let source = PostContentsPathBody::new().with_copy_from("/a b/two.txt");
            let copy = client.post_contents_path(FOLDER).body(&source).await?;
            same(client.get_contents_path(&copy.path).await?.content, Value::from("zwei"))?;
            Ok(client.delete_contents_path(&copy.path).await?)
        })
        .await
}

async fn notebooks(checks: &mut Checks, client: &Client) -> Story {
    checks
        .check("a notebook is written and read as an object", async {
            let text = br#"{"cells":[],"metadata":{"n":12345678901234567890123},"nbformat":4,"nbformat_minor":5}"#;
            let content: Value = from_json(text)?;
            let body = PutContentsPathBody::new()
                .with_type("notebook")
                .with_format("json")
                .with_content(content.clone());
            let made = client.put_contents_path("one.ipynb").body(&body).await?;
            same(made.r#type, ContentsType::Notebook)?;
            let read = client.get_contents_path("one.ipynb").await?;
            same(&read.content, &content)
        })
        .await
}

async fn checkpoints(checks: &mut Checks, client: &Client) -> Story {
    const PATH: &str = "a b/two.txt";
    checks
        .check("a checkpoint is created, gone back to, deleted", async {
            let made = client.post_contents_path_checkpoints(PATH).await?;
            let listed = client.get_contents_path_checkpoints(PATH).await?;
            same(listed.iter().map(|one| &one.id).collect::<Vec<_>>(), [&made.id])?;
            client.put_contents_path(PATH).body(&file("drei")).await?;
            client.post_contents_path_checkpoints_checkpoint_id(PATH, &made.id).await?;
            same(client.get_contents_path(PATH).await?.content, Value::from("zwei"))?;
            client.delete_contents_path_checkpoints_checkpoint_id(PATH, &made.id).await?;
            same(client.get_contents_path_checkpoints(PATH).await?.len(), 0)
        })
        .await?;
    checks
        .check("the file and its folder are deleted", async {
            client.delete_contents_path(PATH).await?;
            Ok(client.delete_contents_path(FOLDER).await?)
        })
        .await
}

async fn refusals(checks: &mut Checks, client: &Client) -> Story {
    checks
        .check("a file that is not there is a 404", async {
            let error = refused(client.get_contents_path("nowhere").await, ErrorKind::Api, 404)?;
            same(error.body().is_none(), true)
        })
        .await?;
    checks
        .check("a file read as a folder is a 400 with its body", async {
            client.put_contents_path("one.txt").body(&file("eins")).await?;
            let call = client.get_contents_path("one.txt").r#type(&GetContentsPathType::Directory);
            let error = refused(call.await, ErrorKind::Api, 400)?;
            same(there(error.body())?.reason.as_deref(), Some("bad type"))
        })
        .await?;
    checks
        .check("without a token it is an undocumented 403", async {
            let nobody =
                Client::builder(&server_url()).build().map_err(|error| error.to_string())?;
            refused(nobody.get_contents_path("one.txt").await, ErrorKind::Unexpected, 403).map(drop)
        })
        .await?;
    checks
        .check("an unknown session is an undocumented 404", async {
            refused(client.get_sessions_session(Uuid::nil()).await, ErrorKind::Unexpected, 404)
                .map(drop)
        })
        .await
}

async fn kernels(checks: &mut Checks, client: &Client) -> Story {
    let id = checks
        .check("a kernel is started, of a kind that is listed", async {
            let kinds = client.get_kernelspecs().await?;
            let name = there(kinds.default)?;
            same(kinds.kernelspecs.unwrap_or_default().contains_key(&name), true)?;
            Ok(client.post_kernels().body(&PostKernelsBody::new(name)).await?.id)
        })
        .await?;
    checks
        .check("it is listed, read, interrupted and restarted", async {
            let kernels = client.get_kernels().await?;
            same(kernels.iter().map(|kernel| kernel.id).collect::<Vec<_>>(), [id])?;
            same(client.get_kernels_kernel_id(id).await?.connections, Some(0.0))?;
            client.post_kernels_kernel_id_interrupt(id).await?;
            same(client.post_kernels_kernel_id_restart(id).await?.id, id)
        })
        .await?;
    let session = checks
        .check("a session of it is created", async {
            let session = Session::new()
                .with_path("one.txt")
                .with_name("one")
                .with_type("console")
                .with_kernel(Kernel::new(id, "python3".to_owned()));
            let made = client.post_sessions().body(&session).await?;
            same(there(made.kernel)?.id, id)?;
            there(made.id)
        })
        .await?;
    checks
        .check("it is listed, read and changed", async {
            let sessions = client.get_sessions().await?;
            same(sessions.iter().map(|one| one.id).collect::<Vec<_>>(), [Some(session)])?;
            let changed = Session::new().with_name("zwei");
            client.patch_sessions_session(session, &changed).await?;
            same(client.get_sessions_session(session).await?.name.as_deref(), Some("zwei"))
        })
        .await?;
    checks
        .check("it is deleted, and its kernel with it", async {
            client.delete_sessions_session(session).await?;
            same(client.get_kernels().await?.len(), 0)
        })
        .await
}

async fn terminals(checks: &mut Checks, client: &Client) -> Story {
    checks
        .check("a terminal is created, listed, read and deleted", async {
            let name = client.post_terminals().await?.name;
            let listed = client.get_terminals().await?;
            same(listed.iter().map(|one| &one.name).collect::<Vec<_>>(), [&name])?;
            same(&client.get_terminals_terminal_id(&name).await?.name, &name)?;
            client.delete_terminals_terminal_id(&name).await?;
            refused(client.get_terminals_terminal_id(&name).await, ErrorKind::Api, 404).map(drop)
        })
        .await
}

async fn about_itself(checks: &mut Checks, client: &Client) -> Story {
    checks
        .check("the version is read, through a redirect", async {
            same(client.get_api().await?.version.as_deref(), Some("2.21.1"))
        })
        .await?;
    checks
        .check("a section of its settings is changed and read", async {
            let inner: Value = [("n", 1)].into_iter().collect();
            let section: Map<Value> =
                [("a".to_owned(), inner), ("b".to_owned(), true.into())].into_iter().collect();
            let call = client.patch_config_section_name("ours").body(&section);
            same(&call.await?, &section)?;
            same(client.get_config_section_name("ours").await?, section)
        })
        .await?;
    checks
        .check("the user, the permissions and status are read", async {
            let me = client.get_me().permissions(r#"{"contents": ["read"]}"#).await?;
            same(there(me.permissions)?.get("contents"), Some(&vec!["read".to_owned()]))?;
            same(there(me.identity)?.color, None)?;
            same(client.get_status().await?.kernels, Some(0.0))
        })
        .await?;
    checks
        .check("its document comes as a stream of bytes", async {
            let bytes = client.get_spec_yaml().await?.collect(1 << 20).await.bytes;
            same(bytes.starts_with(b"swagger: \"2.0\""), true)
        })
        .await
}

/// The client of the document as it is: a reply that the document denies is an error that says where and keeps it.
async fn without_overlay(checks: &mut Checks, decoding: Decoding) -> Story {
    checks
        .check("without the overlay null is an error with a path", async {
            let builder = jupyter::Client::builder(&server_url()).header("authorization", TOKEN);
            let plain = builder.decoding(decoding).build()?;
            let bare = plain.get_contents_path("one.txt").content(0).await;
            unreadable(bare, 200, "content")?;
            let root = plain.get_contents_path("").allow_empty_path().await;
            unreadable(root, 200, "content")?;
            same(plain.get_contents_path("one.txt").await?.content, "eins")
        })
        .await
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut checks = Checks::new("jupyter");
    let Ok(client) = client(checks.decoding()) else {
        return ExitCode::FAILURE;
    };
    let _ = about_itself(&mut checks, &client).await;
    if files(&mut checks, &client).await.is_ok() {
        let _ = checkpoints(&mut checks, &client).await;
    }
    let _ = notebooks(&mut checks, &client).await;
    let _ = refusals(&mut checks, &client).await;
    let _ = kernels(&mut checks, &client).await;
    let _ = terminals(&mut checks, &client).await;
    let decoding = checks.decoding();
    let _ = without_overlay(&mut checks, decoding).await;
    let _ = checks.deviated(&DEVIATIONS).await;
    checks.end()
}
