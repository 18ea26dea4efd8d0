//! Citations as they stand in plans.

use proptest::prelude::*;
use tongchou::model::citation::Citation;
use tongchou::standardise::citations;

/// `title|number|articles|rank` of each.
fn format(citation: &Citation) -> String {
    let number = citation.number.as_deref().unwrap_or("");
    format!("{}|{number}|{}|{:?}", citation.title, citation.articles.join(" "), citation.rank)
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn citations_of_plans() {
    let table: &[(&str, &[&str])] = &[
        ("国办发〔2024〕54号", &["|国办发〔2024〕54号||National"]),
        ("国发〔2019〕5号", &["|国发〔2019〕5号||National"]),
        ("中发〔2016〕32号", &["|中发〔2016〕32号||PartyRegulation"]),
        ("民发〔2021〕86号", &["|民发〔2021〕86号||National"]),
        ("安监总政法〔2017〕150号", &["|安监总政法〔2017〕150号||National"]),
        ("嵊气防办〔2025〕2号", &["|嵊气防办〔2025〕2号||Unknown"]),
        ("鄂双办发〔2025〕1号", &["|鄂双办发〔2025〕1号||Provincial"]),
        ("溪应急发〔2024〕13号", &["|溪应急发〔2024〕13号||Unknown"]),
        ("国发〔20195号", &["|国发〔2019〕5号||National"]),
        ("国市监信〔2020111号", &["|国市监信〔2020〕111号||National"]),
        ("国办发〔2018118号", &["|国办发〔2018〕118号||National"]),
        ("巴保办发〔2022]15号", &["|巴保办发〔2022〕15号||Unknown"]),
        ("国办发2018]123号", &["|国办发〔2018〕123号||National"]),
        (
            "巴政办发（2021）66号；“六个百分之百”要求",
            &["|巴政办发〔2021〕66号||Unknown", "六个百分之百要求|||Unknown"],
        ),
        ("国办发【2020】44号", &["|国办发〔2020〕44号||National"]),
        ("内党办发电〔2022〕11号", &["|内党办发电〔2022〕11号||Provincial"]),
        ("内政办字〔2019〕62号", &["|内政办字〔2019〕62号||Provincial"]),
        ("国务院令第700号", &["|国务院令第700号||AdministrativeRegulation"]),
        ("司法部令第142号", &["|司法部令第142号||National"]),
        ("主席令第70号", &["|主席令第70号||Law"]),
        ("主席令第七十号", &["|主席令第70号||Law"]),
        ("农业农村部公告第250号", &["|农业农村部公告第250号||National"]),
        (
            "《政府督查工作条例》（国务院令第733号）",
            &["政府督查工作条例|国务院令第733号||AdministrativeRegulation"],
        ),
        (
            "《民用爆炸物品安全管理条例》(国务院令466号",
            &["民用爆炸物品安全管理条例|国务院令第466号||AdministrativeRegulation"],
        ),
        (
            "《机动车维修管理规定》(交通部令2021年第18号)",
            &["机动车维修管理规定|交通部令2021年第18号||National"],
        ),
        (
            "《校车安全管理条例》（国务院令第617号）",
            &["校车安全管理条例|国务院令第617号||AdministrativeRegulation"],
        ),
        (
            "《养老机构管理办法》（民政部令第66号）第35条",
            &["养老机构管理办法|民政部令第66号|第35条|National"],
        ),
        (
            "《中华人民共和国保守国家秘密法》第四十四条；巴保发〔2022〕 7 号",
            &["保守国家秘密法||第四十四条|Law", "|巴保发〔2022〕7号||Unknown"],
        ),
        (
            "《宗教事务条例》第二十六条、第三十六条",
            &["宗教事务条例||第二十六条 第三十六条|AdministrativeRegulation"],
        ),
        ("【法律】《中华人民共和国安全生产法》第六十二条第二款", &["安全生产法||第六十二条第二款|Law"]),
        (
            "1. 【行政法规】《民用爆炸物品安全管理条例》(2006年5月国务院令第466号,2014年7月修正)第四条:…",
            &["民用爆炸物品安全管理条例|国务院令第466号|第四条|AdministrativeRegulation"],
        ),
        (
            "2. 【省政府规章】《山东省安全生产行政责任制规定》(2015年11月省政府令第293号)第十条:…",
            &["山东省安全生产行政责任制规定|省政府令第293号|第十条|Provincial"],
        ),
        (
            "《食品生产经营监督检查管理办法》（总局令第49号）第八、九、十条",
            &["食品生产经营监督检查管理办法|总局令第49号|第八条 第九条 第十条|National"],
        ),
        (
            "《中华人民共和国固体废物污染环境防治法》第十三、五十二、五十三条;《危险废物经营许可证管理办法》第五、十八条。",
            &[
                "固体废物污染环境防治法||第十三条 第五十二条 第五十三条|Law",
                "危险废物经营许可证管理办法||第五条 第十八条|National",
            ],
        ),
        (
            "《民办非企业单位登记管理暂行条例》第十九条第一款第(三)项、第二十三条第一款",
            &[
                "民办非企业单位登记管理暂行条例||第十九条第一款第(三)项 第二十三条第一款|AdministrativeRegulation",
            ],
        ),
        ("《法》第十三、五十二…六十四条", &["法||第十三条 第五十二条 第六十四条|Law"]),
        (
            "《党委（党组）意识形态工作责任制实施办法》",
            &["党委(党组)意识形态工作责任制实施办法|||PartyRegulation"],
        ),
        ("《办法》第一条第(一)项", &["办法||第一条第(一)项|National"]),
        ("《航道法》(2016年修订)第二十九条、三十九条", &["航道法||第二十九条 第三十九条|Law"]),
        ("劳动法第89条", &["劳动法||第89条|Law"]),
        ("《律师执业管理办法》51", &["律师执业管理办法||第51条|National"]),
        ("《体育类培训机构设置标准(试行》等文件", &["体育类培训机构设置标准(试行)|||National"]),
        (
            "《中国共产党党内法规执行责任制规定（试行）》；区委常委会2022年第21次会议纪要",
            &[
                "中国共产党党内法规执行责任制规定(试行)|||PartyRegulation",
                "区委常委会2022年第21次会议纪要|||County",
            ],
        ),
        ("《信访工作条例》（2022年5月1日施行）", &["信访工作条例|||PartyRegulation"]),
        ("《内蒙古自治区促进民族团结进步条例》", &["内蒙古自治区促进民族团结进步条例|||Provincial"]),
        ("《巴音朔尔市生活垃圾管理条例》", &["巴音朔尔市生活垃圾管理条例|||Municipal"]),
        ("《城市建筑垃圾管理规定》(建设部令第139号)", &["城市建筑垃圾管理规定|建设部令第139号||National"]),
        ("《人力资源市场暂行条例》", &["人力资源市场暂行条例|||AdministrativeRegulation"]),
        (
            "《内蒙古自治区实施〈国家通用语言文字法〉办法》",
            &["内蒙古自治区实施《国家通用语言文字法》办法|||Provincial"],
        ),
        (
            "《内蒙古自治区能耗双控目标责任评价考核办法》（内发改环资字〔2021〕1128号",
            &["内蒙古自治区能耗双控目标责任评价考核办法|内发改环资字〔2021〕1128号||Provincial"],
        ),
        ("《种子法》;《林木种子质量管理办法》", &["种子法|||Law", "林木种子质量管理办法|||National"]),
        ("《反恐怖主义法》第二十条;《禁毒法》", &["反恐怖主义法||第二十条|Law", "禁毒法|||Law"]),
        (
            "国办发〔2018〕123号、《政府网站与政务新媒体检查指标》",
            &["|国办发〔2018〕123号||National", "政府网站与政务新媒体检查指标|||National"],
        ),
        ("《旅游景区质量等级划分与评定》（GB/T17775）", &["旅游景区质量等级划分与评定|GB/T17775||Unknown"]),
        (
            "《危险化学品安全管理条例》第三十五条；GB50156",
            &["危险化学品安全管理条例||第三十五条|AdministrativeRegulation", "|GB50156||National"],
        ),
        ("国务院联防联控机制综合发〔2022〕71号", &["|国务院联防联控机制综合发〔2022〕71号||National"]),
        (
            "国办发明电〔2020〕24号；国办发【2020】44号",
            &["|国办发明电〔2020〕24号||National", "|国办发〔2020〕44号||National"],
        ),
        ("巴安委发〔2022〕6号等文件", &["|巴安委发〔2022〕6号||Unknown"]),
        (
            "《地方党政领导干部安全生产责任制规定》；巴安委发〔2022〕6号等文件",
            &["地方党政领导干部安全生产责任制规定|||PartyRegulation", "|巴安委发〔2022〕6号||Unknown"],
        ),
        ("根据国发〔2019〕5号", &["|国发〔2019〕5号||National"]),
        ("生态环境保护法律、法规", &["生态环境保护法律|||Unknown"]),
        ("有关规定", &["有关规定|||Unknown"]),
        ("等文件", &["等文件|||Unknown"]),
        ("会议纪要", &["会议纪要|||County"]),
        (
            "国务院安委会十五条硬措施；区政府第14次常务会议要求",
            &["国务院安委会十五条硬措施|||National", "区政府第14次常务会议要求|||County"],
        ),
        ("市纪委监委统一部署", &["市纪委监委统一部署|||Municipal"]),
        (
            "中办国办《关于进一步减轻义务教育阶段学生作业负担和校外培训负担的意见》",
            &["关于进一步减轻义务教育阶段学生作业负担和校外培训负担的意见|||PartyRegulation"],
        ),
        (
            "《学校食品安全与营养健康管理规定》（教育部令第45号",
            &["学校食品安全与营养健康管理规定|教育部令第45号||National"],
        ),
        ("《关于印发〈办法〉的通知》", &["关于印发《办法》的通知|||National"]),
        (
            "《关于印发〈办法的通知》(民发〔2021〕86号)",
            &["关于印发《办法的通知》|民发〔2021〕86号||National"],
        ),
        ("《A法》第一条；《A法》第二条", &["a法||第一条 第二条|Law"]),
        ("“三、工作措施”第8小点", &["工作措施||第8小点|Unknown"]),
        ("", &[]),
        ("/", &[]),
    ];
    let mut wrong = Vec::new();
    for (text, expected) in table {
        let found: Vec<String> = citations(text).iter().map(format).collect();
        if found != *expected {
            wrong.push(format!("{text}\n  expected {expected:?}\n  found    {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn long_and_hostile_texts_end() {
    for text in [
        "《".repeat(100_000),
        "《法》第一条、".repeat(50_000),
        "(2020".repeat(100_000),
        "第一、".repeat(100_000),
        "令第".repeat(100_000),
    ] {
        let _ = citations(&text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn any_text_gives_citations_that_name_something(text in "\\PC{0,80}") {
        for citation in citations(&text) {
            prop_assert!(!citation.key().is_empty());
        }
    }

    #[test]
    fn any_mix_of_the_vocabulary_gives_citations_that_name_something(
        text in "[《》〈〉（）〔〕\\[\\]【】第一二十条款项号令法条例办规定国发2019 0、；，。等文件和及GBT/…“”]{0,40}",
    ) {
        for citation in citations(&text) {
            prop_assert!(!citation.key().is_empty(), "{}", text);
        }
    }

    #[test]
    fn a_written_number_reads_back(year in 1990..2035u32, number in 1..2_000u32, style in 0..5usize) {
        let text = match style {
            0 => format!("国办发〔{year}〕{number}号"),
            1 => format!("国办发（{year}） {number} 号"),
            2 => format!("国办发[{year}]{number}号"),
            3 => format!("《办法》（国办发〔{year}〕{number}号）"),
            _ => format!("国办发〔{year}{number}号"),
        };
        let expected = format!("国办发〔{year}〕{number}号");
        let found = citations(&text);
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(found[0].number.as_deref(), Some(expected.as_str()));
    }
}
