//! The first page.

use crate::{
    document::{Cover, Document, Inline},
    layout::{
        flow::{Flow, ROOT},
        page::{Artifact, Item, Role},
        style::{BODY, CAPTION, LEFT, PAGE_HEIGHT, PAGE_WIDTH, Style},
    },
    palette::{AMBER, Colour, Fill, INK, LINE, MUTED, PAPER, SAND, TEAL, TEAL_DEEP},
    text,
};

const BAND_TOP: f32 = 118.0;
const LABEL_WIDTH: f32 = 130.0;

impl Flow {
    /// A page of its own: a coloured band with the title, the facts under it, a note at the foot.
    pub(super) fn cover(&mut self, cover: &Cover, document: &Document) {
        let title = title_style(&cover.title, self.width());
        self.y = BAND_TOP;
        let organisation = Style {
            size: 13.0,
            leading: 18.0,
            colour: SAND,
            strong: true,
            ..BODY
        };
        self.cover_line(Role::Paragraph, &cover.organisation, &organisation, 14.0);
        self.cover_line(Role::Title, &cover.title, &title, 10.0);
        let subtitle = Style {
            size: 15.0,
            leading: 20.0,
            colour: PAPER,
            ..BODY
        };
        self.cover_line(Role::Paragraph, &cover.subtitle, &subtitle, 0.0);
        let band = (self.y + 46.0).clamp(330.0, PAGE_HEIGHT - 200.0);
        self.behind(0, 0, band_items(band));

        self.y = band + 52.0;
        for (label, value) in &cover.facts {
            self.cover_fact(label, value);
        }
        let footing: Vec<&str> = [cover.note.as_str(), document.reference.as_str()]
            .into_iter()
            .filter(|line| !line.is_empty())
            .collect();
        self.cover_foot(&footing);
        self.break_page();
    }

    fn cover_line(&mut self, role: Role, words: &str, style: &Style, after: f32) {
        if words.is_empty() {
            return;
        }
        let node = self.node(ROOT, role);
        for line in text::wrap(&[Inline::text(words)], style.set(), self.width())
            .iter()
            .take(7)
        {
            self.draw_line(node, role, self.left, self.y, style, line);
            self.y += style.leading;
        }
        self.y += after;
    }

    fn cover_fact(&mut self, label: &str, value: &str) {
        let style = Style {
            size: 11.0,
            leading: 16.0,
            colour: INK,
            ..BODY
        };
        let words = [Inline::text(value)];
        let lines = text::wrap(&words, style.set(), self.width() - LABEL_WIDTH);
        let height = lines.len() as f32 * style.leading + 12.0;
        if self.y + height > PAGE_HEIGHT - 120.0 {
            return self.cover_fact_overleaf(label, value);
        }
        let node = self.node(ROOT, Role::Paragraph);
        let name = [Inline::strong(
            text::shorten(label, true, style.size, LABEL_WIDTH - 12.0) + " ",
        )];
        let muted = Style { colour: MUTED, ..style };
        for line in text::wrap(&name, style.set(), LABEL_WIDTH).iter().take(1) {
            self.draw_line(node, Role::Paragraph, self.left, self.y, &muted, line);
        }
        for line in &lines {
            self.draw_line(node, Role::Paragraph, self.left + LABEL_WIDTH, self.y, &style, line);
            self.y += style.leading;
        }
        let rule = Item::Rect {
            x: self.left,
            y: self.y + 5.5,
            width: self.width(),
            height: 0.5,
            fill: LINE,
        };
        self.artifact(Artifact::Layout, [rule]);
        self.y += 12.0;
    }

    /// Facts that do not fit on the cover follow as plain paragraphs.
    fn cover_fact_overleaf(&mut self, label: &str, value: &str) {
        if self.page() == 0 {
            self.break_page();
        }
        let node = self.node(ROOT, Role::Paragraph);
        let words = [Inline::strong(format!("{label}: ")), Inline::text(value)];
        self.running(node, Role::Paragraph, &words, &BODY);
        self.gap(BODY.after);
    }

    fn cover_foot(&mut self, lines: &[&str]) {
        if self.page() > 0 {
            return;
        }
        let wrapped: Vec<Vec<String>> = lines
            .iter()
            .map(|line| text::wrap_plain(line, false, CAPTION.size, self.width(), 4))
            .collect();
        let height = wrapped.iter().map(Vec::len).sum::<usize>() as f32 * CAPTION.leading;
        let mut y = PAGE_HEIGHT - 58.0 - height;
        for paragraph in wrapped {
            let node = self.node(ROOT, Role::Paragraph);
            for line in paragraph {
                self.draw_text(
                    node,
                    Role::Paragraph,
                    LEFT,
                    y + CAPTION.size,
                    &CAPTION,
                    &format!("{line} "),
                );
                y += CAPTION.leading;
            }
        }
    }
}

/// As large as the length of the title allows.
fn title_style(title: &str, width: f32) -> Style {
    let words = [Inline::text(title)];
    let style = |size: f32| Style {
        size,
        leading: size * 1.16,
        colour: PAPER,
        strong: true,
        ..BODY
    };
    [36.0, 30.0, 25.0]
        .map(style)
        .into_iter()
        .find(|style| text::wrap(&words, style.set(), width).len() <= 3)
        .unwrap_or(style(20.0))
}

/// Returns the band and, along its foot, the five levels of the scale.
fn band_items(height: f32) -> Vec<Item> {
    let rect = |x, y, width, height, fill: Colour| Item::Rect {
        x,
        y,
        width,
        height,
        fill,
    };
    let mut items = vec![
        rect(0.0, 0.0, PAGE_WIDTH, height, TEAL_DEEP),
        rect(0.0, 0.0, LEFT - 24.0, height, TEAL),
        rect(LEFT, BAND_TOP - 26.0, 44.0, 4.0, AMBER),
    ];
    let step = PAGE_WIDTH / 5.0;
    for level in 1..=5_u8 {
        let x = f32::from(level - 1) * step;
        let fill = Fill::level(level).colour().unwrap_or(SAND);
        items.push(rect(x, height, step + 0.5, 7.0, fill));
    }
    items
}
