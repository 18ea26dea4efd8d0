//! The frontier in its three forms.

use super::plot::escape;
use super::*;
use crate::model::frontier::Zone;
use crate::model::relation::Relation;
use crate::report::lang::Lang;

fn step(number: u32, zone: Zone, probability: u16, name: &str) -> FrontierStep {
    FrontierStep {
        step: number,
        zone,
        items_left: 10 - number,
        reduction_percent: f64::from(number) * 10.0,
        year_on_year_percent: None,
        visits: 100.0 - f64::from(number),
        visit_reduction_percent: f64::from(number),
        weight: i32::from(probability) - 5_000,
        probability,
        lowest_probability: probability,
        core: "A".into(),
        core_name: name.into(),
        added: vec![FrontierItem { id: format!("B{number}"), name: name.into(), relation: Relation::Joint }],
    }
}

fn sample() -> Frontier {
    Frontier {
        submitted: 10,
        visits_before: 100.0,
        default_steps: 1,
        merge_threshold: 1_000,
        review_threshold: -2_000,
        merge_probability: 6_667,
        review_probability: 2_000,
        steps: vec![step(1, Zone::Sure, 9_000, "养老机构检查"), step(2, Zone::Review, 4_000, "=1+1</text>")],
        beyond: vec![step(3, Zone::Below, 1_000, "甲")],
        ..Frontier::default()
    }
}

#[test]
fn the_csv_has_a_record_for_every_step() {
    let mut bytes = Vec::new();
    write_csv(&sample(), &mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(text.lines().count(), 4);
    assert!(text.contains("\n1,sure,9,10.0,,99.0,1.0,4.000,0.9000,0.9000,A,养老机构检查,B1,"), "{text}");
    assert!(text.contains("'=1+1"), "{text}");
    assert!(text.lines().last().unwrap().starts_with("3,below,"));
}

#[test]
fn the_table_says_where_each_line_is() {
    let text = table(&sample(), Lang::Zh, false);
    let at = |needle: &str| text.find(needle).unwrap_or_else(|| panic!("{needle}: {text}"));
    assert!(at("90.00%") < at("不设目标") && at("不设目标") < at("40.00%"));
    assert!(at("40.00%") < at("待议线") && at("待议线") < at("10.00%"));
    assert!(table(&sample(), Lang::En, true).contains("joint B1"));
    assert!(table(&Frontier::default(), Lang::Zh, false).contains("待议线"));
}

#[test]
fn the_plot_is_closed_and_escaped() {
    for frontier in [sample(), Frontier::default()] {
        let svg = plot(&frontier, Lang::Zh);
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
        assert!(!svg.contains("NaN") && !svg.contains("inf"));
        assert_eq!(svg.matches("<text").count(), svg.matches("</text>").count());
    }
    assert_eq!(escape("<a href='x'>&\u{0}\""), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;");
}
