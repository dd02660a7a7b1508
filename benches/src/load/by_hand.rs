//! The service by hand: extractors of axum and the derived codec of serde.

use axum::extract::{Path, RawQuery};
use axum::http::header::ACCEPT;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

/// A pet.
#[derive(Serialize, Deserialize)]
pub struct Pet {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its weight in kilograms.
    pub weight: f64,
    /// Labels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
}

/// The same service by hand.
pub fn router() -> Router {
    Router::new()
        .route("/owners/{owner}/pets", get(list))
        .route("/pets", post(create))
        .route("/pets/{id}", get(one))
}

fn pet(id: i64) -> Pet {
    Pet { id, name: format!("pet {id}"), weight: 4.5, tags: Some(vec!["a".into(), "b".into()]) }
}

/// True if the caller accepts JSON. Nearly all state just that, accept anything, or say nothing.
fn accepts_json(headers: &HeaderMap) -> bool {
    let Some(accept) = headers.get(ACCEPT) else {
        return true;
    };
    let ranges = accept.to_str().unwrap_or_default().split(',');
    let mut ranges = ranges.map(|range| range.split(';').next().unwrap_or_default().trim());
    ranges.any(|range| matches!(range, "application/json" | "application/*" | "*/*"))
}

async fn one(Path(id): Path<i64>, headers: HeaderMap) -> Response {
    if !accepts_json(&headers) {
        return StatusCode::NOT_ACCEPTABLE.into_response();
    }
    Json(pet(id)).into_response()
}

async fn list(
    Path(_owner): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let query = query.unwrap_or_default();
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let mut limit = 10;
    for (name, value) in pairs {
        if name == "limit" {
            match value.parse::<i64>() {
                Ok(value) => limit = value,
                Err(_) => return StatusCode::BAD_REQUEST.into_response(),
            }
        }
    }
    if !accepts_json(&headers) {
        return StatusCode::NOT_ACCEPTABLE.into_response();
    }
    if headers.get("x-trace").is_some_and(|trace| trace.is_empty()) {
        return StatusCode::BAD_REQUEST.into_response();
    }
    let pets: Vec<Pet> = (0..limit).map(pet).collect();
    ([("x-total", limit.to_string())], Json(pets)).into_response()
}

async fn create(headers: HeaderMap, Json(pet): Json<Pet>) -> Response {
    if !accepts_json(&headers) {
        return StatusCode::NOT_ACCEPTABLE.into_response();
    }
    (StatusCode::CREATED, Json(pet)).into_response()
}
