//! Configuration: a TOML file, then the environment, then flags.
//!
//! An empty file works: loopback, SQLite, one room. docs/configuration.md
//! lists every setting.

use anyhow::Context as _;
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use surtitle_connectors::surtitle::Address;
use surtitle_core::RoomId;
use surtitle_server::Tick;

/// Everything the program can be told before it starts.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen. Default `127.0.0.1:8787`; port 0 picks a free one.
    pub listen: SocketAddr,
    /// Where the database and the secrets are. Default: the user's data folder.
    pub data: PathBuf,
    /// Host names that are ours beside address literals and `localhost`.
    pub hosts: Vec<String>,
    /// Id of the embedded room. Default `main`.
    pub room: RoomId,
    /// Its name on the first start. Default `Live`.
    pub room_name: String,
    /// The name the host speaks under. Default `Host`.
    pub host_name: String,
    /// Messages a second the room delivers, 1–1,000. Default 40.
    pub budget: u32,
    /// Time between deliveries. Default adaptive.
    pub tick: Tick,
    /// Most sockets at once. Default 20,000.
    pub max_sockets: usize,
    /// Days the log keeps events. Default 30.
    pub keep_days: u32,
    /// The browser that draws the alpha stream. Default: one that is found.
    pub browser: Option<PathBuf>,
    /// Remote room to present.
    pub join: Option<Address>,
    /// Token for it, from `SURTITLE_JOIN_TOKEN`.
    pub join_token: Option<String>,
    /// SDKAppID of the first app. Default 1400000001.
    pub sdkappid: u32,
    /// Its secret key; generated if not given.
    pub secret_key: Option<String>,
    /// App admins. Default `administrator`.
    pub admins: Vec<String>,
    /// Pictures from elsewhere.
    pub images: Images,
}

/// The section `[images]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Images {
    /// Also fetch pictures from this machine and private networks, on any
    /// port. Anybody in the chat names addresses, so only where every device
    /// of the network may be asked by them. Default off.
    pub allow_private: bool,
    /// Megabytes of pictures kept on disk, 16–10,000. Default 256.
    pub megabytes: u64,
}

impl Default for Images {
    fn default() -> Self {
        Self { allow_private: false, megabytes: 256 }
    }
}

/// What flags and environment say; `None` leaves the file's word.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// `--config`.
    pub file: Option<PathBuf>,
    /// `--listen`, `SURTITLE_LISTEN`.
    pub listen: Option<SocketAddr>,
    /// `--data`, `SURTITLE_DATA`.
    pub data: Option<PathBuf>,
    /// `--join`.
    pub join: Option<String>,
    /// `SURTITLE_SDKAPPID`.
    pub sdkappid: Option<u32>,
    /// `SURTITLE_ADMINS`.
    pub admins: Option<Vec<String>>,
}

/// The file.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    listen: Option<SocketAddr>,
    data: Option<PathBuf>,
    hosts: Vec<String>,
    room: Option<String>,
    room_name: Option<String>,
    host_name: Option<String>,
    budget: Option<u32>,
    tick_ms: Option<u64>,
    max_sockets: Option<usize>,
    keep_days: Option<u32>,
    browser: Option<PathBuf>,
    join: Option<String>,
    sdkappid: Option<u32>,
    admins: Option<Vec<String>>,
    images: Images,
}

impl Config {
    /// Puts file, environment and flags together. Secrets come from the
    /// environment only: `SURTITLE_SECRET_KEY`, `SURTITLE_JOIN_TOKEN`.
    ///
    /// # Errors
    /// A sentence that names the setting and what it takes.
    pub fn load(given: Given) -> anyhow::Result<Self> {
        let file = match &given.file {
            Some(path) => read(path)?,
            None => File::default(),
        };
        let budget = file.budget.unwrap_or(40);
        anyhow::ensure!(
            (1..=1_000).contains(&budget),
            "config: budget is {budget}; set 1 to 1000 messages a second"
        );
        anyhow::ensure!(
            (16..=10_000).contains(&file.images.megabytes),
            "config: images.megabytes is {}; set 16 to 10000",
            file.images.megabytes
        );
        let room = file.room.unwrap_or_else(|| "main".to_owned());
        let room = RoomId::parse(&room).with_context(|| {
            format!("config: room {room:?} is no room id; use 1 to 48 of A-Z a-z 0-9 _ . - @ #")
        })?;
        let join = given.join.or(file.join);
        let join = join
            .map(|text| Address::parse(&text).map_err(|e| anyhow::anyhow!("--join: {}", e.message)))
            .transpose()?;
        let data = match given.data.or(file.data) {
            Some(data) => data,
            None => default_data()?,
        };
        let variable = |name| std::env::var(name).ok().filter(|v: &String| !v.is_empty());
        Ok(Self {
            listen: given
                .listen
                .or(file.listen)
                .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8787))),
            data,
            hosts: file.hosts,
            room,
            room_name: file.room_name.unwrap_or_else(|| "Live".to_owned()),
            host_name: file.host_name.unwrap_or_else(|| "Host".to_owned()),
            budget,
            tick: file.tick_ms.map_or(Tick::Adaptive, |ms| {
                Tick::Fixed(std::time::Duration::from_millis(ms.min(1_000)))
            }),
            max_sockets: file.max_sockets.unwrap_or(20_000),
            keep_days: file.keep_days.unwrap_or(30),
            browser: variable("SURTITLE_BROWSER").map(PathBuf::from).or(file.browser),
            join,
            join_token: variable("SURTITLE_JOIN_TOKEN"),
            sdkappid: given.sdkappid.or(file.sdkappid).unwrap_or(1_400_000_001),
            secret_key: variable("SURTITLE_SECRET_KEY"),
            admins: given
                .admins
                .or(file.admins)
                .unwrap_or_else(|| vec!["administrator".to_owned()]),
            images: file.images,
        })
    }
}

fn read(path: &Path) -> anyhow::Result<File> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("config: {:?} cannot be read", path.display()))?;
    toml::from_str(&text).map_err(|error| {
        // One line, where toml would draw the place over several. The value
        // stays out of it: somebody may have put a secret there.
        let start = error.span().map_or(0, |span| span.start.min(text.len()));
        let line = text.as_bytes()[..start].iter().filter(|byte| **byte == b'\n').count();
        let key = text.lines().nth(line).and_then(|line| line.split('=').next()).unwrap_or("");
        let what = error.message().split_whitespace().collect::<Vec<_>>().join(" ");
        let (path, key) = (path.display(), key.trim());
        anyhow::anyhow!("config: {path:?} line {}, {key:?}: {what}", line + 1)
    })
}

fn default_data() -> anyhow::Result<PathBuf> {
    let dirs = directories::ProjectDirs::from("", "", "surtitle")
        .context("no home folder to keep data in; say where with --data DIR")?;
    Ok(dirs.data_local_dir().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str) -> anyhow::Result<Config> {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = dir.path().join("surtitle.toml");
        std::fs::write(&path, text).expect("the file is writable");
        Config::load(Given { file: Some(path), data: Some("x".into()), ..Given::default() })
    }

    #[test]
    fn empty_file_is_loopback_with_one_room() {
        let config = load("").expect("an empty file works");
        assert!(config.listen.ip().is_loopback());
        assert_eq!((config.budget, config.room.as_str()), (40, "main"));
    }

    #[test]
    fn wrong_settings_are_named() {
        for (text, word) in [
            ("budget = 0", "budget"),
            ("room = 'a b'", "room"),
            ("listne = '1'", "listne"),
            ("join = 'http://x'", "--join"),
            ("images.megabytes = 1", "images.megabytes"),
            ("[images]\nallow = true", "allow"),
        ] {
            let error = format!("{:#}", load(text).expect_err(text));
            assert!(error.contains(word), "{error}");
        }
    }
}
