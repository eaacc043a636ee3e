//! Backups: a folder with a consistent copy of the database, the media that it names, and the key.

use super::{config::Config, db::Db, media};
use anyhow::{Context, bail, ensure};
use sha2::{Digest, Sha256};
use std::path::Path;

const DATABASE: &str = "engawa.db";
const KEY: &str = "engawa.key";
const MEDIA: &str = "media";

/// Writes a backup of a database that may be in use. The copy is one moment of the database; files
/// are never changed after they were written, so whatever that moment names can be copied after it.
pub async fn write(config: &Config, folder: &Path) -> anyhow::Result<()> {
    ensure!(!folder.exists(), "{} exists already; name a folder that does not", folder.display());
    ensure!(
        config.database_file().is_none_or(|file| file.exists()),
        "there is no database in {}",
        config.data_dir.display()
    );
    std::fs::create_dir_all(folder.join(MEDIA)).with_context(|| format!("{} can't be made", folder.display()))?;
    let db = Db::open(config.database_url()).await?;
    db.copy_to(&folder.join(DATABASE)).await?;
    db.close().await;
    if config.key_file.exists() {
        std::fs::copy(&config.key_file, folder.join(KEY)).context("the key can't be copied")?;
    }
    let copy = Db::open(&format!("sqlite:{}", folder.join(DATABASE).display())).await?;
    let files = stored(&copy).await?;
    for sha256 in &files {
        let (from, to) = (media::path(&config.media_dir(), sha256), media::path(&folder.join(MEDIA), sha256));
        if let Some(parent) = to.parent() {
            std::fs::create_dir_all(parent)?;
        }
        match std::fs::copy(&from, &to) {
            Ok(_) => {}
            // Taken back by its sender since the copy was made.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                eprintln!("{} is gone (taken back?) and not in the backup", from.display());
                continue;
            }
            Err(error) => return Err(error).with_context(|| format!("{} can't be copied", from.display())),
        }
        let thumb = from.with_extension("thumb.jpg");
        if thumb.exists() {
            std::fs::copy(thumb, to.with_extension("thumb.jpg"))?;
        }
    }
    copy.close().await;
    println!(
        "Wrote {} with {} media files. It holds the key: keep it where you keep secrets.",
        folder.display(),
        files.len()
    );
    Ok(())
}

/// Proves that a backup can be read; then puts it into the data folder, unless `verify` is all.
pub async fn restore(config: &Config, folder: &Path, verify: bool) -> anyhow::Result<()> {
    let database = folder.join(DATABASE);
    ensure!(database.exists(), "{} is not a backup: it has no {DATABASE}", folder.display());
    // The proof migrates and checks a copy: the backup itself is never written to.
    let scratch = tempfile::tempdir()?;
    let probe = scratch.path().join(DATABASE);
    std::fs::copy(&database, &probe)?;
    let db = Db::open(&format!("sqlite:{}", probe.display())).await?;
    db.migrate().await?;
    let whole = db.integrity().await?;
    ensure!(whole == "ok", "the database in this backup is damaged: {whole}");
    let files = stored(&db).await?;
    let mut missing = 0;
    for sha256 in &files {
        let file = media::path(&folder.join(MEDIA), sha256);
        match std::fs::read(&file) {
            Ok(bytes) => {
                let found: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
                ensure!(&found == sha256, "{} is damaged", file.display());
            }
            Err(_) => missing += 1,
        }
    }
    let accounts: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM account").fetch_one(db.read()).await?;
    let messages: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM message").fetch_one(db.read()).await?;
    if accounts > 0 {
        super::state::open_vault(&db, &folder.join(KEY)).await?;
    }
    db.close().await;
    println!(
        "The backup is whole: {accounts} accounts, {messages} messages, {} media files ({missing} missing).",
        files.len()
    );
    if verify {
        return Ok(());
    }
    let target = config.database_file().context("a backup is restored into SQLite; leave --database-url away")?;
    if target.exists() {
        bail!("{} exists. Move the old data folder away first: a restore never overwrites", target.display());
    }
    config.prepare_data_dir()?;
    copy_folder(&folder.join(MEDIA), &config.media_dir())?;
    if folder.join(KEY).exists() {
        ensure!(
            !config.key_file.exists(),
            "{} exists. Move it away first: a restore never overwrites",
            config.key_file.display()
        );
        std::fs::copy(folder.join(KEY), &config.key_file)?;
    }
    // Last, so that a restore that was cut off leaves no database behind.
    std::fs::copy(&database, &target)?;
    println!("Restored into {}.", config.data_dir.display());
    Ok(())
}

async fn stored(db: &Db) -> anyhow::Result<Vec<String>> {
    let named = "SELECT sha256 FROM media WHERE sha256 IS NOT NULL UNION SELECT sha256 FROM upload
        UNION SELECT preview FROM upload WHERE preview IS NOT NULL";
    Ok(sqlx::query_scalar(named).fetch_all(db.read()).await?)
}

fn copy_folder(from: &Path, to: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &to.join(entry.file_name()))?;
        } else {
            std::fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}
