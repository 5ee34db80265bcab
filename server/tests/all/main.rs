//! The whole program, from outside: requests to the router that `serve` runs, and the binary itself.

mod cli;
mod headers;
mod limits;
mod sign_in;
mod site;
mod walk;
mod world;
