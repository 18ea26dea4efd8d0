//! Words of the calendar that are no date: seasons, festivals, campaigns, terms of school, and need.

use super::token::Token;

/// Days of a year: first month and day, last month and day; a last day before the first lies in the next year.
pub(super) type Days = (u32, u32, u32, u32);

use Token::{
    After, Before, Event, Filler, Half, HalfYear, Halves, Last, Need, Often, Part, Recur, ShiftYear, Whole,
    Yearly,
};

const SPRING: Days = (3, 1, 5, 31);
const SUMMER: Days = (6, 1, 8, 31);
const AUTUMN: Days = (9, 1, 11, 31);
const WINTER: Days = (12, 1, 2, 31);
const SPRING_OPENING: Days = (2, 15, 3, 10);
const AUTUMN_OPENING: Days = (8, 25, 9, 15);
const SPRING_TERM: Days = (2, 20, 7, 10);
const AUTUMN_TERM: Days = (8, 25, 12, 31);
const SPRING_FIRE: Days = (3, 15, 6, 15);
const AUTUMN_FIRE: Days = (9, 15, 11, 15);
const HEATING: Days = (10, 15, 4, 15);
const NEW_YEAR: [Days; 2] = [(1, 1, 1, 5), (12, 20, 12, 31)];
const SPRING_FESTIVAL: Days = (1, 15, 2, 25);
const LABOUR_DAY: Days = (4, 25, 5, 7);
const MID_AUTUMN: Days = (9, 1, 10, 10);
const NATIONAL_DAY: Days = (9, 25, 10, 10);
const YEAR_END: Days = (12, 1, 12, 31);
pub(super) const MID_YEAR: Days = (6, 1, 7, 31);

/// The words that begin with `first`, longer ones before their beginnings, with their tokens.
///
/// Windows are approximations for the northern half of the country and for lunar festivals of any
/// year: wide enough to hold the event, never meant as its dates. A schedule made of them is
/// [`EventBased`](crate::model::schedule::Certainty::EventBased).
#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn words(first: char) -> &'static [(&'static str, Token)] {
    match first {
        // Rates and repetitions.
        '每' => &[
            ("每学期开学", Event(&[SPRING_OPENING, AUTUMN_OPENING])),
            ("每学期初", Event(&[SPRING_OPENING, AUTUMN_OPENING])),
            ("每学期期中", Event(&[(4, 15, 5, 15), (11, 1, 11, 30)])),
            ("每学期中", Event(&[(4, 15, 5, 15), (11, 1, 11, 30)])),
            ("每学期期末", Event(&[(1, 1, 1, 20), (6, 15, 7, 15)])),
            ("每学期末", Event(&[(1, 1, 1, 20), (6, 15, 7, 15)])),
            ("每个学期", Event(&[SPRING_TERM, AUTUMN_TERM])),
            ("每学期", Event(&[SPRING_TERM, AUTUMN_TERM])),
            ("每个季度", Recur(4)),
            ("每季度", Recur(4)),
            ("每一季度", Recur(4)),
            ("每季", Recur(4)),
            ("每半年", Recur(2)),
            ("每两个月", Recur(6)),
            ("每两月", Recur(6)),
            ("每2个月", Recur(6)),
            ("每双月", Recur(6)),
            ("每个月", Recur(12)),
            ("每月份", Recur(12)),
            ("每月", Recur(12)),
            ("每年度", Yearly),
            ("每年", Yearly),
            ("每半月", Often),
            ("每半个月", Often),
            ("每旬", Often),
            ("每两周", Often),
            ("每周", Often),
            ("每星期", Often),
            ("每日", Often),
            ("每天", Often),
            ("每个工作日", Often),
            ("每工作日", Often),
        ],
        '按' => &[
            ("按季度", Recur(4)),
            ("按季", Recur(4)),
            ("按半年", Recur(2)),
            ("按月", Recur(12)),
            ("按周", Often),
            ("按日", Often),
            ("按年度计划", Need),
            ("按年", Yearly),
            ("按", Need),
        ],
        '逐' => &[("逐季度", Recur(4)), ("逐季", Recur(4)), ("逐月", Recur(12)), ("逐年", Yearly)],
        '各' => &[("各季度", Recur(4)), ("各月", Recur(12)), ("各", Filler)],
        '季' => &[("季度", Recur(4))],
        '月' => &[
            ("月度", Recur(12)),
            ("月上旬", Part(1, 10)),
            ("月中旬", Part(11, 20)),
            ("月下旬", Part(21, 31)),
            ("月底", Part(21, 31)),
            ("月末", Part(21, 31)),
            ("月初", Part(1, 10)),
        ],
        '隔' => &[("隔月", Recur(6)), ("隔周", Often)],
        '单' => &[("单月", Recur(6))],
        '双' => &[("双月", Recur(6)), ("双节", Event(&[MID_AUTUMN]))],
        // The year and its parts.
        '全' => &[("全年度", Whole), ("全年", Whole), ("全学年", Whole), ("全天候", Often), ("全程", Whole)],
        '常' => &[("常年", Whole), ("常态", Need), ("常规", Need)],
        '本' => &[("本年度", ShiftYear(0)), ("本年", ShiftYear(0)), ("本季度", Filler), ("本月", Filler)],
        '今' => &[("今冬明春", Event(&[(11, 1, 5, 31)])), ("今年", ShiftYear(0))],
        '当' => &[("当年度", ShiftYear(0)), ("当年", ShiftYear(0))],
        '次' => &[("次年度", ShiftYear(1)), ("次年", ShiftYear(1))],
        '翌' => &[("翌年", ShiftYear(1))],
        '来' => &[("来年", ShiftYear(1))],
        '明' => &[("明年", ShiftYear(1))],
        '去' => &[("去年", ShiftYear(-1))],
        '年' => &[
            ("年底", Event(&[YEAR_END])),
            ("年末", Event(&[YEAR_END])),
            ("年终", Event(&[YEAR_END])),
            ("年关", Event(&[(12, 15, 2, 15)])),
            ("年初", Event(&[(1, 1, 2, 31)])),
            ("年中", Event(&[MID_YEAR])),
            ("年度", Yearly),
            ("年内", Yearly),
        ],
        '岁' => &[("岁末年初", Event(&[(12, 1, 1, 31)])), ("岁末", Event(&[YEAR_END]))],
        '上' => &[
            ("上、下半年", Halves),
            ("上下半年", Halves),
            ("上,下半年", Halves),
            ("上和下半年", Halves),
            ("上半年度", Half(1)),
            ("上半年", Half(1)),
            ("上、中旬", Part(1, 20)),
            ("上中旬", Part(1, 20)),
            ("上、下旬", Part(1, 31)),
            ("上旬", Part(1, 10)),
            ("上学期", Event(&[AUTUMN_TERM])),
            ("上一年", ShiftYear(-1)),
            ("上年度", ShiftYear(-1)),
            ("上年", ShiftYear(-1)),
        ],
        '下' => &[
            ("下半年度", Half(2)),
            ("下半年", Half(2)),
            ("下旬", Part(21, 31)),
            ("下学期", Event(&[SPRING_TERM])),
            ("下一年", ShiftYear(1)),
            ("下年度", ShiftYear(1)),
            ("下年", ShiftYear(1)),
        ],
        '中' => &[
            ("中、下旬", Part(11, 31)),
            ("中下旬", Part(11, 31)),
            ("中旬", Part(11, 20)),
            ("中秋国庆", Event(&[MID_AUTUMN])),
            ("中秋", Event(&[MID_AUTUMN])),
            ("中元", Event(&[(8, 1, 9, 10)])),
            ("中高考", Event(&[(6, 1, 6, 25)])),
            ("中考", Event(&[(6, 10, 6, 25)])),
        ],
        '半' => &[("半年度", HalfYear), ("半年", HalfYear)],
        '首' => &[("首月", Token::Nth(1)), ("首个月", Token::Nth(1))],
        '末' => &[("末月", Last)],
        '最' => &[("最后一个月", Last), ("最后1个月", Last), ("最后一月", Last)],
        // Seasons and what hangs on them.
        '春' => &[
            ("春、秋季学期开学", Event(&[SPRING_OPENING, AUTUMN_OPENING])),
            ("春、秋季开学", Event(&[SPRING_OPENING, AUTUMN_OPENING])),
            ("春秋季学期开学", Event(&[SPRING_OPENING, AUTUMN_OPENING])),
            ("春秋季开学", Event(&[SPRING_OPENING, AUTUMN_OPENING])),
            ("春秋两季开学", Event(&[SPRING_OPENING, AUTUMN_OPENING])),
            ("春季学期开学", Event(&[SPRING_OPENING])),
            ("春季开学", Event(&[SPRING_OPENING])),
            ("春季学期", Event(&[SPRING_TERM])),
            ("春季防火期", Event(&[SPRING_FIRE])),
            ("春秋季防火期", Event(&[SPRING_FIRE, AUTUMN_FIRE])),
            ("春、秋两季", Event(&[SPRING, AUTUMN])),
            ("春、秋季", Event(&[SPRING, AUTUMN])),
            ("春,秋季", Event(&[SPRING, AUTUMN])),
            ("春、秋", Event(&[SPRING, AUTUMN])),
            ("春秋两季", Event(&[SPRING, AUTUMN])),
            ("春秋季", Event(&[SPRING, AUTUMN])),
            ("春秋", Event(&[SPRING, AUTUMN])),
            ("春夏季", Event(&[(3, 1, 8, 31)])),
            ("春夏", Event(&[(3, 1, 8, 31)])),
            ("春季", Event(&[SPRING])),
            ("春节", Event(&[SPRING_FESTIVAL])),
            ("春运", Event(&[(1, 10, 2, 28)])),
            ("春播", Event(&[(3, 15, 5, 31)])),
            ("春耕", Event(&[(3, 15, 5, 31)])),
            ("春防", Event(&[SPRING])),
        ],
        '夏' => &[
            ("夏秋季", Event(&[(6, 1, 11, 31)])),
            ("夏、冬季", Event(&[SUMMER, WINTER])),
            ("夏冬", Event(&[SUMMER, WINTER])),
            ("夏季", Event(&[SUMMER])),
            ("夏粮", Event(&[(5, 20, 9, 30)])),
            ("夏收", Event(&[(5, 15, 7, 15)])),
        ],
        '秋' => &[
            ("秋季学期开学", Event(&[AUTUMN_OPENING])),
            ("秋季开学", Event(&[AUTUMN_OPENING])),
            ("秋季学期", Event(&[AUTUMN_TERM])),
            ("秋季防火期", Event(&[AUTUMN_FIRE])),
            ("秋冬季", Event(&[(9, 1, 2, 31)])),
            ("秋冬", Event(&[(9, 1, 2, 31)])),
            ("秋季", Event(&[AUTUMN])),
            ("秋粮", Event(&[(9, 15, 12, 31)])),
            ("秋收", Event(&[(9, 1, 10, 31)])),
            ("秋播", Event(&[(9, 1, 11, 15)])),
            ("秋防", Event(&[AUTUMN])),
        ],
        '冬' => &[
            ("冬春季", Event(&[(12, 1, 5, 31)])),
            ("冬春", Event(&[(12, 1, 5, 31)])),
            ("冬季", Event(&[WINTER])),
        ],
        '汛' => &[
            ("汛前", Event(&[(3, 1, 5, 31)])),
            ("汛后", Event(&[(10, 1, 11, 30)])),
            ("汛期前", Event(&[(3, 1, 5, 31)])),
            ("汛期后", Event(&[(10, 1, 11, 30)])),
            ("汛末", Event(&[(9, 1, 9, 30)])),
            ("汛期", Event(&[(6, 1, 9, 30)])),
            ("汛中", Event(&[(6, 1, 9, 30)])),
        ],
        '主' => &[("主汛期", Event(&[(7, 1, 8, 31)]))],
        '防' => &[
            ("防火期", Event(&[SPRING_FIRE, AUTUMN_FIRE])),
            ("防火紧要期", Event(&[SPRING_FIRE, AUTUMN_FIRE])),
        ],
        '供' => &[
            ("供暖期", Event(&[HEATING])),
            ("供暖季", Event(&[HEATING])),
            ("供热期", Event(&[HEATING])),
            ("供暖", Event(&[HEATING])),
        ],
        '采' => &[("采暖期", Event(&[HEATING])), ("采暖季", Event(&[HEATING]))],
        '取' => &[("取暖期", Event(&[HEATING])), ("取暖季", Event(&[HEATING]))],
        '休' => &[("休牧期", Event(&[(4, 1, 6, 30)])), ("休渔期", Event(&[(5, 1, 8, 31)]))],
        '禁' => &[("禁牧期", Event(&[(4, 1, 6, 30)])), ("禁渔期", Event(&[(3, 1, 8, 31)]))],
        '迎' => &[("迎峰度夏", Event(&[(6, 1, 9, 15)])), ("迎峰度冬", Event(&[(11, 15, 2, 28)]))],
        // Schools.
        '开' => &[
            ("开学季", Event(&[SPRING_OPENING, AUTUMN_OPENING])),
            ("开学", Event(&[SPRING_OPENING, AUTUMN_OPENING])),
            ("开展", Filler),
        ],
        '学' => &[
            ("学期初", Event(&[SPRING_OPENING, AUTUMN_OPENING])),
            ("学期末", Event(&[(1, 1, 1, 20), (6, 15, 7, 15)])),
            ("学期", Event(&[SPRING_TERM, AUTUMN_TERM])),
        ],
        '期' => &[
            ("期中", Event(&[(4, 15, 5, 15), (11, 1, 11, 30)])),
            ("期末", Event(&[(1, 1, 1, 20), (6, 15, 7, 15)])),
            ("期间", Token::Cue),
        ],
        '高' => &[("高考", Event(&[(6, 1, 6, 15)])), ("高温", Event(&[(6, 15, 8, 31)]))],
        '寒' => &[
            ("寒暑假", Event(&[(1, 10, 2, 25), (7, 1, 8, 31)])),
            ("寒假", Event(&[(1, 10, 2, 25)])),
            ("寒衣", Event(&[(10, 15, 11, 30)])),
        ],
        '暑' => &[("暑假", Event(&[(7, 1, 8, 31)])), ("暑期", Event(&[(7, 1, 8, 31)]))],
        // Festivals.
        '元' => &[("元旦", Event(&NEW_YEAR)), ("元宵", Event(&[(2, 1, 3, 10)]))],
        '清' => &[("清明", Event(&[(3, 25, 4, 10)]))],
        '劳' => &[("劳动节", Event(&[LABOUR_DAY]))],
        '端' => &[("端午", Event(&[(5, 20, 6, 30)]))],
        '国' => &[("国庆", Event(&[NATIONAL_DAY]))],
        '重' => &[("重阳", Event(&[(10, 1, 11, 5)]))],
        '除' => &[("除夕", Event(&[SPRING_FESTIVAL]))],
        '五' => &[("五一", Event(&[LABOUR_DAY]))],
        '六' => &[("六一", Event(&[(5, 25, 6, 5)]))],
        '七' => &[("七一", Event(&[(6, 20, 7, 5)]))],
        '八' => &[("八一", Event(&[(7, 25, 8, 5)]))],
        '十' => &[
            ("十一期间", Event(&[NATIONAL_DAY])),
            ("十一前", Event(&[(9, 1, 9, 30)])),
            ("十一黄金周", Event(&[NATIONAL_DAY])),
        ],
        '两' => &[("两节", Event(&[(1, 1, 2, 25)])), ("两会", Event(&[(1, 5, 3, 20)]))],
        '三' => &[("三夏", Event(&[(5, 15, 7, 15)])), ("三秋", Event(&[(9, 1, 11, 15)]))],
        // Need: the days are settled elsewhere.
        '不' => &[("不定期", Need), ("不定时", Need), ("不固定", Need), ("不限", Need)],
        '随' => &[("", Need)],
        '视' => &[
            ("视情", Need),
            ("视具体", Need),
            ("视实际", Need),
            ("视工作", Need),
            ("视上级", Need),
            ("视进", Need),
        ],
        '待' => &[("待定", Need), ("待上级", Need), ("待通知", Need), ("待", Filler)],
        '择' => &[("择机", Need), ("择期", Need)],
        '临' => &[("临时", Need)],
        '根' => &[("根据", Need)],
        '依' => &[("依据", Need), ("依申请", Need), ("依照", Need), ("依法", Need)],
        '参' => &[("参照", Need)],
        '结' => &[("结合", Need)],
        '适' => &[("适时", Need)],
        '另' => &[("另行", Need)],
        '接' => &[("接到", Need), ("接件", Need), ("接报", Need)],
        '收' => &[("收到", Need), ("收件", Need)],
        '届' => &[("届满", Need), ("届时", Need)],
        '为' => &[("为准", Need), ("为期", Filler)],
        '动' => &[("动态", Need)],
        '即' => &[("即时", Need), ("即到", Need)],
        '实' => &[("实时", Need), ("实施", Filler), ("实际", Need)],
        '及' => &[("及时", Need)],
        '日' => &[("日常", Need)],
        '平' => &[("平时", Need)],
        '长' => &[("长期", Need)],
        '持' => &[("持续", Need)],
        '贯' => &[("贯穿", Need)],
        '经' => &[("经常", Need)],
        '需' => &[("需要", Need), ("需", Need)],
        '必' => &[("必要时", Need)],
        '同' => &[("同步", Need), ("同时", Need)],
        '节' => &[("节假日", Need), ("节日", Need), ("节点", Need), ("节前", Need), ("节后", Need)],
        '突' => &[("突发", Need)],
        '定' => &[("定期", Need)],
        '确' => &[("确定", Need)],
        '阶' => &[("阶段性", Need)],
        // Direction and filling.
        '前' => &[("前后", Filler), ("前完成", Before), ("前", Before)],
        '之' => &[("之前", Before), ("之后", After), ("之间", Filler)],
        '以' => &[("以前", Before), ("以后", After), ("以内", Token::Within), ("以来", Filler)],
        '后' => &[("后", After)],
        '起' => &[("起", After)],
        '内' => &[("内", Token::Within)],
        '至' => &[("至少", Filler), ("至多", Filler)],
        '截' => &[
            ("截止到", Token::Range),
            ("截至到", Token::Range),
            ("截止至", Token::Range),
            ("截至", Token::Range),
            ("截止", Token::Range),
        ],
        '的' | '约' | '拟' | '于' | '在' | '从' | '自' | '止' | '等' | '间' | '份' => {
            &[("", Filler)]
        }
        '左' => &[("左右", Filler)],
        '计' => &[("计划", Filler)],
        '安' => &[("安排", Filler)],
        '预' => &[("预计", Filler)],
        '大' => &[("大约", Filler), ("大概", Filler)],
        '完' => &[("完成", Filler)],
        '进' => &[("进行", Filler)],
        _ => &[],
    }
}
