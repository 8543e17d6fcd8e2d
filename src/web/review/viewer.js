  // The chosen change in words, and the two pages that it stands on.
  const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4, 6];
  let zoom = 1;
  let pagesShown = [0, 0];
  let drawnFor;

  /** Marks the words that differ between two texts. */
  const marked = (before, after) => {
    const [a, b] = [before, after].map((text) => text.split(/(\s+)/));
    let start = 0;
    while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
    let end = 0;
    while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
    const parts = (words, tag) => {
      const middle = words.slice(start, words.length - end).join("");
      return [words.slice(0, start).join(""), middle && make(tag, {}, middle), words.slice(words.length - end).join("")].filter(Boolean);
    };
    return [parts(a, "del"), parts(b, "ins")];
  };
  const sideBySide = (change) => {
    const { before, after } = change;
    const [old, now] = before != null && after != null ? marked(before, after) : [[before ?? "—"], [after ?? "—"]];
    const size = change.size == null ? null : make("span", { class: "size" }, signed(change.size));
    return make("div", { class: "pair" },
      make("p", { class: "before" }, make("span", { class: "tag" }, "Old "), ...old),
      make("p", { class: "after" }, make("span", { class: "tag" }, "New "), ...now, size ? " " : null, size));
  };
  const why = (change) => {
    if (!data.old.manifest) return "";
    const numbers = change.causes ?? [];
    if (numbers.length === 0) return "No input that the manifests name explains this change.";
    const most = 8;
    const causes = numbers.slice(0, most).map((at) => data.causes[at]);
    if (numbers.length > most) causes.push(`and ${numbers.length - most} more`);
    return `${numbers.length === 1 ? "Follows from" : "May follow from"}: ${causes.join("; ")}.`;
  };

  // The change whose pages are shown: the only one of its line, or one of its group.
  let shownChange;

  const show = (item, change) => {
    shownChange = change;
    const { group } = item;
    $("what-title").textContent = group ? group.title : kindWords(change.kind);
    const places = change.places > 1 ? `, in ${change.places} places` : "";
    $("where").textContent = `${[change.report.name, group ? kindWords(change.kind) : "", change.where].filter(Boolean).join(": ")}${places}`;
    $("words-of-change").replaceChildren(...(change.before == null && change.after == null ? [] : [sideBySide(change)]));
    $("why").textContent = why(change);
    showRecords(change);
    showSamples(item);
    showDecision(item);
    const spots = [change.place.old, change.place.new];
    const either = spots[1] ?? spots[0];
    const pages = spots.map((spot) => (spot ?? either)?.page ?? 0);
    showPages(pages);
    centre(change);
    history.replaceState(null, "", `#${encodeURIComponent(change.key)}`);
  };
  // Of a long group so many changes are listed, until the reader wants all.
  const SAMPLES = 8;
  let isWhole;
  const showSamples = (item) => {
    const { group, shown } = item;
    $("samples").hidden = !group || shown.length < 2;
    if ($("samples").hidden) return;
    if (isWhole?.item !== item) isWhole = undefined;
    const some = isWhole ? shown : shown.slice(0, SAMPLES);
    if (!some.includes(shownChange)) some.push(shownChange);
    const line = (change) => {
      const button = make("button", { type: "button", "aria-current": change === shownChange ? "true" : false },
        make("span", { class: "state" }, MARKS[decisionOf(change)][0]), ` ${change.report.name}: ${change.where} `, make("span", { class: "what" }, brief(change)));
      button.addEventListener("click", () => {
        show(item, change);
        $("samples").querySelector("[aria-current]")?.focus({ preventScroll: true });
      });
      return make("li", {}, button);
    };
    const rest = shown.length - some.length;
    const more = rest > 0 ? make("button", { type: "button" }, `Show all ${shown.length}`) : null;
    more?.addEventListener("click", () => {
      isWhole = { item };
      showSamples(item);
      $("samples").querySelector("[aria-current]")?.focus();
    });
    $("samples").replaceChildren(
      make("p", { class: "small" }, `${extent(item)}; what is rare, or moved furthest, comes first`),
      make("ol", {}, ...some.map(line)), ...(more ? [more] : []));
  };
  const showRecords = (change) => {
    const records = change.traced ?? [];
    $("records").hidden = records.length === 0;
    $("records").replaceChildren(
      make("h3", {}, `Confidential: ${counted(records.length, "record")}`),
      make("ul", {}, ...records.map((record) => make("li", {}, record))));
  };
  const showDecision = (item) => {
    $("decision").hidden = false;
    const count = item.shown.length;
    $("covers").textContent = count > 1 ? `on all ${count} shown of the group` : "";
    const state = stateOf(item);
    for (const one of $("decision").elements.decision) one.checked = one.value === state;
    if (document.activeElement !== $("note")) $("note").value = noteOf(shownChange);
    const others = alike(item).length;
    $("alike").hidden = others === 0;
    $("alike").textContent = `Same decision in ${counted(others, "other report")}`;
    $("alike").disabled = state === "undecided";
  };

  const sheetOf = (side, page) => shownChange?.report[side]?.sheets[page];
  const picture = (side, page) => {
    const sheet = sheetOf(side, page);
    if (sheet?.drawing != null) return drawn(sheet);
    return sheet?.picture == null ? undefined : png(sheet.picture);
  };
  const pane = (side) => $(`pane-${side}`);
  const scroller = (side) => pane(side).querySelector(".scroll");

  const image = (side, page) => {
    const source = picture(side, page);
    return source ? make("img", { src: source, alt: `${side === "old" ? "Old" : "New"} page ${page + 1}`, class: `page of-${side}`, draggable: "false" }) : undefined;
  };
  const absent = (side, page) => {
    const file = shownChange.report[side];
    const words = !file ? `There is no ${side} report.`
      : page >= file.sheets.length ? `The ${side} report has no page ${page + 1}.`
        : "This page holds no listed change; its picture is not in this file.";
    return make("p", { class: "absent" }, words);
  };
  const isPlaced = ({ area: [left, top, right, bottom] }) => right > left && bottom > top;
  /** Frames around the changes of a page: those of the chosen line strong, the others faint. */
  const frames = (side, page, onlyCurrent = false) => {
    const sheet = sheetOf(side, page);
    const of = (change, isCurrent) => {
      const spot = change.place[side];
      if (!sheet || !spot || spot.page !== page || !isPlaced(spot)) return undefined;
      const [left, top, right, bottom] = spot.area;
      const room = 3;
      // A large frame is not tinted: it would change the colours of what stands in it.
      const isLarge = (right - left) * (bottom - top) > 0.05 * sheet.width * sheet.height;
      const frame = make("span", { class: `frame of-${side}${isCurrent ? " current" : ""}${isLarge ? " large" : ""}`, "aria-hidden": "true" });
      const percent = (value, whole) => `${(100 * value) / whole}%`;
      frame.style.left = percent(left - room, sheet.width);
      frame.style.top = percent(top - room, sheet.height);
      frame.style.width = percent(right - left + 2 * room, sheet.width);
      frame.style.height = percent(bottom - top + 2 * room, sheet.height);
      return frame;
    };
    const others = onlyCurrent ? [] : shownChange.report.changes.filter((change) => change !== shownChange);
    return [...others.map((change) => of(change, false)), of(shownChange, true)].filter(Boolean);
  };
  const fill = (side, page) => {
    const sheet = pane(side).querySelector(".sheet");
    const drawn = image(side, page);
    sheet.replaceChildren(...(drawn ? [drawn, ...frames(side, page)] : [absent(side, page)]));
    pane(side).querySelector("figcaption span").textContent = caption(side, page);
  };
  const caption = (side, page) => {
    const file = shownChange.report[side];
    return file && page < file.sheets.length ? `page ${page + 1} of ${file.sheets.length}` : "";
  };
  const fillBoth = (mode) => {
    const [old, now] = [image("old", pagesShown[0]), image("new", pagesShown[1])];
    const sheet = pane("both").querySelector(".sheet");
    if (!old || !now) {
      sheet.replaceChildren(old ?? absent("old", pagesShown[0]), ...(now ? [now] : []));
    } else if (mode === "difference") {
      const canvas = make("canvas", { role: "img", "aria-label": "Difference of the two pages", class: "page" });
      sheet.replaceChildren(canvas);
      Promise.all([old.decode(), now.decode()]).then(() => difference(canvas, old, now));
    } else {
      sheet.replaceChildren(old, now, ...frames("old", pagesShown[0], true), ...frames("new", pagesShown[1], true));
    }
    const pages = [caption("old", pagesShown[0]), caption("new", pagesShown[1])];
    pane("both").querySelector("figcaption span").textContent = pages[0] === pages[1] ? pages[0] : pages.join(" → ");
  };
  /** Draws what both pages have in grey, and what only one has in its colour. */
  const difference = (canvas, old, now) => {
    const [width, height] = [Math.max(old.naturalWidth, now.naturalWidth), Math.max(old.naturalHeight, now.naturalHeight)];
    Object.assign(canvas, { width, height });
    const context = canvas.getContext("2d", { willReadFrequently: true });
    const pixels = (image) => {
      context.fillStyle = "#fff";
      context.fillRect(0, 0, width, height);
      context.drawImage(image, 0, 0);
      return context.getImageData(0, 0, width, height);
    };
    const [a, b] = [pixels(old), pixels(now)];
    const visible = 24;
    let count = 0;
    for (let at = 0; at < a.data.length; at += 4) {
      const [one, other] = [a.data, b.data].map((all) => [all[at], all[at + 1], all[at + 2]]);
      const differs = one.some((value, channel) => Math.abs(value - other[channel]) >= visible);
      const light = ([red, green, blue]) => 0.3 * red + 0.59 * green + 0.11 * blue;
      const colour = !differs ? [0, 1, 2].map(() => 190 + 0.25 * light(one)) : light(one) < light(other) ? [196, 78, 0] : [0, 92, 196];
      count += differs ? 1 : 0;
      colour.forEach((value, channel) => { b.data[at + channel] = value; });
    }
    context.putImageData(b, 0, 0);
    canvas.dataset.different = count;
  };

  const mode = () => $("stage").dataset.mode;
  const showPages = (pages) => {
    pagesShown = pages;
    $("tools").hidden = false;
    $("stage").hidden = false;
    draw();
  };
  const draw = () => {
    if (!current) return;
    const [old, now] = pagesShown;
    if (mode() === "side") {
      fill("old", old);
      fill("new", now);
    } else {
      fillBoth(mode());
    }
    drawnFor = shownChange;
    resize();
    const most = Math.max(shownChange.report.old?.sheets.length ?? 0, shownChange.report.new?.sheets.length ?? 0);
    $("pages").textContent = old === now ? `Page ${now + 1}` : `Pages ${old + 1}, ${now + 1}`;
    $("page-back").disabled = Math.min(old, now) <= 0;
    $("page-on").disabled = Math.max(old, now) >= most - 1;
  };
  const turn = (by) => {
    showPages(pagesShown.map((page) => page + by));
    for (const side of ["old", "new", "both"]) scroller(side).scrollTo(0, 0);
    delta = [0, 0];
  };

  /** Sets the width of the sheets: at 100 % a page fills its pane. */
  const resize = () => {
    const shown = ["old", "new", "both"].map(scroller).filter((scroll) => scroll.clientWidth > 0);
    // Both sheets have one width, whatever the borders of their panes.
    const room = Math.min(...shown.map((scroll) => scroll.clientWidth)) - 2;
    for (const scroll of shown) scroll.querySelector(".sheet").style.width = `${Math.floor(room * zoom)}px`;
    $("zoom").textContent = `${Math.round(zoom * 100)} %`;
    $("zoom-out").disabled = zoom <= ZOOMS[0];
    $("zoom-in").disabled = zoom >= ZOOMS.at(-1);
  };
  const setZoom = (to) => {
    const before = zoom;
    zoom = Math.min(Math.max(to, ZOOMS[0]), ZOOMS.at(-1));
    const centres = ["old", "new", "both"].map((side) => {
      const scroll = scroller(side);
      return [scroll, scroll.scrollLeft + scroll.clientWidth / 2, scroll.scrollTop + scroll.clientHeight / 2];
    });
    resize();
    held = true;
    for (const [scroll, x, y] of centres) {
      scroll.scrollTo((x * zoom) / before - scroll.clientWidth / 2, (y * zoom) / before - scroll.clientHeight / 2);
    }
    hold();
  };
  const zoomStep = (by) => setZoom(by > 0 ? ZOOMS.find((one) => one > zoom) ?? zoom : ZOOMS.findLast((one) => one < zoom) ?? zoom);

  // Both panes scroll together, at the distance at which the chosen change stands in the middle of both.
  let held = false;
  let delta = [0, 0];
  const hold = () => requestAnimationFrame(() => {
    const [old, now] = [scroller("old"), scroller("new")];
    delta = [now.scrollLeft - old.scrollLeft, now.scrollTop - old.scrollTop];
    requestAnimationFrame(() => { held = false; });
  });
  const follow = (from, to, sign) => {
    if (held || mode() !== "side") return;
    held = true;
    scroller(to).scrollTo(scroller(from).scrollLeft + sign * delta[0], scroller(from).scrollTop + sign * delta[1]);
    requestAnimationFrame(() => { held = false; });
  };
  scroller("old").addEventListener("scroll", () => follow("old", "new", 1));
  scroller("new").addEventListener("scroll", () => follow("new", "old", -1));
  const centre = (change) => {
    held = true;
    for (const side of ["old", "new", "both"]) {
      const own = side === "both" ? "new" : side;
      const spot = change.place[own] ?? change.place.old ?? change.place.new;
      const sheet = sheetOf(own, spot?.page ?? 0);
      const scroll = scroller(side);
      const drawn = scroll.querySelector(".sheet");
      if (!spot || !sheet || !isPlaced(spot) || drawn.clientWidth === 0) {
        scroll.scrollTo(0, 0);
        continue;
      }
      const scale = drawn.clientWidth / sheet.width;
      const [left, top, right, bottom] = spot.area;
      scroll.scrollTo(((left + right) / 2) * scale - scroll.clientWidth / 2, ((top + bottom) / 2) * scale - scroll.clientHeight / 2);
    }
    hold();
  };

  // Modes.
  let blinking;
  let isPaused = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const BLINK = 700;
  const mix = () => {
    const sheet = pane("both");
    sheet.style.setProperty("--mix", mode() === "overlay" ? String($("mix").value / 100) : mode() === "blink" ? (sheet.dataset.side === "new" ? "1" : "0") : "1");
    pane("both").querySelector("figcaption b").textContent = { overlay: "Both", blink: sheet.dataset.side === "new" ? "New" : "Old", difference: "Difference" }[mode()] ?? "";
  };
  const flip = () => {
    pane("both").dataset.side = pane("both").dataset.side === "new" ? "old" : "new";
    mix();
  };
  const blink = () => {
    clearInterval(blinking);
    $("pause").textContent = isPaused ? "Play" : "Pause";
    $("pause").setAttribute("aria-pressed", String(isPaused));
    if (mode() === "blink" && !isPaused) blinking = setInterval(flip, BLINK);
  };
  const setMode = (to) => {
    $("stage").dataset.mode = to;
    for (const one of document.querySelectorAll("[name=mode]")) one.checked = one.value === to;
    for (const one of document.querySelectorAll(".of-mode")) one.hidden = one.dataset.mode !== to;
    pane("both").dataset.side = "old";
    draw();
    mix();
    blink();
    if (current) centre(shownChange);
  };
  for (const one of document.querySelectorAll("[name=mode]")) one.addEventListener("change", () => setMode(one.value));
  $("mix").addEventListener("input", mix);
  $("pause").addEventListener("click", () => {
    isPaused = !isPaused;
    blink();
  });
  $("flip").addEventListener("click", flip);
  $("page-back").addEventListener("click", () => turn(-1));
  $("page-on").addEventListener("click", () => turn(1));
  $("zoom-in").addEventListener("click", () => zoomStep(1));
  $("zoom-out").addEventListener("click", () => zoomStep(-1));
  $("zoom-fit").addEventListener("click", () => setZoom(1));
  for (const side of ["old", "new", "both"]) {
    scroller(side).addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      setZoom(zoom * Math.exp(-event.deltaY / 300));
    }, { passive: false });
  }
  new ResizeObserver(() => {
    resize();
    if (drawnFor && drawnFor === shownChange) centre(shownChange);
  }).observe($("stage"));

