//! Nested bookmarks.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::{name, text};
use crate::layout::{Entry, PAGE_HEIGHT};

/// A bookmark's place among the others.
#[derive(Clone, Debug, Default, PartialEq)]
struct Bookmark {
    parent: Option<usize>,
    children: Vec<usize>,
}

/// Writes the bookmarks and answers their root; none for a document without headings.
pub(super) fn write(pdf: &mut Document, entries: &[Entry], pages: &[ObjectId]) -> Option<ObjectId> {
    if entries.is_empty() {
        return None;
    }
    let levels: Vec<u8> = entries.iter().map(|entry| entry.level).collect();
    let (places, top) = nest(&levels);
    let root = pdf.new_object_id();
    let ids: Vec<ObjectId> = entries.iter().map(|_| pdf.new_object_id()).collect();
    let id = |i: usize| ids.get(i).copied().unwrap_or(root);
    for (i, (entry, place)) in entries.iter().zip(&places).enumerate() {
        let mut item = dictionary! {
            "Title" => text(&entry.text),
            "Parent" => place.parent.map_or(root, id),
        };
        if let Some(page) = pages.get(entry.page) {
            let top = (PAGE_HEIGHT - entry.y + 8.0).round();
            item.set(
                "Dest",
                vec![(*page).into(), name("XYZ"), Object::Null, top.into(), Object::Null],
            );
        }
        let siblings = match place.parent.and_then(|parent| places.get(parent)) {
            Some(parent) => &parent.children,
            None => &top,
        };
        // Siblings stand in ascending order.
        if let Ok(at) = siblings.binary_search(&i) {
            if let Some(previous) = at.checked_sub(1).and_then(|at| siblings.get(at)) {
                item.set("Prev", id(*previous));
            }
            if let Some(next) = siblings.get(at + 1) {
                item.set("Next", id(*next));
            }
        }
        // Lower levels are closed at first: a negative count.
        set_children(&mut item, &place.children, id, -1);
        pdf.set_object(id(i), item);
    }
    let mut outlines = dictionary! { "Type" => "Outlines" };
    set_children(&mut outlines, &top, id, 1);
    pdf.set_object(root, outlines);
    Some(root)
}

fn set_children(item: &mut Dictionary, children: &[usize], id: impl Fn(usize) -> ObjectId, sign: i64) {
    if let (Some(first), Some(last)) = (children.first(), children.last()) {
        item.set("First", id(*first));
        item.set("Last", id(*last));
        item.set("Count", sign * children.len() as i64);
    }
}

/// Puts each heading under the nearest one before it of a higher level; also answers the topmost.
fn nest(levels: &[u8]) -> (Vec<Bookmark>, Vec<usize>) {
    let mut places = vec![Bookmark::default(); levels.len()];
    let mut top = Vec::new();
    let mut open: Vec<(usize, u8)> = Vec::new();
    for (i, level) in levels.iter().enumerate() {
        while open.pop_if(|(_, above)| *above >= *level).is_some() {}
        match open.last().and_then(|(parent, _)| places.get_mut(*parent)) {
            Some(parent) => parent.children.push(i),
            None => top.push(i),
        }
        if let Some(place) = places.get_mut(i) {
            place.parent = open.last().map(|(parent, _)| *parent);
        }
        open.push((i, *level));
    }
    (places, top)
}

#[cfg(test)]
mod tests {
    use super::nest;

    #[test]
    fn headings_nest_by_level_even_when_levels_are_left_out() {
        let (places, top) = nest(&[1, 2, 4, 2, 1, 3]);
        assert_eq!(top, [0, 4]);
        assert_eq!(places[0].children, [1, 3]);
        assert_eq!(places[1].children, [2]);
        assert_eq!(places[5].parent, Some(4));
        let (_, top) = nest(&[3, 2, 1]);
        assert_eq!(top, [0, 1, 2]);
    }
}
