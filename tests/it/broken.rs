//! Rule files that cannot be used, each beside the exact text that a person sees. `GAINSAY_REFRESH=1` writes the texts anew; read them.

use crate::program::within;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/broken")
}

#[test]
fn every_broken_file_is_refused_in_these_words() {
    let mut names: Vec<String> = std::fs::read_dir(folder())
        .expect("the folder is there")
        .flatten()
        .filter_map(|entry| Some(entry.file_name().to_str()?.strip_suffix(".yml")?.to_owned()))
        .collect();
    names.sort();
    assert!(names.len() > 50, "{} files", names.len());
    for code in 1..=11 {
        let code = format!("e{code:03}-");
        assert!(names.iter().filter(|name| name.starts_with(&code)).count() > 1, "{code} has too few forms");
    }
    for name in names {
        let ran = within(&folder(), &["rules", "check", &format!("{name}.yml")]);
        let wanted = if name.starts_with('w') { 0 } else { 2 };
        assert_eq!((ran.code, ran.err.as_str()), (wanted, ""), "{name}");
        let golden = folder().join(format!("{name}.txt"));
        if std::env::var_os("GAINSAY_REFRESH").is_some() {
            std::fs::write(&golden, &ran.out).expect("it can be written");
        }
        let expected = std::fs::read_to_string(&golden).expect("it is there");
        assert_eq!(ran.out, expected, "{name}");
        if let Some((code, _)) = name.split_once('-').filter(|(code, _)| code.starts_with('e') && code.len() == 4) {
            assert!(ran.out.contains(&format!("error[{}]", code.to_uppercase())), "{name}");
        }
    }
}

/// What a file of that text is refused with: the first line.
fn check(text: &str, expected: &str) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("x.yml"), text).expect("it can be written");
    let started = Instant::now();
    let ran = within(folder.path(), &["rules", "check", "x.yml"]);
    assert_eq!(ran.code, 2, "{}", ran.out.chars().take(400).collect::<String>());
    assert!(ran.out.starts_with(expected), "{}", ran.out.chars().take(400).collect::<String>());
    // Generous: the machine may be busy; what is bounded here would otherwise take minutes or the memory.
    assert!(started.elapsed() < Duration::from_secs(60), "{expected}");
}

#[test]
fn what_is_huge_is_refused_in_bounded_time() {
    check(
        &format!("gainsay: 1\n#{}\n", "x".repeat(5 << 20)),
        "error[E001]: the file is larger than 4 MiB, the limit for rule files\n",
    );
    check(&"[".repeat(1 << 20), "error[E001]: ");
    check(&"- ".repeat(1 << 20), "error[E001]: ");
    check(
        &format!("gainsay: 1\ngroups: &a [x]\nrules: [{}]\n", "*a, ".repeat(200_000)),
        "error[E001]: aliases repeat more than 10,000 values\n",
    );
    let wrong: String = (0..60_000).map(|n| format!("  - {{ idd: side-{n}, members: [nobody-{n}] }}\n")).collect();
    check(&format!("gainsay: 1\ngroups:\n{wrong}"), "error[E");
}

#[test]
fn long_chains_and_circles_are_followed_in_bounded_time() {
    let chain = |last: usize, end: &str| {
        let link = |n: usize| if n == last { end.to_owned() } else { format!("e{}", n + 1) };
        let lines = (0..=last).map(|n| format!("  - {{ id: e{n}, type: org, names: [Firm {n}], part_of: {} }}\n", link(n)));
        format!("gainsay: 1\nentities:\n{}", lines.collect::<String>())
    };
    check(&chain(20_000, "e0"), "error[E008]: the entity `e0` comes back to itself by `part_of`: e0 → e1 → e2 → ");
    check(&chain(20_000, "nowhere"), "error[E004]: no entity has the id `nowhere`\n");
}
