//! The native WebSocket: codec, connections, fan-out, and the reader of one socket.

pub mod codec;
pub mod conn;
pub mod hub;
pub mod reader;
