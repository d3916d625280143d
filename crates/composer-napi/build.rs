//! Links against the symbols that Node brings.

fn main() {
    napi_build::setup();
}
