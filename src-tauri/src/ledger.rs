//! `surtitle ledger` and `surtitle draw`: what a sale promised, checked by anybody.

use anyhow::Context as _;
use clap::{Subcommand, ValueEnum};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use surtitle_core::sale::{Books, Draw, Entry, Fact, Hash, Record, cell, verify};
use surtitle_store::Sqlite;

/// What is done with the ledger.
#[derive(Debug, Subcommand)]
pub enum Order {
    /// Check every entry: number, hash, and the rules (stock, limits, times).
    Verify {
        /// An export (JSON) instead of the data directory.
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
        /// Receipts that must be in it, as the viewer page shows them.
        #[arg(long, value_name = "ENTRY:HASH")]
        has: Vec<String>,
    },
    /// Print every entry. It holds no codes.
    Export {
        /// As what.
        #[arg(long, value_enum, default_value_t = Format::Json)]
        format: Format,
    },
}

/// What is done with a draw.
#[derive(Debug, Subcommand)]
pub enum DrawOrder {
    /// Do the draw of a file again, and compare.
    Verify {
        /// The file the host published.
        file: PathBuf,
    },
}

/// How a ledger is printed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Format {
    /// One line an entry, for a spreadsheet.
    Csv,
    /// The entries as they were hashed.
    Json,
}

/// A line of the JSON export.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    seq: u64,
    entry: String,
    hash: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct Export {
    ledger: Vec<Line>,
}

/// Carries out `order` on the ledger of a data directory.
pub fn ledger(data: &Path, order: Order) -> anyhow::Result<()> {
    match order {
        Order::Verify { file: Some(file), has } => {
            let text = std::fs::read_to_string(&file)
                .with_context(|| format!("{file:?} cannot be read"))?;
            let export: Export = serde_json::from_str(&text)
                .with_context(|| format!("{file:?} is no export of a ledger"))?;
            let records: anyhow::Result<Vec<Record>> =
                export.ledger.into_iter().map(record).collect();
            check(&records?, &has)
        }
        Order::Verify { file: None, has } => check(&look(data)?, &has),
        Order::Export { format } => {
            let records = look(data)?;
            match format {
                Format::Json => println!("{}", serde_json::to_string_pretty(&export(records))?),
                Format::Csv => print_csv(&records),
            }
            Ok(())
        }
    }
}

/// Carries out `order` on the file of a draw.
pub fn draw(order: DrawOrder) -> anyhow::Result<()> {
    let DrawOrder::Verify { file } = order;
    let text =
        std::fs::read_to_string(&file).with_context(|| format!("{file:?} cannot be read"))?;
    let draw: Draw = serde_json::from_str(&text).with_context(|| format!("{file:?} is no draw"))?;
    draw.verify().map_err(|why| anyhow::anyhow!("the draw is not right: {why}"))?;
    let (entrants, winners) = (draw.entrants.len(), draw.drawn.len());
    println!("the draw is right: {winners} of {entrants} drawn by the seed that was promised");
    Ok(())
}

fn look(data: &Path) -> anyhow::Result<Vec<Record>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let ledger = runtime.block_on(Sqlite::look_at_ledger(data));
    ledger.with_context(|| format!("the ledger in {data:?} cannot be read"))
}

/// Checks records and receipts, and says what was found.
fn check(records: &[Record], receipts: &[String]) -> anyhow::Result<()> {
    let mut books = Books::default();
    for record in records {
        verify(&mut books, record)
            .map_err(|fault| anyhow::anyhow!("the ledger is bad at {fault}"))?;
    }
    for receipt in receipts {
        let parts = receipt.split_once(':');
        let parts = parts.and_then(|(seq, hash)| Some((seq.parse::<u64>().ok()?, hash)));
        let (seq, hash) = parts
            .with_context(|| format!("{receipt:?} is no receipt; it is written ENTRY:HASH"))?;
        let found = records.iter().find(|record| record.seq == seq);
        let found = found.with_context(|| format!("the ledger has no entry {seq}; it was cut"))?;
        anyhow::ensure!(
            Hash::parse(hash) == Some(found.hash),
            "entry {seq} is another than the receipt is for: its hash is {}",
            found.hash
        );
    }
    println!("the ledger is whole: {} entries, last hash {}", books.last(), books.head());
    for (id, offer) in books.offers() {
        let (claimed, stock) = (offer.claims.len(), offer.terms.stock);
        println!("{id}: {claimed} of {stock} claimed, at most {} each", offer.terms.per_person);
    }
    Ok(())
}

fn record(line: Line) -> anyhow::Result<Record> {
    let hash = Hash::parse(&line.hash)
        .with_context(|| format!("the ledger is bad at entry {}: it has no hash", line.seq))?;
    Ok(Record { seq: line.seq, entry: line.entry, hash })
}

fn export(records: Vec<Record>) -> Export {
    let line = |r: Record| Line { seq: r.seq, entry: r.entry, hash: r.hash.to_string() };
    Export { ledger: records.into_iter().map(line).collect() }
}

fn print_csv(records: &[Record]) {
    println!("entry,at_ms,what,offer,n,user,nick,how,cid,order,hash");
    for record in records {
        let entry: Option<Entry> = serde_json::from_str(&record.entry).ok();
        let at = entry.as_ref().map_or(0, |entry| entry.at.0);
        let cells = entry.map_or_else(|| unread(&record.entry), |entry| of(entry.fact));
        let cells = cells.map(|cell_text| cell(&cell_text)).join(",");
        println!("{},{at},{cells},{}", record.seq, record.hash);
    }
}

fn unread(entry: &str) -> [String; 8] {
    let mut cells = <[String; 8]>::default();
    "unreadable".clone_into(&mut cells[0]);
    entry.clone_into(&mut cells[5]);
    cells
}

/// What, offer, n, user, nick, how, cid, order.
fn of(fact: Fact) -> [String; 8] {
    let none = String::new;
    let what = |what: &str| what.to_owned();
    match fact {
        Fact::Opened { offer, .. } => {
            [what("opened"), offer.0, none(), none(), none(), none(), none(), none()]
        }
        Fact::Closed { offer } => {
            [what("closed"), offer.0, none(), none(), none(), none(), none(), none()]
        }
        Fact::Claimed { offer, n, user, nick, how, cid } => {
            let how = format!("{how:?}").to_lowercase();
            let (n, cid) = (n.to_string(), cid.to_string());
            [what("claimed"), offer.0, n, user.0, nick, how, cid, none()]
        }
        Fact::Redeemed { claim, order } => {
            [what("redeemed"), none(), claim.to_string(), none(), none(), none(), none(), order]
        }
        Fact::Ordered { order, product, count } => {
            let offer = product.map(|number| format!("product:{number}")).unwrap_or_default();
            [what("ordered"), offer, count.to_string(), none(), none(), none(), none(), order]
        }
        Fact::Drawn { offer, winners, .. } => {
            let winners: Vec<String> = winners.iter().map(u64::to_string).collect();
            [what("drawn"), offer.0, winners.join(" "), none(), none(), none(), none(), none()]
        }
    }
}
