  // The data of the page, and what all parts of the script use.
  const $ = (id) => document.getElementById(id);
  const data = JSON.parse($("data").textContent);

  /** Makes an element; text stays text. */
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === true) element.setAttribute(name, "");
      else if (value !== false && value != null) element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child != null));
    return element;
  };
  const say = (words) => { $("said").textContent = words; };
  const counted = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;
  // Accents and capitals make no difference to a search.
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const kindWords = (kind) => (kind[0].toUpperCase() + kind.slice(1)).replaceAll("-", " ");
  const GROUPS = {
    rounding: ["Rounding", "percents of counts that did not change"],
    renumbering: ["Renumbering", "numbers of notes"],
  };

  const signed = (size) => (size > 0 ? `+${size}` : `−${Math.abs(size)}`);

  const MOST = 80;
  const short = (text) => (text.length > MOST ? text.slice(0, MOST).trimEnd() + "…" : text);
  const brief = (change) => {
    const { before, after } = change;
    if (before == null && after == null) return "";
    return `${before == null ? "—" : short(before)} → ${after == null ? "—" : short(after)}`;
  };

  // A change is known by its report and its place among those of the report: two may say the same.
  for (const [index, report] of data.reports.entries()) {
    report.index = index;
    for (const [number, change] of report.changes.entries()) {
      change.report = report;
      change.key = `${report.jurisdiction ?? index}/${change.id}/${number}`;
    }
  }
  const changes = data.reports.flatMap((report) => report.changes);

  /** What the list shows as one line: a change, or all that follow alike from others. */
  const itemOf = (members) => ({
    members,
    report: members[0].report,
    kind: members[0].kind,
    group: members.length > 1 || (members[0].group && !$("unfold").checked) ? members[0].group : undefined,
    words: plain([members[0].report.name, ...members.flatMap((one) => [one.where, one.before ?? "", one.after ?? "", one.kind])].join(" ")),
  });
  const itemsOf = (report, isUnfolded) => {
    if (isUnfolded) return report.changes.map((change) => itemOf([change]));
    const groups = Object.keys(GROUPS).map((group) => report.changes.filter((change) => change.group === group));
    return [...report.changes.filter((change) => !change.group).map((change) => [change]), ...groups.filter((group) => group.length)].map(itemOf);
  };

