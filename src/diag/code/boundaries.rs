//! Faults of boundaries.

super::entry::codes! { "boundaries";
    UNREADABLE = "boundaries::unreadable":
        "A file of the boundaries cannot be read. The folder holds `index.json` and one file for each jurisdiction, \
         such as `CT.geojson`."
        example "cannot read the boundaries: no such file or folder";

    NOT_UTF8 = "boundaries::not-utf8":
        "A boundary file is in another encoding. Save it as UTF-8; a byte order mark does no harm."
        example "the file is UTF-16, not UTF-8";

    ZERO_BYTE = "boundaries::zero-byte":
        "A boundary file holds bytes of zero: it is damaged, or was cut off while it was written."
        example "the file holds bytes of zero";

    NOT_TEXT = "boundaries::not-text":
        "A property of a county is a number or a list where a text belongs. Only `GEOID` may be a number, which then \
         gets its leading zero back."
        example "county 09003 has the property `NAME` as a number, not as a text";

    BAD_CHARACTER = "boundaries::bad-character":
        "The name or the kind of a county holds a character that turns, hides or breaks text, so that map and words \
         would not read as they are written."
        example "county 09003 has U+200B ZERO WIDTH SPACE in its `NAME`, which cannot be printed";

    STRAY_PART = "boundaries::stray-part":
        "A part of a county lies at 0, 0, where there is only sea, and the other counties lie far from there. \
         Positions that are missing are often written so."
        example "a part of county 09003 lies at 0, 0, far from all others";

    NULL_GEOMETRY = "boundaries::null-geometry":
        "A county has no shape at all. It could neither be drawn nor found."
        example "county 09003 has no geometry: it is `null`";

    NOT_IN_INDEX = "boundaries::not-in-index":
        "A report has a map, and `index.json` does not know its jurisdiction, so that no county of it could be named."
        example "the index of the boundaries has no jurisdiction `CT`, which has a report";

    FURTHER_COUNTIES = "boundaries::further-counties":
        "A boundary file has counties that `index.json` does not have, so that case data could not name them. The two \
         are of different makes."
        example "the file has counties that are not in the index: 09017, 09019";

    MISSING_COUNTIES = "boundaries::missing-counties":
        "A boundary file lacks counties that `index.json` has: the map does not show them. Where one of them would be \
         shaded, the report cannot be built (`map::unknown-county`)."
        example "the file lacks counties that are in the index, so that no map shows them: 09001";

    OTHER_NAME = "boundaries::other-name":
        "A county has one name in its boundary file and another in `index.json`: map and words would differ."
        example "county 09015 is called `Windham`, and `Tolland` in the index";

    OTHER_STATEFP = "boundaries::other-statefp":
        "The digits that open the GEOIDs of a file are others than `index.json` or the spec's `fips` says. No \
         location would be found in it."
        example "the file holds the state 09, and the index says 10";

    OTHER_PLACE = "boundaries::other-place":
        "The counties lie elsewhere than the `bbox` of `index.json` says: longitude and latitude are exchanged, a \
         sign is lost, or a part lies far away, as at 0, 0. If the file is right, correct the `bbox`: west, south, \
         east, north."
        example "the counties lie from longitude -73.00 to 0.10 and latitude 0.00 to 42.00, and the index says from \
                 longitude -73.00 to -71.00 and latitude 41.00 to 42.00";

    OUTSIDE_WINDOW = "boundaries::outside-window":
        "No county of the file lies in the jurisdiction's `window`: one of the two is wrong."
        example "the counties lie from longitude -73.00 to -71.00 and latitude 41.00 to 42.00, and none of them in \
                 the `window` of the jurisdiction";

    OUTSIDE_STATE = "boundaries::outside-state":
        "The index has no `bbox` for a jurisdiction, and its counties do not lie in the state of their first two \
         digits; with longitude and latitude exchanged, or the sign of the longitudes put back, they would. If the \
         file is right, write its `bbox` into the index."
        example "the counties lie from longitude 71.00 to 73.00 and latitude 41.00 to 42.00, where state 09 has none";

    TOO_INTRICATE = "boundaries::too-intricate":
        "Edges of a county cross, or lie beside each other, so often that putting them right would take too long. \
         Real boundaries do not: the file is damaged, or far too detailed for a map."
        example "the edges of county 09003 cross, or lie beside each other, too often to be put right";

    COVERED = "boundaries::covered":
        "Two counties have the same shape, so that one of them could not be seen."
        example "county 09003 lies wholly under county 09015";

    BAD_DETAIL = "boundaries::bad-detail":
        "The detailed boundaries, by which points are located, cannot be read or are not those of the index. They are \
         TopoJSON packed by gzip, `CT.topojson.gz`; without the file the boundaries of the map are used."
        example "the detailed boundaries cannot be used: county 09001 is not where the map has it";

    OTHER_DIGEST = "boundaries::other-digest":
        "A boundary file is not the one whose `sha256` stands in `index.json`. Who changed it on purpose writes the \
         new digest into the index or takes `sha256` out of it; who did not has a damaged file."
        example "the file is not the one that `index.json` describes: its SHA-256 digest is another";

    NO_PLACE = "boundaries::no-place":
        "The entry of a jurisdiction in `index.json` has no `bbox` (west, south, east, north), so that exchanged axes \
         and lost signs could not be noticed. Write it there once the map looks right."
        example "`index.json` has no `bbox` to check the place of the counties by: they lie from longitude -73.00 to \
                 -71.00 and latitude 41.00 to 42.00";

    OTHER_CRS = "boundaries::other-crs":
        "GeoJSON is in degrees, longitude first. The file names another system of coordinates, yet its numbers can be \
         degrees, and are read as such."
        example "the file calls its coordinates `EPSG:3857`, and they are read as degrees";

    CROSSED_RING = "boundaries::crossed-ring":
        "A ring of a county crosses itself, so that its inside is open to doubt. All its loops are filled."
        example "a ring of county 09003 (Hartford) crosses itself at -72.50000, 41.50000";

    OVERLAPPING_PARTS = "boundaries::overlapping-parts":
        "Parts of a county cover the same ground. They are joined."
        example "parts of county 09003 (Hartford) overlap at -72.40000, 41.60000";

    ENCLAVE = "boundaries::enclave":
        "A county lies within another one that has no hole for it. The inner one is drawn, and points in it are its \
         own."
        example "county 09015 (Windham) lies within county 09003 (Hartford), which has no hole for it";

    TOO_LARGE = "boundaries::too-large":
        "A boundary file is larger than any real one. Simplify it to the scale of the map."
        example "the file has more than the 67108864 bytes accepted";

    NOT_GEOJSON = "boundaries::not-geojson":
        "A boundary file is no GeoJSON (RFC 7946), or was cut off."
        example "the file is broken: it has not the form of boundaries";

    NOT_FEATURE_COLLECTION = "boundaries::not-feature-collection":
        "A boundary file must be a `FeatureCollection` with one feature for each county."
        example "a `FeatureCollection` is needed, not a `Feature`";

    MISSING_MEMBER = "boundaries::missing-member":
        "A boundary file must say at its top what it holds, in the members `jurisdiction` and `statefp`."
        example "the member `statefp` is missing or malformed";

    MISSING_VINTAGE = "boundaries::missing-vintage":
        "A boundary file must say of which year its counties are, in the member `vintage`."
        example "the member `vintage` is missing or no year";

    WRONG_VINTAGE = "boundaries::wrong-vintage":
        "The boundaries are of another year than the spec asks for. Counties change over the years; a map of the \
         wrong ones would be wrong."
        example "the boundaries are of 2016, and the spec asks for those of 2022";

    OTHER_JURISDICTION = "boundaries::other-jurisdiction":
        "A boundary file holds the counties of another jurisdiction than its name says."
        example "the file holds the counties of `RI`, and its name says `CT`";

    OUTLINES = "boundaries::outlines":
        "The outlines for the map of a release's index page are GeoJSON: a feature for each jurisdiction, of \
         polygons, with its code as `id`. Make them anew, or take the file away: the page then has no map."
        example "there are two outlines of `CT`";

    NO_COUNTIES = "boundaries::no-counties":
        "The boundaries hold no county."
        example "the collection holds no county";

    MISSING_GEOID = "boundaries::missing-geoid":
        "A county has no property `GEOID`."
        example "feature 3 has no property `GEOID`";

    BAD_GEOID = "boundaries::bad-geoid":
        "A GEOID is not five digits."
        example "feature 3 has the GEOID `9003`, which is not five digits";

    OTHER_STATE = "boundaries::other-state":
        "A county belongs to another state than the rest of its file."
        example "county 36001 does not belong to state 09";

    DUPLICATE_GEOID = "boundaries::duplicate-geoid":
        "Two counties have the same GEOID. Parts of one county are one multipolygon."
        example "county 09003 stands twice";

    MISSING_NAME = "boundaries::missing-name":
        "A county has no property `NAME`, which the map and its alternative text print."
        example "county 09003 has no property `NAME`";

    NOT_POLYGONAL = "boundaries::not-polygonal":
        "The shape of a county is neither a polygon nor a multipolygon."
        example "county 09003 is a `LineString`, not a polygon or multipolygon";

    EMPTY_GEOMETRY = "boundaries::empty-geometry":
        "The shape of a county covers no area. Simplification has probably removed a small one."
        example "county 09003 covers no area";

    SHORT_RING = "boundaries::short-ring":
        "A ring of a county has fewer than four positions and bounds no area."
        example "a ring of county 09003 has 3 positions, fewer than four";

    UNCLOSED_RING = "boundaries::unclosed-ring":
        "A ring of a county does not end where it starts."
        example "a ring of county 09003 does not end where it starts";

    BAD_COORDINATE = "boundaries::bad-coordinate":
        "A position of a county is not on the globe. Boundaries are in degrees of longitude and latitude, not \
         projected."
        example "county 09003 has the position 541000, 4610000, which is not on the globe";

    SHORT_POSITION = "boundaries::short-position":
        "A position of a county lacks its longitude or its latitude."
        example "county 09003 has a position without longitude and latitude";
}
