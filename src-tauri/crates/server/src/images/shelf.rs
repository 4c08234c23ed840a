//! Pictures on disk, so that a restart fetches nothing again.
//!
//! One file a picture: a line that says what this is, a line of JSON, the PNG.
//! What is used longest ago goes when there are too many bytes or files;
//! what is kept for an emote stays until it is let go. A file that does not
//! hold what its second line says is as good as none.

use super::key::Key;
use super::redraw::Drawing;
use bytes::Bytes;
use lru::LruCache;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};
use surtitle_core::Frames;

/// The first line of every file.
const TITLE: &str = "surtitle image 1";
/// Longest second line in bytes.
const HEAD: u64 = 16 * 1024;
/// Use is written down at most this often.
const TOUCH: Duration = Duration::from_secs(3_600);

/// How much is kept.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Bytes of all files, those of emotes left out.
    pub bytes: u64,
    /// Files, those of emotes left out.
    pub entries: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { bytes: 256 * 1024 * 1024, entries: 5_000 }
    }
}

/// The second line.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Head {
    /// Where it came from; empty for a file that was put up.
    url: String,
    /// Belongs to an emote.
    kept: bool,
    width: u16,
    height: u16,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    frames: Option<Frames>,
    /// Bytes of the PNG, and their SHA-256.
    len: u64,
    sha256: String,
}

/// A picture as pages get it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The PNG.
    pub png: Bytes,
}

/// What is known of a file without reading it.
#[derive(Debug)]
struct Entry {
    url: String,
    len: u64,
    kept: bool,
    touched: SystemTime,
}

#[derive(Debug)]
struct Index {
    /// Bounded by [`Bounds`]: the one used longest ago goes.
    entries: LruCache<Key, Entry>,
    /// Bytes and files that are not kept for emotes.
    bytes: u64,
    count: usize,
}

/// The folder.
#[derive(Debug)]
pub struct Shelf {
    folder: PathBuf,
    bounds: Bounds,
    /// Held for look-ups only, never while a file is read or written.
    index: Mutex<Index>,
}

impl Shelf {
    /// Opens the folder and notes what is in it. What is no file of ours is left alone.
    ///
    /// # Errors
    /// If the folder cannot be made or read.
    pub fn open(folder: PathBuf, bounds: Bounds) -> io::Result<Self> {
        fs::create_dir_all(&folder)?;
        let mut found = Vec::new();
        for entry in fs::read_dir(&folder)?.filter_map(Result::ok) {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.ends_with(".new") {
                // Half written when the program ended.
                let _ = fs::remove_file(&path);
            }
            let Some(key) = name.strip_suffix(".image").and_then(Key::parse) else { continue };
            match (read_head(&path), entry.metadata().and_then(|m| m.modified())) {
                (Ok(head), Ok(touched)) => found.push((touched, key, head)),
                _ => drop(fs::remove_file(&path)),
            }
        }
        found.sort_by_key(|(touched, ..)| *touched);
        let index = Index { entries: LruCache::unbounded(), bytes: 0, count: 0 };
        let shelf = Self { folder, bounds, index: Mutex::new(index) };
        for (touched, key, Head { url, kept, len, .. }) in found {
            shelf.note(key, Entry { url, len, kept, touched });
        }
        Ok(shelf)
    }

    /// Where a picture on the shelf came from.
    pub fn url(&self, key: Key) -> Option<String> {
        let index = self.lock();
        index.entries.peek(&key).map(|entry| entry.url.clone()).filter(|url| !url.is_empty())
    }

    /// Whether a picture is there, as far as is known without reading it.
    pub fn has(&self, key: Key) -> bool {
        self.lock().entries.contains(&key)
    }

    /// Reads a picture. Blocks. A damaged one is taken off the shelf.
    pub fn read(&self, key: Key) -> Option<Picture> {
        let touched = {
            let mut index = self.lock();
            index.entries.get(&key)?.touched
        };
        match read(&self.path(key)) {
            Ok(picture) => {
                let now = SystemTime::now();
                if now.duration_since(touched).is_ok_and(|age| age > TOUCH) {
                    self.touch(key, now);
                }
                Some(picture)
            }
            Err(error) => {
                tracing::warn!("images: {key} on disk is not usable and goes: {error}");
                self.remove(key);
                None
            }
        }
    }

    /// Writes a picture, whole or not at all. Blocks.
    ///
    /// # Errors
    /// What the disk said.
    pub fn write(&self, key: Key, url: &str, kept: bool, drawing: &Drawing) -> io::Result<()> {
        let Drawing { png, width, height, frames } = drawing;
        let (width, height, frames) = (*width, *height, frames.clone());
        let len = png.len() as u64;
        let head = Head { url: url.to_owned(), kept, width, height, frames, len, sha256: sum(png) };
        let line = serde_json::to_string(&head)?;
        let mut file = format!("{TITLE}\n{line}\n").into_bytes();
        file.extend_from_slice(png);
        let path = self.path(key);
        let fresh = path.with_extension("new");
        fs::write(&fresh, &file)?;
        fs::rename(&fresh, &path)?;
        let touched = SystemTime::now();
        self.note(key, Entry { url: head.url, len, kept, touched });
        Ok(())
    }

    /// Takes a picture off the shelf. Blocks.
    pub fn remove(&self, key: Key) {
        self.lock().forget(key);
        // It may be gone already.
        let _ = fs::remove_file(self.path(key));
    }

    fn note(&self, key: Key, entry: Entry) {
        let mut gone = Vec::new();
        {
            let mut index = self.lock();
            index.forget(key);
            if !entry.kept {
                index.bytes += entry.len;
                index.count += 1;
            }
            index.entries.put(key, entry);
            while index.bytes > self.bounds.bytes || index.count > self.bounds.entries {
                let oldest = index.entries.iter().rev().find(|(_, entry)| !entry.kept);
                let Some(oldest) = oldest.map(|(key, _)| *key) else { break };
                index.forget(oldest);
                gone.push(oldest);
            }
        }
        for key in gone {
            let _ = fs::remove_file(self.path(key));
        }
    }

    fn touch(&self, key: Key, now: SystemTime) {
        if let Some(entry) = self.lock().entries.peek_mut(&key) {
            entry.touched = now;
        }
        // Only the order after a restart depends on it.
        let _ = File::options().append(true).open(self.path(key)).and_then(|f| f.set_modified(now));
    }

    fn path(&self, key: Key) -> PathBuf {
        self.folder.join(format!("{key}.image"))
    }

    fn lock(&self) -> MutexGuard<'_, Index> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Index {
    fn forget(&mut self, key: Key) {
        if let Some(entry) = self.entries.pop(&key)
            && !entry.kept
        {
            self.bytes -= entry.len;
            self.count -= 1;
        }
    }
}

fn open(path: &Path) -> io::Result<(Head, BufReader<File>)> {
    let mut file = BufReader::new(File::open(path)?);
    let mut line = String::new();
    let mut head = file.by_ref().take(HEAD);
    head.read_line(&mut line)?;
    if line.trim_end() != TITLE {
        return Err(io::Error::other("it is no picture of this program"));
    }
    line.clear();
    head.read_line(&mut line)?;
    Ok((serde_json::from_str(&line)?, file))
}

fn read_head(path: &Path) -> io::Result<Head> {
    open(path).map(|(head, _)| head)
}

fn read(path: &Path) -> io::Result<Picture> {
    let (head, file) = open(path)?;
    let mut png = Vec::new();
    file.take(head.len + 1).read_to_end(&mut png)?;
    if png.len() as u64 != head.len || sum(&png) != head.sha256 {
        return Err(io::Error::other("it does not hold what was written"));
    }
    Ok(Picture { png: png.into() })
}

fn sum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(fill: u8, len: usize) -> Drawing {
        Drawing { png: vec![fill; len], width: 4, height: 2, frames: None }
    }

    fn key(name: &str) -> Key {
        Key::of("face", name.as_bytes())
    }

    fn shelf(folder: &Path, bytes: u64, entries: usize) -> Shelf {
        Shelf::open(folder.to_owned(), Bounds { bytes, entries }).expect("the folder opens")
    }

    #[test]
    fn picture_is_there_after_a_restart_with_its_address() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = shelf(folder.path(), 1_000, 9);
        first.write(key("a"), "https://a.example/", false, &drawing(7, 10)).expect("written");
        drop(first);
        let again = shelf(folder.path(), 1_000, 9);
        assert_eq!(again.read(key("a")).map(|p| p.png), Some(Bytes::from(vec![7; 10])));
        assert_eq!(again.url(key("a")).as_deref(), Some("https://a.example/"));
        assert_eq!(again.read(key("b")), None);
    }

    #[test]
    fn longest_unused_goes_first_and_what_is_kept_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let shelf = shelf(folder.path(), 30, 9);
        shelf.write(key("emote"), "", true, &drawing(1, 500)).expect("written");
        for name in ["a", "b", "c"] {
            shelf.write(key(name), "", false, &drawing(2, 10)).expect("written");
        }
        assert!(shelf.read(key("a")).is_some());
        shelf.write(key("d"), "", false, &drawing(3, 10)).expect("written");
        let there = ["emote", "a", "b", "c", "d"].map(|name| shelf.read(key(name)).is_some());
        assert_eq!(there, [true, true, false, true, true]);
        let files = fs::read_dir(folder.path()).expect("a folder").count();
        assert_eq!(files, 4, "what went is gone from the disk too");
    }

    #[test]
    fn number_of_files_is_bounded_over_a_restart_too() {
        let folder = tempfile::tempdir().expect("a folder");
        let large = shelf(folder.path(), 1_000, 9);
        for name in ["a", "b", "c", "d"] {
            large.write(key(name), "", false, &drawing(2, 10)).expect("written");
        }
        drop(large);
        let small = shelf(folder.path(), 1_000, 2);
        let there = ["a", "b", "c", "d"].iter().filter(|name| small.has(key(name))).count();
        assert_eq!(there, 2);
    }

    #[test]
    fn damaged_file_is_as_good_as_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let whole = shelf(folder.path(), 1_000, 9);
        whole.write(key("a"), "https://a.example/", false, &drawing(7, 10)).expect("written");
        let path = whole.path(key("a"));
        let good = fs::read(&path).expect("a file");
        for cut in 0..good.len() {
            fs::write(&path, &good[..cut]).expect("written");
            let opened = shelf(folder.path(), 1_000, 9);
            assert_eq!(opened.read(key("a")), None, "cut at {cut}");
            assert!(!opened.has(key("a")));
        }
        let mut turned = good.clone();
        *turned.last_mut().expect("bytes") ^= 1;
        fs::write(&path, &turned).expect("written");
        assert_eq!(shelf(folder.path(), 1_000, 9).read(key("a")), None);
        fs::write(&path, &good).expect("written");
        assert!(shelf(folder.path(), 1_000, 9).read(key("a")).is_some());
    }

    #[test]
    fn other_files_in_the_folder_are_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("notes.txt"), "mine").expect("written");
        fs::write(folder.path().join(format!("{}.new", key("a"))), "half").expect("written");
        shelf(folder.path(), 1_000, 9);
        let left: Vec<_> = fs::read_dir(folder.path()).expect("a folder").collect();
        assert_eq!(left.len(), 1);
    }
}
