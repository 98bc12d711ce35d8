use super::*;

/// What is kept, one line each, the headline marked with `# ` and headings with `## `.
fn kept(text: &str) -> (String, Layout) {
    let furniture = Furniture::new(Lexicon::built_in());
    let layout = furniture.read(text, 0, None);
    let mut out = String::new();
    for span in blocks(text, 0) {
        if layout.skipped.iter().any(|skipped| skipped.span.contains(span)) {
            continue;
        }
        let cut = layout.skipped.iter().filter(|skipped| span.contains(skipped.span)).map(|skipped| skipped.span.end).max();
        let shown = Span { start: cut.unwrap_or(span.start), end: span.end };
        let mark = if layout.title.is_some_and(|title| title.overlaps(span)) {
            "# "
        } else if layout.headings.contains(&span) {
            "## "
        } else {
            ""
        };
        out.push_str(mark);
        out.push_str(shown.of(text).trim());
        out.push('\n');
    }
    (out, layout)
}

fn check(text: &str, expected: &str) -> Layout {
    let (shown, layout) = kept(text);
    let expected: String = expected.lines().map(|line| format!("{}\n", line.trim())).collect();
    assert_eq!(
        shown.trim(),
        expected.trim(),
        "{:#?}",
        layout.skipped.iter().map(|s| (s.span.of(text), &s.reason)).collect::<Vec<_>>()
    );
    layout
}

const ONE: &str = "The ferry to Lunn was cancelled on Monday because of high water, the harbour office said.";
const TWO: &str = "“Nobody was hurt,” harbour master Ida Frey told the town radio, and she asked travellers to wait.";

#[test]
fn a_bare_text_is_kept_whole() {
    check("The bridge is open.", "The bridge is open.");
    check("Bridge open", "Bridge open");
    check(&format!("{ONE}\n\n{TWO}"), &format!("{ONE}\n{TWO}"));
}

#[test]
fn head_and_foot_of_a_page_are_furniture() {
    let text = format!(
        "Monday, May 6, 2024\nxy_widget\n\nLATEST\n\nRelated Posts\n\nFerry to Lunn Cancelled After Heavy Rain\n\nMay 3, 2024 – Lunn\n\nBy Ann Orre\n\n{ONE}\n\n{TWO}\n\nPopular Articles\n\nFerry Sinks Off Cape Marr\n\nFollow us\n\n© 2024 Lunn Post. All rights reserved."
    );
    let layout = check(&text, &format!("# Ferry to Lunn Cancelled After Heavy Rain\n{ONE}\n{TWO}"));
    assert_eq!(layout.date.map(|d| d.to_string()).as_deref(), Some("2024-05-03"));
    assert_eq!(layout.publisher.as_deref(), Some("Lunn Post"));
}

#[test]
fn a_page_clock_is_no_date() {
    let text =
        format!("Monday, May 6, 2024\n\nHome | News | Ferries\n\nFerry to Lunn Cancelled After Heavy Rain\n\n{ONE}\n\n{TWO}");
    assert_eq!(check(&text, &format!("# Ferry to Lunn Cancelled After Heavy Rain\n{ONE}\n{TWO}")).date, None);
}

#[test]
fn headlines_between_time_stamps_are_a_list() {
    let stamp = "Mon, 06 May 2024 10:00:00 GMT";
    let text = format!(
        "Ferry to Lunn Cancelled After Heavy Rain\n\nTue May 07 2024 00:00:47 GMT+0300 (Eastern European Summer Time)\nFerry to Lunn Cancelled After Heavy Rain\n\n{ONE}\n\n{TWO}\n\n{stamp}\n\nMayor Denies Plan to Close Harbour\n\n{stamp}\n{stamp}\n\nWho Pays for the New Quay?\n\n{stamp}"
    );
    let layout = check(&text, &format!("# Ferry to Lunn Cancelled After Heavy Rain\n{ONE}\n{TWO}"));
    assert_eq!(layout.date.map(|d| d.to_string()).as_deref(), Some("2024-05-07"));
}

#[test]
fn section_headings_are_kept_and_runs_of_links_are_not() {
    let text = format!(
        "Ferry to Lunn Cancelled After Heavy Rain\n{ONE}\nHarbour Office Blames Water Board\n{TWO}\nMore ferries\nTides\nHarbour map\n{ONE} More is expected."
    );
    check(
        &text,
        &format!(
            "# Ferry to Lunn Cancelled After Heavy Rain\n{ONE}\n## Harbour Office Blames Water Board\n{TWO}\n{ONE} More is expected."
        ),
    );
}

#[test]
fn a_standfirst_and_short_quotes_are_kept() {
    let text = format!(
        "Ferry to Lunn cancelled\n\nHarbour office says the water is too high for all but the smallest boats\n\n{ONE}\n\n“I will wait.”\n\n{TWO}\n\nShe will."
    );
    check(
        &text,
        &format!(
            "# Ferry to Lunn cancelled\n## Harbour office says the water is too high for all but the smallest boats\n{ONE}\n“I will wait.”\n{TWO}\nShe will."
        ),
    );
}

#[test]
fn the_site_talking_about_itself_is_no_article() {
    let text = format!(
        "Ferry to Lunn cancelled today\n\n{ONE}\n\n{TWO}\n\nWe live the news and we bring our best to you every day, so that you can trust us when your world changes.\n\nTrending\n\nCopyright © All rights reserved. This website offers general news for informational purposes only. Readers are encouraged to verify facts."
    );
    let layout = check(&text, &format!("# Ferry to Lunn cancelled today\n{ONE}\n{TWO}"));
    assert_eq!(layout.publisher, None);
}

#[test]
fn a_quotation_of_people_who_say_we_is_kept() {
    let last = "“We ask you to stay at home, we will look after your boats, and our crews will tell you more,” Frey said.";
    check(&format!("{ONE}\n\n{TWO}\n\n{last}"), &format!("{ONE}\n{TWO}\n{last}"));
}

#[test]
fn a_masthead_that_the_foot_repeats_is_the_publisher() {
    let text = format!(
        "LUNN EVENING POST\nHome / City / Sport\n\nFerry to Lunn cancelled today\n\nTuesday 7 May 2024, 11:02\n\nCity desk\n\nLike 41   Share   Print\n\n{ONE}\n\n{TWO}\n\nMost viewed\n1. Ferry back\n2. Ferry gone\n\nLunn Evening Post is part of Lunn Media. All content is protected by copyright."
    );
    let layout = check(&text, &format!("# Ferry to Lunn cancelled today\n{ONE}\n{TWO}"));
    assert_eq!(layout.publisher.as_deref(), Some("Lunn Evening Post"));
}

#[test]
fn a_dateline_before_the_first_sentence_is_cut_off() {
    let layout = check(&format!("LUNN, May 7, 2024 (Harbour Wire) — {ONE}\n\n{TWO}"), &format!("{ONE}\n{TWO}"));
    assert_eq!(layout.date.map(|d| d.to_string()).as_deref(), Some("2024-05-07"));
    check(&format!("The ferry — an old one — sank.\n\n{TWO}"), &format!("The ferry — an old one — sank.\n{TWO}"));
}

#[test]
fn hard_wrapped_paragraphs_are_one_block() {
    let text = "Ferry to Lunn cancelled again\n\nThe ferry to Lunn was cancelled on Monday because of the high water that\ncame down the river overnight, the harbour office said in a statement to\nMayor Ida Frey and the council. Nobody was hurt, it said, and all of the\npassengers had been sent home.\n\nA second ferry is expected to sail on Wednesday if the water falls by more\nthan a metre.";
    assert_eq!(blocks(text, 0).len(), 3);
    check(text, &format!("# Ferry to Lunn cancelled again\n{}", text.split_once("\n\n").unwrap().1.replace("\n\n", "\n")));
}

#[test]
fn copyright_owners() {
    for (line, owner) in [
        ("© 2025 Straits Wire. All rights reserved.", Some("Straits Wire")),
        ("Copyright Orlaine Today 2025. Reproduction is prohibited.", Some("Orlaine Today")),
        ("Copyright © All rights reserved. This website offers news.", None),
        ("Copyright (c) 2019-2024 by The Bee, all rights reserved", Some("The Bee")),
        ("The court found no copyright in the list.", None),
    ] {
        assert_eq!(copyright_owner(line).as_deref(), owner, "{line}");
    }
}
