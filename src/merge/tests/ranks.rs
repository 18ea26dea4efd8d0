//! Which member is the core.

use super::stand_in;
use crate::lexicon::Lexicon;
use crate::merge::core_rank;
use crate::model::item::Item;

#[test]
fn the_proper_name_of_a_department_is_the_core() {
    let lexicon = Lexicon::builtin();
    let rank = |organizer: &str, nickname: bool| {
        let name = "窨井盖检查".to_owned();
        let item = Item { name, organizer: Some(organizer.to_owned()), ..Item::default() };
        let mut standard = stand_in::standard(&item, &lexicon);
        standard.name.nickname = nickname;
        core_rank(&item, &standard, &stand_in::targets(&item, &lexicon))
    };
    assert!(rank("住建局", false) > rank("住建局", true));
    for place in ["学苑街道办事处", "老鱼湾镇人民政府", "园区管委会"] {
        assert!(rank("乡村振兴局", false) > rank(place, false), "{place}");
    }
}
