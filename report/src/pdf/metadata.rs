//! What the file says about itself: title, language, dates.

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId, Stream, dictionary};

use super::{PdfError, name, text};
use crate::{document::Document, escape::escape};

const PRODUCER: &str = concat!("report ", env!("CARGO_PKG_VERSION"));

/// Writes the catalogue's entries, the information dictionary and the XMP packet.
pub(super) fn write(
    pdf: &mut Pdf,
    document: &Document,
    tree: ObjectId,
    outline: Option<ObjectId>,
) -> Result<(), PdfError> {
    pdf.version = "1.7".to_owned();
    // In place of printpdf's own, which has an empty GTS_PDFXVersion and made-up dates.
    if let Ok(Object::Reference(id)) = pdf.trailer.get(b"Info").cloned() {
        pdf.set_object(id, information(document));
    }
    let packet = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    // Left uncompressed so that tools which only scan for it find it.
    let packet = Stream::new(packet, xmp(document).into_bytes()).with_compression(false);
    let packet = pdf.add_object(packet);
    let catalogue = pdf.catalog_mut()?;
    catalogue.set("Lang", text(language(document)));
    catalogue.set("MarkInfo", dictionary! { "Marked" => true });
    catalogue.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalogue.set("StructTreeRoot", tree);
    catalogue.set("Metadata", packet);
    if let Some(outline) = outline {
        catalogue.set("Outlines", outline);
        catalogue.set("PageMode", name("UseOutlines"));
    }
    Ok(())
}

fn language(document: &Document) -> &str {
    if document.language.is_empty() {
        "en-GB"
    } else {
        &document.language
    }
}

fn information(document: &Document) -> Dictionary {
    let mut information = dictionary! {
        "Title" => text(&document.title),
        "Producer" => text(PRODUCER),
    };
    for (key, value) in [("Author", &document.author), ("Subject", &document.subject)] {
        if !value.is_empty() {
            information.set(key, text(value));
        }
    }
    if let Some(day) = document.created {
        let stamp = format!("D:{:04}{:02}{:02}000000Z", day.year(), u8::from(day.month()), day.day());
        information.set("CreationDate", Object::string_literal(stamp.clone()));
        information.set("ModDate", Object::string_literal(stamp));
    }
    information
}

fn xmp(document: &Document) -> String {
    let dates = document.created.map_or_else(String::new, |day| {
        let stamp = format!(
            "{:04}-{:02}-{:02}T00:00:00Z",
            day.year(),
            u8::from(day.month()),
            day.day()
        );
        format!("<xmp:CreateDate>{stamp}</xmp:CreateDate><xmp:ModifyDate>{stamp}</xmp:ModifyDate>")
    });
    let alternative = |tag: &str, value: &str| match value {
        "" => String::new(),
        value => format!(
            "<dc:{tag}><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:{tag}>",
            escape(value)
        ),
    };
    let author = match document.author.as_str() {
        "" => String::new(),
        author => format!(
            "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>",
            escape(author)
        ),
    };
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\
         {}{}{author}<dc:language><rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag></dc:language>\
         {dates}<pdf:Producer>{PRODUCER}</pdf:Producer>\
         </rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>",
        alternative("title", &document.title),
        alternative("description", &document.subject),
        escape(language(document)),
    )
}
