//! Descriptions: noun phrases without a name that can speak or act ("two officials familiar with the matter", "the ministry"),
//! and definite phrases that take up the noun of a name ("the bridge").

use super::title::{joint, left_edge, owner_in, role};
use super::{Draft, Drafts, Words};
use crate::base::Sym;
use crate::claims::{EntityKind, Mention, MentionForm};
use crate::text::{Pos, Shape, Tag};
use rustc_hash::FxHashSet;

/// Adds the descriptions to the drafts of names.
pub(super) fn add(words: &Words, drafts: &mut Drafts) {
    let tokens = &words.doc.tokens;
    let mut covered = vec![false; tokens.len()];
    for draft in &drafts.list {
        let name = draft.mention.form == MentionForm::Name;
        let (first, end) =
            if name && !draft.adjective { (draft.mention.first, draft.mention.end) } else { (draft.name_first, draft.name_end) };
        covered[first as usize..end as usize].iter_mut().for_each(|c| *c = true);
    }
    let taken_up: FxHashSet<Sym> = drafts
        .list
        .iter()
        .filter(|d| d.mention.form == MentionForm::Name && d.name_end - d.name_first > 1 && d.mention.kind != EntityKind::Person)
        .filter_map(|d| noun_of_name(words, d.name_first as usize, d.name_end as usize))
        .collect();
    let names = drafts.list.len();
    for sentence in &words.doc.sentences {
        for at in sentence.range() {
            if !covered[at] && is_head(words, at, &covered, sentence.end as usize) {
                describe(words, at, &taken_up, drafts);
            }
        }
    }
    own(words, names, drafts);
}

/// Descriptions that speak for another description: "a spokesman for the ministry", "the ministry's spokesman".
fn own(words: &Words, names: usize, drafts: &mut Drafts) {
    for at in names..drafts.list.len() {
        let d = &drafts.list[at];
        if d.owner.is_some() || !words.token(d.mention.head as usize).is_some_and(|t| words.speaking.has(t)) {
            continue;
        }
        let (first, head, end, d_title) = (d.mention.first, d.mention.head, d.mention.end, d.name_end);
        let near = (at.saturating_sub(4)..(at + 5).min(drafts.list.len())).filter(|other| *other != at);
        let inside = near.filter(|i| {
            let o = &drafts.list[*i];
            let stands =
                o.mention.form == MentionForm::Description && matches!(o.mention.kind, EntityKind::Org | EntityKind::Person);
            let inner = o.mention.first > head && o.mention.first < d_title;
            stands && o.mention.first >= first && o.mention.end <= end && o.mention.head != head && !o.plural && !inner
        });
        drafts.list[at].owner = inside.min_by_key(|i| drafts.list[*i].mention.head.abs_diff(head));
    }
}

/// The common noun that a name is built on: "ministry" in "Ministry of Transport", "bridge" in "Kessel Bridge".
pub(super) fn noun_of_name(words: &Words, first: usize, end: usize) -> Option<Sym> {
    let head = joint(words, first, end).unwrap_or(end) - 1;
    words.token(head).map(|t| t.lemma)
}

fn is_head(words: &Words, at: usize, covered: &[bool], end: usize) -> bool {
    let Some(token) = words.token(at) else { return false };
    // "chief executive" is an office even where its last word is tagged an adjective.
    let titled = token.pos == Pos::Adj && at > 0 && words.title_at(at - 1, at + 1) == Some(2);
    if !(matches!(token.pos, Pos::Noun | Pos::Propn) || titled) || token.shape == Shape::Mark {
        return false;
    }
    // In a compound the last noun is the head, in "commander-in-chief" the whole.
    if at + 1 < end && words.written(at + 1) == "-" && words.touching(at) && words.touching(at + 1) {
        return false;
    }
    let goes_on = at + 1 < end
        && !covered[at + 1]
        && words.token(at + 1).is_some_and(|t| {
            matches!(t.pos, Pos::Noun | Pos::Propn)
                && t.shape != Shape::Mark
                && t.tag != Tag::Pos
                && !matches!(t.shape, Shape::Number)
        });
    !goes_on
}

fn describe(words: &Words, at: usize, taken_up: &FxHashSet<Sym>, drafts: &mut Drafts) {
    let Some(token) = words.token(at) else { return };
    let person = words.people.has(token)
        || words.lexicon.titles.word(token.lemma).is_some()
            && (token.shape == Shape::Lower || words.title_at(at, at + 1).is_some());
    let body = words.bodies.has(token);
    let crowd = words.crowds.has(token);
    let thing = taken_up.contains(&token.lemma);
    if !(person || body || crowd || thing) {
        return;
    }
    let first = left_edge(words, at, drafts);
    let front = words.token(first);
    let definite = front.is_some_and(|t| {
        t.tag == Tag::PrpS || t.pos == Pos::Det && matches!(t.form.as_str(), "the" | "this" | "that" | "these" | "those")
    }) || (first..at).any(|i| words.is_possessive(i));
    if thing && !person && !body && !crowd && !definite {
        return;
    }
    // "my head", "a chair": a person only as the head or chair of something.
    if words.also_things.has(token) && !words.is_form(at + 1, words.of) && owner_in(drafts, first, at).is_none() {
        return;
    }
    let plural = matches!(token.tag, Tag::Nns | Tag::Nnps)
        || token.form != token.lemma && token.form.as_str().ends_with('s')
        || crowd && person;
    let kind = match (person, body) {
        (true, _) if plural => EntityKind::Group,
        (true, false) => EntityKind::Person,
        (_, true) if plural => EntityKind::Group,
        (_, true) => EntityKind::Org,
        _ if crowd => EntityKind::Group,
        _ if words.places.has(token) => EntityKind::Place,
        _ if words.documents.has(token) => EntityKind::Document,
        _ => EntityKind::Unnamed,
    };
    let (end, of) = if person || crowd || body { right_edge(words, at, drafts, person || crowd) } else { (at + 1, None) };
    let inside = owner_in(drafts, first, at);
    // "for the ministry" outweighs "Polish", and "Polish" outweighs "from Warsaw".
    let owner = match of {
        Some((body, true)) => Some(body),
        Some((body, false)) => inside.or(Some(body)),
        None => inside,
    };
    let owner = owner.filter(|_| words.speaking.has(token));
    // "company spokesman", "police officials": the body stands inside the compound.
    let compound = at > first && owner.is_none() && words.speaking.has(token) && !words.bodies.has(token);
    if compound && words.token(at - 1).is_some_and(|t| words.bodies.has(t) && t.pos == Pos::Noun && t.shape == Shape::Lower) {
        drafts.push(body_of_compound(words, at - 1));
    }
    let title = (at.saturating_sub(3)..=at)
        .find(|i| *i >= first && words.title_at(*i, at + 1).is_some_and(|len| i + len == at + 1))
        .unwrap_or(at);
    let name_first = (first..at)
        .rev()
        .take_while(|i| {
            words.token(*i).is_some_and(|t| matches!(t.pos, Pos::Adj | Pos::Noun | Pos::Propn) || words.written(*i) == "-")
        })
        .last()
        .unwrap_or(at);
    // "secretary of state" is one title; nobody is secretary for a state here.
    let title_end = words.title_at(title, usize::MAX).map_or(at + 1, |len| (title + len).max(at + 1));
    let end = end.max(title_end);
    let possessed = (first..at).any(|i| words.is_possessive(i) || words.token(i).is_some_and(|t| t.tag == Tag::PrpS));
    let mention = Mention {
        span: words.span(first, end),
        first: first as u32,
        end: end as u32,
        head: at as u32,
        form: MentionForm::Description,
        kind,
        name: words.plain(name_first.min(title), at + 1).to_lowercase(),
        ..Mention::default()
    };
    drafts.push(Draft {
        mention,
        name_first: at as u32,
        name_end: title_end as u32,
        owner,
        possessor: if possessed { inside } else { None },
        possessed,
        role: role(words, title, title_end),
        plural,
        definite,
        gender: words.gender_of_noun(at),
        ..Draft::default()
    });
}

fn body_of_compound(words: &Words, at: usize) -> Draft {
    let mention = Mention {
        span: words.span(at, at + 1),
        first: at as u32,
        end: at as u32 + 1,
        head: at as u32,
        form: MentionForm::Description,
        kind: EntityKind::Org,
        name: role(words, at, at + 1),
        ..Mention::default()
    };
    Draft {
        mention,
        name_first: at as u32,
        name_end: at as u32 + 1,
        role: role(words, at, at + 1),
        definite: true,
        ..Draft::default()
    }
}

/// Over complements that say which one is meant: "for the ministry", "familiar with the matter"; with the name inside.
fn right_edge(words: &Words, head: usize, drafts: &Drafts, person: bool) -> (usize, Option<(usize, bool)>) {
    let sentence = words.doc.sentence_of(head as u32).map_or(head + 1, |s| words.doc.sentences[s].end as usize);
    let mut end = head + 1;
    let mut owner = None;
    for step in 0..3 {
        let Some(token) = words.token(end).filter(|_| end < sentence) else { break };
        // "close to", "familiar with", "briefed on"
        let bridged = person
            && step == 0
            && matches!(token.pos, Pos::Adj) | matches!(token.tag, Tag::Vbn)
            && words.token(end + 1).is_some_and(|t| t.pos == Pos::Adp);
        let preposition = if bridged { end + 1 } else { end };
        let serves = words.token(preposition).is_some_and(|t| {
            bridged || words.serving.has_form(t) && !matches!(t.pos, Pos::Sconj | Pos::Part) && (person || t.form == words.of)
        });
        if !serves {
            break;
        }
        let Some((stop, name)) = noun_phrase(words, preposition + 1, sentence, drafts) else { break };
        end = stop;
        // "officials in Kyiv" says where they are, not whose they are.
        let served = words.token(preposition).is_some_and(|t| words.serves.has_form(t));
        let near = served || words.token(preposition).is_some_and(|t| t.form != words.within);
        if owner.is_none() && !bridged && near {
            owner = name.map(|name| (name, served));
        }
    }
    (end, owner)
}

/// One past the noun phrase that starts at `from`, and the name or body that it is.
fn noun_phrase(words: &Words, from: usize, end: usize, drafts: &Drafts) -> Option<(usize, Option<usize>)> {
    let mut at = from;
    let mut head = None;
    let mut name = None;
    while at < end && at - from < 10 {
        let Some(token) = words.token(at) else { break };
        // "the minister for civil aviation Ann Lee": the bearer follows his title.
        if head == Some(at)
            && drafts.name_starting(at).is_some_and(|i| drafts.list[i].mention.kind == EntityKind::Person || words.is_given(at))
        {
            break;
        }
        if let Some(found) = drafts.name_starting(at).filter(|i| !drafts.list[*i].adjective) {
            at = drafts.list[found].mention.end as usize;
            head = Some(at);
            name = Some(found);
            if words.is_possessive(at) {
                at += 1;
                head = None;
            }
            continue;
        }
        if words.is_possessive(at) {
            at += 1;
            head = None;
            continue;
        }
        let goes = match token.pos {
            Pos::Det | Pos::Num => head.is_none(),
            Pos::Pron => token.tag == Tag::PrpS && head.is_none(),
            Pos::Adj | Pos::Noun | Pos::Propn => true,
            Pos::Punct => words.written(at) == "-" && words.touching(at),
            _ => false,
        };
        if !goes {
            break;
        }
        at += 1;
        if matches!(token.pos, Pos::Noun | Pos::Propn) {
            if head.is_some_and(|h| h < at) && name.is_some() {
                name = name.filter(|_| words.speaking.has(token) || words.bodies.has(token));
            }
            head = Some(at);
        }
    }
    head.map(|stop| (stop, name))
}
