//! PDFs written by hand, with one thing wrong in each.

use crate::support::repository;

/// A PDF of one page, written by hand: sound, unless a part of it is replaced.
pub(crate) struct Page {
    pub boxes: &'static str,
    pub content: &'static str,
    pub resources: &'static str,
    pub page: &'static str,
    pub intent: &'static str,
    pub trailer: &'static str,
    /// Further objects, from number 10.
    pub objects: Vec<Vec<u8>>,
    pub pages: usize,
    /// Nodes of the page tree instead of the same page so many times.
    pub kids: String,
}

pub(crate) const BOXES: &str =
    "/MediaBox [0 0 709.2 889.2] /BleedBox [39.6 39.6 669.6 849.6] /TrimBox [48.6 48.6 660.6 840.6]";
pub(crate) const FONT: &str = "/Font << /F 6 0 R >>";
pub(crate) const INTENT: &str = "/OutputIntents [<< /Type /OutputIntent /S /GTS_PDFX /OutputConditionIdentifier (CGATS TR 006) /DestOutputProfile 8 0 R >>]";
pub(crate) const CONTENT: &str = "0 0 0 1 k BT /F 10 Tf 100 700 Td (Words) Tj ET
    1 0.72 0.25 0.38 k 39.6 800 630 49.6 re f
    0 0 0 1 K 0.4 w 100 600 m 500 600 l S";

impl Default for Page {
    fn default() -> Self {
        Self {
            boxes: BOXES,
            content: CONTENT,
            resources: FONT,
            page: "",
            intent: INTENT,
            trailer: "",
            objects: Vec::new(),
            pages: 1,
            kids: String::new(),
        }
    }
}

pub(crate) fn stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let mut object = format!("<< {dictionary} /Length {} >>\nstream\n", content.len()).into_bytes();
    object.extend_from_slice(content);
    object.extend_from_slice(b"\nendstream");
    object
}

impl Page {
    pub(crate) fn pdf(&self) -> Vec<u8> {
        let icc = std::fs::read(repository().join("config/press/icc/cgats-tr-006.icc")).unwrap();
        let kids = if self.kids.is_empty() { "3 0 R ".repeat(self.pages) } else { self.kids.clone() };
        let mut objects: Vec<Vec<u8>> = vec![
            format!("<< /Type /Catalog /Pages 2 0 R {} >>", self.intent).into(),
            format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", self.pages).into(),
            format!(
                "<< /Type /Page /Parent 2 0 R {} /Contents 4 0 R /Resources << {} >> {} >>",
                self.boxes, self.resources, self.page
            )
            .into(),
            stream("", self.content.as_bytes()),
            b"null".to_vec(),
            b"<< /Type /Font /Subtype /TrueType /BaseFont /Words /FirstChar 32 /LastChar 32 /Widths [250] /FontDescriptor 7 0 R >>".to_vec(),
            b"<< /Type /FontDescriptor /FontName /Words /FontFile2 9 0 R >>".to_vec(),
            stream("/N 4", &icc),
            stream("", b"a font"),
        ];
        objects.extend(self.objects.iter().cloned());
        let mut bytes = b"%PDF-1.6\n".to_vec();
        let mut table = String::new();
        for (index, object) in objects.iter().enumerate() {
            table += &format!("{:010} 00000 n \n", bytes.len());
            bytes.extend(format!("{} 0 obj\n", index + 1).bytes());
            bytes.extend_from_slice(object);
            bytes.extend_from_slice(b"\nendobj\n");
        }
        let (start, size) = (bytes.len(), objects.len() + 1);
        bytes.extend(format!("xref\n0 {size}\n0000000000 65535 f \n{table}").bytes());
        bytes.extend(
            format!("trailer\n<< /Size {size} /Root 1 0 R {} >>\nstartxref\n{start}\n%%EOF\n", self.trailer).bytes(),
        );
        bytes
    }
}

pub(crate) fn picture(space: &str, side: usize, channels: usize, byte: u8) -> Vec<u8> {
    let dictionary =
        format!("/Type /XObject /Subtype /Image /Width {side} /Height {side} /BitsPerComponent 8 /ColorSpace {space}");
    stream(&dictionary, &vec![byte; side * side * channels])
}

impl Page {
    pub(crate) fn resources(self, resources: &'static str) -> Self {
        Self { resources, ..self }
    }

    pub(crate) fn object(mut self, object: Vec<u8>) -> Self {
        self.objects.push(object);
        self
    }

    /// Turns a small picture into a large one, so that no other fault is found.
    pub(crate) fn unless(mut self, _: &str) -> Self {
        self.content = "q 0.2 0 0 0.2 100 100 cm BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI Q";
        self
    }
}

pub(crate) fn with(content: &'static str) -> Page {
    Page { content, ..Page::default() }
}
