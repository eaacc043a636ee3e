import type { Browser, Page } from '@playwright/test';
import { expectAccessibleInBothThemes } from '../fixtures/a11y.ts';
import { enter, PASSWORD } from '../fixtures/house.ts';
import { open } from '../fixtures/page.ts';
import { expect, test } from '../fixtures/server.ts';

/** A colleague in a browser of their own, made by the owner the first time. */
async function colleague(owner: Page, browser: Browser, base: string, name: string): Promise<Page> {
  const email = `${name.toLowerCase()}@example.com`;
  await owner.request.post(`${base}/api/team/add`, {
    form: { name, email, role: 'operator', password: PASSWORD },
    headers: { 'sec-fetch-site': 'same-origin', origin: base },
    failOnStatusCode: false,
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, baseURL: base });
  await open(page, '/login');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL(/\/a\/\d+\/chats/);
  return page;
}

const note = 'Write a note for your team, @ names a colleague';

test('a note is written, names a colleague, and is read @postgres', async ({ page, browser, engawa, simulator }) => {
  test.setTimeout(60_000);
  const { account, line } = await enter(page, engawa, simulator);
  const name = `Notes ${Date.now()}`;
  const friend = await line.friend(name);
  await line.say(friend, 'where is my order?');
  await open(page, `/a/${account}/chats/inbox`);
  await page.getByRole('link', { name: new RegExp(name) }).click();
  const haruka = await colleague(page, browser, engawa.url, 'Haruka');
  await open(haruka, `/a/${account}/chats/inbox`);

  const reply = page.getByRole('textbox', { name: 'Write a message' });
  await reply.fill('half an answer');
  await page.getByRole('button', { name: 'Note', exact: true }).click();
  await expect(reply).toBeHidden();
  const box = page.getByRole('textbox', { name: note });
  await box.pressSequentially('He means #1234. @haru');
  await expect(page.getByRole('option', { name: 'Haruka' })).toBeVisible();
  await expectAccessibleInBothThemes(page, 'a note that is being written');
  await box.press('Enter');
  await expect(box).toHaveValue('He means #1234. @Haruka ');
  // What was begun is there again after a reload.
  await open(page, page.url());
  await page.getByRole('button', { name: 'Note', exact: true }).click();
  await expect(box).toHaveValue('He means #1234. @Haruka ');
  await page.getByRole('button', { name: 'Add note' }).click();
  const log = page.getByRole('log');
  const written = log.getByRole('article', { name: 'Note' });
  await expect(written).toContainText('He means #1234. @Haruka');
  await expect(written).toContainText('Only your team sees this');
  await expect(box).toHaveValue('');
  await page.getByRole('button', { name: 'Reply', exact: true }).click();
  await expect(reply).toHaveValue('half an answer');
  // The friend sees nothing of it, and the list shows what the friend said last.
  const phone = await (await fetch(`${simulator.url}/simulator/api/messages?room=${line.channel.id}&user=${friend}`)).text();
  expect(phone).not.toContain('#1234');

  // Haruka hears of it at once, and it is read when she opens it.
  const way = haruka.getByRole('link', { name: /Mentions/ });
  await expect(way).toContainText('1');
  await way.click();
  await expect(haruka.getByRole('heading', { level: 1, name: 'Mentions' })).toBeVisible();
  await expectAccessibleInBothThemes(haruka, 'mentions');
  await haruka.getByRole('link', { name: new RegExp(name) }).click();
  await expect(haruka).toHaveURL(/chats\/all\/\d+\?message=\d+/);
  await expect(haruka.getByRole('article', { name: 'Note' })).toContainText('@Haruka');
  await expect(way).not.toContainText('1');
  await expect(haruka.getByRole('article').getByRole('button')).toHaveCount(0);

  await written.getByRole('button', { name: 'Edit' }).click();
  const words = written.getByRole('textbox');
  await words.fill('He means #5678.');
  await words.press('Enter');
  await expect(written).toContainText('#5678');
  await expect(haruka.getByRole('article', { name: 'Note' })).toContainText('edited');
  await expectAccessibleInBothThemes(page, 'a room with a note');
  await written.getByRole('button', { name: 'Delete' }).click();
  await written.getByRole('button', { name: 'Delete for good' }).click();
  await expect(written).toHaveCount(0);
  await expect(haruka.getByRole('article')).toHaveCount(0);
  await haruka.close();
});

test('who looks and who writes is told before the first word @postgres', async ({ page, browser, engawa, simulator }) => {
  test.setTimeout(60_000);
  const { account, line } = await enter(page, engawa, simulator);
  const name = `Here ${Date.now()}`;
  await line.say(await line.friend(name), 'hello');
  await open(page, `/a/${account}/chats/inbox`);
  await page.getByRole('link', { name: new RegExp(name) }).click();
  const ren = await colleague(page, browser, engawa.url, 'Ren');
  await open(ren, new URL(page.url()).pathname);
  await expect(page.getByText('Ren is looking at this chat too')).toBeVisible();
  await expect(ren.getByText('Mika is looking at this chat too')).toBeVisible();
  await ren.getByRole('textbox', { name: 'Write a message' }).pressSequentially('I take it');
  await expect(page.getByText('Ren is writing…')).toBeVisible();
  await expectAccessibleInBothThemes(page, 'somebody else writes');
  // It ends by itself.
  await expect(page.getByText('Ren is writing…')).toHaveCount(0, { timeout: 12_000 });
  // Who goes on to another page is gone at once.
  await ren.getByRole('link', { name: /^Chats/ }).click();
  await expect(page.getByText(/Ren is/)).toHaveCount(0);
  // And so is who closes the tab.
  await ren.goBack();
  await expect(page.getByText('Ren is looking at this chat too')).toBeVisible();
  await ren.close({ runBeforeUnload: true });
  await expect(page.getByText(/Ren is/)).toHaveCount(0);
});

test('a chat is taken away as a file, deleted, and brought back @postgres', async ({ page, engawa, simulator }) => {
  test.setTimeout(60_000);
  const { account, line } = await enter(page, engawa, simulator);
  const name = `Gone ${Date.now()}`;
  await line.say(await line.friend(name), '=1+1 いち');
  await open(page, `/a/${account}/chats/inbox`);
  await page.getByRole('link', { name: new RegExp(name) }).click();
  const menu = async (entry: string) => {
    await page.locator('.chat-head summary').click();
    await page.locator('.chat-head .menu__panel').getByRole('button', { name: entry }).click();
  };
  await menu('Download history');
  const dialog = page.getByRole('dialog');
  await expectAccessibleInBothThemes(page, 'which days of the history');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Download history' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(new RegExp(`^history_${name}_\\d{4}-\\d\\d-\\d\\d\\.csv$`));
  const text = await (await import('node:fs/promises')).readFile(await file.path(), 'utf8');
  expect(text).toContain("'=1+1 いち");
  await page.keyboard.press('Escape');

  await menu('Delete chat');
  await expect(dialog).toContainText('For 30 days the chat can be brought back');
  await expect(dialog.getByRole('link', { name: /Download the history first/ })).toBeVisible();
  await expectAccessibleInBothThemes(page, 'deleting a chat');
  await dialog.getByRole('button', { name: 'Delete chat' }).click();
  const row = page.locator('.chat-rows').getByRole('link', { name: new RegExp(name) });
  await expect(row).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await open(page, `/a/${account}/chats/inbox`);
  await expect(row).toBeVisible();
  await row.click();
  await menu('Delete chat');
  await dialog.getByRole('button', { name: 'Delete chat' }).click();
  await expect(row).toHaveCount(0);
  await page.getByRole('link', { name: 'Deleted', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Deleted chats' })).toBeVisible();
  const gone = page.getByRole('listitem').filter({ hasText: name });
  await expect(gone).toContainText('Deleted by Mika');
  await expectAccessibleInBothThemes(page, 'deleted chats');
  await gone.getByRole('button', { name: 'Bring back' }).click();
  await expect(gone).toHaveCount(0);
  await open(page, `/a/${account}/chats/inbox`);
  await expect(row).toBeVisible();
});

test('a group is left after a plain question', async ({ page, engawa, simulator }) => {
  const { account, line } = await enter(page, engawa, simulator);
  const name = `Group ${Date.now()}`;
  const members = [await line.friend('Ken'), await line.friend('葵')];
  const group = (await line.control('groups', { name, members, channel: line.channel.id })).id;
  await line.control(`users/${members[0]}/say`, { room: group, message: { type: 'text', text: 'hi all' } });
  await open(page, `/a/${account}/chats/inbox`);
  await page.getByRole('link', { name: new RegExp(name) }).click();
  await page.locator('.chat-head summary').click();
  await page.locator('.chat-head .menu__panel').getByRole('button', { name: 'Leave the group' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('only a member of the group can invite it again');
  await expectAccessibleInBothThemes(page, 'leaving a group');
  await dialog.getByRole('button', { name: 'Leave the group' }).click();
  await expect(page.getByText('This account has left the group, so nothing can be sent.')).toBeVisible();
  const phone = await (await fetch(`${simulator.url}/simulator/api/messages?room=${group}`)).text();
  expect(phone).toContain('left');
});
