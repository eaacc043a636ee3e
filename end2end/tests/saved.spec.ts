import type { Page } from '@playwright/test';
import { expectAccessibleInBothThemes } from '../fixtures/a11y.ts';
import { enter } from '../fixtures/house.ts';
import { open } from '../fixtures/page.ts';
import { expect, test } from '../fixtures/server.ts';

/** Saves a message over the wire, as the editor would. */
async function save(page: Page, account: string, form: object): Promise<string> {
  const answer = await page.request.post('/api/saved/save', {
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    data: { account, saved: null, version: 0, form },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  return answer.json();
}

const text = (words: string) => ({ kind: 'text', text: words });

test('a message is written, kept, found and sent @postgres', async ({ page, engawa, simulator, isMobile }) => {
  test.setTimeout(90_000);
  const { account, line } = await enter(page, engawa, simulator);
  const name = `Sakura ${Date.now()}`;
  const friend = await line.friend(name);
  await line.say(friend, 'When are you open?');
  const short = `hours${Date.now() % 100_000}`;
  const title = `Hours ${short}`;

  await open(page, `/a/${account}/messages/new`);
  await page.getByLabel('Name', { exact: true }).fill(title);
  await page.getByLabel('Shortcut').fill(`/${short}`);
  const words = page.getByRole('textbox', { name: 'Text 1' });
  await words.fill('Hello ');
  await page.getByRole('button', { name: "Friend's name" }).click();
  await words.press('End');
  await words.pressSequentially(', we open at 10. {friend.size}');
  await expect(words).toHaveValue('Hello {friend.name|there}, we open at 10. {friend.size}');
  // The latest friend stands in the preview, and what is empty is said.
  const preview = page.getByRole('complementary', { name: 'Preview' });
  await expect(preview).toContainText(`Hello ${name}, we open at 10.`);
  await expect(preview).toContainText('Nothing is known for {friend.size}');
  await expectAccessibleInBothThemes(page, 'the editor');
  await words.fill('Hello {friend.name|there}, we open at 10.');
  await expect(preview).not.toContainText('Nothing is known');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page).toHaveURL(/\/messages$/);

  const row = page.getByRole('listitem').filter({ hasText: title });
  await expect(row).toContainText('Not sent yet');
  await page.getByRole('searchbox', { name: 'Search saved messages' }).fill('zzz');
  await expect(page.getByText('Nothing fits')).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search saved messages' }).fill(short);
  await expect(row).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`q=${short}`));

  await open(page, `/a/${account}/chats/inbox`);
  await page.getByRole('link', { name: new RegExp(name) }).click();
  const box = page.getByRole('textbox', { name: 'Write a message' });
  if (isMobile) {
    await page.locator('.composer__plus').click();
    await page.getByRole('button', { name: 'Insert a saved message' }).click();
    await page.getByRole('combobox', { name: 'Search saved messages' }).fill(short);
    await page.getByRole('option', { name: new RegExp(title) }).click();
  } else {
    await box.pressSequentially(`/${short.slice(0, 6)}`);
    await expect(page.getByRole('option', { name: new RegExp(title) })).toBeVisible();
    // The Enter that ends a composition chooses nothing and sends nothing.
    await box.dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true });
    await expect(box).toHaveValue(`/${short.slice(0, 6)}`);
    await box.press('Enter');
  }
  await expect(box).toHaveValue(`Hello ${name}, we open at 10.`);
  await expect(page.getByRole('log')).not.toContainText('we open at 10');
  await page.getByRole('button', { name: /^Send/ }).click();
  await expect(page.getByRole('log')).toContainText(`Hello ${name}, we open at 10.`);
  // It counts when it was sent.
  await expect(async () => {
    await open(page, `/a/${account}/messages?q=${short}`);
    await expect(row).toContainText('Sent 1×', { timeout: 1_000 });
  }).toPass({ timeout: 15_000 });
});

test('the slash keeps out of the way', async ({ page, engawa, simulator, isMobile }) => {
  test.skip(!!isMobile, 'a phone has the button');
  const { account, line } = await enter(page, engawa, simulator);
  const name = `Slash ${Date.now()}`;
  await line.say(await line.friend(name), 'hello');
  await save(page, account, { name: `Slash one ${name}`, mine: true, bubbles: [text('first words')] });
  await save(page, account, { name: `Slash two ${name}`, mine: true, bubbles: [text('second'), text('third')] });
  await open(page, `/a/${account}/chats/inbox`);
  await page.getByRole('link', { name: new RegExp(name) }).click();
  const box = page.getByRole('textbox', { name: 'Write a message' });
  const list = page.getByRole('listbox', { name: 'Saved messages' });
  for (const words of ['https://example.com/a', '1/2', 'and/or']) {
    await box.fill(words);
    await expect(list).toBeHidden();
  }
  await box.fill('');
  await box.pressSequentially('Well, /slash');
  await expect(list.getByRole('option')).toHaveCount(2);
  await expect(box).toHaveAttribute('aria-activedescendant', /saved-pick-0/);
  await box.press('ArrowDown');
  await expect(list.getByRole('option').nth(1)).toHaveAttribute('aria-selected', 'true');
  await expectAccessibleInBothThemes(page, 'the list above the composer');
  // Esc closes the list, and neither leaves the text nor the room.
  await box.press('Escape');
  await expect(list).toBeHidden();
  await expect(box).toBeFocused();
  await expect(box).toHaveValue('Well, /slash');
  await box.press('Space');
  await box.fill('');
  await box.pressSequentially('Well, /slash one');
  await expect(list.getByRole('option')).toHaveCount(1);
  await box.press('Tab');
  await expect(box).toHaveValue('Well, first words');
  // As a hand would have written it: it can be undone.
  await box.press('Control+z');
  await expect(box).toHaveValue('Well, /slash one');
  // No message of this name: Enter sends what was written.
  await box.fill('');
  await box.pressSequentially('/nothing of the kind');
  await expect(list).toBeHidden();
  await box.press('Enter');
  await expect(page.getByRole('log')).toContainText('/nothing of the kind');
});

test('what is not saved is not lost', async ({ page, engawa, simulator }) => {
  const { account } = await enter(page, engawa, simulator);
  const name = `Draft ${Date.now()}`;
  const id = await save(page, account, { name, mine: true, bubbles: [text('as it was')] });
  page.on('dialog', (dialog) => dialog.accept());
  await open(page, `/a/${account}/messages/${id}`);
  const words = page.getByRole('textbox', { name: 'Text 1' });
  await words.fill('as it is going to be');
  await expect(page.getByText('Not saved yet; kept in this browser.')).toBeVisible();
  // A link asks first.
  await page.getByRole('main').getByRole('link', { name: 'Saved messages' }).click();
  await expect(page.getByRole('dialog', { name: 'Leave without saving?' })).toBeVisible();
  await page.getByRole('button', { name: 'Stay' }).click();
  await expect(page).toHaveURL(new RegExp(id));
  // Another visit finds it.
  await open(page, `/a/${account}/messages/${id}`);
  await expect(page.getByText('Changes that were not saved are back.')).toBeVisible();
  await expect(words).toHaveValue('as it is going to be');
  await page.getByRole('button', { name: 'Discard them' }).click();
  await expect(words).toHaveValue('as it was');
  // Somebody else was quicker: nothing is overwritten unseen.
  await words.fill('mine');
  const theirs = { account, saved: id, version: 1, form: { name, mine: true, bubbles: [text('theirs')] } };
  await page.request.post('/api/saved/save', {
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    data: theirs,
  });
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Somebody has changed this message since you opened it.')).toBeVisible();
  await page.getByRole('button', { name: 'Look at theirs' }).click();
  await expect(words).toHaveValue('theirs');
  await words.fill('both');
  await page.keyboard.press('Control+s');
  await expect(page).toHaveURL(/\/messages$/);
  const row = page.getByRole('listitem').filter({ hasText: name });
  await expect(row).toContainText('both');
  // Deleting can be undone.
  await row.locator('summary').click();
  await row.getByRole('button', { name: 'Delete' }).click();
  await expect(row).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row).toBeVisible();
});

test('pictures, cards and folders', async ({ page, engawa, simulator }) => {
  test.setTimeout(60_000);
  const { account } = await enter(page, engawa, simulator);
  const name = `Card ${Date.now()}`;
  await open(page, `/a/${account}/messages/new`);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
  await expect(page.getByLabel('Name', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('textbox', { name: 'Text 1' }).fill('Have a look');
  await page.getByRole('button', { name: 'Card', exact: true }).click();
  const card = page.getByRole('textbox', { name: /Card 2/ });
  await card.fill('{ "type": ');
  await expect(page.getByText(/The JSON can't be read/)).toBeVisible();
  await card.fill(JSON.stringify({ type: 'bubble', body: { type: 'box', layout: 'vertical', contents: [{ type: 'text', text: 'A card for {account.name}' }] } }));
  await page.getByLabel('Words for the notification').fill('A card');
  const preview = page.getByRole('complementary', { name: 'Preview' });
  await expect(preview).toContainText('A card for 湯屋 かもがわ');
  const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 120, height: 90 } });
  await page.locator('.saved-parts__file').setInputFiles({ name: 'map.png', mimeType: 'image/png', buffer: picture });
  await expect(page.getByRole('region', { name: 'Photo 3' })).toContainText('map.png');
  await expect(preview.locator('img[src*="/upload/"]')).toBeVisible();
  // Order: the picture goes before the card.
  await page.getByRole('region', { name: 'Photo 3' }).getByRole('button', { name: 'Move up' }).click();
  await expect(page.getByRole('region', { name: 'Photo 2' })).toContainText('map.png');
  await expectAccessibleInBothThemes(page, 'an editor with everything');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page).toHaveURL(/\/messages$/);

  const folder = `Folder ${Date.now()}`;
  await page.getByRole('button', { name: 'New folder' }).click();
  await page.getByLabel('Name of the folder').fill(folder);
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page).toHaveURL(/folder=\d+/);
  await expect(page.getByText('Nothing fits')).toBeVisible();
  await open(page, `/a/${account}/messages`);
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByLabel('Kept in').selectOption(folder);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('navigation', { name: 'Folders' }).getByRole('link', { name: new RegExp(folder) }).click();
  await expect(page.getByRole('listitem').filter({ hasText: name })).toBeVisible();
  await expectAccessibleInBothThemes(page, 'a folder');
  await page.getByRole('button', { name: 'Delete folder' }).click();
  await expect(page.getByRole('dialog')).toContainText('Its 1 messages stay');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete folder' }).click();
  await expect(page.getByRole('link', { name: new RegExp(folder) })).toHaveCount(0);
  await expect(page.getByRole('listitem').filter({ hasText: name })).toBeVisible();
});

test('every language is whole, long and strange names included', async ({ page, engawa, simulator }) => {
  test.setTimeout(60_000);
  const { account } = await enter(page, engawa, simulator);
  await save(page, account, { name: '</title><script>alert(1)</script>'.padEnd(80, 'x'), shortcut: 'ご案内'.repeat(10), bubbles: [text('🍎'.repeat(2_000)), text('x')] });
  await save(page, account, { name: 'สวัสดีค่ะคุณลูกค้าทุกท่านยินดีต้อนรับ', mine: true, bubbles: [text('ขอบคุณที่ใช้บริการ')] });
  for (const [lang, word] of [['ja', '定型メッセージ'], ['th', 'ข้อความสำเร็จรูป'], ['zh-Hant', '罐頭訊息']] as const) {
    for (const path of ['messages', 'messages/new']) {
      await open(page, `/a/${account}/${path}?lang=${lang}`);
      await expect(page.getByRole('main')).toContainText(word);
      // At the end of the page the bar with Save covers nothing.
      await page.getByRole('main').evaluate((main) => main.scrollTo(0, main.scrollHeight));
      await expectAccessibleInBothThemes(page, `${path} in ${lang}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(wide, `${path} in ${lang} is wider than the screen`).toBe(0);
    }
  }
  await page.context().clearCookies({ name: 'lang' });
});
