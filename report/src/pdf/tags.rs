//! The structure that a screen reader follows, and the descriptions of links.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::{PdfError, name, text};
use crate::layout::{Item, Kid, Layout, Link, Node, PAGE_HEIGHT, Role};

/// Links by the element they belong to: annotation and page.
type Annotations = HashMap<usize, (ObjectId, ObjectId)>;

/// Writes the structure and answers its root.
pub(super) fn write(pdf: &mut Document, layout: &Layout, pages: &[ObjectId]) -> Result<ObjectId, PdfError> {
    let elements: Vec<ObjectId> = layout.nodes.iter().map(|_| pdf.new_object_id()).collect();
    let root = pdf.new_object_id();
    // Pages take the first keys of the parent tree, links the following.
    let mut parents: Vec<Object> = page_parents(pdf, layout, &elements);
    let annotations = describe_links(pdf, layout, pages, &elements, &mut parents)?;
    for (i, node) in layout.nodes.iter().enumerate() {
        let parent = node.parent.and_then(|p| elements.get(p)).copied().unwrap_or(root);
        let mut element = dictionary! {
            "S" => name(node.role.name()),
            "P" => parent,
        };
        let home = home(node);
        element.set("K", kids(node, home, annotations.get(&i), &elements, pages));
        if let Some(alt) = &node.alt {
            element.set("Alt", text(alt));
        }
        if let Some(title) = &node.title {
            element.set("T", text(title));
        }
        if let Some(attributes) = attributes(node.role, node.area.map(|(_, area)| area)) {
            element.set("A", attributes);
        }
        if let Some(page) = home.and_then(|page| pages.get(page)) {
            element.set("Pg", *page);
        }
        if let Some(id) = elements.get(i) {
            pdf.set_object(*id, element);
        }
    }
    let next_key = parents.len() as i64;
    let numbers: Vec<Object> = parents
        .into_iter()
        .enumerate()
        .flat_map(|(key, value)| [(key as i64).into(), value])
        .collect();
    let parent_tree = pdf.add_object(dictionary! { "Nums" => numbers });
    let document: Vec<Object> = elements.first().map(|id| (*id).into()).into_iter().collect();
    pdf.set_object(
        root,
        dictionary! {
            "Type" => "StructTreeRoot",
            "K" => document,
            "ParentTree" => parent_tree,
            "ParentTreeNextKey" => next_key,
            "RoleMap" => dictionary! { "Title" => name("P") },
        },
    );
    Ok(root)
}

/// For every page the elements of its marked content, in the order of their numbers.
fn page_parents(pdf: &mut Document, layout: &Layout, elements: &[ObjectId]) -> Vec<Object> {
    let mut owners: Vec<Vec<Object>> = layout.pages.iter().map(|page| vec![Object::Null; page.marks]).collect();
    for (node, element) in layout.nodes.iter().zip(elements) {
        for kid in &node.kids {
            if let Kid::Content { page, mark } = kid
                && let Some(slot) = owners.get_mut(*page).and_then(|page| page.get_mut(*mark))
            {
                *slot = Object::Reference(*element);
            }
        }
    }
    owners
        .into_iter()
        .map(|owners| Object::Reference(pdf.add_object(owners)))
        .collect()
}

/// Makes every link an object with a description, known to its element; ties pages to the structure.
fn describe_links(
    pdf: &mut Document,
    layout: &Layout,
    pages: &[ObjectId],
    elements: &[ObjectId],
    parents: &mut Vec<Object>,
) -> Result<Annotations, PdfError> {
    let mut annotations = Annotations::new();
    for (number, (page, page_id)) in layout.pages.iter().zip(pages).enumerate() {
        let links = page.items.iter().filter_map(|item| match item {
            Item::Link(link) => Some(link),
            _ => None,
        });
        let written = pdf
            .get_dictionary(*page_id)?
            .get(b"Annots")
            .and_then(Object::as_array)
            .cloned()
            .unwrap_or_default();
        let mut references: Vec<Object> = Vec::new();
        // printpdf writes one annotation for each link, in order.
        for (annotation, link) in written.into_iter().zip(links) {
            let described = describe(annotation.as_dict()?.clone(), link, parents.len());
            let id = pdf.add_object(described);
            references.push(id.into());
            annotations.insert(link.node, (id, *page_id));
            parents.extend(elements.get(link.node).map(|element| Object::Reference(*element)));
        }
        let page = pdf.get_object_mut(*page_id)?.as_dict_mut()?;
        page.remove(b"Annots");
        if !references.is_empty() {
            page.set("Annots", references);
        }
        page.set("StructParents", number as i64);
        page.set("Tabs", name("S"));
    }
    Ok(annotations)
}

fn describe(mut annotation: Dictionary, link: &Link, key: usize) -> Dictionary {
    annotation.set("Contents", text(&link.description));
    annotation.set("F", 4);
    annotation.set("StructParent", key as i64);
    annotation
}

/// Returns the page on which an element begins, if it has content of its own.
fn home(node: &Node) -> Option<usize> {
    let content = node.kids.iter().find_map(|kid| match kid {
        Kid::Content { page, .. } => Some(*page),
        Kid::Node(_) => None,
    });
    content.or(node.area.map(|(page, _)| page))
}

/// Returns what an element holds. Content on its own page is told by its number alone.
fn kids(
    node: &Node,
    home: Option<usize>,
    annotation: Option<&(ObjectId, ObjectId)>,
    elements: &[ObjectId],
    pages: &[ObjectId],
) -> Object {
    let mut objects: Vec<Object> = (node.kids.iter())
        .filter_map(|kid| match *kid {
            Kid::Node(node) => elements.get(node).map(|id| Object::Reference(*id)),
            Kid::Content { page, mark } if Some(page) == home => Some((mark as i64).into()),
            Kid::Content { page, mark } => pages
                .get(page)
                .map(|page| dictionary! { "Type" => "MCR", "Pg" => *page, "MCID" => mark as i64 }.into()),
        })
        .collect();
    if let Some((annotation, page)) = annotation {
        let reference = dictionary! { "Type" => "OBJR", "Obj" => *annotation, "Pg" => *page };
        objects.push(reference.into());
    }
    match objects.len() {
        1 => objects.swap_remove(0),
        _ => objects.into(),
    }
}

fn attributes(role: Role, area: Option<[f32; 4]>) -> Option<Dictionary> {
    let scope = |scope| dictionary! { "O" => name("Table"), "Scope" => name(scope) };
    match (role, area) {
        (Role::ColumnHeader, _) => Some(scope("Column")),
        (Role::RowHeader, _) => Some(scope("Row")),
        (Role::Figure, Some([left, top, right, bottom])) => Some(dictionary! {
            "O" => name("Layout"),
            "Placement" => name("Block"),
            "BBox" => vec![
                left.into(),
                (PAGE_HEIGHT - bottom).into(),
                right.into(),
                (PAGE_HEIGHT - top).into(),
            ],
        }),
        _ => None,
    }
}
