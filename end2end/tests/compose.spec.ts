import type { Page } from '@playwright/test';
import { expectAccessibleInBothThemes } from '../fixtures/a11y.ts';
import { chats, enter, type Line } from '../fixtures/house.ts';
import { open } from '../fixtures/page.ts';
import { png } from '../fixtures/picture.ts';
import { expect, test } from '../fixtures/server.ts';

type Sent = { type: string; text?: string; stickerId?: string; title?: string };

const box = (page: Page) => page.getByRole('textbox', { name: 'Write a message' });
const log = (page: Page) => page.getByRole('log');

/** What LINE was given for this friend, in order. */
async function given(line: Line, user: string): Promise<Sent[]> {
  const url = `${line.url}/simulator/api/messages?room=${line.channel.id}&user=${user}`;
  const all = (await (await fetch(url)).json()) as { from: { by: string }; body: Sent }[];
  return all.filter((message) => message.from.by === 'bot').map((message) => message.body);
}

/** A friend who has written, and whose room is open. */
async function meet(page: Page, account: string, line: Line, name: string): Promise<string> {
  const friend = await line.friend(name);
  await line.say(friend, `I am ${name}`);
  await open(page, `/a/${account}/chats/inbox`);
  await page.getByRole('link', { name: new RegExp(name) }).click();
  await expect(box(page)).toBeEnabled();
  return friend;
}

/** On a phone the tools are behind the plus. */
async function tools(page: Page): Promise<void> {
  const plus = page.getByRole('button', { name: 'Add to the message' });
  if ((await plus.isVisible()) && (await plus.getAttribute('aria-expanded')) === 'false') await plus.click();
}

test('several things go out in one go, in their order', async ({ page, engawa, simulator }) => {
  const { account, line } = await enter(page, engawa, simulator);
  const friend = await meet(page, account, line, `Several ${Date.now()}`);
  await page.locator('input[data-kind=pictures]').setInputFiles({ name: 'room.png', mimeType: 'image/png', buffer: png(400, 300) });
  const parts = page.getByRole('list', { name: 'In this message' });
  await expect(parts).toContainText('room.png');
  await tools(page);
  await page.getByRole('button', { name: 'Emoji and stickers' }).click();
  await page.getByRole('button', { name: 'Sticker package 446' }).click();
  await page.getByRole('button', { name: /hello/ }).first().click();
  await expect(parts.getByRole('listitem')).toHaveCount(2);
  await page.getByRole('button', { name: 'Move Sticker up' }).click();
  await tools(page);
  await page.getByRole('button', { name: 'Location', exact: true }).click();
  const place = page.getByRole('dialog', { name: 'Location' });
  await place.getByLabel('Name').fill('京都駅');
  await place.getByLabel('Address').fill('京都市下京区');
  await place.getByLabel('Map link or coordinates').fill('https://example.com');
  await place.getByRole('button', { name: 'Add' }).click();
  await expect(place.getByText('There are no coordinates in it.')).toBeVisible();
  await place.getByLabel('Map link or coordinates').fill('https://www.google.com/maps/@34.985849,135.758767,15z');
  await place.getByRole('button', { name: 'Add' }).click();
  await expect(parts.getByRole('listitem')).toHaveCount(3);
  await box(page).fill('Here you are');
  await expectAccessibleInBothThemes(page, 'the composer');
  // Another room and back: nothing of it is lost.
  await page.reload();
  await expect(parts.getByRole('listitem')).toHaveCount(3);
  await expect(box(page)).toHaveValue('Here you are');
  await page.getByRole('button', { name: /^Send/ }).click();
  await expect(log(page).getByText('Here you are')).toBeVisible();
  await expect.poll(async () => (await given(line, friend)).map((message) => message.type)).toEqual(['sticker', 'image', 'location', 'text']);
  await expect(parts).toHaveCount(0);
  await expect(log(page)).toContainText('reply');
});

test('what is sent can be taken back for five seconds', async ({ page, engawa, simulator }) => {
  const { account, line } = await enter(page, engawa, simulator);
  const friend = await meet(page, account, line, `Undo ${Date.now()}`);
  await chats(page, account, { undo: true });
  try {
    await box(page).fill('too soon');
    await box(page).press('Enter');
    await expect(log(page).getByText(/Sending in \d s/)).toBeVisible();
    await log(page).getByRole('button', { name: 'Undo' }).click();
    await expect(box(page)).toHaveValue('too soon');
    await expect(log(page).getByText('too soon')).toHaveCount(0);
    await box(page).fill('on purpose');
    await box(page).press('Enter');
    await expect(log(page).getByText(/Sending in \d s/)).toBeVisible();
    // Closing the tab does not lose it.
    await page.goto('about:blank');
    await expect.poll(async () => (await given(line, friend)).map((message) => message.text), { timeout: 15_000 }).toEqual(['on purpose']);
  } finally {
    await open(page, `/a/${account}/chats/inbox`);
    await chats(page, account, { undo: false });
  }
});

test('a message can wait for its time', async ({ page, engawa, simulator }) => {
  const { account, line } = await enter(page, engawa, simulator);
  const friend = await meet(page, account, line, `Later ${Date.now()}`);
  await box(page).fill('good morning');
  await tools(page);
  await page.getByRole('button', { name: 'Later', exact: true }).click();
  const sheet = page.getByRole('dialog', { name: 'To be sent later' });
  await sheet.getByRole('button', { name: 'Tomorrow, 9:00' }).click();
  await expect(sheet.getByLabel('Date and time')).toHaveValue(/T09:00$/);
  await expectAccessibleInBothThemes(page, 'choosing a time');
  await sheet.getByRole('button', { name: 'Schedule' }).click();
  await expect(box(page)).toHaveValue('');
  await page.getByRole('button', { name: 'To be sent later: 1' }).click();
  await expect(sheet.getByText('good morning')).toBeVisible();
  await sheet.getByRole('button', { name: 'Edit' }).click();
  await expect(box(page)).toHaveValue('good morning');
  await box(page).fill('good evening');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(box(page)).toHaveValue('');
  await page.getByRole('button', { name: 'To be sent later: 1' }).click();
  await expect(sheet.getByText('good evening')).toBeVisible();
  await sheet.getByRole('button', { name: 'Send now' }).click();
  await expect.poll(async () => (await given(line, friend)).map((message) => message.text)).toEqual(['good evening']);
});

test('a message is quoted, a refused file says why, and a file becomes a link', async ({ page, engawa, simulator }) => {
  const { account, line } = await enter(page, engawa, simulator);
  const name = `Quote ${Date.now()}`;
  const friend = await meet(page, account, line, name);
  await log(page).locator('.say', { hasText: `I am ${name}` }).locator('.say__more').dispatchEvent('click');
  await page.getByRole('button', { name: 'Quote', exact: true }).click();
  await expect(page.getByText(`Replying to ${name}`)).toBeVisible();
  await box(page).fill('to this');
  await box(page).press('Enter');
  await expect(log(page).locator('.say__quote')).toContainText(`I am ${name}`);
  const input = page.locator('input[data-kind=any]');
  await input.setInputFiles({ name: 'page.html', mimeType: 'text/html', buffer: Buffer.from('<html></html>') });
  await expect(page.getByText("Pages and SVG drawings can't be sent")).toBeVisible();
  await page.getByRole('button', { name: 'Cancel page.html' }).click();
  await input.setInputFiles({ name: 'voice.ogg', mimeType: 'audio/ogg', buffer: Buffer.from('OggS and so on') });
  await expect(page.getByText('LINE plays M4A and MP3 only.')).toBeVisible();
  await page.getByRole('button', { name: 'Send as a file' }).click();
  await expect(page.getByRole('list', { name: 'In this message' })).toContainText('voice.ogg');
  await page.getByRole('button', { name: /^Send/ }).click();
  await expect.poll(async () => (await given(line, friend)).length).toBe(2);
  const words = (await given(line, friend))[1]!.text!;
  const link = words.split('\n')[1]!;
  await log(page).getByRole('button', { name: 'Link', exact: true }).click();
  const about = page.getByRole('dialog', { name: 'Download page' });
  await expect(about.getByText('Downloads: 0')).toBeVisible();
  await expectAccessibleInBothThemes(page, 'the link');
  await page.goto(link);
  await expect(page.getByText('voice.ogg')).toBeVisible();
  await expectAccessibleInBothThemes(page, 'the download page');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download' }).click()]);
  expect(download.suggestedFilename()).toBe('voice.ogg');
});

test('how one chats is set on a page', async ({ page, engawa, simulator }) => {
  const { account, line } = await enter(page, engawa, simulator);
  await open(page, `/a/${account}/settings/chat`);
  await expect(page.getByRole('heading', { name: 'This account' })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await page.getByLabel('Ctrl+Enter or ⌘+Enter').check();
  await page.getByRole('button', { name: 'Save' }).first().click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  const friend = await meet(page, account, line, `Keys ${Date.now()}`);
  await box(page).fill('one');
  await box(page).press('Enter');
  await box(page).pressSequentially('two');
  await expect(box(page)).toHaveValue('one\ntwo');
  await box(page).press('Control+Enter');
  await expect.poll(async () => (await given(line, friend)).map((message) => message.text)).toEqual(['one\ntwo']);
  await open(page, `/a/${account}/settings/chat`);
  await page.getByLabel('Enter (Shift+Enter').check();
  await page.getByRole('button', { name: 'Save' }).first().click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
});
