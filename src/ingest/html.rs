//! Web pages: metadata from the head, main text by the crate `dom_smoothie`; the article's text is the extracted one.

use super::{Format, Kit, Origin, Output, bytes, complete, filled, notice};
use crate::article::Article;
use dom_smoothie::{Config, Readability, TextMode};
use std::io::BufRead;

/// `.html`.
pub struct Page;

/// Elements nested deeper than this are taken for an attack on the stack.
const DEPTH: usize = 400;

/// Elements of one page.
const ELEMENTS: usize = 200_000;

/// What is never the article's text, wherever it stands.
const CHROME: &str = "nav, aside, footer, button, select, dialog, template, noscript, svg, iframe, [class~=related], [class~=newsletter], [class~=share], \
    [role=navigation], [role=complementary], [role=contentinfo], [role=banner], [role=search], [role=dialog], [aria-hidden=true], [hidden]";

/// What tells of a picture.
const CAPTION: &str = "figcaption, p[class*=caption], div[class*=caption], span[class*=caption]";

impl Format for Page {
    fn name(&self) -> &'static str {
        "HTML"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["html", "htm", "xhtml"]
    }

    fn looks_like(&self, head: &str) -> bool {
        let head = head.trim_start().to_ascii_lowercase();
        head.starts_with('<')
            && ["<!doctype html", "<html", "<head", "<body", "<article", "<p"].iter().any(|tag| head.contains(tag))
    }

    fn read(&self, input: &mut dyn BufRead, origin: &Origin, kit: &Kit) -> Output {
        let mut out = Output::default();
        let Some(page) = bytes::whole(true, input, origin, kit, &mut out) else { return out };
        let mut article = Article { path: origin.name.clone(), ..Article::default() };
        match fill(&page, &mut article, kit) {
            Ok(()) => out.articles.push(article),
            Err(message) => out.notices.push(notice(origin, message, !origin.in_folder)),
        }
        out
    }
}

/// Extracts text and metadata of `page` into `article`, whose own metadata go first.
///
/// # Errors
/// In words, where the page holds no text or is nested too deeply.
pub fn fill(page: &str, article: &mut Article, kit: &Kit) -> Result<(), String> {
    let depth = nesting(page);
    if depth > DEPTH {
        return Err(format!("its elements are nested {depth} deep, more than the limit of {DEPTH}; it was left out"));
    }
    let config = Config { text_mode: TextMode::Formatted, max_elements_to_parse: ELEMENTS, ..Config::default() };
    let mut reader = Readability::new(page, None, Some(config)).map_err(|error| format!("cannot be read as HTML: {error}"))?;
    let metadata = reader.get_article_metadata(reader.parse_json_ld());
    let heading = heading(&reader, &metadata.title);
    let stamp = first_attr(
        &reader,
        &[
            ("[itemprop=datePublished]", "content"),
            ("[itemprop=datePublished]", "datetime"),
            ("meta[name=date]", "content"),
            ("meta[name='DC.date.issued']", "content"),
            ("article time[datetime]", "datetime"),
            ("time[pubdate]", "datetime"),
            ("main time[datetime]", "datetime"),
        ],
    );
    let site = first_attr(
        &reader,
        &[
            ("meta[property='og:site_name']", "content"),
            ("meta[name='DC.publisher']", "content"),
            ("meta[name=publisher]", "content"),
            ("meta[name='application-name']", "content"),
        ],
    );
    let address = first_attr(&reader, &[("link[rel=canonical]", "href"), ("meta[property='og:url']", "content")]);
    reader.doc.select(CHROME).remove();
    reader.doc.select(CAPTION).remove();
    remove_links(&reader);
    let parsed = reader.parse().map_err(|error| format!("no main text was found ({error})"))?;

    let find = |value: &str| kit.furniture.calendar.find(value).map(|found| found.date);
    article.title = article.title.take().or(heading);
    article.publisher = article.publisher.take().or_else(|| metadata.site_name.as_deref().and_then(filled)).or(site);
    article.url = article.url.take().or(address).or_else(|| metadata.url.as_deref().and_then(filled));
    article.author = article.author.take().or_else(|| metadata.byline.as_deref().and_then(filled));
    article.language = article.language.take().or_else(|| metadata.lang.as_deref().and_then(filled));
    let stated = metadata.published_time.as_deref().and_then(find).or_else(|| stamp.as_deref().and_then(find));
    article.published =
        article.published.or(stated).or_else(|| article.url.as_deref().and_then(date_in_address).and_then(|date| find(&date)));
    article.extracted = true;
    article.text = text(&parsed.text_content, article.title.as_deref());
    if article.text.trim().is_empty() {
        return Err("no main text was found".into());
    }
    complete(article, 0, kit);
    Ok(())
}

/// Removes paragraphs and lists that are nothing but links to other pages.
fn remove_links(reader: &Readability) {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    for block in reader.doc.select("p, ul, ol, h2, h3, h4, h5").iter() {
        let text = block.text();
        let all = letters(&text);
        let links = block.select("a[href]");
        let outward = links.iter().filter(|link| link.attr("href").is_some_and(|href| !href.starts_with('#')));
        let linked: usize = outward.map(|link| letters(&link.text())).sum();
        let words = text.split_whitespace().count();
        if all > 0 && linked * 20 >= all * 19 && words >= 3 && !text.trim_end().ends_with(['.', '!', '”']) {
            block.remove();
        }
    }
}

/// The headline, then the text, one paragraph a line with an empty line between.
fn text(content: &str, title: Option<&str>) -> String {
    let mut out = String::with_capacity(content.len() + 200);
    let paragraphs: Vec<String> = content.lines().filter_map(filled).collect();
    if let Some(title) = title
        && paragraphs.iter().take(4).all(|line| line != title)
    {
        out.push_str(title);
        out.push_str("\n\n");
    }
    for line in paragraphs {
        out.push_str(&line);
        out.push_str("\n\n");
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// The first heading where it agrees with the title that the head states (which often carries the site's name too), else that title.
fn heading(reader: &Readability, stated: &str) -> Option<String> {
    let stated = filled(stated);
    let headings: Vec<String> = reader.doc.select("h1").iter().filter_map(|h1| filled(&h1.text())).collect();
    let near = |heading: &&String| {
        stated.as_deref().is_none_or(|stated| {
            stated.starts_with(heading.as_str())
                || heading.starts_with(stated)
                || strsim::normalized_levenshtein(stated, heading) > 0.6
        })
    };
    headings.iter().find(near).cloned().or(stated).or_else(|| headings.first().cloned())
}

fn first_attr(reader: &Readability, places: &[(&str, &str)]) -> Option<String> {
    places.iter().find_map(|(selector, name)| {
        reader.doc.select(selector).iter().find_map(|found| found.attr(name).and_then(|value| filled(&value)))
    })
}

/// "/2024/05/03/" in an address, as a date.
fn date_in_address(address: &str) -> Option<String> {
    let parts: Vec<&str> = address.split('/').collect();
    parts.windows(3).find_map(|three| {
        let digits = |part: &str, range: std::ops::RangeInclusive<usize>| {
            range.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
        };
        (digits(three[0], 4..=4) && digits(three[1], 1..=2) && digits(three[2], 1..=2)).then(|| three.join("-"))
    })
}

/// An upper bound of how deep elements are nested: opening tags minus closing ones, void elements aside.
fn nesting(page: &str) -> usize {
    let bytes = page.as_bytes();
    let (mut depth, mut deepest) = (0usize, 0usize);
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|byte| *byte == b'<') {
        let open = at + found;
        at = open + 1;
        match bytes.get(at) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(first) if first.is_ascii_alphabetic() => {
                let name = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
                let end = bytes[at..].iter().position(|byte| *byte == b'>').map_or(bytes.len(), |n| at + n);
                let closed = bytes[..end].last() == Some(&b'/');
                // Elements that are commonly left open would count as nesting without being any.
                let flat = matches!(
                    page[at..at + name].to_ascii_lowercase().as_str(),
                    "br" | "hr"
                        | "img"
                        | "input"
                        | "link"
                        | "meta"
                        | "source"
                        | "wbr"
                        | "area"
                        | "base"
                        | "col"
                        | "embed"
                        | "param"
                        | "track"
                        | "p"
                        | "li"
                        | "td"
                        | "tr"
                        | "th"
                        | "dt"
                        | "dd"
                        | "option"
                        | "thead"
                        | "tbody"
                );
                if !flat && !closed {
                    depth += 1;
                    deepest = deepest.max(depth);
                }
            }
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Limits;
    use crate::lexicon::Lexicon;

    fn read(page: &str) -> Result<Article, String> {
        let mut article = Article::default();
        fill(page, &mut article, &Kit::new(Lexicon::built_in(), Limits::default())).map(|()| article)
    }

    const BODY: &str = "<p>The ferry to Lunn was cancelled on Monday because of high water, the harbour office said in a statement.</p>\
        <p>Harbour master Ida Frey told the town radio that nobody had been hurt, and she asked all travellers to wait for news.</p>\
        <p>A second ferry is expected to sail on Wednesday, if the water falls by more than a metre until then, she said.</p>";

    #[test]
    fn a_page_gives_text_and_metadata() {
        let page = format!(
            "<html lang=en><head><title>Ferry cancelled | Lunn Post</title><meta property=og:site_name content='Lunn Post'>\
             <script type='application/ld+json'>{{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":\"Ferry cancelled\",\"datePublished\":\"2024-05-06T08:00:00Z\"}}</script></head>\
             <body><nav><a href=/>Home</a><a href=/n>News</a></nav><main><article><h1>Ferry cancelled</h1>{BODY}</article>\
             <aside><h2>Read next</h2><ul><li><a href=/x>Bridge sold to a circus</a></li></ul></aside></main><footer>© Lunn Post 2024</footer></body></html>"
        );
        let article = read(&page).unwrap();
        assert_eq!(
            (article.title.as_deref(), article.publisher.as_deref(), article.language.as_deref()),
            (Some("Ferry cancelled"), Some("Lunn Post"), Some("en"))
        );
        assert_eq!(article.published.map(|d| d.to_string()).as_deref(), Some("2024-05-06"));
        assert!(article.text.starts_with("Ferry cancelled\n\nThe ferry to Lunn"), "{}", article.text);
        assert!(!article.text.contains("circus") && article.extracted);
        assert_eq!(article.title_span.map(|span| span.of(&article.text)), Some("Ferry cancelled"));
    }

    #[test]
    fn deep_nesting_and_empty_pages_are_refused_in_words() {
        assert!(read(&"<div>".repeat(100_000)).unwrap_err().contains("nested 100000 deep"));
        assert!(read("<html><body></body></html>").is_err());
        let deep = format!("<html><body>{}{BODY}{}</body></html>", "<div>".repeat(DEPTH - 5), "</div>".repeat(DEPTH - 5));
        let small = std::thread::Builder::new().stack_size(2 << 20).spawn(move || read(&deep).map(|a| a.text.len())).unwrap();
        assert!(small.join().unwrap().is_ok_and(|length| length > 300));
    }

    #[test]
    fn captions_and_paragraphs_of_links_are_left_out() {
        let extra = "<p><a href='/a'>Circus buys the old bridge at Lunn</a></p><ul><li><a href='/b'>Fish are back in the river</a></li></ul><figure><img src=x><figcaption>The old ferry in a storm of last year.</figcaption></figure>";
        let article = read(&format!("<html><body><article>{BODY}{extra}{BODY}</article></body></html>")).unwrap();
        assert!(["Circus", "Fish", "storm"].iter().all(|word| !article.text.contains(word)), "{}", article.text);
    }
}
