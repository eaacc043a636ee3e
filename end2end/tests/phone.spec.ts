import type { Page } from '@playwright/test';
import { expectAccessibleInBothThemes } from '../fixtures/a11y.ts';
import { Line } from '../fixtures/house.ts';
import { open } from '../fixtures/page.ts';
import { expect, test as base } from '../fixtures/server.ts';

/** A friend's phone, with the pictures that are LINE's own standing in for themselves. */
type Phone = { line: Line; friend: string; name: string };

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

const test = base.extend<{ phone: Phone }>({
  phone: async ({ page, simulator }, use) => {
    await page.context().route('https://stickershop.line-scdn.net/**', (route) =>
      route.fulfill({ contentType: 'image/png', body: PIXEL }),
    );
    const channel = await new Line(simulator.url, {} as Line['channel']).control('channels', { name: '湯屋 かもがわ' });
    const line = new Line(simulator.url, channel);
    const name = `ケン ${Date.now()}`;
    await use({ line, friend: await line.friend(name), name });
  },
});

const written = (page: Page) => page.getByRole('textbox', { name: 'Message' });
const log = (page: Page) => page.getByRole('log');

async function enter(page: Page, { line, friend }: Phone, room = line.channel.id): Promise<void> {
  await open(page, `${line.url}/u/${friend}/chat/${room}`);
}

/** The messages of a room, as the simulator keeps them. */
async function messages({ line, friend }: Phone, room = line.channel.id) {
  const whose = room === line.channel.id ? `&user=${friend}` : '';
  const answer = await fetch(`${line.url}/simulator/api/messages?room=${room}${whose}`);
  // biome-ignore lint: any shape that LINE has
  return (await answer.json()) as { id: string; body: any; from: { by: string; id?: string } }[];
}

async function last(phone: Phone, room?: string) {
  return (await messages(phone, room)).at(-1)!.body;
}

/** Opens the menu of the bubble with this text, as each kind of device does. */
async function hold(page: Page, text: string): Promise<void> {
  const bubble = page.locator('.phone-bubble__hold', { hasText: text }).last();
  const finger = await page.evaluate(() => matchMedia('(hover: none)').matches);
  if (finger) {
    const box = (await bubble.boundingBox())!;
    const at = { clientX: box.x + 5, clientY: box.y + 5, pointerType: 'touch', bubbles: true };
    await bubble.dispatchEvent('pointerdown', at);
    await page.getByRole('dialog', { name: 'Message actions' }).waitFor();
    await bubble.dispatchEvent('pointerup', at);
  } else {
    await bubble.click({ button: 'right' });
  }
  await page.getByRole('dialog', { name: 'Message actions' }).waitFor();
}

test('emoji and stickers are chosen and sent', async ({ page, phone }) => {
  await enter(page, phone);
  await page.getByRole('button', { name: 'Stickers' }).click();
  await expectAccessibleInBothThemes(page);
  await page.getByRole('button', { name: 'Sticker: hello' }).click();
  await expect.poll(async () => (await last(phone)).stickerId).toBe('1988');
  await page.getByRole('button', { name: 'Sticker package 11539' }).click();
  await page.getByRole('button', { name: 'Sticker: 52114149' }).click();
  await expect.poll(async () => last(phone)).toEqual({
    type: 'sticker',
    packageId: '11539',
    stickerId: '52114149',
    stickerResourceType: 'ANIMATION',
  });

  await written(page).fill('はい🍎');
  await page.getByRole('button', { name: 'Emoji', exact: true }).click();
  await page.getByRole('button', { name: '🙏' }).click();
  await page.getByRole('button', { name: 'LINE emoji' }).click();
  await page.getByRole('button', { name: '(happy)' }).click();
  await expect(written(page)).toHaveValue('はい🍎🙏(happy)');
  await written(page).press('Enter');
  await expect.poll(async () => last(phone)).toEqual({
    type: 'text',
    text: 'はい🍎🙏(happy)',
    emojis: [{ index: 6, length: 7, productId: '5ac1bfd5040ab15980c9b435', emojiId: '002' }],
  });
  await expect(log(page)).toContainText('はい🍎🙏');
});

test('stickers whose pictures do not come are words', { annotation: { type: 'noisy' } }, async ({ page, phone }) => {
  await page.context().unroute('https://stickershop.line-scdn.net/**');
  await page.context().route('https://stickershop.line-scdn.net/**', (route) => route.abort());
  await enter(page, phone);
  await page.getByRole('button', { name: 'Stickers' }).click();
  await expect(page.getByRole('button', { name: 'Sticker: hello' })).toHaveText('hello');
  await expect(page.getByRole('button', { name: 'Sticker package 446' })).toHaveText('446');
});

test('pictures, films and files go out', async ({ page, phone }) => {
  await enter(page, phone);
  await page.getByRole('button', { name: 'Send something else' }).click();
  await expectAccessibleInBothThemes(page);
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Photos and videos' }).click(),
  ]);
  expect(chooser.isMultiple()).toBe(true);
  const picture = (name: string) => ({ name, mimeType: 'image/png', buffer: PIXEL });
  await chooser.setFiles([picture('1.png'), picture('2.png'), picture('3.png')]);
  await expect.poll(async () => (await messages(phone)).filter((one) => one.body?.type === 'image').length).toBe(3);
  const sets = (await messages(phone)).filter((one) => one.body?.type === 'image').map((one) => one.body.imageSet);
  expect(sets.map((set) => [set.index, set.total])).toEqual([
    [1, 3],
    [2, 3],
    [3, 3],
  ]);
  expect(new Set(sets.map((set) => set.id)).size).toBe(1);
  await expect(log(page).locator('img[src^="/simulator/content/"]')).toHaveCount(3);

  await page.getByRole('button', { name: 'Send something else' }).click();
  const [camera] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Camera' }).click(),
  ]);
  await expect(page.locator('[data-kind=camera]')).toHaveAttribute('capture', 'environment');
  await camera.setFiles({ name: 'film.mp4', mimeType: 'video/mp4', buffer: Buffer.from('no film') });
  await expect.poll(async () => (await last(phone)).type).toBe('video');

  await page.locator('[data-kind=file]').setInputFiles({
    name: 'メニュー.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-'),
  });
  await expect.poll(async () => last(phone)).toEqual({ type: 'file', fileName: 'メニュー.pdf', fileSize: 5 });

  const big = { name: 'big.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(10_000_001) };
  await page.locator('[data-kind=roll]').setInputFiles(big);
  await expect(page.getByRole('alert').filter({ hasText: 'LINE takes pictures of up to 10 MB.' })).toBeVisible();
});

test('a place is sent from a sample and from the browser', async ({ page, phone }) => {
  await page.context().grantPermissions(['geolocation'], { origin: phone.line.url });
  await page.context().setGeolocation({ latitude: 18.788_3, longitude: 98.985_3 });
  await enter(page, phone);
  const sheet = async () => {
    await page.getByRole('button', { name: 'Send something else' }).click();
    await page.getByRole('button', { name: 'Location', exact: true }).click();
  };
  await sheet();
  const dialog = page.getByRole('dialog', { name: 'Location' });
  await dialog.getByRole('button', { name: 'วัดอรุณราชวราราม' }).click();
  await expectAccessibleInBothThemes(page);
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await expect.poll(async () => last(phone)).toMatchObject({ type: 'location', title: 'วัดอรุณราชวราราม', latitude: 13.74374 });
  await sheet();
  await dialog.getByLabel('Name of the place').fill('Here');
  await dialog.getByLabel('Address').fill('');
  await dialog.getByRole('button', { name: 'Use my position' }).click();
  await expect(dialog.getByLabel('Latitude')).toHaveValue('18.788300');
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await expect
    .poll(async () => last(phone))
    .toEqual({ type: 'location', title: 'Here', latitude: 18.7883, longitude: 98.9853 });
});

test('a message is quoted, copied and taken back, by pointer and by keyboard', async ({ page, phone }) => {
  await enter(page, phone);
  await written(page).fill('19時に行きます');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(log(page)).toContainText('19時に行きます');
  for (let number = 0; number < 30; number++) await phone.line.say(phone.friend, `line ${number}`);
  await expect(log(page)).toContainText('line 29');

  await hold(page, '19時に行きます');
  await expectAccessibleInBothThemes(page);
  // One to one nothing can be edited.
  await expect(page.getByRole('button', { name: 'Edit' })).toBeHidden();
  await page.getByRole('button', { name: 'Quote' }).click();
  await expect(written(page)).toBeFocused();
  await expect(page.getByText(`In answer to ${phone.name}`)).toBeVisible();
  await written(page).fill('やっぱり20時');
  await written(page).press('Enter');
  const original = (await messages(phone)).find((one) => one.body.text === '19時に行きます')!;
  await expect.poll(async () => (await last(phone)).quotedMessageId).toBe(original.id);
  await page.locator('.phone-bubble__quote').click();
  await expect(page.locator(`[data-id="${original.id}"]`)).toBeInViewport();

  // By keyboard alone.
  const more = page.getByRole('button', { name: 'Message actions: やっぱり20時' });
  await more.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Message actions' }).getByRole('button', { name: 'Unsend' }).focus();
  await page.keyboard.press('Enter');
  await expect(log(page)).toContainText('A message was unsent.');
  await expect(log(page)).not.toContainText('やっぱり20時');
  await page.getByRole('button', { name: 'Message actions: line 29' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Message actions' })).toBeHidden();
});

test('in a group one mentions, edits, and lets people come and go', async ({ page, phone }) => {
  const { line, friend } = phone;
  const aoi = await line.friend(`葵 ${Date.now()}`);
  const mai = `Mai ${Date.now()}`;
  await line.friend(mai);
  const group = await line.control('groups', { name: 'ヨガ', members: [friend, aoi], channel: line.channel.id });
  await enter(page, phone, group.id);
  await expect(page.getByRole('heading', { name: 'ヨガ (3)' })).toBeVisible();

  await written(page).pressSequentially('@');
  const names = page.getByRole('list', { name: 'Mention' });
  await expect(names.getByRole('button')).toHaveText([/All/, /湯屋/, /葵/]);
  await expectAccessibleInBothThemes(page);
  await written(page).pressSequentially('湯');
  await expect(names.getByRole('button')).toHaveCount(1);
  await written(page).press('Enter');
  await expect(written(page)).toHaveValue('@湯屋 かもがわ ');
  await written(page).pressSequentially('と@葵');
  await names.getByRole('button').click();
  await written(page).pressSequentially('こんにちは');
  await written(page).press('Enter');
  await expect.poll(async () => (await last(phone, group.id)).mention?.mentionees).toEqual([
    { index: 0, length: 8, type: 'user', userId: line.channel.bot, isSelf: true },
    { index: 10, length: 16, type: 'user', userId: aoi, isSelf: false },
  ]);

  await hold(page, 'こんにちは');
  await page.getByRole('button', { name: 'Edit' }).click();
  await expect(page.getByText('Edit your message')).toBeVisible();
  await expect(written(page)).toHaveValue(/こんにちは$/);
  await written(page).press('End');
  await written(page).pressSequentially('！');
  await written(page).press('Enter');
  await expect(log(page)).toContainText('こんにちは！');
  await expect(log(page)).toContainText('Edited');
  // Who was mentioned still is.
  expect((await last(phone, group.id)).mention.mentionees).toHaveLength(2);

  await page.getByRole('button', { name: 'Group', exact: true }).click();
  const sheet = page.getByRole('dialog', { name: 'Group' });
  await sheet.getByLabel('Group name').fill('朝ヨガ');
  await sheet.getByRole('button', { name: 'Save' }).click();
  await expect(log(page)).toContainText('The group is now called 朝ヨガ');
  await expectAccessibleInBothThemes(page);
  await sheet.getByLabel(mai).check();
  await sheet.getByRole('button', { name: 'Invite', exact: true }).click();
  await expect(log(page)).toContainText(`${mai} joined`);
  await sheet.getByRole('button', { name: `Remove ${mai}` }).click();
  await expect(log(page)).toContainText(`${mai} left`);
  await sheet.getByRole('button', { name: 'Remove 湯屋 かもがわ' }).click();
  await expect(log(page)).toContainText('湯屋 かもがわ left');
  await sheet.getByRole('button', { name: 'Invite 湯屋 かもがわ' }).first().click();
  await expect(log(page)).toContainText('湯屋 かもがわ joined');
  await sheet.getByRole('button', { name: 'Leave the group' }).click();
  await page.waitForURL(`${line.url}/u/${friend}`);
});

test('from an account a group begins, and without a name a room', async ({ page, phone }) => {
  const { line } = phone;
  const aoi = `葵 ${Date.now()}`;
  await line.friend(aoi);
  for (const [name, letter] of [
    ['旅行', 'C'],
    ['', 'R'],
  ] as const) {
    await enter(page, phone);
    await page.getByRole('button', { name: 'New group' }).click();
    const sheet = page.getByRole('dialog', { name: 'New group' });
    await sheet.getByLabel('Group name').fill(name);
    await sheet.getByLabel(aoi).check();
    await expectAccessibleInBothThemes(page);
    await sheet.getByRole('button', { name: 'Create' }).click();
    await page.waitForURL(new RegExp(`/chat/${letter}[0-9a-f]{32}$`));
    await expect(page.getByRole('heading', { name: name || new RegExp(aoi) })).toBeVisible();
  }
});

test('the account reads, is busy, answers and is blocked', async ({ page, phone }) => {
  const { line, friend } = phone;
  // biome-ignore lint: the channel as the control API gives it
  const token = (line.channel as any).token;
  const call = async (path: string, body: object) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = await fetch(`${line.url}/v2/bot/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    expect(answer.ok, await answer.text()).toBe(true);
  };
  await enter(page, phone);
  await line.say(friend, 'まだですか');
  await expect(log(page)).toContainText('まだですか');
  const markAsReadToken = (await messages(phone)).at(-1)! as unknown as { read_token: string };
  await call('chat/markAsRead', { markAsReadToken: markAsReadToken.read_token });
  await expect(log(page).getByText('Read', { exact: true })).toBeVisible();
  await call('chat/loading/start', { chatId: friend, loadingSeconds: 5 });
  await expect(page.locator('.phone-dots')).toBeVisible();
  // They end by themselves, though nobody tells.
  await expect(page.locator('.phone-dots')).toBeHidden({ timeout: 10_000 });
  await call('message/push', { to: friend, messages: [{ type: 'text', text: 'お待たせしました' }] });
  await expect(log(page)).toContainText('お待たせしました');

  await page.getByRole('button', { name: 'Block' }).click();
  await expect(page.getByText('You have blocked this account.')).toBeVisible();
  await expect(written(page)).toBeDisabled();
  await expectAccessibleInBothThemes(page);
  await page.getByRole('button', { name: 'Unblock' }).first().click();
  await expect(written(page)).toBeEnabled();
});

test('what is new does not tear away who reads above', async ({ page, phone }) => {
  const { line, friend } = phone;
  for (let number = 0; number < 40; number++) await line.say(friend, `line ${number}`);
  await enter(page, phone);
  await expect(page.getByText('line 39')).toBeInViewport();
  await log(page).evaluate((wall) => wall.scrollTo(0, 0));
  const headers = {
    // biome-ignore lint: the channel as the control API gives it
    authorization: `Bearer ${(line.channel as any).token}`,
    'content-type': 'application/json',
  };
  const body = JSON.stringify({ to: friend, messages: [{ type: 'text', text: 'news' }] });
  await fetch(`${line.url}/v2/bot/message/push`, { method: 'POST', headers, body });
  await expect(page.getByRole('button', { name: 'New messages' })).toBeVisible();
  await expect(page.getByText('line 0', { exact: true })).toBeInViewport();
  await page.getByRole('button', { name: 'New messages' }).click();
  await expect(page.getByText('news', { exact: true })).toBeInViewport();
  await expect(page.getByRole('button', { name: 'New messages' })).toBeHidden();
});

test('a voice is recorded where there is a microphone, else a file is asked for', async ({ page, phone }) => {
  // A microphone that hums: no machine of a test has one.
  await page.addInitScript(() => {
    const hum = async () => {
      const context = new AudioContext();
      const out = context.createMediaStreamDestination();
      const tone = context.createOscillator();
      tone.connect(out);
      tone.start();
      return out.stream;
    };
    Object.defineProperty(navigator.mediaDevices, 'getUserMedia', { configurable: true, value: hum });
  });
  await enter(page, phone);
  const speak = async () => {
    await page.getByRole('button', { name: 'Send something else' }).click();
    await page.getByRole('button', { name: 'Voice message', exact: true }).click();
  };
  await speak();
  await expect(page.getByText(/Recording… [1-9]\d* s/)).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await page.getByRole('button', { name: 'Stop and send' }).click();
  await expect.poll(async () => (await last(phone)).type).toBe('audio');
  expect((await last(phone)).duration).toBeGreaterThan(500);

  await page.evaluate(() => Object.defineProperty(navigator, 'mediaDevices', { value: undefined }));
  await speak();
  await expect(page.getByText('There is no microphone to be used here.')).toBeVisible();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'File', exact: true }).click(),
  ]);
  await chooser.setFiles({ name: 'voice.m4a', mimeType: 'audio/mp4', buffer: Buffer.from('no sound') });
  await expect.poll(async () => (await messages(phone)).filter((one) => one.body?.type === 'audio').length).toBe(2);
});
