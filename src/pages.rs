//! One file per route.

pub mod check;
pub mod columns;
pub mod compare;
pub mod connections;
pub mod findings;
pub mod gallery;
pub mod group;
pub mod groups;
pub mod hierarchy;
pub mod link;
pub mod live;
pub mod managers;
pub mod matrix;
pub mod more;
pub mod nowhere;
pub mod overview;
pub mod request;
pub mod saved;
pub mod user;
pub mod users;
pub mod verify;
pub mod what_if;
