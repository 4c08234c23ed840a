//! The pages and their files, built into the program.
//!
//! `ui/dist` must be built before the release binary; a debug build reads the
//! folder at run time. Every page comes with a policy that runs no inline
//! script and loads nothing from elsewhere but, on the viewer page, from the
//! one origin of the stream that is set.

use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../../ui/dist"]
#[allow_missing = true]
struct Files;

/// Serves one of the three pages; `stream` is an origin it may load a picture from.
pub fn page(name: &str, headers: &HeaderMap, stream: Option<&str>) -> Response<Body> {
    match Files::get(name) {
        Some(file) => {
            let mut response = Response::new(Body::from(file.data.into_owned()));
            let out = response.headers_mut();
            out.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
            out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
            out.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
            if let Ok(policy) = HeaderValue::from_str(&policy(headers, stream)) {
                out.insert(header::CONTENT_SECURITY_POLICY, policy);
            }
            harden(out);
            response
        }
        None => plain(
            StatusCode::NOT_FOUND,
            "the pages are not built into this program; run `make build`",
        ),
    }
}

/// Serves a file of the pages: hashed assets for ever, others for an hour.
pub async fn file(Path(path): Path<String>, uri: axum::http::Uri) -> Response<Body> {
    let folder = uri.path().split('/').nth(1).unwrap_or("assets");
    serve(&format!("{folder}/{path}"))
}

/// Serves one file by its path in the built pages.
pub fn serve(path: &str) -> Response<Body> {
    let Some(file) = Files::get(path) else {
        return plain(StatusCode::NOT_FOUND, "no such file");
    };
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let mut response = Response::new(Body::from(file.data.into_owned()));
    let out = response.headers_mut();
    if let Ok(kind) = HeaderValue::from_str(kind.as_ref()) {
        out.insert(header::CONTENT_TYPE, kind);
    }
    let cache = if path.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=3600"
    };
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    harden(out);
    response
}

/// A short answer in words.
pub fn plain(status: StatusCode, text: &str) -> Response<Body> {
    let mut response = Response::new(Body::from(format!("{text}\n")));
    *response.status_mut() = status;
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    harden(out);
    response
}

fn harden(out: &mut HeaderMap) {
    out.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
}

/// The socket's address is named because older browsers do not count it as 'self'.
fn policy(headers: &HeaderMap, stream: Option<&str>) -> String {
    let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let host: String =
        host.chars().filter(|c| c.is_ascii_alphanumeric() || ".:-[]".contains(*c)).collect();
    let stream = stream.map(|origin| format!(" {origin}")).unwrap_or_default();
    format!(
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
         img-src 'self' data: blob:; media-src 'self' blob:{stream}; font-src 'self' data:; \
         connect-src 'self' ws://{host} wss://{host}{stream}; object-src 'none'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'self'"
    )
}
