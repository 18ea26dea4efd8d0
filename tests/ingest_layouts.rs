//! Layouts of real sheets, as CSV: headers, titles, headings, sub-rows, notes, several tables.

use tongchou::ingest::{Limits, Submissions, read_bytes};
use tongchou::model::diagnostic::Severity;
use tongchou::model::item::{Field, InferredFrom, Item};

fn read(name: &str, text: &str) -> Submissions {
    read_bytes(name, text.as_bytes(), &Limits::default())
}

fn names(submissions: &Submissions) -> Vec<&str> {
    submissions.items.iter().map(|item| item.name.as_str()).collect()
}

fn codes(submissions: &Submissions) -> Vec<(u32, &str)> {
    submissions.diagnostics.iter().map(|message| (message.source.row, message.code.as_str())).collect()
}

fn only(text: &str) -> Item {
    let read = read("a.csv", text);
    assert_eq!(read.items.len(), 1, "{read:#?}");
    read.items[0].clone()
}

/// Headers seen in published plans, by what they mean.
const SEEN: [(Field, &str); 12] = [
    (
        Field::Name,
        "事项名称|任务名称|抽查任务名称|抽查任务 名称|联合抽查任务名称|抽查事项|抽查 事项|抽查事项名称|检查事项|行政检查事项|联合抽查事项|年度计划名称|计划名称|本部门计划名称|抽查项目|考核项目|《联合事项清单》事项名称|抽查清单事项|督查检查考核事项名称|权责清单事项",
    ),
    (
        Field::Content,
        "检查内容|抽查内容|检查内容(项目)|具体内容|督查内容|考核内容|考核指标|参与部门的检查内容(检查事项)|主要内容",
    ),
    (
        Field::Organizer,
        "检查主体|抽查主体|抽查主体(层级)|实施主体|实施单位|实施部门|发起部门|发起 部门|牵头部门|牵头单位|检查部门及实施层级|承办机构|行政执法机关|负责考核部门|主办单位|责任单位",
    ),
    (Field::CoOrganizers, "配合部门|参与部门|联查部门|联合部门|联合处室|备注(联查部门)|配合单位"),
    (
        Field::Targets,
        "检查对象|检查 对象|抽查对象|抽查对象范围|检查对象范围|联查对象|监督检查对象|对象范围|具体检查对象(含数量)或“双随机”抽查对象(含总数及比例)|检查地域|涉及对象|对象",
    ),
    (
        Field::Ratio,
        "抽查比例|检查比例|抽查 比例 (数量)|抽查比例及频次|抽查比例和频次|抽查基数|抽查基数(户)|检查对象基数|管理对象基数|抽查数量|抽查户数|抽查目标数|预估抽查对象数|拟抽查对象数(户)|大约抽取的检查对象数量|抽取对象数量(家)|范围和数量",
    ),
    (
        Field::Frequency,
        "抽查频次|抽查频率|抽查周期|检查频次|检查频次(上限)|检查频次上限|检查频次和上限|检查周期|次数|频次",
    ),
    (
        Field::Schedule,
        "检查时间|抽查时间|抽查时间段|时间安排|检查时间安排|初步检查时间|实施时间|拟实施时间|计划开展时间|任务日期|任务期限|起止时间|抽查检查起止时间|抽取时间自|抽取时间至|开始时间|结束时间|完成时限|抽查完成时限|时间",
    ),
    (Field::Basis, "检查依据|抽查依据|实施依据|制定任务依据|依据|依据(文件名称及文号)"),
    (
        Field::Method,
        "检查方式|抽查方式|抽查检查模式|随机抽查方式|开展方式|发起方式(牵头指导单位)|方式|方式方法",
    ),
    (
        Field::Kind,
        "检查类型(日常/专项)|检查类别|抽查类型|任务类型 (定向/不定向)|类别|事项类别|督查/检查/考核",
    ),
    (
        Field::Notes,
        "是否双随机一公开|是否涉企|实施层级|组织层级|抽查层级|实施层级及说明|市县统一实施或市县分别实施|信用风险等级(低、一般、较高、高)|信用风险分类监管要求|智慧监管(信用风险分类)要求|预估抽查对象风险等级|检查标准|检查要求|专项检查计划|责任分工|备注|股室|执行股室|检查股站|责任科室|执行科室|联络股室(单位)|分配任务的处(科)室|发起局/科室|抽查领域|行业|是否联合检查|是否属跨部门联合检查(如是,需写明牵头部门和配合部门)|其他说明",
    ),
];

#[test]
fn headers_seen_in_published_plans_are_known() {
    for (field, headers) in SEEN {
        for header in headers.split('|') {
            let other = if field == Field::Name { "监督检查对象" } else { "事项名称" };
            let value = if field == Field::Kind { "检查" } else { "甲检查" };
            let read = read("a.csv", &format!("\"{other}\",\"{header}\"\n乙检查,{value}\n"));
            let column = &read.mappings[0].columns[1];
            assert_eq!(column.field, Some(field), "{header}");
        }
    }
}

#[test]
fn numbering_people_and_signatures_are_ignored_and_unknown_columns_kept() {
    let item = only(
        "序 号,检查事项,联系人及电话,信用风险等级,自定义栏,填报时间,\n1,甲检查,张三 138,低,某值,1月3日,无头\n",
    );
    assert_eq!(item.notes.as_deref(), Some("信用风险等级:低；自定义栏:某值；无头"));
    let read = read("a.csv", "序号,检查事项,联系电话,自定义栏\n1,甲检查,1,某值\n");
    let fields: Vec<_> = read.mappings[0].columns.iter().map(|column| column.field).collect();
    assert_eq!(fields, [None, Some(Field::Name), None, None]);
}

#[test]
fn two_header_rows_without_merges() {
    let item = only(
        "某局计划\n序号,抽查项目,,抽取时间,,责任单位,,频次和比例,\n,抽查类别,抽查事项,自,至,牵头单位,参与部门,检查频次,检查比例\n\
         1,食品安全,食堂检查,3月,5月,教育局,卫健局,2次,10%\n",
    );
    assert_eq!(item.name, "食堂检查");
    assert_eq!(item.kind, None);
    assert_eq!(item.schedule.as_deref(), Some("3月至5月"));
    assert_eq!(item.organizer.as_deref(), Some("教育局"));
    assert_eq!(item.co_organizers, ["卫健局"]);
    assert_eq!((item.frequency.as_deref(), item.ratio.as_deref()), (Some("2次"), Some("10%")));
    assert_eq!(item.notes.as_deref(), Some("抽查类别:食品安全"));
}

#[test]
fn numbers_bases_and_shares_join_into_the_ratio() {
    let ratio = |text: &str| only(text).ratio;
    assert_eq!(ratio("事项名称,抽查比例\n甲检查,0.2\n").as_deref(), Some("20%"));
    assert_eq!(ratio("事项名称,抽查比例\n甲检查,1\n").as_deref(), Some("100%"));
    assert_eq!(ratio("事项名称,抽查比例\n甲检查,15\n").as_deref(), Some("15"));
    assert_eq!(
        ratio("事项名称,抽查基数(户),抽查户数,抽查比例\n甲检查,100,10,10%\n").as_deref(),
        Some("10%；10户；基数100户")
    );
    assert_eq!(ratio("事项名称,抽查数量\n甲检查,约27家\n").as_deref(), Some("约27家"));
    let item = only("事项名称,抽查基数\n甲检查,100\n");
    assert_eq!((item.ratio, item.notes.as_deref()), (None, Some("基数:100家")));
    let item = only("事项名称,抽查比例及频次\n甲检查,3%;2次/年\n");
    assert_eq!((item.ratio.as_deref(), item.frequency.as_deref()), (Some("3%;2次/年"), Some("3%;2次/年")));
}

#[test]
fn several_columns_of_one_field_are_joined() {
    let item = only(
        "事项名称,检查内容,具体内容,检查对象,检查地域,牵头部门,检查主体\n甲检查,查台账,查现场,企业,全县,教育局,县教育局督导室\n",
    );
    assert_eq!(item.content.as_deref(), Some("查台账；查现场"));
    assert_eq!(item.targets, ["企业", "全县"]);
    assert_eq!(item.organizer.as_deref(), Some("教育局"));
    assert_eq!(item.notes.as_deref(), Some("检查主体:县教育局督导室"));
}

#[test]
fn sub_rows_continue_the_item_above() {
    let read = read(
        "a.csv",
        "序号,事项名称,检查对象,检查内容,时间\n1,甲检查,学校,查台账,3月\n,,幼儿园,查食堂,\n,,,查校车,\n2,乙检查,医院,查药,\n\n,,诊所,查证,\n",
    );
    assert_eq!(names(&read), ["甲检查", "乙检查"]);
    assert_eq!(read.items[0].targets, ["学校", "幼儿园"]);
    assert_eq!(read.items[0].content.as_deref(), Some("查台账\n查食堂\n查校车"));
    // A blank row ends the item: what follows belongs to nobody.
    assert_eq!(codes(&read), [(3, "continued_row"), (4, "continued_row"), (7, "missing_name")]);
}

#[test]
fn a_numbered_row_without_name_is_rejected_with_its_place() {
    let read =
        read("县局.csv", "标题\n序号,事项名称,检查对象\n1,甲检查,学校\n2,,医院\n3,/,诊所\n4,,\n5,无,\n");
    assert_eq!(names(&read), ["甲检查"]);
    assert_eq!(codes(&read), [(4, "missing_name"), (5, "missing_name"), (6, "number_only"), (7, "nil_row")]);
    let message = &read.diagnostics[0];
    assert_eq!(message.severity, Severity::Rejected);
    assert_eq!((message.column, message.field), (Some(2), Some(Field::Name)));
    assert_eq!(message.found, "2 | 医院");
    assert!(read.diagnostics[2].severity == Severity::Info && read.diagnostics[3].severity == Severity::Info);
}

#[test]
fn notes_totals_examples_and_column_numbers_are_no_items() {
    let read = read(
        "a.csv",
        "序号,事项名称,检查对象,检查时间\n栏次,1,2,3\n1,2,3,4\n示例,某某检查,学校,3月\n1,甲检查,学校,3月\n合计,1项,,\n\
         注：以上为计划。,,,\n填报人：张三,,审核人：李四,\n,,,2024年1月3日\n执法大队事项列后,,,\n,填表说明：略,,\n",
    );
    assert_eq!(names(&read), ["甲检查"]);
    assert!(
        read.diagnostics.iter().all(|message| message.severity == Severity::Info),
        "{:#?}",
        read.diagnostics
    );
}

#[test]
fn a_table_without_numbers_keeps_items_that_have_only_a_name() {
    let read = read(
        "a.csv",
        "督查检查考核事项名称,涉及对象,拟实施时间\n甲工作督查,学校,3月\n乙工作\n注:1.略。2.略。\n一、综合类\n",
    );
    assert_eq!(names(&read), ["甲工作督查", "乙工作"]);
    assert_eq!(codes(&read), [(4, "note_row"), (5, "note_row")]);
}

#[test]
fn headings_name_the_organizer_of_what_follows() {
    let read = read(
        "全县汇总.csv",
        "序号,事项名称,检查对象\n一、县教育局（2项）\n1,甲检查,学校\n2,乙检查,学校\n二,县公安局,\n1,丙检查,旅馆\n",
    );
    let organizers: Vec<_> = read.items.iter().map(|item| item.organizer.as_deref().unwrap_or("")).collect();
    assert_eq!(names(&read), ["甲检查", "乙检查", "丙检查"]);
    assert_eq!(organizers, ["县教育局", "县教育局", "县公安局"]);
    assert_eq!(read.items[0].inferred[0].from, InferredFrom::Title);
}

#[test]
fn several_tables_have_their_own_titles_and_columns() {
    let read = read(
        "汇总.csv",
        "县水利局2024年检查计划\n序号,事项名称,对象\n1,甲检查,水库\n\n填报人：张三\n县民政局2024年考核计划\n编号,对象,考核项目,时间\n1,养老院,乙考核,3月\n编号,对象,考核项目,时间\n2,福利院,丙考核,4月\n",
    );
    let found: Vec<_> = read
        .items
        .iter()
        .map(|item| (item.name.as_str(), item.organizer.as_deref().unwrap_or(""), item.targets[0].as_str()))
        .collect();
    assert_eq!(
        found,
        [("甲检查", "县水利局", "水库"), ("乙考核", "县民政局", "养老院"), ("丙考核", "县民政局", "福利院")]
    );
    assert_eq!(read.mappings.len(), 3);
}

#[test]
fn a_missing_organizer_comes_from_the_nearest_place_that_names_one() {
    let from = |name: &str, text: &str| {
        let read = read(name, text);
        let item = read.items[0].clone();
        (item.organizer.unwrap_or_default(), item.inferred.first().map(|inference| inference.from))
    };
    let table = "事项名称,对象\n甲检查,学校\n";
    assert_eq!(
        from("x.csv", &format!("某县教育体育局2024年度督查检查考核计划（定稿）\n{table}")),
        ("某县教育体育局".to_owned(), Some(InferredFrom::Title))
    );
    assert_eq!(
        from("x.csv", &format!("2024年计划\n填报单位：县教育局（盖章）\n{table}")),
        ("县教育局".to_owned(), Some(InferredFrom::Note))
    );
    assert_eq!(
        from("x.csv", &format!("{table}\n填报单位：县教育局,\n")),
        ("县教育局".to_owned(), Some(InferredFrom::Note))
    );
    assert_eq!(
        from("上报/3.县教育局2024年督查检查考核事项申报表(修改稿)2.csv", table),
        ("县教育局".to_owned(), Some(InferredFrom::FileName))
    );
    assert_eq!(from("附件1.csv", table), (String::new(), None));
    // A section alone is better than nothing, and a note otherwise.
    assert_eq!(from("附件1.csv", "事项名称,股室\n甲检查,食品股\n").0, "食品股");
    let item = read("县教育局.csv", "事项名称,股室\n甲检查,基教股\n").items[0].clone();
    assert_eq!((item.organizer.as_deref(), item.notes.as_deref()), (Some("县教育局"), Some("股室:基教股")));
}

#[test]
fn kinds_are_words_of_activity() {
    let kind = |text: &str| (only(text).kind, only(text).notes);
    assert_eq!(kind("事项名称,检查类别\n甲工作,督查\n"), (Some("督查".to_owned()), None));
    assert_eq!(kind("事项名称,任务类型\n甲工作,定向\n"), (None, Some("任务类型:定向".to_owned())));
    assert_eq!(kind("name,kind\n甲工作,别的\n"), (Some("别的".to_owned()), None));
}

#[test]
fn dates_ditto_marks_and_placeholders() {
    let read = read(
        "a.csv",
        "事项名称,检查对象,检查时间,配合部门,备注\n甲检查,学校,45026,公安局,/\n乙检查,同上,2023-05-01 00:00:00,无,——\n",
    );
    assert_eq!(read.items[0].schedule.as_deref(), Some("2023-04-10"));
    assert_eq!(read.items[0].notes, None);
    assert_eq!(read.items[1].schedule.as_deref(), Some("2023-05-01"));
    assert_eq!(read.items[1].targets, ["学校"]);
    assert!(read.items[1].co_organizers.is_empty() && read.items[1].notes.is_none());
}

#[test]
fn tables_that_hold_no_items_are_no_errors() {
    for (name, text, code) in [
        ("expected.csv", "file,sheet,row,item_id\n民委2023.xlsx,Sheet1,3,MZW-01\n", "no_header"),
        ("units.csv", "id,name,aliases,kind,parent,tags\nA,某局,甲|乙,department,,党委\n", "roster_table"),
        ("通讯录.csv", "序号,单位,姓名,职务,联系电话\n1,教育局,张三,局长,1\n", "no_header"),
        ("readme.txt", "请各单位于本周五前报送。\n", "no_header"),
        ("targets.csv", "item_id,unit_id\nA-1,U-1\n", "no_header"),
    ] {
        let read = read(name, text);
        assert!(read.items.is_empty(), "{name}");
        assert_eq!(codes(&read), [(1, code)], "{name}");
        assert!(read.diagnostics[0].severity < Severity::Rejected);
    }
}

#[test]
fn six_fields_without_a_name_take_the_content_for_it() {
    let read = read(
        "a.csv",
        "行政执法机关,检查对象,检查内容,检查依据,检查时间,检查方式\n县农业农村局,农资门店,农药标签检查,《农药管理条例》,3月检查4家,现场\n",
    );
    assert_eq!(names(&read), ["农药标签检查"]);
    assert_eq!(read.items[0].content.as_deref(), Some("农药标签检查"));
    assert_eq!(codes(&read), [(1, "name_from_content")]);
}

#[test]
fn canonical_headers_and_ids() {
    let item = only(
        "id,name,kind,jurisdiction,organizer,co_organizers,targets,schedule,frequency,basis,content,method,ratio,notes\n\
         A-1,甲检查,检查,AL,教育局,公安局;卫健局,学校,3月,1次,依据,内容,方式,10%,备注\n",
    );
    assert_eq!(item.id, "A-1");
    assert_eq!(item.jurisdiction.as_deref(), Some("AL"));
    assert_eq!(item.co_organizers, ["公安局", "卫健局"]);
    assert_eq!(item.notes.as_deref(), Some("备注"));
}
