//! Tells cargo when the server has to embed the site anew.

use std::{env, fs, path::Path, time::SystemTime};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // Only a release server embeds target/site. For the browser side and the bundler the manifest is a
    // product, not an input: watching it would build them again and again.
    let embeds =
        env::var_os("CARGO_FEATURE_SSR").is_some() && env::var("PROFILE").is_ok_and(|profile| profile == "release");
    if !embeds {
        return;
    }
    let manifest = Path::new("target/site/manifest.json");
    if !manifest.exists() {
        // A file that is missing would make cargo run this script every time.
        if let Err(error) = write_placeholder(manifest) {
            println!("cargo:warning=cannot write {}: {error}", manifest.display());
        }
    }
    println!("cargo:rerun-if-changed={}", manifest.display());
}

fn write_placeholder(manifest: &Path) -> std::io::Result<()> {
    fs::create_dir_all("target/site")?;
    fs::write(manifest, "{}\n")?;
    // Older than this run, else cargo would take it for a change and build once more.
    fs::File::options().write(true).open(manifest)?.set_modified(SystemTime::UNIX_EPOCH)
}
