// The index page of a release, as its readers use it. The release's folder is given as RELEASE.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { after, test } from "node:test";
import { end, faults, open } from "./browser.mjs";

after(end);

const folder = process.env.RELEASE;
const file = path.join(folder, "index.html");
const manifest = JSON.parse(readFileSync(path.join(folder, "manifest.json"), "utf8"));
const codes = manifest.reports.map((report) => report.jurisdiction);

/** Opens the page, hands it to the steps, and asserts that nothing went wrong or was loaded meanwhile. */
async function onPage(options, steps) {
  const { page, errors, asked, close } = await open(file, options);
  try {
    await steps(page);
    assert.deepEqual(errors, []);
    const outside = asked.filter((address) => !address.startsWith("data:") && !address.startsWith("file:"));
    assert.deepEqual(outside, []);
    assert.equal(asked.filter((address) => address.startsWith("file:")).length, 1, "the page needs no other file");
  } finally {
    await close();
  }
}

const focused = (page) => page.evaluate(() => document.activeElement?.dataset?.code ?? document.activeElement?.id);
const shown = (page) => page.locator(".card:visible").count();

test("every report has a card with its picture, and every link leads to a file of the release", async () => {
  await onPage({}, async (page) => {
    const ids = await page.locator(".card").evaluateAll((cards) => cards.map((card) => card.id));
    assert.deepEqual(ids, codes.map((code) => `report-${code}`));
    const broken = await page.locator(".card img").evaluateAll((all) => all.filter((one) => one.naturalWidth !== 240).length);
    assert.equal(broken, 0);
    assert.equal(await page.locator(".card img").count(), codes.length);
    const links = await page.locator("a[href]").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
    for (const link of links) {
      const target = link.startsWith("#")
        ? (await page.locator(link).count()) === 1
        : existsSync(path.join(folder, decodeURIComponent(link)));
      assert.ok(target, `${link} leads nowhere`);
    }
    for (const report of manifest.reports) {
      for (const { path: name } of report.files.filter(({ path: name }) => /^(pdf|tables|maps)\//.test(name))) {
        assert.ok(links.includes(name), `nothing leads to ${name}`);
      }
    }
  });
});

test("a place on the map leads to its report", async () => {
  await onPage({}, async (page) => {
    const places = await page.locator("a.place").evaluateAll((all) => all.map((one) => one.dataset.code));
    assert.deepEqual(places.sort(), [...codes].sort());
    for (const code of ["TX", "DC", "AK", "GU"].filter((code) => codes.includes(code))) {
      const place = page.locator(`.place[data-code=${code}]`);
      const dot = place.locator("circle");
      const path = (await dot.count()) ? dot : place.locator("path");
      // The middle of Alaska's box is land, as is that of Texas.
      await path.click();
      await page.waitForFunction((id) => document.activeElement.id === id, `report-${code}`);
      assert.ok(await page.locator(`#report-${code}`).isVisible());
    }
  });
});

test("a search keeps the reports of that name, and says how many", async () => {
  await onPage({}, async (page) => {
    const status = page.locator("#shown");
    assert.equal(await status.getAttribute("role"), "status");
    const names = manifest.reports.map((report) => report.name.toLowerCase());
    await page.locator("#words").fill("North");
    const north = names.filter((name) => name.includes("north")).length;
    assert.ok(north > 1);
    assert.equal(await shown(page), north);
    assert.equal(await status.textContent(), `${north} of ${codes.length} reports shown`);
    await page.locator("#words").fill(" ÍOWA");
    assert.equal(await shown(page), 1);
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), "pdf/Iowa-2016.pdf");
    await page.locator("#words").fill("dc");
    assert.equal(await page.locator(".card:visible").getAttribute("id"), "report-DC");
    await page.locator("#words").fill("Atlantis");
    assert.equal(await shown(page), 0);
    assert.equal(await status.textContent(), "No report has this name.");
    await page.getByRole("button", { name: "Show all" }).click();
    assert.equal(await shown(page), codes.length);
    // A card that a search hides is reached from the map all the same.
    await page.locator("#words").fill("Ohio");
    await page.locator(".place[data-code=TX] path").click();
    await page.waitForFunction(() => document.activeElement.id === "report-TX");
    assert.equal(await shown(page), codes.length);
  });
});

test("the keyboard reaches everything: the map is one stop, and its arrows go to neighbours", async () => {
  await onPage({}, async (page) => {
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    await page.keyboard.press("Tab");
    const first = await focused(page);
    assert.ok(codes.includes(first));
    await page.locator(".place[data-code=KS]").focus();
    const walk = [["ArrowRight", "MO"], ["ArrowLeft", "KS"], ["ArrowUp", "NE"], ["ArrowDown", "KS"], ["ArrowDown", "OK"]];
    for (const [key, code] of walk) {
      await page.keyboard.press(key);
      assert.equal(await focused(page), code, key);
    }
    await page.keyboard.press("Tab");
    assert.equal(await focused(page), "words");
    await page.keyboard.press("Shift+Tab");
    assert.equal(await focused(page), "OK", "the map remembers the place");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement.id === "report-OK");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), "pdf/Oklahoma-2016.pdf");
    await page.keyboard.press("/");
    assert.equal(await focused(page), "words");
    await page.keyboard.type("ohio");
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("#words").inputValue(), "");
    assert.equal(await shown(page), codes.length);
  });
});

test("no arrow is a dead end: every place can be reached from the first", async () => {
  await onPage({}, async (page) => {
    const reached = new Set([await page.locator(".place[tabindex='0']").getAttribute("data-code")]);
    for (const code of reached) {
      for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]) {
        await page.evaluate((code) => document.querySelector(`.place[data-code=${code}]`).focus(), code);
        await page.keyboard.press(key);
        reached.add(await focused(page));
      }
    }
    assert.deepEqual([...reached].sort(), [...codes].sort());
  });
});

for (const [width, scheme] of [[1280, "light"], [1280, "dark"], [360, "light"], [360, "dark"]]) {
  test(`nothing is wrong for assistive technology at ${width} pixels in ${scheme} colours, and nothing sticks out`, async () => {
    await onPage({ width, scheme, height: 740 }, async (page) => {
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      assert.deepEqual(await faults(page), []);
      const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const light = ground.match(/\d+/g).map(Number).every((channel) => channel > 127);
      assert.equal(light, scheme === "light");
    });
  });
}

test("without script all reports are there, and the search that could not work is not", async () => {
  await onPage({ script: false }, async (page) => {
    assert.equal(await shown(page), codes.length);
    assert.equal(await page.locator("#search").isVisible(), false);
    await page.locator(".place[data-code=TX] path").click();
    assert.match(page.url(), /#report-TX$/);
  });
});

test("the policy of the page lets no other script run", async () => {
  const { page, close } = await open(file);
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.other = true";
    document.body.append(script);
    const image = document.createElement("img");
    image.src = "https://example.org/x.png";
    document.body.append(image);
  });
  assert.equal(await page.evaluate(() => window.other), undefined);
  await close();
});
