  // The list of changes, its filters, and the change that is chosen.
  let items = [];
  let lines = [];
  let current;

  const MARKS = { accepted: ["✓", "accepted"], rejected: ["✗", "rejected"], undecided: ["", "undecided"] };

  const lineOf = (item) => {
    const [change] = item.members;
    const [kind, what] = item.group
      ? [GROUPS[item.group][0], `${item.members.length} ${GROUPS[item.group][1]}`]
      : [kindWords(change.kind), brief(change)];
    const state = make("span", { class: "state" });
    const button = make("button", { type: "button", class: `change ${change.kind} ${change.weight}`, tabindex: "-1" },
      state,
      make("span", { class: "kind" }, kind, change.weight === "warning" ? make("span", { class: "small" }, " warning") : null),
      make("span", { class: "place" }, item.group ? "" : change.where),
      make("span", { class: "what" }, what));
    button.addEventListener("click", () => {
      choose(item);
      // Where the pages stand below the list, they come into sight.
      if (matchMedia("(max-width: 60rem)").matches) $("what").scrollIntoView();
    });
    item.button = button;
    item.state = state;
    item.line = make("li", {}, button);
    showState(item);
    return item.line;
  };
  const showState = (item) => {
    const state = stateOf(item);
    const [mark, words] = MARKS[state];
    item.button.dataset.state = state;
    item.state.replaceChildren(make("span", { "aria-hidden": "true" }, mark), make("span", { class: "away" }, words));
    item.button.classList.toggle("noted", noteOf(item) !== "");
  };

  const build = () => {
    const isUnfolded = $("unfold").checked;
    const sections = data.reports.map((report) => {
      report.items = itemsOf(report, isUnfolded);
      const id = `report-${report.index}`;
      report.count = make("span", { class: "small" });
      report.section = make("section", { "aria-labelledby": id },
        make("h3", { id }, report.name, " ", report.count),
        report.tagged ? null : make("p", { class: "small" }, "Without a structure tree: words are compared in the order they are drawn."),
        make("ol", {}, ...report.items.map(lineOf)));
      return report.section;
    });
    items = data.reports.flatMap((report) => report.items);
    $("list").replaceChildren(...sections);
  };

  const wantedKinds = () => new Set([...$("kinds").querySelectorAll("input:checked")].map((one) => one.value));
  const filter = () => {
    const words = plain($("words").value.trim()).split(/\s+/).filter(Boolean);
    const report = $("jurisdiction").value;
    const state = $("state").value;
    const weight = $("weight").value;
    const kinds = wantedKinds();
    const fits = (item) => (report === "" || String(item.report.index) === report)
      && (state === "" || stateOf(item) === state)
      && (weight === "" || item.members.some((one) => one.weight === weight))
      && item.members.some((one) => kinds.has(one.kind))
      && words.every((word) => item.words.includes(word));
    lines = [];
    for (const one of data.reports) {
      const shown = one.items.filter((item) => {
        item.line.hidden = !fits(item);
        return !item.line.hidden;
      });
      one.section.hidden = shown.length === 0;
      one.count.textContent = shown.length;
      lines.push(...shown);
    }
    const reports = new Set(lines.map((item) => item.report)).size;
    const all = $("kinds").querySelectorAll("input").length;
    $("kinds-shown").textContent = kinds.size === all ? "all" : `${kinds.size} of ${all}`;
    $("shown").textContent = items.length === 0 ? "Nothing changed." : lines.length === 0
      ? "No change fits the filters."
      : `${lines.length} of ${counted(items.length, "line")} in ${counted(reports, "report")}`;
    reach();
  };
  /** One line of the list can be reached by the tabulator: the chosen one, or the first. */
  const reach = () => {
    for (const item of items) item.button.tabIndex = -1;
    const stop = lines.includes(current) ? current : lines[0];
    if (stop) stop.button.tabIndex = 0;
  };

  const choose = (item, { focus = false, quiet = false } = {}) => {
    current?.button.removeAttribute("aria-current");
    current = item;
    item.button.setAttribute("aria-current", "true");
    reach();
    item.button.scrollIntoView({ block: "nearest" });
    if (focus) item.button.focus({ preventScroll: true });
    show(item);
    history.replaceState(null, "", `#${encodeURIComponent(item.members[0].key)}`);
    if (!quiet) say(`${item.report.name}, ${$("what-title").textContent}: ${$("where").textContent}`);
  };
  const step = (by) => {
    const at = lines.indexOf(current);
    const from = at < 0 && by < 0 ? 0 : at;
    const to = lines[(from + by + lines.length) % lines.length];
    if (to) choose(to, { focus: $("list").contains(document.activeElement) });
  };
  const refresh = () => {
    for (const item of items) showState(item);
    filter();
    if (current) showDecision(current);
  };
  const decided = (some, decision) => {
    // The next line is found before the list changes under a filter.
    const next = lines[lines.indexOf(current) + 1];
    decide(some, decision);
    for (const item of some) showState(item);
    if (current) showDecision(current);
    const words = some.length === 1 ? kindWords(decision) : `${counted(some.length, "line")} ${decision}`;
    if ($("state").value !== "") filter();
    if ($("go-on").checked && decision !== "undecided" && next) choose(next);
    say(words);
  };

  /** Lines of other reports that say the same. */
  const alike = (item) => {
    if (item.group) return items.filter((one) => one !== item && one.group === item.group);
    const [own] = item.members;
    const same = ([one]) => one.kind === own.kind && one.before === own.before && one.after === own.after
      && one.place.table === own.place.table && one.place.row === own.place.row && one.place.column === own.place.column;
    return items.filter((one) => one !== item && !one.group && one.report !== item.report && same(one.members));
  };

  const prepareFilters = () => {
    const options = data.reports.map((report) => make("option", { value: report.index }, `${report.name} (${report.changes.length})`));
    $("jurisdiction").append(make("option", { value: "" }, "all"), ...options);
    const kinds = new Map();
    for (const change of changes) kinds.set(change.kind, (kinds.get(change.kind) ?? 0) + 1);
    const names = [...kinds].sort(([, one], [, other]) => other - one);
    const box = ([kind, count]) => make("label", { class: "check" }, make("input", { type: "checkbox", value: kind, checked: true }), ` ${kindWords(kind)} `, make("span", { class: "small" }, count));
    $("kinds").querySelector("fieldset").append(...names.map(box));
    for (const button of $("kinds").querySelectorAll("[data-all]")) {
      button.addEventListener("click", () => {
        for (const one of $("kinds").querySelectorAll("input")) one.checked = button.dataset.all === "true";
        filter();
      });
    }
    $("unfold-label").hidden = !changes.some((change) => change.group);
    $("filters").addEventListener("input", (event) => {
      if (event.target === $("unfold")) rebuild();
      else filter();
    });
    $("filters").addEventListener("submit", (event) => event.preventDefault());
    $("filters").addEventListener("reset", () => setTimeout(rebuild));
  };
  const rebuild = () => {
    const key = current?.members[0].key;
    current = undefined;
    build();
    filter();
    const again = items.find((item) => item.members.some((one) => one.key === key));
    if (again) choose(again, { quiet: true });
  };

  $("list").addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    step(by);
  });

