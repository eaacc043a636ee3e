import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { expectAccessibleInBothThemes } from '../fixtures/a11y.ts';
import { Line } from '../fixtures/house.ts';
import { open } from '../fixtures/page.ts';
import { expect, test as base } from '../fixtures/server.ts';

/** A channel of its own, and a friend of it. */
const test = base.extend<{ onsen: Line; ken: string; site: string }>({
  baseURL: async ({ simulator }, use) => use(simulator.url),
  onsen: async ({ simulator }, use) => {
    const anyone = new Line(simulator.url, {} as never);
    await use(new Line(simulator.url, await anyone.control('channels', { name: `湯屋 ${Date.now()}` })));
  },
  // What links lead to.
  site: async ({}, use) => {
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end('<!doctype html><title>Yuzu</title><link rel="icon" href="data:,"><h1>Yuzu</h1>');
    });
    await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.close();
  },
  ken: async ({ onsen }, use) => use(await onsen.friend(`健 ${Date.now()}`)),
});

/** Sends by LINE's API; answers the request id. */
async function send(line: Line, kind: string, body: object): Promise<string> {
  const { token } = line.channel as unknown as { token: string };
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const answer = await fetch(`${line.url}/v2/bot/message/${kind}`, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(answer.status, await answer.clone().text()).toBe(200);
  return answer.headers.get('x-line-request-id')!;
}

type Reaction = { seq: number; url: string | null; played: number | null };

/** What came of a request: the numbers of the bubbles that were seen, and the addresses that were opened. */
async function came(line: Line, request: string) {
  const answer = await fetch(`${line.url}/simulator/api/reactions?requestId=${request}`);
  const { reactions } = (await answer.json()) as { reactions: Reaction[] };
  const seen = reactions.filter((one) => !one.url && one.played === undefined).map((one) => one.seq);
  return { seen: seen.sort(), urls: reactions.flatMap((one) => one.url ?? []) };
}

const room = (page: Page, line: Line, user: string) => open(page, `/u/${user}/chat/${line.channel.id}`);
const text = (text: string) => ({ type: 'text', text });

test('what comes into sight and is tapped in a room is counted by itself', async ({ page, onsen, ken, site }) => {
  const long = text(Array.from({ length: 12 }, (_, line) => `${line} 今夜はゆず湯です。ゆっくりお過ごしください。`).join('\n'));
  const button = { type: 'uri', label: '予約', uri: `${site}/book` };
  const buttons = { type: 'template', altText: '予約', template: { type: 'buttons', text: '予約はこちら', actions: [button] } };
  const broadcast = await send(onsen, 'broadcast', { messages: [long, text(`詳しくは ${site}/yuzu へ`), long] });
  const push = await send(onsen, 'push', { to: ken, messages: [long, long, buttons] });
  await room(page, onsen, ken);
  // The room opens at its end: what stands far above has not been seen.
  await expect.poll(async () => (await came(onsen, push)).seen).toContain(3);
  expect((await came(onsen, broadcast)).seen).not.toContain(1);
  const link = page.getByRole('link', { name: `${site}/yuzu` });
  await link.scrollIntoViewIfNeeded();
  await expect.poll(async () => (await came(onsen, broadcast)).seen).toContain(2);
  // A message that comes in draws the room anew; nobody has seen anything a second time for that.
  await page.getByRole('log').evaluate((wall) => wall.scrollTo(0, wall.scrollHeight));
  const more = await send(onsen, 'push', { to: ken, messages: [text('お待ちしております')] });
  await expect.poll(async () => (await came(onsen, more)).seen).toEqual([1]);
  expect((await came(onsen, push)).seen.filter((seq) => seq === 3)).toHaveLength(1);

  await page.getByRole('link', { name: '予約', exact: true }).click();
  await expect.poll(async () => (await came(onsen, push)).urls).toEqual([`${site}/book`]);
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await link.click();
  await expect.poll(async () => (await came(onsen, broadcast)).urls).toEqual([`${site}/yuzu`]);
  // Coming back is another visit.
  await room(page, onsen, ken);
  await expect.poll(async () => (await came(onsen, more)).seen).toEqual([1, 1]);
});

test('a silent message looks different, an account is passed on to a friend, and a beacon is near', async ({ page, onsen, ken }) => {
  await open(page, `/u/${ken}`);
  await send(onsen, 'push', { to: ken, messages: [text('静かに')], notificationDisabled: true });
  await expect(page.getByRole('link', { name: /静かに/ })).toBeVisible();
  await expect(page.locator('.phone-news')).toBeEmpty();
  await send(onsen, 'push', { to: ken, messages: [text('大きな声で')] });
  await expect(page.locator('.phone-news')).toContainText('大きな声で');
  await room(page, onsen, ken);
  const bubble = (words: string) => page.locator('.phone-bubble', { hasText: words });
  await expect(bubble('静かに')).toContainText('Silent');
  await expect(bubble('大きな声で')).not.toContainText('Silent');

  const name = `Aoi ${Date.now()}`;
  const aoi = (await onsen.control('users', { name })).id;
  await open(page, `/u/${ken}/account/${onsen.channel.id}`);
  await page.getByText('Beacon', { exact: true }).click();
  await page.getByLabel('What happens').selectOption('stay');
  await page.getByLabel('Device message (hex, may be empty)').fill('0a1b');
  await expectAccessibleInBothThemes(page);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByText('The account was told.')).toBeVisible();

  await page.getByRole('link', { name: 'Share' }).click();
  await page.getByLabel('Search by name').fill(name);
  await expectAccessibleInBothThemes(page);
  await page.getByRole('button', { name: `Send to ${name}` }).click();
  await expect(page.getByRole('heading', { name: new RegExp(name) })).toBeVisible();
  await expect(page.getByRole('log').getByRole('link', { name: /sim_path=recommendation/ })).toBeVisible();
  await open(page, `/u/${aoi}`);
  await page.getByRole('link', { name: new RegExp(onsen.channel.name) }).click();
  await page.getByRole('link', { name: /sim_path=recommendation/ }).click();
  await page.getByRole('button', { name: 'Add as a friend' }).click();
  const friend = async () =>
    (await fetch(`${onsen.url}/simulator/api/friendship?channel=${onsen.channel.id}&user=${aoi}`)).json();
  await expect.poll(async () => (await friend()).path).toBe('recommendation');
});
