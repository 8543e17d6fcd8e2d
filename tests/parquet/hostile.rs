//! Files made to harm their reader.

use std::fs::File;
use std::io::{self, Read, Write};

use crate::support::parquet::{RawPage, closed, equal_numbers, footer_of, raw, shared_beginnings};
use crate::support::{Project, peak_of};

use super::SPEC;

/// A project with one more source, whose file is made to do harm.
fn hostile() -> Project {
    let project = Project::new();
    let source = "  case_locations:\n    file:";
    let more = format!("  hostile:\n    file: data/hostile.parquet\n    columns:\n      id: {{ type: id }}\n{source}");
    project.edit(SPEC, source, &more);
    project
}

/// Takes a file apart into its body and its footer.
fn apart(file: &[u8]) -> (&[u8], &[u8]) {
    let end = file.len() - 8;
    let length = u32::from_le_bytes(file[end..end + 4].try_into().unwrap()) as usize;
    (&file[4..end - length], &file[end - length..end])
}

const MIB: usize = 1 << 20;

#[test]
fn files_made_to_harm_are_refused_in_bounded_memory() {
    let project = hostile();
    let zeros = |length: u64| {
        let mut packed = zstd::stream::write::Encoder::new(Vec::new(), 1).unwrap();
        io::copy(&mut io::repeat(0).take(length), &mut packed).unwrap();
        packed.finish().unwrap()
    };
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    io::copy(&mut io::repeat(0).take(1 << 28), &mut gzip).unwrap();
    let gzip = gzip.finish().unwrap();
    let page = |unpacked: i64, values: i64, bytes: Vec<u8>| RawPage { unpacked, ..RawPage::plain(0, values, 0, bytes) };
    let dictionary = |values: i64, bytes: Vec<u8>| {
        let all = RawPage { unpacked: (16 * MIB) as i64, ..RawPage::plain(2, values, 0, bytes) };
        [all, RawPage::plain(0, 1, 8, vec![1, 2, 0])]
    };
    let large = |what: &str| {
        format!(
            "error[data::too-large]: {what}\n  ┌─ data/hostile.parquet\n  = help: what is meant to be so large needs a larger `page_kib` under `limits` of `hostile`\n"
        )
    };
    let damaged = "error[data::not-parquet]: the file cannot be read as Parquet\n  ┌─ data/hostile.parquet\n  = help: it is another kind of file, or was cut off: write it again\n".to_owned();
    let delta = |prefixes: Vec<u8>, lengths: Vec<u8>, values: i64, encoding: i64, text: usize| {
        RawPage::plain(0, values, encoding, [prefixes, lengths, vec![b'x'; text]].concat())
    };
    let together = large("the pages that are read together take more than 98304 KiB");
    let cases: Vec<(&str, Vec<u8>, String)> = vec![
        ("a page of 1 GiB that says so", raw(6, 1, &[page(1 << 30, 1, zeros(1 << 30))]), large("a page of the file takes more than 16384 KiB")),
        ("a page of 1 GiB that does not say so", raw(6, 1, &[page(1000, 1, zeros(1 << 30))]), damaged.clone()),
        ("the same by gzip", raw(2, 1, &[page(1000, 1, gzip)]), damaged.clone()),
        ("a dictionary of more values than bytes", raw(0, 1, &[RawPage::plain(2, 1 << 30, 0, vec![0; 400])]), damaged.clone()),
        ("a dictionary of four million empty texts", raw(6, 1, &dictionary(4 * MIB as i64, zeros(16 * MIB as u64))), together.clone()),
        ("lengths of two thousand million texts", raw(0, 1, &[delta(vec![], equal_numbers(1 << 31, 0), 1, 6, 0)]), damaged.clone()),
        ("the same, and the header agrees", raw(0, 1, &[delta(vec![], equal_numbers((1 << 31) - 1, 0), (1 << 31) - 1, 6, 0)]), together.clone()),
        ("beginnings of as many", raw(0, 1, &[delta(equal_numbers((1 << 31) - 1, 0), equal_numbers(1, 0), (1 << 31) - 1, 7, 0)]), together),
        ("a text of 8 MiB that a thousand others begin with", raw(0, 1000, &[shared_beginnings(8 * MIB as i64, 1000)]), "error[data::too-large]: a value of the file takes more than 1024 KiB\n  ┌─ data/hostile.parquet\n  = help: what is meant to be so large needs a larger `field_kib` under `limits` of `hostile`\n".to_owned()),
        ("a footer that says it has many columns", closed(b"", &footer_of(1 << 31, false)), damaged.clone()),
        ("a footer of a million columns", closed(b"", &footer_of(1 << 20, true)), large("the footer of the file takes more than 65536 KiB of memory")),
        ("more rows than there are", raw(0, 1 << 40, &[page(5, 1, vec![1, 0, 0, 0, b'a'])]), "error[data::too-many]: the file says that it holds more than 4 billion rows\n  ┌─ data/hostile.parquet\n  = help: a source holds at most so many\n".to_owned()),
        ("more values than the footer counts", raw(0, 1, &[page(10, 2, vec![1, 0, 0, 0, b'a', 1, 0, 0, 0, b'b'])]), damaged.clone()),
        ("a page more than the footer counts", raw(0, 1, &[page(5, 1, vec![1, 0, 0, 0, b'a']), page(5, 1, vec![1, 0, 0, 0, b'b'])]), damaged.clone()),
        ("fewer rows than the footer says", raw(0, 3, &[page(5, 1, vec![1, 0, 0, 0, b'a'])]), damaged),
        ("an algorithm of old days", raw(3, 1, &[page(5, 1, vec![1, 0, 0, 0, b'a'])]), "error[data::not-parquet]: the Parquet file is compressed by LZO\n  ┌─ data/hostile.parquet\n  = help: write it uncompressed, or compressed by Snappy, Zstandard, gzip, LZ4 or Brotli\n".to_owned()),
    ];
    for (what, file, expected) in cases {
        project.write("data/hostile.parquet", file);
        let (says, peak) = peak_of(&project, &["check", SPEC]);
        assert_eq!(says, expected + "1 error\n", "{what}");
        assert!(peak < 200 * MIB as u64, "{what}: {} MiB", peak / MIB as u64);
    }
}

/// A footer of hundreds of megabytes, which take no room on the disk.
#[test]
fn a_footer_that_is_most_of_a_large_file_is_not_read() {
    let project = hostile();
    let mut file = File::create(project.path("data/hostile.parquet")).unwrap();
    file.write_all(b"PAR1").unwrap();
    file.set_len(400 * MIB as u64).unwrap();
    io::Seek::seek(&mut file, io::SeekFrom::End(0)).unwrap();
    file.write_all(&[&(390 * MIB as u32).to_le_bytes()[..], b"PAR1"].concat()).unwrap();
    let (says, peak) = peak_of(&project, &["check", SPEC]);
    assert!(
        says.starts_with("error[data::too-large]: the footer of the file takes more than 65536 KiB of memory\n"),
        "{says}"
    );
    assert!(peak < 120 * MIB as u64, "{} MiB", peak / MIB as u64);
}

#[test]
fn the_bounds_of_pages_are_set_in_the_spec() {
    let project = hostile();
    let text = [&(3000_u32).to_le_bytes()[..], &[b'x'; 3000]].concat();
    project.write("data/hostile.parquet", raw(0, 1, &[RawPage::plain(0, 1, 0, text)]));
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[data::too-large]: an id takes at most 1024 bytes, and this one more
      ┌─ data/hostile.parquet:1, column `id`
    1 error
    ");
    let columns = "    columns:\n      id: { type: id }\n";
    for (what, key) in [("a page", "page_kib"), ("a value", "field_kib")] {
        let sound = project.read(SPEC);
        project.edit(SPEC, columns, &format!("    limits: {{ {key}: 2 }}\n{columns}"));
        let expected = format!(
            "error[data::too-large]: {what} of the file takes more than 2 KiB\n  ┌─ data/hostile.parquet\n  \
             = help: what is meant to be so large needs a larger `{key}` under `limits` of `hostile`\n\
             1 error\n"
        );
        assert_eq!(project.refuses(&["check", SPEC]), expected);
        project.write(SPEC, sound);
    }
}

#[test]
fn encrypted_files_are_told_as_such() {
    let project = hostile();
    let sound = raw(0, 1, &[RawPage::plain(0, 1, 0, vec![1, 0, 0, 0, b'a'])]);
    project.write("data/hostile.parquet", &sound);
    project.succeeds(&["check", SPEC]);
    let encrypted = [b"PARE", &sound[4..sound.len() - 4], b"PARE"].concat();
    project.write("data/hostile.parquet", encrypted);
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[data::not-parquet]: the Parquet file is encrypted
      ┌─ data/hostile.parquet
      = help: write it without encryption, where only the project can read it
    1 error
    ");
    // The footer may be legible: it then names the algorithm in its field 8.
    let (body, footer) = apart(&sound);
    let footer = [&footer[..footer.len() - 1], &[0x4c, 0x1c, 0, 0, 0]].concat();
    project.write("data/hostile.parquet", closed(body, &footer));
    let says = project.refuses(&["check", SPEC]);
    assert!(says.starts_with("error[data::not-parquet]: the Parquet file is encrypted\n"), "{says}");
}

/// Fields that no reader needs are skipped, whatever they say of their size.
#[test]
fn headers_that_claim_more_than_they_hold_take_no_memory() {
    let project = hostile();
    let page = RawPage::plain(0, 1, 0, [&[1, 0, 0, 0, b'a'][..], &[0; 5000]].concat());
    let sound = raw(0, 1, std::slice::from_ref(&page));
    project.write("data/hostile.parquet", &sound);
    project.succeeds(&["check", SPEC]);
    // A number of 31 bits, and one of 26.
    let (most, many) = ([0xff, 0xff, 0xff, 0xff, 7], [0xff, 0xff, 0xff, 31]);
    let claim = |kind: u8, value: &[&[u8]]| [&[0x10 | kind][..], &value.concat()].concat();
    let claims = [
        ("a text", claim(8, &[&most])),
        ("a text of 64 MiB", claim(8, &[&many])),
        ("a list of numbers", claim(9, &[&[0xf5], &most])),
        ("a list of structures", claim(9, &[&[0xfc], &most])),
        ("a list of truths", claim(9, &[&[0xf1], &many])),
        ("a set of texts", claim(10, &[&[0xf8], &many])),
        ("a map", claim(11, &[&most, &[0x88]])),
        ("a map of maps", claim(11, &[&many, &[0xbb]])),
        ("a list of a negative length", claim(9, &[&[0xf5, 0xff, 0xff, 0xff, 0xff, 15]])),
        ("structures in structures", [0x1c; 4000].to_vec()),
        ("lists in lists", [&[0x19][..], &[0x19; 4000]].concat()),
    ];
    let says = "error[data::not-parquet]: the file cannot be read as Parquet\n  ┌─ data/hostile.parquet\n  \
                = help: it is another kind of file, or was cut off: write it again\n\
                1 error\n";
    let (body, footer) = apart(&sound);
    for (what, claim) in claims {
        // In the place of what ends the footer, and of what ends the page's header and of the page.
        let in_footer = closed(body, &[&footer[..footer.len() - 1], &claim].concat());
        let mut with_claim = body.to_vec();
        let end = body.len() - page.bytes.len() - 1;
        with_claim[end..end + claim.len()].copy_from_slice(&claim);
        for (place, file) in [("the footer", in_footer), ("a page's header", closed(&with_claim, footer))] {
            project.write("data/hostile.parquet", file);
            let (told, peak) = peak_of(&project, &["check", SPEC]);
            assert_eq!(told, says, "{what} in {place}");
            assert!(peak < 120 * MIB as u64, "{what} in {place}: {} MiB", peak / MIB as u64);
        }
    }
}

#[test]
fn a_page_is_held_against_its_checksum() {
    let project = hostile();
    let mut crc = flate2::Crc::new();
    crc.update(&[1, 0, 0, 0, b'a']);
    let page = |checksum: u32| {
        let page = RawPage::plain(0, 1, 0, vec![1, 0, 0, 0, b'a']);
        raw(0, 1, &[RawPage { checksum: Some(i64::from(checksum as i32)), ..page }])
    };
    project.write("data/hostile.parquet", page(crc.sum()));
    project.succeeds(&["check", SPEC]);
    project.write("data/hostile.parquet", page(crc.sum() ^ 1));
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[data::not-parquet]: a page of the file is not what its checksum says
      ┌─ data/hostile.parquet
      = help: it was damaged after it was written: get it anew
    1 error
    ");
}
