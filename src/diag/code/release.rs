//! Faults of releases and of their approvals.

super::entry::codes! { "release";
    LOCKED = "release::locked":
        "Another release into the same folder is running. The lock ends with the process that holds it."
        example "another release into this folder is running";

    NO_WORDS = "release::no-words":
        "The index page of a release has words in English and Spanish. In an edition of another language it is in \
         English, and says so; the reports are not concerned."
        example "the index page has no words in `ht`, and is in English";

    OTHER_CONTENT = "release::other-content":
        "The folder holds files that are no release, or stand beside one, and a release would throw them away. Move \
         them elsewhere or choose another folder; `--clean` throws away what stands beside a release."
        example "the folder holds what is not of its release: `NOTES.txt`, `pdf/more.pdf`";

    WOULD_SHRINK = "release::would-shrink":
        "The folder holds a release that this one would not cover: other reports, another edition, or a later \
         revision. Release into another folder."
        example "the folder holds 51 reports, and this release would hold 1";

    INPUT = "release::input":
        "A file that the reports depend on, or that the release is made of, cannot be read."
        example "cannot read the file: no such file or folder";

    CACHE = "release::cache":
        "Finished reports cannot be kept. Choose another folder with `--cache`, or do without with `--no-cache`."
        example "cannot write to the cache: permission denied";

    NO_RELEASE = "release::no-release":
        "The folder has no `manifest.json`, so it holds no release."
        example "the folder holds no release: it has no `manifest.json`";

    MANIFEST = "release::manifest":
        "The manifest of a release cannot be read, or is of a form that this program does not know."
        example "line 12, column 3 is no part of a manifest";

    NOT_LISTED = "release::not-listed":
        "A release holds a file that its manifest does not name, or something that is no file. Whoever has put it \
         there, it is not of the release."
        example "the release holds a file that its manifest does not name";

    SAME_SHEET = "release::same-sheet":
        "Two tables of the spec would have one file in the data package of a release: there, names are of small \
         letters, digits and hyphens, and `counters` and `counties` are taken."
        example "the table `Reason` would have the name of another sheet in the data package of a release";

    TABLES = "release::tables":
        "The published tables of a report have not the form that they are published in."
        example "line 12 is no part of published tables";

    ALTERED = "release::altered":
        "A file of a release is not what the others say of it: a published file, the manifest or `SHA256SUMS` was \
         changed, or lost, after it was released."
        example "the published file is not what the manifest says";

    INPUT_CHANGED = "release::input-changed":
        "An input is not what the release was made from, so the release cannot be made again. Verify with the inputs \
         of its day, or compare outputs only with `--outputs-only`."
        example "the input is not what the release was made from";

    OTHER_PROGRAM = "release::other-program":
        "The release was made by another version of the program. Verify with that version, or compare outputs only \
         with `--outputs-only`."
        example "the release was made by another program: version 0.1.0, source 5f0c2a91";

    NO_INPUTS = "release::no-inputs":
        "The spec that the release was made from is not in the project. Name its folder by `--project`."
        example "the file that the release names as its spec is none that can be used here (spec::unknown-key)";

    DIFFERS = "release::differs":
        "A published file differs from what the same inputs make. The first difference is told, by report, stage and \
         page."
        example "`/reports/0/pages` is not what the same inputs make";

    NOT_APPROVED = "release::not-approved":
        "A report that somebody approved would change, and the new one has no approval. Release it into another \
         folder, approve it there, and name that folder by `--approvals`."
        example "the approved report of Connecticut would change, and nobody has approved the new one";

    NEEDS_REVISION = "release::needs-revision":
        "Figures of a report that somebody approved would change. An edition that is published again with other \
         figures has a number of revision, a day and its reasons: the key `revision` of the spec."
        example "figures of the approved report of Connecticut would change under the same number";

    NO_PREDECESSOR = "release::no-predecessor":
        "A revision lists what differs from the publication before, so that must be at hand; for slices that are \
         joined, the same as when they were built. Name its folder by `--previous`."
        example "revision 2 corrects a release, and none is here";

    NO_REASON = "release::no-reason":
        "A figure was corrected, and none of the revision's reasons concerns its table and jurisdiction. Add one."
        example "figures of `IN THE TEXT` changed in CT, and no reason of the revision concerns them";

    APPROVALS = "release::approvals":
        "The ledger of approvals cannot be read, one of its records was changed or taken out, or it is of other \
         reports or another edition than those that it stands with."
        example "the approvals are of the edition `nhth-2015`, not `nhth-2016`";

    DECISIONS = "release::decisions":
        "The file holds no decisions on a review, they are on another release, or they leave out a change."
        example "the decisions say nothing of Connecticut";

    NOT_ACCEPTED = "release::not-accepted":
        "A report has changes that the reviewer rejected, or has not decided on."
        example "of 12 changes of Connecticut, 1 rejected and 2 undecided";

    UNKNOWN_REPORT = "release::unknown-report":
        "The release has no report for this jurisdiction."
        example "the release has no report for `CX`";

    UNSIGNED_APPROVALS = "release::unsigned-approvals":
        "The release is checked with a key, and its approvals have no signature: whoever takes one away can write any \
         approval. Or approvals that were signed would be published without a signature. `--unsigned-approvals` \
         accepts both."
        example "the approvals have no signature, so that anybody can have written them";

    SIGNATURE = "release::signature":
        "A key or a signature cannot be read, or the signature was not made with this key over this manifest."
        example "the file is no secret key of minisign";

    SLICES = "release::slices":
        "Slices do not make up one release: one is missing, named twice, incomplete, or made from other inputs."
        example "the report of `CT` is in `one` as well";
}
