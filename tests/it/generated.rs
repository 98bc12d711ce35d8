//! Documents that are made of the code: they are held against it, and made anew with `GAINSAY_REFRESH=1 cargo test generated`.

use std::path::Path;

fn check(path: &str, text: &str) {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("GAINSAY_REFRESH").is_some() {
        std::fs::create_dir_all(place.parent().expect("a file has a folder")).expect("the folder is made");
        std::fs::write(&place, text).expect("the file is written");
    }
    let stored = std::fs::read_to_string(&place).unwrap_or_default();
    assert!(stored == text, "{path} is stale; refresh it with GAINSAY_REFRESH=1 cargo test generated");
}

#[test]
fn the_schema_of_reports_is_fresh() {
    check(
        "docs/report.schema.json",
        &(serde_json::to_string_pretty(&gainsay::report::view::schema()).expect("plain data") + "\n"),
    );
}

#[test]
fn the_schema_of_the_configuration_is_fresh() {
    let schema = gainsay::config::schema(&<gainsay::cli::args::Cli as clap::CommandFactory>::command());
    check("docs/config.schema.json", &(serde_json::to_string_pretty(&schema).expect("plain data") + "\n"));
}

#[test]
fn the_reference_is_fresh() {
    let files: Vec<gainsay::reference::Decoded<'_>> = gainsay::rules::shipped().map(|(file, decoded)| (file, decoded)).collect();
    let pages = gainsay::reference::pages(&files);
    for page in &pages {
        check(&format!("docs/rules/{}", page.path), &page.text);
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules");
    let stray = gainsay::reference::stray(&folder, &pages);
    if std::env::var_os("GAINSAY_REFRESH").is_some() {
        stray.iter().for_each(|path| std::fs::remove_file(folder.join(path)).expect("it can be removed"));
    } else {
        assert!(stray.is_empty(), "pages that nothing makes: {stray:?}");
    }
}

#[test]
fn the_schema_of_rules_is_fresh() {
    check(
        "docs/rules/schema.json",
        &(serde_json::to_string_pretty(&gainsay::rules::schema::json_schema()).expect("plain data") + "\n"),
    );
}
