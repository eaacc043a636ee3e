import { expectAccessibleInBothThemes } from '../fixtures/a11y.ts';
import { enter, type Line } from '../fixtures/house.ts';
import { open } from '../fixtures/page.ts';
import { expect, test } from '../fixtures/server.ts';

const box = (page: import('@playwright/test').Page) => page.getByRole('searchbox', { name: 'Search chats' });
const found = (page: import('@playwright/test').Page) => page.getByRole('region', { name: 'Search results' });

/** Three friends and what they say; `word` stands in what they say and nowhere else. */
async function talk(line: Line, word: string) {
  await line.control(`channels/${line.channel.id}/flush`, {});
  const names = { ken: `佐藤 ${word}`, nok: `สมชาย ${Date.now()}`, mia: `Mia ${Date.now()}` };
  const ken = await line.friend(names.ken);
  const nok = await line.friend(names.nok);
  const mia = await line.friend(names.mia);
  await line.say(ken, `明日の午後、二名で予約${word}できますか？`);
  await line.say(nok, `ขอบคุณค่ะ ${word} พรุ่งนี้จะแวะไปนะคะ`);
  await line.say(mia, `Is there parking near the café? ${word.toUpperCase()}`);
  await line.control(`channels/${line.channel.id}/flush`, {});
  return names;
}

test('everything that was said is found, and opened where it stands @postgres', async ({ page, engawa, simulator }, info) => {
  const { account, line } = await enter(page, engawa, simulator);
  const word = `qx${Date.now().toString(36)}`;
  const names = await talk(line, word);
  await open(page, `/a/${account}/chats/all`);
  await expect(page.getByRole('link', { name: new RegExp(names.mia) })).toBeVisible();
  await box(page).fill(word.slice(0, -1));
  await expect(found(page).getByRole('link')).toHaveCount(4);
  await box(page).fill(word);
  await expect(page).toHaveURL(new RegExp(`q=${word}$`));
  const links = found(page).getByRole('link');
  await expect(links).toHaveCount(4);
  await expect(found(page).getByRole('heading')).toHaveText(['Chats', 'Messages']);
  // The room first, then the latest message; what was asked for is marked as it was written.
  await expect(links.first()).toContainText(names.ken);
  await expect(links.nth(1).locator('mark')).toHaveText(word.toUpperCase());
  await expectAccessibleInBothThemes(page);
  await page.screenshot({ path: info.outputPath('found.png') });
  // A reload, and a colleague who is given the address, see the same.
  await page.reload();
  await expect(box(page)).toHaveValue(word);
  await expect(links).toHaveCount(4);
  await links.nth(2).click();
  await expect(page).toHaveURL(new RegExp(`message=\\d+&q=${word}`));
  await expect(page.getByRole('log')).toContainText('พรุ่งนี้จะแวะไป');
  const phone = info.project.name === 'phone';
  if (phone) {
    // Back to what was found, not to the list.
    await page.getByRole('link', { name: 'Back', exact: false }).first().click();
    await expect(links).toHaveCount(4);
  } else {
    await expect(links.nth(2)).toHaveAttribute('aria-current', 'page');
    await page.screenshot({ path: info.outputPath('opened.png') });
    await page.goBack();
    await expect(page).not.toHaveURL(/message=/);
  }
  await expect(links).toHaveCount(4);
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await expect(found(page)).toHaveCount(0);
  await expect(box(page)).toHaveValue('');
});

test('every script is found by a piece of a word', async ({ page, engawa, simulator }) => {
  const { account, line } = await enter(page, engawa, simulator);
  const word = `zw${Date.now().toString(36)}`;
  const names = await talk(line, word);
  await open(page, `/a/${account}/chats/inbox`);
  for (const [question, name] of [
    [`予約 ${word}`, names.ken],
    [`予 ${word}`, names.ken],
    [`ขอบ ${word}`, names.nok],
    [`CAFE ${word}`, names.mia],
    [`"there parking" ${word}`, names.mia],
  ] as const) {
    await box(page).fill(question);
    await expect(found(page).getByRole('link')).toHaveCount(1);
    await expect(found(page).getByRole('link')).toContainText(name);
  }
  await box(page).fill(`nothing ${word} like this`);
  await expect(found(page)).toContainText(`Nothing found for “nothing ${word} like this”`);
  await expect(found(page)).toContainText('spam included');
  await expectAccessibleInBothThemes(page);
});

test('filters narrow what is found, and stand in the address', async ({ page, engawa, simulator }, info) => {
  const { account, line } = await enter(page, engawa, simulator);
  const word = `fw${Date.now().toString(36)}`;
  const names = await talk(line, word);
  await open(page, `/a/${account}/chats/all`);
  await page.getByRole('link', { name: new RegExp(names.mia) }).click();
  await page.getByRole('textbox', { name: 'Write a message' }).fill(`Yes, ${word} has room`);
  await page.getByRole('button', { name: /^Send/ }).click();
  await expect(page.getByRole('log')).toContainText(/reply|push/);
  await open(page, `/a/${account}/chats/all?q=${word}`);
  const links = found(page).getByRole('link');
  await expect(links).toHaveCount(5);
  await page.getByRole('button', { name: 'Search filters' }).click();
  await page.getByLabel('Written by').selectOption('Us');
  await expect(page).toHaveURL(/dir=out/);
  await expect(links).toHaveCount(1);
  await page.getByLabel('Written by').selectOption('Any');
  await page.getByLabel('Colleague').selectOption('Mika');
  await expect(page).toHaveURL(/by=\d+/);
  await expect(links).toHaveCount(1);
  await expectAccessibleInBothThemes(page);
  await page.screenshot({ path: info.outputPath('filters.png') });
  await page.getByRole('button', { name: 'Remove filters' }).click();
  await expect(links).toHaveCount(5);
  await page.getByLabel('Kind').selectOption('Photo');
  await expect(found(page)).toContainText('Nothing found');
  await found(page).getByRole('link', { name: 'Remove filters' }).click();
  await expect(links).toHaveCount(5);
  // Yesterday nobody said this; the days are the reader's.
  const day = (date: Date) => date.toLocaleDateString('sv');
  await page.getByLabel('To', { exact: true }).fill(day(new Date(Date.now() - 86_400_000)));
  await expect(found(page)).toContainText('Nothing found');
  await page.getByLabel('To', { exact: true }).fill(day(new Date()));
  await expect(links).toHaveCount(4);
  await page.reload();
  await expect(links).toHaveCount(4);
});

test('letters that are being composed are not asked for, and late answers are dropped', async ({ page, engawa, simulator }) => {
  const { account, line } = await enter(page, engawa, simulator);
  const word = `cw${Date.now().toString(36)}`;
  await talk(line, word);
  await open(page, `/a/${account}/chats/all`);
  const asked: string[] = [];
  await page.route('**/api/chat/search', async (route) => {
    const { words } = route.request().postDataJSON().question;
    asked.push(words);
    // The first answer comes last.
    if (words === 'nobody') await new Promise((done) => setTimeout(done, 1_500));
    await route.continue().catch(() => {});
  });
  const composed = await page.context().newCDPSession(page);
  await box(page).focus();
  await composed.send('Input.imeSetComposition', { text: 'よや', selectionStart: 2, selectionEnd: 2 });
  await composed.send('Input.imeSetComposition', { text: 'よやく', selectionStart: 3, selectionEnd: 3 });
  await expect(box(page)).toHaveValue('よやく');
  await composed.send('Input.insertText', { text: '予約' });
  await expect.poll(() => asked.at(-1)).toBe('予約');
  expect(asked).toEqual(['予約']);
  await box(page).fill('nobody');
  await expect.poll(() => asked.at(-1)).toBe('nobody');
  await box(page).fill(word);
  const links = found(page).getByRole('link');
  await expect(links).toHaveCount(4);
  await page.waitForResponse((answer) => answer.url().endsWith('/search') && answer.request().postData()!.includes('nobody'));
  await expect(links).toHaveCount(4);
});

test('the keyboard goes through what was found', async ({ page, engawa, simulator }, info) => {
  test.skip(info.project.name === 'phone', 'there is no keyboard');
  const { account, line } = await enter(page, engawa, simulator);
  const word = `kw${Date.now().toString(36)}`;
  await talk(line, word);
  await open(page, `/a/${account}/chats/all`);
  await box(page).fill(word);
  const links = found(page).getByRole('link');
  await expect(links).toHaveCount(4);
  await page.keyboard.press('ArrowDown');
  await expect(links.first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(links.nth(1)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(box(page)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('log')).toContainText(word.toUpperCase());
  await box(page).focus();
  await page.keyboard.press('Escape');
  await expect(box(page)).toHaveValue('');
  await expect(found(page)).toHaveCount(0);
  await expect(page.getByRole('log')).toContainText(word.toUpperCase());
});

test('more comes by scrolling', async ({ page, engawa, simulator }) => {
  test.setTimeout(60_000);
  const { account, line } = await enter(page, engawa, simulator);
  const word = `mw${Date.now().toString(36)}`;
  const friend = await line.friend(`More ${Date.now()}`);
  for (let n = 0; n < 70; n++) await line.say(friend, `${word} number ${n}`);
  await line.control(`channels/${line.channel.id}/flush`, {});
  await open(page, `/a/${account}/chats/all?q=${word}`);
  const links = found(page).getByRole('link');
  await expect(links.first()).toContainText('number 69');
  await expect(async () => {
    await links.last().scrollIntoViewIfNeeded();
    await expect(links).toHaveCount(70, { timeout: 700 });
  }).toPass({ timeout: 15_000 });
  await expect(links.last()).toContainText('number 0');
});
