//! Prints how files are read: headline, date, publisher, and every line kept (`+`), heading (`#`) or skipped (`-`, with its reason).
//!
//! `cargo run --example ingest_dump -- PATH…`

fn main() {
    let paths: Vec<std::path::PathBuf> = std::env::args_os().skip(1).map(Into::into).collect();
    let kit = gainsay::ingest::Kit::new(gainsay::lexicon::Lexicon::built_in(), gainsay::base::Limits::default());
    let corpus = gainsay::ingest::read(&paths, &kit);
    for article in &corpus.articles {
        println!(
            "== {} | {:?} | {:?} | {:?} | {:?}",
            article.id, article.title, article.publisher, article.published, article.author
        );
        let mut at = 0;
        for line in article.text.split_inclusive('\n') {
            let span = gainsay::base::Span::new(at, at + line.trim_end().len());
            at += line.len();
            if span.is_empty() {
                continue;
            }
            let skipped: Vec<_> = article.skipped.iter().filter(|s| s.span.overlaps(span)).collect();
            let mark = match skipped.first() {
                Some(s) if s.span.contains(span) || s.span.end as usize + 3 >= span.end as usize => "-",
                Some(_) => "±",
                None if article.title_span.is_some_and(|t| t.overlaps(span)) => "T",
                None if article.headings.iter().any(|h| h.overlaps(span)) => "#",
                None => "+",
            };
            let shown: String = line.trim().chars().take(160).collect();
            let reasons: Vec<_> = skipped.iter().map(|s| s.reason.as_str()).collect();
            println!("{mark} {shown} {}", if reasons.is_empty() { String::new() } else { format!("[{}]", reasons.join(", ")) });
        }
    }
    for notice in corpus.notices {
        println!("! {}: {} (fatal {})", notice.path, notice.message, notice.fatal);
    }
}
