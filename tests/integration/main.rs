//! The whole program from outside: a real process, real sockets, real files.

mod absence;
mod app_hooks;
mod app_isolation;
mod apps;
mod bad_http;
mod bad_input;
mod counts;
mod direct;
mod durable;
mod event_hooks;
mod flood;
mod fuzz;
mod guard;
mod harness;
mod hook_flood;
mod hooks;
mod invariants;
mod orders;
mod remote;
mod rest;
mod roles;
mod room;
mod sdk_http;
mod sdk_refusals;
mod slow;
mod start;
