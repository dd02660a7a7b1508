//! etcd: keys, leases and users are created, listed, read, changed and deleted; a watch, a lease and a snapshot are streams.

mod checks;

use checks::{has, refused, same, server_url, there, unsent, Checks, Outcome, Story};
use etcd_mended::runtime::client::Decoding;
use etcd_mended::runtime::value::{Map, Value};
use etcd_mended::runtime::{Bytes, ErrorKind};
use etcd_mended::types::*;
use etcd_mended::{Client, Credentials};
use std::process::ExitCode;

fn client(decoding: Decoding, credentials: Credentials) -> Outcome<Client> {
    let builder = Client::builder(&server_url()).decoding(decoding);
    Ok(builder.credentials(credentials).build()?)
}

fn put(key: &'static str, value: &'static [u8]) -> EtcdserverpbPutRequest {
    EtcdserverpbPutRequest::new().with_key(key).with_value(Bytes::from_static(value))
}

fn range(key: &'static str) -> EtcdserverpbRangeRequest {
    EtcdserverpbRangeRequest::new().with_key(key)
}

fn nothing() -> Map<Value> {
    Map::default()
}

async fn keys(checks: &mut Checks, client: &Client) -> Story {
    checks
        .check("a key is put, whose value is any bytes", async {
            let header = there(client.put(&put("a/ü", &[0, 255, 10])).await?.header)?;
            // Numbers of 64 bits without a sign, which come as texts.
            same((header.cluster_id > Some(0), header.revision), (true, Some(2)))
        })
        .await?;
    checks
        .check("keys are listed in an order, and counted", async {
            client.put(&put("a/b", b"1")).await?;
            let all =
                range("a/").with_range_end("a0").with_sort_order(RangeRequestSortOrder::Descend);
            let result = client.range(&all).await?;
            let keys: Vec<_> =
                result.kvs.iter().flatten().filter_map(|one| one.key.as_deref()).collect();
            same((result.count, keys), (Some(2), vec!["a/ü".as_bytes(), b"a/b"]))?;
            same(client.range(&all.with_count_only(true)).await?.kvs, None)
        })
        .await?;
    checks
        .check("one is read, and updated with what it was", async {
            let result = client.range(&range("a/ü")).await?;
            same(
                there(result.kvs.unwrap_or_default().pop())?.value.as_deref(),
                Some(&[0, 255, 10][..]),
            )?;
            let updated = client.put(&put("a/ü", b"2").with_prev_kv(true)).await?;
            same(there(updated.prev_kv)?.version, Some(1))
        })
        .await?;
    checks
        .check("a transaction takes the branch that is true", async {
            let equal = EtcdserverpbCompare::new()
                .with_key("a/b")
                .with_target(CompareCompareTarget::Value)
                .with_result(CompareCompareResult::Equal)
                .with_value("1");
            let then = EtcdserverpbRequestOp::new().with_request_range(range("a/b"));
            let transaction =
                EtcdserverpbTxnRequest::new().with_compare(vec![equal]).with_success(vec![then]);
            let done = client.txn(&transaction).await?;
            same(done.succeeded, Some(true))?;
            let first = there(done.responses.unwrap_or_default().pop())?;
            same(there(first.response_range)?.count, Some(1))
        })
        .await?;
    checks
        .check("a key is deleted", async {
            let gone = EtcdserverpbDeleteRangeRequest::new().with_key("a/b");
            same(client.delete_range(&gone).await?.deleted, Some(1))?;
            same(client.range(&range("a/b")).await?.kvs, None)
        })
        .await
}

async fn leases(checks: &mut Checks, client: &Client) -> Story {
    let id = checks
        .check("a lease is granted", async {
            let granted =
                client.lease_grant(&EtcdserverpbLeaseGrantRequest::new().with_ttl(60)).await?;
            same(granted.ttl, Some(60))?;
            there(granted.id)
        })
        .await?;
    checks
        .check("it is listed, and read with its keys", async {
            client.put(&put("leased", b"").with_lease(id)).await?;
            let leases = client.lease_leases(&nothing()).await?.leases.unwrap_or_default();
            same(leases.iter().map(|lease| lease.id).collect::<Vec<_>>(), [Some(id)])?;
            let request = EtcdserverpbLeaseTimeToLiveRequest::new().with_id(id).with_keys(true);
            let read = client.lease_time_to_live(&request).await?;
            same(read.keys.unwrap_or_default(), [Bytes::from("leased")])
        })
        .await?;
    checks
        .check("it is kept alive, by a stream of one line", async {
            let keep_alive = EtcdserverpbLeaseKeepAliveRequest::new().with_id(id);
            let mut lines = client.lease_keep_alive(&keep_alive).await?;
            let first = there(lines.next().await)??;
            same(there(first.result)?.ttl, Some(60))?;
            same(lines.next().await.is_none(), true)
        })
        .await?;
    checks
        .check("it is revoked, and its key with it", async {
            client.lease_revoke(&EtcdserverpbLeaseRevokeRequest::new().with_id(id)).await?;
            same(client.range(&range("leased")).await?.kvs, None)
        })
        .await
}

async fn streams(checks: &mut Checks, client: &Client) -> Story {
    checks
        .check("a watch tells what happens while it happens", async {
            let watch =
                EtcdserverpbWatchCreateRequest::new().with_key("watched").with_prev_kv(true);
            let mut lines =
                client.watch(&EtcdserverpbWatchRequest::new().with_create_request(watch)).await?;
            let first = there(there(lines.next().await)??.result)?;
            same((first.created, first.events), (Some(true), None))?;
            client.put(&put("watched", b"1")).await?;
            client.delete_range(&EtcdserverpbDeleteRangeRequest::new().with_key("watched")).await?;
            let mut events = Vec::new();
            while events.len() < 2 {
                events
                    .extend(there(there(lines.next().await)??.result)?.events.unwrap_or_default());
            }
            let values: Vec<_> = events
                .iter()
                .map(|event| event.kv.as_ref().and_then(|one| one.value.as_deref()))
                .collect();
            same(values, [Some(&b"1"[..]), None])?;
            let kinds: Vec<_> = events.iter().map(MvccpbEvent::type_or_default).collect();
            same(kinds, [EventEventType::Put, EventEventType::Delete])?;
            let before = events.pop().and_then(|event| event.prev_kv).and_then(|one| one.value);
            same(before.as_deref(), Some(&b"1"[..]))
        })
        .await?;
    checks
        .check("a watch of what is gone is cancelled", async {
            let now = there(client.range(&range("a")).await?.header)?.revision;
            let compaction = EtcdserverpbCompactionRequest::new();
            client.compact(&compaction.with_revision(there(now)?)).await?;
            let watch = EtcdserverpbWatchCreateRequest::new().with_key("a");
            let watch = watch.with_start_revision(1);
            let request = EtcdserverpbWatchRequest::new().with_create_request(watch);
            let mut lines = client.watch(&request).await?;
            there(lines.next().await)??;
            let last = there(there(lines.next().await)??.result)?;
            same((last.canceled, last.compact_revision), (Some(true), now))
        })
        .await?;
    checks
        .check("a snapshot comes whole, in lines of bytes", async {
            let mut lines = client.snapshot(&nothing()).await?;
            let (mut bytes, mut left) = (0, None);
            while let Some(line) = lines.next().await {
                let result = there(line?.result)?;
                bytes += result.blob.map_or(0, |blob| blob.len() as i64);
                left = result.remaining_bytes;
            }
            let size = client.status(&nothing()).await?.db_size;
            // The database, and a SHA-256 of it.
            same((Some(bytes - 32), left), (size, None))
        })
        .await
}

async fn refusals(checks: &mut Checks, client: &Client) -> Story {
    checks
        .check("a key that is not given is an undocumented 400", async {
            let reply = client.put(&EtcdserverpbPutRequest::new()).await;
            let error = refused(reply, ErrorKind::Unexpected, 400)?;
            has(&error.excerpt(), "key is not provided")
        })
        .await?;
    checks
        .check("an unknown lease is an undocumented 404", async {
            let reply =
                client.lease_revoke(&EtcdserverpbLeaseRevokeRequest::new().with_id(1)).await;
            refused(reply, ErrorKind::Unexpected, 404).map(drop)
        })
        .await?;
    checks
        .check("without the overlay nothing is sent without a key", async {
            let plain = etcd::Client::builder(&server_url()).build()?;
            let request = etcd::types::EtcdserverpbRangeRequest::new().with_key("a");
            unsent(plain.range(&request).await, ErrorKind::Credentials)
        })
        .await
}

/// The last story: from its end on every call needs a token.
async fn users(checks: &mut Checks, client: &Client) -> Story {
    checks
        .check("a user and its role are created, and listed", async {
            let (name, password) = ("root".to_owned(), "pässword".to_owned());
            let user = EtcdserverpbAuthUserAddRequest::new()
                .with_name(name.clone())
                .with_password(password);
            client.user_add(&user).await?;
            client.role_add(&EtcdserverpbAuthRoleAddRequest::new().with_name(name.clone())).await?;
            let grant = EtcdserverpbAuthUserGrantRoleRequest::new()
                .with_user(name.clone())
                .with_role(name.clone());
            client.user_grant_role(&grant).await?;
            same(client.user_list(&nothing()).await?.users, Some(vec![name]))
        })
        .await?;
    let known = checks
        .check("a password is exchanged for a token", async {
            client.auth_enable(&nothing()).await?;
            let login = EtcdserverpbAuthenticateRequest::new().with_name("root");
            let login = login.with_password("pässword");
            let token = there(client.authenticate(&login).await?.token)?;
            let known = self::client(Decoding::Strict, Credentials::new().api_key(token))?;
            same(known.range(&range("a/ü")).await?.count, Some(1))?;
            Ok(known)
        })
        .await?;
    checks
        .check("no token is a 400, and a wrong one a 401", async {
            let reply = client.range(&range("a/ü")).await;
            has(&refused(reply, ErrorKind::Unexpected, 400)?.excerpt(), "user name is empty")?;
            let wrong = self::client(Decoding::Strict, Credentials::new().api_key("wrong"))?;
            let reply = wrong.range(&range("a/ü")).await;
            refused(reply, ErrorKind::Unexpected, 401).map(drop)
        })
        .await?;
    checks
        .check("the server is opened again", async {
            Ok(known.auth_disable(&nothing()).await.map(drop)?)
        })
        .await
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut checks = Checks::new("etcd");
    let Ok(client) = client(checks.decoding(), Credentials::new()) else {
        return ExitCode::FAILURE;
    };
    let _ = keys(&mut checks, &client).await;
    let _ = leases(&mut checks, &client).await;
    let _ = streams(&mut checks, &client).await;
    let _ = refusals(&mut checks, &client).await;
    let _ = users(&mut checks, &client).await;
    let _ = checks.deviated(&[]).await;
    checks.end()
}
