//! `target/site`: names that hold a hash of the content, the manifest that tells them, compressed twins.

use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::{Mode, front::Front};

/// Hex digits of SHA-256 in a name: 40 bits, where a clash among a few dozen files is out of question.
const HASH_DIGITS: usize = 10;

/// File endings worth compressing; pictures and fonts are compressed already.
const COMPRESSIBLE: [&str; 8] = ["wasm", "js", "css", "svg", "json", "webmanifest", "html", "txt"];

/// What was written, for the closing table.
pub struct Site {
    rows: Vec<(String, usize, Option<usize>)>,
}

/// Writes the site and removes what the last build left behind.
///
/// # Errors
/// When a file cannot be read or written.
pub fn assemble(root: &Path, mode: Mode, front: &Front, css: &str) -> Result<Site> {
    let mut files = BTreeMap::new();
    let mut names = BTreeMap::new();

    // The parts of the program name each other, so they keep their names in a folder whose name is their hash.
    let mut program = BTreeMap::new();
    read_tree(&front.folder, "", &mut program)?;
    program.retain(|name, _| name.ends_with(".js") || name.ends_with(".wasm"));
    let folder = format!("pkg/{}", &digest(&program)[..HASH_DIGITS]);
    for (name, bytes) in program {
        files.insert(format!("{folder}/{name}"), bytes);
    }
    names.insert("js", format!("/{folder}/engawa.js"));
    names.insert("wasm", format!("/{folder}/engawa_bg.wasm"));
    let sheet = format!("pkg/engawa.{}.css", short_hash(css.as_bytes()));
    names.insert("css", format!("/{sheet}"));
    files.insert(sheet, css.as_bytes().to_vec());
    read_tree(&root.join("public"), "", &mut files)?;
    if let Some(sprite) = files.remove("icons.svg") {
        let name = format!("icons.{}.svg", short_hash(&sprite));
        names.insert("icons", format!("/{name}"));
        files.insert(name, sprite);
    }

    // The server is rebuilt when the manifest changes, so it has to change with every file.
    names.insert("mode", mode.name().to_owned());
    names.insert("digest", digest(&files)[..HASH_DIGITS].to_owned());

    let folder = root.join("target/site");
    let rows = write_all(&folder, mode, &files)?;
    let mut manifest = serde_json::to_value(&names)?;
    manifest["parts"] = serde_json::to_value(&front.parts)?;
    let manifest = manifest.to_string() + "\n";
    write_if_new(&folder.join("manifest.json"), manifest.as_bytes())?;
    Ok(Site { rows })
}

impl Site {
    /// Prints name, bytes as they are and bytes after Brotli (`-` where nothing was compressed).
    pub fn print(&self) {
        println!("{:<38} {:>10} {:>10}", "target/site", "bytes", "brotli");
        for (name, raw, brotli) in &self.rows {
            println!("{name:<38} {raw:>10} {:>10}", brotli.map_or_else(|| "-".to_owned(), |size| size.to_string()));
        }
    }
}

fn write_all(
    folder: &Path,
    mode: Mode,
    files: &BTreeMap<String, Vec<u8>>,
) -> Result<Vec<(String, usize, Option<usize>)>> {
    let mut kept = vec![folder.join("manifest.json")];
    let mut rows = Vec::new();
    for (name, bytes) in files {
        let file = folder.join(name);
        let changed = write_if_new(&file, bytes)?;
        let mut brotli = None;
        let ending = Path::new(name).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if mode == Mode::Release && COMPRESSIBLE.contains(&ending) {
            for (twin, compress) in [("br", brotli_of as fn(&[u8]) -> Result<Vec<u8>>), ("gz", gzip_of)] {
                let path = folder.join(format!("{name}.{twin}"));
                // Brotli at its best takes seconds for a megabyte: what is there and fits is kept.
                if changed || !path.exists() {
                    let small = compress(bytes)?;
                    if small.len() >= bytes.len() {
                        continue;
                    }
                    fs::write(&path, small).with_context(|| format!("writing {}", path.display()))?;
                }
                if twin == "br" {
                    brotli = Some(fs::metadata(&path)?.len() as usize);
                }
                kept.push(path);
            }
        }
        rows.push((name.clone(), bytes.len(), brotli));
        kept.push(file);
    }
    remove_others(folder, &kept)?;
    Ok(rows)
}

/// Leaves an equal file untouched, so that its time does not make cargo build the server again.
fn write_if_new(file: &Path, bytes: &[u8]) -> Result<bool> {
    if fs::read(file).is_ok_and(|old| old == bytes) {
        return Ok(false);
    }
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
    }
    fs::write(file, bytes).with_context(|| format!("writing {}", file.display()))?;
    Ok(true)
}

fn remove_others(folder: &Path, kept: &[PathBuf]) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            remove_others(&path, kept)?;
        } else if !kept.contains(&path) {
            fs::remove_file(&path).with_context(|| format!("removing {}", path.display()))?;
        }
    }
    Ok(())
}

fn read_tree(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            read_tree(&entry.path(), &format!("{prefix}{name}/"), files)?;
        } else {
            files.insert(format!("{prefix}{name}"), fs::read(entry.path())?);
        }
    }
    Ok(())
}

fn brotli_of(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let params =
        brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 24, size_hint: bytes.len(), ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &params).context("brotli")?;
    Ok(out)
}

fn gzip_of(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// One hash over names and contents.
fn digest(files: &BTreeMap<String, Vec<u8>>) -> String {
    let mut all = Sha256::new();
    for (name, bytes) in files {
        all.update(name.as_bytes());
        all.update(Sha256::digest(bytes));
    }
    hex(&all.finalize())
}

fn short_hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))[..HASH_DIGITS].to_owned()
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
