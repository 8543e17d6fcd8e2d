// Prints a page as PDF: `node print.mjs HTML PDF WIDTH`, the width of the paper in CSS units.
import { end, open } from "./browser.mjs";

const [html, pdf, width] = process.argv.slice(2);
const { page, close } = await open(html);
await page.pdf({ path: pdf, width, height: "8in", printBackground: true });
await close();
await end();
