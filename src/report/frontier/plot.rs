//! The frontier as a picture.

use std::fmt::Write as _;

use crate::model::frontier::Frontier;
use crate::report::lang::Lang;
use crate::report::number::percent;

const WIDTH: f64 = 860.0;
const HEIGHT: f64 = 480.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 30.0;
const TOP: f64 = 56.0;
const BOTTOM: f64 = 60.0;

/// An SVG picture: how safe the plan is, and how many visits it saves, at each reduction.
///
/// Complete in itself: no script, no font and no picture from elsewhere. The same bytes on every
/// platform: coordinates have two decimals.
#[must_use]
pub fn plot(frontier: &Frontier, lang: Lang) -> String {
    let steps = || frontier.steps.iter().chain(&frontier.beyond);
    let most = steps().map(|step| step.reduction_percent).fold(5.0, f64::max);
    // Whole fives, so that the axis ends at a mark.
    let range = (most / 5.0).ceil() * 5.0;
    let x = |reduction: f64| LEFT + reduction / range * (WIDTH - LEFT - RIGHT);
    let y = |share: f64| HEIGHT - BOTTOM - share / 100.0 * (HEIGHT - TOP - BOTTOM);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" \
         height=\"{HEIGHT}\" role=\"img\" font-family=\"sans-serif\" font-size=\"13\">\n"
    );
    let title = lang.pick("合并的力度与把握", "How far to merge, and how surely");
    let _ = writeln!(svg, "<title>{}</title>", escape(title));
    let _ = writeln!(svg, "<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#ffffff\"/>");
    let _ = writeln!(
        svg,
        "<text x=\"{:.2}\" y=\"26.00\" text-anchor=\"middle\" fill=\"#222222\" font-size=\"17\">{}</text>",
        WIDTH / 2.0,
        escape(&headline(frontier, title, lang))
    );
    let end = frontier.steps.last().map_or(0.0, |step| step.reduction_percent);
    if end < range {
        let _ = writeln!(
            svg,
            "<rect x=\"{:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{:.2}\" fill=\"#f3e4e4\"/>",
            x(end),
            y(100.0),
            x(range) - x(end),
            y(0.0) - y(100.0)
        );
        let word = lang.pick("待议线以下", "below the review line");
        text(&mut svg, x(end) + 6.0, y(100.0) + 16.0, "start", "#a04040", word);
    }
    // Over the shade, so that the grid goes through.
    axes(&mut svg, range, &x, &y, lang);
    for (probability, label) in [
        (frontier.merge_probability, lang.pick("合并线", "merge line")),
        (frontier.review_probability, lang.pick("待议线", "review line")),
    ] {
        let height = y(f64::from(probability) / 100.0);
        dashed(&mut svg, (x(0.0), height), (x(range), height));
        text(
            &mut svg,
            x(0.0) + 6.0,
            height - 5.0,
            "start",
            "#666666",
            &format!("{label} {:.0}%", f64::from(probability) / 100.0),
        );
    }
    let default = frontier.default_steps.checked_sub(1).and_then(|last| frontier.steps.get(last as usize));
    let place = default.map_or(0.0, |step| step.reduction_percent);
    dashed(&mut svg, (x(place), y(0.0)), (x(place), y(100.0)));
    let label = format!("{} {}", lang.pick("不设目标", "no target"), percent(place));
    text(&mut svg, x(place) + 6.0, y(0.0) - 8.0, "start", "#666666", &label);
    let safety = steps().map(|step| (step.reduction_percent, f64::from(step.lowest_probability) / 100.0));
    curve(&mut svg, std::iter::once((0.0, 100.0)).chain(safety), "#1f5fa8", &x, &y);
    let saved = steps().map(|step| (step.reduction_percent, step.visit_reduction_percent.clamp(0.0, 100.0)));
    curve(&mut svg, std::iter::once((0.0, 0.0)).chain(saved), "#c46a1b", &x, &y);
    legend(&mut svg, lang);
    svg.push_str("</svg>\n");
    svg
}

fn headline(frontier: &Frontier, title: &str, lang: Lang) -> String {
    let submitted = frontier.submitted;
    match lang {
        Lang::Zh => format!("{title}（上报 {submitted} 项）"),
        Lang::En => format!("{title} ({submitted} items submitted)"),
    }
}

fn axes(svg: &mut String, range: f64, x: &dyn Fn(f64) -> f64, y: &dyn Fn(f64) -> f64, lang: Lang) {
    for fifth in 0..=5 {
        let share = f64::from(fifth) * 20.0;
        let _ = writeln!(
            svg,
            "<line x1=\"{:.2}\" y1=\"{1:.2}\" x2=\"{2:.2}\" y2=\"{1:.2}\" stroke=\"#e2e2e2\"/>",
            x(0.0),
            y(share),
            x(range)
        );
        text(svg, x(0.0) - 8.0, y(share) + 4.0, "end", "#444444", &format!("{share:.0}%"));
    }
    // Round numbers, some four to nine of them.
    let apart = if range > 40.0 { 10 } else { 5 };
    for reduction in (0..=range as u32).step_by(apart).map(f64::from) {
        text(svg, x(reduction), y(0.0) + 20.0, "middle", "#444444", &format!("{reduction:.0}%"));
    }
    let label = lang.pick("压减比例（占上报事项）", "reduction (share of the items submitted)");
    text(svg, x(range / 2.0), HEIGHT - 14.0, "middle", "#444444", label);
}

/// A line that keeps its height until the next merge.
fn curve(
    svg: &mut String,
    points: impl Iterator<Item = (f64, f64)>,
    colour: &str,
    x: &dyn Fn(f64) -> f64,
    y: &dyn Fn(f64) -> f64,
) {
    let mut path = String::new();
    for (reduction, share) in points {
        if path.is_empty() {
            let _ = write!(path, "M{:.2} {:.2}", x(reduction), y(share));
        } else {
            let _ = write!(path, "H{:.2}V{:.2}", x(reduction), y(share));
        }
    }
    let _ = writeln!(svg, "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>");
}

fn dashed(svg: &mut String, from: (f64, f64), to: (f64, f64)) {
    let _ = writeln!(
        svg,
        "<line x1=\"{:.2}\" y1=\"{:.2}\" x2=\"{:.2}\" y2=\"{:.2}\" stroke=\"#888888\" stroke-dasharray=\"5 4\"/>",
        from.0, from.1, to.0, to.1
    );
}

fn legend(svg: &mut String, lang: Lang) {
    for (row, colour, label) in [
        (0.0, "#1f5fa8", lang.pick("最低匹配概率", "lowest match probability")),
        (1.0, "#c46a1b", lang.pick("迎检次数减少", "visits saved")),
    ] {
        let height = 44.0;
        let left = LEFT + row * 220.0;
        let _ = writeln!(
            svg,
            "<line x1=\"{left:.2}\" y1=\"{height:.2}\" x2=\"{:.2}\" y2=\"{height:.2}\" stroke=\"{colour}\" stroke-width=\"3\"/>",
            left + 24.0
        );
        text(svg, left + 30.0, height + 4.0, "start", "#444444", label);
    }
}

fn text(svg: &mut String, x: f64, y: f64, anchor: &str, colour: &str, words: &str) {
    let words = escape(words);
    let _ = writeln!(
        svg,
        "<text x=\"{x:.2}\" y=\"{y:.2}\" text-anchor=\"{anchor}\" fill=\"{colour}\">{words}</text>"
    );
}

/// Text as XML content or attribute; characters that XML does not know are left out.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ if crate::report::tidy::is_unprintable(character) => {}
            _ => escaped.push(character),
        }
    }
    escaped
}
