//! The pages and the themes are part of the program: changed, they mean building it anew.

fn main() {
    println!("cargo:rerun-if-changed=../../../ui/dist");
    println!("cargo:rerun-if-changed=../../../ui/src/themes");
}
