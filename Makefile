# Short names for what contributors do; CI runs .ci/run.
INSTA = 1.49.0
CYCLONEDX = 0.5.9

.PHONY: test bless bench schema sbom advisories

# All tests; installs the outside PDF readers that they use.
test:
	tests/run

# Accepts new output of snapshot tests; look at the difference before you commit it. Inline snapshots are rewritten by
# cargo-insta: the library writes beside the source only. A test that fails for another reason fails here too.
bless:
	[ "$$(cargo insta --version 2>/dev/null)" = "cargo-insta $(INSTA)" ] || cargo install --quiet --locked --force cargo-insta@$(INSTA)
	INSTA_FORCE_PASS=1 INSTA_UPDATE=new cargo test --release --locked --no-fail-fast; tested=$$?; \
	cargo insta accept && exit $$tested

# What each stage costs.
bench:
	cargo bench

# Writes all JSON Schemas anew.
schema:
	for of in spec press manifest table review decisions; do cargo run --release -- schema $$of > docs/$$of.schema.json || exit; done

# Writes the bill of materials anew, from Cargo.lock. It holds no time, no number of its own and no path of this machine.
sbom:
	[ "$$(cargo cyclonedx --version 2>/dev/null)" = "cargo-cyclonedx-cyclonedx $(CYCLONEDX)" ] || cargo install --quiet --locked --force cargo-cyclonedx@$(CYCLONEDX)
	SOURCE_DATE_EPOCH=0 cargo cyclonedx --quiet --format json --spec-version 1.5 --target all --override-filename sbom.cdx
	sed -e '/^ *"timestamp": /d' -e 's|url=file://crates|url=file://./crates|' -e 's|path+file://$(CURDIR)\([/#]\)|path+file://.\1|' sbom.cdx.json > docs/sbom.cdx.json
	rm -f sbom.cdx.json crates/*/sbom.cdx.json

# Checks the libraries for known advisories, and notes which these were, for a CI that has no network.
advisories:
	.ci/supply-chain --record
