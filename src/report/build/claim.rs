//! The claims of one article as the report shows them.

use super::{Ids, Input, factuality, modality, publisher_id, source_id};
use crate::base::{Fingerprint, LineIndex, Span};
use crate::claims::{self, Claim, Comparator, Grain, QuantityKind, QuoteKind, Reading, Stance};
use crate::conflicts::ClaimRef;
use crate::report::view;

/// Builds the claims of one article.
pub(super) struct Builder<'a> {
    pub(super) input: &'a Input<'a>,
    pub(super) ids: &'a Ids,
    pub(super) at: usize,
    pub(super) reading: &'a Reading,
    pub(super) lines: &'a LineIndex,
}

impl Builder<'_> {
    fn text(&self) -> &str {
        &self.reading.article.text
    }

    fn words(&self, span: Span) -> view::Words {
        view::Words { text: span.of(self.text()).to_owned(), span }
    }

    fn pieces(&self, spans: &[Span]) -> view::Pieces {
        let text: Vec<&str> = spans.iter().map(|span| span.of(self.text())).collect();
        view::Pieces { text: text.join(" "), spans: spans.to_vec() }
    }

    /// Where something of it stands in its article.
    pub(super) fn place(&self, sentence: u32, span: Span) -> view::Place {
        let (line, column) = self.lines.position(self.text(), span.start);
        view::Place { article: self.reading.article.id.clone(), sentence, span, line, column }
    }

    fn entity(&self, mention: Option<u32>) -> Option<String> {
        let at = self.input.analysis.entities.entity_of(self.at, mention?)?;
        Some(self.input.analysis.entities.get(at).id.clone())
    }

    fn publisher(&self) -> String {
        publisher_id(self.input, self.at).to_owned()
    }

    fn source(&self, link: &claims::Link) -> String {
        source_id(self.input, self.at, link).to_owned()
    }

    /// A claim with all that is known of it.
    pub(super) fn claim(&self, number: usize, claim: &Claim) -> view::Claim {
        let place = self.place(claim.sentence, claim.span);
        let content = self.pieces(&claim.content);
        let content_span = claim.content.iter().copied().reduce(Span::join).unwrap_or(claim.span);
        let chain: Vec<String> = claim.chain.iter().map(|link| self.source(link)).collect();
        let mut commitments: Vec<view::Commitment> = chain
            .iter()
            .zip(&claim.commitments)
            .map(|(source, stance)| view::Commitment { source: source.clone(), value: stance.name().to_owned() })
            .collect();
        commitments.push(view::Commitment { source: self.publisher(), value: claim.publisher.name().to_owned() });
        view::Claim {
            id: self.ids.claims[self.at].get(number).cloned().unwrap_or_default(),
            fingerprint: self.input.analysis.fingerprints[self.at].get(number).map_or_else(String::new, Fingerprint::to_string),
            article: place.article,
            sentence: claim.sentence,
            span: claim.span,
            line: place.line,
            column: place.column,
            text: claim.span.of(self.text()).to_owned(),
            content: content.text,
            content_span,
            sources: if chain.is_empty() { vec![self.publisher()] } else { chain },
            attribution: claim.chain.iter().map(|link| self.attribution(link)).collect(),
            polarity: if matches!(claim.own, Stance::Refuted(_)) { "-" } else { "+" }.to_owned(),
            factuality: factuality(claim).name().to_owned(),
            commitments,
            modality: modality(claim.modality).to_owned(),
            turned_by: crate::report::turned::of(self.reading, claim),
            event: claim.event.as_ref().map(|event| self.event(event)),
            quantities: claim.quantities.iter().map(|quantity| self.quantity(quantity)).collect(),
            time: claim.time.map(|time| self.time(time)),
            mentions: self.mentions(claim),
            denies: claim.denies.as_ref().map(|reply| view::Denies {
                text: reply.span.of(self.text()).to_owned(),
                span: reply.span,
                claim: reply.claim.map(|at| self.ids.claim(ClaimRef { reading: self.at as u32, claim: at })),
                owner: self.entity(reply.owner),
            }),
            positions: self.positions(number, claim),
            also_in: claim.also_in.iter().map(|(sentence, span)| self.place(*sentence, *span)).collect(),
        }
    }

    fn attribution(&self, link: &claims::Link) -> view::Attribution {
        let cue = self.reading.document.span(link.cue.start as usize..link.cue.end as usize);
        view::Attribution {
            id: link.id,
            source: self.source(link),
            mention: link.mention.map(|span| self.words(span)),
            cue: (!link.cue.is_empty()).then(|| self.words(cue)),
            content: self.pieces(&link.content),
            quote: match link.quote {
                QuoteKind::Direct => "direct",
                QuoteKind::Indirect => "indirect",
                QuoteKind::Mixed => "mixed",
            }
            .to_owned(),
        }
    }

    fn event(&self, event: &claims::Event) -> view::Event {
        let argument = |arg: &claims::Arg| {
            let words = self.words(self.reading.document.span(arg.first as usize..arg.end as usize));
            view::Argument { text: words.text, span: words.span, entity: self.entity(arg.mention) }
        };
        view::Event {
            lemma: event.lemma.as_str().to_owned(),
            predicate: self.words(self.reading.document.span(event.predicate as usize..event.predicate as usize + 1)),
            subject: event.subject.as_ref().map(argument),
            object: event.object.as_ref().map(argument),
            recipient: event.recipient.as_ref().map(argument),
            complements: event
                .complements
                .iter()
                .map(|(preposition, arg)| {
                    let found = argument(arg);
                    view::Complement {
                        preposition: preposition.as_str().to_owned(),
                        text: found.text,
                        span: found.span,
                        entity: found.entity,
                    }
                })
                .collect(),
        }
    }

    fn quantity(&self, quantity: &claims::Quantity) -> view::Quantity {
        let finite = |value: f64| value.is_finite().then_some(value);
        view::Quantity {
            text: quantity.span.of(self.text()).to_owned(),
            span: quantity.span,
            value: finite(quantity.value).unwrap_or_default(),
            low: finite(quantity.low),
            high: finite(quantity.high),
            comparator: match quantity.comparator {
                Comparator::Exact => "exact",
                Comparator::About => "about",
                Comparator::AtLeast => "at least",
                Comparator::AtMost => "at most",
                Comparator::Range => "range",
            }
            .to_owned(),
            kind: match quantity.kind {
                QuantityKind::Count => "count",
                QuantityKind::Measure => "measure",
                QuantityKind::Share => "share",
                QuantityKind::Ordinal => "ordinal",
                QuantityKind::Duration => "duration",
                QuantityKind::Label => "label",
            }
            .to_owned(),
            unit: quantity.unit.map(|unit| unit.as_str().to_owned()),
            counted: quantity.counted.map(|counted| counted.as_str().to_owned()),
        }
    }

    fn time(&self, time: claims::Time) -> view::Time {
        let said = (!time.span.is_empty()).then_some(time.span);
        view::Time {
            text: said.map(|span| span.of(self.text()).to_owned()),
            span: said,
            start: time.start.to_string(),
            end: time.end.to_string(),
            grain: match time.grain {
                Grain::Hour => "hour",
                Grain::Day => "day",
                Grain::Week => "week",
                Grain::Month => "month",
                Grain::Quarter => "quarter",
                Grain::Year => "year",
                Grain::Decade => "decade",
                Grain::Since => "since",
                Grain::Until => "until",
            }
            .to_owned(),
        }
    }

    fn mentions(&self, claim: &Claim) -> Vec<view::Mention> {
        let (first, last) = (claim.tokens.iter().min().copied().unwrap_or(0), claim.tokens.iter().max().copied().unwrap_or(0));
        let inside = |head: u32| claim.tokens.binary_search(&head).is_ok() || claim.tokens.contains(&head);
        let numbered = self.reading.mentions.iter().enumerate();
        numbered
            .filter(|(_, mention)| (first..=last).contains(&mention.head) && inside(mention.head))
            .filter_map(|(at, mention)| {
                let entity = self.entity(Some(at as u32))?;
                Some(view::Mention { text: mention.span.of(self.text()).to_owned(), span: mention.span, entity })
            })
            .collect()
    }

    fn positions(&self, number: usize, claim: &Claim) -> Vec<view::Position> {
        let Some(found) = self.input.analysis.taken.get(self.at).and_then(|list| list.get(number)) else { return Vec::new() };
        let mut out = Vec::new();
        for taken in &found.taken {
            let Some(topic) = self.input.rules.topics.get(taken.topic) else { continue };
            for held in &taken.held {
                let source =
                    held.link.and_then(|link| claim.chain.get(link)).map_or_else(|| self.publisher(), |link| self.source(link));
                out.push(view::Position {
                    topic: topic.id.clone(),
                    position: topic.name(held.position),
                    source,
                    because: self.runs(&taken.found.tokens),
                });
            }
        }
        out
    }

    /// Words of tokens, neighbours in one piece.
    fn runs(&self, tokens: &[u32]) -> Vec<view::Words> {
        let runs = tokens.chunk_by(|a, b| a + 1 == *b);
        runs.filter_map(|run| Some(self.words(self.reading.document.span(*run.first()? as usize..*run.last()? as usize + 1))))
            .collect()
    }
}
