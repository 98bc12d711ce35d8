//! A rule's message, filled in: who said what against whom.

use super::detectors::{Clash, Context};
use super::facts::{Fact, Voice};
use crate::base::Sym;
use crate::rules::Message;

/// Name of a voice as a reader knows it: the speaker, else the publisher, else the article.
pub fn speaker(cx: &Context, fact: &Fact, voice: &Voice) -> String {
    let article = &cx.facts.readings[fact.reading as usize].article;
    if let Some(being) = voice.being {
        return cx.facts.who.list[being as usize].name.clone();
    }
    let written = voice.link.and_then(|link| cx.facts.claim(fact).chain.get(link as usize)?.mention);
    match (written, voice.is_publisher()) {
        (Some(span), _) => span.of(&article.text).to_owned(),
        (None, false) => "somebody unnamed".to_owned(),
        (None, true) => article.publisher.clone().unwrap_or_else(|| article.id.clone()),
    }
}

/// Fills a template; a name that is not bound stays empty.
pub fn fill(cx: &Context, template: &Message, sides: [(&Fact, &Voice); 2], clash: &Clash) -> String {
    template.fill(|second, name| value(cx, sides[usize::from(second)], clash, usize::from(second), name))
}

fn value(cx: &Context, (fact, voice): (&Fact, &Voice), clash: &Clash, side: usize, name: &str) -> String {
    if let Some((_, words)) = clash.bound[side].iter().find(|(n, _)| *n == name) {
        return words.clone();
    }
    let wanted = Sym::new(name);
    if let Some((_, words)) = clash.captured[side].iter().find(|(n, _)| *n == wanted) {
        return words.clone();
    }
    let article = &cx.facts.readings[fact.reading as usize].article;
    match name {
        "source" => speaker(cx, fact, voice),
        "publisher" => article.publisher.clone().unwrap_or_else(|| article.id.clone()),
        "date" => fact.published.map_or_else(|| "undated".to_owned(), |d| d.to_string()),
        "text" => one_line(cx.facts.claim(fact).span.of(&article.text)),
        "event_date" => "an unknown date".to_owned(),
        "position" | "n" => one_line(cx.facts.claim(fact).span.of(&article.text)),
        _ => String::new(),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
