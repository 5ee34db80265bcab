//! Objects as the bytes of a file: streams compressed, everything else packed into object streams, on all cores.
//!
//! In place of lopdf's own saving, which writes every object twice, compresses one stream after the other and leaves the
//! table of objects uncompressed.

use std::io::{self, Write};

use flate2::{Compression, write::ZlibEncoder};
use lopdf::{Dictionary, Document, Object, StringFormat, dictionary};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::name;

/// Objects in one object stream: few enough that a reader who wants one need not unpack all.
const PACKED: usize = 200;

/// What becomes one stream of the file.
enum Part<'a> {
    Stream(u32, &'a lopdf::Stream),
    Pack(u32, &'a [(u32, &'a Object)]),
}

/// Where an object is found.
#[derive(Clone, Copy)]
enum Location {
    At(usize),
    Packed { pack: u32, index: usize },
}

/// Writes the file. Its identity follows from what is in it.
pub(super) fn write(pdf: &Document) -> io::Result<Vec<u8>> {
    let (streams, others): (Vec<_>, Vec<_>) =
        (pdf.objects.iter().map(|(id, object)| (id.0, object))).partition(|(_, object)| object.as_stream().is_ok());
    let packs = (pdf.max_id + 1..).zip(others.chunks(PACKED));
    let streams = streams
        .iter()
        .filter_map(|(id, object)| Some((*id, object.as_stream().ok()?)));
    let parts: Vec<Part<'_>> = (streams.map(|(id, stream)| Part::Stream(id, stream)))
        .chain(packs.map(|(id, objects)| Part::Pack(id, objects)))
        .collect();

    let mut bytes = format!("%PDF-{}\n%", pdf.version).into_bytes();
    // bytes above 127 tell other programs that this is no text
    bytes.extend([0xe2, 0xe3, 0xcf, 0xd3, b'\n']);
    let mut places = vec![None; pdf.max_id as usize + 1];
    let written: Vec<Vec<u8>> = parts.par_iter().map(Part::bytes).collect::<io::Result<_>>()?;
    for (part, written) in parts.iter().zip(written) {
        set(&mut places, part.id(), Location::At(bytes.len()));
        if let Part::Pack(pack, objects) = part {
            for (index, (id, _)) in objects.iter().enumerate() {
                set(&mut places, *id, Location::Packed { pack: *pack, index });
            }
        }
        bytes.extend(written);
    }
    let start = bytes.len();
    let table = table(&pdf.trailer, places, &bytes)?;
    bytes.extend(table);
    write!(bytes, "startxref\n{start}\n%%EOF\n")?;
    Ok(bytes)
}

fn set(places: &mut Vec<Option<Location>>, id: u32, place: Location) {
    let id = id as usize;
    if places.len() <= id {
        places.resize(id + 1, None);
    }
    places[id] = Some(place);
}

impl Part<'_> {
    fn id(&self) -> u32 {
        match self {
            Part::Stream(id, _) | Part::Pack(id, _) => *id,
        }
    }

    fn bytes(&self) -> io::Result<Vec<u8>> {
        match self {
            Part::Stream(id, stream) if stream.allows_compression && !stream.dict.has(b"Filter") => {
                compressed(*id, stream.dict.clone(), &stream.content)
            }
            Part::Stream(id, stream) => indirect(*id, stream.dict.clone(), &stream.content),
            Part::Pack(id, objects) => packed(*id, objects),
        }
    }
}

/// Returns an object stream: numbers and places first, then the objects.
fn packed(id: u32, objects: &[(u32, &Object)]) -> io::Result<Vec<u8>> {
    let (mut head, mut body) = (Vec::new(), Vec::new());
    for (number, object) in objects {
        write!(head, "{number} {} ", body.len())?;
        put(&mut body, object)?;
        body.push(b'\n');
    }
    let dictionary = dictionary! {
        "Type" => "ObjStm",
        "N" => objects.len() as i64,
        "First" => head.len() as i64,
    };
    head.extend(body);
    compressed(id, dictionary, &head)
}

/// Returns the table of objects, which is also the trailer.
fn table(trailer: &Dictionary, mut places: Vec<Option<Location>>, before: &[u8]) -> io::Result<Vec<u8>> {
    let id = places.len() as u32;
    set(&mut places, id, Location::At(before.len()));
    // A row is kind, place and index, less the row above it (PNG's filter "up"), which leaves mostly zeros.
    let (mut rows, mut above) = (Vec::with_capacity(places.len() * 8), [0; 7]);
    for place in &places {
        let (kind, at, index) = match *place {
            Some(Location::At(at)) => (1, at as u32, 0),
            Some(Location::Packed { pack, index }) => (2, pack, index as u16),
            None => (0, 0, u16::MAX),
        };
        let [a, b, c, d] = at.to_be_bytes();
        let [e, f] = index.to_be_bytes();
        let row = [kind, a, b, c, d, e, f];
        rows.push(2);
        rows.extend(row.iter().zip(above).map(|(byte, above)| byte.wrapping_sub(above)));
        above = row;
    }
    let identity: Vec<u8> = Sha256::digest(before).iter().take(16).copied().collect();
    let identity = Object::String(identity, StringFormat::Hexadecimal);
    let mut dictionary = dictionary! {
        "Type" => "XRef",
        "Size" => places.len() as i64,
        "W" => vec![1.into(), 4.into(), 2.into()],
        "DecodeParms" => dictionary! { "Predictor" => 12, "Columns" => 7 },
        "ID" => vec![identity.clone(), identity],
    };
    for key in ["Root", "Info"] {
        if let Ok(object) = trailer.get(key.as_bytes()) {
            dictionary.set(key, object.clone());
        }
    }
    compressed(id, dictionary, &rows)
}

fn compressed(id: u32, mut dictionary: Dictionary, content: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(content.len() / 3), Compression::default());
    encoder.write_all(content)?;
    dictionary.set("Filter", name("FlateDecode"));
    indirect(id, dictionary, &encoder.finish()?)
}

fn indirect(id: u32, mut dictionary: Dictionary, content: &[u8]) -> io::Result<Vec<u8>> {
    dictionary.set("Length", content.len() as i64);
    let mut bytes = Vec::with_capacity(content.len() + 120);
    writeln!(bytes, "{id} 0 obj")?;
    put_dictionary(&mut bytes, &dictionary)?;
    bytes.extend_from_slice(b"\nstream\n");
    bytes.extend_from_slice(content);
    bytes.extend_from_slice(b"\nendstream\nendobj\n");
    Ok(bytes)
}

/// One object in PDF's notation (ISO 32000-1, 7.3).
fn put(out: &mut Vec<u8>, object: &Object) -> io::Result<()> {
    match object {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Boolean(value) => write!(out, "{value}")?,
        Object::Integer(value) => write!(out, "{value}")?,
        Object::Real(value) => write!(out, "{value}")?,
        Object::Name(name) => put_name(out, name)?,
        Object::String(bytes, StringFormat::Hexadecimal) => {
            out.push(b'<');
            bytes.iter().try_for_each(|byte| write!(out, "{byte:02X}"))?;
            out.push(b'>');
        }
        Object::String(bytes, StringFormat::Literal) => put_literal(out, bytes),
        Object::Array(items) => {
            out.push(b'[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(b' ');
                }
                put(out, item)?;
            }
            out.push(b']');
        }
        Object::Dictionary(dictionary) => put_dictionary(out, dictionary)?,
        // a stream is never inside another object
        Object::Stream(stream) => put_dictionary(out, &stream.dict)?,
        Object::Reference((id, generation)) => write!(out, "{id} {generation} R")?,
    }
    Ok(())
}

fn put_dictionary(out: &mut Vec<u8>, dictionary: &Dictionary) -> io::Result<()> {
    out.extend_from_slice(b"<<");
    for (key, value) in dictionary {
        put_name(out, key)?;
        out.push(b' ');
        put(out, value)?;
    }
    out.extend_from_slice(b">>");
    Ok(())
}

fn put_name(out: &mut Vec<u8>, name: &[u8]) -> io::Result<()> {
    out.push(b'/');
    for byte in name {
        match byte {
            b'#' | b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%' => write!(out, "#{byte:02X}")?,
            b'!'..=b'~' => out.push(*byte),
            _ => write!(out, "#{byte:02X}")?,
        }
    }
    Ok(())
}

fn put_literal(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'(');
    for byte in bytes {
        match byte {
            b'(' | b')' | b'\\' => out.extend([b'\\', *byte]),
            b'\r' => out.extend_from_slice(b"\\r"),
            _ => out.push(*byte),
        }
    }
    out.push(b')');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_read_back_holds_every_object() {
        let mut pdf = Document::with_version("1.7");
        let odd = dictionary! {
            "A name/with #odd (signs)" => name("Wel[sh] %ŵ"),
            "Words" => Object::string_literal("a (b) \\ c\r)("),
            "Bytes" => Object::String(vec![0, 0xff, 0x0a], StringFormat::Hexadecimal),
            "Others" => vec![Object::Null, true.into(), (-7).into(), 0.25.into(), (3, 0).into()],
        };
        pdf.add_object(odd);
        pdf.add_object(lopdf::Stream::new(dictionary! { "Kept" => 1 }, b"0 0 m ".repeat(99)));
        for number in 0..2 * PACKED as i64 {
            pdf.add_object(number);
        }
        let root = pdf.add_object(dictionary! { "Type" => "Catalog" });
        pdf.trailer.set("Root", root);
        let bytes = write(&pdf).expect("written");
        let read = Document::load_mem(&bytes).expect("read back");
        for (id, object) in &pdf.objects {
            match (object, &read.objects[id]) {
                (Object::Stream(ours), Object::Stream(theirs)) => {
                    assert_eq!(theirs.decompressed_content().expect("packed by us"), ours.content);
                    assert!(theirs.content.len() < ours.content.len() && theirs.dict.has(b"Kept"));
                }
                (ours, theirs) => assert_eq!(ours, theirs),
            }
        }
        assert_eq!(read.trailer.get(b"Root").ok(), Some(&Object::Reference(root)));
    }

    #[test]
    fn the_identity_follows_the_content() {
        let identity = |content: &str| {
            let mut pdf = Document::with_version("1.7");
            pdf.add_object(Object::string_literal(content));
            let read = Document::load_mem(&write(&pdf).expect("written")).expect("read back");
            read.trailer.get(b"ID").expect("it has one").clone()
        };
        assert_eq!(identity("a"), identity("a"));
        assert_ne!(identity("a"), identity("b"));
    }
}
