//! A small HTTP/1.1 client that keeps its connection and costs next to nothing, so that what is
//! measured is the server. Requests are bytes that were made before the run.

use anyhow::{Context, bail};
use std::time::{Duration, Instant};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    time::timeout,
};

/// No answer at all after this long is an error, not a latency.
const PATIENCE: Duration = Duration::from_secs(30);

/// One connection.
pub struct Client {
    stream: BufReader<TcpStream>,
    line: Vec<u8>,
    body: Vec<u8>,
}

impl Client {
    /// Connects to `host:port`.
    pub async fn connect(address: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await.with_context(|| format!("{address} does not answer"))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::with_capacity(64 << 10, stream), line: Vec::new(), body: Vec::new() })
    }

    /// Sends a whole request and reads the whole answer; gives back its status.
    pub async fn send(&mut self, request: &[u8]) -> anyhow::Result<u16> {
        timeout(PATIENCE, async {
            self.stream.get_mut().write_all(request).await?;
            self.answer().await
        })
        .await
        .context("no answer within 30 seconds")?
    }

    /// As [`Self::send`], with the time it took.
    pub async fn timed(&mut self, request: &[u8]) -> anyhow::Result<(u16, Duration)> {
        let began = Instant::now();
        let status = self.send(request).await?;
        Ok((status, began.elapsed()))
    }

    /// The body of the last answer, as it came over the wire (compressed, without chunk lines).
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    async fn answer(&mut self) -> anyhow::Result<u16> {
        self.line().await?;
        let status = self.line.get(9..12).and_then(|text| std::str::from_utf8(text).ok()?.parse().ok());
        let status: u16 = status.context("this is not HTTP/1.1")?;
        let (mut length, mut chunked) = (0_usize, false);
        loop {
            self.line().await?;
            if self.line.is_empty() {
                break;
            }
            let Some(colon) = self.line.iter().position(|byte| *byte == b':') else { bail!("a broken header") };
            let (name, value) = self.line.split_at(colon);
            let value = std::str::from_utf8(&value[1..])?.trim();
            if name.eq_ignore_ascii_case(b"content-length") {
                length = value.parse()?;
            } else if name.eq_ignore_ascii_case(b"transfer-encoding") {
                chunked = value.eq_ignore_ascii_case("chunked");
            }
        }
        self.body.clear();
        if !chunked {
            self.take(length).await?;
            return Ok(status);
        }
        loop {
            self.line().await?;
            let size = usize::from_str_radix(std::str::from_utf8(&self.line)?.trim(), 16)?;
            self.take(size).await?;
            self.line().await?;
            if size == 0 {
                return Ok(status);
            }
        }
    }

    async fn line(&mut self) -> anyhow::Result<()> {
        self.line.clear();
        if self.stream.read_until(b'\n', &mut self.line).await? == 0 {
            bail!("the server hung up");
        }
        while self.line.last().is_some_and(|byte| matches!(byte, b'\r' | b'\n')) {
            self.line.pop();
        }
        Ok(())
    }

    async fn take(&mut self, length: usize) -> anyhow::Result<()> {
        let at = self.body.len();
        self.body.resize(at + length, 0);
        self.stream.read_exact(&mut self.body[at..]).await?;
        Ok(())
    }
}

/// A request with a body.
pub fn post(host: &str, path: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\n{headers}content-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// A request without one.
pub fn get(host: &str, path: &str, headers: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: {host}\r\n{headers}\r\n").into_bytes()
}
