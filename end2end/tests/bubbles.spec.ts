import type { Locator, Page } from '@playwright/test';
import { expectAccessibleInBothThemes } from '../fixtures/a11y.ts';
import { enter, type Line } from '../fixtures/house.ts';
import { open } from '../fixtures/page.ts';
import { png } from '../fixtures/picture.ts';
import { expect, test } from '../fixtures/server.ts';

const log = (page: Page) => page.getByRole('log');

/** Says something from a phone, at a time of its own if one is given; answers LINE's id. */
async function say(line: Line, user: string, message: object, more: object = {}): Promise<string> {
  return (await line.control(`users/${user}/say`, { room: line.channel.id, message, ...more })).messageId;
}

const text = (words: string) => ({ type: 'text', text: words });

/** Opens the room of this friend and answers its address. */
async function openRoom(page: Page, account: string, name: string): Promise<string> {
  await open(page, `/a/${account}/chats/all`);
  await page.getByRole('link', { name: new RegExp(name) }).click();
  await expect(page).toHaveURL(/chats\/all\/\d+/);
  return new URL(page.url()).pathname;
}

/** What comes from LINE's hosts is not there in these tests: its words stand in for it. */
async function withoutLine(page: Page) {
  await page.context().route('https://stickershop.line-scdn.net/**', (route) => route.fulfill({ status: 404 }));
}

/** Where an element stands in the window, once nothing moves any more. */
async function restingPlace(page: Page, element: Locator): Promise<number> {
  let before = Number.NaN;
  await expect
    .poll(async () => {
      const now = (await element.boundingBox())!.y;
      const rested = Math.abs(now - before) < 1;
      before = now;
      return rested;
    })
    .toBe(true);
  return before;
}

test('every kind that a phone sends is shown', async ({ page, engawa, simulator }) => {
  test.setTimeout(90_000);
  await withoutLine(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const { account, line } = await enter(page, engawa, simulator);
  const name = `Kinds ${Date.now()}`;
  const friend = await line.friend(name);
  await say(line, friend, text('まずはこちら https://example.com/a?b=1。どうぞ'));
  await say(line, friend, { type: 'location', title: '湯屋 かもがわ', address: '京都市左京区', latitude: 35.03, longitude: 135.77 });
  await say(line, friend, { type: 'sticker', packageId: '446', stickerId: '1988', keywords: ['hello'] });
  const file = Buffer.from('%PDF-1.7 a bill').toString('base64');
  await say(line, friend, { type: 'file', fileName: '請求書 2026-11.pdf' }, { base64: file, mime: 'application/pdf' });
  await say(line, friend, { type: 'audio', duration: 61_000 }, { base64: Buffer.from('ID3 voice').toString('base64'), mime: 'audio/mpeg' });
  const film = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom'), Buffer.alloc(2_000)]).toString('base64');
  await say(line, friend, { type: 'video', duration: 4_000 }, { base64: film, mime: 'video/mp4' });
  await say(line, friend, text('長い文章です。ไม่มีช่องว่างระหว่างคำในภาษาไทย '.repeat(90)));
  await line.control('raw-webhook', {
    channel: line.channel.id,
    body: {
      destination: 'U',
      events: [
        {
          type: 'beacon', webhookEventId: `B${Date.now()}`, timestamp: Date.now(), mode: 'active', source: { type: 'user', userId: friend },
          deliveryContext: { isRedelivery: false }, beacon: { hwid: 'd41d8cd98f', type: 'enter' },
        },
      ],
    },
  });
  await openRoom(page, account, name);

  const link = log(page).getByRole('link', { name: 'https://example.com/a?b=1' });
  await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
  await expect(link).toHaveAttribute('target', '_blank');
  const place = log(page).getByRole('link', { name: /湯屋 かもがわ/ });
  await expect(place).toHaveAttribute('href', /openstreetmap\.org\/\?mlat=35\.03/);
  await expect(place).toHaveAttribute('target', '_blank');
  await expect(log(page).getByText('Sticker · hello')).toBeVisible();
  await expect(log(page).getByRole('link', { name: /請求書/ })).toHaveAttribute('download', '請求書 2026-11.pdf');
  await expect(log(page).locator('audio')).toHaveCount(1);
  await expect(log(page).getByText('1:01')).toBeVisible();
  await expect(log(page).locator('video[poster$="/thumb"]')).toHaveCount(1);
  await expect(log(page).getByRole('link', { name: /Download · / })).toHaveCount(2);

  // Long words are folded; nothing is wider than the screen.
  const more = log(page).getByRole('button', { name: 'Show more' });
  await expect(more).toHaveAttribute('aria-expanded', 'false');
  const folded = (await log(page).locator('.fold').boundingBox())!.height;
  await more.click();
  await expect.poll(async () => (await log(page).locator('.fold').boundingBox())!.height).toBeGreaterThan(folded * 1.5);
  await log(page).getByRole('button', { name: 'Show less' }).click();
  const wide = await page.evaluate(() => document.querySelector('.chat-log')!.scrollWidth - document.querySelector('.chat-log')!.clientWidth);
  expect(wide).toBe(0);

  // What happened, in words, and LINE's JSON for those who ask.
  await expect(log(page)).toContainText('Came near a beacon');
  await log(page).getByRole('button', { name: 'What LINE sent' }).last().click();
  await expect(log(page).getByLabel('What LINE sent').last()).toContainText('"hwid": "d41d8cd98f"');
  await expectAccessibleInBothThemes(page, 'a room with every kind');
  expect(asked.filter((url) => url.includes('openstreetmap') || url.includes('example.com'))).toEqual([]);
});

test('pictures are looked at one after another', async ({ page, browser, engawa, simulator }) => {
  test.setTimeout(90_000);
  const { account, line } = await enter(page, engawa, simulator);
  const name = `Pictures ${Date.now()}`;
  const friend = await line.friend(name);
  const first = await say(line, friend, { type: 'image' }, { base64: png(300, 200).toString('base64'), mime: 'image/png' });
  await openRoom(page, account, name);
  const pictures = log(page).locator('.msg-picture img');
  await expect(pictures).toHaveCount(1);
  const phone = await browser.newPage({ viewport: { width: 390, height: 844 } });
  await open(phone, `${simulator.url}/u/${friend}/chat/${line.channel.id}`);
  const files = [[120, 90], [90, 120], [200, 100]].map(([width, height], n) => ({
    name: `${n}.png`, mimeType: 'image/png', buffer: png(width!, height!),
  }));
  await phone.locator('[data-kind=file]').setInputFiles(files);
  await phone.close();
  const set = log(page).locator('.msg-set');
  await expect(set.locator('img')).toHaveCount(3);
  await expectAccessibleInBothThemes(page, 'a set of pictures');

  await set.locator('.msg-picture').first().click();
  const viewer = page.getByRole('dialog', { name: 'Photos of this chat' });
  const shown = viewer.locator('.viewer__picture');
  const width = () => shown.evaluate((image: HTMLImageElement) => image.naturalWidth);
  await expect(viewer).toBeVisible();
  await expect.poll(width).toBe(120);
  await page.keyboard.press('ArrowRight');
  await expect.poll(width).toBe(90);
  await viewer.getByRole('button', { name: 'Later photo' }).click();
  await expect.poll(width).toBe(200);
  for (let n = 0; n < 3; n++) await page.keyboard.press('ArrowLeft');
  await expect.poll(width, 'on to the picture before the set').toBe(300);
  await expect(viewer.getByRole('link', { name: 'Download' })).toHaveAttribute('download', /^line-image-\d+\.png$/);
  const small = (await shown.boundingBox())!.width;
  await viewer.getByRole('button', { name: 'Zoom in' }).click();
  await expect.poll(async () => (await shown.boundingBox())!.width).toBeGreaterThan(small);
  await expectAccessibleInBothThemes(page, 'the viewer');
  await page.keyboard.press('Escape');
  await expect(viewer).toBeHidden();
  await expect(set.locator('.msg-picture').first()).toBeFocused();

  // Taken back while it is looked at: it goes.
  await log(page).locator('.bubble > .msg-picture').first().click();
  await expect.poll(width).toBe(300);
  await line.control(`users/${friend}/unsend`, { messageId: first });
  await expect(viewer).toBeHidden();
  await expect(log(page)).toContainText('Took back a message');
});

test('a message opens in place, and one reads on from there', async ({ page, engawa, simulator }) => {
  test.setTimeout(120_000);
  const { account, line } = await enter(page, engawa, simulator);
  const name = `Long ${Date.now()}`;
  const friend = await line.friend(name);
  const start = Date.now() - 3_000_000;
  const ids: string[] = [];
  const lines = (n: number) => `line ${String(n).padStart(3, '0')}`;
  for (let n = 0; n < 170; n++) ids.push(await say(line, friend, text(lines(n)), { time: start + n * 10_000 }));
  await say(line, friend, { type: 'text', text: 'as I said', quotedMessageId: ids[20] });
  const room = await openRoom(page, account, name);
  const quote = log(page).getByRole('link', { name: /line 020/ });
  await expect(quote).toBeVisible();

  // The quotation leads to its original, which was not loaded.
  await quote.click();
  await expect(page).toHaveURL(/\?message=\d+$/);
  const original = log(page).locator('.say--marked');
  await expect(original).toContainText('line 020');
  await expect(original).toBeInViewport();
  await expect(log(page).getByText('line 169', { exact: true })).toHaveCount(0);

  // What comes in now moves nothing, and is counted.
  const place = await restingPlace(page, original);
  await line.say(friend, 'news from the present');
  await expect(page.getByRole('button', { name: '1 new' })).toBeVisible();
  expect(Math.abs((await restingPlace(page, original)) - place)).toBeLessThan(2);

  // Reading on, both ways, leaves nothing out.
  const numbers = async () =>
    (await log(page).locator('.msg-text').allTextContents()).filter((words) => words.startsWith('line ')).map((words) => Number(words.slice(5)));
  const scroll = (to: 'start' | 'end') =>
    log(page).evaluate((element, to) => element.scrollTo(0, to === 'start' ? 0 : element.scrollHeight), to);
  await expect.poll(async () => (await scroll('start'), Math.min(...(await numbers())))).toBe(0);
  await expect.poll(async () => (await scroll('end'), Math.max(...(await numbers())))).toBe(169);
  const all = await numbers();
  expect(all).toEqual(all.map((_, n) => all[0]! + n));
  await expect(log(page)).toContainText('news from the present');
  await expect.poll(async () => (await scroll('end'), await page.locator('.chat-pill').count())).toBe(0);

  // Back leads to the quotation.
  await page.goBack();
  await expect(log(page).locator('.say--marked')).toContainText('as I said');
  await expect(log(page).locator('.say--marked')).toBeInViewport();
  await page.goForward();
  await expect(log(page).locator('.say--marked')).toContainText('line 020');
  const address = page.url();

  // The address alone leads there, also on a fresh page; and away to the present.
  await open(page, address);
  await expect(log(page).locator('.say--marked')).toContainText('line 020');
  await expect(log(page).locator('.say--marked')).toBeInViewport();
  await expectAccessibleInBothThemes(page, 'a message in place');
  await page.getByRole('button', { name: 'Jump to the latest message' }).click();
  await expect(log(page).getByText('news from the present')).toBeInViewport();
  await expect(page).toHaveURL(new RegExp(`${room}$`));
  await expect(page.locator('.chat-pill')).toHaveCount(0);
  await open(page, `${room}?message=12345`);
  await expect(page.getByText('The message that this link leads to is not here')).toBeVisible();
  await expect(log(page).getByText('news from the present')).toBeInViewport();
});

test('a message has a menu, by keyboard and by holding it', async ({ page, context, engawa, simulator, isMobile }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { account, line } = await enter(page, engawa, simulator);
  const name = `Menu ${Date.now()}`;
  const friend = await line.friend(name);
  await line.say(friend, 'the first one');
  await line.say(friend, 'copy me ✨');
  await openRoom(page, account, name);
  const menu = page.getByRole('dialog', { name: 'Message actions' });
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await expect(log(page).getByText('copy me ✨')).toBeVisible();
  await expect(log(page).getByText('New messages')).toBeVisible();
  if (isMobile) {
    const box = (await log(page).getByText('copy me ✨').boundingBox())!;
    const touch = { pointerType: 'touch', bubbles: true, clientX: box.x + 5, clientY: box.y + 5 };
    await log(page).getByText('copy me ✨').dispatchEvent('pointerdown', touch);
    await expect(menu).toBeVisible();
    await log(page).getByText('copy me ✨').dispatchEvent('pointerup', touch);
  } else {
    await log(page).focus();
    await page.keyboard.press('Tab');
    await expect(page.locator('.say__more:focus')).toHaveCount(1);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(menu).toBeVisible();
  }
  await expectAccessibleInBothThemes(page, 'the menu of a message');
  await menu.getByRole('button', { name: 'Copy text' }).click();
  await expect(menu).toBeHidden();
  expect(await clipboard()).toBe('copy me ✨');
  await log(page).locator('.say__more').last().dispatchEvent('click');
  await menu.getByRole('button', { name: 'Copy link to this message' }).click();
  const link = await clipboard();
  expect(link).toMatch(/^http.*\?message=\d+$/);
  await open(page, link);
  await expect(log(page).locator('.say--marked')).toContainText('copy me ✨');
  await log(page).locator('.say__more').last().dispatchEvent('click');
  await expect(menu).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  // Esc closed the menu and nothing else.
  await expect(log(page)).toBeVisible();
});
