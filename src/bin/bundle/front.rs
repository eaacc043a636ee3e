//! Rust to WebAssembly and its JavaScript: cargo, wasm-split, wasm-bindgen, wasm-opt.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, anyhow, ensure};
use sha2::{Digest, Sha256};
use wasm_bindgen_cli_support::Bindgen;
use wasm_split_cli_support::{Options, transform};

use crate::Mode;

const TARGET: &str = "wasm32-unknown-unknown";

/// What every target feature of Rust's wasm32 is called by wasm-opt. It refuses code that uses one it was not told of.
const WASM_FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// The finished browser program, before it is named and compressed.
pub struct Front {
    /// Folder with `engawa.js`, `engawa_bg.wasm`, the parts that are fetched later, `__wasm_split.js` that
    /// fetches them, and maybe `snippets/`.
    pub folder: PathBuf,
    /// The files of each part by the name of its function (`#[lazy]`), without their `.wasm`.
    pub parts: Parts,
}

/// See [`Front::parts`].
pub type Parts = BTreeMap<String, Vec<String>>;

/// Where the parts are noted for the next run.
const PARTS: &str = "parts.json";

/// Compiles the library for the browser and prepares it for the web.
///
/// # Errors
/// When cargo or wasm-bindgen fail, or wasm-opt is there and fails. An absent wasm-opt is a warning.
pub fn build(root: &Path, mode: Mode) -> Result<Front> {
    let target_dir = root.join("target/front");
    let wasm = compile(root, &target_dir, mode)?;
    let folder = target_dir.join(format!("out-{}", mode.name()));
    let optimiser = if mode == Mode::Release { find_wasm_opt(root) } else { None };

    let stamp_file = folder.join("stamp");
    let stamp = stamp(&wasm, optimiser.as_deref())?;
    if fs::read_to_string(&stamp_file).is_ok_and(|old| old == stamp) {
        let parts = fs::read(folder.join(PARTS)).context("reading the list of parts")?;
        return Ok(Front { folder, parts: serde_json::from_slice(&parts)? });
    }

    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("clearing {}", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
    let (main, parts) = split(&wasm, &folder)?;
    bind(&main, &folder, mode)?;
    fs::remove_file(&main)?;
    match &optimiser {
        Some(tool) => {
            for file in fs::read_dir(&folder)? {
                let path = file?.path();
                if path.extension().is_some_and(|ending| ending == "wasm") {
                    optimise(tool, &path)?;
                }
            }
        }
        None if mode == Mode::Release => {
            eprintln!(
                "bundle: warning: no wasm-opt in end2end/node_modules/.bin or PATH; the wasm will be about a quarter larger"
            );
        }
        None => {}
    }
    fs::write(folder.join(PARTS), serde_json::to_vec(&parts)?)?;
    // Written last: a build that was cut short is done again.
    fs::write(&stamp_file, stamp)?;
    Ok(Front { folder, parts })
}

/// Runs cargo in a target folder of its own, so that two sets of features do not evict each other's builds.
fn compile(root: &Path, target_dir: &Path, mode: Mode) -> Result<PathBuf> {
    let profile = match mode {
        Mode::Dev => "dev",
        Mode::Release => "wasm-release",
    };
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .current_dir(root)
        // `rustc --crate-type cdylib` and not `build`: a second crate type would switch link-time optimisation off.
        .args(["rustc", "--lib", "--crate-type", "cdylib", "--target", TARGET])
        .args(["--no-default-features", "--features", "hydrate", "--profile", profile, "--target-dir"])
        .arg(target_dir)
        // What splitting goes by.
        .args(["--", "-C", "link-args=--emit-relocs"]);
    // Debian's rustc brings no rust-lld.
    let linker = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER";
    if env::var_os(linker).is_none() && find_in_path("wasm-ld-22").is_some() {
        cargo.env(linker, "wasm-ld-22");
    }
    let status = cargo.status().context("starting cargo")?;
    ensure!(status.success(), "cargo could not build the browser side");

    let folder = if mode == Mode::Dev { "debug" } else { profile };
    let wasm = target_dir.join(TARGET).join(folder).join("engawa.wasm");
    ensure!(wasm.exists(), "cargo wrote no {}", wasm.display());
    Ok(wasm)
}

/// Cuts the program at its `#[lazy]` functions. Answers the file of the main part, which wasm-bindgen has to see.
fn split(wasm: &Path, folder: &Path) -> Result<(PathBuf, Parts)> {
    let input = fs::read(wasm).with_context(|| format!("reading {}", wasm.display()))?;
    let main = folder.join("engawa.wasm");
    let mut options = Options::new(&input);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = "./engawa.js";
    let made = transform(options).map_err(|error| anyhow!("wasm-split: {error:#}"))?;
    Ok((main, made.prefetch_map.into_iter().collect()))
}

fn bind(wasm: &Path, folder: &Path, mode: Mode) -> Result<()> {
    Bindgen::new()
        .input_path(wasm)
        .out_name("engawa")
        .web(true)?
        .typescript(false)
        // The parts import these by their names.
        .keep_lld_exports(true)
        .demangle(false)
        // The page names the wasm itself: `init({ module_or_path })`. Its name holds a hash the glue cannot know.
        .omit_default_module_path(true)
        .remove_producers_section(true)
        .remove_name_section(mode == Mode::Release)
        .generate(folder)
        .context("wasm-bindgen")
}

fn optimise(tool: &Path, wasm: &Path) -> Result<()> {
    let smaller = wasm.with_extension("opt.wasm");
    let status = Command::new(tool)
        .arg("-Oz")
        .args(WASM_FEATURES)
        .arg(wasm)
        .arg("-o")
        .arg(&smaller)
        .status()
        .with_context(|| format!("starting {}", tool.display()))?;
    ensure!(status.success(), "wasm-opt failed");
    fs::rename(&smaller, wasm)?;
    Ok(())
}

/// Says what the output was made from: input, optimiser and the flags in this very file.
fn stamp(wasm: &Path, optimiser: Option<&Path>) -> Result<String> {
    let mut hash = Sha256::new();
    hash.update(fs::read(wasm).with_context(|| format!("reading {}", wasm.display()))?);
    hash.update(include_bytes!("front.rs"));
    hash.update(optimiser.map(|tool| tool.as_os_str().as_encoded_bytes()).unwrap_or_default());
    Ok(crate::site::hex(&hash.finalize()))
}

fn find_wasm_opt(root: &Path) -> Option<PathBuf> {
    let local = root.join("end2end/node_modules/.bin/wasm-opt");
    if local.exists() { Some(local) } else { find_in_path("wasm-opt") }
}

fn find_in_path(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(name)).find(|file| file.is_file())
}
