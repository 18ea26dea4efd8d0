//! Frequencies as they stand in plans.

use proptest::prelude::*;
use tongchou::model::frequency::Bound::{self, About, AtLeast, AtMost, Exactly};
use tongchou::standardise::frequency;

type Expected = (Option<u32>, Option<u32>, Option<Bound>, bool);

const fn rate(min: u32, max: u32) -> Expected {
    (Some(min), Some(max), Some(Exactly), false)
}

const fn at_least(min: u32) -> Expected {
    (Some(min), None, Some(AtLeast), false)
}

const IRREGULAR: Expected = (None, None, None, true);

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn frequencies_of_plans() {
    let table: &[(&str, Expected)] = &[
        ("1次/年", rate(1, 1)),
        ("2次/年", rate(2, 2)),
        ("1次/季度", rate(4, 4)),
        ("1次/季", rate(4, 4)),
        ("每季度1次", rate(4, 4)),
        ("每年1次", rate(1, 1)),
        ("每年一次", rate(1, 1)),
        ("一年一次", rate(1, 1)),
        ("一年两次", rate(2, 2)),
        ("年度抽查1次", rate(1, 1)),
        ("年度1次", rate(1, 1)),
        ("抽查1次", rate(1, 1)),
        ("1次", rate(1, 1)),
        ("一次", rate(1, 1)),
        ("两次", rate(2, 2)),
        ("12次", rate(12, 12)),
        ("1-2次", rate(1, 2)),
        ("1至2次", rate(1, 2)),
        ("1～2次", rate(1, 2)),
        ("一两次", rate(1, 2)),
        ("至少1次", at_least(1)),
        ("至少2次", at_least(2)),
        ("不少于2次", at_least(2)),
        ("不少于1次/年", at_least(1)),
        ("不少于1次。", at_least(1)),
        ("各检查对象年均1-2次", rate(1, 2)),
        ("1次/年/单位 上限:2次/年/单位", (Some(1), Some(2), Some(AtMost), false)),
        ("检查频次:1次/年/单位; 上限:2次/年/单位", (Some(1), Some(2), Some(AtMost), false)),
        ("至少1次/项目", at_least(1)),
        ("至少1次/项目(已开工项目)", at_least(1)),
        ("=1", rate(1, 1)),
        ("抽查频次=1", rate(1, 1)),
        (">=1", at_least(1)),
        ("≥1", at_least(1)),
        ("2", rate(2, 2)),
        ("1.0", rate(1, 1)),
        ("每季度各抽查1次", rate(4, 4)),
        ("每月不少于1次", at_least(12)),
        ("每月1次", rate(12, 12)),
        ("每月1-2次", rate(12, 24)),
        ("每半年1次", rate(2, 2)),
        ("半年1次", rate(2, 2)),
        ("1次/半年", rate(2, 2)),
        ("每学期1次", rate(2, 2)),
        ("每周1次", rate(52, 52)),
        ("每周2次夜查", rate(104, 104)),
        ("每年一次以上", at_least(1)),
        ("每年抽查至少1次", at_least(1)),
        ("3%;2次/年", rate(2, 2)),
        ("1次/年 100%", rate(1, 1)),
        ("市级检查(每半年开展一次) 区级发起,区级检查(每季度开展一次", rate(2, 4)),
        ("不超过1次", (None, Some(1), Some(AtMost), false)),
        ("每年不超过2次", (None, Some(2), Some(AtMost), false)),
        ("每年不少于2次、不超过4次", (Some(2), Some(4), Some(AtMost), false)),
        ("年度", rate(1, 1)),
        ("每月", rate(12, 12)),
        ("每周", rate(52, 52)),
        ("每天", rate(365, 365)),
        ("按季", rate(4, 4)),
        ("季度", rate(4, 4)),
        ("1轮", rate(1, 1)),
        ("3次/年", rate(3, 3)),
        ("2次/季度", rate(8, 8)),
        ("1次/年/户", rate(1, 1)),
        ("重点单位1次/年", rate(1, 1)),
        ("风险等级A1次-D4次", rate(1, 4)),
        ("三年一轮", (Some(1), Some(1), Some(About), false)),
        ("三年一轮，本年全覆盖", (Some(1), Some(1), Some(About), false)),
        ("每两年1次", (Some(1), Some(1), Some(About), false)),
        ("1次/3年", (Some(1), Some(1), Some(About), false)),
        ("每2个月1次", rate(6, 6)),
        ("每两月一次", rate(6, 6)),
        ("每15天1次", rate(25, 25)),
        ("规划期中期1次", rate(1, 1)),
        ("年终1次", rate(1, 1)),
        ("每月按比例", rate(12, 12)),
        ("上、下半年各1次", rate(2, 2)),
        ("上半年1次,下半年2次", rate(3, 3)),
        ("春、秋季各1次", rate(2, 2)),
        ("全年不少于4次", at_least(4)),
        ("每季度一次,全年不少于4次", (Some(4), Some(4), Some(AtLeast), false)),
        ("约3次", (Some(3), Some(3), Some(About), false)),
        ("4次左右", (Some(4), Some(4), Some(About), false)),
        ("不定期", IRREGULAR),
        ("随时", IRREGULAR),
        ("按需", IRREGULAR),
        ("节点", IRREGULAR),
        ("抽查频次根据监管需要确定", IRREGULAR),
        ("每季度第一个月抽查1次", rate(4, 4)),
        ("2023年1次", rate(1, 1)),
        ("一季度一次", rate(4, 4)),
        ("一月一次", rate(12, 12)),
        ("第一季度1次", rate(1, 1)),
        ("１次／年", rate(1, 1)),
        ("", (None, None, None, false)),
        ("20家", (None, None, None, false)),
        ("详见方案", (None, None, None, false)),
    ];
    let mut wrong = Vec::new();
    for (text, expected) in table {
        let found = frequency(text);
        let found = (found.min_per_year, found.max_per_year, found.bound, found.irregular);
        if found != *expected {
            wrong.push(format!("{text}: expected {expected:?}, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn any_text_gives_an_ordered_frequency(text in "\\PC{0,60}") {
        let found = frequency(&text);
        if let (Some(min), Some(max)) = (found.min_per_year, found.max_per_year) {
            prop_assert!(min <= max || found.bound != Some(Bound::Exactly));
        }
    }

    #[test]
    fn any_mix_of_the_vocabulary_gives_a_frequency(text in "[0-9一二三两十百年月日季度半周次轮批%/每各至少不超过以上下\\-、;(),第全按定期春秋约]{0,30}") {
        let _ = frequency(&text);
    }

    #[test]
    fn a_written_rate_reads_back(visits in 1..30u32, period in 0..5usize, style in 0..2usize) {
        let (word, times) = [("年", 1), ("半年", 2), ("季度", 4), ("月", 12), ("周", 52)][period];
        let text = if style == 0 { format!("每{word}{visits}次") } else { format!("{visits}次/{word}") };
        prop_assert_eq!(frequency(&text).per_year(), Some(visits * times));
    }
}
