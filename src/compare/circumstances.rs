//! Comparisons of whom, who, how and when: venue, targets, organizer, kind, window, basis, method.

use super::features::{Features, department};
use super::wording::common;
use crate::lexicon::{Lexicon, Taxonomy};
use crate::model::relation::Relation;
use crate::model::schedule::{Certainty, Schedule};
use crate::model::target_set::Sureness;
use crate::policy::Level;

/// Level of the organizers.
pub(super) fn organizer(a: &Features, b: &Features) -> Level {
    let (Some(mine), Some(theirs)) = (&a.organizer, &b.organizer) else {
        return Level::OrganizerUnknown;
    };
    if mine.unit.is_none() && mine.office.functions.is_empty()
        || theirs.unit.is_none() && theirs.office.functions.is_empty()
    {
        return if mine.office.text == theirs.office.text {
            Level::OrganizerSame
        } else {
            Level::OrganizerUnknown
        };
    }
    let same_unit = if let (Some(one), Some(other)) = (department(mine), department(theirs)) {
        one == other
    } else {
        // 教育局 and 教育和体育局: one county has but one of them.
        let shared = common(&mine.office.functions, &theirs.office.functions);
        shared > 0 && shared == mine.office.functions.len().min(theirs.office.functions.len())
    };
    if same_unit {
        return Level::OrganizerSame;
    }
    let shares = |one: &super::subject::Organizer, other: &super::subject::Organizer| match (
        department(one),
        department(other),
    ) {
        (Some(left), Some(right)) => left == right,
        _ => common(&one.office.functions, &other.office.functions) > 0,
    };
    if a.co_organizers.iter().any(|co| shares(co, theirs))
        || b.co_organizers.iter().any(|co| shares(co, mine))
    {
        Level::OrganizerCo
    } else if common(&mine.office.functions, &theirs.office.functions) > 0 {
        Level::OrganizerRelated
    } else {
        Level::OrganizerDifferent
    }
}

/// Level of the venue types; where the lexicon does not connect them, of the operators themselves.
pub(super) fn venue(lexicon: &Lexicon, a: &Features, b: &Features, same_organizer: bool) -> Level {
    let level = venue_types(lexicon, a, b, same_organizer);
    let listed = |list: &[u32], in_other: &[u32]| common(list, in_other) == list.len();
    if level == Level::VenueShared
        && a.unit_set == b.unit_set
        && (listed(&a.venues, &b.venues) || listed(&b.venues, &a.venues))
    {
        // 加油站、储油库 where the roster has no depot: the same places.
        return Level::VenueUnits;
    }
    let unconnected =
        matches!(level, Level::VenueNone | Level::VenueDifferent | Level::VenueSubsets | Level::VenueShared);
    // A broad class on one side (学校) does not make its members one kind of place, unless they are named.
    let class = |features: &Features| {
        !features.names_units && features.venues.iter().any(|&venue| !lexicon.venues.entry(venue).narrow)
    };
    // The same handful of places, however loosely they are named, are not different ones.
    let same_handful = handful(a) && a.unit_set == b.unit_set;
    let different = matches!(level, Level::VenueDifferent | Level::VenueSubsets);
    let specific = !class(a) && !class(b);
    if unconnected && (same_handful && different || (same_handful || specific) && same_sites(a, b)) {
        Level::VenueUnits
    } else {
        level
    }
}

/// Most operators that are known by name, so that no class is meant.
const HANDFUL: usize = 12;

/// Most operators that count as one kind of place without a name for it.
const FEW_SITES: usize = 60;

/// Whether the item visits a few operators, so that another may visit the same.
pub(super) fn may_share_sites(features: &Features) -> bool {
    surely_few(features) || handful(features)
}

/// Whether it visits a handful of operators, however loosely it names them.
fn handful(features: &Features) -> bool {
    features.visits_sites && (1..=HANDFUL).contains(&features.units.len())
}

fn surely_few(features: &Features) -> bool {
    features.visits_sites
        && matches!(features.sureness, Sureness::Exact | Sureness::Sample)
        && (1..=FEW_SITES).contains(&features.units.len())
}

/// Whether both visit the same few operators, surely.
fn same_sites(a: &Features, b: &Features) -> bool {
    if !surely_few(a) || !surely_few(b) {
        return false;
    }
    let shared = a.units.intersection_len(&b.units);
    shared * 2 >= a.units.len().max(b.units.len())
}

fn venue_types(lexicon: &Lexicon, a: &Features, b: &Features, same_organizer: bool) -> Level {
    match (a.venues.is_empty(), b.venues.is_empty()) {
        (true, true) => return Level::VenueNone,
        (false, false) => {}
        (a_empty, _) => {
            let (with, without) = if a_empty { (b, a) } else { (a, b) };
            // A broad class (单位, 公共机构) may well be the government's own.
            let broad = with.venues.iter().all(|&venue| !lexicon.venues.entry(venue).narrow);
            return match (with.visits_government, without.visits_government) {
                (true, _) => Level::VenueMixed,
                (false, true) if broad => Level::VenueMixed,
                (false, true) => Level::VenueAgainstGroup,
                (false, false) => Level::VenueNone,
            };
        }
    }
    if a.visits_government || b.visits_government {
        return Level::VenueMixed;
    }
    let venues = &lexicon.venues;
    let narrow = |list: &[u32]| list.iter().any(|&venue| venues.entry(venue).narrow);
    if a.venues == b.venues {
        return if narrow(&a.venues) { Level::VenueSame } else { Level::VenueBroad };
    }
    let related = |one: u32, other: u32| within(venues, one, other) || within(venues, other, one);
    let touching = a.venues.iter().any(|&one| {
        b.venues
            .iter()
            .any(|&other| related(one, other) && venues.entry(one).narrow && venues.entry(other).narrow)
    });
    if touching {
        let corresponding =
            |list: &[u32], other: &[u32]| list.iter().all(|&one| other.iter().any(|&two| related(one, two)));
        if corresponding(&a.venues, &b.venues) && corresponding(&b.venues, &a.venues) {
            return Level::VenueNested;
        }
        return Level::VenueShared;
    }
    // A canteen of schools may be in any kind of school, but not in whatever else is public as schools are.
    let held =
        |inner: u32, outer: u32| venues.entry(inner).part_of.iter().any(|&whole| venues.is_a(outer, whole));
    let broadly = |one: u32, other: u32| related(one, other) || held(one, other) || held(other, one);
    if a.venues.iter().any(|&one| b.venues.iter().any(|&other| broadly(one, other))) {
        return Level::VenueBroad;
    }
    if same_organizer { Level::VenueSubsets } else { Level::VenueDifferent }
}

/// Whether a venue is the other one, a kind of it, or inside its premises.
fn within(venues: &Taxonomy, inner: u32, outer: u32) -> bool {
    venues.is_a(inner, outer) || venues.is_part(inner, outer)
}

/// Level of the units visited.
pub(super) fn targets(a: &Features, b: &Features, same_organizer: bool) -> Level {
    let known = |features: &Features| {
        !matches!(features.sureness, Sureness::Unknown | Sureness::Absent) && !features.units.is_empty()
    };
    if !known(a) || !known(b) {
        return Level::TargetsUnknown;
    }
    if a.unit_set == b.unit_set {
        return Level::TargetsEqual;
    }
    let shared = a.units.intersection_len(&b.units);
    let smaller = a.units.len().min(b.units.len());
    if shared == smaller {
        return Level::TargetsNested;
    }
    if shared * 2 >= smaller {
        return Level::TargetsOverlap;
    }
    if a.sureness == Sureness::Vague || b.sureness == Sureness::Vague {
        return Level::TargetsUnknown;
    }
    // A city looks at its counties, and these at their townships.
    if shared == 0 && a.jurisdiction != b.jurisdiction {
        return Level::TargetsElsewhere;
    }
    // 各乡镇 and the villages or waterworks in them are no other targets.
    let inside = |inner: &Features, outer: &Features| {
        inner.units.intersection_len(&outer.reach) * 2 >= inner.units.len()
    };
    if inside(a, b) || inside(b, a) {
        return Level::TargetsUnknown;
    }
    if shared > 0 {
        return Level::TargetsPartly;
    }
    if same_organizer { Level::TargetsSubsets } else { Level::TargetsDisjoint }
}

/// Level of the kinds; `named` says that one names the other as its part, or that both are stages of
/// one matter of one organizer, `meets` that their windows meet.
pub(super) fn kind(a: &Features, b: &Features, named: bool, meets: bool) -> Level {
    use crate::model::kind::Kind;
    if !a.kind_known || !b.kind_known {
        return Level::KindAkin;
    }
    if (a.kind == Kind::Research) != (b.kind == Kind::Research) {
        return Level::KindResearch;
    }
    if a.kind.scores() != b.kind.scores() {
        let scoring = if a.kind.scores() { a } else { b };
        return match named {
            true => Level::KindOfPart,
            false if meets && is_amid_year(&scoring.schedule) => Level::KindAlongside,
            false => Level::KindScoring,
        };
    }
    if a.kind == b.kind { Level::KindSame } else { Level::KindAkin }
}

/// Whether all windows end from April to October: too late to score the last year's result, too early for this one's.
fn is_amid_year(schedule: &Schedule) -> bool {
    schedule.windows.iter().all(|window| matches!(window.end().parts(), (0, 4..=10, _)))
}

/// Level of the windows and rounds.
///
/// `one_matter` says that names or concepts are alike: only then are windows of one organizer that do not meet two
/// rounds, and not simply two matters at two times. Windows of different organizers that surely do not meet are apart,
/// whatever seasons the names speak of.
pub(super) fn window(a: &Features, b: &Features, same_organizer: bool, one_matter: bool) -> Level {
    let named = !a.rounds.is_empty() && !b.rounds.is_empty() && a.rounds != b.rounds;
    let certainties = [a.schedule.certainty, b.schedule.certainty];
    let exact = certainties == [Certainty::Exact; 2];
    let apart = exact && !a.schedule.can_meet(&b.schedule);
    if named && (same_organizer || !apart) {
        Level::WindowRounds
    } else if certainties.iter().any(|certainty| !matches!(certainty, Certainty::Exact | Certainty::Absent)) {
        Level::WindowLoose
    } else if !exact {
        Level::WindowUnknown
    } else if !apart {
        Level::WindowMeets
    } else if same_organizer && one_matter {
        Level::WindowRounds
    } else if a.schedule.is_near(&b.schedule) {
        Level::WindowNear
    } else {
        Level::WindowApart
    }
}

/// Level of the bases.
pub(super) fn basis(a: &Features, b: &Features, same_organizer: bool) -> Level {
    if common(&a.basis.citations, &b.basis.citations) == 0 {
        Level::BasisOther
    } else if same_organizer && common(&a.basis.documents, &b.basis.documents) > 0 {
        Level::BasisOwnDocument
    } else if same_organizer {
        Level::BasisOwn
    } else if common(&a.basis.documents, &b.basis.documents) > 0 {
        Level::BasisDocument
    } else {
        Level::BasisSame
    }
}

/// Level of the methods.
pub(super) fn method(a: &Features, b: &Features) -> Level {
    if a.remote == b.remote { Level::MethodSite } else { Level::MethodRemote }
}

/// The relation of two items that are one matter.
///
/// Covered when one takes in the other as its part; split when one
/// organizer proposes both as rounds, stages or target subsets; else duplicate.
pub(super) fn matter_relation(
    part: Option<bool>,
    organizer: Level,
    window: Level,
    targets: Level,
) -> Relation {
    let parted = matches!(window, Level::WindowRounds) || matches!(targets, Level::TargetsSubsets);
    if organizer == Level::OrganizerSame && parted {
        Relation::Split
    } else if part.is_some() {
        Relation::Covered
    } else if organizer == Level::OrganizerSame && matches!(window, Level::WindowApart | Level::WindowNear) {
        Relation::Split
    } else {
        Relation::Duplicate
    }
}
