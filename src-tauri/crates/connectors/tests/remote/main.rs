//! The remote end of a session against a scripted server on a real socket.
//!
//! Nothing here sleeps: every wait is for a condition, under one time limit.

mod coming_back;
mod garbage;
mod heartbeat;
mod refused;
mod scripted;
mod speaking;
