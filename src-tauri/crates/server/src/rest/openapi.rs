//! The description of this API, OpenAPI 3.1, made from the types that read and
//! write it.
//!
//! `docs/openapi.json` is the same text; `cargo gen-openapi` writes it, and a
//! test compares.

use super::table;
use axum::body::Body;
use axum::http::{HeaderValue, Response, header};
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};
use std::sync::LazyLock;

/// What stands in every answer.
const FRAME: &str = "Frame";

static TEXT: LazyLock<String> = LazyLock::new(|| {
    let mut text = serde_json::to_string_pretty(&document()).expect("JSON serialises");
    text.push('\n');
    text
});

/// The description, as it is served.
pub fn text() -> &'static str {
    &TEXT
}

/// `GET /v4/openapi.json`.
pub async fn serve() -> Response<Body> {
    let mut response = Response::new(Body::from(text()));
    let kind = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    let any = HeaderValue::from_static("*");
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, any);
    response
}

fn document() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut generator = settings.into_generator();
    let mut paths = Map::new();
    for endpoint in table::all() {
        let (request, answer) = endpoint.schemas(&mut generator);
        paths.insert(format!("/v4/{}", endpoint.path()), path(endpoint, &request, &answer));
    }
    let mut schemas: Map<String, Value> = generator.take_definitions(true).into_iter().collect();
    schemas.insert(FRAME.to_owned(), frame());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Surtitle REST API",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "The vendor's REST API, version 4, as far as it concerns live groups. \
                Every answer has HTTP status 200; what became of the call is in ErrorCode.",
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "parameters": parameters(),
        },
    })
}

fn path(
    endpoint: &table::Endpoint,
    request: &schemars::Schema,
    answer: &schemars::Schema,
) -> Value {
    let per_s = endpoint.pace().per_s();
    let (service, command) = endpoint.path().split_once('/').unwrap_or_default();
    let named = ["sdkappid", "identifier", "usersig", "random", "contenttype"];
    let parameters: Vec<Value> = named
        .iter()
        .map(|name| json!({ "$ref": format!("#/components/parameters/{name}") }))
        .collect();
    let good = json!({ "allOf": [
        { "$ref": format!("#/components/schemas/{FRAME}") },
        { "properties": { "ErrorCode": { "const": 0 } } },
        answer,
    ] });
    let bad = json!({ "allOf": [
        { "$ref": format!("#/components/schemas/{FRAME}") },
        { "properties": { "ErrorCode": { "minimum": 1 } } },
    ] });
    json!({ "post": {
        "operationId": endpoint.path().replace('/', "."),
        "summary": endpoint.about(),
        "description": format!("At most {per_s} calls a second of an app."),
        "tags": [service],
        "x-command": command,
        "parameters": parameters,
        "requestBody": {
            "required": true,
            "content": { "application/json": { "schema": request } },
        },
        "responses": { "200": {
            "description": "What became of the call.",
            "content": { "application/json": { "schema": { "oneOf": [good, bad] } } },
        } },
    } })
}

fn frame() -> Value {
    json!({
        "type": "object",
        "required": ["ActionStatus", "ErrorCode", "ErrorInfo"],
        "properties": {
            "ActionStatus": { "type": "string", "enum": ["OK", "FAIL"] },
            "ErrorCode": {
                "type": "integer", "minimum": 0,
                "description": "0, or the vendor's number of the refusal.",
            },
            "ErrorInfo": { "type": "string", "description": "What is wrong and what to do." },
        },
    })
}

fn parameters() -> Value {
    let query = |name: &str, required: bool, about: &str, schema: Value| {
        json!({
            "name": name, "in": "query", "required": required,
            "description": about, "schema": schema,
        })
    };
    let text = json!({ "type": "string" });
    let number = json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX });
    json!({
        "sdkappid": query("sdkappid", true, "The app.", number.clone()),
        "identifier": query("identifier", true, "An admin of the app.", text.clone()),
        "usersig": query("usersig", true, "A signature for that admin.", text),
        "random": query("random", false, "Any number, against caches.", number),
        "contenttype": query("contenttype", false, "The type of the body.", json!({ "const": "json" })),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn docs_have_the_description_of_this_code() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/openapi.json");
        if std::env::var_os("SURTITLE_UPDATE").is_some() {
            std::fs::write(&path, text()).expect("docs are writable");
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == text(), "docs/openapi.json is old; run `cargo gen-openapi`");
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let document = document();
        let schemas = document["components"]["schemas"].as_object().expect("schemas");
        let text = text();
        for part in text.split("\"#/components/schemas/").skip(1) {
            let name = part.split('"').next().unwrap_or_default();
            assert!(schemas.contains_key(name), "{name}");
        }
    }
}
