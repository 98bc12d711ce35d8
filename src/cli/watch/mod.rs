//! `--watch`: the work is done again whenever something below the watched paths has changed, until Ctrl-C.
//!
//! The system says when to look again and nothing more: what did change is found by looking ([`crate::ingest::kept::Shelf`],
//! [`rules::Rules`]), so that a lost or needless message costs a glance and no more.

mod check;
mod rules;

pub use check::check;
pub use rules::{Reload, Rules};

use super::args::Global;
use super::exit::Exit;
use super::out;
use notify::{Event, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// How long it has to be quiet before the work is done again: an editor saves in several steps.
const QUIET: Duration = Duration::from_millis(100);

/// How long it may go on changing before the work is done all the same.
const LONGEST: Duration = Duration::from_secs(2);

/// How often files are looked at where the system does not tell.
const POLL: Duration = Duration::from_secs(1);

/// Why the wait is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wake {
    Changed,
    Stop,
}

/// Waits for changes below paths.
pub struct Watch {
    wakes: Receiver<Wake>,
    /// Ends the watching when it is dropped.
    _watcher: Box<dyn Watcher>,
}

impl Watch {
    /// Begins to watch: folders with all below, and files. What changes from now on is not missed.
    ///
    /// # Errors
    /// [`Exit::Unusable`] after it was told why the paths cannot be watched.
    pub fn new(paths: &[PathBuf], global: &Global) -> Result<Self, Exit> {
        if paths.iter().any(|path| path.as_os_str() == "-") {
            return Err(super::usage("standard input cannot be watched; name files or folders"));
        }
        let (sender, wakes) = channel();
        let failed = |error: &dyn std::fmt::Display| super::usage(&format!("--watch: {error}"));
        on_signal(&sender).map_err(|error| failed(&error))?;
        // Where the system's own messages are not to be had, or not for so many folders, looking from time to time does as well.
        let watcher = told(paths, &sender).or_else(|_| polled(paths, &sender)).map_err(|error| failed(&error))?;
        if !global.quiet {
            out::say("watching; Ctrl-C ends it");
        }
        Ok(Self { wakes, _watcher: watcher })
    }

    /// Waits until something has changed and it is quiet again; `false` once it is to end.
    pub fn wait(&self) -> bool {
        if self.wakes.recv() != Ok(Wake::Changed) {
            return false;
        }
        let latest = Instant::now() + LONGEST;
        loop {
            match self.wakes.recv_timeout(QUIET) {
                Ok(Wake::Changed) if Instant::now() < latest => {}
                Ok(Wake::Changed) | Err(RecvTimeoutError::Timeout) => return true,
                Ok(Wake::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
    }
}

fn told(paths: &[PathBuf], sender: &Sender<Wake>) -> notify::Result<Box<dyn Watcher>> {
    let mut watcher = RecommendedWatcher::new(waking(sender), notify::Config::default())?;
    add(&mut watcher, paths)?;
    Ok(Box::new(watcher))
}

fn polled(paths: &[PathBuf], sender: &Sender<Wake>) -> notify::Result<Box<dyn Watcher>> {
    let mut watcher = PollWatcher::new(waking(sender), notify::Config::default().with_poll_interval(POLL))?;
    add(&mut watcher, paths)?;
    Ok(Box::new(watcher))
}

fn add(watcher: &mut dyn Watcher, paths: &[PathBuf]) -> notify::Result<()> {
    for path in paths {
        if path.is_dir() {
            watcher.watch(path, RecursiveMode::Recursive)?;
            continue;
        }
        // A file is watched by its folder: most editors put another file in its place, and it may come later.
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if folder.is_dir() {
            watcher.watch(folder, RecursiveMode::NonRecursive)?;
        }
    }
    Ok(())
}

/// Passes on that something changed; that a file was only looked at, which the work itself does, is none.
fn waking(sender: &Sender<Wake>) -> impl Fn(notify::Result<Event>) + Send + 'static {
    let sender = sender.clone();
    move |event| {
        if event.map_or(true, |event| !event.kind.is_access()) {
            // Nobody waits any more once the work has ended.
            let _ = sender.send(Wake::Changed);
        }
    }
}

/// Ctrl-C and the like end the wait; a second one ends the program where it stands.
#[cfg(unix)]
fn on_signal(sender: &Sender<Wake>) -> std::io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    let sender = sender.clone();
    std::thread::spawn(move || {
        let mut stopping = false;
        for signal in signals.forever() {
            if stopping || sender.send(Wake::Stop).is_err() {
                std::process::exit(128 + signal);
            }
            stopping = true;
        }
    });
    Ok(())
}

/// Elsewhere the system ends the program by itself.
#[cfg(not(unix))]
fn on_signal(_: &Sender<Wake>) -> std::io::Result<()> {
    Ok(())
}
