import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { expectAccessibleInBothThemes } from '../fixtures/a11y.ts';
import { enter, type Line } from '../fixtures/house.ts';
import { open } from '../fixtures/page.ts';
import { expect, test } from '../fixtures/server.ts';

/** Calls LINE's API as the account does. */
async function call(line: Line, path: string, body: unknown) {
  const headers = { authorization: `Bearer ${line.channel.token}`, 'content-type': 'application/json' };
  const answer = await fetch(`${line.url}/v2/bot/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(answer.status, `${path}: ${await answer.clone().text()}`).toBe(200);
  return answer.json();
}

const push = (line: Line, to: string, message: object, silent = false) =>
  call(line, 'message/push', { to, messages: [message], notificationDisabled: silent });

/** Somebody who is not a friend yet. */
const person = async (line: Line, name: string) => (await line.control('users', { name, language: 'ja' })).id as string;

const phoneOf = (page: Page, name: string) =>
  page.locator('.handset', { has: page.getByRole('heading', { name, exact: true, level: 2 }) });

const friendship = async (line: Line, user: string) =>
  (await fetch(`${line.url}/simulator/api/friendship?channel=${line.channel.id}&user=${user}`)).json();

test('two phones stand side by side and talk in a group', async ({ page, engawa, simulator }) => {
  const { line } = await enter(page, engawa, simulator);
  const stamp = Date.now();
  const [ken, aoi] = [`健 ${stamp}`, `สมหญิง ${stamp}`];
  const ids = [await line.friend(ken), await line.friend(aoi)];
  const group = (await line.control('groups', { name: `旅行 ${stamp}`, members: ids })).id;

  // By ticking on the first page; the newest stand first.
  await open(page, simulator.url);
  await expect(page.locator('.sim-who__row').first()).toContainText(aoi);
  await page.getByLabel('Search by name').fill(`${stamp}`);
  await page.getByLabel(`Put ${ken}’s phone beside others`).check();
  await page.getByLabel(`Put ${aoi}’s phone beside others`).check();
  await expectAccessibleInBothThemes(page);
  await page.getByRole('button', { name: 'Open side by side' }).click();
  await page.waitForURL(/\/phones\?u=U\w+&u=U/);
  await page.locator('html[data-hydrated]').waitFor({ state: 'attached' });
  const [left, right] = [phoneOf(page, ken), phoneOf(page, aoi)];

  // Each goes its own way, and the address stays.
  await left.getByRole('link', { name: new RegExp(`旅行 ${stamp}`) }).click();
  await left.getByRole('textbox').last().fill('温泉に行こう');
  await page.keyboard.press('Enter');
  await expect(left.getByRole('log').getByText('温泉に行こう')).toBeVisible();
  await expect(right.locator('.phone-news')).toContainText('温泉に行こう');
  await right.getByRole('link', { name: 'Friends', exact: true }).click();
  await expect(right.getByRole('heading', { name: 'Friends', exact: true })).toBeVisible();
  await right.locator('.phone-tabs').getByRole('link', { name: /Chats/ }).click();
  const row = right.locator('.phone__list').getByRole('link', { name: new RegExp(`旅行 ${stamp}`) });
  await expect(row).toContainText('1 unread');
  await row.click();
  await right.getByRole('textbox').last().fill('ไปกันเถอะ');
  await page.keyboard.press('Enter');
  await expect(left.getByRole('log').getByText('ไปกันเถอะ')).toBeVisible();
  await expect(left.locator('.phone-news')).toBeEmpty();
  await expectAccessibleInBothThemes(page);
  expect(page.url()).toContain('/phones?');

  // One is put away; the other stays where it was.
  await left.getByRole('link', { name: 'Put this phone away' }).click();
  await expect(page.locator('.handset')).toHaveCount(1);
  await expect(right.getByRole('log').getByText('ไปกันเถอะ')).toBeVisible();
  expect(group).toBeTruthy();
});

test('an account is added by id, link, code and photo', async ({ page, engawa, simulator }) => {
  const { line } = await enter(page, engawa, simulator);
  const basic: string = (await (await fetch(`${line.url}/simulator/api/channels/${line.channel.id}`)).json()).basic_id;
  const add = page.getByRole('button', { name: 'Add as a friend' });
  const chat = page.getByRole('link', { name: 'Open chat' });
  const added = async (user: string, path: string) => {
    await add.click();
    await expect(page.getByRole('button', { name: 'Block' })).toBeVisible();
    expect(await friendship(line, user)).toMatchObject({ added: true, path });
  };

  // By its id; one that nobody has is said plainly.
  let user = await person(line, 'Ada');
  await open(page, `${simulator.url}/u/${user}/add`);
  await page.getByLabel('Search by ID').fill('@nobody-here');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page.getByText('There is no account with the ID @nobody-here.')).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await page.getByLabel('Search by ID').fill(basic.slice(1));
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expectAccessibleInBothThemes(page);
  await added(user, 'search');
  await chat.click();
  await expect(page.getByText('Added as a friend')).toBeVisible();

  // By a link that was passed on.
  user = await person(line, 'Bo');
  await open(page, `${simulator.url}/u/${user}/add`);
  await page.getByLabel('Open a link').fill(`https://line.me/R/ti/p/${encodeURIComponent(basic)}`);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await added(user, 'link');

  // By holding the camera over its code.
  user = await person(line, 'Cho');
  await open(page, `${simulator.url}/u/${user}/add`);
  // Other accounts of this simulator may have the same name.
  const code = page.getByRole('link', { name: `Scan: ${line.channel.name}` }).and(page.locator(`[href*="${line.channel.id}"]`));
  await code.click();
  await added(user, 'qr');

  // By a photo of the code.
  await page.goto(`${simulator.url}/simulator/qr/${line.channel.id}`);
  const photo = await page.screenshot();
  user = await person(line, 'Dan');
  await open(page, `${simulator.url}/u/${user}/add`);
  await page.locator('input[type=file]').setInputFiles({ name: 'code.png', mimeType: 'image/png', buffer: photo });
  await added(user, 'qr');
});

test('a link on the web asks which phone', async ({ page, engawa, simulator }) => {
  const { line } = await enter(page, engawa, simulator);
  const basic: string = (await (await fetch(`${line.url}/simulator/api/channels/${line.channel.id}`)).json()).basic_id;
  const name = `Eri ${Date.now()}`;
  const user = await person(line, name);
  await open(page, `${simulator.url}/R/oaMessage/${encodeURIComponent(basic)}/?${encodeURIComponent('予約 2名')}`);
  await expectAccessibleInBothThemes(page);
  await page.getByLabel('Search by name').fill(name);
  await page.getByRole('link', { name }).click();
  await expect(page.getByRole('textbox').last()).toHaveValue('予約 2名');
  await page.getByRole('textbox').last().press('Enter');
  await expect(page.getByRole('log').getByText('予約 2名')).toBeVisible();
  expect(await friendship(line, user)).toMatchObject({ added: false });
});

test('blocking, muting and deleting stand on the profile page', async ({ page, engawa, simulator }) => {
  const { line } = await enter(page, engawa, simulator);
  const user = await line.friend(`Fumi ${Date.now()}`);
  await open(page, `${simulator.url}/u/${user}/friends`);
  await expectAccessibleInBothThemes(page);
  await page.getByRole('link', { name: new RegExp(line.channel.name) }).first().click();
  await page.getByRole('button', { name: 'Turn notifications off' }).click();
  await expect(page.getByRole('button', { name: 'Turn notifications on' })).toBeVisible();
  await page.getByRole('button', { name: 'Block' }).click();
  await page.getByRole('button', { name: 'Unblock' }).click();
  await expect(page.getByRole('button', { name: 'Block', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Delete' }).click();
  const question = page.getByRole('alertdialog');
  await expect(question).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await page.getByRole('button', { name: 'Delete' }).click();
  await question.getByRole('button', { name: 'Delete' }).click();
  await page.waitForURL(/\/friends$/);
  expect(await friendship(line, user)).toMatchObject({ blocked: true, deleted: true });
});

test('a banner tells of a message, unless it is silent or the room is muted', async ({ page, engawa, simulator }) => {
  const { line } = await enter(page, engawa, simulator);
  const user = await line.friend(`Gen ${Date.now()}`);
  await open(page, `${simulator.url}/u/${user}/friends`);
  const banner = page.locator('.phone-news');
  const tab = page.locator('.phone-tabs').getByRole('link', { name: /Chats/ });
  await push(line, user, { type: 'text', text: 'psst' }, true);
  await expect(tab).toContainText('1 unread');
  await expect(banner).toBeEmpty();
  await push(line, user, { type: 'text', text: 'お知らせです' });
  await expect(banner).toContainText('お知らせです');
  await expect(tab).toContainText('2 unread');
  await expectAccessibleInBothThemes(page);
  await banner.getByRole('link').click();
  await expect(page.getByRole('log').getByText('psst')).toBeVisible();
  // Reading clears the count.
  await page.goBack();
  await expect(tab).not.toContainText('unread');
  await line.control(`users/${user}/mute`, { room: line.channel.id, muted: true });
  await push(line, user, { type: 'text', text: 'quietly' });
  await expect(tab).toContainText('1 unread');
  await expect(banner).not.toContainText('quietly');
});

test('coupons are found in the wallet, used, and gone', async ({ page, engawa, simulator }) => {
  const { line } = await enter(page, engawa, simulator);
  const user = await line.friend(`Hana ${Date.now()}`);
  await open(page, `${simulator.url}/u/${user}/wallet`);
  await expect(page.getByText('No coupons yet.')).toBeVisible();
  await expectAccessibleInBothThemes(page);
  const now = Math.floor(Date.now() / 1000);
  const coupon = {
    title: '貸切風呂 20%引き', visibility: 'UNLISTED', timezone: 'ASIA_TOKYO', maxUseCountPerTicket: 1, couponCode: 'YU-42',
    startTimestamp: now - 60, endTimestamp: now + 86_400, acquisitionCondition: { type: 'normal' },
    reward: { type: 'discount', priceInfo: { type: 'percentage', percentage: 20 } },
  };
  const { couponId } = await call(line, 'coupon', coupon);
  await push(line, user, { type: 'coupon', couponId });
  await page.getByRole('link', { name: /貸切風呂/ }).click();
  await page.getByRole('button', { name: 'Get the coupon' }).click();
  await expect(page.getByText('YU-42')).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await page.getByRole('button', { name: 'Use' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Use' }).click();
  await expect(page.getByRole('article').getByRole('status')).toHaveText('Used');
  await expect(page.getByRole('button', { name: 'Use' })).toHaveCount(0);
});

test('links open inside the phone', async ({ page, engawa, simulator }) => {
  const { line } = await enter(page, engawa, simulator);
  const user = await line.friend(`Ivo ${Date.now()}`);
  const site = createServer((request, response) => {
    if (request.url === '/closed') response.setHeader('x-frame-options', 'DENY');
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end('<!doctype html><title>Menu</title><h1>Today’s menu</h1>');
  });
  await new Promise<void>((done) => void site.listen(0, '127.0.0.1', done));
  const base = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  try {
    const inside = page.frameLocator('.phone-page__frame');
    await open(page, `${simulator.url}/u/${user}/add`);
    const openLink = async (link: string) => {
      await page.getByLabel('Open a link').fill(link);
      await page.getByRole('button', { name: 'Open', exact: true }).click();
    };
    await openLink(`${base}/menu`);
    await expect(inside.getByRole('heading', { name: 'Today’s menu' })).toBeVisible();
    await expect(page.getByRole('dialog').getByRole('link', { name: 'Open outside' })).toHaveAttribute('href', `${base}/menu`);
    await page.getByRole('button', { name: 'Reload' }).click();
    await expect(inside.getByRole('heading', { name: 'Today’s menu' })).toBeVisible();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await expect(page.getByRole('dialog')).toBeHidden();

    await openLink('tel:0751234567');
    const question = page.getByRole('alertdialog');
    await expect(question.getByRole('heading')).toHaveText('Call 0751234567?');
    await expect(question.getByRole('link', { name: 'Open outside' })).toHaveAttribute('href', 'tel:0751234567');
    await question.getByRole('button', { name: 'Cancel' }).click();
    await openLink('javascript:alert(1)');
    await expect(page.getByText('A phone can’t open this address.')).toBeVisible();
    await openLink('line://nv/wallet');
    await expect(page.getByRole('heading', { name: 'Wallet' })).toBeVisible();
  } finally {
    site.close();
  }
});

test('a site that refuses frames is told, with a way out', { annotation: { type: 'noisy' } }, async ({ page, engawa, simulator }) => {
  const { line } = await enter(page, engawa, simulator);
  const user = await line.friend(`Jun ${Date.now()}`);
  const site = createServer((_, response) => {
    response.setHeader('x-frame-options', 'DENY');
    response.end('no');
  });
  await new Promise<void>((done) => void site.listen(0, '127.0.0.1', done));
  const base = `http://127.0.0.1:${(site.address() as AddressInfo).port}/closed`;
  try {
    await open(page, `${simulator.url}/u/${user}/add`);
    await page.getByLabel('Open a link').fill(base);
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    const note = page.locator('.phone-page__note');
    await expect(note).toContainText('does not let itself be shown');
    await expect(note.getByRole('link', { name: 'Open outside' })).toHaveAttribute('href', base);
    await expectAccessibleInBothThemes(page);
  } finally {
    site.close();
  }
});
