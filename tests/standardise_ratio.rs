//! Ratios as they stand in plans.

use proptest::prelude::*;
use tongchou::model::frequency::Bound::{self, About, AtLeast, AtMost, Exactly};
use tongchou::standardise::ratio;

type Ends<T> = (Option<T>, Option<T>);
type Row = (&'static str, Ends<u16>, Ends<u32>, Option<Bound>, bool);

#[test]
fn ratios_of_plans() {
    const NO_SHARE: Ends<u16> = (None, None);
    const NO_COUNT: Ends<u32> = (None, None);
    let table: &[Row] = &[
        ("5%", (Some(500), Some(500)), NO_COUNT, Some(Exactly), false),
        ("约27家", NO_SHARE, (Some(27), Some(27)), Some(About), false),
        ("60-70家", NO_SHARE, (Some(60), Some(70)), Some(Exactly), false),
        ("10-20%", (Some(1000), Some(2000)), NO_COUNT, Some(Exactly), false),
        ("2%-5%", (Some(200), Some(500)), NO_COUNT, Some(Exactly), false),
        ("5%以上", (Some(500), None), NO_COUNT, Some(AtLeast), false),
        ("≥20%", (Some(2000), None), NO_COUNT, Some(AtLeast), false),
        ("≥50%", (Some(5000), None), NO_COUNT, Some(AtLeast), false),
        ("比例之和≥50%", (Some(5000), None), NO_COUNT, Some(AtLeast), false),
        ("不低于0.5%", (Some(50), None), NO_COUNT, Some(AtLeast), false),
        ("不少于1%", (Some(100), None), NO_COUNT, Some(AtLeast), false),
        ("不低于30%", (Some(3000), None), NO_COUNT, Some(AtLeast), false),
        ("原则上每年抽查比例不高于10%", (None, Some(1000)), NO_COUNT, Some(AtMost), false),
        ("总体比例不超过5%", (None, Some(500)), NO_COUNT, Some(AtMost), false),
        ("100%全覆盖", (Some(10000), Some(10000)), NO_COUNT, Some(Exactly), true),
        ("100%", (Some(10000), Some(10000)), NO_COUNT, Some(Exactly), true),
        ("全覆盖", (Some(10000), Some(10000)), NO_COUNT, Some(Exactly), true),
        ("全部", (Some(10000), Some(10000)), NO_COUNT, Some(Exactly), true),
        ("全部点位", (Some(10000), Some(10000)), NO_COUNT, Some(Exactly), true),
        ("逐件", (Some(10000), Some(10000)), NO_COUNT, Some(Exactly), true),
        ("所有河段", (Some(10000), Some(10000)), NO_COUNT, Some(Exactly), true),
        ("100%图斑", (Some(10000), Some(10000)), NO_COUNT, Some(Exactly), true),
        ("待定", NO_SHARE, NO_COUNT, None, false),
        ("省级计划规定比例", NO_SHARE, NO_COUNT, None, false),
        ("按照市局要求比例", NO_SHARE, NO_COUNT, None, false),
        ("", NO_SHARE, NO_COUNT, None, false),
        ("每季度最低抽查12.5%", (Some(1250), None), NO_COUNT, Some(AtLeast), false),
        ("每月12.5%", (Some(1250), Some(1250)), NO_COUNT, Some(Exactly), false),
        ("每季度25%", (Some(2500), Some(2500)), NO_COUNT, Some(Exactly), false),
        ("1:10比例", (Some(1000), Some(1000)), NO_COUNT, Some(Exactly), false),
        ("1/3", (Some(3333), Some(3333)), NO_COUNT, Some(Exactly), false),
        ("市级2% 区级10%", (Some(200), Some(1000)), NO_COUNT, Some(Exactly), false),
        (
            "从100家某某名录库中按照10%的比例随机抽取10家",
            (Some(1000), Some(1000)),
            (Some(10), Some(10)),
            Some(Exactly),
            false,
        ),
        ("3户(以实际工作抽查数为准。)", NO_SHARE, (Some(3), Some(3)), Some(Exactly), false),
        ("抽20家左右", NO_SHARE, (Some(20), Some(20)), Some(About), false),
        ("10个单位左右", NO_SHARE, (Some(10), Some(10)), Some(About), false),
        ("每镇3村", NO_SHARE, (Some(3), None), Some(AtLeast), false),
        ("每乡镇不少于10公里", NO_SHARE, (Some(10), None), Some(AtLeast), false),
        ("每次不少于10家", NO_SHARE, (Some(10), None), Some(AtLeast), false),
        ("每单位5卷", NO_SHARE, (Some(5), None), Some(AtLeast), false),
        ("立档单位不少于30家", NO_SHARE, (Some(30), None), Some(AtLeast), false),
        ("其余50%", (Some(5000), Some(5000)), NO_COUNT, Some(Exactly), false),
        ("３０％", (Some(3000), Some(3000)), NO_COUNT, Some(Exactly), false),
        ("一半", (Some(5000), Some(5000)), NO_COUNT, Some(Exactly), false),
        ("三分之一", (Some(3333), Some(3333)), NO_COUNT, Some(Exactly), false),
        ("三分之一以上", (Some(3333), None), NO_COUNT, Some(AtLeast), false),
        ("三成", (Some(3000), Some(3000)), NO_COUNT, Some(Exactly), false),
        ("百分之二十", (Some(2000), Some(2000)), NO_COUNT, Some(Exactly), false),
        ("5‰", (Some(50), Some(50)), NO_COUNT, Some(Exactly), false),
        ("0.2", (Some(2000), Some(2000)), NO_COUNT, Some(Exactly), false),
        ("20", NO_SHARE, (Some(20), Some(20)), Some(Exactly), false),
        ("所100%,站20%", (Some(2000), Some(10000)), NO_COUNT, Some(Exactly), false),
        ("3处全查", NO_SHARE, (Some(3), Some(3)), Some(Exactly), true),
        ("3批次", NO_SHARE, (Some(3), Some(3)), Some(Exactly), false),
        ("不少于15个单位", NO_SHARE, (Some(15), None), Some(AtLeast), false),
        ("抽查10%", (Some(1000), Some(1000)), NO_COUNT, Some(Exactly), false),
        ("5%,不少于10家", (Some(500), Some(500)), (Some(10), None), Some(Exactly), false),
        ("3%;2次/年", (Some(300), Some(300)), NO_COUNT, Some(Exactly), false),
        ("1次/年 100%", (Some(10000), Some(10000)), NO_COUNT, Some(Exactly), true),
        ("2023年", NO_SHARE, NO_COUNT, None, false),
        ("300%", (Some(10000), Some(10000)), NO_COUNT, Some(Exactly), true),
    ];
    let mut wrong = Vec::new();
    for (text, shares, counts, bound, whole) in table {
        let found = ratio(text);
        if (found.min_share, found.max_share) != *shares
            || (found.min_count, found.max_count) != *counts
            || found.bound != *bound
            || found.whole != *whole
        {
            wrong.push(format!("{text}: found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn any_text_keeps_shares_in_range(text in "\\PC{0,60}") {
        let found = ratio(&text);
        prop_assert!(found.min_share.unwrap_or(0) <= 10_000 && found.max_share.unwrap_or(0) <= 10_000);
    }

    #[test]
    fn any_mix_of_the_vocabulary_keeps_shares_in_range(text in "[0-9一二三百千万成半分之%‰.:/家户个所每不少于超过以上下\\-至、;(),抽全部覆盖从约]{0,30}") {
        let found = ratio(&text);
        prop_assert!(found.min_share.unwrap_or(0) <= 10_000 && found.max_share.unwrap_or(0) <= 10_000);
    }

    #[test]
    fn a_written_share_reads_back(low in 0..=99u16, more in 1..=50u16, tenth in 0..10u16, style in 0..3usize) {
        let high = (low + more).min(100);
        let (text, ends) = match style {
            0 => (format!("{low}.{tenth}%"), (low * 100 + tenth * 10, low * 100 + tenth * 10)),
            1 => (format!("{low}%-{high}%"), (low * 100, high * 100)),
            _ => (format!("{low}～{high}%"), (low * 100, high * 100)),
        };
        let found = ratio(&text);
        prop_assert_eq!((found.min_share, found.max_share), (Some(ends.0), Some(ends.1)), "{}", text);
    }
}
