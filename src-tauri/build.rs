//! Runs tauri-build for the desktop shell; without `gui` there is nothing to do.

fn main() {
    println!("cargo:rerun-if-changed=src-tauri/build.rs");
    #[cfg(feature = "gui")]
    shell();
}

/// Reads `tauri.conf.json` from the package root, capabilities and permissions
/// from `src-tauri/`, where tauri-build does not look (nor watch) by itself.
#[cfg(feature = "gui")]
fn shell() {
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed=src-tauri/permissions");
    println!("cargo:rerun-if-changed=icons");
    let commands =
        tauri_build::AppManifest::new().permissions_path_pattern("./src-tauri/permissions/**/*");
    let attributes = tauri_build::Attributes::new()
        .app_manifest(commands)
        .capabilities_path_pattern("./src-tauri/capabilities/**/*");
    tauri_build::try_build(attributes).expect("tauri.conf.json and src-tauri/capabilities agree");
}
