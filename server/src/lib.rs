//! The program around the pages: the command line, the web server with its layers, the browser's files.

pub mod cli;
pub mod commands;
pub mod demo;
pub mod http;
pub mod mail;
pub mod output;
pub mod site;

pub use http::app;
