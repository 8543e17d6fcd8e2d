
"use strict";
(() => {
  const form = document.getElementById("search");
  const field = document.getElementById("words");
  const status = document.getElementById("shown");
  const cards = [...document.querySelectorAll(".card")];
  const places = [...document.querySelectorAll(".place")];
  const codeOf = (card) => card.id.slice("report-".length);
  const placeOf = new Map(places.map((place) => [place.dataset.code, place]));
  const cardOf = new Map(cards.map((card) => [codeOf(card), card]));
  // Accents and capitals make no difference.
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
  const names = new Map(cards.map((card) => {
    const name = plain(document.getElementById("name-" + codeOf(card)).firstChild.data);
    return [card, { name, code: codeOf(card).toLowerCase() }];
  }));

  const search = () => {
    const wanted = plain(field.value);
    const fits = ({ name, code }) => name.includes(wanted) || code === wanted;
    let shown = 0;
    for (const card of cards) {
      card.hidden = wanted !== "" && !fits(names.get(card));
      shown += card.hidden ? 0 : 1;
      placeOf.get(codeOf(card))?.classList.toggle("away-from-search", card.hidden);
    }
    const numbers = [shown, cards.length];
    status.textContent = shown === 0 ? status.dataset.none : status.dataset.shown.replace(/\{\}/g, () => numbers.shift());
  };
  const clear = () => {
    field.value = "";
    search();
  };
  form.hidden = false;
  form.addEventListener("input", search);
  form.addEventListener("reset", clear);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    cards.find((card) => !card.hidden)?.querySelector("a.pdf")?.focus();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") clear();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      field.focus();
    }
  });
  search();

  // A card is reached from the map although a search hides it.
  const reach = (code) => {
    const card = cardOf.get(code);
    if (card?.hidden) clear();
    setTimeout(() => card?.focus());
  };
  for (const place of places) {
    const mark = (on) => () => cardOf.get(place.dataset.code)?.classList.toggle("marked", on);
    place.addEventListener("mouseenter", mark(true));
    place.addEventListener("mouseleave", mark(false));
    place.addEventListener("click", () => reach(place.dataset.code));
  }
  for (const card of cards) {
    const mark = (on) => () => placeOf.get(codeOf(card))?.classList.toggle("marked", on);
    card.addEventListener("mouseenter", mark(true));
    card.addEventListener("mouseleave", mark(false));
    card.addEventListener("focusin", mark(true));
    card.addEventListener("focusout", mark(false));
  }

  // The map is one stop of the Tab key; arrow keys go to the nearest place in their direction.
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const at = (place) => [Number(place.dataset.x), Number(place.dataset.y)];
  const stop = (place) => places.forEach((one) => one.setAttribute("tabindex", one === place ? "0" : "-1"));
  const next = (place, [right, down]) => {
    const [x, y] = at(place);
    let best = null;
    let least = Infinity;
    for (const other of places) {
      const [dx, dy] = [at(other)[0] - x, at(other)[1] - y];
      const ahead = dx * right + dy * down;
      const aside = Math.abs(dx * down) + Math.abs(dy * right);
      // Within 45° of the direction, and what lies aside counts double.
      if (ahead > 0 && aside <= ahead && ahead + 2 * aside < least) [best, least] = [other, ahead + 2 * aside];
    }
    return best;
  };
  if (places.length > 0) stop(places[0]);
  for (const place of places) {
    place.addEventListener("focus", () => stop(place));
    place.addEventListener("keydown", (event) => {
      const way = ways[event.key];
      const to = event.key === "Home" ? places[0] : event.key === "End" ? places.at(-1) : way && next(place, way);
      if (way || to) event.preventDefault();
      to?.focus();
    });
  }

  // A publication that a later one keeps lies beside those before it.
  for (const link of document.querySelectorAll("a[data-earlier]")) {
    if (/\/revisions\/\d+\/[^/]*$/.test(location.pathname)) link.setAttribute("href", `../${link.dataset.earlier}/index.html`);
  }
})();
