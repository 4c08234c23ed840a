//! What the workspace promises about itself (docs/architecture.md).

use std::process::Command;

/// Names of everything `package` is built from, with the features given.
fn built_from(package: &str, kinds: &str) -> Vec<String> {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--locked", "--prefix", "none", "--format", "{p}"])
        .args(["-p", package, "-e", kinds])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let text = String::from_utf8(tree.stdout).expect("names are text");
    text.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

fn assert_none(names: &[String], banned: &[&str]) {
    assert!(!names.is_empty());
    for name in names {
        let family = |ban: &&str| name == ban || name.starts_with(&format!("{ban}-"));
        assert!(!banned.iter().any(family), "{name} is in {names:?}");
    }
}

#[test]
fn core_is_built_without_a_runtime_a_socket_or_a_database() {
    let io = ["tokio", "async-std", "mio", "axum", "hyper", "sqlx", "reqwest", "getrandom", "rand"];
    for package in ["surtitle-core", "surtitle-tim"] {
        assert_none(&built_from(package, "normal"), &io);
    }
}

#[test]
fn program_without_windows_is_built_without_a_desktop() {
    let names = built_from("surtitle", "normal,build,dev");
    assert_none(&names, &["tauri", "wry", "tao", "gtk", "webkit2gtk", "gdk", "glib", "winit"]);
}

#[test]
fn headless_program_is_built_from_fewer_than_250_packages() {
    let mut names = built_from("surtitle", "normal,build");
    names.sort();
    names.dedup();
    assert!(names.len() < 250, "{} packages", names.len());
}
