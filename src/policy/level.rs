//! The levels of every comparison: one table, so that the whole model can be read at a glance.

use crate::model::evidence::Aspect;

macro_rules! levels {
    ($($(#[$doc:meta])* $variant:ident, $aspect:ident, $key:literal, $zh:literal, $matter:literal, $visit:literal;)*) => {
        /// A level that a comparison can reach.
        ///
        /// Each level carries two log2 Bayes factors in bits: one for the hypothesis that both items
        /// are one *matter* (duplicate, split, covered), one for the hypothesis that they make one
        /// *visit* (joint).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Level {
            $($(#[$doc])* $variant,)*
        }

        impl Level {
            /// All levels, in the order of their discriminants.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The comparison the level belongs to.
            #[must_use]
            pub const fn aspect(self) -> Aspect {
                match self { $(Self::$variant => Aspect::$aspect,)* }
            }

            /// The key in policies and plans.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }

            /// The level in Chinese.
            #[must_use]
            pub const fn label_zh(self) -> &'static str {
                match self { $(Self::$variant => $zh,)* }
            }

            /// Shipped weight in bits for the *matter* hypothesis.
            #[must_use]
            pub const fn matter_bits(self) -> f64 {
                match self { $(Self::$variant => $matter,)* }
            }

            /// Shipped weight in bits for the *visit* hypothesis.
            #[must_use]
            pub const fn visit_bits(self) -> f64 {
                match self { $(Self::$variant => $visit,)* }
            }
        }
    };
}

levels! {
    /// Names equal after standardisation.
    NameIdentical, Name, "name_identical", "名称相同", 8.5, 1.5;
    /// Weighted Dice of the names' tokens at least 0.80.
    NameVeryClose, Name, "name_very_close", "名称极为相近", 6.5, 1.0;
    /// At least 0.62.
    NameClose, Name, "name_close", "名称相近", 4.8, 0.5;
    /// At least 0.45.
    NameSimilar, Name, "name_similar", "名称相似", 3.0, 0.3;
    /// At least 0.28.
    NameSome, Name, "name_some", "名称有相同用词", 1.2, 0.0;
    /// At least 0.12.
    NameLittle, Name, "name_little", "名称少有相同用词", -0.8, 0.0;
    /// Below 0.12.
    NameNone, Name, "name_none", "名称无相同用词", -1.5, 0.0;

    /// Hardly a common word, but the lexicon or the other's content tells why.
    NameExplained, Name, "name_explained", "名称用词不同,词库或内容可对应", 0.0, 0.0;
    /// A name that says no more than where (养老机构), or nothing (常规检查).
    NameHollow, Name, "name_hollow", "一方名称未写明事项", 0.0, 0.0;
    /// One name's wording is part of the other's.
    NameContained, Name, "name_contained", "一方名称包含另一方", 2.5, 0.3;

    /// Both names speak of the same concepts.
    ConceptSame, Concept, "same_concept", "主题相同", 5.5, 0.5;
    /// The same concepts, which are less than 0.4 of one name.
    ConceptSameAside, Concept, "same_concept_aside", "主题相同,但只占名称一部分", 4.7, 0.5;
    /// The same concepts, however little of the names they are, at the same units or at some of them, by different
    /// organizers.
    ConceptSameUnits, Concept, "same_concept_units", "主题相同,受检单位相合", 6.5, 0.5;
    /// One name speaks of all concepts of the other and of more.
    ConceptContained, Concept, "concept_contained", "主题包含", 3.5, 0.3;
    /// The same, by one organizer and at the same units or at some of them: a name that lists matters, and one of them.
    ConceptListed, Concept, "concept_listed", "主题包含,受检单位相合", 5.0, 0.3;
    /// Some concepts shared, each name has others too.
    ConceptShared, Concept, "concept_shared", "主题部分相同", 0.8, 0.0;
    /// One name's concept is a kind or part of the other's by the lexicon.
    ConceptNested, Concept, "concept_nested", "主题为上下位或组成关系", 3.0, 0.0;
    /// Different concepts below one wider concept or whole.
    ConceptSibling, Concept, "concept_sibling", "主题同属一类而不同", -1.0, 0.0;
    /// Not related by the lexicon, but the content of one names the other's.
    ConceptNamed, Concept, "concept_named", "主题不同,但一方内容列明另一方", 0.0, 0.0;
    /// Concepts on both sides, not related.
    ConceptUnrelated, Concept, "concept_unrelated", "主题不同", -3.5, 0.0;
    /// Not related by the lexicon, but concepts are less than 0.4 of one name.
    ConceptAside, Concept, "concept_aside", "主题不同,但非名称主体", -2.0, 0.0;
    /// No concept recognised on one side.
    ConceptUnknown, Concept, "concept_unknown", "词库未收主题", 0.0, 0.0;

    /// The content of one names the other's matter as a part.
    ContentNamesConcept, Content, "content_names_concept", "一方内容列明另一方主题", 6.5, 0.3;
    /// At least 0.65 of one name's wording stands in the other's content.
    ContentNamesWords, Content, "content_names_words", "一方内容含另一方名称用词", 3.5, 0.2;
    /// At least 0.42 of one name's wording stands in the other's content.
    ContentHalf, Content, "content_half", "一方内容含另一方部分用词", 3.0, 0.0;
    /// Weighted Dice of contents and target phrases at least 0.25, or 0.35 of the shorter one in the other, and the
    /// common words weigh at least 14 bits.
    ContentClose, Content, "content_close", "内容相近", 4.0, 0.3;
    /// Dice at least 0.33, or 0.50 of the shorter one, and the common words weigh at least 42 bits.
    ContentVeryClose, Content, "content_very_close", "内容高度重合", 5.5, 0.5;
    /// [`ContentClose`](Self::ContentClose) or [`ContentVeryClose`](Self::ContentVeryClose), and one name says its
    /// matter in no word of the lexicon, and in hardly one of the other's (脚底下的安全): different
    /// organizers ask the same units the same at one time.
    ContentTells, Content, "content_tells", "名称未写明主题,但内容相近、单位与时间相合", 7.0, 0.5;
    /// Dice at least 0.13, or 0.20 of the shorter one, and 14 bits.
    ContentOverlap, Content, "content_overlap", "内容有重合", 3.0, 0.2;
    /// Dice at least 0.09, or 0.13 of the shorter one, and 14 bits.
    ContentSome, Content, "content_some", "内容略有重合", 0.8, 0.0;
    /// Both contents given, hardly a common word.
    ContentDifferent, Content, "content_different", "内容不同", -1.0, 0.0;
    /// One content is missing, and the other does not name that item's matter.
    ContentUnknown, Content, "content_unknown", "内容不足以比较", 0.0, 0.0;

    /// The names carry contrasting words (入河 / 入海) in the same place.
    ObjectContrast, Object, "object_contrast", "对象用词相对", -8.0, -3.0;
    /// Words for subsets of one kind of target (公办 / 民办).
    ObjectSubset, Object, "object_subset", "对象为不同子集", -2.5, -2.0;
    /// Different numbers or quoted names.
    ObjectDiffers, Object, "object_differs", "数字或专名不同", -0.5, 0.0;
    /// The same quoted name.
    ObjectSame, Object, "object_same", "专名相同", 2.0, 0.0;
    /// No object word.
    ObjectNone, Object, "object_none", "无对象用词", 0.0, 0.0;

    /// The same specific venue type.
    VenueSame, Venue, "venue_same", "场所类型相同", 1.5, 9.0;
    /// One specific venue type within the other.
    VenueNested, Venue, "venue_nested", "场所类型为包含关系", 1.0, 7.5;
    /// One of several venue types shared.
    VenueShared, Venue, "venue_shared", "场所类型部分相同", 0.3, 5.3;
    /// The same specific venue type or one within the other, proposed by one organizer, and nothing says that
    /// the matters differ.
    VenueOwn, Venue, "venue_own", "同一单位检查同类场所", 4.0, 9.0;
    /// The same operators by the roster, whatever they are called.
    VenueUnits, Venue, "venue_units", "受检场所相同", 1.0, 7.5;
    /// The same broad class (企业, 学校).
    VenueBroad, Venue, "venue_broad", "同属一大类场所", 0.2, -2.0;
    /// Venue types on both sides, not related.
    VenueDifferent, Venue, "venue_different", "场所类型不同", -5.0, -9.0;
    /// Different venue types, proposed by one organizer: it may have cut one matter by target.
    VenueSubsets, Venue, "venue_subsets", "同一单位按场所拆分", 0.0, -9.0;
    /// A venue on one side, government units on the other.
    VenueAgainstGroup, Venue, "venue_against_group", "一方为场所、一方为机关单位", -3.5, -9.0;
    /// Venues along with government units on one side at least.
    VenueMixed, Venue, "venue_mixed", "场所与机关单位并列", 0.0, -9.0;
    /// No venue type.
    VenueNone, Venue, "venue_none", "不涉及场所类型", 0.0, -9.0;

    /// The same units.
    TargetsEqual, Targets, "targets_equal", "受检单位相同", 1.8, 2.5;
    /// One set of units within the other.
    TargetsNested, Targets, "targets_nested", "受检单位为包含关系", 0.9, 1.8;
    /// At least half of the smaller set shared.
    TargetsOverlap, Targets, "targets_overlap", "受检单位大部重合", 0.5, 0.5;
    /// Less than half shared.
    TargetsPartly, Targets, "targets_partly", "受检单位少量重合", -1.5, -1.5;
    /// No unit shared, both sets sure, neither inside what the other governs.
    TargetsDisjoint, Targets, "targets_disjoint", "受检单位不重合", -9.0, -9.0;
    /// No unit shared, planned by different authorities.
    TargetsElsewhere, Targets, "targets_elsewhere", "受检单位分属两地", -18.0, -18.0;
    /// No unit shared, proposed by one organizer: it may have cut one matter by target.
    TargetsSubsets, Targets, "targets_subsets", "同一单位按对象拆分", 0.0, -9.0;
    /// Not known on one side.
    TargetsUnknown, Targets, "targets_unknown", "受检单位不明", 0.0, 0.0;

    /// The same unit proposes both.
    OrganizerSame, Organizer, "organizer_same", "主办单位相同", 1.6, -4.0;
    /// One names the other among its supporting units.
    OrganizerCo, Organizer, "organizer_co", "一方为另一方配合单位", 1.5, 1.5;
    /// Units of one line of work.
    OrganizerRelated, Organizer, "organizer_related", "主办单位同属一系统", 0.8, -1.0;
    /// Different units.
    OrganizerDifferent, Organizer, "organizer_different", "主办单位不同", -0.6, 0.5;
    /// Not known on one side.
    OrganizerUnknown, Organizer, "organizer_unknown", "主办单位不明", 0.0, -1.0;

    /// The same kind of activity.
    KindSame, Kind, "kind_same", "类别相同", 0.3, 0.3;
    /// Kinds that may ask the same thing (督查 / 检查).
    KindAkin, Kind, "kind_akin", "类别相近", 0.0, 0.0;
    /// One scores a result, the other checks.
    KindScoring, Kind, "kind_scoring", "一方为考核评分", -9.0, -6.0;
    /// One scores, the other checks, and one names the other as its part or stage.
    KindOfPart, Kind, "kind_of_part", "类别不同,但一方列明另一方", -0.5, -6.0;
    /// One scores from April to October, the other checks, and their windows meet: no result of a year is scored.
    KindAlongside, Kind, "kind_alongside", "一方为考核评分,但同期进行、不待年终", -0.5, -1.0;
    /// A research visit against an inspection.
    KindResearch, Kind, "kind_research", "一方为调研", -6.0, -9.0;

    /// The windows meet.
    WindowMeets, Window, "window_meets", "时间可衔接", 0.4, 0.6;
    /// The windows do not meet.
    WindowApart, Window, "window_apart", "时间不相遇", -1.0, -9.0;
    /// They do not, by a month at most.
    WindowNear, Window, "window_near", "时间相邻", 0.0, -9.0;
    /// The names speak of different rounds of one year (春季 / 秋季).
    WindowRounds, Window, "window_rounds", "分轮次", 0.5, -2.0;
    /// One says no months: it goes all year, each quarter or as need be, and has its own rhythm.
    WindowLoose, Window, "window_loose", "时间未定", 0.0, -1.0;
    /// One says nothing of time: the office that plans may choose it.
    WindowUnknown, Window, "window_unknown", "时间不明", 0.0, 0.0;

    /// A numbered document cited by both and by few others.
    BasisDocument, Basis, "basis_document", "依据同一文件", 7.5, 0.5;
    /// A law or regulation cited by both and by few others.
    BasisSame, Basis, "basis_same", "依据同一法律法规", 3.0, 0.0;
    /// A document cited by both, which one organizer cites often.
    BasisOwn, Basis, "basis_own", "同一单位引用相同依据", 0.8, 0.0;
    /// A numbered document cited by both, proposed by one organizer.
    BasisOwnDocument, Basis, "basis_own_document", "同一单位依据同一文件", 2.5, 0.0;
    /// Nothing cited by both.
    BasisOther, Basis, "basis_other", "依据不同或不明", 0.0, 0.0;

    /// Both go to the site, or nothing else is said.
    MethodSite, Method, "method_site", "方式相容", 0.0, 0.0;
    /// One is done on paper or by data only.
    MethodRemote, Method, "method_remote", "一方以书面或数据为主", -0.5, -6.0;

    /// The notes or content of one says that it goes with the other.
    NotesTogether, Notes, "notes_together", "备注写明与对方结合", 7.0, 3.0;
    /// The notes of one name the other's organizer as one to go with (随文旅同去).
    NotesPartner, Notes, "notes_partner", "备注写明与对方单位同去", 3.0, 4.5;
    /// The same, and both go to the same units and can go at one time.
    NotesCompany, Notes, "notes_company", "备注写明与对方单位同去,单位与时间相合", 4.5, 8.0;
    /// One says that it asks what another item of its organizer asks (与农村检查同一套标准).
    NotesSame, Notes, "notes_same", "写明与另一事项内容相同", 5.0, 0.0;
    /// The notes of one mention the other's organizer (台账用工信局的).
    NotesMention, Notes, "notes_mention", "备注提到对方单位", 3.0, 3.0;
    /// The notes of one say that the other stays separate.
    NotesSeparate, Notes, "notes_separate", "备注写明对方单独开展", -8.0, -8.0;
    /// The notes of one say that it stays on its own (单列).
    NotesAlone, Notes, "notes_alone", "备注写明单列", -3.0, -1.0;
    /// Nothing said.
    NotesSilent, Notes, "notes_silent", "备注未提及", 0.0, 0.0;
}

impl Level {
    /// Whether both names speak of the same concepts.
    #[must_use]
    pub const fn is_same_concept(self) -> bool {
        matches!(self, Self::ConceptSame | Self::ConceptSameAside | Self::ConceptSameUnits)
    }

    /// The level with that key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|level| level.key() == key)
    }
}
