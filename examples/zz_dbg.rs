use tongchou::*;
use tongchou::evaluate::Truth;
use tongchou::targets::UnitGraph;
use std::collections::*;
fn main(){
  let a:Vec<String>=std::env::args().collect();
  let dir=&a[1]; let mode=&a[2];
  let items:Vec<Item>=std::fs::read_to_string(format!("{dir}/items.jsonl")).unwrap().lines().map(|l|serde_json::from_str(l).unwrap()).collect();
  let truth=Truth::from_json(&std::fs::read_to_string(format!("{dir}/truth.json")).unwrap()).unwrap();
  let c=Consolidator::new(Policy::default()).unwrap();
  let units=std::fs::read(format!("{dir}/units.csv")).ok().map(|b|UnitGraph::from_csv(&b,c.lexicon()).unwrap().0);
  let mut input=Input::new(items.clone()); if let Some(u)=&units{input=input.with_units(u);}
  let plan=c.consolidate(input.clone()).unwrap();
  let by:BTreeMap<&str,&Item>=items.iter().map(|i|(i.id.as_str(),i)).collect();
  let mut gt:BTreeMap<&str,usize>=BTreeMap::new();
  let mut rel:BTreeMap<(String,String),String>=BTreeMap::new();
  for(n,g) in truth.groups.iter().enumerate(){gt.insert(&g.core,n);for m in &g.members{gt.insert(&m.id,n);let (x,y)=if g.core<m.id{(g.core.clone(),m.id.clone())}else{(m.id.clone(),g.core.clone())};rel.insert((x,y),m.relation.key().into());}}
  let mut gp:BTreeMap<&str,usize>=BTreeMap::new();
  for(n,p) in plan.items.iter().enumerate(){for m in &p.members{gp.insert(&m.item,n);}}
  let show=|x:&str,y:&str,tag:&str,ev:&tongchou::model::evidence::Evidence|{
    println!("[{tag}] {} {} total {} prior {} {:?}",x,y,ev.total as f64/1000.,ev.prior/1000,ev.relation);
    for id in [x,y]{let i=by[id];println!("    {} | {} | {:?} | T:{} | S:{} | C:{} | N:{}",i.name.replace('\n'," "),i.organizer.clone().unwrap_or_default(),i.kind.clone().unwrap_or_default(),i.targets.join(" ").replace('\n'," "),i.schedule.clone().unwrap_or_default(),i.content.clone().unwrap_or_default(),i.notes.clone().unwrap_or_default());}
    for c in &ev.comparisons{ if c.weight!=0 {println!("      {:<24}{:>7.2}  {} <> {}",c.level,c.weight as f64/1000.,c.a,c.b);}}
  };
  if mode=="csv"{
    let all=c.explain_all(input).unwrap();
    for (x,y,ev) in &all { let t=gt.contains_key(x.as_str())&&gt.get(x.as_str())==gt.get(y.as_str()); let core=rel.get(&(x.clone(),y.clone())).cloned().unwrap_or(if t{"member".into()}else{"-".into()});
      println!("{x},{y},{core},{},{:?},{}",ev.total,ev.relation,ev.comparisons.iter().map(|c|c.level.clone()).collect::<Vec<_>>().join(","));}
    return;
  }
  let ids:Vec<&str>=items.iter().map(|i|i.id.as_str()).collect();
  let mut idx=ids.clone(); idx.sort();
  let exp=c.explain_all(input).unwrap();
  let mut miss=0;let mut fp=0;
  for (x,y,ev) in exp.iter(){
    let (x,y)=(x.as_str(),y.as_str());
    let t=gt.contains_key(x)&&gt.get(x)==gt.get(y); let p=gp[x]==gp[y];
    let core=rel.get(&(x.to_string(),y.to_string()));
    if t&&!p&&core.is_some()&&mode!="fp"{miss+=1;show(x,y,&format!("MISS {}",core.unwrap()),ev);}
    if !t&&p&&mode!="miss"{fp+=1;show(x,y,"FALSE",ev);}
  }
  println!("missed core pairs {miss}, false pairs {fp}");
}
