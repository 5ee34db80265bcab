//! Running text: lines with links, broken across pages.

use crate::{
    document::{Inline, Target, slug},
    layout::{
        flow::Flow,
        page::{Artifact, Item, Jump, Link, Role},
        style::Style,
    },
    palette::{self, Colour},
    text::{self, Line},
};

impl Flow {
    /// Running text across pages: never one line alone at the foot or head of a page.
    pub(super) fn running(&mut self, node: usize, role: Role, inlines: &[Inline], style: &Style) {
        let lines = text::wrap(inlines, style.set(), self.width());
        let mut rest = lines.as_slice();
        let least = if lines.len() <= 3 { lines.len() } else { 2 };
        self.settle(least as f32 * style.leading);
        while !rest.is_empty() {
            let take = lines_that_fit(rest.len(), self.room() / style.leading, self.at_top());
            let (now, later) = rest.split_at(take);
            for line in now {
                self.draw_line(node, role, self.left, self.y, style, line);
                self.y += style.leading;
            }
            rest = later;
            if !rest.is_empty() {
                self.break_page();
            }
        }
    }

    /// The height running text takes, and what of it must stay with the heading before.
    pub(super) fn running_height(&self, inlines: &[Inline], style: &Style) -> (f32, f32) {
        running_height_in(inlines, style, self.width())
    }

    /// One line, with its top at `y`; links in it become elements of their own.
    pub(super) fn draw_line(&mut self, node: usize, role: Role, x: f32, y: f32, style: &Style, line: &Line<'_>) {
        let baseline = y + style.baseline();
        let mut x = x;
        let mut rest = line.pieces.as_slice();
        while let Some(first) = rest.first() {
            // Pieces that lead to the same place, or nowhere, are marked together.
            let same = rest.iter().take_while(|piece| piece.link == first.link).count();
            let (group, after) = rest.split_at(same);
            rest = after;
            let jump = first.link.and_then(|target| self.jump(target));
            let (owner, role, colour) = match jump {
                Some(_) => (self.node(node, Role::Link), Role::Link, palette::LINK),
                None => (node, role, style.colour),
            };
            self.begin(owner, role);
            let start = x;
            for piece in group {
                if piece.code {
                    let (y, height) = (y + 1.0, style.leading - 2.0);
                    self.push(Item::Rect {
                        x,
                        y,
                        width: piece.width,
                        height,
                        fill: palette::SAND_DEEP,
                    });
                }
                self.draw_piece(x, baseline, style.size, colour, piece);
                x += piece.width;
            }
            self.end();
            if let Some(jump) = jump {
                let description: String = group.iter().map(|piece| piece.text.as_str()).collect();
                self.underline(start, x, baseline + 1.6, colour);
                self.push(Item::Link(Link {
                    node: owner,
                    x: start,
                    y,
                    width: x - start,
                    height: style.leading,
                    description: match &jump {
                        Jump::Uri(uri) => format!("{} ({uri})", description.trim_end()),
                        Jump::Heading(_) => description.trim_end().to_owned(),
                    },
                    jump,
                }));
            }
        }
    }

    fn underline(&mut self, from: f32, to: f32, y: f32, colour: Colour) {
        let rect = Item::Rect {
            x: from,
            y,
            width: to - from,
            height: 0.45,
            fill: colour,
        };
        self.artifact(Artifact::Layout, [rect]);
    }

    /// Where a target lies; none for a heading that does not exist and for unsafe addresses.
    pub(super) fn jump(&self, target: &Target) -> Option<Jump> {
        match target {
            Target::Uri(uri) => Target::uri(uri).map(|_| Jump::Uri(uri.clone())),
            Target::Heading(id) => self.headings.get(&slug(id)).copied().map(Jump::Heading),
        }
    }
}

/// Returns the height of running text in a width, and what of it must stay with what is before.
pub(super) fn running_height_in(inlines: &[Inline], style: &Style, width: f32) -> (f32, f32) {
    let lines = text::wrap(inlines, style.set(), width).len();
    let least = if lines <= 3 { lines } else { 2 };
    (lines as f32 * style.leading, least as f32 * style.leading)
}

/// Returns how many of `lines` go on this page when `room` lines fit: two at least on either side of the break.
fn lines_that_fit(lines: usize, room: f32, at_top: bool) -> usize {
    // A share of a line that is missing to rounding still counts as a line.
    let room = if room.is_finite() {
        (room + 0.01).floor().max(0.0) as usize
    } else {
        0
    };
    if lines <= room {
        return lines;
    }
    match room.min(lines.saturating_sub(2)) {
        take if take >= 2 => take,
        _ if at_top => room.clamp(1, lines.max(1)),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::lines_that_fit;

    #[test]
    fn no_line_stands_alone_on_either_side_of_a_page_break() {
        assert_eq!(lines_that_fit(5, 10.0, false), 5);
        assert_eq!(lines_that_fit(5, 4.0, false), 3);
        assert_eq!(lines_that_fit(5, 1.0, false), 0);
        assert_eq!(lines_that_fit(3, 2.0, false), 0);
        assert_eq!(lines_that_fit(100, 45.0, true), 45);
        assert_eq!(lines_that_fit(3, 0.0, true), 1);
    }
}
