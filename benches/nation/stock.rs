//! What items can be about, from the lexicon: matters, places, departments, and what excludes what.

use tongchou::lexicon::{Lexicon, Taxonomy};

use crate::random::Random;

/// An aspect that a department checks at any place: what joint visits are made of.
pub(crate) struct Aspect {
    pub(crate) department: usize,
    pub(crate) name: &'static str,
}

/// Two matters that differ in one word.
pub(crate) struct LookAlike {
    pub(crate) concept: u32,
    pub(crate) other: String,
    /// Further concepts that the other name speaks of: an item on one of them would belong with it.
    pub(crate) named: Vec<u32>,
}

/// The stock of one run.
pub(crate) struct Stock {
    pub(crate) concepts: Vec<Entry>,
    pub(crate) venues: Vec<Entry>,
    pub(crate) departments: Vec<Department>,
    /// Positions of the departments whose items are not protected as such.
    pub(crate) ordinary: Vec<usize>,
    /// Concepts by popularity, the most popular first.
    pub(crate) ranking: Vec<u32>,
    /// Concepts that stand in the plan of every county.
    pub(crate) everywhere: Vec<u32>,
    /// Concepts that name other concepts as their parts.
    pub(crate) wholes: Vec<u32>,
    /// Narrow venues.
    pub(crate) narrow: Vec<u32>,
    pub(crate) aspects: Vec<Aspect>,
    pub(crate) lookalikes: Vec<LookAlike>,
}

/// A concept or a venue.
pub(crate) struct Entry {
    /// All its forms, the name first.
    pub(crate) forms: Vec<String>,
    /// Position of the department that leads.
    pub(crate) lead: usize,
    /// Everything with which it may not stand in one pool by accident, itself included.
    pub(crate) kin: Vec<u32>,
    /// Parts it names.
    pub(crate) parts: Vec<u32>,
    /// For concepts: narrow venues that its forms mention.
    pub(crate) places: Vec<u32>,
}

/// A department of every county.
pub(crate) struct Department {
    pub(crate) name: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) sector: String,
}

const EVERYWHERE: &[&str] = &[
    "安全生产",
    "森林草原防灭火",
    "防汛抗旱",
    "意识形态工作责任制",
    "党风廉政建设",
    "乡村振兴",
    "农村人居环境整治",
    "耕地保护",
    "信访",
    "政务公开",
    "保密",
    "河湖长制",
    "秸秆禁烧",
    "生态环境保护督察整改",
    "平安建设",
    "营商环境",
    "法治政府建设",
    "义务教育均衡发展",
    "农民工工资支付",
    "医保基金",
    "档案",
    "统计数据质量",
    "疫情防控",
    "双拥",
];

const ASPECTS: &[(&str, &str)] = &[
    ("消防救援大队", "消防安全"),
    ("消防救援大队", "消防设施和疏散通道"),
    ("市场监管局", "价格收费"),
    ("市场监管局", "计量器具"),
    ("市场监管局", "特种设备使用安全"),
    ("市场监管局", "广告宣传"),
    ("卫生健康局", "公共场所卫生"),
    ("卫生健康局", "传染病防控"),
    ("生态环境局", "污染防治设施"),
    ("生态环境局", "危险废物贮存"),
    ("公安局", "治安防范"),
    ("公安局", "内部安全保卫"),
    ("人社局", "劳动用工"),
    ("人社局", "社会保险缴纳"),
    ("税务局", "发票使用"),
    ("城管局", "户外招牌"),
    ("住建局", "房屋使用安全"),
    ("应急管理局", "安全生产条件"),
    ("气象局", "防雷装置"),
    ("残联", "无障碍设施"),
    ("民宗局", "清真食品标识"),
    ("烟草局", "烟草制品零售"),
    ("司法局", "公共法律服务点"),
    ("总工会", "劳动保护"),
    ("统计局", "统计台账"),
];

impl Stock {
    pub(crate) fn new(lexicon: &Lexicon, random: &mut Random) -> Self {
        let department_of = |name: &str| lexicon.departments.by_form(name).map(|number| number as usize);
        let departments: Vec<Department> = lexicon
            .departments
            .all()
            .iter()
            .map(|department| Department {
                name: department.name.clone(),
                aliases: department.aliases.iter().filter(|alias| plain(alias)).take(3).cloned().collect(),
                sector: department.sector.clone(),
            })
            .collect();
        let special: Vec<usize> = lexicon
            .words
            .protections
            .iter()
            .flat_map(|words| words.organizers.iter().filter_map(|name| department_of(name)))
            .collect();
        let ordinary = (0..departments.len()).filter(|department| !special.contains(department)).collect();
        let office = department_of("政府办公室").unwrap_or(0);
        let lead = |name: Option<&str>| name.and_then(department_of).unwrap_or(office);
        let mut concepts = entries(&lexicon.concepts, &lead);
        let venues = entries(&lexicon.venues, &lead);
        let narrow: Vec<u32> = (0..venues.len() as u32)
            .filter(|&venue| lexicon.venues.entry(venue).narrow)
            .filter(|&venue| !special.contains(&venues[venue as usize].lead))
            .collect();
        for concept in &mut concepts {
            let mut places: Vec<u32> = concept
                .forms
                .iter()
                .flat_map(|form| lexicon.venues.mentions(form).map(|mention| mention.entry))
                .filter(|venue| narrow.binary_search(venue).is_ok())
                .collect();
            places.sort_unstable();
            places.dedup();
            concept.places = places;
        }
        let aspects: Vec<Aspect> = ASPECTS
            .iter()
            .filter_map(|&(department, name)| Some(Aspect { department: department_of(department)?, name }))
            .collect();
        // What an aspect names is kept for joint visits: an item about 消防安全 alone would cover them.
        let reserved: Vec<u32> = aspects
            .iter()
            .flat_map(|aspect| lexicon.concepts.mentions(aspect.name).map(|mention| mention.entry))
            .flat_map(|concept| concepts[concept as usize].kin.clone())
            .collect();
        let everywhere: Vec<u32> = EVERYWHERE
            .iter()
            .filter_map(|name| lexicon.concepts.by_form(name))
            .filter(|concept| !reserved.contains(concept))
            .filter(|&concept| !special.contains(&concepts[concept as usize].lead))
            .collect();
        let mut ranking: Vec<u32> = (0..concepts.len() as u32)
            .filter(|concept| !reserved.contains(concept))
            .filter(|&concept| !protected(lexicon, &concepts[concept as usize].forms[0]))
            .filter(|&concept| concepts[concept as usize].kin.len() <= 25)
            .filter(|&concept| !special.contains(&concepts[concept as usize].lead))
            .collect();
        random.shuffle(&mut ranking);
        let wholes =
            ranking.iter().copied().filter(|&whole| concepts[whole as usize].parts.len() >= 2).collect();
        let mut lookalikes = lookalikes(lexicon, &ranking);
        lookalikes.retain(|pair| !pair.named.iter().any(|concept| reserved.contains(concept)));
        Self {
            concepts,
            venues,
            departments,
            ordinary,
            ranking,
            everywhere,
            wholes,
            narrow,
            aspects,
            lookalikes,
        }
    }
}

/// An alias that stands in every county, whatever its kind.
fn plain(alias: &str) -> bool {
    !alias.contains(['县', '区', '旗', '市', '盟', '州', '(']) && alias.chars().count() >= 3
}

fn protected(lexicon: &Lexicon, name: &str) -> bool {
    lexicon.words.protections.iter().any(|words| words.name_words.iter().any(|word| name.contains(word)))
}

fn entries(taxonomy: &Taxonomy, lead: &impl Fn(Option<&str>) -> usize) -> Vec<Entry> {
    let count = taxonomy.len() as u32;
    let mut entries: Vec<Entry> = taxonomy
        .entries()
        .iter()
        .map(|entry| Entry {
            forms: std::iter::once(&entry.name).chain(&entry.aliases).cloned().collect(),
            lead: lead(entry.lead.as_deref()),
            kin: Vec::new(),
            parts: Vec::new(),
            places: Vec::new(),
        })
        .collect();
    for number in 0..count {
        let above = taxonomy.wider(number).iter().chain(taxonomy.wholes(number));
        for &up in above.collect::<Vec<_>>() {
            entries[number as usize].kin.push(up);
            entries[up as usize].kin.push(number);
        }
        entries[number as usize].kin.push(number);
        for &whole in &taxonomy.entry(number).part_of {
            entries[whole as usize].parts.push(number);
        }
    }
    entries
}

/// Names with a contrast word replaced by another of its set, where that makes another matter.
fn lookalikes(lexicon: &Lexicon, concepts: &[u32]) -> Vec<LookAlike> {
    let mut found = Vec::new();
    for &concept in concepts {
        let name = &lexicon.concepts.entry(concept).name;
        for mention in lexicon.words.contrast_matcher.find(name) {
            let word = &name[mention.start..mention.end];
            for &set in &lexicon.words.contrast_words[mention.entry as usize].1 {
                let set = &lexicon.words.contrasts[set as usize];
                if set.round || set.subset {
                    continue;
                }
                for other in set.words.iter().filter(|other| *other != word && other.chars().count() >= 2) {
                    let other = format!("{}{other}{}", &name[..mention.start], &name[mention.end..]);
                    if lexicon.concepts.by_form(&other).is_none() {
                        let mentions = lexicon.concepts.mentions(&other).map(|mention| mention.entry);
                        let named = mentions.filter(|&named| named != concept).collect();
                        found.push(LookAlike { concept, other, named });
                    }
                }
            }
        }
    }
    found
}
