//! Rebuilds the crate when a criteria file comes or goes; `include_dir!` itself notices only changed ones.

fn main() {
    println!("cargo::rerun-if-changed=criteria");
}
