import { expectAccessibleInBothThemes } from '../fixtures/a11y.ts';
import { enter } from '../fixtures/house.ts';
import { open } from '../fixtures/page.ts';
import { expect, test } from '../fixtures/server.ts';

const composer = 'Write a message';

test('states move a room from view to view', async ({ page, engawa, simulator }) => {
  const { account, line } = await enter(page, engawa, simulator);
  const name = `States ${Date.now()}`;
  await line.say(await line.friend(name), 'hello');
  const row = () => page.getByRole('link', { name: new RegExp(name) });
  await open(page, `/a/${account}/chats/inbox`);
  await row().click();
  await page.getByRole('button', { name: 'Follow-up', exact: true }).click();
  await open(page, `/a/${account}/chats/follow-up`);
  await row().click();
  await page.getByRole('button', { name: /Resolve/ }).click();
  await open(page, `/a/${account}/chats/resolved`);
  await expect(row()).toBeVisible();
  await row().click();
  await page.locator('.chat-head summary').click();
  await page.getByText('Mark as spam').click();
  await open(page, `/a/${account}/chats/spam`);
  await expect(row()).toBeVisible();
  await open(page, `/a/${account}/chats/all`);
  await expect(row()).toHaveCount(0);
});

test('older messages come without the view jumping', async ({ page, engawa, simulator }) => {
  test.setTimeout(60_000);
  const { account, line } = await enter(page, engawa, simulator);
  const name = `Long ${Date.now()}`;
  const friend = await line.friend(name);
  for (let n = 0; n < 130; n++) await line.say(friend, `message ${n}`);
  await line.control(`channels/${line.channel.id}/flush`, {});
  await open(page, `/a/${account}/chats/inbox`);
  await page.getByRole('link', { name: new RegExp(name) }).click();
  const log = page.getByRole('log');
  await expect(log.getByText('message 129', { exact: true })).toBeInViewport();
  await expect(log.getByText('message 0', { exact: true })).toHaveCount(0);
  // Up, until the first is there.
  await expect(async () => {
    await log.evaluate((element) => (element.scrollTop = 0));
    await expect(log.getByText('message 0', { exact: true })).toHaveCount(1, { timeout: 500 });
  }).toPass({ timeout: 15_000 });
  // A new one does not pull the reader down, but says that it is there.
  await log.evaluate((element) => (element.scrollTop = 200));
  await line.say(friend, 'the newest');
  await expect(page.getByRole('button', { name: '1 new' })).toBeVisible();
  await page.getByRole('button', { name: '1 new' }).click();
  await expect(log.getByText('the newest', { exact: true })).toBeInViewport();
});

test('the composer counts, keeps drafts, and sends once', async ({ page, engawa, simulator }) => {
  const { account, line } = await enter(page, engawa, simulator);
  const name = `Composer ${Date.now()}`;
  const friend = await line.friend(name);
  await line.say(friend, 'hello');
  await open(page, `/a/${account}/chats/inbox`);
  await page.getByRole('link', { name: new RegExp(name) }).click();
  const box = page.getByRole('textbox', { name: composer });
  await box.fill('あ'.repeat(5001));
  await expect(page.getByText(/5,?001 of 5,?000/)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Send/ })).toBeDisabled();
  // The Enter that ends a composition does not send.
  await box.fill('かな');
  await box.dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true });
  await expect(box).toHaveValue('かな');
  await box.fill('only once');
  const send = page.getByRole('button', { name: /^Send/ });
  await send.dblclick();
  await expect(page.getByRole('log').getByText('only once')).toHaveCount(1);
  await expect(page.getByRole('log')).toContainText(/reply|push/);
  const accepted = await (await fetch(`${simulator.url}/simulator/api/accepted?channel=${line.channel.id}`)).json();
  const texts = accepted.flatMap((call: { messages: { text: string }[] }) => call.messages.map((message) => message.text));
  expect(texts.filter((text: string) => text === 'only once')).toHaveLength(1);
});

test('what goes wrong is said in plain words, and the text is kept', async ({ page, engawa, simulator }) => {
  const { account, line } = await enter(page, engawa, simulator);
  const name = `Wrong ${Date.now()}`;
  const friend = await line.friend(name);
  await line.say(friend, 'hello');
  await open(page, `/a/${account}/chats/inbox`);
  await page.getByRole('link', { name: new RegExp(name) }).click();
  const box = page.getByRole('textbox', { name: composer });
  const log = page.getByRole('log');
  await line.control('faults', { kind: 'cut_after', path: '/message/reply', remaining: 1 });
  await box.fill('perhaps');
  await box.press('Enter');
  await expect(log.getByText('LINE did not answer. This message may or may not have arrived.')).toBeVisible();
  await line.control('faults', { kind: 'monthly_limit', path: '/message/push', remaining: 1 });
  await box.fill('too many');
  await box.press('Enter');
  await expect(log.getByText("Not sent: this month's messages are used up.")).toBeVisible();
  await expect(log.getByText('too many')).toBeVisible();
  await log.getByRole('button', { name: 'Try again' }).click();
  await expect(log.getByText("Not sent: this month's messages are used up.")).toHaveCount(0);
  await line.control(`users/${friend}/block`, { channel: line.channel.id });
  await expect(page.getByText('This friend has blocked the account, so nothing can be sent.')).toBeVisible();
});

test('keys go from chat to chat', async ({ page, engawa, simulator, isMobile }) => {
  test.skip(!!isMobile, 'a phone has no keys');
  const { account, line } = await enter(page, engawa, simulator);
  for (const name of ['Key one', 'Key two']) await line.say(await line.friend(name), 'hello');
  await open(page, `/a/${account}/chats/inbox`);
  await expect(page.getByRole('link', { name: /Key two/ })).toBeVisible();
  await page.keyboard.press('j');
  await expect(page).toHaveURL(/chats\/inbox\/\d+/);
  const first = page.url();
  await page.keyboard.press('j');
  await expect(page).not.toHaveURL(first);
  await page.keyboard.press('k');
  await expect(page).toHaveURL(first);
  await expect(page.getByRole('log')).toContainText('hello');
  await page.keyboard.press('r');
  await expect(page.getByRole('textbox', { name: composer })).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessibleInBothThemes(page, 'the list of keys');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('every language is whole and readable', async ({ page, engawa, simulator }) => {
  const { account, line } = await enter(page, engawa, simulator);
  await line.say(await line.friend('</title><script>alert(1)</script> とても長い名前のお客様'.repeat(2)), 'x'.repeat(400));
  for (const [lang, word] of [['ja', 'チャット'], ['th', 'แชต'], ['zh-Hant', '聊天']] as const) {
    await open(page, `/a/${account}/chats/inbox?lang=${lang}`);
    await expect(page.locator('html')).toHaveAttribute('lang', lang);
    await expect(page.getByRole('heading', { level: 1 }).first()).toContainText(word);
    await expectAccessibleInBothThemes(page, lang);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide, `${lang} is wider than the screen`).toBe(0);
  }
  await page.context().clearCookies({ name: 'lang' });
});

test('a phone writes, sends a picture, takes it back, and blocks', async ({ page, browser, engawa, simulator }) => {
  const { account, line } = await enter(page, engawa, simulator);
  const name = `Phone ${Date.now()}`;
  const friend = await line.friend(name);
  await line.say(friend, 'look');
  await open(page, `/a/${account}/chats/inbox`);
  await page.getByRole('link', { name: new RegExp(name) }).click();
  const phone = await browser.newPage({ viewport: { width: 390, height: 844 } });
  await open(phone, `${simulator.url}/u/${friend}/chat/${line.channel.id}`);
  const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 120, height: 90 } });
  await phone.locator('[data-kind=roll]').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: picture });
  const shown = page.getByRole('log').locator('img[src*="/thumb"]');
  await expect(shown).toBeVisible();
  await shown.click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await phone.close();
});

