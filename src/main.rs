//! The `gainsay` program.

fn main() -> std::process::ExitCode {
    gainsay::cli::run(std::env::args_os()).into()
}
