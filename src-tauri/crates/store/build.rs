fn main() {
    // `migrate!` embeds the folder; cargo alone would not see a file added to it.
    println!("cargo:rerun-if-changed=migrations");
}
