//! Keeps what the linker knows of a release, so that `cargo xtask` can split it into chunks.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let is = |name, value| std::env::var(name).is_ok_and(|it| it == value);
    if is("PROFILE", "release") && is("CARGO_CFG_TARGET_FAMILY", "wasm") {
        println!("cargo:rustc-link-arg-bins=--emit-relocs");
    }
}
