import type { Page } from '@playwright/test';
import { crc32, deflateSync } from 'node:zlib';
import { expectAccessibleInBothThemes } from '../fixtures/a11y.ts';
import { enter, type Line } from '../fixtures/house.ts';
import { open } from '../fixtures/page.ts';
import { expect, test } from '../fixtures/server.ts';

/** A PNG with stripes of two colours, so that one sees how it is cut. */
function png(width: number, height: number, from: number, to: number): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  const row = (y: number) => {
    const line = Buffer.alloc(width * 3 + 1);
    for (let x = 0; x < width; x++) line.writeUIntBE((x + y) % 80 < 40 ? from : to, x * 3 + 1, 3);
    return line;
  };
  const rows = deflateSync(Buffer.concat(Array.from({ length: height }, (_, y) => row(y))));
  const parts = [chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), ...parts]);
}

const PLACE = 'https://pictures.example';

/** Pictures of messages come from the web, where these tests can't go. */
async function pictures(page: Page): Promise<void> {
  const wide = png(520, 344, 0x7fa6c4, 0x9dbdd4);
  const map = png(1040, 520, 0xd9cfb8, 0xcbbf9f);
  await page.context().route(`${PLACE}/**`, (route) => {
    const body = route.request().url().includes('1040') ? map : wide;
    return route.fulfill({ body, contentType: 'image/png' });
  });
  // Stickers and emoji too: their words stand in for them.
  await page.context().route('https://stickershop.line-scdn.net/**', (route) => route.fulfill({ status: 404 }));
}

const say = (label: string) => ({ type: 'message', label, text: `${label}!` });
const visit = (label: string) => ({ type: 'uri', label, uri: 'https://example.com/' });
const image = `${PLACE}/room.png`;

/** A message of every kind that an account can send. */
function kinds(friend: string): object[] {
  const area = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });
  const template = (altText: string, template: object) => ({ type: 'template', altText, template });
  return [
    { type: 'text', text: 'ご予約はこちら https://example.com/?a=1 です。' },
    {
      type: 'textV2',
      text: '{who}さん、ようこそ {smile} {{かもがわ}}',
      substitution: {
        who: { type: 'emoji', productId: '5ac1bfd5040ab15980c9b435', emojiId: '001' },
        smile: { type: 'emoji', productId: '5ac1bfd5040ab15980c9b435', emojiId: '002' },
      },
    },
    { type: 'image', originalContentUrl: image, previewImageUrl: image },
    { type: 'video', originalContentUrl: `${PLACE}/film.mp4`, previewImageUrl: image },
    { type: 'audio', originalContentUrl: `${PLACE}/voice.m4a`, duration: 61_000 },
    { type: 'location', title: '湯屋 かもがわ', address: '京都市左京区下鴨泉川町59', latitude: 35.03, longitude: 135.77 },
    { type: 'sticker', packageId: '446', stickerId: '1988' },
    {
      type: 'imagemap',
      baseUrl: `${PLACE}/map`,
      altText: '館内図',
      baseSize: { width: 1040, height: 520 },
      actions: [
        { type: 'message', label: '露天風呂', text: '露天風呂について', area: area(0, 0, 520, 520) },
        { type: 'uri', label: '地図', linkUri: 'https://example.com/map', area: area(520, 0, 520, 520) },
      ],
    },
    template('お部屋', {
      type: 'buttons',
      thumbnailImageUrl: image,
      imageBackgroundColor: '#204030',
      title: '川沿いの離れ',
      text: '二名様、18時から。露天風呂つき。',
      defaultAction: visit('写真'),
      actions: [
        { type: 'postback', label: '予約する', data: 'book=1', displayText: '予約します' },
        { type: 'datetimepicker', label: '日時を選ぶ', data: 'when', mode: 'date', initial: '2026-12-01' },
        { type: 'clipboard', label: 'クーポンをコピー', clipboardText: 'SPRING' },
        visit('くわしく'),
      ],
    }),
    template('よろしいですか', { type: 'confirm', text: '本当によろしいですか？', actions: [say('はい'), say('いいえ')] }),
    template('三つのお部屋', {
      type: 'carousel',
      imageAspectRatio: 'square',
      imageSize: 'contain',
      columns: ['月', '川', '森'].map((title, at) => ({
        thumbnailImageUrl: image,
        imageBackgroundColor: '#FFF3D0',
        title,
        text: '静かなお部屋です。'.repeat(at + 1),
        actions: [say(`${title}を見る`)],
      })),
    }),
    template('写真', {
      type: 'image_carousel',
      columns: ['朝', '夜'].map((label) => ({ imageUrl: image, action: say(label) })),
    }),
    {
      type: 'flex',
      altText: 'レシート',
      contents: {
        type: 'bubble',
        body: {
          type: 'box',
          layout: 'vertical',
          contents: [
            { type: 'text', text: '領収書', weight: 'bold', size: 'xl' },
            { type: 'button', style: 'primary', action: { type: 'message', label: '受け取る', text: '受け取りました' } },
          ],
        },
      },
    },
    {
      type: 'text',
      text: `${friend}様、ほかにご用はありますか？`,
      sender: { name: '女将', iconUrl: image },
      quickReply: {
        items: [
          { type: 'action', imageUrl: image, action: say('特にない') },
          { type: 'action', action: { type: 'postback', label: '電話がほしい', data: 'call' } },
          { type: 'action', action: { type: 'camera', label: 'カメラ' } },
          { type: 'action', action: { type: 'location', label: '現在地' } },
        ],
      },
    },
  ];
}

async function push(line: Line, to: string, messages: object[]): Promise<void> {
  for (const message of messages) {
    const answer = await fetch(`${line.url}/v2/bot/message/push`, {
      method: 'POST',
      headers: { authorization: `Bearer ${line.channel.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ to, messages: [message] }),
    });
    expect(answer.status, await answer.clone().text()).toBe(200);
  }
}

const shots = process.env.SHOTS;

/** For whoever wants to look: every bubble by itself, in both themes. */
async function shoot(page: Page, name: string, bubbles: string): Promise<void> {
  if (!shots) return;
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    for (const [at, bubble] of (await page.locator(bubbles).all()).entries()) {
      if (!(await bubble.isVisible())) continue;
      await bubble.scrollIntoViewIfNeeded();
      await bubble.screenshot({ path: `${shots}/${name}-${theme}-${at}.png` });
    }
    await page.screenshot({ path: `${shots}/${name}-${theme}.png` });
  }
}

test('every kind of message is drawn on a phone and can be tapped', async ({ page, engawa, simulator }, info) => {
  test.setTimeout(90_000);
  const { line } = await enter(page, engawa, simulator);
  await pictures(page);
  const friend = await line.friend('佐藤');
  await push(line, friend, kinds('佐藤'));
  await open(page, `${simulator.url}/u/${friend}/chat/${line.channel.id}`);
  const log = page.getByRole('log');
  const quick = page.getByRole('list', { name: /Quick replies|クイックリプライ/ });
  await expect(quick).toBeVisible();
  await expect(log.getByText('女将')).toBeVisible();
  await expect(log.getByText('{かもがわ}')).toBeVisible();
  await shoot(page, `phone-${info.project.name}`, '.phone__bubbles > li');
  await expectAccessibleInBothThemes(page);

  // Columns side by side are equally high, whatever is in them.
  const cards = log.locator('.msg-row').first().locator('.msg-card');
  const heights = await cards.evaluateAll((all) => all.map((card) => Math.round(card.getBoundingClientRect().height)));
  expect(new Set(heights).size).toBe(1);
  // Nothing is wider than the phone.
  const wall = page.locator('.phone__wall');
  expect(await wall.evaluate((wall) => wall.scrollWidth - wall.clientWidth)).toBeLessThanOrEqual(0);

  // A quick reply says its words, and takes the others with it.
  await quick.getByRole('button', { name: '特にない' }).click();
  await expect(log.getByText('特にない!')).toBeVisible();
  await expect(quick).toBeHidden();

  await log.getByRole('button', { name: '予約する' }).click();
  await expect(log.getByText('予約します')).toBeVisible();
  await log.getByRole('button', { name: 'はい', exact: true }).click();
  await expect(log.getByText('はい!')).toBeVisible();
  await log.getByRole('button', { name: '川を見る' }).click();
  await expect(log.getByText('川を見る!')).toBeVisible();
  await log.getByRole('button', { name: '夜' }).click();
  await expect(log.getByText('夜!')).toBeVisible();
  await log.getByRole('button', { name: '露天風呂' }).click();
  await expect(log.getByText('露天風呂について')).toBeVisible();

  await log.getByRole('button', { name: '日時を選ぶ' }).click();
  await expect(page.locator('.rich-menu__ask input')).toHaveValue('2026-12-01');
  await page.locator('.rich-menu__ask input').fill('2026-12-24');
  await page.locator('.rich-menu__ask').getByRole('button').first().click();
  await expect(log.getByText('when')).toBeVisible();

  await log.getByRole('button', { name: 'クーポンをコピー' }).click();
  await expect(page.getByText(/^(Copied|コピーしました)/)).toBeVisible();

  for (const name of ['くわしく', '地図', 'https://example.com/?a=1']) {
    await expect(log.getByRole('link', { name, exact: true })).toHaveAttribute('rel', 'noopener noreferrer');
  }

  // Where nothing is said, the row goes all the same.
  await push(line, friend, [
    {
      type: 'text',
      text: 'もう一つ',
      quickReply: { items: [{ type: 'action', action: { type: 'clipboard', label: '番号', clipboardText: '0123' } }] },
    },
  ]);
  await quick.getByRole('button', { name: '番号' }).click();
  await expect(quick).toBeHidden();
});

test('the inbox draws the same messages, and only tells what a tap would do', async ({ page, engawa, simulator }, info) => {
  test.setTimeout(90_000);
  const { account, line } = await enter(page, engawa, simulator);
  await pictures(page);
  const name = `Kinds ${Date.now()}`;
  const friend = await line.friend(name);
  // By the friend's own phone: that is how such messages reach an inbox that did not send them.
  for (const message of kinds('佐藤')) {
    await line.control(`users/${friend}/say`, { room: line.channel.id, message });
  }
  await open(page, `/a/${account}/chats/inbox`);
  await page.getByRole('link', { name: new RegExp(name) }).click();
  const log = page.getByRole('log');
  const last = log.getByText('ほかにご用はありますか');
  await expect(last).toBeVisible();
  await expect(log.getByText('本当によろしいですか？')).toBeVisible();
  await shoot(page, `inbox-${info.project.name}`, '.chat-log .say');
  await expectAccessibleInBothThemes(page);
  await log.getByRole('button', { name: '予約する' }).click();
  await expect(log.getByText('Shows “予約します” and sends the postback “book=1”')).toBeVisible();
  await log.getByRole('link', { name: 'くわしく' }).click();
  await expect(log.getByText('Opens https://example.com/', { exact: false })).toBeVisible();
  expect(page.context().pages()).toHaveLength(1);
});
