//! Makes `target/site/pkg`: the islands as WebAssembly with their glue, the style sheet, the static
//! files, and a brotli copy beside each. Does nothing when nothing changed.

use crate::{
    Result,
    toolchain::{self, Compiler},
};
use std::{
    env, fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};
use wasm_bindgen_cli_support::{Bindgen, Output};

/// Also in `.cargo/config.toml` and the server's `LeptosOptions`.
const NAME: &str = "pause";
const SITE: &str = "target/site";
/// Where the next site is made, so that a failed build leaves the last one whole.
const NEXT: &str = "target/front/site";
const STAMP: &str = "target/front/site.stamp";
const WASM: &str = "target/front/wasm32-unknown-unknown/wasm-release/app.wasm";
const CSS: &str = "style/dist/app.css";
const STATIC: &str = "style/static";

/// Builds the site if anything in it changed.
///
/// # Errors
/// When there is no compiler for the browser, when the islands do not compile, or on a full disk.
pub fn build() -> Result<()> {
    compile()?;
    let stamp = stamp()?;
    if Path::new(SITE).join("pkg").join(format!("{NAME}.wasm")).exists()
        && fs::read_to_string(STAMP).is_ok_and(|last| last == stamp)
    {
        return Ok(());
    }
    let start = Instant::now();
    let pkg = Path::new(NEXT).join("pkg");
    empty(&pkg)?;
    bundle(&pkg)?;
    copy_assets(&pkg)?;
    compress(&pkg)?;
    remove(Path::new(SITE))?;
    fs::rename(NEXT, SITE)?;
    fs::write(STAMP, stamp)?;
    eprintln!("xtask: {SITE} made in {:.1} s", start.elapsed().as_secs_f64());
    Ok(())
}

/// The islands alone, always optimised: a debug build is 15 MB and starts in seconds.
fn compile() -> Result<()> {
    let mut cargo = cargo("rustc");
    // said here and not in app/Cargo.toml, or every build of the server would link a second library
    cargo.args(["--crate-type", "cdylib"]);
    toolchain::ensure()?.apply(&mut cargo);
    succeed(cargo, "the browser's part does not compile")
}

/// Clippy on the browser's part.
///
/// # Errors
/// When clippy has something to say.
pub fn lint() -> Result<()> {
    if let Compiler::At(rustc) = toolchain::ensure()? {
        eprintln!(
            "xtask: {} has no clippy, so the browser's part is not looked at",
            rustc.display()
        );
        return Ok(());
    }
    let mut cargo = cargo("clippy");
    cargo.args(["--", "-D", "warnings"]);
    succeed(cargo, "clippy found something in the browser's part")
}

/// Returns a cargo command on the islands; the same arguments everywhere, so that crates are compiled once.
fn cargo(command: &str) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args([
            command,
            "--package",
            "app",
            "--lib",
            "--no-default-features",
            "--features",
            "hydrate",
        ])
        .args([
            "--target",
            toolchain::TARGET,
            "--profile",
            "wasm-release",
            "--target-dir",
            "target/front",
        ]);
    cargo
}

fn succeed(mut command: Command, otherwise: &str) -> Result<()> {
    if command.status()?.success() {
        Ok(())
    } else {
        Err(otherwise.into())
    }
}

/// Changes whenever a file that goes into the site, or this program, changes.
fn stamp() -> Result<String> {
    let mut hasher = DefaultHasher::new();
    fs::metadata(env::current_exe()?)?.modified()?.hash(&mut hasher);
    for file in [vec![WASM.into(), CSS.into()], files(Path::new(STATIC))?].concat() {
        file.hash(&mut hasher);
        fs::read(&file)?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn bundle(pkg: &Path) -> Result<()> {
    let mut made = Bindgen::new()
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .input_path(WASM)
        .out_name(NAME)
        .generate_output()?;
    let glue = with_short_imports(&mut made)?;
    made.emit(pkg)?;
    // the name Leptos asks for when LEPTOS_OUTPUT_NAME is set
    fs::rename(pkg.join(format!("{NAME}_bg.wasm")), pkg.join(format!("{NAME}.wasm")))?;
    fs::write(pkg.join(format!("{NAME}.js")), without_comments(&glue))?;
    Ok(())
}

/// Gives everything that the WebAssembly imports a name of a few letters, and returns the glue with the same names: those of
/// wasm-bindgen hold hashes, which do not compress and stand in both files.
fn with_short_imports(made: &mut Output) -> Result<String> {
    let mut glue = made.js().to_owned();
    for (place, import) in made.wasm_mut().imports.iter_mut().enumerate() {
        let (long, short) = (format!("{}:", import.name), format!("i{place}"));
        if glue.matches(&long).count() != 1 {
            return Err(format!("the glue does not define {} as it used to", import.name).into());
        }
        glue = glue.replace(&long, &format!("{short}:"));
        import.name = short;
    }
    Ok(glue)
}

/// Drops comment lines, blank lines and indentation; keeps every line break, so that no statement changes.
/// The glue that wasm-bindgen writes has comments on lines of their own and no text over several lines.
fn without_comments(script: &str) -> String {
    let mut in_comment = false;
    let mut kept = String::with_capacity(script.len());
    for line in script.lines().map(str::trim) {
        in_comment |= line.starts_with("/*");
        if !(in_comment || line.is_empty() || line.starts_with("//")) {
            kept.push_str(line);
            kept.push('\n');
        }
        in_comment &= !line.ends_with("*/");
    }
    kept
}

fn copy_assets(pkg: &Path) -> Result<()> {
    fs::copy(CSS, pkg.join(format!("{NAME}.css")))?;
    for file in files(Path::new(STATIC))? {
        fs::copy(&file, pkg.join(file.file_name().ok_or("a file without a name")?))?;
    }
    Ok(())
}

/// Quality 11 here, once, instead of a lower one at every request.
fn compress(pkg: &Path) -> Result<()> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    for file in files(pkg)? {
        let mut small = Vec::new();
        brotli::BrotliCompress(&mut fs::read(&file)?.as_slice(), &mut small, &params)?;
        eprintln!(
            "xtask: {} {} bytes, {} in brotli",
            file.display(),
            fs::metadata(&file)?.len(),
            small.len()
        );
        let mut name = file.into_os_string();
        name.push(".br");
        fs::write(name, small)?;
    }
    Ok(())
}

/// Returns the folder's own files, in the order of their names; none when there is no folder.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn empty(folder: &Path) -> Result<()> {
    remove(folder)?;
    Ok(fs::create_dir_all(folder)?)
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        Ok(fs::remove_dir_all(folder)?)
    } else {
        Ok(())
    }
}
