//! The processes under test, each on CPU 0, and the load generator on CPU 1.

use crate::Outcome;
use crate::plan::Plan;
use serde::de::DeserializeOwned;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A server that runs until this is dropped.
pub struct Server {
    process: Child,
    address: String,
    /// Removed with it.
    _data: Option<TempDir>,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself when its members left.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// This server with an empty database; `tick_ms` is fixed, or adaptive if `None`.
pub fn surtitle(tick_ms: Option<u64>, budget: u32) -> Outcome<Server> {
    let data = tempfile::tempdir()?;
    let file = data.path().join("bench.toml");
    let tick = tick_ms.map(|ms| format!("tick_ms = {ms}\n")).unwrap_or_default();
    std::fs::write(&file, format!("budget = {budget}\n{tick}"))?;
    let mut command = pinned(0, env!("CARGO_BIN_EXE_surtitle"));
    command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data.path());
    command.arg("--config").arg(&file).env("SURTITLE_LOG", "warn");
    start(command, Some(data))
}

/// A raw `send()` loop of `k` messages a call.
pub fn floor(plan: &Plan, k: u32, bytes: usize) -> Outcome<Server> {
    let mut command = pinned(0, &own()?);
    command.arg("floor").args([
        plan.members.to_string(),
        k.to_string(),
        plan.rate.to_string(),
        bytes.to_string(),
    ]);
    start(command, None)
}

/// npm `ws`.
pub fn peer(tick_ms: u64) -> Outcome<Server> {
    let mut command = pinned(0, "node");
    command.arg(format!("{ROOT}/benches/peers/ws.mjs")).arg(tick_ms.to_string());
    start(command, None)
}

/// Whether npm `ws` can be run here, or why not.
pub fn peer_is_there() -> Result<(), &'static str> {
    if !Path::new(ROOT).join("tests/node_modules/ws").exists() {
        return Err("tests/node_modules/ws is missing; `make bench` installs it");
    }
    let node = Command::new("node").arg("--version").stdout(Stdio::null()).status();
    node.map(drop).map_err(|_| "there is no `node`")
}

impl Server {
    /// Runs the load generator against it and reads what it prints.
    pub fn load<T: DeserializeOwned>(
        &self,
        what: &str,
        speech: &str,
        args: &[String],
    ) -> Outcome<T> {
        let pid = self.process.id().to_string();
        let mut command = pinned(1, &own()?);
        command.args([what, speech, &self.address, &pid]).args(args).stderr(Stdio::inherit());
        let output = command.output()?;
        if !output.status.success() {
            return Err(format!("the load generator ended with {}", output.status).into());
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }
}

/// `taskset` becomes the program, so the process id stays.
fn pinned(core: usize, program: &str) -> Command {
    let mut command = Command::new("taskset");
    command.args(["-c", &core.to_string(), program]);
    command
}

fn own() -> Outcome<String> {
    let path = std::env::current_exe()?;
    Ok(path.to_str().ok_or("this program has no plain name")?.to_owned())
}

/// Waits for the line that names the address.
fn start(mut command: Command, data: Option<TempDir>) -> Outcome<Server> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut process = command.spawn()?;
    let out = process.stdout.take().ok_or("a child without output")?;
    let mut server = Server { process, address: String::new(), _data: data };
    let mut line = String::new();
    BufReader::new(out).read_line(&mut line)?;
    let address = line.trim().strip_prefix("listening on http://");
    server.address = address.ok_or("a server did not start; run it by hand to see why")?.to_owned();
    Ok(server)
}
