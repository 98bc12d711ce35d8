//! `gainsay.toml`: the flags of the command line in a file.
//!
//! In: the file's text and the commands with their flags. Out: the arguments it stands for, to be put before those that were typed, so
//! that these win. Top-level keys are flags of every command that knows them, a table `[check]` holds flags of `check` alone.

mod schema;

pub use schema::schema;

use std::path::Path;
use toml_edit::{DocumentMut, Item, TableLike, Value};

/// What is wrong with a configuration file.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It cannot be read.
    #[error("{path}: cannot be read: {cause}")]
    Read {
        /// The file.
        path: String,
        /// Why.
        cause: std::io::Error,
    },
    /// It is no TOML.
    #[error("{path}: not TOML: {cause}")]
    Syntax {
        /// The file.
        path: String,
        /// The parser's words, with line and column.
        cause: String,
    },
    /// It has a key that is no flag.
    #[error("{path}:{line}: unknown key `{key}`{help}")]
    Key {
        /// The file.
        path: String,
        /// Line of the key, from 1.
        line: usize,
        /// The key.
        key: String,
        /// The nearest known one, or why it is refused.
        help: String,
    },
    /// A value is neither text, number, truth nor a list of them.
    #[error("{path}:{line}: `{key}` needs a text, a number, true, false or a list of them")]
    Value {
        /// The file.
        path: String,
        /// Line of the key, from 1.
        line: usize,
        /// The key.
        key: String,
    },
}

/// Reads a file's text; `None` where no file was asked for and none is there.
///
/// # Errors
/// The file was asked for and cannot be read.
pub fn read(asked: Option<&Path>) -> Result<Option<(String, String)>, Error> {
    let path = asked.unwrap_or(Path::new("gainsay.toml"));
    let name = path.to_string_lossy().into_owned();
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some((name, text))),
        Err(error) if asked.is_none() && error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(Error::Read { path: name, cause }),
    }
}

/// The arguments that a file's text stands for when `command` runs.
///
/// # Errors
/// It is no TOML, has a key that is no flag of any command, or a value of the wrong kind.
pub fn arguments(path: &str, text: &str, command: &str, root: &clap::Command) -> Result<Vec<String>, Error> {
    let document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| Error::Syntax {
        path: path.to_owned(),
        cause: error.to_string().trim().replace('\n', " "),
    })?;
    let reader = Reader { path, text, root };
    let mut out = Vec::new();
    for (key, item) in document.iter() {
        match item.as_table_like() {
            Some(table) if root.find_subcommand(key).is_some() => reader.table(table, key, key == command, &mut out)?,
            _ => {
                let known = root.get_subcommands().any(|sub| flag(sub, key).is_some()) || flag(root, key).is_some();
                reader.check(key, known)?;
                let here = root.find_subcommand(command).is_some_and(|sub| flag(sub, key).is_some()) || flag(root, key).is_some();
                if here {
                    reader.value(key, item, &mut out)?;
                }
            }
        }
    }
    Ok(out)
}

struct Reader<'a> {
    path: &'a str,
    text: &'a str,
    root: &'a clap::Command,
}

impl Reader<'_> {
    fn table(&self, table: &dyn TableLike, command: &str, used: bool, out: &mut Vec<String>) -> Result<(), Error> {
        let sub = self.root.find_subcommand(command);
        for (key, item) in table.iter() {
            self.check(key, sub.is_some_and(|sub| flag(sub, key).is_some()) || flag(self.root, key).is_some())?;
            if used {
                self.value(key, item, out)?;
            }
        }
        Ok(())
    }

    fn check(&self, key: &str, known: bool) -> Result<(), Error> {
        let refused = known && schema::REFUSED.contains(&key);
        if known && !refused {
            return Ok(());
        }
        let help = if refused {
            "; it can only be given on the command line".to_owned()
        } else {
            let names: Vec<String> = std::iter::once(self.root)
                .chain(self.root.get_subcommands())
                .flat_map(|command| {
                    command.get_arguments().filter_map(|arg| arg.get_long()).map(str::to_owned).collect::<Vec<_>>()
                })
                .collect();
            let given = names.iter().filter(|name| !schema::REFUSED.contains(&name.as_str()));
            let nearest = given.max_by(|a, b| strsim::jaro_winkler(a, key).total_cmp(&strsim::jaro_winkler(b, key)));
            nearest
                .filter(|name| strsim::jaro_winkler(name, key) > 0.8)
                .map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
        };
        Err(Error::Key { path: self.path.to_owned(), line: self.line(key), key: key.to_owned(), help })
    }

    fn value(&self, key: &str, item: &Item, out: &mut Vec<String>) -> Result<(), Error> {
        let wrong = || Error::Value { path: self.path.to_owned(), line: self.line(key), key: key.to_owned() };
        let scalar = |value: &Value| match value {
            Value::String(text) => Some(text.value().clone()),
            Value::Integer(number) => Some(number.value().to_string()),
            Value::Float(number) => Some(number.value().to_string()),
            Value::Datetime(date) => Some(date.value().to_string()),
            _ => None,
        };
        match item.as_value().ok_or_else(wrong)? {
            Value::Boolean(on) => out.extend(on.value().then(|| format!("--{key}"))),
            Value::Array(list) => {
                for value in list {
                    out.push(format!("--{key}={}", scalar(value).ok_or_else(wrong)?));
                }
            }
            value => out.push(format!("--{key}={}", scalar(value).ok_or_else(wrong)?)),
        }
        Ok(())
    }

    /// The line whose first word is the key.
    fn line(&self, key: &str) -> usize {
        let starts = |line: &str| {
            line.trim_start()
                .trim_start_matches(['[', '"'])
                .strip_prefix(key)
                .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
        };
        self.text.lines().position(starts).map_or(1, |at| at + 1)
    }
}

fn flag<'a>(command: &'a clap::Command, name: &str) -> Option<&'a clap::Arg> {
    command.get_arguments().find(|arg| arg.get_long() == Some(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn check(text: &str, command: &str) -> Result<Vec<String>, String> {
        arguments("gainsay.toml", text, command, &crate::cli::args::Cli::command()).map_err(|error| error.to_string())
    }

    #[test]
    fn keys_are_flags() {
        let text = "threads = 2\nquiet = true\nkeep-going = false\n[check]\nmin-confidence = 0.7\nrules = [\"a.yml\", \"b\"]\n";
        assert_eq!(
            check(text, "check").unwrap(),
            ["--threads=2", "--quiet", "--min-confidence=0.7", "--rules=a.yml", "--rules=b"]
        );
        assert_eq!(check(text, "claims").unwrap(), ["--threads=2", "--quiet"]);
    }

    #[test]
    fn every_key_is_explained_by_words_and_by_an_example() {
        assert_eq!(crate::base::schema::unexplained(&schema(&crate::cli::args::Cli::command())), [""; 0]);
    }

    #[test]
    fn mistakes_are_named_with_their_line() {
        assert_eq!(
            check("\nthread = 2\n", "check").unwrap_err(),
            "gainsay.toml:2: unknown key `thread`; did you mean `threads`?"
        );
        assert_eq!(
            check("output = \"x\"\n", "check").unwrap_err(),
            "gainsay.toml:1: unknown key `output`; it can only be given on the command line"
        );
        assert!(check("a = \n", "check").unwrap_err().contains("not TOML"));
    }
}
