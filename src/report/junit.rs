//! The report as JUnit XML, for CI systems that show tests: a suite a rule, a failing case a conflict, a passing case for a rule that
//! found nothing. Ignored conflicts and those of the baseline are skipped cases, so that nothing disappears. The elements and attributes
//! are those of the Jenkins xUnit schema, which knows no files.

use super::outline::Index;
use super::page::{Page, Standing};
use super::place::one_line;
use super::view::{Conflict, Report};
use super::{Format, xml};
use quick_xml::events::BytesText;
use std::collections::BTreeMap;

/// `junit`.
pub struct JUnit;

impl Format for JUnit {
    fn name(&self) -> &'static str {
        "junit"
    }

    fn about(&self) -> &'static str {
        "JUnit XML, one case a conflict"
    }

    fn render(&self, report: &Report, page: Page<'_>) -> String {
        let index = Index::new(report);
        let (standings, _) = page.standings(report);
        let skipped = |conflict: &Conflict| match &conflict.ignored {
            Some(reason) => Some(reason.clone()),
            None => (standings.get(conflict.id.as_str()) == Some(&Standing::Unchanged)).then(|| "in the baseline".to_owned()),
        };
        let mut suites: BTreeMap<&str, Vec<&Conflict>> = report.rules.iter().map(|rule| (rule.id.as_str(), Vec::new())).collect();
        report.conflicts.iter().for_each(|conflict| suites.entry(&conflict.rule).or_default().push(conflict));
        xml::document(|writer| {
            let skips = report.conflicts.iter().filter(|conflict| skipped(conflict).is_some()).count();
            let failures = (report.conflicts.len() - skips).to_string();
            let tests = suites.values().map(|list| list.len().max(1)).sum::<usize>().to_string();
            let suites_tag = writer.create_element("testsuites").with_attributes([
                ("name", report.tool.name.as_str()),
                ("tests", &tests),
                ("failures", &failures),
                ("errors", "0"),
            ]);
            suites_tag.write_inner_content(|writer| {
                suites.iter().try_for_each(|(rule, list)| suite(writer, rule, list, &index, &skipped))
            })?;
            Ok(())
        })
    }
}

fn suite(
    writer: &mut xml::Writer,
    rule: &str,
    list: &[&Conflict],
    index: &Index<'_>,
    skipped: &dyn Fn(&Conflict) -> Option<String>,
) -> std::io::Result<()> {
    let skips = list.iter().filter(|conflict| skipped(conflict).is_some()).count();
    let (tests, failures, skips) = (list.len().max(1).to_string(), (list.len() - skips).to_string(), skips.to_string());
    let tag = writer.create_element("testsuite").with_attributes([
        ("name", rule),
        ("tests", &tests),
        ("failures", &failures),
        ("errors", "0"),
        ("skipped", &skips),
    ]);
    tag.write_inner_content(|writer| {
        if list.is_empty() {
            writer.create_element("testcase").with_attributes([("name", "no conflict"), ("classname", rule)]).write_empty()?;
        }
        list.iter().try_for_each(|conflict| case(writer, conflict, index, skipped(conflict)))
    })?;
    Ok(())
}

fn case(writer: &mut xml::Writer, conflict: &Conflict, index: &Index<'_>, skip: Option<String>) -> std::io::Result<()> {
    let name = format!("{} ({})", conflict.message, conflict.id);
    let attributes = [("name", name.as_str()), ("classname", conflict.rule.as_str())];
    writer.create_element("testcase").with_attributes(attributes).write_inner_content(|writer| {
        match skip {
            Some(reason) => writer.create_element("skipped").with_attribute(("message", reason.as_str())).write_empty()?,
            None => writer
                .create_element("failure")
                .with_attributes([("message", conflict.message.as_str()), ("type", conflict.relation.as_str())])
                .write_text_content(BytesText::new(&told(conflict, index)))?,
        };
        Ok(())
    })?;
    Ok(())
}

/// Both sides, a line each.
fn told(conflict: &Conflict, index: &Index<'_>) -> String {
    let side = |id: &String| {
        let claim = index.claim(id)?;
        Some(format!("{} ({}): {}", index.speaker(claim), index.file_line(claim), one_line(&claim.text)))
    };
    conflict.claims.iter().filter_map(side).collect::<Vec<_>>().join("\n")
}
