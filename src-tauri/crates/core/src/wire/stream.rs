//! The stream that pages play.

use serde::{Deserialize, Serialize};

/// How a stream is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum StreamKind {
    /// HTTP Live Streaming: a playlist, `.m3u8`.
    Hls,
    /// FLV in one endless answer, `.flv`.
    Flv,
    /// What a browser plays by itself, e.g. `.mp4`.
    File,
}

/// Where the picture of the room comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct StreamInfo {
    /// `http://…`, `https://…` or a path of this server, at most 2,048 bytes;
    /// empty for no stream.
    pub address: String,
    /// How it is played. To the server: `None` has it look at the address. From
    /// the server: `None` only if there is no stream.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub kind: Option<StreamKind>,
}
