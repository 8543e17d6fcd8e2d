  // The list of changes, its filters, and the line that is chosen.
  let items = [];
  let lines = [];
  let current;

  const MARKS = { accepted: ["✓", "accepted"], rejected: ["✗", "rejected"], undecided: ["", "undecided"] };
  /** Says how many changes of a group are shown, and where. */
  const extent = ({ group, members, shown }) => {
    const count = shown.length < members.length ? `${shown.length} of ${counted(members.length, group.noun)}` : counted(members.length, group.noun);
    return `${count} in ${counted(reportsOf(shown), "report")}`;
  };

  const lineOf = (item) => {
    const [change] = item.members;
    const { group } = item;
    const state = make("span", { class: "state" });
    const isWarning = item.members.every((one) => one.weight === "warning");
    item.place = make("span", { class: "place" }, group ? "" : change.where);
    const button = make("button", { type: "button", class: `change ${group ? `group ${group.alarm ? "alarming" : ""}` : change.kind} ${change.weight}`, tabindex: "-1" },
      state,
      make("span", { class: "kind" }, group ? group.title : kindWords(change.kind), isWarning ? make("span", { class: "small" }, " warning") : null),
      item.place,
      make("span", { class: "what" }, group ? "" : brief(change)));
    button.addEventListener("click", () => {
      choose(item);
      // Where the pages stand below the list, they come into sight.
      if (matchMedia("(max-width: 60rem)").matches) $("what").scrollIntoView();
    });
    item.button = button;
    item.state = state;
    item.line = make("li", {}, button);
    return item.line;
  };
  const showState = (item) => {
    const state = stateOf(item);
    const [mark, words] = MARKS[state];
    item.button.dataset.state = state;
    item.state.replaceChildren(make("span", { "aria-hidden": "true" }, mark), make("span", { class: "away" }, words));
    item.button.classList.toggle("noted", item.shown.some((change) => noteOf(change) !== ""));
    if (!item.group) return;
    const decided = item.shown.filter(isDecided).length;
    item.place.textContent = extent(item) + (decided > 0 && decided < item.shown.length ? `; ${decided} decided` : "");
  };

  const sectionOf = (name, id, words, members) => {
    const count = make("span", { class: "small" });
    const section = make("section", { "aria-labelledby": id }, make("h3", { id }, name, " ", count), words ? make("p", { class: "small" }, words) : null,
      make("ol", {}, ...members.map(lineOf)));
    return { items: members, count, section };
  };
  let sections = [];
  const build = () => {
    if ($("unfold").checked) {
      sections = data.reports.map((report) => sectionOf(report.name, `report-${report.index}`,
        report.tagged ? "" : "Without a structure tree: words are compared in the order they are drawn.", report.changes.map((change) => itemOf([change]))));
    } else {
      sections = [sectionOf("By cause and form", "groups", "", data.groups.map((group) => itemOf(group.members, group)))];
    }
    items = sections.flatMap((one) => one.items);
    $("list").replaceChildren(...sections.map((one) => one.section));
  };

  const wantedKinds = () => new Set([...$("kinds").querySelectorAll("input:checked")].map((one) => one.value));
  /** What the filters ask for, in words; nothing where they ask for all. */
  let asked = "";
  const filter = () => {
    const words = plain($("words").value.trim()).split(/\s+/).filter(Boolean);
    const report = $("jurisdiction").value;
    const state = $("state").value;
    const weight = $("weight").value;
    const kinds = wantedKinds();
    const boxes = $("kinds").querySelectorAll("input").length;
    const fits = (change) => (report === "" || String(change.report.index) === report)
      && (state === "" || decisionOf(change) === state)
      && (weight === "" || change.weight === weight)
      && kinds.has(change.kind)
      && words.every((word) => change.words.includes(word));
    asked = [
      kinds.size < boxes ? [...kinds].join(", ") : "",
      report === "" ? "" : data.reports[report].name,
      state, weight === "" ? "" : `${weight}s`,
      words.length > 0 ? `with “${words.join(" ")}”` : "",
    ].filter(Boolean).join("; ");
    lines = [];
    for (const one of sections) {
      for (const item of one.items) {
        item.shown = item.members.filter(fits);
        item.line.hidden = item.shown.length === 0;
        showState(item);
      }
      const shown = one.items.filter((item) => !item.line.hidden);
      one.section.hidden = shown.length === 0;
      one.count.textContent = shown.length;
      lines.push(...shown);
    }
    $("kinds-shown").textContent = kinds.size === boxes ? "all" : `${kinds.size} of ${boxes}`;
    sayShown();
    reach();
  };
  const sayShown = () => {
    const shown = lines.flatMap((item) => item.shown);
    const groups = $("unfold").checked ? "" : `, ${counted(lines.length, "group")}`;
    $("shown").textContent = changes.length === 0 ? "Nothing changed." : shown.length === 0
      ? "No change fits the filters."
      : `${shown.length} of ${counted(changes.length, "change")} in ${counted(reportsOf(shown), "report")}${groups}`;
    $("all-shown").hidden = shown.length === 0;
    $("accept-shown").textContent = `Accept all ${shown.length} shown`;
    $("reject-shown").textContent = "Reject them";
  };
  /** One line of the list can be reached by the tabulator: the chosen one, or the first. */
  const reach = () => {
    for (const item of items) item.button.tabIndex = -1;
    const stop = lines.includes(current) ? current : lines[0];
    if (stop) stop.button.tabIndex = 0;
  };

  const choose = (item, { focus = false, quiet = false, change = item.shown[0] ?? item.members[0] } = {}) => {
    current?.button.removeAttribute("aria-current");
    current = item;
    item.button.setAttribute("aria-current", "true");
    reach();
    item.button.scrollIntoView({ block: "nearest" });
    if (focus) item.button.focus({ preventScroll: true });
    show(item, change);
    if (!quiet) say(`${$("what-title").textContent}: ${$("where").textContent}`);
  };
  const step = (by) => {
    const at = lines.indexOf(current);
    const from = at < 0 && by < 0 ? 0 : at;
    const to = lines[(from + by + lines.length) % lines.length];
    if (to) choose(to, { focus: $("list").contains(document.activeElement) });
  };
  const refresh = () => {
    filter();
    if (current) {
      showDecision(current);
      showSamples(current);
    }
  };
  /** Decides on all changes of lines that the filters let through. */
  const decided = (some, decision, words) => {
    const covered = some.flatMap((item) => item.shown);
    if (covered.length === 0) return;
    // The next line is found before the list changes under a filter.
    const next = lines[lines.indexOf(current) + 1];
    decide(covered, decision, words ?? wordsOf(covered) + (asked && covered.length > 1 ? ` (shown: ${asked})` : ""));
    for (const item of some) showState(item);
    if (current) {
      showDecision(current);
      showSamples(current);
    }
    if ($("state").value !== "") filter();
    if ($("go-on").checked && decision !== "undecided" && next) choose(next);
    say(covered.length === 1 ? kindWords(decision) : `${counted(covered.length, "change")} ${decision}`);
  };
  const decidedShown = (decision) => {
    const shown = lines.flatMap((item) => item.shown);
    const words = `${counted(shown.length, "change")} in ${counted(reportsOf(shown), "report")}, shown at once: ${asked || "all"}`;
    decided([...lines], decision, words);
  };

  /** Lines of other reports that say the same. */
  const alike = (item) => {
    if (item.group) return [];
    const [own] = item.members;
    const same = ([one]) => one.kind === own.kind && one.before === own.before && one.after === own.after
      && one.place.table === own.place.table && one.place.row === own.place.row && one.place.column === own.place.column;
    return items.filter((one) => one !== item && one.members[0].report !== own.report && same(one.members));
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
        refresh();
      });
    }
    // A single report is read change by change.
    $("unfold").defaultChecked = data.reports.length < 2;
    $("filters").addEventListener("input", (event) => {
      if (event.target === $("unfold")) rebuild();
      else refresh();
    });
    $("filters").addEventListener("submit", (event) => event.preventDefault());
    $("filters").addEventListener("reset", () => setTimeout(rebuild));
    $("accept-shown").addEventListener("click", () => decidedShown("accepted"));
    $("reject-shown").addEventListener("click", () => decidedShown("rejected"));
  };
  const rebuild = () => {
    const change = shownChange;
    current = undefined;
    build();
    filter();
    const again = items.find((item) => item.members.includes(change));
    if (again) choose(again, { quiet: true, change });
  };

  $("list").addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    step(by);
  });

