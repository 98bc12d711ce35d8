//! One sentence as it is read, for people who write rules: words, clauses, who says it, how firmly, what event, what figures.
//!
//! In: a [`Reading`] and what rules found in it. Out: text. Shows every claim with the steps by which its stance was folded.

use super::claims::figure;
use super::layout::{Ink, Style, wrap};
use crate::claims::{Claim, Effect, FoundBy, Level, Link, Mention, Modality, Reading, Reply, Stance};
use crate::rules::{Found, Matcher, RuleSet};

/// Shows what a matcher reads: the words of each sentence, then its claims; `found` is what the rules find in each claim.
pub fn human(matcher: &Matcher<'_>, found: &[Found], style: Style) -> String {
    let (reading, rules) = (matcher.reading(), matcher.rules());
    let page = Page { reading, rules, style, text: &reading.article.text };
    let mut out = Vec::new();
    for (number, sentence) in reading.document.sentences.iter().enumerate() {
        if number > 0 {
            out.push(String::new());
        }
        for line in wrap(sentence.span.of(page.text), style.width) {
            out.push(style.paint(Ink::Strong, &line));
        }
        out.push(String::new());
        page.words(number, &mut out);
        page.mentions(number, &mut out);
        let claims: Vec<_> = reading.claims.iter().enumerate().filter(|(_, claim)| claim.sentence as usize == number).collect();
        if claims.is_empty() {
            out.push(String::new());
            out.push("  no claim".into());
        }
        for (shown, (at, claim)) in claims.iter().enumerate() {
            out.push(String::new());
            page.claim(shown + 1, claim, &mut out);
            page.positions(matcher, *at, found.get(*at), &mut out);
        }
    }
    let mut text = out.join("\n");
    text.push('\n');
    text
}

struct Page<'a> {
    reading: &'a Reading,
    rules: &'a RuleSet,
    style: Style,
    text: &'a str,
}

impl Page<'_> {
    /// One line a token: form, lemma, part of speech, relation to its head.
    fn words(&self, sentence: usize, out: &mut Vec<String>) {
        let document = &self.reading.document;
        let sentence = &document.sentences[sentence];
        let tokens = &document.tokens[sentence.range()];
        let longest = |of: &dyn Fn(usize) -> usize, least: usize| (0..tokens.len()).map(of).max().unwrap_or(0).clamp(least, 22);
        let forms = longest(&|at| tokens[at].span.of(self.text).chars().count(), 4);
        let lemmas = longest(&|at| tokens[at].lemma.as_str().chars().count(), 5);
        for token in tokens {
            let head = document.tokens.get(token.head as usize).filter(|head| head.span != token.span);
            let relation = match (sentence.parsed, head) {
                (true, Some(head)) => format!("{} of {}", token.rel.name(), head.span.of(self.text)),
                (true, None) => "root".to_owned(),
                (false, _) => String::new(),
            };
            let line = format!(
                "  {:<forms$}  {:<lemmas$}  {:<5}  {:<4}  {relation}",
                token.span.of(self.text),
                token.lemma.as_str(),
                token.pos.name(),
                token.tag.name(),
            );
            out.push(self.style.paint(Ink::Faint, line.trim_end()));
        }
    }

    /// Who and what is named: one line each, with kind, whom it leads to and whom it speaks for.
    fn mentions(&self, sentence: usize, out: &mut Vec<String>) {
        let range = self.reading.document.sentences[sentence].range();
        let here = self.reading.mentions.iter().filter(|mention| range.contains(&(mention.head as usize)));
        let mut lines: Vec<String> = here
            .map(|mention| {
                let leads_to = self.leads_to(mention).map(|(name, rule)| format!(", that is {name}, by {rule}"));
                let owner = mention.speaks_for.and_then(|at| self.reading.mentions.get(at as usize));
                let speaks_for = owner.map(|owner| format!(", speaks for {}", owner.name));
                let title = mention.title.as_ref().map(|title| format!(", {title}"));
                let kind = super::build::kind(mention.kind);
                let more = [title, leads_to, speaks_for].into_iter().flatten().collect::<String>();
                format!("“{}”: {kind}{more}", one_line(mention.span.of(self.text)))
            })
            .collect();
        lines.dedup();
        if !lines.is_empty() {
            out.push(String::new());
        }
        for line in lines {
            let mut wrapped = wrap(&line, self.style.width.saturating_sub(4)).into_iter();
            out.extend(wrapped.next().map(|line| format!("  {line}")));
            out.extend(wrapped.map(|line| format!("    {line}")));
        }
    }

    /// The fullest name of what a mention names, with the rule that led to it, where it says something else.
    fn leads_to(&self, mention: &Mention) -> Option<(&str, &'static str)> {
        let leader = self.reading.mentions.get(mention.leader as usize).filter(|leader| leader.span != mention.span)?;
        (leader.name != mention.name).then_some((leader.name.as_str(), mention.joined_by.unwrap_or("name")))
    }

    fn claim(&self, number: usize, claim: &Claim, out: &mut Vec<String>) {
        let content: Vec<&str> = claim.content.iter().map(|span| span.of(self.text)).collect();
        let lead = format!("  {number}. ");
        for (at, line) in wrap(&content.join(" … "), self.style.width.saturating_sub(lead.len())).iter().enumerate() {
            let lead = if at == 0 { lead.clone() } else { " ".repeat(lead.len()) };
            out.push(format!("{lead}{}", self.style.paint(Ink::Strong, line)));
        }
        for (at, link) in claim.chain.iter().enumerate() {
            let stance = claim.commitments.get(at).copied().unwrap_or_default();
            self.row(if at == 0 { "said by" } else { "citing" }, &format!("{}: {}", self.link(link), stance_words(stance)), out);
        }
        let publisher = match claim.publisher {
            Stance::None if !claim.chain.is_empty() => "does not commit itself (Uu)".to_owned(),
            stance => stance_words(stance),
        };
        self.row("publisher", &publisher, out);
        self.row("factuality", super::build::factuality(claim).name(), out);
        for operator in &claim.operators {
            let reach: Vec<&str> = operator.reach.iter().filter_map(|at| self.token(*at)).collect();
            let effect = match operator.effect {
                Effect::Negates => "negates",
                Effect::Lowers(Level::Probable) => "makes probable",
                Effect::Lowers(_) => "makes possible",
                Effect::Restricts => "restricts the negation of",
                Effect::Ends => "commits nobody to",
            };
            self.row("operator", &format!("“{}” {effect} “{}”", self.tokens(&operator.tokens), reach.join(" ")), out);
        }
        if claim.modality != Modality::Realised {
            let by = claim.modality_by.and_then(|at| self.token(at)).map_or_else(String::new, |word| format!(", by “{word}”"));
            self.row("modality", &format!("{}{by}: asserts nothing", super::build::modality(claim.modality)), out);
        }
        self.event(claim, out);
        for quantity in &claim.quantities {
            let finite = |value: f64| value.is_finite().then_some(value);
            let shown = super::view::Quantity {
                value: quantity.value,
                low: finite(quantity.low),
                high: finite(quantity.high),
                comparator: comparator(quantity.comparator).into(),
                unit: quantity.unit.map(|unit| unit.as_str().to_owned()),
                counted: quantity.counted.map(|word| word.as_str().to_owned()),
                ..super::view::Quantity::default()
            };
            let mut notes = vec![format!("{:?}", quantity.kind).to_lowercase()];
            notes.extend(quantity.part.then(|| "a part".into()));
            notes.extend(quantity.filled.then(|| "unit filled from its place".into()));
            self.row(
                "quantity",
                &format!("“{}” = {} ({})", one_line(quantity.span.of(self.text)), figure(&shown), notes.join(", ")),
                out,
            );
        }
        if let Some(time) = claim.time {
            let words = one_line(time.span.of(self.text));
            let said = if words.is_empty() { String::new() } else { format!("“{words}” = ") };
            let days = if time.start == time.end { time.start.to_string() } else { format!("{} to {}", time.start, time.end) };
            self.row("time", &format!("{said}{days} ({})", format!("{:?}", time.grain).to_lowercase()), out);
        }
        if let Some(reply) = &claim.denies {
            self.row("answers", &self.reply(reply), out);
        }
    }

    /// Which positions a claim takes and what keeps it from one; the nearest where it takes none.
    fn positions(&self, matcher: &Matcher<'_>, at: usize, found: Option<&Found>, out: &mut Vec<String>) {
        let Some((claim, found)) = self.reading.claims.get(at).zip(found) else { return };
        for taken in &found.taken {
            let Some(topic) = self.rules.topics.get(taken.topic) else { continue };
            let (name, words) = (topic.name(taken.said), self.tokens(&taken.found.tokens));
            let pattern = self.rules.pattern_text(taken.found.pattern);
            self.row("pattern", &format!("{} / {name} matches “{words}” by `{pattern}`", topic.id), out);
            for held in &taken.held {
                let link = held.link.and_then(|at| claim.chain.get(at));
                let who = link.map_or_else(|| "the publisher".to_owned(), |link| self.source(link));
                self.row("position", &format!("{who} takes {} ({})", topic.name(held.position), topic.label(held.position)), out);
            }
            if taken.held.is_empty() {
                self.row("stopped", "the gate `no-stance`: nobody is committed to it", out);
            }
        }
        for (topic, said, gate) in &found.barred {
            let Some(topic) = self.rules.topics.get(*topic) else { continue };
            let why = if *gate == "about" { "the text is not about the topic" } else { "an `unless` matches too" };
            self.row("stopped", &format!("{} / {} matches, but the gate `{gate}`: {why}", topic.id, topic.name(*said)), out);
        }
        if !found.taken.is_empty() || !found.barred.is_empty() {
            return;
        }
        if let Some((topic, reach)) = matcher.nearest_topic(at)
            && let Some((topic, near)) = self.rules.topics.get(topic).zip(reach.near)
        {
            let position = reach.position.map_or_else(String::new, |at| format!(" / {}", topic.name(at)));
            let pattern = self.rules.pattern_text(near.pattern);
            self.row("nearest", &format!("{}{position} by `{pattern}`, {}", topic.id, near.stopped), out);
        }
    }

    /// A labelled line, wrapped with a hanging indent.
    fn row(&self, label: &str, text: &str, out: &mut Vec<String>) {
        let indent = 17;
        for (at, line) in wrap(text, self.style.width.saturating_sub(indent)).into_iter().enumerate() {
            let label = if at == 0 { label } else { "" };
            out.push(format!("     {}{line}", self.style.paint(Ink::Faint, &format!("{label:<12}"))));
        }
    }

    fn event(&self, claim: &Claim, out: &mut Vec<String>) {
        let Some(event) = &claim.event else { return };
        let phrase =
            |arg: &crate::claims::Arg| one_line(self.reading.document.span(arg.first as usize..arg.end as usize).of(self.text));
        let mut parts = Vec::new();
        parts.extend(event.subject.as_ref().map(|arg| format!("subject “{}”", phrase(arg))));
        // The one participant of "the bridge reopened" stands in both roles.
        let object = event.object.as_ref().filter(|object| event.subject.is_none_or(|subject| subject.head != object.head));
        parts.extend(object.map(|arg| format!("object “{}”", phrase(arg))));
        parts.extend(event.recipient.as_ref().map(|arg| format!("to “{}”", phrase(arg))));
        parts.extend(event.complements.iter().map(|(preposition, arg)| format!("{} “{}”", preposition.as_str(), phrase(arg))));
        let passive = if event.passive { " (passive)" } else { "" };
        let list = if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) };
        self.row("event", &format!("{}{passive}{list}", event.lemma.as_str()), out);
    }

    /// The words that point, and the claim that they point to where the text settles it.
    fn reply(&self, reply: &Reply) -> String {
        let words = format!("“{}”", one_line(reply.span.of(self.text)));
        let answered = reply.claim.and_then(|at| self.reading.claims.get(at as usize));
        match (answered, reply.owner.and_then(|at| self.reading.mentions.get(at as usize))) {
            (Some(claim), _) => {
                let content: Vec<&str> = claim.content.iter().map(|span| span.of(self.text)).collect();
                format!("{words}, that is “{}” in sentence {}", one_line(&content.join(" … ")), claim.sentence + 1)
            }
            (None, Some(owner)) => format!("{words}, of {}", owner.name),
            (None, None) => words,
        }
    }

    fn link(&self, link: &Link) -> String {
        let cue = self.reading.document.span(link.cue.start as usize..link.cue.end as usize).of(self.text);
        let mut notes = vec![found_by(link.found_by).to_owned()];
        if let Some(mention) = link.source.and_then(|at| self.reading.mentions.get(at as usize)) {
            notes.extend(self.leads_to(mention).map(|(name, rule)| format!("that is {name}, by {rule}")));
        }
        notes.extend(link.negated_by.and_then(|at| self.token(at)).map(|word| format!("negated by “{word}”")));
        notes.extend(link.unasserted.then(|| "not told as a fact".to_owned()));
        notes.extend(link.denial.then(|| "a denial".to_owned()));
        notes.extend(link.withholds.then(|| "withholds it".to_owned()));
        let cue = if cue.is_empty() { "a quotation".to_owned() } else { format!("“{}”", one_line(cue)) };
        format!("{}, {cue} ({})", self.source(link), notes.join("; "))
    }

    fn source(&self, link: &Link) -> String {
        link.mention.map_or_else(|| "somebody unnamed".to_owned(), |span| one_line(span.of(self.text)))
    }

    fn token(&self, at: u32) -> Option<&str> {
        self.reading.document.tokens.get(at as usize).map(|token| token.span.of(self.text))
    }

    fn tokens(&self, tokens: &[u32]) -> String {
        let words: Vec<&str> = tokens.iter().filter_map(|at| self.token(*at)).collect();
        words.join(" ")
    }
}

fn comparator(comparator: crate::claims::Comparator) -> &'static str {
    use crate::claims::Comparator as C;
    match comparator {
        C::Exact => "exact",
        C::About => "about",
        C::AtLeast => "at least",
        C::AtMost => "at most",
        C::Range => "range",
    }
}

fn stance_words(stance: Stance) -> String {
    let words = match stance {
        Stance::Asserted(Level::Certain) => "says it is so",
        Stance::Asserted(Level::Probable) => "holds it for probable",
        Stance::Asserted(Level::Possible) => "holds it for possible",
        Stance::Refuted(Level::Certain) => "says it is not so",
        Stance::Refuted(Level::Probable) => "holds it for improbable",
        Stance::Refuted(Level::Possible) => "doubts it",
        Stance::None => "does not commit itself",
    };
    format!("{words} ({})", stance.name())
}

fn found_by(rule: FoundBy) -> &'static str {
    match rule {
        FoundBy::Subject => "subject of the cue",
        FoundBy::Inverted => "after the cue",
        FoundBy::Complement => "named by a preposition or possessive",
        FoundBy::Continued => "the speaker of the quotation before",
        FoundBy::Neighbour => "the one speaker named beside the quotation",
        FoundBy::Unnamed => "the text names nobody",
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
