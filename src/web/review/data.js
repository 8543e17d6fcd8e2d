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
  for (const group of data.groups) {
    group.members = group.changes.map(([report, number]) => data.reports[report].changes[number]);
    for (const change of group.members) change.group_of = group;
  }
  const reportsOf = (members) => new Set(members.map((change) => change.report)).size;

  /** What the list shows as one line: a change, or a group of which it shows those that fit the filters. */
  const itemOf = (members, group) => ({ members, shown: members, group });
  for (const change of changes) {
    change.words = plain([change.report.name, change.where, change.before ?? "", change.after ?? "", change.kind, change.group_of.title].join(" "));
  }
