//! Tables: column widths, rows that break across pages, headings repeated on each.

use std::ops::Range;

use super::columns::{Extents, PAD_X, share};
use crate::{
    document::{Align, Cell, Inline, Table},
    layout::{
        flow::Flow,
        page::{Artifact, Item, Role},
        style::{BODY, BOTTOM, LABEL, Style, TOP},
    },
    palette::{Fill, INK, LINE, PAPER, Stripe, TEAL_DEEP},
    text::{self, Line, Set},
};

const PAD_Y: f32 = 3.5;

/// So many rows stay with the head of a table that goes over pages.
const LEAD: usize = 2;

/// A table no higher than this is not parted.
const KEPT_WHOLE: f32 = (BOTTOM - TOP) / 3.0;

/// A table of more rows than this is not looked through to find out whether it is kept whole.
const FEW: usize = 12;

/// How thick the stripe of a drift is.
const STRIPE: f32 = 1.2;

/// A row of more lines than this is tall.
const TALL: usize = 5;

/// Type sizes tried from large to small until every word fits its column.
const SIZES: [f32; 5] = [9.5, 9.0, 8.5, 8.0, 7.5];

/// Where the columns stand, and the size of type in them.
struct Grid {
    columns: Vec<(f32, f32, Align)>,
    style: Style,
}

/// A row broken into lines, a cell for every column.
struct Row<'a> {
    cells: Vec<Vec<Line<'a>>>,
    fills: Vec<Fill>,
    lines: usize,
}

impl Flow {
    pub(super) fn table(&mut self, parent: usize, table: &Table) {
        if table.columns.is_empty() {
            return;
        }
        let grid = self.grid(table, table.rows.len());
        let head_cells = head(table);
        let head = grid.row(&head_cells, None);
        let rows: Vec<Row<'_>> = table.rows.iter().map(|row| grid.row(row, table.row_header)).collect();

        let node = self.node(parent, Role::Table);
        self.gap(LABEL.before);
        self.settle(self.table_lead_of(table, &grid, &head, &rows).min(BOTTOM - TOP));
        self.table_caption(node, &table.caption);
        let section = self.node(node, Role::TableHead);
        let tr = self.node(section, Role::Row);
        self.table_head(&grid, &head, Some(tr));
        let body = self.node(node, Role::TableBody);
        for (i, row) in rows.iter().enumerate() {
            // The last row does not go over alone.
            let company = match rows.get(i + 1) {
                Some(last) if i + 2 == rows.len() => grid.height(last.lines),
                _ => 0.0,
            };
            let tr = self.node(body, Role::Row);
            let nodes: Vec<(usize, Role)> = (0..row.cells.len())
                .map(|column| match table.row_header == Some(column) {
                    true => Role::RowHeader,
                    false => Role::Data,
                })
                .map(|role| (self.node(tr, role), role))
                .collect();
            self.table_row(&grid, &head, row, &nodes, company);
        }
        self.gap(LABEL.before + 4.0);
    }

    /// Returns what must not be parted: all of a small table, else caption, heading and the first two rows.
    pub(super) fn table_lead(&self, table: &Table) -> f32 {
        if table.columns.is_empty() {
            return 0.0;
        }
        let measured = if table.rows.len() <= FEW { FEW } else { LEAD };
        let grid = self.grid(table, measured);
        let head_cells = head(table);
        let first = table.rows.iter().take(measured);
        let rows: Vec<Row<'_>> = first.map(|row| grid.row(row, table.row_header)).collect();
        self.table_lead_of(table, &grid, &grid.row(&head_cells, None), &rows)
    }

    fn table_lead_of(&self, table: &Table, grid: &Grid, head: &Row<'_>, rows: &[Row<'_>]) -> f32 {
        let caption = if table.caption.is_empty() {
            0.0
        } else {
            self.running_height(&[Inline::text(&table.caption)], &LABEL).0 + LABEL.after
        };
        let above = caption + grid.height(head.lines);
        if table.rows.len() <= FEW {
            let whole = above + rows.iter().map(|row| grid.height(row.lines)).sum::<f32>();
            if whole <= KEPT_WHOLE {
                return whole;
            }
        }
        // Rows that may be split need only their first lines here.
        let first = rows.iter().take(LEAD).map(|row| grid.height(row.lines.min(6)));
        above + first.sum::<f32>()
    }

    fn table_caption(&mut self, table: usize, caption: &str) {
        if caption.is_empty() {
            return;
        }
        let node = self.node(table, Role::Caption);
        self.running(node, Role::Caption, &[Inline::text(caption)], &LABEL);
        self.y += LABEL.after;
    }

    /// The column headings; without a row of the structure they are a repetition.
    fn table_head(&mut self, grid: &Grid, head: &Row<'_>, tr: Option<usize>) {
        let height = grid.height(head.lines);
        let (left, y) = (self.left, self.y);
        let back = Item::Rect {
            x: left,
            y,
            width: self.width(),
            height,
            fill: TEAL_DEEP,
        };
        self.artifact(Artifact::Layout, [back]);
        let style = Style {
            colour: PAPER,
            ..grid.style
        };
        for (column, lines) in head.cells.iter().enumerate() {
            match tr {
                Some(tr) => {
                    let th = self.node(tr, Role::ColumnHeader);
                    self.cell_lines(grid, column, lines, &style, Some((th, Role::ColumnHeader)));
                }
                None => self.cell_lines(grid, column, lines, &style, None),
            }
        }
        self.y += height;
    }

    /// One row, over as many pages as it needs.
    fn table_row(&mut self, grid: &Grid, head: &Row<'_>, row: &Row<'_>, nodes: &[(usize, Role)], company: f32) {
        let whole = grid.height(row.lines);
        let page = BOTTOM - TOP - grid.height(head.lines);
        if whole + company > self.room() && whole + company <= page * 0.6 {
            self.next_table_page(grid, head);
        }
        let mut next = 0;
        while next < row.lines {
            let fit = grid.lines_in(self.room());
            let left = row.lines - next;
            let fresh = self.y <= TOP + grid.height(head.lines) + 0.1;
            if fit < left.min(2) && !fresh {
                self.next_table_page(grid, head);
                continue;
            }
            let take = left.min(fit.max(1));
            self.table_part(grid, row, next..next + take, nodes);
            next += take;
            if next < row.lines {
                self.next_table_page(grid, head);
            }
        }
    }

    fn next_table_page(&mut self, grid: &Grid, head: &Row<'_>) {
        self.break_page();
        // A heading that would fill the page is not repeated.
        if grid.height(head.lines) < (BOTTOM - TOP) / 3.0 {
            self.table_head(grid, head, None);
        }
    }

    /// Some lines of every cell of a row.
    fn table_part(&mut self, grid: &Grid, row: &Row<'_>, range: Range<usize>, nodes: &[(usize, Role)]) {
        let height = grid.height(range.len());
        let y = self.y;
        let mut back: Vec<Item> = Vec::new();
        for ((&(x, width, _), lines), fill) in grid.columns.iter().zip(&row.cells).zip(&row.fills) {
            // In a tall row a colour stands behind its own words only, not down the page.
            let tall = row.lines > TALL;
            let own = lines.len().min(range.end).saturating_sub(range.start);
            let height = if tall { grid.height(own) } else { height };
            if let Some(colour) = fill.colour().filter(|_| !tall || own > 0) {
                let rect = |y: f32, height: f32, fill| Item::Rect {
                    x: x + 0.5,
                    y,
                    width: width - 1.0,
                    height,
                    fill,
                };
                back.push(rect(y + 0.5, height - 1.0, colour));
                back.extend(fill.stripe().map(|stripe| match stripe {
                    Stripe::Top(times) => rect(y + 0.5, STRIPE * f32::from(times), fill.mark()),
                    Stripe::Bottom(times) => {
                        let thick = STRIPE * f32::from(times);
                        rect(y + height - 0.5 - thick, thick, fill.mark())
                    }
                }));
            }
        }
        back.push(Item::Rect {
            x: self.left,
            y: y + height - 0.25,
            width: self.width(),
            height: 0.5,
            fill: LINE,
        });
        self.artifact(Artifact::Layout, back);
        for (column, (lines, &(node, role))) in row.cells.iter().zip(nodes).enumerate() {
            let end = range.end.min(lines.len());
            let now = lines.get(range.start.min(end)..end).unwrap_or_default();
            self.cell_lines(grid, column, now, &grid.style, Some((node, role)));
            // Where a row goes on, its name is repeated.
            if range.start > 0 && now.is_empty() && role == Role::RowHeader {
                self.cell_lines(grid, column, lines.get(..1).unwrap_or_default(), &grid.style, None);
            }
        }
        self.y += height;
    }

    /// Lines of one cell from the top of the row; a repetition is marked as such.
    fn cell_lines(
        &mut self,
        grid: &Grid,
        column: usize,
        lines: &[Line<'_>],
        style: &Style,
        owner: Option<(usize, Role)>,
    ) {
        let Some(&(left, width, align)) = grid.columns.get(column) else {
            return;
        };
        let free = |line: &Line<'_>| match align {
            Align::Left => 0.0,
            Align::Centre => (width - 2.0 * PAD_X - line.width) / 2.0,
            Align::Right => width - 2.0 * PAD_X - line.width,
        };
        let mut y = self.y + PAD_Y;
        if owner.is_none() {
            self.push(Item::Artifact(Artifact::Pagination));
        }
        for line in lines {
            let x = left + PAD_X + free(line).max(0.0);
            match owner {
                Some((node, role)) => self.draw_line(node, role, x, y, style, line),
                None => self.draw_loose(x, y, style, line),
            }
            y += style.leading;
        }
        if owner.is_none() {
            self.end();
        }
    }

    /// A line that belongs to no element of the structure.
    fn draw_loose(&mut self, x: f32, y: f32, style: &Style, line: &Line<'_>) {
        let baseline = y + style.baseline();
        let mut x = x;
        for piece in &line.pieces {
            self.draw_piece(x, baseline, style.size, style.colour, piece);
            x += piece.width;
        }
    }

    /// Returns the largest size at which every word fits, and the widths of the columns at it, going by the first `rows` rows.
    fn grid(&self, table: &Table, rows: usize) -> Grid {
        let extents = Extents::of(table, rows);
        let mut best = (7.5, Vec::new());
        for size in SIZES {
            let (least, wish) = extents.at(size);
            let fits = least.iter().sum::<f32>() <= self.width();
            best = (size, share(self.width(), &least, &wish));
            if fits {
                break;
            }
        }
        let (size, widths) = best;
        let mut x = self.left;
        let columns = widths
            .iter()
            .zip(&table.columns)
            .map(|(&width, column)| {
                let left = x;
                x += width;
                (left, width, column.align)
            })
            .collect();
        let style = Style {
            size,
            leading: (size * 1.32).round(),
            colour: INK,
            ..BODY
        };
        Grid { columns, style }
    }
}

impl Grid {
    /// A row that is too short is filled up, one that is too long cut; the cell that names its row is strong.
    fn row<'a>(&self, cells: &'a [Cell], name: Option<usize>) -> Row<'a> {
        let content = |column: usize| cells.get(column).map_or(&[][..], |cell| &cell.content);
        let lines = self.columns.iter().enumerate().map(|(column, &(_, width, _))| {
            let set = Set {
                strong: name == Some(column),
                ..self.style.set()
            };
            text::wrap(content(column), set, width - 2.0 * PAD_X)
        });
        let lines: Vec<Vec<Line<'a>>> = lines.collect();
        let fills = (0..self.columns.len()).map(|column| cells.get(column).map_or(Fill::None, |cell| cell.fill));
        Row {
            fills: fills.collect(),
            lines: lines.iter().map(Vec::len).max().unwrap_or(1).max(1),
            cells: lines,
        }
    }

    fn height(&self, lines: usize) -> f32 {
        lines as f32 * self.style.leading + 2.0 * PAD_Y
    }

    fn lines_in(&self, room: f32) -> usize {
        ((room - 2.0 * PAD_Y) / self.style.leading).floor().max(0.0) as usize
    }
}

/// Column headings as cells of strong text.
fn head(table: &Table) -> Vec<Cell> {
    table
        .columns
        .iter()
        .map(|column| Cell::inlines(vec![Inline::strong(&column.header)]))
        .collect()
}
