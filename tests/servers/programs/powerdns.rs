//! PowerDNS: zones, their records, metadata and keys, and keys of transfers are created, listed, read, changed and deleted.

mod checks;

use checks::{has, refused, same, server_url, there, unreadable, unsent, Checks, Outcome, Story};
use powerdns_mended::runtime::client::Decoding;
use powerdns_mended::runtime::ErrorKind;
use powerdns_mended::types::{
    Cryptokey, CryptokeyKeytype, GetStatsResponseItem, Metadata, Record, RrSet, TsigKeyInput, Zone,
    ZoneKind,
};
use powerdns_mended::{Client, Credentials};
use std::process::ExitCode;

const SERVER: &str = "localhost";
const ZONE: &str = "example.org.";

fn known() -> Credentials {
    Credentials::new().api_key_header("secret")
}

fn client(decoding: Decoding, credentials: Credentials) -> Outcome<Client> {
    let builder = Client::builder().base_url(server_url()).decoding(decoding);
    Ok(builder.credentials(credentials).build()?)
}

fn zone() -> Zone {
    let servers = ["ns1.example.org.", "ns2.example.org."].map(str::to_owned);
    Zone::new().with_name(ZONE).with_kind(ZoneKind::Native).with_nameservers(servers)
}

/// A zone with one change to its addresses.
fn change(set: RrSet) -> Zone {
    Zone::new().with_rrsets(vec![set])
}

fn addresses(name: &str) -> RrSet {
    RrSet::new(name.to_owned(), "A".to_owned())
}

async fn credentials(checks: &mut Checks) -> Story {
    checks
        .check("without a key nothing is sent", async {
            let client = client(Decoding::Strict, Credentials::new())?;
            unsent(client.list_servers().await, ErrorKind::Credentials)
        })
        .await?;
    checks
        .check("a wrong key is an undocumented 401 with a body", async {
            let client = client(Decoding::Strict, Credentials::new().api_key_header("wrong"))?;
            let error = refused(client.list_servers().await, ErrorKind::Unexpected, 401)?;
            same(there(error.body())?.error.as_str(), "Unauthorized")
        })
        .await
}

async fn about_itself(checks: &mut Checks, client: &Client) -> Story {
    checks
        .check("the one server is listed and read", async {
            let servers = client.list_servers().await?;
            let ids: Vec<_> = servers.iter().filter_map(|server| server.id.as_deref()).collect();
            same(ids, [SERVER])?;
            let daemon = client.list_server(SERVER).await?.daemon_type;
            same(daemon.as_deref(), Some("authoritative"))
        })
        .await?;
    checks
        .check("its settings are listed", async {
            let settings = client.get_config(SERVER).await?;
            let mut launched =
                settings.into_iter().filter(|setting| setting.name.as_deref() == Some("launch"));
            same(there(launched.next())?.value.as_deref(), Some("gsqlite3"))
        })
        .await?;
    checks
        .check("an unknown server is a 404 with its body", async {
            let error = refused(client.list_server("nowhere").await, ErrorKind::Api, 404)?;
            same(there(error.body())?.error.as_str(), "Not Found")
        })
        .await
}

async fn zones(checks: &mut Checks, client: &Client) -> Story {
    checks
        .check("a zone is created", async {
            let made = client.create_zone(SERVER, &zone()).await?;
            same((made.id.as_deref(), &made.kind), (Some(ZONE), &Some(ZoneKind::Native)))?;
            same(made.rrsets.unwrap_or_default().len(), 2)
        })
        .await?;
    checks
        .check("it is listed, and by its name", async {
            same(client.list_zones(SERVER).await?.len(), 1)?;
            same(client.list_zones(SERVER).zone(ZONE).dnssec(false).await?.len(), 1)?;
            same(client.list_zones(SERVER).zone("other.org.").await?.len(), 0)
        })
        .await?;
    checks
        .check("records are added, and read by name and type", async {
            let record = Record::new("192.0.2.1").with_disabled(false);
            let set = addresses("www.example.org.").with_ttl(60).with_changetype("REPLACE");
            client.patch_zone(SERVER, ZONE, &change(set.with_records(vec![record]))).await?;
            let read = client
                .list_zone(SERVER, ZONE)
                .rrset_name("www.example.org.")
                .rrset_type("A")
                .await?;
            let set = there(read.rrsets.unwrap_or_default().into_iter().next())?;
            same(set.ttl, Some(60))?;
            let contents: Vec<_> =
                set.records.iter().flatten().map(|record| record.content.as_str()).collect();
            same(contents, ["192.0.2.1"])
        })
        .await?;
    checks
        .check("they are deleted", async {
            let set = addresses("www.example.org.").with_changetype("DELETE");
            client.patch_zone(SERVER, ZONE, &change(set)).await?;
            same(client.list_zone(SERVER, ZONE).await?.rrsets.unwrap_or_default().len(), 2)
        })
        .await?;
    checks
        .check("the zone is changed", async {
            let changed = Zone::new().with_kind(ZoneKind::Master).with_account("konto ü");
            client.put_zone(SERVER, ZONE, &changed).await?;
            let read = client.list_zone(SERVER, ZONE).rrsets(false).await?;
            same((read.kind, read.account.as_deref()), (Some(ZoneKind::Master), Some("konto ü")))?;
            same(read.rrsets, None)
        })
        .await?;
    checks
        .check("it is exported, searched and flushed", async {
            let text = client.axfr_export_zone(SERVER, ZONE).await?.zone;
            has(&text, "example.org.\t3600\tIN\tNS\tns2.example.org.")?;
            let call = client.search_data(SERVER, "ns2*", 10).object_type("record");
            same(there(call.await?.pop())?.content.as_deref(), Some("ns2.example.org."))?;
            let flushed = client.cache_flush_by_name(SERVER, ZONE).await?;
            same(flushed.result.as_deref(), Some("Flushed cache."))
        })
        .await
}

async fn metadata(checks: &mut Checks, client: &Client) -> Story {
    let metadata = |values: &[&str]| {
        let values: Vec<_> = values.iter().map(|value| (*value).to_owned()).collect();
        Metadata::new().with_kind("X-NOTE").with_metadata(values)
    };
    checks
        .check("metadata are created, by an undocumented 201", async {
            let first = metadata(&["one"]);
            Ok(client.create_metadata(SERVER, ZONE, &first).await?)
        })
        .await?;
    checks
        .check("that is an error of a client that is strict", async {
            let strict = self::client(Decoding::Strict, known())?;
            let more = metadata(&["two"]);
            let reply = strict.create_metadata(SERVER, ZONE, &more).await;
            refused(reply, ErrorKind::Unexpected, 201).map(drop)
        })
        .await?;
    checks
        .check("they are listed, read and changed", async {
            let kinds = client.list_metadata(SERVER, ZONE).await?;
            let kinds: Vec<_> = kinds.iter().filter_map(|one| one.kind.as_deref()).collect();
            same(kinds, ["SOA-EDIT-API", "X-NOTE"])?;
            let read = client.get_metadata(SERVER, ZONE, "X-NOTE").await?;
            same(read.metadata.unwrap_or_default(), ["one", "two"])?;
            let call = client.modify_metadata(SERVER, ZONE, "X-NOTE", &metadata(&["three"]));
            same(call.await?.metadata.unwrap_or_default(), ["three"])
        })
        .await?;
    checks
        .check("they are deleted", async {
            client.delete_metadata(SERVER, ZONE, "X-NOTE").await?;
            let read = client.get_metadata(SERVER, ZONE, "X-NOTE").await?.metadata;
            same(read.unwrap_or_default().len(), 0)
        })
        .await
}

async fn keys(checks: &mut Checks, client: &Client) -> Story {
    let id = checks
        .check("a key of a zone is created", async {
            let key =
                Cryptokey::new().with_keytype(CryptokeyKeytype::Ksk).with_algorithm("ecdsa256");
            let made = client
                .create_cryptokey(SERVER, ZONE, &key.with_bits(256).with_active(true))
                .await?;
            same(made.active, Some(true))?;
            there(made.id).map(|id| id.to_string())
        })
        .await?;
    checks
        .check("it is listed, switched off, rectified and deleted", async {
            same(client.list_cryptokeys(SERVER, ZONE).await?.len(), 1)?;
            same(client.rectify_zone(SERVER, ZONE).await?.result, "Rectified")?;
            let off = Cryptokey::new().with_active(false);
            client.modify_cryptokey(SERVER, ZONE, &id, &off).await?;
            let read = client.get_cryptokey(SERVER, ZONE, &id).await?;
            same(read.active, Some(false))?;
            client.delete_cryptokey(SERVER, ZONE, &id).await?;
            same(client.list_cryptokeys(SERVER, ZONE).await?.len(), 0)
        })
        .await?;
    checks
        .check("a key of transfers is created, read, renamed", async {
            let key = TsigKeyInput::new().with_name("one").with_algorithm("hmac-sha256");
            let made = client.create_tsig_key(SERVER, &key).await?;
            let id = there(made.id)?;
            same(client.get_tsig_key(SERVER, &id).await?.key, made.key)?;
            let again = client.create_tsig_key(SERVER, &key).await;
            refused(again, ErrorKind::Api, 409)?;
            let renamed = TsigKeyInput::new().with_name("two");
            let id = there(client.put_tsig_key(SERVER, &id, &renamed).await?.id)?;
            client.delete_tsig_key(SERVER, &id).await?;
            same(client.list_tsig_keys(SERVER).await?.len(), 0)
        })
        .await
}

async fn statistics(checks: &mut Checks, client: &Client) -> Story {
    checks
        .check("statistics of three kinds are told apart", async {
            let mut counts = [0; 3];
            for item in client.get_stats(SERVER).await? {
                let (place, kind, named) = match item {
                    GetStatsResponseItem::StatisticItem(item) => (0, item.r#type, "StatisticItem"),
                    GetStatsResponseItem::MapStatisticItem(item) => {
                        (1, item.r#type, "MapStatisticItem")
                    }
                    GetStatsResponseItem::RingStatisticItem(item) => {
                        (2, item.r#type, "RingStatisticItem")
                    }
                    _ => return Err("another kind".to_owned().into()),
                };
                same(kind.as_deref().unwrap_or_default(), named)?;
                counts[place] += 1;
            }
            same(counts.map(|count| count > 0), [true; 3])
        })
        .await?;
    checks
        .check("one is read by its name; an unknown one is a 422", async {
            same(client.get_stats(SERVER).statistic("uptime").await?.len(), 1)?;
            let reply = client.get_stats(SERVER).statistic("nothing").await;
            refused(reply, ErrorKind::Api, 422).map(drop)
        })
        .await
}

async fn refusals(checks: &mut Checks, client: &Client) -> Story {
    checks
        .check("a zone that is there is an undocumented 409", async {
            let reply = client.create_zone(SERVER, &zone()).await;
            let error = refused(reply, ErrorKind::Unexpected, 409)?;
            same(&there(error.body())?.error, "Conflict")
        })
        .await?;
    checks
        .check("a zone without a name is a 422 with its body", async {
            let reply = client.create_zone(SERVER, &Zone::new()).await;
            let error = refused(reply, ErrorKind::Api, 422)?;
            has(&there(error.body())?.error, "'name'")
        })
        .await?;
    checks
        .check("a deleted zone is a 404", async {
            client.delete_zone(SERVER, ZONE).await?;
            refused(client.list_zone(SERVER, ZONE).await, ErrorKind::Api, 404).map(drop)
        })
        .await
}

/// The client of the document as it is: a reply that the document denies is an error that says where and keeps it.
async fn without_overlay(checks: &mut Checks, decoding: Decoding) -> Story {
    use powerdns::types::{GetStatsResponseItem, Zone, ZoneKind};
    let plain = checks
        .check("without the overlay a zone is created", async {
            let key = powerdns::Credentials::new().api_key_header("secret");
            let builder = powerdns::Client::builder().base_url(server_url());
            let plain = builder.credentials(key).decoding(decoding).build()?;
            let zone = Zone::new().with_name("plain.org.");
            let zone = zone.with_kind(ZoneKind::Native);
            let made = plain.create_zone(SERVER, &zone).rrsets(false).await?;
            same(made.rrsets, None)?;
            Ok(plain)
        })
        .await?;
    checks
        .check("its records and its text are errors with paths", async {
            let reply = plain.list_zone(SERVER, "plain.org.").await;
            unreadable(reply, 200, "rrsets[0].changetype")?;
            let reply = plain.axfr_export_zone(SERVER, "plain.org.").await;
            let error = unreadable(reply, 200, "")?;
            has(&error.excerpt(), "{\"zone\": \"plain.org.")?;
            let reply = plain.rectify_zone(SERVER, "plain.org.").await;
            unreadable(reply, 200, "").map(drop)
        })
        .await?;
    checks
        .check("statistics are of the kinds that fit them", async {
            // Of a ring the size is a text, so that it is no ring, and its size is kept beside what is known of a map.
            let rings = plain.get_stats(SERVER).await?.into_iter().filter_map(|item| match item {
                GetStatsResponseItem::MapStatisticItem(item) => {
                    item.additional.get("size").cloned()
                }
                _ => None,
            });
            same(rings.collect::<Vec<_>>().contains(&"10000".into()), true)
        })
        .await?;
    checks
        .check("it is deleted", async { Ok(plain.delete_zone(SERVER, "plain.org.").await?) })
        .await
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut checks = Checks::new("powerdns");
    let Ok(client) = client(checks.decoding(), known()) else {
        return ExitCode::FAILURE;
    };
    let _ = credentials(&mut checks).await;
    let _ = about_itself(&mut checks, &client).await;
    let _ = zones(&mut checks, &client).await;
    let _ = metadata(&mut checks, &client).await;
    let _ = keys(&mut checks, &client).await;
    let _ = statistics(&mut checks, &client).await;
    let _ = refusals(&mut checks, &client).await;
    let decoding = checks.decoding();
    let _ = without_overlay(&mut checks, decoding).await;
    let _ = checks.deviated(&["createMetadata : 201"]).await;
    checks.end()
}
