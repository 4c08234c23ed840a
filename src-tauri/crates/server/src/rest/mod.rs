//! Calls of back ends.

use crate::sdk::query::Query;
use crate::state::State;
use bytes::Bytes;
use std::net::IpAddr;
use std::sync::Arc;
use surtitle_tim::code::Code;
use surtitle_tim::frame;

/// One call.
#[derive(Debug)]
pub struct Call {
    /// The path's second part.
    pub service: String,
    /// The path's third part.
    pub command: String,
    /// Who calls, and for which app.
    pub query: Query,
    /// JSON, at most 1 MB.
    pub body: Bytes,
    /// Where it comes from.
    pub ip: Option<IpAddr>,
}

/// Carries a call out and returns the body of its answer.
pub async fn call(state: &Arc<State>, call: Call) -> Bytes {
    let app = state.apps.get(call.query.number("sdkappid"));
    let code = if app.is_none() { Code::RestApp } else { Code::RestPath };
    let Call { service, command, body, ip, .. } = &call;
    tracing::debug!("rest: {ip:?} calls {service}/{command} with {} bytes", body.len());
    frame::refuse_body(&code.into()).into()
}
