//! The vendor's vocabulary, pure: what its SDKs and back ends say, read and
//! written without IO.
//!
//! Names, numbers and codes here are the vendor's own. Nothing reads a clock
//! or draws randomness: time is an argument.
#![warn(missing_docs)]

pub mod body;
pub mod code;
pub mod frame;
pub mod group;
pub mod hook;
pub mod item;
pub mod map;
pub mod usersig;
