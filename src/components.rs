//! One file per component: props in, callbacks out; no session, no fetch.

pub mod avatar;
pub mod badge;
pub mod button;
pub mod chip;
pub mod columns;
pub mod dialog;
pub mod field;
pub mod focus;
pub mod icon;
pub mod kept;
pub mod live;
pub mod menu;
pub mod notice;
pub mod number;
pub mod palette;
pub mod pane;
pub mod piece;
pub mod relation;
pub mod rows;
pub mod segmented;
pub mod shortcuts;
pub mod slot;
pub mod tabs;

pub mod grid;
pub mod nav;
pub mod tree;
pub mod window;

pub mod change;
pub mod chart;
pub mod finding;
pub mod http;
pub mod matrix;
pub mod path;
pub mod picture;
pub mod query;
pub mod stat;
pub mod verdict;

pub mod compare;
pub mod connection;
pub mod file;
pub mod progress;
