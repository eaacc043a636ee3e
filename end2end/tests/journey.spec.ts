import type { Browser, Page } from '@playwright/test';
import { expectAccessibleInBothThemes } from '../fixtures/a11y.ts';
import { enter, PASSWORD } from '../fixtures/house.ts';
import { hydrated, open } from '../fixtures/page.ts';
import { expect, test } from '../fixtures/server.ts';

/** A second person at a second browser, of the same size. */
async function another(browser: Browser, page: Page, baseURL: string): Promise<Page> {
  const size = page.viewportSize()!;
  const context = await browser.newContext({ viewport: size, baseURL });
  return context.newPage();
}

const composer = (page: Page) => page.getByRole('textbox', { name: 'Write a message' });

test('from the first start to the friend’s phone @postgres', async ({ page, browser, engawa, simulator, baseURL }) => {
  test.setTimeout(60_000);
  const { account, line } = await enter(page, engawa, simulator);

  // The friend, on a phone of their own.
  const name = `ケン ${Date.now()}`;
  const friend = await line.friend(name);
  const phone = await browser.newPage({ baseURL: simulator.url, viewport: { width: 390, height: 844 } });
  await open(phone, `/u/${friend}/chat/${line.channel.id}`);

  await open(page, `/a/${account}/chats/inbox`);
  await expect(page.getByRole('link', { name: new RegExp(name) })).toBeVisible();
  await phone.getByRole('textbox').last().fill('今夜は空いていますか？');
  await phone.keyboard.press('Enter');

  // Seen without a reload.
  const row = page.getByRole('link', { name: new RegExp(name) });
  await expect(row).toContainText('今夜は空いていますか？');
  await row.click();
  await expect(page.getByRole('log')).toContainText('今夜は空いていますか？');

  await expect(page.getByRole('button', { name: /Send · free/ })).toBeVisible();
  await composer(page).fill('はい、ございます。');
  await composer(page).press('Enter');
  await expect(page.getByRole('log')).toContainText('はい、ございます。');
  await expect(page.getByRole('log')).toContainText('reply');
  await expect(phone.getByText('はい、ございます。')).toBeVisible();

  // The token is spent: the next one is counted.
  await expect(page.getByRole('button', { name: /Send · uses 1 of/ })).toBeVisible();
  await composer(page).fill('お待ちしております。');
  await composer(page).press('Enter');
  await expect(phone.getByText('お待ちしております。')).toBeVisible();
  await expect(page.getByRole('log')).toContainText('push');
  await phone.close();
});

test('two operators see what the other does @postgres', async ({ page, browser, engawa, simulator, baseURL }) => {
  test.setTimeout(60_000);
  const { account, line } = await enter(page, engawa, simulator);
  const name = `Aiko ${Date.now()}`;
  const friend = await line.friend(name);
  await line.say(friend, 'hello');
  const colleague = await another(browser, page, baseURL!);
  const email = `aoi${Date.now()}@example.com`;
  await open(page, '/settings/team');
  await page.request.post('/api/team/add', {
    form: { name: 'Aoi', email, role: 'operator', password: PASSWORD },
    headers: { 'sec-fetch-site': 'same-origin' },
  });
  await open(colleague, '/login');
  await colleague.getByLabel('E-mail').fill(email);
  await colleague.getByLabel('Password').fill(PASSWORD);
  await colleague.getByRole('button', { name: 'Log in' }).click();
  await colleague.waitForURL(/chats/);

  await open(page, `/a/${account}/chats/inbox`);
  await page.getByRole('link', { name: new RegExp(name) }).click();
  await expect(page.getByRole('log')).toContainText('hello');
  const room = new URL(page.url()).pathname;
  await open(colleague, room);
  await composer(page).fill('from Mika');
  await composer(page).press('Enter');
  await expect(colleague.getByRole('log')).toContainText('from Mika');
  await expect(colleague.getByRole('log')).toContainText('Mika');
  await colleague.getByRole('button', { name: /Resolve/ }).click();
  await expect(page.getByRole('button', { name: /Reopen/ })).toBeVisible();
  // The friend writes: it is open again, for both.
  await line.say(friend, 'one more thing');
  await expect(page.getByRole('button', { name: /Resolve/ })).toBeVisible();
  await expect(colleague.getByRole('log')).toContainText('one more thing');
  await colleague.context().close();
});

test('a server that restarts loses nothing, and the draft stays', { annotation: { type: 'noisy' } }, async ({ page, engawa, simulator }) => {
  test.setTimeout(90_000);
  const { account, line } = await enter(page, engawa, simulator);
  const name = `Nok ${Date.now()}`;
  const friend = await line.friend(name);
  await line.say(friend, 'สวัสดี');
  await open(page, `/a/${account}/chats/inbox`);
  await page.getByRole('link', { name: new RegExp(name) }).click();
  await expect(page.getByRole('log')).toContainText('สวัสดี');
  await composer(page).fill('a draft that must stay');
  await engawa.kill();
  await expect(page.getByText(/Connection lost|connection is lost/)).toBeVisible({ timeout: 15_000 });
  await engawa.start();
  await line.say(friend, 'ยังอยู่ไหม');
  await expect(page.getByRole('log')).toContainText('ยังอยู่ไหม', { timeout: 20_000 });
  await expect(composer(page)).toHaveValue('a draft that must stay');
  await page.reload();
  await hydrated(page);
  await expect(composer(page)).toHaveValue('a draft that must stay');
});

test('an ended session leads to the log-in and back, with the draft', { annotation: { type: 'noisy' } }, async ({ page, engawa, simulator }) => {
  test.setTimeout(60_000);
  const { account, line } = await enter(page, engawa, simulator);
  const name = `Lin ${Date.now()}`;
  const friend = await line.friend(name);
  await line.say(friend, '你好');
  await open(page, `/a/${account}/chats/inbox`);
  await page.getByRole('link', { name: new RegExp(name) }).click();
  await expect(page.getByRole('log')).toContainText('你好');
  const here = new URL(page.url()).pathname;
  await page.context().clearCookies({ name: 'engawa' });
  await composer(page).fill('written before the end');
  await composer(page).press('Enter');
  await page.waitForURL(/\/login\?next=/);
  await page.getByLabel('E-mail').fill('mika@example.com');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL((url) => url.pathname === here);
  await hydrated(page);
  await expect(composer(page)).toHaveValue('written before the end');
});

test('every page passes axe in both themes', async ({ page, engawa, simulator }) => {
  test.setTimeout(120_000);
  const { account, line } = await enter(page, engawa, simulator);
  const friend = await line.friend('สมหญิง ใจดี');
  await line.say(friend, 'ห้องริมแม่น้ำว่างวันเสาร์ไหมคะ https://example.com');
  const places = ['inbox', 'all', 'unread', 'follow-up', 'resolved', 'spam'].map((filter) => `/a/${account}/chats/${filter}`);
  for (const path of [...places, `/a/${account}/settings`, '/settings/me', '/settings/team', '/connect', '/no/such/page']) {
    await open(page, path);
    await expectAccessibleInBothThemes(page);
  }
  await open(page, `/a/${account}/chats/inbox`);
  await page.getByRole('link', { name: /สมหญิง/ }).first().click();
  await expect(page.getByRole('log')).toContainText('ห้องริมแม่น้ำ');
  await expectAccessibleInBothThemes(page, 'an open room');
  await page.context().clearCookies();
  for (const path of ['/login', '/setup']) {
    await open(page, path);
    await expectAccessibleInBothThemes(page);
  }
});

test('the phone passes axe too', async ({ page, engawa, simulator }) => {
  test.setTimeout(90_000);
  const { line } = await enter(page, engawa, simulator);
  const friend = await line.friend('Emma');
  await line.say(friend, 'hi');
  for (const path of ['/', `/u/${friend}`, `/u/${friend}/chat/${line.channel.id}`, '/settings', '/log']) {
    await open(page, simulator.url + path);
    await expectAccessibleInBothThemes(page);
  }
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('one can log in and read', async ({ page, browser, engawa, simulator, baseURL }) => {
    const other = await browser.newPage({ baseURL, javaScriptEnabled: true });
    const { account, line } = await enter(other, engawa, simulator);
    await other.close();
    const name = `Yuki ${Date.now()}`;
    const friend = await line.friend(name);
    await line.say(friend, '読めますか');
    await page.goto(`/a/${account}/chats/inbox`);
    await expect(page).toHaveURL(/\/login\?next=/);
    await page.getByLabel('E-mail').fill('mika@example.com');
    await page.getByLabel('Password').fill('wrong wrong wrong');
    await page.getByRole('button', { name: 'Log in' }).click();
    await expect(page.getByText('E-mail or password is wrong.')).toBeVisible();
    await page.getByLabel('E-mail').fill('mika@example.com');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('link', { name: new RegExp(name) }).click();
    await expect(page.getByText('読めますか').last()).toBeVisible();
  });
});
