//! The pool of one planning authority, with what belongs together planted in it.

use crate::random::Random;
use crate::regions::{County, ITEMS, Province, formal};
use crate::stock::{Department, Stock};
use crate::wording::{self, CHECKS, Group};

/// A proposed item before it has an id.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    pub(crate) name: String,
    pub(crate) kind: Option<&'static str>,
    pub(crate) organizer: String,
    pub(crate) targets: String,
    pub(crate) schedule: Option<String>,
    pub(crate) frequency: Option<&'static str>,
    pub(crate) basis: Option<String>,
    pub(crate) content: Option<String>,
    pub(crate) method: Option<&'static str>,
}

/// Items that end as one plan item: the core, then the others with their relation to it.
#[derive(Clone, Debug)]
pub(crate) struct Planted {
    pub(crate) core: usize,
    pub(crate) members: Vec<(usize, &'static str)>,
}

/// The items of a county and what is true of them, by position.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    pub(crate) items: Vec<Draft>,
    pub(crate) groups: Vec<Planted>,
    pub(crate) barred: Vec<(usize, usize)>,
    pub(crate) lookalikes: Vec<(usize, usize)>,
    /// Copies of items of the province: position and number of the province's item.
    pub(crate) copies: Vec<(usize, usize)>,
}

/// Whom an item visits.
#[derive(Clone, Copy, Debug)]
enum Aim {
    Group(Group),
    Venue(u32),
}

/// A matter that a province checks in all its counties.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FromAbove {
    pub(crate) concept: u32,
    group: Group,
    months: (usize, usize),
}

/// Matters, places and aspects that are taken, so that nothing belongs together by accident.
struct Taken {
    concepts: Vec<bool>,
    venues: Vec<bool>,
    /// One department's aspect at two kinds of place is one matter cut by target (拆分).
    aspects: Vec<bool>,
}

impl Taken {
    fn new(stock: &Stock, above: &[FromAbove]) -> Self {
        let mut taken = Self {
            concepts: vec![false; stock.concepts.len()],
            venues: vec![false; stock.venues.len()],
            aspects: vec![false; stock.aspects.len()],
        };
        for matter in above {
            taken.concept(matter.concept, stock);
        }
        taken
    }

    fn free(&self, concept: u32, stock: &Stock) -> bool {
        let entry = &stock.concepts[concept as usize];
        !self.concepts[concept as usize] && entry.places.iter().all(|&venue| !self.venues[venue as usize])
    }

    fn concept(&mut self, concept: u32, stock: &Stock) {
        let entry = &stock.concepts[concept as usize];
        for &kin in &entry.kin {
            self.concepts[kin as usize] = true;
        }
        for &venue in &entry.places {
            self.venue(venue, stock);
        }
    }

    fn venue(&mut self, venue: u32, stock: &Stock) {
        for &kin in &stock.venues[venue as usize].kin {
            self.venues[kin as usize] = true;
        }
    }
}

/// Makes the pool of one county.
pub(crate) struct Maker<'a> {
    stock: &'a Stock,
    province: &'a Province,
    county: &'a County,
    random: Random,
    taken: Taken,
    pool: Pool,
}

/// What a province checks itself.
pub(crate) fn from_above(stock: &Stock, random: &mut Random) -> Vec<FromAbove> {
    let mut taken = Taken::new(stock, &[]);
    for &concept in &stock.everywhere {
        taken.concept(concept, stock);
    }
    let mut matters = Vec::new();
    while matters.len() < 20 {
        let concept = stock.ranking[random.below(stock.ranking.len())];
        if taken.free(concept, stock) && stock.concepts[concept as usize].places.is_empty() {
            taken.concept(concept, stock);
            let first = random.between(3, 8);
            let group = [Group::Townships, Group::All][random.below(2)];
            matters.push(FromAbove { concept, group, months: (first, first + 3) });
        }
    }
    matters
}

impl<'a> Maker<'a> {
    pub(crate) fn new(
        stock: &'a Stock,
        province: &'a Province,
        county: &'a County,
        above: &[FromAbove],
        random: Random,
    ) -> Self {
        let taken = Taken::new(stock, above);
        Self { stock, province, county, random, taken, pool: Pool::default() }
    }

    /// A pool of `items` items; `copies` are the province's matters that the county repeats.
    pub(crate) fn pool(mut self, items: usize, copies: &[(usize, FromAbove)]) -> Pool {
        for &(number, matter) in copies {
            let position = self.copy(matter);
            self.pool.copies.push((position, number));
        }
        let everywhere = &self.stock.everywhere[..self.stock.everywhere.len() * items.min(ITEMS) / ITEMS];
        for &concept in everywhere {
            if self.taken.free(concept, self.stock) {
                self.taken.concept(concept, self.stock);
                let group = self.group();
                if self.random.chance(35) {
                    self.duplicates(concept, Aim::Group(group));
                } else {
                    self.single(concept, Aim::Group(group));
                }
            }
        }
        while self.pool.items.len() + 4 < items {
            match self.random.below(100) {
                0..=9 => self.planted_duplicates(),
                10..=15 => self.split(),
                16..=21 => self.covered(),
                22..=28 => self.joint(),
                29..=33 => self.lookalike(),
                34..=35 => self.barred(),
                _ => self.background(),
            }
        }
        while self.pool.items.len() < items {
            self.background();
        }
        self.pool
    }

    fn concept(&mut self) -> u32 {
        loop {
            let concept = self.stock.ranking[self.random.popular(self.stock.ranking.len())];
            if self.taken.free(concept, self.stock) {
                self.taken.concept(concept, self.stock);
                return concept;
            }
        }
    }

    /// A free narrow venue, led by `lead` if one is left.
    fn venue(&mut self, lead: Option<usize>) -> Option<u32> {
        for _ in 0..60 {
            let venue = self.stock.narrow[self.random.below(self.stock.narrow.len())];
            let entry = &self.stock.venues[venue as usize];
            if !self.taken.venues[venue as usize] && lead.is_none_or(|lead| entry.lead == lead) {
                self.taken.venue(venue, self.stock);
                return Some(venue);
            }
        }
        None
    }

    fn group(&mut self) -> Group {
        [Group::Townships, Group::Townships, Group::Departments, Group::All][self.random.below(4)]
    }

    /// Where a matter is checked: at the places it names, at places of its department, or at units.
    fn aim(&mut self, concept: u32) -> Aim {
        let entry = &self.stock.concepts[concept as usize];
        if let Some(&place) = entry.places.first() {
            return Aim::Venue(place);
        }
        if self.random.chance(40)
            && let Some(venue) = self.venue(Some(entry.lead))
        {
            return Aim::Venue(venue);
        }
        Aim::Group(self.group())
    }

    fn form(&mut self, concept: u32) -> &'a str {
        let forms = &self.stock.concepts[concept as usize].forms;
        &forms[self.random.popular(forms.len())]
    }

    fn targets(&mut self, aim: Aim) -> String {
        match aim {
            Aim::Group(group) => group.phrase(self.county.kind, &mut self.random),
            Aim::Venue(venue) => {
                let forms = &self.stock.venues[venue as usize].forms;
                let form = &forms[self.random.popular(forms.len())];
                wording::places(form, self.county.kind, &mut self.random)
            }
        }
    }

    fn organizer(&mut self, department: usize) -> String {
        let department: &Department = &self.stock.departments[department];
        match self.random.below(6) {
            0 => format!("{}{}", self.county.name, department.name),
            1 => department.name.clone(),
            2 if !department.aliases.is_empty() => {
                department.aliases[self.random.below(department.aliases.len())].clone()
            }
            _ => formal(self.county, department),
        }
    }

    /// An item on a matter; its window is `months`.
    fn draft(&mut self, matter: &str, department: usize, aim: Aim, months: (usize, usize)) -> Draft {
        let kind = CHECKS[self.random.below(CHECKS.len())];
        let mut name = wording::title(matter, kind, &self.county.name, &mut self.random);
        if self.random.chance(4) {
            name = wording::slip(&name, &mut self.random);
        }
        let number = self.random.below(1 << 16);
        let random = &mut self.random;
        let basis = random.chance(60).then(|| wording::document(matter, &self.province.name, number, random));
        let content = random.chance(70).then(|| wording::content(matter, random));
        let schedule = random.chance(92).then(|| wording::months(months.0, months.1, random));
        Draft {
            name,
            kind: random.chance(50).then_some(kind),
            frequency: random.chance(70).then(|| wording::frequency(random)),
            method: random
                .chance(30)
                .then(|| random.pick(&["现场检查", "实地查看、查阅资料", "听取汇报、现场抽查"])),
            basis,
            content,
            schedule,
            organizer: self.organizer(department),
            targets: self.targets(aim),
        }
    }

    fn push(&mut self, draft: Draft) -> usize {
        self.pool.items.push(draft);
        self.pool.items.len() - 1
    }

    fn window(&mut self) -> (usize, usize) {
        let first = self.random.between(1, 11);
        (first, (first + self.random.below(5)).min(12))
    }

    fn lead(&self, concept: u32) -> usize {
        self.stock.concepts[concept as usize].lead
    }

    fn single(&mut self, concept: u32, aim: Aim) -> usize {
        let (window, lead, form) = (self.window(), self.lead(concept), self.form(concept));
        let draft = self.draft(form, lead, aim, window);
        self.push(draft)
    }

    fn background(&mut self) {
        let concept = self.concept();
        let aim = self.aim(concept);
        self.single(concept, aim);
    }

    fn planted_duplicates(&mut self) {
        let concept = self.concept();
        let aim = self.aim(concept);
        self.duplicates(concept, aim);
    }

    /// 重复: one matter two or three times in other words, also by another department.
    fn duplicates(&mut self, concept: u32, aim: Aim) {
        let core = self.single(concept, aim);
        let members = (0..self.random.between(1, 2)).map(|_| (self.single(concept, aim), "duplicate"));
        let members: Vec<_> = members.collect();
        let Draft { basis, schedule, .. } = self.pool.items[core].clone();
        for &(member, _) in &members {
            // The same basis in half of the cases, and windows that meet.
            if self.random.chance(50) {
                self.pool.items[member].basis.clone_from(&basis);
            }
            self.pool.items[member].schedule.clone_from(&schedule);
            if self.random.chance(30) {
                let other = self.stock.ordinary[self.random.below(self.stock.ordinary.len())];
                self.pool.items[member].organizer = self.organizer(other);
            }
        }
        self.pool.groups.push(Planted { core, members });
    }

    /// 拆分: one department cuts a matter into rounds.
    fn split(&mut self) {
        let concept = self.concept();
        let aim = self.aim(concept);
        let (lead, form) = (self.lead(concept), self.form(concept));
        let rounds: &[(&str, (usize, usize))] = match self.random.below(4) {
            0 => &[("上半年", (4, 5)), ("下半年", (9, 10))],
            1 => &[("春季", (3, 4)), ("秋季", (9, 10))],
            2 => &[("第一批", (3, 4)), ("第二批", (6, 7)), ("第三批", (10, 11))],
            _ => &[("一季度", (2, 3)), ("二季度", (5, 6)), ("三季度", (8, 9)), ("四季度", (11, 12))],
        };
        let organizer = self.organizer(lead);
        let positions: Vec<usize> = rounds
            .iter()
            .map(|&(round, months)| {
                let mut draft = self.draft(&format!("{round}{form}"), lead, aim, months);
                draft.organizer.clone_from(&organizer);
                self.push(draft)
            })
            .collect();
        let members = positions[1..].iter().map(|&position| (position, "split")).collect();
        self.pool.groups.push(Planted { core: positions[0], members });
    }

    /// 覆盖: a wider matter that names its parts, and items on the parts.
    fn covered(&mut self) {
        if self.stock.wholes.is_empty() {
            return;
        }
        let whole = self.stock.wholes[self.random.below(self.stock.wholes.len())];
        if !self.taken.free(whole, self.stock) {
            return self.background();
        }
        let parts = &self.stock.concepts[whole as usize].parts;
        let own: Vec<u32> =
            parts.iter().copied().filter(|&part| self.taken.free(part, self.stock)).take(2).collect();
        self.taken.concept(whole, self.stock);
        let (group, window, lead) = (self.group(), (4, 9), self.lead(whole));
        let form = self.form(whole);
        let mut core = self.draft(form, lead, Aim::Group(group), window);
        let named: Vec<&str> =
            own.iter().map(|&part| self.stock.concepts[part as usize].forms[0].as_str()).collect();
        if !named.is_empty() {
            core.content = Some(format!("检查{}等{form}各项工作落实情况。", named.join("、")));
        }
        let core = self.push(core);
        let mut members = Vec::new();
        for part in own {
            let (lead, form) = (self.lead(part), self.form(part));
            let narrower =
                if group == Group::All && self.random.chance(50) { Group::Townships } else { group };
            let draft = self.draft(form, lead, Aim::Group(narrower), (5, 6));
            members.push((self.push(draft), "covered"));
        }
        if !members.is_empty() {
            self.pool.groups.push(Planted { core, members });
        }
    }

    /// 联合: several departments at one kind of place, windows that meet.
    fn joint(&mut self) {
        if self.taken.aspects.iter().all(|&taken| taken) {
            return self.background();
        }
        let Some(venue) = self.venue(None) else { return self.background() };
        let entry = &self.stock.venues[venue as usize];
        let first = self.random.between(3, 8);
        let mut departments = vec![entry.lead];
        let form = entry.forms[self.random.popular(entry.forms.len())].clone();
        let own = self.random.pick(&["服务质量", "规范管理", "经营行为", "运行管理"]);
        let core = self.draft(&format!("{form}{own}"), entry.lead, Aim::Venue(venue), (first, first + 2));
        let core = self.push(core);
        let mut members = Vec::new();
        for _ in 0..self.random.between(1, 3) {
            let all = self.stock.aspects.iter().zip(&self.taken.aspects).enumerate();
            let free =
                all.filter(|(_, (aspect, taken))| !**taken && !departments.contains(&aspect.department));
            let free: Vec<usize> = free.map(|(number, _)| number).collect();
            if free.is_empty() {
                break;
            }
            let number = free[self.random.below(free.len())];
            let aspect = &self.stock.aspects[number];
            self.taken.aspects[number] = true;
            departments.push(aspect.department);
            let form = &entry.forms[self.random.popular(entry.forms.len())];
            let window = (first + self.random.below(3), first + 2 + self.random.below(3));
            let draft =
                self.draft(&format!("{form}{}", aspect.name), aspect.department, Aim::Venue(venue), window);
            members.push((self.push(draft), "joint"));
        }
        if !members.is_empty() {
            self.pool.groups.push(Planted { core, members });
        }
    }

    /// 不合并: one word apart, all else alike.
    fn lookalike(&mut self) {
        if self.stock.lookalikes.is_empty() {
            return;
        }
        let pair = &self.stock.lookalikes[self.random.below(self.stock.lookalikes.len())];
        let speaks_of = || pair.named.iter().chain([&pair.concept]).copied();
        if !speaks_of().all(|concept| self.taken.free(concept, self.stock)) {
            return self.background();
        }
        for concept in speaks_of() {
            self.taken.concept(concept, self.stock);
        }
        let (lead, window, group) = (self.lead(pair.concept), self.window(), self.group());
        let name = self.stock.concepts[pair.concept as usize].forms[0].clone();
        let first = self.draft(&name, lead, Aim::Group(group), window);
        let mut second = self.draft(&pair.other, lead, Aim::Group(group), window);
        second.organizer.clone_from(&first.organizer);
        let pair = (self.push(first), self.push(second));
        self.pool.lookalikes.push(pair);
    }

    /// 不得合并: an ordinary item and a protected one on the same matter.
    fn barred(&mut self) {
        let concept = self.concept();
        let group = self.group();
        let ordinary = self.single(concept, Aim::Group(group));
        let (form, lead, window) = (self.form(concept).to_owned(), self.lead(concept), self.window());
        let mut protected = self.draft(&form, lead, Aim::Group(group), window);
        protected.kind = None;
        protected.name = match self.random.below(4) {
            0 => format!("{form}投诉举报核查"),
            1 => format!("{form}问题整改复查"),
            2 => format!("{form}飞行检查"),
            _ => format!("{form}违法案件查处"),
        };
        let protected = self.push(protected);
        self.pool.barred.push((ordinary, protected));
    }

    /// A county's own item on a matter of its province.
    fn copy(&mut self, matter: FromAbove) -> usize {
        let (lead, form) = (self.lead(matter.concept), self.form(matter.concept));
        let draft = self.draft(form, lead, Aim::Group(matter.group), matter.months);
        self.push(draft)
    }

    /// The province's item on a matter, over all counties and their townships.
    pub(crate) fn of_province(
        stock: &'a Stock,
        province: &'a Province,
        matter: FromAbove,
        random: Random,
    ) -> Draft {
        let office = County { id: province.id.clone(), name: province.name.clone(), kind: '省' };
        let mut maker = Maker::new(stock, province, &office, &[], random);
        let (lead, form) = (maker.lead(matter.concept), maker.form(matter.concept));
        let mut draft = maker.draft(form, lead, Aim::Group(matter.group), matter.months);
        draft.targets = match matter.group {
            Group::All => "各县（市、区）、乡镇（街道），省直各部门".to_owned(),
            _ => "全省各县（市、区）及乡镇（街道）".to_owned(),
        };
        draft.organizer = format!("省{}", stock.departments[lead].name);
        draft
    }
}
