//! How cells look: what Chinese offices use, in sizes that survive the printer.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// Font of the body: on every Chinese Windows; elsewhere its fallback is as wide.
const BODY_FONT: &str = "宋体";
/// Font of titles and headers.
const HEAD_FONT: &str = "黑体";
/// Size of the body in points.
pub(super) const BODY_SIZE: f64 = 10.0;

/// What a cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Text, to the left.
    Text,
    /// Short text or a number, centred.
    Centred,
    /// Text that stresses the name of the item.
    Strong,
    /// A number of visits, one decimal.
    Visits,
    /// A percentage, given as a fraction.
    Percent,
    /// A probability, given as a fraction.
    Probability,
}

/// The formats of one workbook.
pub(super) struct Styles {
    pub(super) title: Format,
    pub(super) subtitle: Format,
    pub(super) section: Format,
    pub(super) header: Format,
    text: Format,
    centred: Format,
    strong: Format,
    visits: Format,
    percent: Format,
    probability: Format,
}

impl Styles {
    pub(super) fn new() -> Self {
        let body = Format::new()
            .set_font_name(BODY_FONT)
            .set_font_size(BODY_SIZE)
            .set_align(FormatAlign::VerticalCenter)
            .set_text_wrap()
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(0x80_8080));
        let head = Format::new().set_font_name(HEAD_FONT).set_align(FormatAlign::VerticalCenter);
        let number = body.clone().set_align(FormatAlign::Center);
        Self {
            title: head.clone().set_font_size(18).set_align(FormatAlign::Center),
            subtitle: head.clone().set_font_name(BODY_FONT).set_font_size(11).set_align(FormatAlign::Center),
            section: head.clone().set_font_size(12),
            header: head
                .set_font_size(BODY_SIZE)
                .set_bold()
                .set_align(FormatAlign::Center)
                .set_text_wrap()
                .set_border(FormatBorder::Thin)
                .set_border_color(Color::RGB(0x80_8080))
                .set_background_color(Color::RGB(0xDD_E6F0)),
            text: body.clone().set_align(FormatAlign::Left),
            centred: body.clone().set_align(FormatAlign::Center),
            strong: body.set_align(FormatAlign::Left).set_bold(),
            visits: number.clone().set_num_format("#,##0.0"),
            percent: number.clone().set_num_format("0.0%"),
            probability: number.set_num_format("0.0000"),
        }
    }

    pub(super) const fn of(&self, style: Style) -> &Format {
        match style {
            Style::Text => &self.text,
            Style::Centred => &self.centred,
            Style::Strong => &self.strong,
            Style::Visits => &self.visits,
            Style::Percent => &self.percent,
            Style::Probability => &self.probability,
        }
    }
}
