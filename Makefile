# Short names for what contributors do; CI runs .ci/run.
.PHONY: test bless bench schema

# All tests; installs the outside PDF readers that they use.
test:
	tests/run

# Accepts new output of snapshot tests; look at the difference before you commit it.
bless:
	INSTA_UPDATE=always INSTA_FORCE_PASS=1 cargo test --release

# What each stage costs.
bench:
	cargo bench

# Writes the JSON Schemas of specs, press profiles and manifests anew.
schema:
	for of in spec press manifest review decisions; do cargo run --release -- schema $$of > docs/$$of.schema.json; done
