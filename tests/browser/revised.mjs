// The index page of a release that corrects an earlier one. The release's folder is given as RELEASE.
import assert from "node:assert/strict";
import path from "node:path";
import { after, test } from "node:test";
import { end, faults, open } from "./browser.mjs";

after(end);

const folder = process.env.RELEASE;

test("the page names revision, date and corrected reports, and leads to the publication before it", async () => {
  const { page, errors, close } = await open(path.join(folder, "index.html"));
  const facts = await page.locator(".facts").innerText();
  assert.match(facts, /Revision\s+2 of June 1, 2017/);
  const list = page.locator(".facts a[href^='#report-']");
  assert.deepEqual(await list.allTextContents(), ["Connecticut"]);
  assert.deepEqual(await page.locator(".card:has(.badge)").evaluateAll((all) => all.map((one) => one.id)), ["report-CT"]);
  const place = page.locator(".place.revised");
  assert.equal(await place.locator("title").textContent(), "Connecticut (CT), revised");
  assert.equal(await page.locator(".place").count(), 3, "what has no report is no link");
  assert.equal(await page.locator(".other").count(), 53);
  await page.getByRole("link", { name: "Earlier publications: Revision 1" }).click();
  await page.waitForURL(/\/revisions\/1\/index\.html$/);
  assert.match(await page.locator(".facts").innerText(), /Revision\s+1\s/);
  assert.equal(await page.locator(".badge").count(), 0);
  assert.deepEqual(errors, []);
  await close();
});

test("a kept publication leads to its own predecessor, which lies beside it", async () => {
  // The page stands where a third publication would have put it.
  const { page, close } = await open(path.join(folder, "index.html"));
  const html = await page.content();
  await page.route("**/revisions/2/index.html", (route) => route.fulfill({ body: html, contentType: "text/html" }));
  await page.goto(page.url().replace("/index.html", "/revisions/2/index.html"));
  assert.equal(await page.locator("a[data-earlier]").getAttribute("href"), "../1/index.html");
  await close();
});

for (const scheme of ["light", "dark"]) {
  test(`nothing is wrong for assistive technology in ${scheme} colours`, async () => {
    const { page, close } = await open(path.join(folder, "index.html"), { scheme });
    assert.deepEqual(await faults(page), []);
    await close();
  });
}
