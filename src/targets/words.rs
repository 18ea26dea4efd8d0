//! The small words of target phrases.

/// What a grammar word does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Word {
    /// 各, 所有: the group that follows is meant as a whole.
    Each,
    /// 全区, 辖区内: everything of the jurisdiction; says nothing when something follows.
    All,
    /// 的
    Of,
    /// 所属, 所辖: what follows lies in what stands before.
    Under,
    /// 有, 设有
    Have,
    /// 、和及与
    And,
    /// ,;
    Comma,
    /// (
    Open,
    /// )
    Close,
    /// 除
    Except,
    /// 以外
    Outside,
    /// 不含
    Without,
    /// 除外
    Excepted,
    /// 含
    With,
    /// 其中, 为重点: what is said does not change the set.
    Among,
    /// 等
    Etc,
    /// 有关, 相关
    Vague,
    /// 部分
    Part,
    /// 随机抽取: the number that follows is a sample.
    Sampling,
    /// 共: the number that follows counts the whole.
    Total,
    /// 参照, 名单见: the list stands elsewhere.
    Elsewhere,
    /// 市直, 市属, 市管: of the authority of that level itself.
    Own,
    /// Says nothing: 在册, 辖区.
    Neutral,
}

/// Grammar words, folded.
pub(super) const WORDS: &[(Word, &[&str])] = &[
    (Word::Each, &["各", "各个", "所有", "每个", "每一个", "全体", "各类", "各级", "各级各类", "各自"]),
    (
        Word::All,
        &[
            "全区",
            "全县",
            "全市",
            "全旗",
            "全省",
            "全盟",
            "全州",
            "全镇",
            "全乡",
            "全域",
            "全境",
            "全自治区",
            "辖区内",
            "辖区",
            "本辖区",
            "本辖区内",
            "区域内",
            "本区域内",
            "区内",
            "县内",
            "市内",
            "旗内",
            "境内",
            "本区",
            "本县",
            "本市",
            "本旗",
            "我区",
            "我县",
            "我市",
            "我旗",
            "本级",
            "管辖范围内",
            "辖区范围内",
            "全辖区",
            "全国",
            "县域内",
            "县域",
            "市域",
            "镇域",
            "区域范围内",
            "行政区域内",
            "本行政区域内",
            "省内",
        ],
    ),
    (Word::Of, &["的", "之"]),
    (
        Word::Under,
        &[
            "所属",
            "所辖",
            "下属",
            "下辖",
            "辖内",
            "直属",
            "所管",
            "内设",
            "内部",
            "属下",
            "范围内",
            "其所属",
            "其所辖",
            "其下属",
            "及其所属",
            "管辖",
        ],
    ),
    (
        Word::Have,
        &[
            "有",
            "设有",
            "建有",
            "具有",
            "内设有",
            "开设",
            "设立",
            "配备",
            "配有",
            "办有",
            "存在",
            "涉及",
            "附设",
            "附设有",
            "承担",
            "取得",
            "自办",
            "开办",
        ],
    ),
    (
        Word::And,
        &[
            "、",
            "和",
            "与",
            "及",
            "以及",
            "或",
            "或者",
            "暨",
            "/",
            "&",
            "并",
            "及其",
            "和其他",
            "以及其他",
            "+",
        ],
    ),
    (Word::Comma, &[",", ";", ".", "|"]),
    (Word::Open, &["("]),
    (Word::Close, &[")"]),
    (Word::Except, &["除", "除了", "除去", "扣除", "剔除"]),
    (Word::Outside, &["外", "以外", "之外"]),
    (
        Word::Without,
        &[
            "不含",
            "不包括",
            "不包含",
            "不涉及",
            "不纳入",
            "未含",
            "不计",
            "剔除了",
            "除去",
            "不检查",
            "不督查",
            "不考核",
            "排除",
        ],
    ),
    (
        Word::Excepted,
        &[
            "除外",
            "例外",
            "不涉及",
            "不在此列",
            "不参加",
            "不纳入",
            "不在内",
            "不在范围内",
            "不计入",
            "暂不检查",
            "不参与",
            "不考核",
            "不包括在内",
            "不包含在内",
            "不列入",
        ],
    ),
    (Word::With, &["含", "包括", "包含", "涵盖", "另含", "并含", "还包括"]),
    (
        Word::Among,
        &[
            "其中",
            "重点是",
            "为重点",
            "为主",
            "重点检查",
            "重点抽查",
            "侧重",
            "主要是",
            "主要为",
            "主要对",
            "以下简称",
            "简称",
        ],
    ),
    (Word::Etc, &["等", "等等", "之类", "等各类", "等有关", "等相关", "等重点"]),
    (Word::Vague, &["有关", "相关", "涉及到", "其他", "其它", "部门所属", "个别", "重点"]),
    (Word::Part, &["部分", "若干", "抽取部分", "随机抽取部分", "选取部分", "部份"]),
    (
        Word::Sampling,
        &[
            "随机抽取",
            "抽取",
            "随机抽查",
            "抽查",
            "抽检",
            "各抽",
            "各抽查",
            "各抽取",
            "选取",
            "随机选取",
            "随机检查",
            "确定检查",
            "拟抽查",
            "拟抽取",
            "抽选",
            "不少于",
            "不低于",
            "不高于",
            "不超过",
            "至少",
            "原则上",
            "比例",
            "按比例",
            "按",
            "按照",
            "每",
            "每年",
            "抽",
        ],
    ),
    (Word::Total, &["共", "共计", "总计", "合计", "约", "大约", "计", "共有", "现有", "左右", "以上"]),
    (
        Word::Elsewhere,
        &[
            "参照",
            "详见",
            "见附件",
            "名单见",
            "清单见",
            "名录见",
            "名单附后",
            "为准",
            "另行通知",
            "另行确定",
            "名单另发",
            "附件",
            "见名单",
            "见清单",
            "具体名单",
            "名单",
            "清单",
            "名录",
            "名录库",
            "按名单",
            "另行",
        ],
    ),
    (
        Word::Own,
        &[
            "区直", "县直", "市直", "旗直", "省直", "区属", "县属", "市属", "旗属", "省属", "区管", "县管",
            "市管",
        ],
    ),
    (
        Word::Neutral,
        &[
            "\"",
            ":",
            "!",
            "-",
            "*",
            "在册",
            "登记在册",
            "已登记",
            "注册登记",
            "登记",
            "全部",
            "全覆盖",
            "全数",
            "正常营业",
            "在营",
            "现有",
            "依法设立",
            "范围",
            "内",
            "对象",
            "检查对象",
            "抽查对象",
            "区级",
            "县级",
            "市级",
            "旗级",
            "省级",
            "镇级",
            "盟级",
            "乡级",
            "局属",
            "共同",
            "本",
            "该",
            "及个人",
            "和个人",
            "这些",
            "上述",
            "登记的",
            "经营性",
            "?",
        ],
    ),
];

/// Letters that name levels of government.
pub(super) const LEVELS: &str = "省市县区旗盟州乡镇村苏木街道社区嘎查、()/和及";

/// Endings of the names of places in which other units lie.
pub(super) const PLACES: [&str; 9] = ["街道办事处", "街道", "苏木", "嘎查", "社区", "镇", "乡", "村", "县"];

/// Counters of units (10家).
pub(super) const MEASURES: &str = "个家所座户支名处条辆间台片批只份人班组宗幢栋口眼";

/// Endings that make a word a general noun: what stands before it tells what is meant.
pub(super) const GENERAL: &[&str] = &[
    "单位",
    "企业",
    "机构",
    "场所",
    "部门",
    "门店",
    "店",
    "点",
    "站",
    "公司",
    "经营者",
    "经营户",
    "主体",
    "户",
    "现场",
    "项目",
    "经营单位",
    "使用单位",
    "生产经营单位",
    "经营企业",
    "生产企业",
    "经营主体",
    "市场主体",
    "重点单位",
    "重点场所",
    "各单位",
    "商户",
    "个人",
    "组织",
    "生产经营主体",
    "重点部位",
    "工作单位",
    "网点",
    "站点",
    "重点企业",
    "人员",
    "责任主体",
    "各类企业",
    "各类单位",
    "有关单位",
    "相关单位",
    "行业",
    "生产单位",
    "各类市场主体",
    "经营门店",
    "从业单位",
    "实施主体",
    "企事业单位",
    "社会单位",
    "用人单位",
];

/// Whether `text` is a general noun.
pub(super) fn is_general(text: &str) -> bool {
    GENERAL.contains(&text)
}

/// `form` without its general ending (养老机构 → 养老), if at least two characters stay.
pub(super) fn core(form: &str) -> Option<&str> {
    GENERAL
        .iter()
        .filter_map(|ending| form.strip_suffix(ending))
        .filter(|core| core.chars().count() >= 2)
        .min_by_key(|core| core.len())
}

/// Bodies by the part they play, where only the writer knows which: all are 有关部门.
pub(super) const OPEN_BODIES: &[&str] = &[
    "包联单位",
    "包保单位",
    "承办单位",
    "配合单位",
    "牵头单位",
    "参与单位",
    "主办单位",
    "协办单位",
    "帮扶单位",
    "主责单位",
    "承担单位",
    "联系单位",
    "派出单位",
];

/// Words that narrow a noun, beside the lexicon's contrasts of subsets and a roster's tags.
pub(super) const QUALIFIERS: &[&str] = &[
    "农村",
    "农牧区",
    "农村牧区",
    "乡村",
    "国有",
    "国营",
    "定点",
    "城区",
    "城市",
    "城镇",
    "公办",
    "民办",
    "公立",
    "民营",
    "私立",
    "寄宿制",
    "义务教育",
    "规模以上",
    "生产",
    "经营",
    "储存",
    "批发",
    "零售",
];

/// Qualifiers that mean the same on different kinds of venue.
const SAME: &[&[&str]] = &[
    &["公办", "公立", "公有", "公营"],
    &["民办", "民营", "私立", "社会办", "私营"],
    &["农村", "乡村", "农牧区", "农村牧区", "乡镇"],
    &["城市", "城区", "城镇", "县城"],
    &["国有", "国营"],
    &["定点", "医保定点"],
];

/// Pairs of which a unit carries one.
const OPPOSITE: &[(&str, &str)] = &[("公办", "民办"), ("农村", "城市")];

/// All words that mean the qualifier `word`, itself first.
pub(super) fn same_as(word: &str) -> Vec<&str> {
    let mut words = vec![word];
    for set in SAME {
        if set.contains(&word) {
            words.extend(set.iter().filter(|other| **other != word));
        }
    }
    words
}

/// All words that mean the opposite of the qualifier `word`.
pub(super) fn opposite_of(word: &str) -> Vec<&'static str> {
    let mut words = Vec::new();
    for &(one, other) in OPPOSITE {
        for (this, that) in [(one, other), (other, one)] {
            if same_as(this).contains(&word) {
                words.extend(
                    SAME.iter().find(|set| set.contains(&that)).into_iter().flat_map(|set| set.iter()),
                );
            }
        }
    }
    words
}
