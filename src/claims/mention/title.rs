//! Titles, owners and appositions: what stands around the bare name and says who bears it.

use super::name::Run;
use super::{Draft, Drafts, Gender, Words};
use crate::claims::{EntityKind, Mention, MentionForm};
use crate::text::{Pos, Shape, Tag};

/// Drafts of all names, each with its title and the owner of the title; titles that stand alone become descriptions.
pub(super) fn split(words: &Words, runs: &[Run]) -> Drafts {
    let mut drafts = Drafts::default();
    for run in runs {
        part(words, run, &mut drafts);
    }
    drafts
}

fn part(words: &Words, run: &Run, drafts: &mut Drafts) {
    let (mut at, end) = (run.first, run.end);
    let before = drafts.list.len();
    // "Russian President", "French and German"
    while let Some((len, row)) = words.named(at, end) {
        if !row.adjective || at + len > end {
            break;
        }
        drafts.push(Draft { adjective: true, guessed: run.guessed, ..named(words, at, at, at + len, row.kind) });
        at += len;
        if words.written(at) == "-" {
            at += 1;
        }
    }
    let adjective = (drafts.list.len() > before).then(|| drafts.list.len() - 1);
    if at >= end {
        return;
    }
    let tenure = words.token(at).is_some_and(|t| words.lexicon.tenure.word(t.form).is_some() && at + 1 < end);
    let rest = if tenure { at + 1 } else { at };
    if let Some((title, title_end, bearer)) = inner_title(words, rest, end) {
        let owner = if title > rest { push_name(words, rest, title, run.guessed, drafts) } else { adjective };
        let of =
            (bearer > title_end).then(|| push_name(words, after_of(words, title_end), bearer, run.guessed, drafts)).flatten();
        let start = left_edge(words, run.first, drafts);
        let mut draft = named(words, start, bearer, end, EntityKind::Person);
        give_title(words, &mut draft, start, bearer, title, title_end, of.or(owner).or_else(|| owner_in(drafts, start, title)));
        draft.guessed = run.guessed;
        drafts.push(draft);
        return;
    }
    if let Some((title, title_end)) = whole_title(words, rest, end) {
        let owner = if title > rest { push_name(words, rest, title, run.guessed, drafts) } else { adjective };
        let of = (end > title_end).then(|| push_name(words, after_of(words, title_end), end, run.guessed, drafts)).flatten();
        let start = left_edge(words, run.first, drafts);
        let owner = of.or(owner).or_else(|| owner_in(drafts, start, title));
        drafts.push(office(words, start, title, title_end, end, owner));
        return;
    }
    let kind = kind_of(words, at, end);
    // "British Airways" and "Ukrainian Foreign Ministry" are names with their adjective, "Russian Vladimir Putin" is none.
    let first = match adjective {
        Some(_) if kind != EntityKind::Person && !words.is_given(at) => run.first,
        _ => at,
    };
    let kind = if first < at { kind_of(words, first, end) } else { kind };
    let mut draft = named(words, first, first, end, kind);
    draft.guessed = run.guessed;
    draft.owner = if first < at && heads_speak(words, end - 1) { adjective } else { None };
    if matches!(kind, EntityKind::Person | EntityKind::Unnamed)
        && let Some((title, title_end)) = title_before(words, first)
    {
        let start = left_edge(words, title, drafts);
        let owner = owner_in(drafts, start, title).or(adjective.filter(|_| first > at));
        draft.mention.first = start as u32;
        draft.mention.span = words.span(start, end);
        draft.mention.kind = EntityKind::Person;
        give_title(words, &mut draft, start, first, title, title_end, owner);
    } else if kind == EntityKind::Unnamed || kind == EntityKind::Org {
        draft.owner = draft.owner.or_else(|| owned_by(words, first, end, drafts));
    }
    if matches!(draft.mention.kind, EntityKind::Person | EntityKind::Unnamed) && draft.gender == Gender::Unknown {
        draft.gender = words.gender_of_given(first);
    }
    drafts.push(draft);
}

/// "Japan 's Foreign Ministry": the state before a body that speaks for it.
fn owned_by(words: &Words, first: usize, end: usize, drafts: &Drafts) -> Option<usize> {
    (heads_speak(words, end - 1) && first > 1 && words.is_possessive(first - 1)).then(|| drafts.name_ending(first - 1)).flatten()
}

fn heads_speak(words: &Words, head: usize) -> bool {
    words.token(head).is_some_and(|t| words.speaking.has(t))
}

/// Whether who bears the title `first..end` speaks for its owner: its head noun says so, "secretary" in "secretary of state".
fn title_speaks(words: &Words, first: usize, end: usize) -> bool {
    let of = (first + 1..end).find(|at| words.is_form(*at, words.of)).unwrap_or(end);
    let head = (first..of).rev().find(|at| words.token(*at).is_some_and(|t| t.shape != Shape::Mark));
    let hyphened = head.is_some_and(|at| at >= first + 2 && words.written(at - 1) == "-");
    head.is_some_and(|at| heads_speak(words, at)) || hyphened && heads_speak(words, first)
}

fn after_of(words: &Words, at: usize) -> usize {
    let next = if words.is_form(at, words.of) { at + 1 } else { at };
    if words.is_form(next, words.the) { next + 1 } else { next }
}

fn push_name(words: &Words, first: usize, end: usize, guessed: bool, drafts: &mut Drafts) -> Option<usize> {
    let end = if end > first && (words.is_possessive(end - 1) || words.written(end - 1) == "-") { end - 1 } else { end };
    if first >= end {
        return None;
    }
    let first = if words.is_form(first, words.the) && first + 1 < end { first + 1 } else { first };
    let adjective = words.named(first, end).is_some_and(|(len, row)| row.adjective && first + len == end);
    let kind = kind_of(words, first, end);
    drafts.push(Draft { adjective, guessed, ..named(words, first, first, end, kind) });
    Some(drafts.list.len() - 1)
}

/// A name draft with bare name `name..end` in a phrase that starts at `first`.
pub(super) fn named(words: &Words, first: usize, name: usize, end: usize, kind: EntityKind) -> Draft {
    let mention = Mention {
        span: words.span(first, end),
        first: first as u32,
        end: end as u32,
        head: head_of_name(words, name, end, kind) as u32,
        form: MentionForm::Name,
        kind,
        name: words.plain(name, end),
        ..Mention::default()
    };
    let gender = if kind == EntityKind::Person { words.gender_of_given(name) } else { Gender::Unknown };
    Draft { mention, name_first: name as u32, name_end: end as u32, gender, ..Draft::default() }
}

/// As the treebanks have it: a person's first name, a body's noun; the token that the others hang on where there is a parse.
fn head_of_name(words: &Words, name: usize, end: usize, kind: EntityKind) -> usize {
    let inside = |at: usize| words.token(at).is_some_and(|t| (name..end).contains(&(t.head as usize)) && t.head as usize != at);
    let tops: Vec<usize> = (name..end).filter(|at| !inside(*at)).collect();
    if let [top] = tops[..] {
        return top;
    }
    let of = (name..end).find(|at| words.is_form(*at, words.of));
    match of {
        Some(at) if at > name => at - 1,
        _ if kind == EntityKind::Person => name,
        _ => end.saturating_sub(1).max(name),
    }
}

/// A title inside a run with a bearer behind it: its first token, one past its last, and where the bearer's name starts.
fn inner_title(words: &Words, first: usize, end: usize) -> Option<(usize, usize, usize)> {
    (first..end).find_map(|at| {
        let len = words.title_at(at, end)?;
        let stop = at + len;
        if stop >= end || at > first && len == 1 && words.is_given(at - 1) {
            return None;
        }
        if words.is_form(stop, words.of) {
            let bearer = (stop + 2..end).find(|i| words.is_given(*i))?;
            return is_bearer(words, bearer, end).then_some((at, stop, bearer));
        }
        is_bearer(words, stop, end).then_some((at, stop, stop))
    })
}

/// Whether the rest of a run can be a person's name.
fn is_bearer(words: &Words, first: usize, end: usize) -> bool {
    let other = |at: usize| {
        words.token(at).is_some_and(|t| {
            words.bodies.has(t)
                || words.companies.has_form(t)
                || words.places.has(t)
                || words.documents.has(t)
                || words.lexicon.titles.word(t.lemma).is_some() && at + 1 == end && at > first
        })
    };
    let state = words.named(first, end).is_some_and(|(len, row)| first + len == end || row.adjective);
    end - first <= 6
        && !words.token(first).is_some_and(|t| words.generations.has_form(t))
        && !state
        && (words.is_given(first) && end - first > 1 || !(first..end).any(other))
}

/// A run that is an office and names no bearer ("Deputy Foreign Minister", "Mayor of Orsa"): the title's range.
fn whole_title(words: &Words, first: usize, end: usize) -> Option<(usize, usize)> {
    (first..end).find_map(|at| {
        let len = words.title_at(at, end)?;
        let stop = at + len;
        let fits = stop == end || words.is_form(stop, words.of);
        // "Mr." alone is nobody.
        if end - first == 1 && words.written(at).ends_with('.') {
            return None;
        }
        let surname = at > first && len == 1 && (words.is_given(at - 1) || words.is_given(first));
        (fits && !surname).then_some((at, stop))
    })
}

fn office(words: &Words, start: usize, title: usize, title_end: usize, end: usize, owner: Option<usize>) -> Draft {
    let head = title_end - 1;
    let mention = Mention {
        span: words.span(start, end),
        first: start as u32,
        end: end as u32,
        head: head as u32,
        form: MentionForm::Description,
        kind: EntityKind::Person,
        name: words.plain(title, title_end).to_lowercase(),
        ..Mention::default()
    };
    let plural = words.token(head).is_some_and(|t| matches!(t.tag, Tag::Nns | Tag::Nnps));
    Draft {
        mention,
        name_first: title as u32,
        name_end: title_end as u32,
        owner: owner.filter(|_| title_speaks(words, title, title_end)),
        role: role(words, title, title_end),
        plural,
        definite: true,
        gender: words.gender_of_noun(head),
        ..Draft::default()
    }
}

/// Lemmas of a title.
pub(super) fn role(words: &Words, first: usize, end: usize) -> String {
    let lemmas: Vec<&str> = (first..end).filter_map(|at| words.token(at)).map(|t| t.lemma.as_str()).collect();
    lemmas.join(" ")
}

fn give_title(words: &Words, draft: &mut Draft, start: usize, end: usize, title: usize, title_end: usize, owner: Option<usize>) {
    let start = (start..title)
        .find(|at| !words.token(*at).is_some_and(|t| matches!(t.pos, Pos::Det | Pos::Punct) || t.tag == Tag::PrpS))
        .unwrap_or(title);
    let end = if words.is_form(end - 1, words.the) { end - 1 } else { end };
    draft.mention.title = Some(words.plain(start, end.max(title_end)));
    draft.role = role(words, title, title_end);
    draft.owner = owner.filter(|_| title_speaks(words, title, title_end));
    if draft.gender == Gender::Unknown {
        draft.gender = words.gender_of_noun(title_end - 1);
    }
}

/// A lower-case title right before a name: "spokesman", "prime minister"; a plain noun for a person too ("resident Ann Lee").
fn title_before(words: &Words, first: usize) -> Option<(usize, usize)> {
    let head = first.checked_sub(1)?;
    let token = words.token(head)?;
    if token.shape != Shape::Lower || words.doc.sentence_of(head as u32) != words.doc.sentence_of(first as u32) {
        return None;
    }
    let start = (head.saturating_sub(3)..=head).find(|at| words.title_at(*at, first).is_some_and(|len| at + len == first));
    let plain =
        || (words.people.has(token) && matches!(token.pos, Pos::Noun | Pos::Propn) && words.is_given(first)).then_some(head);
    let start = start.or_else(plain)?;
    // "to head Acme" holds a verb, not a title.
    (!matches!(token.pos, Pos::Verb | Pos::Aux)).then_some((start, first))
}

/// Where the noun phrase around a title begins: over modifiers, owners and the determiner.
pub(super) fn left_edge(words: &Words, from: usize, drafts: &Drafts) -> usize {
    let sentence = words.doc.sentence_of(from as u32).map_or(0, |s| words.doc.sentences[s].first as usize);
    let mut at = from;
    let mut owned = false;
    while at > sentence && from - at < 12 {
        let before = at - 1;
        let Some(token) = words.token(before) else { break };
        if let Some(draft) = drafts.name_ending(at).map(|i| &drafts.list[i]) {
            // A name directly before a title owns it; one person's name before another's title does not, without "'s".
            if draft.mention.kind == EntityKind::Person && !owned {
                break;
            }
            at = (draft.mention.first as usize).max(sentence);
            if at == before + 1 {
                break;
            }
            continue;
        }
        if words.is_possessive(before) {
            owned = true;
            at = before;
            continue;
        }
        match token.pos {
            Pos::Noun | Pos::Propn if token.shape != Shape::Mark => at = before,
            Pos::Adj | Pos::Num => at = before,
            Pos::Verb
                if matches!(token.tag, Tag::Vbn) && words.token(before.wrapping_sub(1)).is_some_and(|t| t.pos == Pos::Det) =>
            {
                at = before
            }
            Pos::Punct
                if words.written(before) == "-" && words.touching(before) && before > sentence && words.touching(before - 1) =>
            {
                at = before.saturating_sub(1).max(sentence)
            }
            Pos::Det => return before,
            Pos::Pron if token.tag == Tag::PrpS => return before,
            _ if words.lexicon.tenure.word(token.form).is_some() => at = before,
            _ => break,
        }
    }
    at
}

/// The last name between two tokens: the owner of the title that follows.
pub(super) fn owner_in(drafts: &Drafts, first: usize, end: usize) -> Option<usize> {
    (first + 1..=end).rev().filter_map(|at| drafts.name_ending(at)).find(|i| drafts.list[*i].name_first as usize >= first)
}

/// Where a name's complement begins: "of" in "Ministry of Transport", "on" in "Commission on Trade".
pub(super) fn joint(words: &Words, first: usize, end: usize) -> Option<usize> {
    (first + 1..end)
        .find(|at| words.token(*at).is_some_and(|t| t.shape == Shape::Lower && matches!(t.form.as_str(), "of" | "for" | "on")))
}

/// What a bare name seems to be, from its own words and what stands beside it.
pub(super) fn kind_of(words: &Words, first: usize, end: usize) -> EntityKind {
    if let Some((len, row)) = words.named(first, end)
        && first + len == end
    {
        return row.kind;
    }
    if words.lexicon.metonyms.longest_at(&words.doc.tokens[..end], first).is_some_and(|(len, _)| first + len == end) {
        return EntityKind::Place;
    }
    let of = joint(words, first, end);
    let Some(head) = words.token(of.map_or(end, |at| at) - 1) else { return EntityKind::Unnamed };
    let long = end - first > 1;
    if long && (words.suffixes.has_form(head) || words.companies.has_form(head) && !words.is_given(first)) {
        return EntityKind::Org;
    }
    if long && words.named_bodies.has_form(head) && !(words.is_given(first) && end - first == 2) {
        return EntityKind::Org;
    }
    if long && words.places.has(head) && !words.is_given(first) && !words.bodies.has(head) {
        return EntityKind::Place;
    }
    if (long || of.is_some()) && words.bodies.has(head) && !(words.is_given(first) && end - first == 2) {
        return EntityKind::Org;
    }
    if long && words.documents.has(head) && !words.is_given(first) {
        return EntityKind::Document;
    }
    let front = words.token(first);
    if long && front.is_some_and(|t| words.is_place_front(t)) {
        return EntityKind::Place;
    }
    if long && words.is_given(first) && end - first <= 4 && of.is_none() {
        return EntityKind::Person;
    }
    let initial = |at: usize| {
        words.token(at).is_some_and(|t| t.shape == Shape::Upper && t.form.as_str().trim_end_matches('.').chars().count() == 1)
    };
    if long && of.is_none() && initial(first) && !initial(end - 1) {
        return EntityKind::Person;
    }
    if end - first == 1
        && front.is_some_and(|t| {
            t.shape == Shape::Upper && (2..=6).contains(&t.form.as_str().chars().filter(|c| c.is_alphabetic()).count())
        })
    {
        return EntityKind::Org;
    }
    let located = first > 0 && words.token(first - 1).is_some_and(|t| words.located.has_form(t));
    if located && !words.is_given(first) {
        return EntityKind::Place;
    }
    EntityKind::Unnamed
}

/// Names and descriptions that an apposition or a bracket makes one.
pub(super) fn apposed(words: &Words, drafts: &mut Drafts) {
    for at in 0..drafts.list.len() {
        if drafts.list[at].mention.form != MentionForm::Description || drafts.list[at].same_as.is_some() {
            continue;
        }
        if let Some(name) =
            bearer_before(words, drafts, at).or_else(|| bearer_after(words, drafts, at)).or_else(|| bearer_beside(drafts, at))
        {
            let (title, owner, gender, role, kind) = {
                let d = &drafts.list[at];
                (title_text(words, d), d.owner, d.gender, d.role.clone(), d.mention.kind)
            };
            drafts.list[at].same_as = Some((name, "apposition"));
            let bearer = &mut drafts.list[name];
            // "Italy's largest employer, Fiat": a single word may be a firm for all that.
            let full = bearer.name_end - bearer.name_first > 1 || bearer.gender != Gender::Unknown;
            if bearer.mention.kind == EntityKind::Unnamed && (full || kind != EntityKind::Person) {
                bearer.mention.kind = kind;
            }
            if bearer.mention.title.is_none() {
                bearer.mention.title = Some(title);
                bearer.role = role;
                bearer.owner = bearer.owner.or(owner);
            }
            if bearer.gender == Gender::Unknown {
                bearer.gender = gender;
            }
        }
    }
}

fn title_text(words: &Words, draft: &Draft) -> String {
    let (first, end) = (draft.mention.first as usize, draft.mention.end as usize);
    let skip = |at: &usize| !words.token(*at).is_some_and(|t| t.pos == Pos::Det || t.tag == Tag::PrpS);
    words.plain((first..end).find(skip).unwrap_or(first), end)
}

fn closes(words: &Words, end: usize, drafts: &Drafts, listed: bool) -> bool {
    let Some(sentence) = words.doc.sentence_of(end.saturating_sub(1) as u32) else { return true };
    if end >= words.doc.sentences[sentence].end as usize {
        return true;
    }
    let Some(token) = words.token(end) else { return true };
    let mark = words.written(end);
    if mark == "," {
        // "X, the minister, and Y" is a list, "X, the minister, said" is none.
        let list = words.token(end + 1).is_some_and(|t| t.pos == Pos::Cconj && drafts.starts(end + 2));
        return !(list && listed);
    }
    matches!(mark, "." | ";" | ")" | "!" | "?" | ":" | "\u{2014}" | "\u{2013}" | "-" | "\u{201d}" | "\"")
        || matches!(token.tag, Tag::Wp | Tag::Wdt | Tag::WpS)
}

fn agree(name: &Draft, description: &Draft) -> bool {
    use EntityKind::{Group, Org, Person, Place, Unnamed};
    if description.plural || name.adjective {
        return false;
    }
    match (name.mention.kind, description.mention.kind) {
        (Unnamed, _) => true,
        (Person, Person) | (Org, Org | Group) => true,
        (Place, Place) | (Place, Org) => description.mention.kind == Place,
        (one, two) => one == two,
    }
}

/// "Ann Lee, a spokeswoman for Acme,"; "Ann Lee (41), a farmer,"
fn bearer_before(words: &Words, drafts: &Drafts, at: usize) -> Option<usize> {
    let d = &drafts.list[at];
    let first = d.mention.first as usize;
    let comma = first.checked_sub(1)?;
    if !matches!(words.written(comma), "," | "\u{2014}" | "\u{2013}" | "(")
        || !closes(words, d.mention.end as usize, drafts, d.definite && d.owner.is_none())
    {
        return None;
    }
    let aged = comma >= 2 && words.token(comma - 1).is_some_and(|t| t.shape == Shape::Number) && words.written(comma - 2) == ",";
    let end = if aged { comma - 2 } else { comma };
    drafts.name_ending(end).filter(|name| agree(&drafts.list[*name], d))
}

/// "the company's chief executive, Ann Lee,"; "the mayor, Ann Lee, said"
fn bearer_after(words: &Words, drafts: &Drafts, at: usize) -> Option<usize> {
    let d = &drafts.list[at];
    let end = d.mention.end as usize;
    if words.written(end) != "," || !(d.definite || d.owner.is_some()) || d.mention.kind != EntityKind::Person {
        return None;
    }
    let name = drafts.name_starting(end + 1)?;
    let n = &drafts.list[name];
    let full = n.name_end - n.name_first >= 2;
    let person =
        n.mention.kind == EntityKind::Person || n.mention.kind == EntityKind::Unnamed && full && n.mention.title.is_none();
    (person && full && agree(n, d) && closes(words, n.mention.end as usize, drafts, true)).then_some(name)
}

/// "the drugmaker Halvern", "the minister for civil aviation Ann Lee"
fn bearer_beside(drafts: &Drafts, at: usize) -> Option<usize> {
    let d = &drafts.list[at];
    let name = drafts.name_starting(d.mention.end as usize)?;
    let n = &drafts.list[name];
    let org = d.mention.kind == EntityKind::Org && matches!(n.mention.kind, EntityKind::Org | EntityKind::Unnamed);
    let person = d.mention.kind == EntityKind::Person
        && n.mention.kind != EntityKind::Org
        && n.name_end - n.name_first > 1
        && n.mention.title.is_none();
    ((org && !d.possessed || person) && n.mention.first == d.mention.end && agree(n, d)).then_some(name)
}
