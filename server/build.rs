//! Lets the server compile before `cargo xtask site` was run, and compiles it again when the site changed.

use std::{env, fs, path::Path};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let site = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../target/site/pkg");
    fs::create_dir_all(&site)?;
    println!("cargo::rerun-if-changed={}", site.display());
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}
