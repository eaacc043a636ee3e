import { chromium } from '@playwright/test';
const [base, cookie, ...shots] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium' });
for (const shot of shots) {
  const [name, path, size, dark, lang, act] = shot.split('|');
  const [width, height] = size.split('x').map(Number);
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: dark === 'dark' ? 'dark' : 'light', locale: lang || 'en', deviceScaleFactor: 1, hasTouch: width < 500, isMobile: width < 500 });
  if (cookie) await context.addCookies([{ name: 'engawa', value: cookie, url: base }]);
  const page = await context.newPage();
  page.on('console', m => { if (m.type() === 'error' || m.type() === 'warning') console.log(name, m.type(), m.text().slice(0, 300)); });
  page.on('pageerror', e => console.log(name, 'pageerror', String(e).slice(0, 300)));
  await page.goto(base + path);
  await page.waitForSelector('html[data-hydrated]', { timeout: 15000 }).catch(() => console.log(name, 'not hydrated'));
  if (act) await eval(`(async () => { ${act} })()`);
  await page.waitForTimeout(500);
  await page.screenshot({ path: `/tmp/shots/${name}.png` });
  await context.close();
}
await browser.close();
