//! Provinces, cities, counties and what is in them.

use std::io::{self, Write};

use crate::random::Random;
use crate::stock::Stock;

/// Items of a full county.
pub(crate) const ITEMS: usize = 350;
const COUNTIES_OF_PROVINCE: usize = 92;
const COUNTIES_OF_CITY: usize = 9;
const TOWNSHIPS: usize = 12;

const SYLLABLES: &[char] = &[
    '安', '平', '临', '河', '永', '宁', '清', '远', '长', '兴', '和', '顺', '青', '山', '白', '云', '金',
    '石', '双', '龙', '凤', '阳', '德', '昌', '泰', '康', '庆', '丰', '文', '武', '南', '海', '东', '林',
    '西', '川', '江', '泉', '玉', '溪', '新', '华', '怀', '仁', '义', '成', '广', '盛', '景', '隆', '崇',
    '明', '吉', '祥', '嘉', '禾', '松', '桃', '桂', '竹',
];
const TOWNS: &[&str] = &[
    "城关",
    "东关",
    "柳林",
    "石桥",
    "大店",
    "黄土岭",
    "三河",
    "马家坪",
    "红旗",
    "新集",
    "高庙",
    "双井",
    "白沙",
    "龙潭",
    "桃园",
    "枣林",
    "西坡",
    "北沟",
    "南岭",
    "汪家店",
    "沙河",
    "青石",
    "太平",
    "五里堡",
];

/// A county of the nation.
#[derive(Clone, Debug)]
pub(crate) struct County {
    pub(crate) id: String,
    /// With its kind: 临河县.
    pub(crate) name: String,
    /// 县, 区, 市 or 旗.
    pub(crate) kind: char,
}

/// A province with its counties.
#[derive(Clone, Debug)]
pub(crate) struct Province {
    pub(crate) number: usize,
    pub(crate) id: String,
    pub(crate) name: String,
    /// City of every county, by number.
    cities: Vec<(String, String)>,
    pub(crate) counties: Vec<County>,
}

/// All provinces for a number of items.
pub(crate) fn provinces(items: usize, random: &mut Random) -> Vec<Province> {
    let counties = items.div_ceil(ITEMS).max(1);
    let mut stems: Vec<(usize, usize)> = (0..SYLLABLES.len())
        .flat_map(|first| (0..SYLLABLES.len()).map(move |second| (first, second)))
        .filter(|(first, second)| first != second)
        .collect();
    random.shuffle(&mut stems);
    let mut used = 0;
    // Every two-syllable name once, then the same with a third syllable.
    let mut stem = || {
        let (first, second) = stems[used % stems.len()];
        let round = used / stems.len();
        used += 1;
        let mut name: String = [SYLLABLES[first], SYLLABLES[second]].iter().collect();
        if round > 0 {
            name.push(SYLLABLES[(round - 1) % SYLLABLES.len()]);
        }
        name
    };
    (0..counties.div_ceil(COUNTIES_OF_PROVINCE))
        .map(|number| {
            let first = number * COUNTIES_OF_PROVINCE;
            let here = COUNTIES_OF_PROVINCE.min(counties - first);
            let id = format!("P{number:02}");
            let cities = (0..here.div_ceil(COUNTIES_OF_CITY))
                .map(|city| (format!("{id}-{city:02}"), format!("{}市", stem())))
                .collect();
            let counties = (0..here)
                .map(|county| {
                    let kind = ['县', '县', '县', '区', '市', '旗'][random.below(6)];
                    let id =
                        format!("{id}-{:02}-{:02}", county / COUNTIES_OF_CITY, county % COUNTIES_OF_CITY);
                    County { id, name: format!("{}{kind}", stem()), kind }
                })
                .collect();
            Province { number, id, name: format!("{}省", stem()), cities, counties }
        })
        .collect()
}

/// Writes the roster: `id,name,aliases,kind,parent,tags`.
pub(crate) fn write_units(provinces: &[Province], stock: &Stock, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "id,name,aliases,kind,parent,tags")?;
    writeln!(out, "CN,全国,,government,,")?;
    for province in provinces {
        writeln!(out, "{},{}人民政府,{}|省政府,government,CN,", province.id, province.name, province.name)?;
        for (id, name) in &province.cities {
            writeln!(out, "{id},{name}人民政府,{name}|市政府,government,{},", province.id)?;
        }
        for (number, county) in province.counties.iter().enumerate() {
            let (city, _) = &province.cities[number / COUNTIES_OF_CITY];
            let County { id, name, kind } = county;
            writeln!(out, "{id},{name}人民政府,{name}|{kind}政府|{kind}人民政府,government,{city},")?;
            for (number, department) in stock.departments.iter().enumerate() {
                let own = &department.name;
                write!(out, "{id}-D{number:03},{name}{own},{}|{own}", formal(county, department))?;
                for alias in &department.aliases {
                    write!(out, "|{alias}|{kind}{alias}")?;
                }
                let sector = if department.sector == "party" { "党委" } else { "政府" };
                writeln!(out, ",department,{id},{sector}")?;
            }
            for town in 0..TOWNSHIPS {
                let (kind, tag) = [("镇", "镇"), ("乡", "乡"), ("街道办事处", "街道")][town % 3];
                let name = TOWNS[(number + town) % TOWNS.len()];
                writeln!(out, "{id}-T{town:02},{name}{kind},{name},township,{id},{tag}")?;
            }
        }
    }
    Ok(())
}

/// What the department calls itself in letters: 县教育局, 县委组织部.
pub(crate) fn formal(county: &County, department: &crate::stock::Department) -> String {
    let seat = if department.sector == "party" { "委" } else { "" };
    let name = department.name.trim_start_matches("党委");
    format!("{}{seat}{name}", county.kind)
}
