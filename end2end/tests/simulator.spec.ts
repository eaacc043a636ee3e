import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import { expectAccessibleInBothThemes } from '../fixtures/a11y.ts';
import { Line } from '../fixtures/house.ts';
import { open } from '../fixtures/page.ts';
import { expect, test as base } from '../fixtures/server.ts';

type Bot = { line: Line; token: string; friend: string; received: string[]; status: number };

/** A channel of its own with a friend and a receiver of webhooks. */
const test = base.extend<{ bot: Bot }>({
  // The pages of the simulator alone: no console is needed.
  baseURL: async ({ simulator }, use) => use(simulator.url),

  bot: async ({ simulator }, use) => {
    const received: string[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        received.push(body);
        response.writeHead(bot.status).end('heard');
      });
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    const anyone = new Line(simulator.url, {} as never);
    await fetch(`${simulator.url}/simulator/api/faults`, { method: 'DELETE' });
    await fetch(`${simulator.url}/simulator/api/log`, { method: 'DELETE' });
    const channel = await anyone.control('channels', { name: `Bot ${Date.now()}`, endpoint });
    const line = new Line(simulator.url, channel);
    const bot: Bot = { line, token: channel.token, friend: '', received, status: 200 };
    bot.friend = await line.friend('Ken');
    await line.control(`channels/${channel.id}/flush`, {});
    await use(bot);
    server.close();
  },
});

const push = (bot: Bot, text: string) =>
  fetch(`${bot.line.url}/v2/bot/message/push`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bot.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ to: bot.friend, messages: [{ type: 'text', text }] }),
  });

/** Nothing may stick out of the page sideways. */
async function expectNoSideways(page: import('@playwright/test').Page) {
  const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  expect(inner).toBeLessThanOrEqual(outer!);
}

test('the log shows what happens as it happens, finds it, and sends it again', async ({ page, bot }) => {
  await open(page, '/log');
  await expect(page.getByRole('link', { name: /Webhook.*follow/ })).toBeVisible();
  await push(bot, 'おはようございます '.repeat(40));
  const pushed = page.getByRole('link', { name: /POST \/v2\/bot\/message\/push/ });
  await expect(pushed).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await expectNoSideways(page);

  // The form leaves room for the list, also on a phone.
  const filter = await page.getByRole('form', { name: 'What to show' }).boundingBox();
  expect(filter!.height).toBeLessThan(page.viewportSize()!.height * 0.45);

  await page.getByLabel('Direction').selectOption('webhook');
  await expect(page).toHaveURL(/direction=webhook/);
  await expect(pushed).toBeHidden();
  await bot.line.say(bot.friend, 'where is the bath?');
  await bot.line.control(`channels/${bot.line.channel.id}/flush`, {});
  await page.getByLabel('Search in bodies and headers').fill('WHERE IS');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page.getByRole('link', { name: /follow/ })).toBeHidden();
  await page.getByRole('link', { name: /message: text/ }).click();

  await expect(page).toHaveURL(/\/log\/\d+\?/);
  await expect(page.getByLabel('Request', { exact: true }).last()).toContainText('"text": "where is the bath?"');
  await expect(page.getByLabel('Answer', { exact: true }).last()).toContainText('heard');
  await page.getByText(/^Headers/).first().click();
  await expect(page.getByText('x-line-signature', { exact: true })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await expectNoSideways(page);

  const before = bot.received.length;
  await page.getByRole('button', { name: 'Send again' }).click();
  await expect(page.getByText('sent again by hand')).toBeVisible();
  await page.getByRole('button', { name: 'Send as a redelivery' }).click();
  await expect(page.getByText('redelivery by hand')).toBeVisible();
  expect(bot.received.length).toBe(before + 2);
  expect(bot.received.at(-2)).toBe(bot.received[before - 1]);
  expect(JSON.parse(bot.received.at(-1)!).events[0].deliveryContext.isRedelivery).toBe(true);

  // A call can be copied as a command, without its token.
  await open(page, '/log?direction=call&path=/push');
  await pushed.click();
  await expect(page.getByText('Bearer $CHANNEL_ACCESS_TOKEN')).toBeVisible();
  expect(await page.content()).not.toContain(bot.token);
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(page.getByText('Copied')).toBeVisible();
});

test('faults are switched on, strike, and are switched off', async ({ page, bot }) => {
  await open(page, '/faults');
  await expect(page.getByText('Everything works as it should.')).toBeVisible();
  await page.getByLabel('What goes wrong').selectOption('server_error');
  await expect(page.getByText('Try again with the same retry key.')).toBeVisible();
  await page.getByLabel('Only for this channel').selectOption(bot.line.channel.id);
  await page.getByLabel('Only where the path contains').fill('/push');
  await page.getByLabel('How many times').fill('2');
  await page.getByRole('button', { name: 'Switch on' }).click();
  const on = page.getByRole('region', { name: 'Switched on' });
  await expect(on.getByText(/where the path contains \/push.*2 more.*Struck so far: 0/)).toBeVisible();
  expect((await push(bot, 'x')).status).toBe(500);
  await expect(on.getByText(/1 more.*Struck so far: 1/)).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await expectNoSideways(page);
  expect((await push(bot, 'x')).status).toBe(500);
  await expect(page.getByRole('region', { name: 'Ended by themselves' }).getByText(/Struck so far: 2/)).toBeVisible();
  expect((await push(bot, 'x')).status).toBe(200);

  await page.getByLabel('What goes wrong').selectOption('latency');
  await expect(page.getByLabel('Milliseconds')).toBeVisible();
  await page.getByLabel('How often, in per cent').fill('a lot');
  await page.getByRole('button', { name: 'Switch on' }).click();
  await expect(page.getByRole('alert')).toContainText('not in the right form');
  await page.getByLabel('How often, in per cent').fill('12.5');
  await page.getByLabel('How many times').fill('');
  await page.getByRole('button', { name: 'Switch on' }).click();
  await expect(on.getByText(/12.5 % of the time.*1000 ms/)).toBeVisible();
  await on.getByRole('button', { name: 'Switch off: Slow answers' }).click();
  await expect(page.getByText('Everything works as it should.')).toBeVisible();
});

test('webhook statistics count what went wrong', async ({ page, bot }) => {
  bot.status = 503;
  await bot.line.say(bot.friend, 'nobody listens');
  await bot.line.control(`channels/${bot.line.channel.id}/flush`, {});
  await open(page, '/webhooks');
  const card = page.getByRole('region', { name: new RegExp(bot.line.channel.id) });
  await expect(card.getByText('Service Unavailable')).toBeVisible();
  await expect(card.getByRole('link', { name: 'error_status_code' })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await expectNoSideways(page);
  await card.getByRole('button', { name: 'Count anew' }).click();
  await expect(card.getByText('Service Unavailable')).toBeHidden();
});

test('the clock and the pace are set, and the state goes out and comes back', async ({ page, bot }) => {
  await open(page, '/settings');
  await expect(page.getByText('This is the real time.')).toBeVisible();
  await page.getByLabel('Date and time in Japan').fill('2030-01-02T03:04');
  await page.getByRole('button', { name: 'Set', exact: true }).click();
  await expect(page.getByText('It shows 2030-01-02 03:04 in Japan.')).toBeVisible();
  await page.getByRole('button', { name: 'One day on' }).click();
  await expect(page.getByText('It shows 2030-01-03 03:04 in Japan.')).toBeVisible();
  await page.getByRole('button', { name: 'Back to the real time' }).click();
  await expect(page.getByText('This is the real time.')).toBeVisible();

  const manners = page.getByRole('region', { name: 'Pace and limits' });
  await manners.getByLabel('Most events in one webhook').fill('3');
  await manners.getByRole('button', { name: 'Save' }).click();
  const settings = () => fetch(`${bot.line.url}/simulator/api/settings`).then((answer) => answer.json());
  await expect.poll(async () => (await settings()).webhookBatch).toBe(3);
  await expectAccessibleInBothThemes(page);
  await expectNoSideways(page);

  const state = page.getByRole('region', { name: 'State', exact: true });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    state.getByRole('link', { name: 'Download' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^line-simulator-.*\.json$/);
  const file = await download.path();
  const text = await readFile(file, 'utf8');
  const extra = await bot.line.friend('Gone again');
  await state.getByLabel('Upload a file').setInputFiles(file);
  const dialog = page.getByRole('dialog', { name: 'Replace everything?' });
  await expect(dialog).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await dialog.getByRole('button', { name: 'Replace everything' }).click();
  await expect(state.getByText('The file is in place now.')).toBeVisible();
  const after = await fetch(`${bot.line.url}/simulator/api/state`).then((answer) => answer.text());
  expect(after).toBe(text);
  expect(after).not.toContain(extra);

  const foreign = { name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{"a":1}') };
  await state.getByLabel('Upload a file').setInputFiles(foreign);
  await expect(state.getByRole('alert')).toContainText('not an export of the simulator');
});

test('the documentation names this simulator', async ({ page, simulator }) => {
  await open(page, '/docs');
  await expect(page.getByRole('heading', { name: 'Point your SDK at it' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Python' })).toContainText(simulator.url);
  await page.getByRole('navigation', { name: 'On this page' }).getByRole('link', { name: 'Faults' }).click();
  await expect(page).toHaveURL(/#faults$/);
  await expect(page.getByText('truncated_body')).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await expectNoSideways(page);
});
