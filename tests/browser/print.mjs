// Prints a page as PDF: `node print.mjs HTML PDF WIDTH`, the width of the paper in CSS units.
import { open } from "./browser.mjs";

const [html, pdf, width] = process.argv.slice(2);
const { browser, page } = await open(html);
await page.pdf({ path: pdf, width, height: "8in", printBackground: true });
await browser.close();
