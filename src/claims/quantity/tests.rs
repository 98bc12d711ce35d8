use super::*;
use crate::article::Article;

/// The quantities of a sentence, each as `low..high unit counted kind`, with `part`, `old` and `new` where marked.
fn quantities(text: &str) -> Vec<String> {
    let article = Article { text: text.to_owned(), ..Article::default() };
    let lexicon = Lexicon::built_in();
    let document = crate::text::annotate(&article, lexicon);
    find(&document, lexicon).iter().map(describe).collect()
}

fn describe(quantity: &Quantity) -> String {
    let interval = match (quantity.low, quantity.high) {
        (low, high) if (low - high).abs() < 1e-9 => format!("{}", round(low)),
        (low, high) => format!("{}..{}", round(low), round(high)),
    };
    let mut words = vec![interval];
    words.extend(quantity.unit.map(|unit| unit.as_str().to_owned()));
    words.extend(quantity.counted.map(|noun| noun.as_str().to_owned()));
    match quantity.kind {
        QuantityKind::Label => words.push("label".into()),
        QuantityKind::Ordinal => words.push("ordinal".into()),
        _ => {}
    }
    words.extend(quantity.part.then(|| "part".to_owned()));
    words.extend(quantity.change.map(|change| if change == Change::Old { "old".to_owned() } else { "new".to_owned() }));
    words.join(" ")
}

fn round(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(quantities(text), expected, "{text}");
}

#[test]
fn plain_counts() {
    check("The blast killed 30 soldiers.", &["30 soldier"]);
    check("Twenty-one people were hurt.", &["21 people"]);
    check("The army lost two hundred and fifty tanks.", &["250 tank"]);
    check("Some 1,200 homes have no power.", &["1080..1320 home", "0 power"]);
    check("A dozen villages were cut off.", &["12 village"]);
    check("Three of the city's bridges collapsed.", &["3 bridge"]);
    check("No bridges were damaged.", &["0 bridge"]);
    check("No one was hurt.", &["0"]);
}

#[test]
fn bounds_and_approximators() {
    check("At least 30 people died.", &["30..inf people"]);
    check("More than 30 people died.", &["31..inf people"]);
    check("Fewer than 30 people died.", &["0..29 people"]);
    check("Up to 30 people died.", &["0..30 people"]);
    check("About 100 people fled.", &["90..110 people"]);
    check("Between 10 and 12 boats sank.", &["10..12 boat"]);
    check("Some 10 to 12 boats sank.", &["9..13.2 boat"]);
    check("Hundreds of homes burned.", &["200..1000 home"]);
    check("Tens of thousands marched.", &["20000..100000"]);
}

#[test]
fn money_and_units() {
    check("The firm paid $1.2bn for the mine.", &["1200000000 USD"]);
    check("The firm paid 1.2 billion dollars.", &["1200000000 USD"]);
    check("It costs €40 a head.", &["40 EUR"]);
    check("The road runs for 10 miles.", &["16.093 km"]);
    check("Prices rose 3.5%.", &["3.5 percent"]);
    check("Prices rose by 3.5 percent.", &["3.5 percent"]);
    check("Support fell two percentage points.", &["2 percentage-point"]);
    check("The strike lasted nine days.", &["9 day"]);
    check("Two thirds of voters agreed.", &["66.667 percent voter"]);
    check("Half of the voters agreed.", &["50 percent voter"]);
    check("All bridges are open.", &["100 extent bridge"]);
}

#[test]
fn a_word_between_two_figures_is_counted_by_neither() {
    check("Revenue was 40,200 vs 38,100.", &["40200", "38100"]);
}

#[test]
fn numbers_glued_to_nouns() {
    check("The 28-point plan is dead.", &["28 point"]);
    check("The 28 - point plan is dead.", &["28 point"]);
}

#[test]
fn labels_are_no_counts() {
    check("The law dates from 2019.", &["2019 label"]);
    check("They met at 19:40 in the hall.", &["19 label"]);
    check("The team won 3-2 in the end.", &["3 label"]);
    check("See page 12 of the report.", &["12 label"]);
    check("The treaty was signed on July 17, 2025.", &["17 label", "2025 label"]);
}

#[test]
fn ranks_are_no_counts() {
    check("It was the third meeting.", &["3 meeting ordinal"]);
    check("She won her 5th medal.", &["5 medal ordinal"]);
}

#[test]
fn parts_of_a_total() {
    check("The flood killed 30 people, including 3 children.", &["30 people", "3 child part"]);
    check("Two of them were children.", &["2 part"]);
    check("Another 30 people are missing.", &["30 people part"]);
}

#[test]
fn told_changes() {
    check("The plan was cut from 28 points to 20.", &["28 point old", "20 point new"]);
    check("The initial 28-point plan has been reduced to 20 items.", &["28 point old", "20 item new"]);
    check("They drove from 8 towns to 9 villages.", &["8 town", "9 village"]);
}
