# Short names for what contributors do; CI runs .ci/run.
INSTA = 1.49.0

.PHONY: test bless bench schema

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
	for of in spec press manifest review decisions; do cargo run --release -- schema $$of > docs/$$of.schema.json || exit; done
