  // What the reviewer decided: kept by the browser, exported as JSON.
  const PLACE = `platen-review-${data.review}`;
  const decisions = new Map();
  let isKept = true;
  let isExported = true;

  // What each decision was made on, in words. A change names the last one that covered it.
  let acts = [];

  const decisionOf = (change) => decisions.get(change.key)?.decision ?? "undecided";
  const isDecided = (change) => decisionOf(change) !== "undecided";
  const noteOf = (change) => decisions.get(change.key)?.note ?? "";
  /** The decision on an item: that of all its changes which are shown, where it is one. */
  const stateOf = (item) => {
    const all = new Set(item.shown.map(decisionOf));
    return all.size === 1 ? [...all][0] : "undecided";
  };

  const keep = () => {
    isExported = false;
    try {
      localStorage.setItem(PLACE, JSON.stringify({ reviewer: $("reviewer").value, acts, decisions: [...decisions] }));
    } catch {
      isKept = false;
      warn("This browser keeps nothing for a file: export your decisions before you close the page.");
    }
    showProgress();
  };
  const warn = (words) => {
    $("warning").textContent = words;
    $("warning").hidden = words === "";
  };
  const restore = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(PLACE) ?? "null");
      if (!kept) return;
      const known = new Set(changes.map((change) => change.key));
      $("reviewer").value = kept.reviewer ?? "";
      acts = kept.acts ?? [];
      for (const [key, one] of kept.decisions ?? []) if (known.has(key)) decisions.set(key, one);
    } catch {
      isKept = false;
    }
  };

  /** Names changes for the file of decisions. */
  const wordsOf = ([change, ...others]) => {
    const { report, where, group_of } = change;
    return others.length === 0 ? `${kindWords(change.kind)}: ${[report.name, where].filter(Boolean).join(": ")}`
      : `${group_of.title}: ${counted(others.length + 1, group_of.noun)} in ${counted(reportsOf([change, ...others]), "report")}`;
  };
  /** Decides on changes at once; the words say what they have in common. */
  const decide = (covered, decision, words) => {
    const act = decision === "undecided" ? undefined : acts.push(words) - 1;
    for (const change of covered) {
      decisions.set(change.key, { note: "", ...decisions.get(change.key), decision, act });
    }
    keep();
  };
  const setNote = (covered, note) => {
    for (const change of covered) {
      decisions.set(change.key, { decision: "undecided", ...decisions.get(change.key), note });
    }
    keep();
  };

  /** The decisions that stand, each with the changes that it covers and no later one does. */
  const standing = () => {
    const covered = new Map();
    for (const change of changes.filter(isDecided)) {
      const { act, decision } = decisions.get(change.key);
      if (!covered.has(act)) covered.set(act, { what: acts[act], decision, changes: [] });
      covered.get(act).changes.push(change.id);
    }
    return [...covered].sort(([one], [other]) => one - other).map(([, act]) => act);
  };

  const showProgress = () => {
    const decided = changes.filter(isDecided).length;
    $("progress").max = Math.max(changes.length, 1);
    $("progress").value = decided;
    $("progress-label").textContent = decided === 0 ? "No change decided"
      : `${decided} of ${changes.length} decided, by ${counted(standing().length, "decision")}`;
  };

  /** The decisions as `platen approve` takes them. */
  const exported = () => ({
    decisions: data.form,
    review: data.review,
    program: data.program,
    reviewer: $("reviewer").value.trim(),
    policy: data.policy,
    old: data.old,
    new: data.new,
    acts: standing(),
    reports: data.reports.map((report) => ({
      name: report.name,
      jurisdiction: report.jurisdiction,
      old: report.old?.digest,
      new: report.new?.digest,
      changes: report.changes.map((change) => ({
        id: change.id,
        kind: change.kind,
        weight: change.weight,
        where: change.where,
        figures: change.figures,
        before: change.before,
        after: change.after,
        decision: decisionOf(change),
        note: decisions.get(change.key)?.note ?? "",
      })),
    })),
  });

  $("export").addEventListener("click", () => {
    const text = JSON.stringify(exported(), null, 2) + "\n";
    const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    const name = [data.new.edition ?? "review", "decisions"].join("-").replace(/[^\w.-]+/g, "_");
    make("a", { href: address, download: `${name}.json` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
    isExported = true;
    const open = changes.filter((change) => !isDecided(change)).length;
    say(`Exported; ${open === 0 ? "every change is decided" : `${counted(open, "change")} undecided`}.`);
  });

  $("import").addEventListener("click", () => $("file").click());
  $("file").addEventListener("change", async () => {
    const [file] = $("file").files;
    $("file").value = "";
    if (!file) return;
    try {
      const other = JSON.parse(await file.text());
      const found = take(other);
      keep();
      refresh();
      const words = `${counted(found, "decision")} imported from ${file.name}.`;
      warn(other.review === data.review ? "" : "The decisions come from another review; only those on the same changes were taken.");
      say(words);
    } catch {
      warn(`${file.name} holds no decisions of a review.`);
    }
  });
  // A decision of an older program names no figure.
  const isOf = ({ figures }, change) => figures == null || JSON.stringify(figures) === JSON.stringify(change.figures);
  const take = (other) => {
    let found = 0;
    // The act that covers each change; in a file of an older program each change has its own.
    const waitingActs = new Map();
    for (const { what, changes: ids } of other.acts ?? []) {
      const act = acts.push(String(what)) - 1;
      for (const id of ids) waitingActs.set(id, [...(waitingActs.get(id) ?? []), act]);
    }
    for (const report of other.reports) {
      const own = data.reports.find((one) => (report.jurisdiction ? one.jurisdiction === report.jurisdiction : one.name === report.name));
      const waiting = [...(own?.changes ?? [])];
      for (const one of report.changes) {
        const at = waiting.findIndex((change) => change.id === one.id && isOf(one, change));
        if (at < 0 || !["accepted", "rejected", "undecided"].includes(one.decision)) continue;
        const [change] = waiting.splice(at, 1);
        const note = String(one.note ?? "");
        if (one.decision === "undecided" && note === "") continue;
        const act = one.decision === "undecided" ? undefined : waitingActs.get(one.id)?.shift() ?? acts.push(wordsOf([change])) - 1;
        decisions.set(change.key, { decision: one.decision, note, act });
        found += 1;
      }
    }
    if (!$("reviewer").value && typeof other.reviewer === "string") $("reviewer").value = other.reviewer;
    return found;
  };
  addEventListener("beforeunload", (event) => {
    if (!isKept && !isExported && decisions.size > 0) event.preventDefault();
  });

