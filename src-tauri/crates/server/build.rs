//! The pages are part of the program: built anew, they mean building it anew.

fn main() {
    println!("cargo:rerun-if-changed=../../../ui/dist");
}
