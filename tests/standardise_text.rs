//! Folding, numerals and the scanner.

use proptest::prelude::*;
use tongchou::text::{Scanner, fold, number};

#[test]
fn numerals() {
    for (text, expected) in [
        ("0", Some(0)),
        ("12", Some(12)),
        ("007", Some(7)),
        ("十", Some(10)),
        ("十二", Some(12)),
        ("二十", Some(20)),
        ("两", Some(2)),
        ("一百零五", Some(105)),
        ("一百五十", Some(150)),
        ("廿", Some(20)),
        ("廿三", Some(23)),
        ("三千二百", Some(3_200)),
        ("二0二三", Some(2_023)),
        ("3万", Some(30_000)),
        ("一万二千", Some(12_000)),
        ("半", None),
        ("", None),
        ("三五七月", None),
        ("1.5", None),
        ("99999999999", None),
        ("九万万万", None),
    ] {
        assert_eq!(number(text), expected, "{text}");
    }
}

#[test]
fn folding() {
    for (text, expected) in [
        ("森林草原防滅火 \n督查（２０２３年）", "森林草原防灭火督查(2023年)"),
        ("①③", "(1)(3)"),
        ("㈠㈡", "(1)(2)"),
        ("国办发【2020】44号", "国办发(2020)44号"),
        ("3月—10月", "3月-10月"),
        ("消防安全重點單位監督抽查", "消防安全重点单位监督抽查"),
        ("愛衛辦", "爱卫办"),
        ("二〇二三年", "二0二三年"),
        ("《关于印发〈办法〉的通知》", "《关于印发《办法》的通知》"),
        ("GB／T17775", "gb/t17775"),
        ("㋂", "3月"),
        ("乾隆", "乾隆"),
    ] {
        assert_eq!(fold(text), expected, "{text}");
    }
}

#[test]
fn every_single_character_folds_idempotently() {
    for code in 0..=0x2_ffff {
        if let Some(character) = char::from_u32(code) {
            let once = fold(&character.to_string());
            assert_eq!(fold(&once), once, "U+{code:04X}");
        }
    }
}

#[test]
fn every_traditional_phrase_folds_idempotently() {
    for (form, _) in hanconv::TSPhrases.iter().chain(hanconv::STPhrases.iter()) {
        for text in [form.to_owned(), hanconv::s2t(form)] {
            let once = fold(&text);
            assert_eq!(fold(&once), once, "{text}");
        }
    }
}

#[test]
fn scanner_reads_and_goes_back() {
    let mut scanner = Scanner::new("十一月3万家x");
    assert_eq!(scanner.number(), Some(11));
    assert!(scanner.eat("月"));
    let here = scanner.position();
    assert_eq!(scanner.number(), Some(30_000));
    assert_eq!(scanner.since(here), "3万");
    scanner.reset(here);
    assert_eq!(scanner.digits(4), Some((3, 1)));
    assert_eq!(scanner.number(), None, "万 alone is no number");
    assert_eq!(scanner.bump(), Some('万'));
    assert_eq!(scanner.eat_any(&["家x", "家"]), Some("家x"));
    assert!(scanner.is_done());
    assert_eq!(scanner.peek(), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn folding_is_idempotent(text in "\\PC*") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn folding_is_idempotent_on_all_characters(text in any::<String>()) {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn folding_is_idempotent_on_mixed_scripts(
        text in "[a-zA-ZÀ-ÿĀ-ſ\u{300}-\u{36f}\u{1100}-\u{11ff}\u{ac00}-\u{ac20}\u{3040}-\u{30ff}\u{ff61}-\u{ff9f}İßΣς乾隆著藉干后後里裡 \u{200b}ﬁ①⑴㈠Ⅷ½]{0,12}"
    ) {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn numbers_never_panic(text in "[0-9零一二三四五六七八九十百千万廿卅两半]{0,14}") {
        let _ = number(&text);
        let _ = Scanner::new(&text).number();
    }
}
