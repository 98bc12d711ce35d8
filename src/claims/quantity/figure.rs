//! The number itself: digits, words, ranges and what is glued to them.

use super::Scan;
use crate::base::Sym;
use crate::lexicon::NumberKind;
use crate::text::{Pos, Shape, Tag};

/// A number as read, before its unit and approximator.
#[derive(Clone, Copy, Debug)]
pub(super) struct Figure {
    pub low: f64,
    pub high: f64,
    pub end: usize,
    pub kind: FigureKind,
    /// Base unit of a currency sign in front.
    pub currency: Option<Sym>,
    /// Unit glued to the digits ("40km", "3%").
    pub suffix: Option<(Sym, f64)>,
    /// Whether digits stood there, not words.
    pub written_as_digits: bool,
    /// Set where thousands were grouped ("2,000") or scaled ("2 million"): such a number is no year.
    pub grouped: Option<()>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FigureKind {
    Bare,
    Fraction,
    Ordinal,
    Nothing,
    Label,
}

/// Reads the number that starts at `at`.
pub(super) fn read(scan: &Scan<'_>, at: usize) -> Option<Figure> {
    if let Some(nothing) = nothing(scan, at) {
        return Some(nothing);
    }
    let opener = scan.is(at, "between");
    let from = at + usize::from(opener);
    let currency = currency_sign(scan, from);
    let mut one = with_half(scan, single(scan, from + usize::from(currency.is_some()))?);
    one.currency = currency.or(one.currency);
    if one.kind == FigureKind::Label || one.kind == FigureKind::Ordinal {
        return (!opener).then_some(one);
    }
    let told_change = at > 0 && scan.is(at - 1, "from");
    // "5% to 10%": the unit is said twice.
    let unit = scan.lexicon.units.longest_at(scan.tokens(), one.end).filter(|_| scan.token(one.end).is_some());
    let joint = if let Some((length, _)) = unit { one.end + length } else { one.end };
    let either = scan.is(joint, "or") && one.kind == FigureKind::Bare && !opener;
    let joined = scan.is(joint, "-") || either || !opener && scan.is(joint, "to") || opener && scan.is(joint, "and");
    if joined && !told_change {
        let second = joint + 1 + usize::from(currency_sign(scan, joint + 1).is_some());
        if let Some(two) = single(scan, second).filter(|two| {
            unit.is_none_or(|(_, row)| {
                let again = scan.token(two.end).and_then(|_| scan.lexicon.units.longest_at(scan.tokens(), two.end));
                again.is_some_and(|(_, other)| other.unit == row.unit)
            })
        }) {
            // "3-2" with nothing counted is a score; "5 to 10 million" lends its scale to the first.
            let scaled =
                if two.high >= 1000.0 && one.low < 1000.0 && two.grouped.is_some() { two.high / leading(two.high) } else { 1.0 };
            let low = one.low * scaled;
            if two.kind == FigureKind::Bare && low < two.high {
                return Some(Figure {
                    low,
                    high: two.high,
                    end: two.end,
                    grouped: one.grouped.or(two.grouped),
                    suffix: two.suffix,
                    ..one
                });
            }
            if scan.is(joint, "-") && unit.is_none() {
                return Some(Figure { kind: FigureKind::Label, end: two.end, ..one });
            }
        }
    }
    (!opener).then_some(one)
}

/// "Two and a half years".
fn with_half(scan: &Scan<'_>, figure: Figure) -> Figure {
    let half = ["and", "a", "half"].iter().zip(figure.end..).all(|(word, at)| scan.is(at, word));
    if !half || figure.kind != FigureKind::Bare {
        return figure;
    }
    Figure { low: figure.low + 0.5, high: figure.high + 0.5, end: figure.end + 3, ..figure }
}

/// The mantissa of a scaled figure: 10 of 10 million.
fn leading(value: f64) -> f64 {
    [1e12, 1e9, 1e6, 1e3].iter().find(|scale| value >= **scale).map_or(value, |scale| value / scale)
}

fn nothing(scan: &Scan<'_>, at: usize) -> Option<Figure> {
    let token = scan.token(at)?;
    let value = scan.lexicon.number_words.get(&(NumberKind::Nothing, token.form))?;
    let end = at + 1 + usize::from(scan.is(at, "no") && scan.is(at + 1, "one"));
    let determines = matches!(token.pos, Pos::Det | Pos::Pron | Pos::Noun | Pos::Num);
    determines.then_some(Figure {
        low: *value,
        high: *value,
        end,
        kind: FigureKind::Nothing,
        currency: None,
        suffix: None,
        written_as_digits: false,
        grouped: None,
    })
}

fn currency_sign(scan: &Scan<'_>, at: usize) -> Option<Sym> {
    let token = scan.token(at)?;
    let sign =
        token.pos == Pos::Sym || token.tag == Tag::Dollar || token.form.as_str().chars().any(|c| !c.is_ascii() || c == '$');
    let row = scan.lexicon.units.word(token.form)?;
    let followed = scan.token(at + 1).is_some_and(|t| t.shape == Shape::Number);
    (sign && followed).then_some(row.unit)
}

/// One number without range: digits with suffix and multiplier, or words.
fn single(scan: &Scan<'_>, at: usize) -> Option<Figure> {
    let token = scan.token(at)?;
    let plain = Figure {
        low: 0.0,
        high: 0.0,
        end: at + 1,
        kind: FigureKind::Bare,
        currency: None,
        suffix: None,
        written_as_digits: false,
        grouped: None,
    };
    let form = token.form.as_str();
    if form.starts_with(|c: char| c.is_ascii_digit()) || form.starts_with(['.', '+']) && form.len() > 1 {
        return digits(scan, at, form, plain);
    }
    words(scan, at, plain)
}

fn digits(scan: &Scan<'_>, at: usize, form: &str, plain: Figure) -> Option<Figure> {
    let cut = form.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.' || c == '+')).unwrap_or(form.len());
    let (number, suffix) = form.split_at(cut);
    let Some(value) = parse(number) else { return Some(Figure { kind: FigureKind::Label, ..plain }) };
    let grouped = number.contains(',').then_some(());
    let mut figure = Figure { low: value, high: value, written_as_digits: true, grouped, ..plain };
    match suffix {
        "" => {}
        "st" | "nd" | "rd" | "th" => return Some(Figure { kind: FigureKind::Ordinal, ..figure }),
        "s" => return Some(Figure { kind: FigureKind::Label, ..figure }), // "1990s"
        _ => {
            if let Some(scale) = scan.lexicon.number_words.get(&(NumberKind::Multiplier, Sym::new(suffix))) {
                (figure.low, figure.high, figure.grouped) = (value * scale, value * scale, Some(()));
            } else if let Some(row) = scan.lexicon.units.word(Sym::new(suffix)) {
                figure.suffix = Some((row.unit, row.scale));
            } else {
                return Some(Figure { kind: FigureKind::Label, ..figure }); // "19:40", "b2b", "2022-23"
            }
        }
    }
    // "2 1/2" and "3/4" are fractions; a slash between larger numbers is a label.
    if scan.is(at + 1, "/") && scan.token(at + 2).is_some_and(|t| t.shape == Shape::Number) {
        return Some(Figure { kind: FigureKind::Label, end: at + 3, ..figure });
    }
    if scan.is(at + 1, ":")
        && scan
            .token(at + 2)
            .is_some_and(|t| t.shape == Shape::Number && t.span.start == scan.token(at + 1).map_or(0, |c| c.span.end))
    {
        return Some(Figure { kind: FigureKind::Label, end: at + 3, ..figure });
    }
    if clock_follows(scan, at + 1) {
        return Some(Figure { kind: FigureKind::Label, end: at + 2, ..figure });
    }
    Some(multiplied(scan, figure))
}

fn clock_follows(scan: &Scan<'_>, at: usize) -> bool {
    ["am", "pm", "a.m.", "p.m.", "a.m", "p.m", "o'clock"].iter().any(|word| scan.is(at, word))
}

fn parse(number: &str) -> Option<f64> {
    let number = number.trim_start_matches('+').trim_end_matches(['.', ',']);
    let grouping = number.split(',').skip(1).all(|group| group.split('.').next().is_some_and(|g| g.len() == 3 || g.len() == 2));
    if !grouping || number.matches('.').count() > 1 {
        return None;
    }
    number.replace(',', "").parse().ok().filter(|value: &f64| value.is_finite())
}

/// Applies "million", "thousand" and the like behind a figure: "1.2 million", "3 hundred thousand".
fn multiplied(scan: &Scan<'_>, mut figure: Figure) -> Figure {
    while let Some(scale) = multiplier(scan, figure.end) {
        (figure.low, figure.high) = (figure.low * scale, figure.high * scale);
        figure.end += 1;
        figure.grouped = Some(());
    }
    figure
}

fn multiplier(scan: &Scan<'_>, at: usize) -> Option<f64> {
    let token = scan.token(at)?;
    let found = |word| scan.lexicon.number_words.get(&(NumberKind::Multiplier, word)).copied();
    found(token.form).or_else(|| found(token.lemma))
}

/// Number words: "two hundred and fifty", "twenty-one", "a dozen", "half a million", "two thirds", "hundreds of".
fn words(scan: &Scan<'_>, at: usize, plain: Figure) -> Option<Figure> {
    let token = scan.token(at)?;
    let number = |kind: NumberKind, at: usize| {
        let token = scan.token(at)?;
        let table = &scan.lexicon.number_words;
        table.get(&(kind, token.form)).or_else(|| table.get(&(kind, token.lemma))).copied()
    };
    let article = scan.is(at, "a") || scan.is(at, "an");
    if let Some(vague) = vague(scan, at + usize::from(article), plain) {
        return Some(vague);
    }
    if let Some(factor) = factor(scan, at, plain) {
        return Some(factor);
    }
    if article {
        // "a dozen", "a hundred", "a third of": the article is a one.
        if let Some(scale) = multiplier(scan, at + 1).filter(|_| scan.token(at + 1).is_some_and(|t| t.form.as_str().len() > 2)) {
            let start = Figure { low: scale, high: scale, end: at + 2, grouped: Some(()), ..plain };
            return Some(multiplied(scan, start));
        }
        let share = number(NumberKind::Fraction, at + 1).filter(|_| scan.is(at + 2, "of"))?;
        return Some(Figure { low: share, high: share, end: at + 2, kind: FigureKind::Fraction, ..plain });
    }
    if let Some(share) = number(NumberKind::Fraction, at).filter(|_| token.form.is("half")) {
        if scan.is(at + 1, "a") && multiplier(scan, at + 2).is_some() {
            return Some(multiplied(scan, Figure { low: share, high: share, end: at + 2, ..plain }));
        }
        let of = scan.is(at + 1, "of") || scan.token(at + 1).is_some_and(|t| t.pos == Pos::Det);
        return of.then_some(Figure { low: share, high: share, end: at + 1, kind: FigureKind::Fraction, ..plain });
    }
    if let Some(scale) = number(NumberKind::Multiplier, at).filter(|_| token.tag == Tag::Nns && token.form != token.lemma) {
        return Some(plural(scan, at, scale, plain));
    }
    if let Some(rank) =
        number(NumberKind::Ordinal, at).filter(|_| matches!(token.pos, Pos::Adj | Pos::Num) || token.tag == Tag::Jj)
    {
        return Some(Figure { low: rank, high: rank, kind: FigureKind::Ordinal, ..plain });
    }
    if let Some(scale) = multiplier(scan, at).filter(|_| token.pos == Pos::Num && token.form.as_str().len() > 2) {
        return Some(multiplied(scan, Figure { low: scale, high: scale, grouped: Some(()), ..plain })); // "the hundred homes"
    }
    let tens = number(NumberKind::Cardinal, at)?;
    if let Some(rank) = number(NumberKind::Ordinal, at + 2).filter(|rank| scan.is(at + 1, "-") && tens >= 20.0 && *rank < 10.0) {
        return Some(Figure { low: tens + rank, high: tens + rank, end: at + 3, kind: FigureKind::Ordinal, ..plain });
    }
    // "one" is a pronoun more often than a number, unless it is tagged as one.
    if token.form.is("one") && token.pos != Pos::Num {
        return None;
    }
    Some(cardinal(scan, at, plain, &number))
}

/// "Several hundred", "a few thousand": some of the multiplier, up to where the next one would be used.
fn vague(scan: &Scan<'_>, at: usize, plain: Figure) -> Option<Figure> {
    let scale = multiplier(scan, at + 1).filter(|_| scan.in_set("vague-counts", at))?;
    Some(multiplied(scan, Figure { low: scale * 2.0, high: scale * 10.0, end: at + 2, grouped: Some(()), ..plain }))
}

/// "Twice as many", "tenfold": a number that multiplies what it is set against.
fn factor(scan: &Scan<'_>, at: usize, plain: Figure) -> Option<Figure> {
    let form = scan.token(at)?.form;
    let value = |kind, word| scan.lexicon.number_words.get(&(kind, word)).copied();
    let unit = Some((Sym::new("factor"), 1.0));
    if let Some(times) = value(NumberKind::Factor, form).filter(|_| scan.compares(at + 1)) {
        return Some(Figure { low: times, high: times, suffix: unit, ..plain });
    }
    let times = value(NumberKind::Cardinal, Sym::new(form.as_str().strip_suffix("fold")?))?;
    Some(Figure { low: times, high: times, suffix: unit, ..plain })
}

fn cardinal(scan: &Scan<'_>, at: usize, plain: Figure, number: &dyn Fn(NumberKind, usize) -> Option<f64>) -> Figure {
    let (mut total, mut group, mut i, mut grouped) = (0.0, 0.0, at, None);
    loop {
        if let Some(value) = number(NumberKind::Cardinal, i) {
            group += value;
            i += 1;
        } else if let Some(scale) = multiplier(scan, i).filter(|_| i > at) {
            grouped = Some(());
            if scale > 100.0 {
                total += group.max(1.0) * scale;
                group = 0.0;
            } else {
                group = group.max(1.0) * scale;
            }
            i += 1;
        } else {
            break;
        }
        let dash =
            scan.is(i, "-") && (number(NumberKind::Cardinal, i + 1).is_some() || number(NumberKind::Fraction, i + 1).is_some());
        let and = scan.is(i, "and") && grouped.is_some() && number(NumberKind::Cardinal, i + 1).is_some();
        if dash && number(NumberKind::Fraction, i + 1).is_none() && !(20.0..100.0).contains(&group) {
            break; // "five-ten" is no number
        }
        if dash || and {
            i += 1;
        }
        // "two thirds"
        let fraction =
            number(NumberKind::Fraction, i).filter(|_| scan.token(i).is_some_and(|t| t.form != t.lemma || group < 2.0));
        if let Some(share) = fraction.filter(|_| total == 0.0 && group > 0.0 && group < 20.0) {
            return Figure { low: group * share, high: group * share, end: i + 1, kind: FigureKind::Fraction, ..plain };
        }
    }
    let value = total + group;
    Figure { low: value, high: value, end: i, grouped, ..plain }
}

/// "Dozens of", "hundreds of thousands of": a vague plural. From twice the word's value up to where the next word would be used.
fn plural(scan: &Scan<'_>, at: usize, scale: f64, plain: Figure) -> Figure {
    let (mut low, mut high, mut end) = (scale * 2.0, scale * 10.0, at + 1);
    if scan.is(end, "of")
        && let Some(more) = multiplier(scan, end + 1).filter(|_| scan.token(end + 1).is_some_and(|t| t.tag == Tag::Nns))
    {
        (low, high, end) = (low * more, high * more, end + 2);
    }
    Figure { low, high: if scale >= 1000.0 { high * 10.0 } else { high }, end, grouped: Some(()), ..plain }
}
