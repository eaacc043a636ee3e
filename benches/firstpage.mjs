// Opens pages in a real Chromium with an empty cache and prints what came over the wire and when, as one line of
// JSON. Called by benches/load/firstpage.rs:
//
//   node firstpage.mjs '{"base": "http://…", "cookie": "engawa=…", "pages": {"login": "/login", …}, "runs": 3}'
import { createRequire } from "node:module";
import process from "node:process";

// Playwright is a package of end2end/.
const { chromium } = createRequire(new URL("../end2end/package.json", import.meta.url))("playwright-core");
const { base, cookie, pages, runs } = JSON.parse(process.argv[2]);
const PATIENCE = 60_000;
const SPEEDS = {
  plain: null,
  // quality.md P4.
  slow: { latency: 40, throughput: (10 * 1000 * 1000) / 8, cpu: 4 },
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-extensions", "--disable-component-update"],
});

// In the page, before its own scripts: notes when it is hydrated and how long the main thread was held up.
function watch() {
  window.bench = { hydrated: null, longTasks: [] };
  const look = () => {
    if (bench.hydrated === null && document.documentElement?.hasAttribute("data-hydrated")) bench.hydrated = performance.now();
  };
  new MutationObserver(look).observe(document, { attributes: true, childList: true, subtree: true, attributeFilter: ["data-hydrated"] });
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) bench.longTasks.push([task.startTime, task.duration]);
  }).observe({ type: "longtask", buffered: true });
}

function kind(response) {
  if (response.mimeType === "application/wasm") return "wasm";
  if (response.mimeType.includes("javascript")) return "js";
  if (response.mimeType === "text/css") return "css";
  if (response.mimeType === "text/html") return "html";
  return "other";
}

async function visit(path, speed) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-US" });
  if (path !== "/login") {
    const [name, ...value] = cookie.split("=");
    await context.addCookies([{ name, value: value.join("="), url: base }]);
  }
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send("Network.enable");
  await cdp.send("Network.setCacheDisabled", { cacheDisabled: false });
  if (speed) {
    const { latency, throughput, cpu } = speed;
    await cdp.send("Network.emulateNetworkConditions", { offline: false, latency, downloadThroughput: throughput, uploadThroughput: throughput });
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: cpu });
  }
  const bytes = { html: 0, css: 0, js: 0, wasm: 0, other: 0 };
  const kinds = new Map();
  let coding = "none";
  cdp.on("Network.responseReceived", ({ requestId, response }) => {
    kinds.set(requestId, kind(response));
    if (kind(response) === "wasm") coding = response.headers["content-encoding"] ?? response.headers["Content-Encoding"] ?? "none";
  });
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (kinds.has(requestId)) bytes[kinds.get(requestId)] += encodedDataLength;
  });
  await page.addInitScript(watch);
  const answer = await page.goto(base + path, { waitUntil: "load", timeout: PATIENCE });
  if (answer.status() !== 200) throw new Error(`${path}: ${answer.status()}`);
  await page.waitForFunction(() => bench.hydrated !== null, undefined, { timeout: PATIENCE });
  // What the page asks for after it is ready (pictures) belongs to the first load too.
  await page.waitForTimeout(speed ? 1500 : 700);
  const times = await page.evaluate(() => {
    const paint = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? null;
    const blocked = bench.longTasks.filter(([start]) => start >= (paint ?? 0)).reduce((sum, [, took]) => sum + Math.max(0, took - 50), 0);
    return { paint, hydrated: bench.hydrated, blocked, url: location.pathname };
  });
  await context.close();
  return { ...times, bytes, coding };
}

try {
  const results = {};
  for (const [name, path] of Object.entries(pages)) {
    results[name] = {};
    for (const [speed, conditions] of Object.entries(SPEEDS)) {
      results[name][speed] = [];
      for (let run = 0; run < runs; run++) results[name][speed].push(await visit(path, conditions));
    }
  }
  console.log(JSON.stringify({ browser: browser.version(), node: process.version, results }));
} finally {
  await browser.close();
}
