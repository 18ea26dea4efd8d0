//! Who leads a plan item, and who takes part.

use super::ids;
use super::named::Named;
use super::phrase::one_line;
use crate::lexicon::{DepartmentIdx, Lexicon};
use crate::model::plan::Traced;
use crate::model::relation::Relation;
use crate::text::fold;

/// The lead unit (牵头单位).
///
/// 1. A joint visit is led by the regulator of the place, when a member is organized by it.
/// 2. Of duplicates, an administrative organ leads before an institution that does the same work; the
///    department which the lexicon calls the usual lead of the shared matter leads before one whose
///    work it is not, unless that one is the office of the matter's co-ordinating body.
/// 3. A party office leads before a government office that puts forward the same.
/// 4. The member after whom the matter is named leads: it put the whole forward. A party organ and an
///    administrative organ do not give way to one that is neither.
/// 5. Otherwise the core's organizer leads, or the first member that has one.
pub(super) fn lead(
    members: &[&Named<'_>],
    base: usize,
    venue: Option<u32>,
    lexicon: &Lexicon,
) -> Option<Traced<String>> {
    let organized: Vec<usize> =
        (0..members.len()).filter(|&position| unit_of(members[position]).is_some()).collect();
    let &first = organized.first()?;
    let chosen = venue
        .and_then(|venue| venue_regulator(members, &organized, venue, lexicon))
        .or_else(|| matter_regulator(members, &organized, first, lexicon))
        .or_else(|| {
            organized
                .contains(&base)
                .then_some(base)
                .filter(|_| may_lead(members[base], members[first], lexicon))
        })
        .unwrap_or(first);
    let name = unit_of(members[chosen])?;
    let key = fold(&name);
    let same = |position: usize| unit_of(members[position]).is_some_and(|unit| fold(&unit) == key);
    Some(Traced { value: name, from: ids(members, |position| position == chosen || same(position)) })
}

/// The other units (配合单位): the members' organizers, then their supporting units, each once.
///
/// Two names mean one unit when they fold to the same text or speak of the same department.
pub(super) fn co_organizers(
    members: &[&Named<'_>],
    lead: Option<&Traced<String>>,
    lexicon: &Lexicon,
) -> Vec<Traced<String>> {
    let mut units: Vec<(Identity, Traced<String>)> = Vec::new();
    let lead = lead.map(|lead| Identity::of(&lead.value, lexicon));
    let organizers = members.iter().filter_map(|member| unit_of(member).map(|unit| (unit, *member)));
    let supporting =
        members.iter().flat_map(|member| member.co_organizers.iter().map(|unit| (one_line(unit), *member)));
    for (unit, member) in organizers.chain(supporting) {
        let identity = Identity::of(&unit, lexicon);
        if identity.name.is_empty() || lead.as_ref().is_some_and(|lead| lead.is(&identity)) {
            continue;
        }
        match units.iter_mut().find(|(known, _)| known.is(&identity)) {
            Some((_, traced)) => {
                if !traced.from.iter().any(|id| id == member.id()) {
                    traced.from.push(member.item.id.clone());
                }
            }
            None => units.push((identity, Traced { value: unit, from: vec![member.item.id.clone()] })),
        }
    }
    units.into_iter().map(|(_, traced)| traced).collect()
}

/// What makes two names one unit.
#[derive(Debug)]
struct Identity {
    name: String,
    department: Option<DepartmentIdx>,
}

impl Identity {
    fn of(unit: &str, lexicon: &Lexicon) -> Self {
        let name = fold(unit);
        let department = lexicon.departments.identify(&name);
        Self { name, department }
    }

    fn is(&self, other: &Self) -> bool {
        self.name == other.name || (self.department.is_some() && self.department == other.department)
    }
}

fn unit_of(member: &Named<'_>) -> Option<String> {
    member.organizer.map(one_line).filter(|unit| !unit.is_empty())
}

/// The member organized by the department that regulates the venue, the core before the others.
fn venue_regulator(
    members: &[&Named<'_>],
    organized: &[usize],
    venue: u32,
    lexicon: &Lexicon,
) -> Option<usize> {
    // The regulator of a broad class (企业 → 市场监管局) regulates no place in particular.
    let wider =
        lexicon.venues.wider(venue).iter().copied().filter(|&wider| lexicon.venues.entry(wider).narrow);
    std::iter::once(venue).chain(wider).find_map(|place| {
        let regulator = lexicon.departments.by_form(lexicon.venues.entry(place).lead.as_deref()?)?;
        organized_by(members, organized, regulator, lexicon)
    })
}

/// The member that should lead a matter put forward by several, when it is not the `first`.
fn matter_regulator(
    members: &[&Named<'_>],
    organized: &[usize],
    first: usize,
    lexicon: &Lexicon,
) -> Option<usize> {
    let core = members[first];
    let duplicates: Vec<usize> =
        organized.iter().copied().filter(|&position| members[position].is(Relation::Duplicate)).collect();
    if duplicates.is_empty() {
        return None;
    }
    if is_institution(core, lexicon) {
        let organ = duplicates.iter().copied().find(|&position| {
            !is_institution(members[position], lexicon) && share(core.functions, members[position].functions)
                || !is_institution(members[position], lexicon)
                    && typed_department(core, lexicon).is_some()
                    && typed_department(core, lexicon) == typed_department(members[position], lexicon)
        });
        if organ.is_some() {
            return organ;
        }
    }
    if coordinates(core) {
        return None;
    }
    if is_office(core, "政府办", lexicon) {
        let party =
            duplicates.iter().copied().find(|&position| is_office(members[position], "党办", lexicon));
        if party.is_some() {
            return party;
        }
    }
    // A department with work of its own knows why it put the matter forward; a general office does not do
    // the work.
    if !is_general(core, lexicon) {
        return None;
    }
    let title = core.phrase();
    lexicon.concepts.mentions(title.folded()).find_map(|mention| {
        let regulator =
            lexicon.departments.by_form(lexicon.concepts.entry(mention.entry).lead.as_deref()?)?;
        organized_by(members, &duplicates, regulator, lexicon)
    })
}

/// The first of `organized` whose organizer is the department, else does all of its work.
fn organized_by(
    members: &[&Named<'_>],
    organized: &[usize],
    regulator: DepartmentIdx,
    lexicon: &Lexicon,
) -> Option<usize> {
    let is_it = |&position: &usize| {
        let member = members[position];
        [department(member, lexicon), typed_department(member, lexicon)].contains(&Some(regulator))
    };
    let does_it =
        |&position: &usize| lexicon.departments.does_work_of(members[position].functions, regulator);
    organized
        .iter()
        .copied()
        .find(|position| is_it(position))
        .or_else(|| organized.iter().copied().find(does_it))
}

/// Whether the member after whom a group is named may lead in place of the core.
fn may_lead(base: &Named<'_>, core: &Named<'_>, lexicon: &Lexicon) -> bool {
    (!is_of_the_party(core) || is_of_the_party(base))
        && (!is_institution(base, lexicon) || is_institution(core, lexicon))
}

/// Whether the organizer signs as an organ of the party committee (县委农办, 组织部).
fn is_of_the_party(member: &Named<'_>) -> bool {
    const COMMITTEES: &[&str] = &["县委", "区委", "旗委", "市委", "州委", "盟委", "省委", "党委"];
    let typed = member.item.organizer.as_deref().map(fold).unwrap_or_default();
    COMMITTEES.iter().any(|committee| typed.contains(committee))
}

fn share(one: &[u32], other: &[u32]) -> bool {
    one.iter().any(|function| other.contains(function))
}

/// The lexicon's department of the canonical name.
fn department(member: &Named<'_>, lexicon: &Lexicon) -> Option<DepartmentIdx> {
    lexicon.departments.identify(&fold(member.organizer?))
}

/// The lexicon's department of the organizer as typed, which may be a hat that its unit wears.
fn typed_department(member: &Named<'_>, lexicon: &Lexicon) -> Option<DepartmentIdx> {
    lexicon.departments.identify(&fold(member.item.organizer.as_deref()?))
}

/// Endings of bodies that do an organ's work without being one.
const INSTITUTIONS: &[&str] = &["馆", "中心", "站", "所", "队"];

/// Whether the organizer is a brigade, station or centre rather than an organ of its own.
fn is_institution(member: &Named<'_>, lexicon: &Lexicon) -> bool {
    let Some(name) = member.organizer.map(fold) else { return false };
    let is_whole_department = department(member, lexicon)
        .is_some_and(|number| name.ends_with(&lexicon.departments.department(number).name));
    INSTITUTIONS.iter().any(|ending| name.ends_with(ending)) && !is_whole_department
}

/// Whether the organizer signs as the standing office of a co-ordinating body (防汛办, 安委会办公室).
fn coordinates(member: &Named<'_>) -> bool {
    const GENERAL: &[&str] =
        &["委办", "政府办", "党办", "两办", "人大办", "政协办", "编办", "网信办", "巡察办"];
    let Some(typed) = member.item.organizer.as_deref().map(fold) else { return false };
    typed.split(['(', ')']).any(|part| {
        let part = part.strip_suffix("公室").unwrap_or(part);
        let is_general = GENERAL.iter().any(|general| part.ends_with(general)) && !part.ends_with("安委办");
        part.ends_with('办') && !is_general
            || ["领导小组", "指挥部", "联席会议"].iter().any(|body| part.contains(body))
    })
}

/// What the organizer does: the work of the hat it signs with, else everything its unit does.
fn work_of<'m>(member: &'m Named<'_>, lexicon: &'m Lexicon) -> &'m [u32] {
    typed_department(member, lexicon)
        .map_or(member.functions, |number| &lexicon.departments.department(number).functions)
}

fn is_office(member: &Named<'_>, function: &str, lexicon: &Lexicon) -> bool {
    work_of(member, lexicon).iter().any(|&number| lexicon.departments.function_name(number) == function)
}

/// Whether the organizer has no field of its own: a general office, or nobody that the lexicon knows.
fn is_general(member: &Named<'_>, lexicon: &Lexicon) -> bool {
    work_of(member, lexicon)
        .iter()
        .all(|&number| ["党办", "政府办"].contains(&lexicon.departments.function_name(number)))
}
