//! Alertmanager: silences are made, listed, read, changed and expired; alerts are posted, listed, silenced and grouped.

mod checks;

use alertmanager::runtime::value::{DateTime, Uuid};
use alertmanager::runtime::ErrorKind;
use alertmanager::types::{
    AlertStatusState, ClusterStatusStatus, LabelSet, Matcher, PostableAlert, PostableSilence,
    SilenceStatusState,
};
use alertmanager::Client;
use checks::{has, refused, same, server_url, there, Checks, Outcome, Story};
use std::process::ExitCode;
use std::time::{Duration, SystemTime};

/// The instant that is so many minutes from now, without the part of a second, which Alertmanager shortens.
fn minutes(count: i64) -> DateTime {
    let now = SystemTime::UNIX_EPOCH.elapsed().map_or(0, |since| since.as_secs() as i64);
    DateTime::from_timestamp(now + 60 * count, 0).unwrap_or_default()
}

fn matchers(alert: &str) -> Vec<Matcher> {
    vec![
        Matcher::new(false, "alertname".to_owned(), alert.to_owned()),
        Matcher::new(true, "zone".to_owned(), "north|süd".to_owned()).with_is_equal(false),
    ]
}

fn silence(alert: &str, comment: &str) -> PostableSilence {
    let author = "Zoë".to_owned();
    PostableSilence::new(comment.to_owned(), author, minutes(60), matchers(alert), minutes(0))
}

fn alert(name: &str) -> PostableAlert {
    let mut labels = LabelSet::default();
    labels.insert("alertname".to_owned(), name.to_owned());
    PostableAlert::new(labels)
        .with_ends_at(minutes(30))
        .with_generator_url("http://localhost/é?a=b")
}

async fn about_itself(checks: &mut Checks, client: &Client) -> Story {
    checks
        .check("the status is read, with instants and enums", async {
            let status = client.get_status().await?;
            same(&status.cluster.status, &ClusterStatusStatus::Disabled)?;
            same(status.version_info.version.is_empty(), false)?;
            same(status.uptime <= minutes(1), true)
        })
        .await?;
    checks
        .check("its receivers are listed", async {
            let names: Vec<_> =
                client.get_receivers().await?.into_iter().map(|receiver| receiver.name).collect();
            same(names, ["nobody".to_owned()])
        })
        .await
}

async fn silences(checks: &mut Checks, client: &Client) -> Story {
    let made = silence("DiskFull", "the disk, \"sda\"");
    let id = checks
        .check("a silence is created", async {
            let id = there(client.post_silences(&made).await?.silence_id)?;
            Uuid::parse_str(&id).map_err(|error| error.to_string().into())
        })
        .await?;
    checks
        .check("it is listed, by filters with quotes and umlauts", async {
            let filters = ["alertname=\"DiskFull\"", "zone!~\"north|süd\""].map(str::to_owned);
            let silences = client.get_silences().filter(&filters).await?;
            same(
                silences.iter().map(|silence| silence.id.clone()).collect::<Vec<_>>(),
                [id.to_string()],
            )?;
            let others = client.get_silences().filter(&["alertname=\"Other\"".to_owned()]).await?;
            same(others.len(), 0)
        })
        .await?;
    checks
        .check("it is read as it was written", async {
            let read = client.get_silence(id).await?;
            same((&read.comment, &read.created_by), (&made.comment, &made.created_by))?;
            same(
                read.matchers.iter().map(Matcher::is_equal_or_default).collect::<Vec<_>>(),
                [true, false],
            )?;
            same(
                read.matchers.iter().map(|matcher| &matcher.value).collect::<Vec<_>>(),
                ["DiskFull", "north|süd"],
            )?;
            same(&read.ends_at, &made.ends_at)?;
            same(&read.status.state, &SilenceStatusState::Active)
        })
        .await?;
    checks
        .check("it is updated", async {
            let changed = silence("DiskFull", "still").with_id(id.to_string());
            let id = client.post_silences(&changed).await?.silence_id;
            let read = client
                .get_silence(Uuid::parse_str(&there(id)?).map_err(|error| error.to_string())?)
                .await?;
            same(&read.comment, &"still".to_owned())
        })
        .await?;
    checks
        .check("it is deleted, which leaves it expired", async {
            client.delete_silence(id).await?;
            same(client.get_silence(id).await?.status.state, SilenceStatusState::Expired)
        })
        .await
}

async fn refusals(checks: &mut Checks, client: &Client) -> Story {
    checks
        .check("an unknown silence is a 404 without a body", async {
            let error = refused(client.get_silence(Uuid::nil()).await, ErrorKind::Api, 404)?;
            same((error.body(), error.raw_body().len()), (None, 0))
        })
        .await?;
    checks
        .check("an update of an unknown one is a 404 with text", async {
            let unknown = silence("DiskFull", "unknown").with_id(Uuid::nil().to_string());
            let error = refused(client.post_silences(&unknown).await, ErrorKind::Api, 404)?;
            has(there(error.body())?, "not found")
        })
        .await?;
    checks
        .check("one that ends before it begins is a 400", async {
            let mut backwards = silence("DiskFull", "backwards");
            backwards.ends_at = DateTime::default();
            let error = refused(client.post_silences(&backwards).await, ErrorKind::Api, 400)?;
            has(there(error.body())?, "end time")
        })
        .await?;
    checks
        .check("a filter that is none is a 400 with text", async {
            let call = client.get_alerts().filter(&["=".to_owned()]);
            let error = refused(call.await, ErrorKind::Api, 400)?;
            has(there(error.body())?, "bad matcher")
        })
        .await
}

/// The state of the one alert of this name.
async fn state(client: &Client, name: &str) -> Outcome<AlertStatusState> {
    let alerts = client.get_alerts().filter(&[format!("alertname=\"{name}\"")]).await?;
    same(alerts.len(), 1)?;
    Ok(there(alerts.into_iter().next())?.status.state)
}

async fn alerts(checks: &mut Checks, client: &Client) -> Story {
    checks
        .check("alerts are posted as a list", async {
            Ok(client.post_alerts(&[alert("Hot"), alert("Cold")]).await?)
        })
        .await?;
    checks
        .check("they are listed, by flags and by receiver", async {
            let all = client.get_alerts().active(true).receiver("nob.dy").await?;
            let mut names: Vec<_> =
                all.iter().filter_map(|alert| alert.labels.get("alertname")).collect();
            names.sort();
            same(names, ["Cold", "Hot"])?;
            let urls = all.iter().filter_map(|alert| alert.generator_url.as_deref());
            same(urls.collect::<Vec<_>>(), ["http://localhost/é?a=b"; 2])?;
            same(client.get_alerts().active(false).await?.len(), 0)
        })
        .await?;
    checks
        .check("one is suppressed by a silence", async {
            client.post_silences(&silence("Hot", "summer")).await?;
            // The server applies silences by a clock of its own, and does not report when it has.
            for _ in 0..100 {
                if state(client, "Hot").await? == AlertStatusState::Suppressed {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            same(state(client, "Hot").await?, AlertStatusState::Suppressed)
        })
        .await?;
    checks
        .check("they are read in their groups", async {
            let groups = client.get_alert_groups().await?;
            let sizes: Vec<_> = groups
                .iter()
                .map(|group| (group.receiver.name.as_str(), group.alerts.len()))
                .collect();
            same(sizes, [("nobody", 2)])
        })
        .await
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut checks = Checks::new("alertmanager");
    let builder = Client::builder().base_url(server_url()).decoding(checks.decoding());
    let Ok(client) = builder.build() else {
        return ExitCode::FAILURE;
    };
    // A story that breaks off has said so, and the others do not need it.
    let _ = about_itself(&mut checks, &client).await;
    let _ = silences(&mut checks, &client).await;
    let _ = refusals(&mut checks, &client).await;
    let _ = alerts(&mut checks, &client).await;
    let _ = checks.deviated(&[]).await;
    checks.end()
}
