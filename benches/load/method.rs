//! How something was measured, what came out, and whether that is what we aim for (quality.md).

use serde_json::{Map, Value, json};
use std::{path::PathBuf, process::Command};

/// What a figure should be.
#[derive(Clone, Copy)]
pub enum Target {
    /// At most this, in the figure's unit.
    AtMost(f64),
    /// At least this, in the figure's unit.
    AtLeast(f64),
    /// At least this many times the yardstick.
    Times(f64),
    /// Exactly this.
    Exactly(f64),
}

/// One figure.
pub struct Figure {
    name: String,
    value: f64,
    unit: &'static str,
    worst: Option<f64>,
    yardstick: Option<f64>,
    target: Option<Target>,
}

impl Figure {
    /// Of which the run found the worst.
    pub fn worst(mut self, worst: f64) -> Self {
        self.worst = Some(worst);
        self
    }

    /// Compared with the yardstick's figure, when that one could be measured.
    pub fn beside(mut self, yardstick: Option<f64>) -> Self {
        self.yardstick = yardstick;
        self
    }

    /// What it should be.
    pub fn target(mut self, target: Target) -> Self {
        self.target = Some(target);
        self
    }

    fn ratio(&self) -> Option<f64> {
        self.yardstick.filter(|yardstick| *yardstick > 0.0).map(|yardstick| self.value / yardstick)
    }

    fn aim(&self) -> Option<(String, Option<bool>)> {
        Some(match self.target? {
            Target::AtMost(most) => (format!("<= {} {}", show(most), self.unit), Some(self.value <= most)),
            Target::AtLeast(least) => (format!(">= {} {}", show(least), self.unit), Some(self.value >= least)),
            Target::Times(times) => (format!(">= {times}x"), self.ratio().map(|ratio| ratio >= times)),
            Target::Exactly(value) => {
                (format!("= {} {}", show(value), self.unit), Some((self.value - value).abs() < 0.5))
            }
        })
    }

    fn json(&self) -> Value {
        let aim = self.aim();
        json!({
            "figure": self.name, "value": self.value, "unit": self.unit, "worst": self.worst,
            "yardstick": self.yardstick, "ratio": self.ratio(),
            "target": aim.as_ref().map(|aim| &aim.0), "met": aim.as_ref().and_then(|aim| aim.1),
        })
    }

    fn row(&self) -> [String; 7] {
        let aim = self.aim();
        let met = match aim.as_ref().and_then(|aim| aim.1) {
            Some(true) => "met",
            Some(false) => "MISSED",
            None => "",
        };
        [
            self.name.clone(),
            format!("{} {}", show(self.value), self.unit),
            self.worst.map(show).unwrap_or_default(),
            self.yardstick.map(show).unwrap_or_default(),
            self.ratio().map(|ratio| format!("{ratio:.2}x")).unwrap_or_default(),
            aim.map(|aim| aim.0).unwrap_or_default(),
            met.to_owned(),
        ]
    }
}

/// A figure with its unit.
pub fn figure(name: impl Into<String>, value: f64, unit: &'static str) -> Figure {
    Figure { name: name.into(), value, unit, worst: None, yardstick: None, target: None }
}

/// What one bench has to say.
pub struct Report {
    name: &'static str,
    method: Vec<(String, String)>,
    versions: Map<String, Value>,
    figures: Vec<Figure>,
    notes: Vec<String>,
}

impl Report {
    /// Begins with the machine and how busy it is with other things.
    pub fn new(name: &'static str) -> Self {
        println!("\n== {name}");
        let mut report =
            Self { name, method: Vec::new(), versions: Map::new(), figures: Vec::new(), notes: Vec::new() };
        let cores = std::thread::available_parallelism().map_or(0, usize::from);
        let processor = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let processor = processor.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
        report.method("machine", format!("{cores} cores, {}", processor.map_or("unknown processor", |found| found.1)));
        let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
        report.method("load before", load.split(' ').take(3).collect::<Vec<_>>().join(" "));
        report.version("engawa", env!("CARGO_PKG_VERSION"));
        for (name, program, arguments) in
            [("commit", "git", &["rev-parse", "--short", "HEAD"][..]), ("kernel", "uname", &["-r"][..])]
        {
            if let Ok(output) = Command::new(program).args(arguments).output() {
                report.version(name, String::from_utf8_lossy(&output.stdout).trim());
            }
        }
        if std::env::var("ENGAWA_BIN").is_ok_and(|binary| binary.contains("/debug/")) {
            report.note("ENGAWA_BIN is a debug build: these figures say nothing about the release");
        }
        report
    }

    /// One line of how it was measured.
    pub fn method(&mut self, what: &str, how: impl Into<String>) {
        self.method.push((what.to_owned(), how.into()));
    }

    /// The version of something that takes part.
    pub fn version(&mut self, what: &str, version: &str) {
        self.versions.insert(what.to_owned(), version.into());
    }

    /// Adds a figure, and shows it at once: a bench takes minutes.
    pub fn add(&mut self, figure: Figure) {
        println!("  {}", figure.row().join("  ").trim_end());
        self.figures.push(figure);
    }

    /// Something that a reader of the figures has to know.
    pub fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    /// Prints everything and writes target/bench/NAME.json.
    pub fn finish(self) -> anyhow::Result<()> {
        println!("\n-- {}: method", self.name);
        for (what, how) in &self.method {
            println!("{what:>14}: {how}");
        }
        let versions: Vec<_> = self.versions.iter().map(|(k, v)| format!("{k} {}", v.as_str().unwrap_or(""))).collect();
        println!("{:>14}: {}", "versions", versions.join(", "));
        println!("\n-- {}: figures", self.name);
        let mut rows = vec![["figure", "median", "worst", "yardstick", "ratio", "target", ""].map(str::to_owned)];
        rows.extend(self.figures.iter().map(Figure::row));
        let widths: Vec<usize> =
            (0..7).map(|at| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0)).collect();
        for row in rows {
            let cells = row.iter().zip(&widths).enumerate();
            let line: String = cells
                .map(
                    |(at, (cell, &width))| {
                        if at == 0 { format!("{cell:<width$}") } else { format!("  {cell:>width$}") }
                    },
                )
                .collect();
            println!("{}", line.trim_end());
        }
        for note in &self.notes {
            println!("note: {note}");
        }
        if self.figures.iter().any(|figure| figure.yardstick.is_some()) {
            println!("ratio: ours by the yardstick's; above 1 is better for a rate, below 1 for a time");
        }
        let method: Map<String, Value> = self.method.into_iter().map(|(what, how)| (what, how.into())).collect();
        let figures: Vec<Value> = self.figures.iter().map(Figure::json).collect();
        let json = json!({ "bench": self.name, "figures": figures, "versions": self.versions, "method": method, "notes": self.notes });
        let file = folder()?.join(format!("{}.json", self.name));
        std::fs::write(&file, serde_json::to_string_pretty(&json)?)?;
        println!("written to target/bench/{}.json", self.name);
        Ok(())
    }
}

/// target/bench, where reports and the seeded databases lie.
pub fn folder() -> anyhow::Result<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/bench");
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// The value that a share of them does not exceed (0.5 is the median). Nearest rank; 0 of nothing.
pub fn percentile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a rank")]
    let rank = (values.len() as f64 * share).ceil() as usize;
    values.get(rank.saturating_sub(1)).copied().unwrap_or_default()
}

fn show(value: f64) -> String {
    let digits = match value.abs() {
        100.0.. => 0,
        10.0..100.0 => 1,
        _ if value.fract() == 0.0 => 0,
        _ => 2,
    };
    let text = format!("{value:.digits$}");
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 && !grouped.ends_with('-') {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    rest.map_or(grouped.clone(), |rest| format!("{grouped}.{rest}"))
}
