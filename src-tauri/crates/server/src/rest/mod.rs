//! What back ends call: the vendor's REST API, version 4.
//!
//! [`frame`] reads the HTTP side and decides in a written order whether a call
//! is one; [`table`] names every command. A command is a structure of the
//! fields it takes with one function, in the file of its noun; its answer is
//! another structure. [`openapi`] describes both from the same types.

mod accounts;
mod attributes;
mod avchatroom;
mod call;
mod counters;
mod direct;
mod frame;
mod groups;
mod limits;
mod members;
mod messages;
mod nospeaking;
mod openapi;
mod profiles;
mod refused;
mod table;
mod withdraw;

pub use frame::call;
pub use limits::Limits;
pub use openapi::serve as description;
