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
fn the_schema_of_rules_is_fresh() {
    check(
        "docs/rules/schema.json",
        &(serde_json::to_string_pretty(&gainsay::rules::schema::json_schema()).expect("plain data") + "\n"),
    );
}
