//! The conflicts as a graph to draw: claims as nodes, conflicts as edges, in DOT and Mermaid; and the whole graph as GraphML.

use super::outline::Index;
use super::page::Page;
use super::place::one_line;
use super::view::{Claim, Conflict, Report};
use super::{Format, xml};
use petgraph::dot::{Config, Dot};
use petgraph::graph::{NodeIndex, UnGraph};
use quick_xml::events::BytesText;
use std::collections::{BTreeMap, BTreeSet};

/// `dot`.
pub struct DotFormat;

/// `mermaid`.
pub struct Mermaid;

/// `graphml`.
pub struct GraphMl;

/// Characters of a claim that a node shows.
const WORDS: usize = 120;

impl Format for DotFormat {
    fn name(&self) -> &'static str {
        "dot"
    }

    fn about(&self) -> &'static str {
        "conflicts as a graph for Graphviz"
    }

    fn render(&self, report: &Report, _: Page<'_>) -> String {
        let index = Index::new(report);
        let graph = disputed(report, &index);
        let edge = |_: &UnGraph<&Claim, &Conflict>, edge: petgraph::graph::EdgeReference<'_, &Conflict>| {
            let conflict = edge.weight();
            let style = if conflict.relation == "tension" { "dashed" } else { "solid" };
            format!("label=\"{}\" color=\"{}\" style={style}", quoted(&conflict.rule), colour(conflict))
        };
        let node = |_: &UnGraph<&Claim, &Conflict>, (_, claim): (NodeIndex, &&Claim)| {
            format!("shape=box label=\"{}\"", quoted(&label(claim, &index)))
        };
        let config = [Config::NodeNoLabel, Config::EdgeNoLabel];
        format!("{:?}", Dot::with_attr_getters(&graph, &config, &edge, &node))
    }
}

impl Format for Mermaid {
    fn name(&self) -> &'static str {
        "mermaid"
    }

    fn about(&self) -> &'static str {
        "conflicts as a Mermaid flow chart"
    }

    fn render(&self, report: &Report, _: Page<'_>) -> String {
        let index = Index::new(report);
        let graph = disputed(report, &index);
        let safe = |text: &str| text.replace('&', "#amp;").replace('"', "#quot;").replace('<', "#lt;").replace('\n', "<br/>");
        let mut out = String::from("flowchart LR\n");
        for node in graph.node_indices() {
            out.push_str(&format!("  c{}[\"{}\"]\n", node.index(), safe(&label(graph[node], &index))));
        }
        for edge in graph.edge_indices() {
            let Some((one, two)) = graph.edge_endpoints(edge) else { continue };
            let line = if graph[edge].relation == "tension" { "-.-" } else { "---" };
            out.push_str(&format!("  c{} {line}|\"{}\"| c{}\n", one.index(), safe(&graph[edge].rule), two.index()));
        }
        out
    }
}

/// Claims in conflict as nodes, conflicts that are not ignored as edges, in the report's order.
fn disputed<'a>(report: &'a Report, index: &Index<'a>) -> UnGraph<&'a Claim, &'a Conflict> {
    let mut graph = UnGraph::new_undirected();
    let mut nodes: BTreeMap<&str, NodeIndex> = BTreeMap::new();
    for conflict in report.conflicts.iter().filter(|conflict| conflict.ignored.is_none()) {
        let [Some(one), Some(two)] = [0, 1].map(|at: usize| index.claim(&conflict.claims[at])) else { continue };
        let [one, two] = [one, two].map(|claim| *nodes.entry(claim.id.as_str()).or_insert_with(|| graph.add_node(claim)));
        graph.add_edge(one, two, conflict);
    }
    graph
}

/// Who says it, then the words.
fn label(claim: &Claim, index: &Index<'_>) -> String {
    let words = one_line(&claim.content);
    let short: String = words.chars().take(WORDS).collect();
    let more = if short.len() < words.len() { "…" } else { "" };
    format!("{}\n{short}{more}", index.speaker(claim))
}

/// Text inside the quotes of a DOT string.
fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

fn colour(conflict: &Conflict) -> &'static str {
    match conflict.severity.as_str() {
        "error" => "#b3261e",
        "warning" => "#b26a00",
        _ => "#5f6368",
    }
}

impl Format for GraphMl {
    fn name(&self) -> &'static str {
        "graphml"
    }

    fn about(&self) -> &'static str {
        "articles, sources, entities, claims and conflicts as GraphML"
    }

    fn whole(&self) -> bool {
        true
    }

    fn render(&self, report: &Report, _: Page<'_>) -> String {
        xml::document(|writer| {
            let root = writer.create_element("graphml").with_attribute(("xmlns", "http://graphml.graphdrawing.org/xmlns"));
            root.write_inner_content(|writer| {
                for (id, on) in KEYS {
                    let key = writer.create_element("key");
                    key.with_attributes([("id", *id), ("for", *on), ("attr.name", *id), ("attr.type", "string")])
                        .write_empty()?;
                }
                let graph = writer.create_element("graph").with_attributes([("id", "report"), ("edgedefault", "directed")]);
                graph.write_inner_content(|writer| {
                    nodes(writer, report)?;
                    edges(writer, report)
                })?;
                Ok(())
            })?;
            Ok(())
        })
    }
}

/// Data keys with what they belong to.
const KEYS: &[(&str, &str)] =
    &[("kind", "all"), ("label", "all"), ("factuality", "node"), ("relation", "edge"), ("confidence", "edge")];

fn node(writer: &mut xml::Writer, id: &str, data: &[(&str, &str)]) -> std::io::Result<()> {
    writer.create_element("node").with_attribute(("id", id)).write_inner_content(|writer| values(writer, data))?;
    Ok(())
}

fn edge(writer: &mut xml::Writer, ends: [&str; 2], data: &[(&str, &str)]) -> std::io::Result<()> {
    let element = writer.create_element("edge").with_attributes([("source", ends[0]), ("target", ends[1])]);
    element.write_inner_content(|writer| values(writer, data))?;
    Ok(())
}

fn values(writer: &mut xml::Writer, data: &[(&str, &str)]) -> std::io::Result<()> {
    for (key, value) in data {
        writer.create_element("data").with_attribute(("key", *key)).write_text_content(BytesText::new(value))?;
    }
    Ok(())
}

/// Ids of different kinds may be equal words: each gets its kind in front.
fn nodes(writer: &mut xml::Writer, report: &Report) -> std::io::Result<()> {
    for article in &report.articles {
        let title = article.title.as_deref().unwrap_or(&article.id);
        node(writer, &format!("article:{}", article.id), &[("kind", "article"), ("label", title)])?;
    }
    for source in &report.sources {
        node(writer, &format!("source:{}", source.id), &[("kind", "source"), ("label", &source.name)])?;
    }
    for entity in &report.entities {
        node(writer, &format!("entity:{}", entity.id), &[("kind", "entity"), ("label", &entity.name)])?;
    }
    for claim in &report.claims {
        let words = one_line(&claim.content);
        let data = [("kind", "claim"), ("label", words.as_str()), ("factuality", claim.factuality.as_str())];
        node(writer, &format!("claim:{}", claim.id), &data)?;
    }
    Ok(())
}

fn edges(writer: &mut xml::Writer, report: &Report) -> std::io::Result<()> {
    // Descriptions that name nobody are mentions without an entity of the list.
    let listed: BTreeSet<&str> = report.entities.iter().map(|entity| entity.id.as_str()).collect();
    for claim in &report.claims {
        let to = format!("claim:{}", claim.id);
        edge(writer, [&format!("article:{}", claim.article), &to], &[("kind", "contains")])?;
        for source in &claim.sources {
            edge(writer, [&format!("source:{source}"), &to], &[("kind", "asserts")])?;
        }
        let named: BTreeSet<&str> = claim.mentions.iter().map(|mention| mention.entity.as_str()).collect();
        for entity in named.intersection(&listed) {
            edge(writer, [&to, &format!("entity:{entity}")], &[("kind", "mentions")])?;
        }
        if let Some(answered) = claim.denies.as_ref().and_then(|denies| denies.claim.as_ref()) {
            edge(writer, [&to, &format!("claim:{answered}")], &[("kind", "denies")])?;
        }
    }
    for conflict in &report.conflicts {
        let [one, two] = [0, 1].map(|at: usize| format!("claim:{}", conflict.claims[at]));
        let sure = format!("{:.2}", conflict.confidence);
        let data = [
            ("kind", "conflicts"),
            ("label", conflict.rule.as_str()),
            ("relation", conflict.relation.as_str()),
            ("confidence", sure.as_str()),
        ];
        edge(writer, [&one, &two], &data)?;
    }
    Ok(())
}
