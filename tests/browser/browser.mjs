// A page in headless Chromium, as a reader opens it from disk.
import path from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { chromium } from "playwright-core";

const OPTIONS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

let launched;

/** The browser of this process. Pages share nothing: each has a context of its own. */
function launch() {
  launched ??= chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: OPTIONS });
  return launched;
}

/** Ends the browser. */
export async function end() {
  await (await launched)?.close();
}

/** Opens a file; collects what it logs as an error and every address that it asks for. */
export async function open(file, { width = 1280, height = 900, scheme = "light", script = true, motion = "reduce" } = {}) {
  const browser = await launch();
  const context = await browser.newContext({
    viewport: { width, height }, colorScheme: scheme, reducedMotion: motion, javaScriptEnabled: script, acceptDownloads: true,
  });
  const page = await context.newPage();
  const errors = [];
  const asked = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(pathToFileURL(path.resolve(file)).href);
  return { page, errors, asked, close: () => context.close() };
}

/** Lists what axe-core finds wrong by WCAG 2.2 A and AA, and by its own good practice. */
export async function faults(page) {
  await page.evaluate(axe.source);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const { violations } = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), tags);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(" | ")}`);
}
