// Takes a screenshot of the top of a page: `node shot.mjs FILE PNG [WIDTH [HEIGHT [dark [ADDRESS]]]]`.
import { end, open } from "./browser.mjs";

const [file, png, width = "1280", height = "1600", scheme = "light", hash = ""] = process.argv.slice(2);
const { page, close } = await open(file, { width: Number(width), height: Number(height), scheme });
if (hash) await page.evaluate((hash) => { location.hash = hash; }, hash);
await page.screenshot({ path: png });
await close();
await end();
