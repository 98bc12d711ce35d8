//! Knowledge flows one way: no room imports from one above it.

use std::path::Path;

/// Rooms from below to above; those on one line may not know each other unless listed.
const ROOMS: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("article", &["base"]),
    ("lexicon", &["base", "text", "claims"]),
    ("lexical", &["base", "text"]),
    ("ingest", &["base", "article", "lexicon"]),
    ("text", &["base", "article", "lexicon", "lexical"]),
    ("claims", &["base", "article", "lexicon", "lexical", "text"]),
    ("natlog", &["base", "article", "lexicon", "lexical", "text", "claims"]),
    ("entities", &["base", "article", "lexicon", "lexical", "text", "claims"]),
    ("graph", &["base", "article", "lexicon", "lexical", "text", "claims", "entities"]),
    ("rules", &["base", "article", "lexicon", "lexical", "text", "claims", "entities", "graph"]),
    ("conflicts", &["base", "article", "lexicon", "lexical", "text", "claims", "natlog", "entities", "graph", "rules"]),
    (
        "pipeline",
        &["base", "article", "lexicon", "lexical", "ingest", "text", "claims", "entities", "graph", "rules", "conflicts"],
    ),
    ("trial", &["base", "article", "text", "claims", "entities", "rules", "conflicts", "pipeline"]),
    ("draft", &["base", "lexical", "lexicon", "text", "claims", "entities", "rules", "conflicts", "pipeline", "trial"]),
    (
        "report",
        &["base", "article", "lexicon", "lexical", "text", "claims", "entities", "graph", "rules", "conflicts", "pipeline"],
    ),
    ("snapshot", &["base", "report"]),
    ("reference", &["base", "rules"]),
    (
        "lsp",
        &[
            "base",
            "article",
            "lexicon",
            "lexical",
            "ingest",
            "text",
            "claims",
            "entities",
            "rules",
            "conflicts",
            "pipeline",
            "trial",
        ],
    ),
];

/// Uses of other rooms by tests and by the model's own training are no part of the flow.
fn flow(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

fn files(folder: &Path, out: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs")
            && !path.file_stem().is_some_and(|s| s.to_string_lossy().ends_with("tests"))
        {
            out.push(path);
        }
    }
}

#[test]
fn no_arrow_points_upwards() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for (room, allowed) in ROOMS {
        let mut list = vec![src.join(format!("{room}.rs"))];
        files(&src.join(room), &mut list);
        for path in list.iter().filter(|path| path.exists()) {
            let text = std::fs::read_to_string(path).expect("a source file is readable");
            let code = flow(&text).lines().filter(|line| !line.trim_start().starts_with("//"));
            for (number, line) in code.enumerate() {
                for used in line.split("crate::").skip(1) {
                    let name: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                    let known = ROOMS.iter().any(|(known, _)| *known == name) || name == "cli";
                    if known && name != *room && !allowed.contains(&name.as_str()) {
                        wrong.push(format!("{} imports {name}: {} ({number})", path.display(), line.trim()));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "upward arrows:\n{}", wrong.join("\n"));
}
