//! The house, over HTTP: a real server for every test, the simulator as LINE, the same tests on SQLite
//! and on PostgreSQL.
#![expect(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod account;
mod act;
mod assign;
mod audience;
mod audit;
mod compose;
mod contract;
mod counted;
mod coupon;
mod crash;
mod crowd;
mod demo;
mod desk;
mod faults;
mod fixture;
mod friends;
mod gone;
mod history;
mod hooks;
mod ids;
mod insight;
mod kin;
mod layout;
mod liff;
mod link;
mod login;
mod login_line;
mod messages;
mod notes;
mod outbox;
mod permission;
mod presence;
mod program;
mod refusals;
mod rich_menu;
mod room;
mod saved;
mod search;
mod sending;
mod simulator;
mod state;
mod two_step;
mod webhook;
