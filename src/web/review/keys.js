  // Keys, the buttons that do the same, and the beginning.
  const accept = () => current && decided([current], "accepted");
  const reject = () => current && decided([current], "rejected");
  const everywhere = () => {
    if (!current) return;
    const state = stateOf(current);
    decided([current, ...alike(current)], state === "undecided" ? "accepted" : state);
  };
  /** Goes to the next change of the group, or back. */
  const stepWithin = (by) => {
    if (!current) return;
    const { shown } = current;
    const change = shown[(shown.indexOf(shownChange) + by + shown.length) % shown.length];
    if (change) show(current, change);
  };
  const KEYS = [
    ["n", "next line", () => step(1)],
    ["p", "previous line", () => step(-1)],
    ["]", "next change of the group", () => stepWithin(1)],
    ["[", "previous change of the group", () => stepWithin(-1)],
    ["a", "accept", accept],
    ["r", "reject", reject],
    ["u", "undecided", () => current && decided([current], "undecided")],
    ["A", "accept here and wherever another report says the same", everywhere],
    ["m", "write a note; Escape leads back", () => $("note").focus()],
    ["1", "side by side", () => setMode("side")],
    ["2", "overlay", () => setMode("overlay")],
    ["3", "blink", () => setMode("blink")],
    ["4", "difference", () => setMode("difference")],
    ["f", "flip between old and new while blinking", flip],
    ["+", "zoom in", () => zoomStep(1)],
    ["-", "zoom out", () => zoomStep(-1)],
    ["0", "fit", () => setZoom(1)],
    ["/", "find", () => $("words").focus()],
    ["e", "export the decisions", () => $("export").click()],
    ["?", "this list", () => $("help").showModal()],
  ];
  const ALSO = { j: "n", k: "p", "=": "+" };
  const actions = new Map(KEYS.map(([key, , action]) => [key, action]));

  $("help").querySelector("dl").append(...KEYS.map(([key, words]) => make("div", {}, make("dt", {}, make("kbd", {}, key)), make("dd", {}, words))));
  document.addEventListener("keydown", (event) => {
    const target = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
    if (event.key === "Escape" && target === $("note")) {
      current?.button.focus();
      return;
    }
    const isTyping = target.matches?.("textarea, select, input:not([type=checkbox], [type=radio], [type=range])");
    if (isTyping || !$("keys-on").checked) return;
    const action = actions.get(ALSO[event.key] ?? event.key);
    if (!action) return;
    event.preventDefault();
    action();
  });

  $("next").addEventListener("click", () => step(1));
  $("previous").addEventListener("click", () => step(-1));
  $("keys").addEventListener("click", () => $("help").showModal());
  $("decision").addEventListener("submit", (event) => event.preventDefault());
  for (const one of $("decision").elements.decision) one.addEventListener("change", () => current && decided([current], one.value));
  $("note").addEventListener("input", () => {
    if (!current) return;
    setNote(current.shown, $("note").value);
    showState(current);
  });
  $("alike").addEventListener("click", () => decided(alike(current), stateOf(current)));
  $("reviewer").addEventListener("input", keep);

  const begin = () => {
    $("no-script").hidden = true;
    restore();
    prepareFilters();
    $("unfold").checked = $("unfold").defaultChecked;
    build();
    filter();
    showProgress();
    const errors = changes.filter((change) => change.weight === "error").length;
    $("summary").textContent = `${counted(data.compared, "report")} compared, ${data.reports.length} changed: ${counted(changes.length, "change")}`
      + (errors < changes.length ? `, ${changes.length - errors} of them warnings` : "");
    if (data.alarms.length > 0) {
      const alarms = new Set(changes.filter((change) => change.group_of.alarm).map((change) => change.kind));
      $("alarm").hidden = false;
      $("alarm").querySelector("span").textContent = `${data.alarms.join("; ")}.`;
      $("alarm").querySelector("button").addEventListener("click", () => {
        for (const one of $("kinds").querySelectorAll("input")) one.checked = alarms.has(one.value);
        filter();
        if (lines[0]) choose(lines[0], { focus: true });
      });
    }
    $("confidential").hidden = !changes.some((change) => change.traced);
    const wanted = decodeURIComponent(location.hash.slice(1));
    const change = changes.find((one) => one.key === wanted);
    const first = items.find((item) => item.members.includes(change));
    if (first) choose(first, { quiet: true, change });
    else if (lines[0]) choose(lines[0], { quiet: true });
  };
  // A browser that cannot unpack the pages shows the changes all the same.
  unpack().catch(() => warn("This browser cannot unpack the pages: their changes are listed, and the pages are not shown.")).then(begin);
