//! The command line: windows or headless, and nothing else.

mod ledger;

use anyhow::Context as _;
use clap::{Parser, Subcommand, ValueEnum};
use std::io::IsTerminal as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};
use surtitle_lib::{Config, Given, secrets};
use surtitle_store::{Sqlite, Store as _};
use surtitle_tim::{map::is_account, usersig};

/// Live chat, gifts and likes over a streamer's picture, with the room built in.
#[derive(Debug, Parser)]
#[command(version)]
struct Cli {
    #[command(flatten)]
    common: Common,
    /// Present the room of another Surtitle: ws://HOST/ROOM or wss://HOST/ROOM.
    /// A token for it is read from SURTITLE_JOIN_TOKEN.
    #[arg(long, global = true, value_name = "ADDRESS")]
    join: Option<String>,
    /// A link to open in the viewer window: surtitle://join/ROOM.
    #[arg(value_name = "LINK", value_parser = link)]
    link: Option<String>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, clap::Args)]
struct Common {
    /// Where to listen; port 0 picks a free one [default: 127.0.0.1:8787].
    #[arg(long, global = true, env = "SURTITLE_LISTEN", value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// Where the database and the secrets are.
    #[arg(long, global = true, env = "SURTITLE_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// A configuration file (TOML).
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[arg(long, global = true, env = "SURTITLE_SDKAPPID", hide = true)]
    sdkappid: Option<u32>,
    #[arg(long, global = true, env = "SURTITLE_ADMINS", value_delimiter = ',', hide = true)]
    admins: Option<Vec<String>>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve without windows.
    Serve,
    /// Print a role's token, for the sign-in field of the console.
    Token {
        /// Whose.
        role: TokenRole,
    },
    /// Print a UserSig of the first app, for an SDK's login.
    Usersig {
        /// UserID: 1 to 32 printable ASCII characters.
        user: String,
        /// Seconds it lives.
        #[arg(long, value_name = "SECONDS", default_value_t = usersig::LIFE)]
        expire: u64,
    },
    /// List the lessons of the board, or print one as it happened, with the chat.
    Replay {
        /// Which; without it the lessons are listed.
        lesson: Option<u32>,
        /// How many times as fast; 0 for all at once.
        #[arg(long, default_value_t = 1)]
        speed: u32,
    },
    /// Check or print the claims ledger of a sale.
    Ledger {
        #[command(subcommand)]
        order: ledger::Order,
    },
    /// Check the draw of a lottery.
    Draw {
        #[command(subcommand)]
        order: ledger::DrawOrder,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum TokenRole {
    Host,
    Helper,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let filter = tracing_subscriber::EnvFilter::try_from_env("SURTITLE_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"))
        // At trace these log whole frames, tokens included.
        .add_directive("tungstenite=info".parse().expect("a constant directive"))
        .add_directive("tokio_tungstenite=info".parse().expect("a constant directive"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("surtitle: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// An argument that is neither a command nor a link is a mistake; whether a
/// link is good is told where it can be seen.
fn link(text: &str) -> Result<String, String> {
    if surtitle_lib::link::is_link(text) {
        return Ok(text.to_owned());
    }
    Err("neither a command nor a surtitle: link; see `surtitle --help`".to_owned())
}

fn run(cli: Cli) -> anyhow::Result<()> {
    anyhow::ensure!(
        cli.link.is_none() || cli.command.is_none(),
        "a link opens a window, so no command goes with it"
    );
    let config = Config::load(Given {
        file: cli.common.config,
        listen: cli.common.listen,
        data: cli.common.data,
        join: cli.join,
        sdkappid: cli.common.sdkappid,
        admins: cli.common.admins,
    })?;
    match cli.command {
        Some(Command::Serve) => serve(config),
        Some(Command::Token { role }) => {
            let secrets = secrets::read(&config.data)?;
            match role {
                TokenRole::Host => println!("{}", secrets.host),
                TokenRole::Helper => println!("{}", secrets.helper),
            }
            Ok(())
        }
        Some(Command::Usersig { user, expire }) => {
            anyhow::ensure!(
                is_account(&user),
                "{user:?} is no UserID; use 1 to 32 printable ASCII characters"
            );
            let secrets = secrets::read(&config.data)?;
            let time = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
            let app = secrets.sdkappid;
            let claims = usersig::Claims { user, app, time, life: expire, userbuf: None };
            println!("{}", usersig::sign(&secrets.secret_key, &claims));
            Ok(())
        }
        Some(Command::Replay { lesson, speed }) => replay(&config, lesson, speed),
        Some(Command::Ledger { order }) => ledger::ledger(&config.data, order),
        Some(Command::Draw { order }) => ledger::draw(order),
        None => desktop(config, cli.link.as_deref()),
    }
}

/// Prints what was kept of lessons; the program itself must not be running.
fn replay(config: &Config, lesson: Option<u32>, speed: u32) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("the asynchronous runtime cannot start")?;
    runtime.block_on(async {
        let store = Sqlite::open(&config.data).await?;
        let outcome = surtitle_lib::replay::replay(&store, &config.room, lesson, speed).await;
        store.close().await;
        outcome
    })
}

#[cfg(feature = "gui")]
fn desktop(config: Config, link: Option<&str>) -> anyhow::Result<()> {
    if surtitle_lib::gui::has_display() {
        return surtitle_lib::gui::run(config, link);
    }
    anyhow::ensure!(link.is_none(), "a link opens a window, and there is no display here");
    eprintln!("surtitle: no display here, serving without windows");
    serve(config)
}

#[cfg(not(feature = "gui"))]
fn desktop(config: Config, link: Option<&str>) -> anyhow::Result<()> {
    anyhow::ensure!(
        link.is_none(),
        "a link opens a window; this program was built without (`make desktop` builds them)"
    );
    eprintln!("surtitle: built without windows (`make desktop` builds them), serving headless");
    serve(config)
}

/// Serves until SIGTERM or SIGINT.
fn serve(config: Config) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the asynchronous runtime cannot start")?;
    runtime.block_on(async {
        // Before anybody is told that it runs: who stops it at once is heard too.
        let stop = stop_signal();
        let running = surtitle_lib::start(config).await?;
        let base = format!("http://{}", running.addr);
        eprintln!("surtitle: console {base}/console, overlay {base}/overlay/main");
        eprintln!(
            "surtitle: sign in with the token that `surtitle token host --data {:?}` prints",
            running.data.display()
        );
        println!("listening on {base}");
        stop.await;
        eprintln!("surtitle: stopping");
        running.stop().await;
        Ok(())
    })
}

/// Listens for the signals from now on, and ends with the first of them.
#[cfg(unix)]
fn stop_signal() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()));
    async {
        match signals {
            (Ok(mut term), Ok(mut int)) => tokio::select! {
                _ = term.recv() => {}
                _ = int.recv() => {}
            },
            _ => std::future::pending().await,
        }
    }
}

#[cfg(not(unix))]
async fn stop_signal() {
    // Without a console there is nothing to wait for but the process's end.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
