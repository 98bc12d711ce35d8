//! The `gainsay` program.

/// Readings are millions of small pieces; an allocator made for many threads and small pieces takes a tenth off a run.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    gainsay::cli::run(std::env::args_os()).into()
}
