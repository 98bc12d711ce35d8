//! Article with its words → [`Reading`]: every predication as a [`Claim`], with who says it and how firmly.
//!
//! In: one article, its document and the lexicon; nothing else, so that articles are read in any order and in parallel. The parts are
//! made by their own modules (mentions, attribution, quantities, times, clauses, events, operators, modality); here they meet.

use super::clause::{self, Clause};
use super::tree::Tree;
use super::{Claim, Form, Link, Mention, Modality, Operator, Quantity, Reading, fold};
use super::{
    attribution, event, factuality, fingerprint, mention, modality, noun_phrase, polarity, quantity, repair, reply, time,
};
use crate::article::Article;
use crate::base::{Limits, Span};
use crate::lexicon::Lexicon;
use crate::text::{Document, Pos, Rel, Tag, Token};
use jiff::civil::Date;
use rustc_hash::FxHashMap;

/// Reads one article: its mentions and its claims, in order of sentence and predicate.
pub fn extract(article: Article, document: Document, lexicon: &Lexicon) -> Reading {
    extract_within(article, document, lexicon, &Limits::default())
}

/// As [`extract`], with limits of one's own: past `claims_per_article` the rest of the article is left out.
pub fn extract_within(article: Article, mut document: Document, lexicon: &Lexicon, limits: &Limits) -> Reading {
    repair::mend(&mut document, lexicon);
    let mentions = mention::find(&document, &article, lexicon);
    let attribution::Attributions { mut links, turns } = attribution::attribute(&document, &mentions, lexicon);
    links.iter_mut().for_each(|link| personal(link, &article, &document, lexicon));
    let quantities = quantity::find(&document, lexicon);
    let times = time::find(&document, article.published, lexicon);
    let mut reader = Reader {
        document: &document,
        mentions: &mentions,
        links: &links,
        turns: &turns,
        quantities: &quantities,
        times: &times,
        published: article.published,
        lexicon,
        claims: Vec::new(),
    };
    let mut pieces = Pieces::new(&links);
    for sentence in 0..document.sentences.len() {
        let active = pieces.advance(document.sentences[sentence].span);
        reader.sentence(sentence, &active, limits);
        if reader.claims.len() >= limits.claims_per_article {
            reader.claims.truncate(limits.claims_per_article);
            break;
        }
    }
    let claims = reader.claims;
    let mut reading = Reading { article, document, mentions, claims };
    mention::first_person(&mut reading.mentions, &reading.claims, &reading.document, lexicon);
    merge_repeats(&mut reading);
    reply::answer(&mut reading, lexicon);
    // Readings of a large collection are kept to the end.
    reading.document.tokens.shrink_to_fit();
    reading.mentions.shrink_to_fit();
    reading.claims.shrink_to_fit();
    for claim in &mut reading.claims {
        claim.tokens.shrink_to_fit();
        claim.content.shrink_to_fit();
        claim.chain.shrink_to_fit();
        claim.quantities.shrink_to_fit();
        claim.event.iter_mut().for_each(|event| event.complements.shrink_to_fit());
    }
    reading
}

/// "I don't know that it works": who says so of himself, now, doubts it; "she did not know that it works" takes it for granted.
fn personal(link: &mut Link, article: &Article, document: &Document, lexicon: &Lexicon) {
    let Some(negator) = link.negated_by else { return };
    let first_person = link.mention.is_some_and(|m| matches!(m.of(&article.text).to_lowercase().as_str(), "i" | "we"));
    let present = document.tokens.get((negator as usize).wrapping_sub(1)).is_some_and(|t| t.form.as_str() == "do");
    let able = document
        .tokens
        .get((negator as usize).wrapping_sub(1))
        .is_some_and(|t| t.tag == Tag::Md && matches!(t.form.as_str(), "can" | "ca" | "could"));
    let listed = |set: &str| lexicon.set(set).is_some_and(|s| s.longest_at(&document.tokens, link.cue.start as usize).is_some());
    if able && listed("incredulous") {
        // "I can't believe that it rained": it did.
        (link.speaker, link.reporter) = (super::Commitment::Certain, super::Commitment::Certain);
    } else if first_person && (present && listed("personal-factives") || able && listed("personal-assertives")) {
        (link.speaker, link.reporter) = (super::Commitment::Doubted, super::Commitment::None);
    }
}

/// Links with content in the sentence at hand, found in one sweep over the article.
struct Pieces {
    sorted: Vec<(Span, u32)>,
    next: usize,
    open: Vec<(Span, u32)>,
}

impl Pieces {
    fn new(links: &[Link]) -> Self {
        let mut sorted: Vec<(Span, u32)> =
            links.iter().enumerate().flat_map(|(i, l)| l.content.iter().map(move |s| (*s, i as u32))).collect();
        sorted.sort_unstable();
        Self { sorted, next: 0, open: Vec::new() }
    }

    /// Indices of links that govern something in `sentence`, or whose cue may stand there: sorted.
    fn advance(&mut self, sentence: Span) -> Vec<u32> {
        self.open.retain(|(s, _)| s.end > sentence.start);
        while let Some(piece) = self.sorted.get(self.next).filter(|(s, _)| s.start < sentence.end) {
            self.open.push(*piece);
            self.next += 1;
        }
        let mut active: Vec<u32> = self.open.iter().map(|(_, link)| *link).collect();
        active.sort_unstable();
        active.dedup();
        active
    }
}

struct Reader<'a> {
    document: &'a Document,
    mentions: &'a [Mention],
    links: &'a [Link],
    turns: &'a [attribution::Turn],
    quantities: &'a [Quantity],
    times: &'a [time::Expression],
    published: Option<Date>,
    lexicon: &'a Lexicon,
    claims: Vec<Claim>,
}

impl Reader<'_> {
    fn sentence(&mut self, sentence: usize, active: &[u32], limits: &Limits) {
        let tree = Tree::new(self.document, sentence);
        let clauses = clause::find(&tree, self.lexicon);
        let operators = polarity::find(&tree, &clauses, self.lexicon);
        let cue_of = |token: u32| {
            active
                .iter()
                .copied()
                .find(|l| self.links[*l as usize].cue.contains(&token) && !self.links[*l as usize].content.is_empty())
        };
        let made_from = self.claims.len();
        let mut made: Vec<Claim> = Vec::new();
        for at in 0..clauses.len() {
            let clause = &clauses[at];
            let says = cue_of(clause.predicate).is_some_and(|link| self.only_says(&tree, &clauses, clause, link));
            let claim = self.claim(&tree, &clauses, at, &operators, active, limits);
            // The publisher's "X said" tells nothing beside what X says; "Y denied that X said it" does.
            if !says || !claim.chain.is_empty() {
                made.push(claim);
            }
        }
        for noun in noun_phrase::find(&tree, &clauses, &operators, self.lexicon) {
            if !made.iter().any(|c| c.predicate == noun.head) {
                made.push(self.noun_claim(&tree, &clauses, &noun, &operators, active, limits));
            }
        }
        // Whatever a cue governs is a claim, if it is only a name or a word in quotation marks.
        for &link in active {
            let held = |span: &Span| tree.range().any(|t| span.contains(tree.token(t).span));
            if !self.links[link as usize].content.iter().any(held) {
                continue;
            }
            let governs = |c: &Claim| c.chain.iter().any(|l| l.id == self.links[link as usize].id);
            let covered = made.iter().any(governs);
            let words: Vec<u32> = tree
                .range()
                .filter(|t| {
                    self.links[link as usize].content.iter().any(|s| s.contains(tree.token(*t).span))
                        && clause::is_word(&tree, *t)
                })
                .collect();
            let head = words
                .iter()
                .copied()
                .find(|t| {
                    tree.head(*t).is_none_or(|h| !words.contains(&h))
                        && matches!(tree.pos(*t), Pos::Noun | Pos::Propn | Pos::Verb | Pos::Adj | Pos::Num)
                })
                .or_else(|| words.iter().copied().find(|t| matches!(tree.pos(*t), Pos::Noun | Pos::Propn | Pos::Verb | Pos::Adj)))
                .or(words.first().copied());
            // "acknowledged no contact since the talks began": the clause inside says something else than the noun that governs it.
            let event = head.filter(|h| tree.pos(*h) == Pos::Noun && noun_phrase::names_event(&tree, *h));
            // "called the report false": the report is what is false, nobody tells that there is one.
            let bears = |h: u32| clauses.iter().any(|c| c.subject == Some(h) && made.iter().any(|m| m.predicate == c.predicate));
            let event = event.filter(|h| !made.iter().any(|c| c.predicate == *h) && !bears(*h));
            if covered && event.is_none() {
                continue;
            }
            if let Some(head) = head {
                let words = if covered { clause::phrase_words(&tree, head, self.lexicon) } else { words };
                let noun = noun_phrase::NounPhrase { head, words, subject: None, host: None };
                let claim = self.noun_claim(&tree, &clauses, &noun, &operators, active, limits);
                if governs(&claim) {
                    made.push(claim);
                }
            }
        }
        made.sort_by_key(|c| (c.predicate, c.form == Form::NounPhrase));
        debug_assert!(made_from <= self.claims.len());
        self.claims.append(&mut made);
    }

    /// Whether a cue's clause tells nothing beside its content: not "agreed to sell" (there was an agreement), not "criticised the plan".
    fn only_says(&self, tree: &Tree, clauses: &[Clause], clause: &Clause, link: u32) -> bool {
        let below = |c: &Clause| c.parent == Some(clause.predicate) && c.link == Rel::Xcomp;
        let content = &self.links[link as usize].content;
        let predication = clauses
            .iter()
            .any(|c| c.predicate != clause.predicate && content.iter().any(|s| s.contains(tree.token(c.predicate).span)));
        let elsewhere = content.iter().any(|s| !tree.range().any(|t| s.contains(tree.token(t).span)));
        !clauses.iter().any(|c| below(c) && matches!(tree.pos(c.predicate), Pos::Verb | Pos::Aux)) && (predication || elsewhere)
    }

    /// The chain around a token, outermost first.
    fn chain(&self, token: u32, carriers: &[u32], active: &[u32], limits: &Limits) -> Vec<Link> {
        let Some(place) = self.document.tokens.get(token as usize).map(|t| t.span) else { return Vec::new() };
        let governs = |l: &Link, span: Span| l.content.iter().any(|s| s.contains(span));
        let cue_span = |l: &Link| self.document.tokens.get(l.cue.start as usize).filter(|_| !l.cue.is_empty()).map(|t| t.span);
        // A plan, decision or offer is nobody's speech: "has no plans to sell".
        let plan = |l: &Link| {
            self.document.tokens.get(l.cue.start as usize).is_some_and(|t| t.pos == Pos::Noun)
                && !l.cue.is_empty()
                && (self.lexicon.plans.longest_at(&self.document.tokens, l.cue.start as usize).is_some()
                    || l.source.is_none()
                        && self.lexicon.implicatives.longest_at(&self.document.tokens, l.cue.start as usize).is_some())
        };
        let candidates: Vec<&Link> = active
            .iter()
            .map(|l| &self.links[*l as usize])
            .filter(|l| !l.cue.contains(&token) && !carriers.iter().any(|c| l.cue.contains(c)) && !plan(l))
            .collect();
        let mut around: Vec<&Link> = candidates.iter().copied().filter(|l| governs(l, place)).collect();
        // "rejected the claim that P": who governs the claim governs what is claimed.
        for _ in 0..limits.chain_links {
            let more: Vec<&Link> = candidates
                .iter()
                .copied()
                .filter(|l| !around.iter().any(|a| a.id == l.id))
                .filter(|l| around.iter().any(|a| cue_span(a).is_some_and(|c| governs(l, c))))
                .collect();
            if more.is_empty() {
                break;
            }
            around.extend(more);
        }
        let anchor = |l: &Link| self.document.tokens.get(l.cue.start as usize).filter(|_| !l.cue.is_empty()).map(|t| t.span);
        let size = |l: &Link| l.content.iter().map(|s| s.len()).sum::<usize>();
        let depth = |l: &Link| {
            around
                .iter()
                .filter(|o| o.id != l.id)
                .filter(|o| match anchor(l) {
                    Some(cue) => governs(o, cue),
                    None => size(o) > size(l),
                })
                .count()
        };
        let mut keyed: Vec<(usize, std::cmp::Reverse<usize>, u32, &Link)> =
            around.iter().map(|l| (depth(l), std::cmp::Reverse(size(l)), l.id, *l)).collect();
        keyed.sort_by_key(|(depth, size, id, _)| (*depth, *size, *id));
        keyed.dedup_by_key(|(_, _, id, _)| *id);
        // The innermost are nearest to what is said; past the limit the outer ones go.
        let skip = keyed.len().saturating_sub(limits.chain_links);
        let mut chain: Vec<Link> = keyed.into_iter().skip(skip).map(|(_, _, _, l)| l.clone()).collect();
        for at in 1..chain.len() {
            // "rejected the claim that": whoever rejects it is not the one who claims.
            let noun = self.document.tokens.get(chain[at].cue.start as usize).is_some_and(|t| t.pos == Pos::Noun);
            if noun && chain[at].mention.is_some() && chain[at].mention == chain[at - 1].mention {
                (chain[at].mention, chain[at].source, chain[at].found_by) = (None, None, super::FoundBy::Unnamed);
            }
        }
        chain
    }

    fn claim(
        &self,
        tree: &Tree,
        clauses: &[Clause],
        at: usize,
        operators: &[Operator],
        active: &[u32],
        limits: &Limits,
    ) -> Claim {
        let clause = &clauses[at];
        let chain = self.chain(clause.predicate, &clause.carriers, active, limits);
        let is_cue = |t: u32| chain.iter().any(|l| l.cue.contains(&t));
        let tokens = self.without_attribution(&clause.tokens, &chain);
        let turns = self.turns(clause.predicate, &clause.carriers, &chain);
        let mut found = operators.to_vec();
        found.extend(factuality::embedding(tree, clauses, at, operators, self.lexicon, is_cue));
        let found = self.turned(found, &turns, &tokens);
        let operators = reaching(&found, &tokens, &chain);
        let (modality, modality_by) = self.modality(modality::of(tree, clauses, at, self.lexicon), &chain, &turns);
        let mut event = event::of(tree, clause, self.mentions, self.lexicon);
        if let Some(link) = chain.last() {
            self.subject_inside(tree, clause, link, &mut event);
        }
        self.finish(tree, clause.predicate, tokens, Form::Clause, chain, operators, (modality, modality_by), event)
    }

    fn noun_claim(
        &self,
        tree: &Tree,
        clauses: &[Clause],
        noun: &noun_phrase::NounPhrase,
        operators: &[Operator],
        active: &[u32],
        limits: &Limits,
    ) -> Claim {
        let chain = self.chain(noun.head, &[], active, limits);
        let tokens = self.without_attribution(&noun.words, &chain);
        let turns = self.turns(noun.head, &[], &chain);
        let operators = reaching(&self.turned(operators.to_vec(), &turns, &tokens), &tokens, &chain);
        let host = noun.host.and_then(|h| clauses.iter().position(|c| c.predicate == h || c.carriers.contains(&h)));
        let told = host.map_or((Modality::Realised, None), |at| modality::of(tree, clauses, at, self.lexicon));
        let modality = self.modality(told, &chain, &turns);
        let mut event = event::of_noun(tree, noun.head, self.mentions, self.lexicon);
        if event.subject.is_none() || event.subject == event.object {
            if let Some(s) = noun.subject {
                event.subject = Some(event::argument(tree, s, self.mentions));
            }
        }
        self.finish(tree, noun.head, tokens, Form::NounPhrase, chain, operators, modality, event)
    }

    /// A subject that stands outside what its cue governs was read wrongly: the noun before the verb takes its place.
    fn subject_inside(&self, tree: &Tree, clause: &Clause, link: &Link, event: &mut super::Event) {
        let inside = |t: u32| link.content.iter().any(|s| s.contains(tree.token(t).span));
        let slot = if event.passive { &mut event.object } else { &mut event.subject };
        let astray = slot.is_some_and(|a| !inside(a.head))
            && (clause.finite || tree.line != crate::text::Line::Body)
            && !matches!(clause.link, Rel::AclRelcl | Rel::Acl | Rel::Xcomp)
            && (clause.link != Rel::Conj || clause.parent.is_some_and(|p| link.cue.contains(&p)));
        if !astray {
            return;
        }
        let first = clause.own.iter().copied().filter(|t| inside(*t)).min().unwrap_or(clause.predicate);
        let from = tree.range().find(|t| inside(*t)).unwrap_or(first);
        let noun = (from..clause.predicate)
            .rev()
            .find(|t| inside(*t) && matches!(tree.pos(*t), Pos::Noun | Pos::Propn | Pos::Pron) && tree.case(*t).is_none());
        if let Some(noun) = noun {
            let old = *slot;
            *slot = Some(event::argument(tree, noun, self.mentions));
            let new = *slot;
            if !event.passive && event.object == old {
                event.object = new;
            }
        }
    }

    /// The words of a clause without those of the attribution around it.
    fn without_attribution(&self, tokens: &[u32], chain: &[Link]) -> Vec<u32> {
        let spoken = |t: u32| {
            chain.iter().any(|l| {
                l.cue.contains(&t)
                    || self.document.tokens.get(t as usize).is_some_and(|token| {
                        l.mention.is_some_and(|m| m.contains(token.span)) && !l.content.iter().any(|c| c.contains(token.span))
                    })
            })
        };
        let left: Vec<u32> = tokens.iter().copied().filter(|t| !spoken(*t)).collect();
        if left.is_empty() { tokens.to_vec() } else { left }
    }

    /// The cues without a link that govern a word from inside the innermost link, innermost first.
    fn turns(&self, token: u32, carriers: &[u32], chain: &[Link]) -> Vec<&attribution::Turn> {
        let span = |t: u32| self.document.tokens.get(t as usize).map(|t| t.span);
        let (Some(place), Some(innermost)) = (span(token), chain.last()) else { return Vec::new() };
        let cue = span(innermost.cue.start).filter(|_| !innermost.cue.is_empty());
        let mut around: Vec<&attribution::Turn> = self
            .turns
            .iter()
            .filter(|turn| turn.governs(place) && !turn.cue.contains(&token) && !self.is_beside(turn, token))
            .filter(|turn| !carriers.iter().any(|c| turn.cue.contains(c)) && !cue.is_some_and(|cue| turn.governs(cue)))
            .collect();
        around.sort_by_key(|turn| (turn.size(), turn.cue.start));
        around
    }

    /// "I couldn't believe my luck when the lights came on": beside what is believed, when it was is no part of it.
    fn is_beside(&self, turn: &attribution::Turn, token: u32) -> bool {
        let between = self.document.tokens.get(turn.cue.end as usize..token as usize).unwrap_or(&[]);
        let says_when = |t: &Token| self.lexicon.set("temporal-conjunctions").is_some_and(|set| set.word(t.form).is_some());
        let Some(when) = between.iter().position(says_when) else { return false };
        between[..when].iter().any(|t| matches!(t.pos, Pos::Noun | Pos::Propn))
    }

    /// Operators with those that turns lay on what they govern, where a negator of the cue no longer reaches.
    fn turned(&self, mut operators: Vec<Operator>, turns: &[&attribution::Turn], tokens: &[u32]) -> Vec<Operator> {
        for turn in turns {
            let governed = |t: &u32| self.document.tokens.get(*t as usize).is_some_and(|token| turn.governs(token.span));
            for own in operators.iter_mut().filter(|o| o.tokens.iter().any(|t| turn.negated_by == Some(*t))) {
                own.reach.retain(|t| !governed(t));
            }
            let reach = tokens.iter().copied().filter(governed).collect();
            operators.extend(factuality::operator_of(turn.value, turn.cue.clone().collect(), reach));
        }
        operators
    }

    /// Adds what the innermost cue and the calendar say to the clause's own modality.
    fn modality(&self, told: (Modality, Option<u32>), chain: &[Link], turns: &[&attribution::Turn]) -> (Modality, Option<u32>) {
        if let Some((modality, by)) = turns.iter().find_map(|turn| Some((turn.modality?, turn.cue.start))) {
            return if matches!(told.0, Modality::Realised | Modality::Planned) { (modality, Some(by)) } else { told };
        }
        let would = told.1.is_some_and(|t| self.document.tokens.get(t as usize).is_some_and(|t| t.tag == Tag::Md));
        match (told.0, chain.last()) {
            // "said it would reopen": the future as it was then.
            (Modality::Conditional, Some(_)) if would => (Modality::Planned, told.1),
            (Modality::Realised | Modality::Planned, Some(link))
                if told.0 == Modality::Realised || told.1.is_none_or(|t| link.cue.contains(&t) || self.is_infinitive(t)) =>
            {
                let row =
                    self.document.tokens.get(link.cue.start as usize).and_then(|_| self.lexicon.cues.phrase(link.cue_lemma));
                match row.and_then(|r| r.modality) {
                    Some(modality) => (modality, Some(link.cue.start)),
                    None => told,
                }
            }
            _ => told,
        }
    }

    /// Whether a modality was set by nothing but an infinitive's own form.
    fn is_infinitive(&self, by: u32) -> bool {
        self.document.tokens.get(by as usize).is_some_and(|t| t.tag == Tag::Vb)
    }

    #[allow(clippy::too_many_arguments)]
    fn finish(
        &self,
        tree: &Tree,
        predicate: u32,
        tokens: Vec<u32>,
        form: Form,
        mut chain: Vec<Link>,
        operators: Vec<Operator>,
        (mut modality, modality_by): (Modality, Option<u32>),
        event: super::Event,
    ) -> Claim {
        let sentence = self.document.sentence_of(predicate).unwrap_or_default() as u32;
        let content = self.spans(&tokens);
        let mut span = content.iter().copied().reduce(Span::join).unwrap_or_default();
        for link in &chain {
            let near = self.document.sentence_of(link.cue.start).is_some_and(|s| s as u32 == sentence);
            if near && !link.cue.is_empty() {
                span = span.join(self.document.span(link.cue.start as usize..link.cue.end as usize));
                if let Some(m) = link.mention.filter(|m| tree.range().any(|t| m.contains(tree.token(t).span))) {
                    span = span.join(m);
                }
            }
        }
        for link in &mut chain {
            let cue = self.document.tokens.get(link.cue.start as usize..link.cue.end as usize).unwrap_or(&[]);
            link.nominal = cue.iter().any(|t| t.pos == Pos::Noun) && !cue.iter().any(|t| t.pos == Pos::Verb);
        }
        let own = factuality::own_stance(predicate, &operators);
        let (commitments, publisher) = fold(own, &chain);
        let quantities: Vec<Quantity> = self
            .within(self.quantities, tree, |q| q.first)
            .filter(|q| tokens.binary_search(&q.first).is_ok() || q.head.is_some_and(|h| tokens.binary_search(&h).is_ok()))
            .cloned()
            .collect();
        let mut when = self
            .within(self.times, tree, |t| t.first)
            .filter(|t| (t.first..t.end).any(|x| tokens.binary_search(&x).is_ok()))
            .map(|t| t.time);
        let time = when.next();
        if modality == Modality::Realised && !self.told_as_past(tree, predicate) {
            if let (Some(time), Some(published)) = (&time, self.published) {
                if time.start > published {
                    modality = Modality::Planned;
                }
            }
        }
        Claim {
            sentence,
            span,
            content,
            predicate,
            tokens,
            form,
            chain,
            operators,
            own,
            commitments,
            publisher,
            modality,
            modality_by,
            event: Some(event),
            quantities,
            time,
            denies: None,
            also_in: Vec::new(),
        }
    }

    fn told_as_past(&self, tree: &Tree, predicate: u32) -> bool {
        tree.tag(predicate) == Tag::Vbd
            || tree.kids(predicate).any(|k| matches!(tree.rel(k), Rel::Aux | Rel::Cop | Rel::AuxPass) && tree.tag(k) == Tag::Vbd)
    }

    /// Items of the sentence, from a list in order of their first token.
    fn within<'s, T>(&self, items: &'s [T], tree: &Tree, first: impl Fn(&T) -> u32) -> impl Iterator<Item = &'s T> {
        let from = items.partition_point(|i| first(i) < tree.first);
        let to = items.partition_point(|i| first(i) < tree.end).max(from);
        items[from..to].iter()
    }

    /// Runs of words, marks between them included.
    fn spans(&self, tokens: &[u32]) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        let mut last: Option<u32> = None;
        for &t in tokens {
            let Some(token) = self.document.tokens.get(t as usize) else { continue };
            let joins = last.is_some_and(|l| {
                self.document
                    .tokens
                    .get(l as usize + 1..t as usize)
                    .is_some_and(|gap| gap.len() <= 3 && gap.iter().all(|g| g.pos == Pos::Punct))
            });
            match spans.last_mut().filter(|_| joins) {
                Some(open) => *open = open.join(token.span),
                None => spans.push(token.span),
            }
            last = Some(t);
        }
        spans
    }
}

/// Operators that reach a word of the claim and are not spent on one of its cues, their reach cut to the claim's words.
fn reaching(operators: &[Operator], tokens: &[u32], chain: &[Link]) -> Vec<Operator> {
    let spent = |o: &Operator| o.tokens.iter().any(|t| chain.iter().any(|l| l.cue.contains(t) || l.negated_by == Some(*t)));
    operators
        .iter()
        .filter(|o| !spent(o))
        .filter_map(|o| {
            let reach: Vec<u32> = o.reach.iter().copied().filter(|t| tokens.binary_search(t).is_ok()).collect();
            (!reach.is_empty()).then(|| Operator { effect: o.effect, tokens: o.tokens.clone(), reach })
        })
        .collect()
}

/// A sentence that stands twice in one article is one claim with its further places in `also_in`.
fn merge_repeats(reading: &mut Reading) {
    let mut seen: FxHashMap<crate::base::Fingerprint, usize> = FxHashMap::default();
    let mut kept: Vec<Claim> = Vec::new();
    let claims = std::mem::take(&mut reading.claims);
    for claim in claims {
        let print = fingerprint::of(reading, &claim);
        match seen.get(&print) {
            Some(&at) if kept[at].form == claim.form => kept[at].also_in.push((claim.sentence, claim.span)),
            _ => {
                seen.insert(print, kept.len());
                kept.push(claim);
            }
        }
    }
    reading.claims = kept;
}
