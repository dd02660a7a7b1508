//! A small greenhouse, described with utoipa; `cargo run > openapi.json` writes its document.
#![allow(dead_code)]

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa::{IntoParams, Modify, OpenApi, ToSchema};
use uuid::Uuid;

/// A plant in the house.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Plant {
    id: Uuid,
    /// Its botanical name.
    #[schema(example = "Monstera deliciosa", min_length = 1)]
    name: String,
    nickname: Option<String>,
    planted: NaiveDate,
    last_watered: Option<DateTime<Utc>>,
    kind: Kind,
    /// The plant that this one was cut from.
    #[schema(no_recursion)]
    parent: Option<Box<Plant>>,
    labels: BTreeMap<String, String>,
    /// Latitude and longitude.
    place: Option<(f64, f64)>,
    #[schema(value_type = Object)]
    extra: serde_json::Value,
}

/// The sort of a plant.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Fern,
    Succulent,
    ClimbingPlant,
}

/// An event in the life of a plant.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Event {
    Watered { litres: f32, at: DateTime<Utc> },
    Moved { from: u32, to: u32 },
    Died,
}

/// A reading: a number, or why there is none.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
enum Reading {
    Value(f64),
    Missing { reason: String },
}

#[derive(Serialize, Deserialize, ToSchema)]
struct NewPlant {
    name: String,
    kind: Kind,
    #[schema(minimum = 0, maximum = 400)]
    height_cm: Option<u16>,
}

/// One page of a list.
#[derive(Serialize, Deserialize, ToSchema)]
struct Page<T> {
    items: Vec<T>,
    next: Option<String>,
}

#[derive(Serialize, Deserialize, ToSchema)]
struct Problem {
    code: i32,
    message: String,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// Plants of these kinds alone.
    kind: Option<Vec<Kind>>,
    after: Option<String>,
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

#[utoipa::path(get, path = "/plants", params(Filter), tag = "plants",
    responses((status = 200, description = "A page of plants", body = Page<Plant>)))]
fn list_plants() {}

#[utoipa::path(post, path = "/plants", tag = "plants", request_body = NewPlant, security(("token" = [])),
    responses((status = 201, description = "Planted", body = Plant, headers(("location" = String, description = "Where it is"))),
        (status = "4XX", description = "Not planted", body = Problem)))]
fn add_plant() {}

#[utoipa::path(get, path = "/plants/{id}", tag = "plants", params(("id" = Uuid, Path, description = "Which plant")),
    responses((status = 200, description = "The plant", body = Plant), (status = 404, description = "None", body = Problem)))]
fn get_plant() {}

#[utoipa::path(post, path = "/plants/{id}/events", tag = "events", params(("id" = Uuid, Path)), request_body = Vec<Event>,
    security(("token" = []), ("key" = [])), responses((status = 204, description = "Kept")))]
fn add_events() {}

#[utoipa::path(get, path = "/plants/{id}/readings", tag = "events", params(("id" = Uuid, Path), ("x-unit" = Option<String>, Header)),
    responses((status = 200, description = "The readings by sensor", body = BTreeMap<String, Reading>)))]
fn readings() {}

#[utoipa::path(put, path = "/plants/{id}/photo", tag = "plants", params(("id" = Uuid, Path)),
    request_body(content = Vec<u8>, content_type = "image/jpeg"),
    responses((status = 200, description = "Kept", content((String = "text/plain"), (Problem = "application/json")))))]
fn put_photo() {}

#[utoipa::path(delete, path = "/plants/{id}", tag = "plants", params(("id" = Uuid, Path)),
    responses((status = 204, description = "Gone")))]
fn remove_plant() {}

struct Credentials;

impl Modify for Credentials {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_with(Default::default);
        let token = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        components.add_security_scheme("token", token);
        let key = SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::new("X-Key")));
        components.add_security_scheme("key", key);
    }
}

#[derive(OpenApi)]
#[openapi(
    paths(list_plants, add_plant, get_plant, remove_plant, add_events, readings, put_photo),
    modifiers(&Credentials),
    tags((name = "plants", description = "What grows"), (name = "events", description = "What happens"))
)]
struct Document;

fn main() {
    let text = Document::openapi().to_pretty_json();
    println!("{}", text.unwrap_or_default());
}
