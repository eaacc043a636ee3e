//! The house, over HTTP: a real server for every test, the simulator as LINE, the same tests on SQLite
//! and on PostgreSQL.
#![expect(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod account;
mod act;
mod audience;
mod contract;
mod coupon;
mod crash;
mod crowd;
mod demo;
mod desk;
mod faults;
mod fixture;
mod friends;
mod hooks;
mod ids;
mod insight;
mod layout;
mod liff;
mod link;
mod login;
mod login_line;
mod messages;
mod outbox;
mod permission;
mod program;
mod refusals;
mod rich_menu;
mod room;
mod sending;
mod simulator;
mod state;
mod webhook;
