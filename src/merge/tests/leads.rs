//! Who leads and who takes part, rule by rule.

use super::stand_in;
use crate::lexicon::Lexicon;
use crate::merge::{Context, Member, merge};
use crate::model::item::Item;
use crate::model::relation::Relation::{self, Covered, Duplicate, Joint};
use crate::text::fold;

/// Lead and co-organizers of items given as name, target, organizer as typed, its canonical name, and
/// relation; the first is the core.
fn units(group: &[(&str, &str, &str, &str, Relation)], co_organizers: &[&str]) -> (String, Vec<String>) {
    let lexicon = Lexicon::builtin();
    let co_organizers: Vec<String> = co_organizers.iter().map(|unit| (*unit).to_owned()).collect();
    let known: Vec<_> = group
        .iter()
        .enumerate()
        .map(|(position, &(name, target, typed, canonical, relation))| {
            let item = Item {
                id: position.to_string(),
                name: name.to_owned(),
                targets: vec![target.to_owned()],
                organizer: Some(typed.to_owned()),
                ..Item::default()
            };
            let functions = lexicon.departments.functions_of(&fold(canonical)).to_vec();
            let (standard, targets) =
                (stand_in::standard(&item, &lexicon), stand_in::targets(&item, &lexicon));
            (item, standard, targets, functions, canonical, (position > 0).then_some(relation))
        })
        .collect();
    let members: Vec<Member<'_>> = known
        .iter()
        .map(|(item, standard, targets, functions, canonical, relation)| Member {
            item,
            standard,
            targets,
            organizer: Some(canonical),
            co_organizers: &co_organizers,
            functions,
            relation: *relation,
            evidence: None,
        })
        .collect();
    let merged = merge(&members, &Context { lexicon: &lexicon, plan_year: Some(2025) });
    let co = merged.co_organizers.into_iter().map(|unit| unit.value).collect();
    (merged.lead.map(|lead| lead.value).unwrap_or_default(), co)
}

fn lead(group: &[(&str, &str, &str, &str, Relation)]) -> String {
    units(group, &[]).0
}

#[test]
fn the_regulator_of_the_place_leads_a_joint_visit() {
    let group = [
        ("旅馆消防安全检查", "旅馆", "县消防救援大队", "县消防救援大队", Joint),
        ("旅馆卫生监督检查", "旅馆", "县卫健局", "县卫生健康局", Joint),
        ("旅馆治安检查", "旅馆", "县公安局治安大队", "县公安局", Joint),
    ];
    assert_eq!(lead(&group), "县公安局");
    assert_eq!(lead(&group[..2]), "县消防救援大队", "without the regulator the core leads");
}

#[test]
fn a_general_office_leaves_the_lead_to_whose_work_it_is() {
    let group = [
        ("安全生产落实情况督查", "各乡镇", "县政府督查室", "县政府办公室", Duplicate),
        ("安全生产检查", "各乡镇", "县应急局", "县应急管理局", Duplicate),
    ];
    assert_eq!(lead(&group), "县应急管理局");
    let two_departments = [
        ("森林草原防灭火检查", "各乡镇", "县应急局", "县应急管理局", Duplicate),
        ("森林草原防灭火督查", "各乡镇", "县林草局", "县林业和草原局", Duplicate),
    ];
    assert_eq!(lead(&two_departments), "县应急管理局", "a department with work of its own keeps the lead");
}

#[test]
fn an_organ_leads_before_its_institution() {
    let group = [
        ("档案执法检查", "立档单位", "县档案馆", "县档案馆", Duplicate),
        ("档案工作检查", "立档单位", "县档案局", "县档案局", Duplicate),
    ];
    assert_eq!(lead(&group), "县档案局");
}

#[test]
fn the_party_office_leads_before_the_government_office() {
    let group = [
        ("重点工作落实情况督查", "各乡镇", "县政府督查室", "县政府办公室", Duplicate),
        ("重点任务落实情况督查", "各乡镇", "县委督查室", "县委办公室", Duplicate),
    ];
    assert_eq!(lead(&group), "县委办公室");
}

#[test]
fn co_organizers_stand_once_and_in_order() {
    let group = [
        ("河湖长制督查", "各乡镇", "县水利局", "县水利局", Duplicate),
        ("河湖“清四乱”检查", "各乡镇", "县水务局", "县水务局", Covered),
        ("河湖水环境检查", "各乡镇", "市生态环境局某县分局", "市生态环境局某县分局", Duplicate),
    ];
    let (lead, co) = units(&group, &["县公安局", "县生态环境局", "县水利局"]);
    assert_eq!(lead, "县水利局");
    assert_eq!(co, ["市生态环境局某县分局", "县公安局"]);
}

#[test]
fn who_named_the_matter_leads_it() {
    let slogan = |core: &str, other: &str| {
        let group = [
            ("“码上查、掌上督”推进情况检查", "各乡镇", core, core, Duplicate),
            ("河湖长制落实情况督查", "各乡镇", other, other, Duplicate),
        ];
        lead(&group)
    };
    assert_eq!(slogan("县数据局", "县水利局"), "县水利局");
    // Neither the party's organ nor an organ of its own gives way to less.
    assert_eq!(slogan("县委宣传部", "县水利局"), "县委宣传部");
    assert_eq!(slogan("县水利局", "县水政监察大队"), "县水利局");
    let part = [
        ("农村饮水安全督查", "各乡镇", "县水利局", "县水利局", Covered),
        ("农村饮用水水质检测检查", "各乡镇", "县卫健局", "县卫生健康局", Covered),
    ];
    assert_eq!(lead(&part), "县水利局");
}
