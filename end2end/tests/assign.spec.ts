import type { Browser, Page } from '@playwright/test';
import { expectAccessibleInBothThemes } from '../fixtures/a11y.ts';
import { enter, PASSWORD } from '../fixtures/house.ts';
import { open } from '../fixtures/page.ts';
import { expect, test } from '../fixtures/server.ts';

/** Adds a colleague, once a server, and opens the team's page. */
async function colleague(page: Page, name: string, email: string) {
  await page.request.post('/api/team/add', {
    form: { name, email, role: 'operator', password: PASSWORD },
    headers: { 'sec-fetch-site': 'same-origin' },
  });
  await open(page, '/settings/team');
  await expect(page.getByText(email)).toBeVisible();
}

async function logIn(browser: Browser, url: string, email: string, options: object): Promise<Page> {
  const page = await (await browser.newContext({ ...options, baseURL: url })).newPage();
  await open(page, '/login');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL(/\/a\/\d+\/chats/);
  return page;
}

const row = (page: Page, name: string) => page.locator('.chat-rows').getByRole('link', { name: new RegExp(name) });

test('a chat goes from nobody to me to a colleague, and both see it', async ({ page, browser, engawa, simulator, viewport, isMobile }) => {
  test.setTimeout(60_000);
  const { account, line } = await enter(page, engawa, simulator);
  await colleague(page, '健二 Kenji', 'kenji@example.com');
  const kenji = await logIn(browser, engawa.url, 'kenji@example.com', { viewport, isMobile, hasTouch: isMobile });
  const name = `Assign ${Date.now()}`;
  const friend = await line.friend(name);
  await line.say(friend, 'is anybody there?');
  await open(page, `/a/${account}/chats/inbox.nobody`);
  await open(kenji, `/a/${account}/chats/inbox.mine`);
  await row(page, name).click();
  await page.getByRole('button', { name: 'Assign to me' }).click();
  await expect(page.getByRole('log')).toContainText('Mika took this chat');
  await expect(page.getByRole('button', { name: 'Assigned to Mika' })).toBeVisible();
  // The key opens the choices on a desktop, the button everywhere.
  if (isMobile) await page.getByRole('button', { name: 'Assigned to Mika' }).click();
  else await page.keyboard.press('a');
  const dialog = page.getByRole('dialog', { name: 'Assign to…' });
  await expect(dialog).toBeVisible();
  await expectAccessibleInBothThemes(page, 'the dialog that assigns');
  await dialog.getByRole('button', { name: /健二/ }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('log')).toContainText('Mika assigned this to 健二 Kenji');
  await expect(row(kenji, name)).toBeVisible();
  await expect(kenji.getByRole('navigation', { name: 'Whose chats' }).getByRole('link', { name: /Mine/ })).toContainText('1');
  // It left the view of what nobody has.
  await open(page, `/a/${account}/chats/inbox.nobody`);
  await expect(row(page, name)).toHaveCount(0);
  await open(page, `/a/${account}/chats/inbox`);
  await expect(row(page, name)).toContainText('Assigned to 健二 Kenji');
  await expectAccessibleInBothThemes(page, 'the list with holders');
  // Offline meanwhile: what the colleague did is there when the line is back.
  await page.context().setOffline(true);
  await row(kenji, name).click();
  await kenji.getByRole('button', { name: /Resolve/ }).click();
  await expect(kenji.getByRole('button', { name: /Reopen/ })).toBeVisible();
  await page.context().setOffline(false);
  await expect(row(page, name)).toHaveCount(0, { timeout: 15_000 });
  await kenji.context().close();
});

test('pins stay on top of my own list, mutes leave my badge', async ({ page, engawa, simulator }) => {
  const { account, line } = await enter(page, engawa, simulator);
  const names = [`Old ${Date.now()}`, `New ${Date.now()}`] as const;
  for (const name of names) await line.say(await line.friend(name), 'hello');
  await open(page, `/a/${account}/chats/inbox`);
  await expect(row(page, names[1])).toBeVisible();
  const rows = page.locator('.chat-rows .chat-row__name');
  await row(page, names[0]).click();
  await page.locator('.chat-head summary').click();
  await page.getByRole('button', { name: 'Pin to the top of my list' }).click();
  await open(page, `/a/${account}/chats/inbox`);
  await expect(rows.first()).toHaveText(names[0]);
  await expect(row(page, names[0])).toContainText('Pinned');
  await row(page, names[0]).click();
  await page.locator('.chat-head summary').click();
  await expectAccessibleInBothThemes(page, 'the menu of a chat');
  await page.getByRole('button', { name: 'Mute for me' }).click();
  await page.locator('.chat-head summary').click();
  await page.getByRole('button', { name: 'Unpin' }).click();
  await open(page, `/a/${account}/chats/inbox`);
  await expect(rows.first()).toHaveText(names[1]);
  await expect(row(page, names[0])).toContainText('Muted');
});

test('a team, a shift and the rules give out new chats', async ({ page, engawa, simulator }) => {
  test.setTimeout(60_000);
  const { account, line } = await enter(page, engawa, simulator);
  await colleague(page, '健二 Kenji', 'kenji@example.com');
  const team = `Kitchen ${Date.now()}`;
  await page.getByText('Add a team').first().click();
  await page.getByLabel('Name of the team').last().fill(team);
  await page.getByRole('checkbox', { name: 'Mika' }).last().check();
  await page.getByRole('button', { name: 'Add a team' }).click();
  await expect(page.getByText(team).first()).toBeVisible();
  await expectAccessibleInBothThemes(page, 'the team with its teams');
  await open(page, `/a/${account}/settings`);
  await page.getByLabel('New chats').selectOption({ label: 'In turn, to those on shift' });
  await page.getByLabel('Open chats that one person may have').fill('500');
  await page.locator('.assign-rules').getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('.toasts').getByText('Saved').first()).toBeVisible();
  await expectAccessibleInBothThemes(page, 'the rules');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide, 'the settings are wider than the screen').toBe(0);
  await open(page, '/settings/me');
  await page.getByRole('main').getByRole('button', { name: 'Start my shift' }).click();
  await expect(page.getByRole('main').getByText('On shift', { exact: true })).toBeVisible();
  await expectAccessibleInBothThemes(page, 'my shift');
  const name = `Turn ${Date.now()}`;
  await line.say(await line.friend(name), 'hello');
  await open(page, `/a/${account}/chats/inbox.mine`);
  await row(page, name).click();
  await expect(page.getByRole('log')).toContainText('Assigned in turn to Mika');
  // To the team, by the search of the dialog or its list.
  await page.getByRole('button', { name: 'Assigned to Mika' }).click();
  await page.getByRole('dialog').getByRole('button', { name: new RegExp(team) }).click();
  await expect(page.getByRole('log')).toContainText(`Mika assigned this to ${team}`);
  await open(page, '/settings/me');
  await page.getByRole('main').getByRole('button', { name: 'End my shift' }).click();
  await expect(page.getByRole('main').getByText('Off shift')).toBeVisible();
  await open(page, `/a/${account}/settings`);
  await page.getByLabel('New chats').selectOption({ label: 'Nobody is assigned; people take them' });
  await page.locator('.assign-rules').getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('.toasts').getByText('Saved').first()).toBeVisible();
});
