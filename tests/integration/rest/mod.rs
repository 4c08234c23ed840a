//! The REST API from outside: what a back end written for the vendor calls.

mod back_end;
mod commands;
mod frame;
mod hostile;
mod messages;
mod withdraw;
