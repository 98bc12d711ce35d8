//! The command line as typed.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Finds the claims in a set of articles that cannot both hold, and shows who said what.
#[derive(Debug, Parser)]
#[command(name = "gainsay", version, about, args_override_self = true, infer_long_args = false, propagate_version = true)]
#[command(
    after_help = "Exit codes: 0 the work was done; 1 --fail-on found something, a snapshot differs, or a rule test fails; 2 the command line, an input or a rule file could not be used."
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Flags of every command.
    #[command(flatten)]
    pub global: Global,
}

/// Flags of every command.
#[derive(Clone, Debug, Default, Args)]
pub struct Global {
    /// Format of the output
    #[arg(long, global = true, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Write to a file, replacing it in one step
    #[arg(long, short, global = true, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Threads to use; 0 for all cores
    #[arg(long, global = true, value_name = "N", default_value_t = 0)]
    pub threads: usize,
    /// Exit 0 even if some inputs could not be read
    #[arg(long, global = true)]
    pub keep_going: bool,
    /// The day that counts as today, YYYY-MM-DD
    #[arg(long, global = true, value_name = "DATE")]
    pub today: Option<jiff::civil::Date>,
    /// Print no notices
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// File with flags; gainsay.toml where it is there
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Report the claims that cannot both hold
    Check(Check),
    /// List the claims of articles
    Claims(Claims),
    /// Set two statements against each other
    Compare(Compare),
    /// Tell step by step why a conflict was reported
    Explain(Explain),
    /// Tell which gates two claims or sentences pass, and which one stops them
    Why(Why),
    /// Show how one sentence is read
    Try(Try),
    /// Work on rule files
    Rules(Rules),
    /// Serve an editor that writes rule files, by the language server protocol over standard input and output
    Lsp(Lsp),
    /// Compare a run with a stored one
    Snapshot(Snapshot),
    /// Tell what changed between two reports, snapshots, folders or revisions
    Diff(Diff),
    /// Follow conflicts through the git history of articles and rules
    Log(Log),
    /// Print completions for a shell
    Completions(Completions),
    /// Print the manual page
    Man,
}

/// Where rules come from.
#[derive(Clone, Debug, Default, Args)]
pub struct RuleArgs {
    /// Rule file or folder, beside the shipped ones
    #[arg(long, value_name = "PATH")]
    pub rules: Vec<PathBuf>,
    /// Leave out the shipped topics and general rules
    #[arg(long)]
    pub no_default_rules: bool,
}

/// Which conflicts are wanted.
#[derive(Clone, Debug, Args)]
pub struct Filter {
    /// Leave out conflicts that are less sure, 0 to 1
    #[arg(long, value_name = "P", default_value = "0.5", value_parser = probability)]
    pub min_confidence: u8,
    /// Only these kinds; ^KIND leaves one out
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub kind: Vec<String>,
    /// Only these topics; ^TOPIC leaves one out
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub topic: Vec<String>,
    /// Only conflicts of these sources; ^SOURCE leaves one out
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub source: Vec<String>,
    /// Leave out articles published before
    #[arg(long, value_name = "DATE")]
    pub since: Option<jiff::civil::Date>,
    /// Leave out articles published after
    #[arg(long, value_name = "DATE")]
    pub until: Option<jiff::civil::Date>,
}

impl Default for Filter {
    /// What the flags are unless said.
    fn default() -> Self {
        Self { min_confidence: 50, kind: Vec::new(), topic: Vec::new(), source: Vec::new(), since: None, until: None }
    }
}

/// `gainsay check`.
#[derive(Clone, Debug, Args)]
pub struct Check {
    /// Articles: files, folders, or - for standard input
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// Where rules come from.
    #[command(flatten)]
    pub rules: RuleArgs,
    /// Which conflicts are wanted.
    #[command(flatten)]
    pub filter: Filter,
    /// Exit 1 on a conflict of this severity or higher: never, note, warning, error, new, new:SEVERITY
    #[arg(long, value_name = "WHAT", default_value = "never", value_parser = fail_on)]
    pub fail_on: FailOn,
    /// JSON report whose conflicts are not new
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Put every article's text into a JSON report
    #[arg(long)]
    pub with_text: bool,
    /// Print what the run cost to standard error
    #[arg(long)]
    pub stats: bool,
    /// Go on until Ctrl-C: read again what has changed, and print what became of the conflicts
    #[arg(long)]
    pub watch: bool,
}

/// `gainsay claims`.
#[derive(Clone, Debug, Args)]
pub struct Claims {
    /// Articles: files, folders, or - for standard input
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// Where rules come from.
    #[command(flatten)]
    pub rules: RuleArgs,
}

/// `gainsay compare`.
#[derive(Clone, Debug, Args)]
pub struct Compare {
    /// The first statement
    #[arg(value_name = "A", required_unless_present = "jsonl", requires = "b")]
    pub a: Option<String>,
    /// The second statement
    #[arg(value_name = "B")]
    pub b: Option<String>,
    /// File of pairs, one {"id","a","b"} a line; - for standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["a", "b"])]
    pub jsonl: Option<PathBuf>,
    /// Print scores where the pairs have labels
    #[arg(long, requires = "jsonl")]
    pub score: bool,
    /// Where rules come from.
    #[command(flatten)]
    pub rules: RuleArgs,
}

/// `gainsay explain`.
#[derive(Clone, Debug, Args)]
pub struct Explain {
    /// JSON report
    pub report: PathBuf,
    /// Id of a conflict, or its beginning
    pub id: String,
}

/// `gainsay why`.
#[derive(Clone, Debug, Args)]
pub struct Why {
    /// A claim's id, or a sentence
    pub a: String,
    /// Another claim's id, or a sentence; with --rule one sentence alone will do
    #[arg(required_unless_present = "rule")]
    pub b: Option<String>,
    /// Articles that the ids are of
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Only this rule, or the rule on this topic, and how near each of its positions came
    #[arg(long, value_name = "ID")]
    pub rule: Option<String>,
    /// Where rules come from.
    #[command(flatten)]
    pub rules: RuleArgs,
}

/// `gainsay try`.
#[derive(Clone, Debug, Args)]
pub struct Try {
    /// A sentence, or several
    pub sentence: String,
    /// Day of publication that relative dates count from
    #[arg(long, value_name = "DATE")]
    pub date: Option<jiff::civil::Date>,
    /// Where rules come from.
    #[command(flatten)]
    pub rules: RuleArgs,
}

/// `gainsay rules`.
#[derive(Clone, Debug, Args)]
pub struct Rules {
    /// What to do.
    #[command(subcommand)]
    pub command: RulesCommand,
}

/// `gainsay rules …`.
#[derive(Clone, Debug, Subcommand)]
pub enum RulesCommand {
    /// List rules
    List {
        /// Only rules of this pack
        #[arg(long, value_name = "NAME")]
        pack: Option<String>,
        /// Where rules come from.
        #[command(flatten)]
        rules: RuleArgs,
    },
    /// Show a rule or topic in full
    Show {
        /// Id of a rule or topic
        id: String,
        /// Where rules come from.
        #[command(flatten)]
        rules: RuleArgs,
    },
    /// Find mistakes in rule files
    Check(RuleCheck),
    /// Run the tests that rules carry
    Test(RuleTests),
    /// Draft a rule file from two sentences, or from two claims of a report
    New(NewRule),
    /// Propose topics for the matters on which the sources of articles differ
    Suggest(SuggestRules),
    /// Tell which conflicts of articles an edit of rules gains, loses and changes, rule by rule
    Diff(RuleDiff),
    /// Print a JSON Schema
    Schema {
        /// That of reports instead of rule files
        #[arg(long)]
        report: bool,
        /// That of gainsay.toml instead of rule files
        #[arg(long, conflicts_with = "report")]
        toml: bool,
    },
    /// Make the reference of rules, kinds, gates, codes and keys: Markdown, or a page each in the folder of --output
    Docs {
        /// Write nothing; exit 1 if the pages in this folder are not as they would be made
        #[arg(long, value_name = "DIR", conflicts_with = "output")]
        check: Option<PathBuf>,
        /// Where rules come from.
        #[command(flatten)]
        rules: RuleArgs,
    },
}

/// `gainsay rules check`.
#[derive(Clone, Debug, Args)]
pub struct RuleCheck {
    /// Rule files or folders; the shipped ones where none is given
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Articles: warns of rules that find nothing in them, fire on too much, or find what others find, and of unused ignore entries
    #[arg(long, value_name = "PATH")]
    pub corpus: Vec<PathBuf>,
    /// Mend in the files what is mechanical, and say what was mended
    #[arg(long, requires = "paths")]
    pub fix: bool,
}

/// `gainsay rules diff`.
#[derive(Clone, Debug, Args)]
pub struct RuleDiff {
    /// Rule file or folder, or REVISION:PATH of a git repository, or REVISION for the same path there
    pub old: String,
    /// Likewise
    pub new: String,
    /// Articles: files, folders, or - for standard input
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// Exit 1 if there are such conflicts: new, gone, changed
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub fail_on: Vec<What>,
    /// Leave out the shipped topics and general rules
    #[arg(long)]
    pub no_default_rules: bool,
}

/// `gainsay rules test`.
#[derive(Clone, Debug, Args)]
pub struct RuleTests {
    /// Only these rules
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub rule: Vec<String>,
    /// Only rules with one of these tags
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub tag: Vec<String>,
    /// Leave out one pattern or guard at a time, and name those whose loss no test notices
    #[arg(long)]
    pub mutate: bool,
    /// Name the positions, patterns and lexicon entries that no test reaches
    #[arg(long)]
    pub coverage: bool,
    /// Print how long the cases of each rule took, the slowest first, to standard error
    #[arg(long)]
    pub timings: bool,
    /// Go on until Ctrl-C: run the tests again whenever a rule file has changed
    #[arg(long)]
    pub watch: bool,
    /// Where rules come from.
    #[command(flatten)]
    pub rules: RuleArgs,
}

/// `gainsay rules new`.
#[derive(Clone, Debug, Args)]
pub struct NewRule {
    /// A sentence
    #[arg(long, value_name = "TEXT", required_unless_present = "report", requires = "b")]
    pub a: Option<String>,
    /// A sentence that cannot hold beside it
    #[arg(long, value_name = "TEXT", requires = "a")]
    pub b: Option<String>,
    /// JSON report, of which two claims are taken
    #[arg(long, value_name = "FILE", conflicts_with_all = ["a", "b"], requires = "claims")]
    pub report: Option<PathBuf>,
    /// Ids of the two claims, or their beginnings
    #[arg(value_name = "CLAIM", num_args = 2, requires = "report")]
    pub claims: Vec<String>,
    /// Where rules come from.
    #[command(flatten)]
    pub rules: RuleArgs,
}

/// `gainsay rules suggest`.
#[derive(Clone, Debug, Args)]
pub struct SuggestRules {
    /// Articles: files, folders, or - for standard input
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// Most proposals
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub max: usize,
    /// Where rules come from; what they find already is not proposed.
    #[command(flatten)]
    pub rules: RuleArgs,
}

/// `gainsay lsp`.
#[derive(Clone, Debug, Args)]
pub struct Lsp {
    /// Where rules come from; every rule file of the workspace folder where no path is given.
    #[command(flatten)]
    pub rules: RuleArgs,
    /// Articles from which hovering over a pattern shows what it finds
    #[arg(long, value_name = "PATH")]
    pub articles: Vec<PathBuf>,
}

/// `gainsay snapshot`.
#[derive(Clone, Debug, Args)]
pub struct Snapshot {
    /// What to do.
    #[command(subcommand)]
    pub command: SnapshotCommand,
}

/// `gainsay snapshot …`.
#[derive(Clone, Debug, Subcommand)]
pub enum SnapshotCommand {
    /// Run and compare with the stored snapshots; exit 1 on a difference, which is written beside as .snap.new
    Check(SnapshotArgs),
    /// Run and store the result
    Accept(SnapshotArgs),
    /// Run and walk through what changed, taking it over or not
    Review(ReviewArgs),
}

/// Arguments of `snapshot review`.
#[derive(Clone, Debug, Args)]
pub struct ReviewArgs {
    /// What to review.
    #[command(flatten)]
    pub snapshot: SnapshotArgs,
    /// Print what changed and ask nothing
    #[arg(long, conflicts_with_all = ["accept_all", "reject_all"])]
    pub list: bool,
    /// Take everything over and ask nothing
    #[arg(long, conflicts_with = "reject_all")]
    pub accept_all: bool,
    /// Keep what is stored and ask nothing
    #[arg(long)]
    pub reject_all: bool,
}

/// Arguments of the snapshot commands.
#[derive(Clone, Debug, Args)]
pub struct SnapshotArgs {
    /// Folders or files, one story each
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// Folder of the snapshots
    #[arg(long, value_name = "DIR", default_value = "snapshots")]
    pub dir: PathBuf,
    /// Rule file of ignored conflicts, which a review adds to
    #[arg(long, value_name = "FILE")]
    pub ignores: Option<PathBuf>,
    /// Where rules come from.
    #[command(flatten)]
    pub rules: RuleArgs,
    /// Which conflicts are wanted.
    #[command(flatten)]
    pub filter: Filter,
}

/// `gainsay diff`.
#[derive(Clone, Debug, Args)]
pub struct Diff {
    /// JSON report, snapshot, folder or file of articles, or REVISION:PATH of a git repository
    pub old: String,
    /// Likewise
    pub new: String,
    /// Exit 1 if there are such conflicts: new, gone, changed
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub fail_on: Vec<What>,
    /// Where rules come from.
    #[command(flatten)]
    pub rules: RuleArgs,
}

/// What may have happened to a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum What {
    New,
    Gone,
    Changed,
}

/// `gainsay log`.
#[derive(Clone, Debug, Args)]
pub struct Log {
    /// Folder or file of articles in a git repository, from the working directory
    pub path: String,
    /// Commits to go back
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub limit: usize,
    /// Where rules come from; paths in the repository are read as each commit has them.
    #[command(flatten)]
    pub rules: RuleArgs,
}

/// `gainsay completions`.
#[derive(Clone, Debug, Args)]
pub struct Completions {
    /// The shell
    pub shell: clap_complete::Shell,
}

/// When `check` exits with 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FailOn {
    /// Only conflicts that the baseline does not have.
    pub new: bool,
    /// Only conflicts of this severity or higher that are neither tension nor update.
    pub severity: Option<Severity>,
}

/// Severities in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
#[allow(missing_docs)]
pub enum Severity {
    Note,
    Warning,
    Error,
}

/// A probability as typed, in percent.
fn probability(text: &str) -> Result<u8, String> {
    let value: f64 = text.parse().map_err(|_| "a number from 0 to 1 is needed".to_owned())?;
    if (0.0..=1.0).contains(&value) { Ok((value * 100.0).round() as u8) } else { Err("a number from 0 to 1 is needed".into()) }
}

fn fail_on(text: &str) -> Result<FailOn, String> {
    let severity = |word: &str| Severity::from_str(word, false).map(Some);
    let parsed = match text {
        "never" => Ok(FailOn::default()),
        "new" => Ok(FailOn { new: true, severity: None }),
        _ => match text.strip_prefix("new:") {
            Some(rest) => severity(rest).map(|severity| FailOn { new: true, severity }),
            None => severity(text).map(|severity| FailOn { new: false, severity }),
        },
    };
    parsed.map_err(|_| "one of never, note, warning, error, new, new:note, new:warning, new:error is needed".to_owned())
}
