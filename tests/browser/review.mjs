// The page of a review, as its reader uses it. REVIEW is the page, CHANGES what `platen review --json` told of the same
// releases, OUT a folder for exported decisions.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, test } from "node:test";
import { end, faults, open } from "./browser.mjs";

after(end);

const { REVIEW: file, OUT: out } = process.env;
const events = readFileSync(process.env.CHANGES, "utf8").trim().split("\n").map((line) => JSON.parse(line));
const told = events.filter((event) => event.event === "change" && event.weight !== "ignore");
const of = (kind) => told.filter(({ change }) => change.kind === kind);

/** Opens the page with its changes one by one or grouped, hands it to the steps, and asserts that nothing went wrong or was loaded. */
async function onPage({ grouped = false, ...options }, steps) {
  const { page, errors, asked, close } = await open(file, options);
  try {
    if (!grouped && options.script !== false) await unfold(page);
    await steps(page);
    assert.deepEqual(errors, []);
    const outside = asked.filter((address) => !/^(data|blob|file):/.test(address));
    assert.deepEqual(outside, []);
    assert.equal(new Set(asked.filter((address) => address.startsWith("file:"))).size, 1, "the page needs no other file");
  } finally {
    await close();
  }
}
const lines = (page) => page.locator("#list .change:visible").count();
const chosen = (page) => page.locator("#list [aria-current=true]");
const state = (page) => chosen(page).getAttribute("data-state");
const choose = async (page, kind, at = 0) => {
  await page.locator(`#list .change.${kind}`).nth(at).click();
};
const only = async (page, kind) => {
  await page.locator("#kinds > summary").click();
  await page.getByRole("button", { name: "None" }).click();
  await page.locator(`#kinds input[value=${kind}]`).check();
};
const unfold = (page) => page.locator("#unfold").check();
async function exported(page, name) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#export").click()]);
  const target = path.join(out, name);
  await download.saveAs(target);
  return [target, JSON.parse(readFileSync(target, "utf8"))];
}

test("the list holds every change that the program tells, by report", async () => {
  await onPage({}, async (page) => {
    assert.equal(await lines(page), told.length);
    const shown = await page.locator("#list section").evaluateAll((all) => all.map((one) => [one.querySelector("h3").firstChild.data, one.querySelectorAll("li").length]));
    const expected = new Map();
    for (const { report } of told) expected.set(report, (expected.get(report) ?? 0) + 1);
    assert.deepEqual(new Map(shown), expected);
    const reports = events.find((event) => event.event === "review").reports;
    assert.ok((await page.locator("#summary").textContent()).startsWith(`${reports} reports compared, ${expected.size} changed: `));
  });
});

test("a change leads to both pages with its place marked and in sight, and to what it follows from", async () => {
  await onPage({}, async (page) => {
    for (const kind of ["count", "note-text", "figure", "row-relabelled"]) {
      await choose(page, kind, 1);
      const place = await chosen(page).locator(".place").textContent();
      assert.ok((await page.locator("#where").textContent()).endsWith(place), kind);
      for (const side of ["old", "new"]) {
        const drawn = page.locator(`#pane-${side} img`);
        await drawn.evaluate((image) => image.decode());
        assert.ok((await drawn.evaluate((image) => image.naturalWidth)) > 1000);
        const frame = await page.locator(`#pane-${side} .frame.current`).boundingBox();
        const scroll = await page.locator(`#pane-${side} .scroll`).boundingBox();
        assert.ok(frame.width > 3 && frame.height > 3, kind);
        assert.ok(frame.y >= scroll.y - 1 && frame.y + frame.height <= scroll.y + scroll.height + 1, `${kind} is in sight`);
      }
    }
    await choose(page, "count");
    assert.match(await page.locator("#why").textContent(), /^Follows from: data data\/national-2016\/signals\.csv\.$/);
    await choose(page, "note-text");
    assert.match(await page.locator("#why").textContent(), /^Follows from: spec config\/nhth-2016\.yaml line \d+ \/notes\/heat_map\.$/);
    assert.deepEqual(await page.locator("#words-of-change :is(del, ins)").allTextContents(), ["image", "picture"]);
  });
});

test("filters by kind, report, words, weight and decision keep what fits, and say how many", async () => {
  await onPage({}, async (page) => {
    await only(page, "count");
    assert.equal(await lines(page), of("count").length);
    assert.ok((await page.locator("#shown").textContent()).startsWith(`${of("count").length} of ${told.length} changes`));
    await page.getByRole("button", { name: "Clear filters" }).click();
    await unfold(page);
    await page.waitForFunction((all) => document.querySelector("#shown").textContent.startsWith(`${all} of`), told.length);
    await page.locator("#jurisdiction").selectOption({ label: `Texas (${told.filter(({ report }) => report === "Texas").length})` });
    assert.equal(await lines(page), told.filter(({ report }) => report === "Texas").length);
    await page.locator("#jurisdiction").selectOption("");
    await page.locator("#words").fill("pùpil");
    assert.equal(await lines(page), of("row-relabelled").filter(({ change }) => change.after === "Pupil").length);
    await page.locator("#words").fill("nothing says this");
    assert.equal(await page.locator("#shown").textContent(), "No change fits the filters.");
    await page.locator("#words").fill("");
    await page.locator("#weight").selectOption("warning");
    assert.equal(await lines(page), told.filter(({ weight }) => weight === "warning").length);
    await page.locator("#weight").selectOption("");
    await choose(page, "figure");
    await page.keyboard.press("a");
    await page.locator("#state").selectOption("accepted");
    assert.equal(await lines(page), 1);
    await page.locator("#state").selectOption("undecided");
    assert.equal(await lines(page), told.length - 1);
  });
});

test("what was hidden and is shown is an alarm, and a step away", async () => {
  await onPage({}, async (page) => {
    const shown = of("newly-shown");
    assert.ok(shown.length > 0);
    assert.ok(await page.locator("#alarm").isVisible());
    assert.ok((await page.locator("#alarm").textContent()).startsWith(shown.length === 1 ? "1 figure is" : `${shown.length} figures are`));
    await page.getByRole("button", { name: "Show them" }).click();
    assert.equal(await lines(page), shown.length);
    assert.equal(await page.locator("#what-title").textContent(), "Newly shown");
  });
});

test("the pages can be laid over each other, blinked, and subtracted", async () => {
  await onPage({}, async (page) => {
    await choose(page, "count");
    const opacity = () => page.locator("#pane-both img.of-new").evaluate((image) => Number(getComputedStyle(image).opacity));
    await page.getByLabel("Overlay").check();
    assert.ok(!(await page.locator("#pane-old").isVisible()) && (await page.locator("#pane-both").isVisible()));
    assert.equal(await opacity(), 0.5);
    await page.locator("#mix").focus();
    await page.keyboard.press("End");
    assert.equal(await opacity(), 1);
    await page.keyboard.press("Home");
    assert.equal(await opacity(), 0);
    const box = await page.locator("#mix").boundingBox();
    await page.mouse.click(box.x + 0.75 * box.width, box.y + box.height / 2);
    assert.ok(Math.abs((await opacity()) - 0.75) < 0.05);

    await page.getByLabel("Blink").check();
    const side = () => page.locator("#pane-both figcaption b").textContent();
    assert.equal(await side(), "Old", "with reduced motion nothing moves by itself");
    await page.getByRole("button", { name: "Flip" }).click();
    assert.equal(await side(), "New");
    assert.equal(await opacity(), 1);
    await page.getByRole("button", { name: "Play" }).click();
    await page.waitForFunction(() => document.querySelector("#pane-both figcaption b").textContent === "Old");
    await page.waitForFunction(() => document.querySelector("#pane-both figcaption b").textContent === "New");
    await page.getByRole("button", { name: "Pause" }).click();

    await page.getByLabel("Difference").check();
    await page.waitForFunction(() => Number(document.querySelector("#pane-both canvas")?.dataset.different) > 0);
    const colours = await page.locator("#pane-both canvas").evaluate((canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      let [old, now, grey] = [0, 0, 0];
      for (let at = 0; at < data.length; at += 4) {
        if (data[at] === 196 && data[at + 2] === 0) old += 1;
        else if (data[at] === 0 && data[at + 2] === 196) now += 1;
        else grey += data[at] === data[at + 1] && data[at + 1] === data[at + 2] ? 1 : 0;
      }
      return { old, now, grey, all: data.length / 4, different: Number(canvas.dataset.different) };
    });
    assert.ok(colours.old > 20 && colours.now > 20, JSON.stringify(colours));
    assert.equal(colours.old + colours.now, colours.different);
    assert.equal(colours.grey + colours.different, colours.all);
    assert.ok(colours.different < 0.02 * colours.all, "only the changed figures differ");
    await page.getByLabel("Side by side").check();
    assert.ok(await page.locator("#pane-old img").isVisible());
  });
});

test("both pages zoom and scroll together", async () => {
  await onPage({}, async (page) => {
    await choose(page, "row-relabelled", 4);
    const width = (side) => page.locator(`#pane-${side} .sheet`).evaluate((sheet) => sheet.clientWidth);
    const before = await width("old");
    await page.getByRole("button", { name: "Zoom in" }).click();
    await page.keyboard.press("+");
    assert.equal(await page.locator("#zoom").textContent(), "150 %");
    assert.ok(Math.abs((await width("old")) - 1.5 * before) < 3 && (await width("old")) === (await width("new")));
    await page.locator("#pane-old .scroll").hover();
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -200);
    await page.keyboard.up("Control");
    await page.waitForFunction(() => parseInt(document.querySelector("#zoom").textContent, 10) > 180);
    const scroll = (side) => page.locator(`#pane-${side} .scroll`).evaluate((one) => [one.scrollLeft, one.scrollTop]);
    await page.waitForTimeout(200);
    const [old, now] = [await scroll("old"), await scroll("new")];
    await page.locator("#pane-old .scroll").evaluate((one) => one.scrollBy(40, -60));
    await page.waitForTimeout(200);
    const moved = [await scroll("old"), await scroll("new")];
    assert.notDeepEqual(moved[0], old);
    assert.deepEqual(moved[1].map((value, at) => Math.round(value - now[at])), moved[0].map((value, at) => Math.round(value - old[at])));
    await page.locator("#pane-new .scroll").evaluate((one) => one.scrollBy(0, 90));
    await page.waitForTimeout(200);
    assert.equal(Math.round((await scroll("old"))[1] - moved[0][1]), Math.round((await scroll("new"))[1] - moved[1][1]));
    await page.keyboard.press("0");
    assert.equal(await width("old"), before);
  });
});

test("everything is done by keys, and keys can be turned off", async () => {
  await onPage({}, async (page) => {
    const key = (name) => page.keyboard.press(name);
    await page.locator("#list .change").first().click();
    const title = () => chosen(page).evaluate((one) => [...document.querySelectorAll("#list .change")].indexOf(one));
    assert.equal(await title(), 0);
    await key("n");
    await key("j");
    assert.equal(await title(), 2);
    await key("p");
    assert.equal(await title(), 1);
    await key("a");
    assert.equal(await state(page), "accepted");
    await key("r");
    assert.equal(await state(page), "rejected");
    await key("u");
    assert.equal(await state(page), "undecided");
    await key("m");
    await page.keyboard.type("a note, with n and r in it");
    assert.equal(await title(), 1, "letters of a note are no keys");
    assert.equal(await page.locator("#note").inputValue(), "a note, with n and r in it");
    await key("Escape");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-current")), "true");
    await key("ArrowDown");
    assert.equal(await title(), 2);
    assert.equal(await page.locator("#note").inputValue(), "");
    await key("ArrowUp");
    assert.equal(await page.locator("#note").inputValue(), "a note, with n and r in it");
    // The list is one stop of the tabulator.
    await key("Tab");
    assert.ok(!(await page.evaluate(() => document.querySelector("#list").contains(document.activeElement))));
    for (const [name, mode] of [["2", "overlay"], ["3", "blink"], ["4", "difference"], ["1", "side"]]) {
      await key(name);
      assert.equal(await page.locator("#stage").getAttribute("data-mode"), mode);
    }
    await key("?");
    assert.ok(await page.locator("#help").isVisible());
    assert.deepEqual(await faults(page), []);
    await page.locator("#keys-on").uncheck();
    await key("Escape");
    await key("n");
    assert.equal(await title(), 1, "the keys are off");
    await page.getByRole("button", { name: "Next" }).click();
    assert.equal(await title(), 2);
  });
});

test("decisions are kept over a reload, spread to what is alike, are exported, and come back by import", async () => {
  let file;
  await onPage({}, async (page) => {
    await page.locator("#reviewer").fill("A. Reader");
    await choose(page, "note-text");
    await page.keyboard.press("a");
    const others = of("note-text").length - 1;
    assert.ok(others > 10);
    await page.getByRole("button", { name: `Same decision in ${others} other reports` }).click();
    await choose(page, "count");
    await page.keyboard.press("r");
    await page.locator("#note").fill("which record?");
    await page.reload();
    await unfold(page);
    assert.equal(await page.locator("#reviewer").inputValue(), "A. Reader");
    assert.equal(await page.locator("#progress-label").textContent(), `${others + 2} of ${told.length} decided, by 3 decisions`);
    assert.equal(await page.locator("#note").inputValue(), "which record?", "the same change is chosen again");
    const [target, decisions] = await exported(page, "part.json");
    file = target;
    const all = decisions.reports.flatMap((report) => report.changes);
    assert.equal(all.length, told.length);
    assert.equal(all.filter((one) => one.decision === "accepted").length, others + 1);
    assert.deepEqual(all.filter((one) => one.decision === "rejected").map((one) => [one.kind, one.note]), [["count", "which record?"]]);
    assert.equal(decisions.reviewer, "A. Reader");
  });
  await onPage({}, async (page) => {
    await page.locator("#file").setInputFiles(file);
    await page.waitForFunction(() => document.querySelector("#progress-label").textContent.includes(" of "));
    const rejected = page.locator("#list .change[data-state=rejected]");
    assert.equal(await rejected.count(), 1);
    await rejected.click();
    assert.equal(await page.locator("#note").inputValue(), "which record?");
    await page.locator("#file").setInputFiles({ name: "other.json", mimeType: "application/json", buffer: Buffer.from("{}") });
    await page.waitForFunction(() => document.querySelector("#warning").textContent.includes("other.json holds no decisions"));
  });
  // A whole review: every change, with what folds away.
  await onPage({}, async (page) => {
    await page.locator("#reviewer").fill("A. Reader");
    await page.locator("#go-on").check();
    await page.locator("#list .change").first().click();
    for (let left = await lines(page); left > 0; left -= 1) await page.keyboard.press("a");
    assert.equal(await page.locator("#progress-label").textContent(), `${told.length} of ${told.length} decided, by ${told.length} decisions`);
    const [, decisions] = await exported(page, "whole.json");
    assert.ok(decisions.reports.every((report) => report.changes.every((one) => one.decision === "accepted")));
    // Each figure by its name, as both editions have it; words are of no figure.
    const [texas] = decisions.reports.filter((report) => report.jurisdiction === "TX");
    const named = (row) => texas.changes.filter((one) => one.kind === "count" && one.where.includes(`› ${row} ›`)).map((one) => one.figures);
    const cell = (table, code) => ({ cell: { table, row: { codes: [code], role: "row" }, column: "count" } });
    assert.deepEqual(named("NGO Representative"), [[cell("caller_type", "ngo"), cell("caller_type", "ngo")]]);
    const all = decisions.reports.flatMap((report) => report.changes);
    assert.ok(all.every((one) => !["count", "percent", "newly-shown"].includes(one.kind) || one.figures?.length === 2));
    assert.ok(all.every((one) => one.kind !== "note-text" || !("figures" in one)));
  });
});

const groups = events.filter((event) => event.event === "group");
/** The decisions that were made, as the file names them, against the changes that they cover. */
function asserted(decisions) {
  const all = decisions.reports.flatMap((report) => report.changes).filter((one) => one.decision !== "undecided");
  const named = decisions.acts.flatMap((act) => act.changes.map((id) => `${id} ${act.decision}`));
  assert.deepEqual(named.sort(), all.map((one) => `${one.id} ${one.decision}`).sort());
}

test("changes are grouped by cause and form, and each of a group is a step away", async () => {
  await onPage({ grouped: true }, async (page) => {
    assert.equal(await lines(page), groups.length);
    assert.deepEqual(await page.locator("#list .change .kind").allTextContents(), groups.map(({ title }) => title));
    assert.ok((await page.locator("#shown").textContent()).endsWith(`${groups.length} groups`));
    // The sizes of the groups are those of the program, and together they are all changes.
    assert.equal(groups.reduce((sum, { changes }) => sum + changes.length, 0), told.length);
    const largest = groups.indexOf(groups.toSorted((one, other) => other.changes.length - one.changes.length)[0]);
    const { changes, reports } = groups[largest];
    await page.locator("#list .change").nth(largest).click();
    assert.match(await page.locator("#samples p").textContent(), new RegExp(`^${changes.length} \\w+ in ${reports} report`));
    await page.getByRole("button", { name: `Show all ${changes.length}` }).click();
    assert.equal(await page.locator("#samples li").count(), changes.length);
    const places = new Set();
    for (const at of [0, Math.floor(changes.length / 2), changes.length - 1]) {
      await page.locator("#samples li button").nth(at).click();
      places.add(await page.locator("#where").textContent());
      await page.locator("#pane-new img").evaluate((image) => image.decode());
    }
    assert.equal(places.size, 3);
    await page.keyboard.press("[");
    assert.ok(!places.has(await page.locator("#where").textContent()));
  });
});

test("one decision covers a group, or what the filters show, and names exactly what it covered", async () => {
  await onPage({ grouped: true }, async (page) => {
    await page.locator("#reviewer").fill("A. Reader");
    const at = groups.findIndex(({ changes, reports }) => changes.length > 10 && reports > 5);
    await page.locator("#list .change").nth(at).click();
    assert.equal(await page.locator("#covers").textContent(), `on all ${groups[at].changes.length} shown of the group`);
    await page.keyboard.press("a");
    assert.equal(await page.locator("#progress-label").textContent(), `${groups[at].changes.length} of ${told.length} decided, by 1 decision`);
    // A part of the group, in one report.
    const report = told.find((event) => event.group === at + 1).report;
    const inReport = told.filter((event) => event.report === report);
    await page.locator("#jurisdiction").selectOption({ label: `${report} (${inReport.length})` });
    const part = inReport.filter((event) => event.group === at + 1).length;
    assert.ok((await chosen(page).locator(".place").textContent()).startsWith(`${part} of ${groups[at].changes.length} `));
    await page.keyboard.press("r");
    await page.locator("#jurisdiction").selectOption("");
    assert.equal(await state(page), "undecided", "a group that is decided in two ways is not decided");
    let [, decisions] = await exported(page, "groups.json");
    asserted(decisions);
    assert.deepEqual(decisions.acts.map(({ decision, changes }) => [decision, changes.length]),
      [["accepted", groups[at].changes.length - part], ["rejected", part]].filter(([, count]) => count > 0));
    assert.ok(decisions.acts.at(-1).what.includes(`shown: ${report}`));
    // All at once that the filters show.
    await only(page, "count");
    await page.getByRole("button", { name: `Accept all ${of("count").length} shown` }).click();
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.waitForFunction((all) => document.querySelector("#shown").textContent.startsWith(`${all} of`), told.length);
    [, decisions] = await exported(page, "groups.json");
    asserted(decisions);
    assert.deepEqual(decisions.acts.at(-1).changes.length, of("count").length);
    assert.match(decisions.acts.at(-1).what, /shown at once: count$/);
    // The whole review, a decision for each group.
    await page.locator("#go-on").check();
    for (let at = 0; at < groups.length; at += 1) {
      await page.locator("#list .change").nth(at).click();
      await page.keyboard.press("a");
    }
    [, decisions] = await exported(page, "grouped.json");
    asserted(decisions);
    assert.equal(decisions.acts.length, groups.length);
    assert.ok(decisions.reports.every((report) => report.changes.every((one) => one.decision === "accepted")));
  });
});

test("on a phone the header takes no more than a fifth of the screen, and the title names edition and year", async () => {
  await onPage({ grouped: true, width: 390, height: 844 }, async (page) => {
    for (const words of ["", "Show them"]) {
      if (words) await page.getByRole("button", { name: words }).click();
      const { height } = await page.locator("header").boundingBox();
      assert.ok(height <= 844 / 5, `${height}`);
    }
    await page.keyboard.press("a");
    assert.ok((await page.locator("header").boundingBox()).height <= 844 / 5);
    const title = await page.title();
    assert.match(title, /^Review · .*, 2016 \(nhth-2016-national\)$/);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390);
  });
});

for (const options of [{}, { scheme: "dark" }, { width: 390, height: 844 }, { width: 390, height: 844, scheme: "dark" }]) {
  test(`nothing is wrong by WCAG 2.2 AA: ${JSON.stringify(options)}`, async () => {
    await onPage(options, async (page) => {
      assert.deepEqual(await faults(page), []);
      await choose(page, "note-text");
      await page.locator("#kinds > summary").click();
      await page.getByLabel("Overlay").check();
      assert.deepEqual(await faults(page), []);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= (options.width ?? 1280));
    });
  });
}

test("without its script the page says where the changes are told", async () => {
  await onPage({ script: false }, async (page) => {
    assert.ok(await page.getByText("This page needs its script").isVisible());
  });
});
