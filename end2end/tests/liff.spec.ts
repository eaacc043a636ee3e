import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { expectAccessibleInBothThemes } from '../fixtures/a11y.ts';
import { open } from '../fixtures/page.ts';
import { expect, test as base } from '../fixtures/server.ts';

/** A small LIFF app: it says what it knows, and has a button for each thing that it can do. */
const app = (sdk: string, liffId: string, external: boolean) => `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Card</title><link rel="icon" href="data:,"></head><body>
<main><h1>Card</h1><p id="state">starting</p><pre id="facts"></pre><p id="result"></p>
<button id="send">Send</button><button id="share">Share</button><button id="scan">Scan</button>
<button id="friend">Friend</button><button id="close">Close</button><button id="out">Log out</button></main>
<script src="${sdk}"></script>
<script>
  const show = (id, value) => (document.getElementById(id).textContent = typeof value === 'string' ? value : JSON.stringify(value));
  const facts = async () => {
    const known = liff.isLoggedIn();
    show('facts', {
      id: liff.id, inside: liff.isInClient(), known, version: liff.getLineVersion(), url: location.href,
      context: liff.getContext().type, endpoint: liff.getContext().endpointUrl,
      profile: known && (await liff.getProfile()), claims: known && liff.getDecodedIDToken(),
      friend: known && (await liff.getFriendship()).friendFlag,
      write: (await liff.permission.query('chat_message.write')).state, email: (await liff.permission.query('email')).state,
      link: await liff.permanentLink.createUrlBy(location.href), share: liff.isApiAvailable('shareTargetPicker'),
    });
  };
  const on = (id, work) => document.getElementById(id).addEventListener('click', async () => {
    try { show('result', (await work()) ?? 'nothing'); } catch (error) { show('result', error.code + ': ' + error.message); }
    await facts();
  });
  on('send', () => liff.sendMessages([{ type: 'text', text: 'two cups of tea' }]).then(() => 'sent'));
  on('share', () => liff.shareTargetPicker([{ type: 'text', text: 'come along' }]));
  on('scan', () => liff.scanCodeV2());
  on('friend', () => liff.requestFriendship().then(() => 'asked'));
  on('close', () => { liff.closeWindow(); return 'closed'; });
  on('out', () => { liff.logout(); return 'out'; });
  liff.init({ liffId: '${liffId}', withLoginOnExternalBrowser: ${external} })
    .then(facts).then(() => show('state', 'ready'), (error) => show('state', error.code + ': ' + error.message));
</script></body></html>`;

/** A service with a LIFF app, and a friend with a phone. */
class Service {
  channel!: { id: string; token: string };
  login!: { id: string; secret: string };
  liffId = '';
  friend = '';
  url = '';
  external = true;
  callback = '';
  #server: Server;

  constructor(readonly line: string) {
    this.#server = createServer((request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      if (request.url!.startsWith('/callback')) {
        this.callback = request.url!;
        response.end('<!DOCTYPE html><html lang="en"><title>Back</title><link rel="icon" href="data:,"><main><h1>Back</h1></main>');
      } else {
        response.end(app(`${this.line}/liff/edge/2/sdk.js`, this.liffId, this.external));
      }
    });
  }

  async control<T = any>(path: string, body: unknown): Promise<T> {
    const answer = await fetch(`${this.line}/simulator/api/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.ok, `${path}: ${answer.status}`).toBe(true);
    return (await answer.json()) as T;
  }

  async start() {
    await new Promise<void>((ready) => this.#server.listen(0, '127.0.0.1', ready));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    this.channel = await this.control('channels', { name: '湯屋 かもがわ' });
    this.login = await this.control('logins', {
      name: 'Stamp card',
      redirectUris: [`${this.url}/callback`],
      channel: this.channel.id,
      email: true,
    });
    const form = { grant_type: 'client_credentials', client_id: this.login.id, client_secret: this.login.secret };
    const issued = await fetch(`${this.line}/oauth2/v3/token`, { method: 'POST', body: new URLSearchParams(form) });
    const { access_token } = (await issued.json()) as { access_token: string };
    const made = await fetch(`${this.line}/liff/v1/apps`, {
      method: 'POST',
      headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        view: { type: 'full', url: `${this.url}/app?from=line` },
        scope: ['profile', 'openid', 'email', 'chat_message.write'],
        botPrompt: 'normal',
        features: { qrCode: true },
      }),
    });
    this.liffId = ((await made.json()) as { liffId: string }).liffId;
    this.friend = (await this.control('users', { name: 'ケン Ken', language: 'ja' })).id;
  }

  /** A phone that opens an app in a frame, and shows what the app tells it. Phones are the simulator's own pages. */
  async phone(page: Page, src: string) {
    await page.goto(`${this.line}/simulator/api/clock`);
    await page.evaluate((src) => {
      document.body.innerHTML = '<p id="heard"></p><iframe title="LIFF" width="360" height="600"></iframe>';
      addEventListener('message', ({ data }) => {
        if (data.source === 'liff') document.getElementById('heard')!.textContent = JSON.stringify(data);
      });
      document.querySelector('iframe')!.src = src;
    }, src);
  }

  /** The address that a phone opens in a frame. */
  opened(rest = '', room = this.channel.id): string {
    const join = rest.includes('?') ? '&' : '?';
    const [path, hash] = rest.split('#');
    return `${this.line}/liff/${this.liffId}${path}${join}sim_user=${this.friend}&sim_room=${room}${hash ? `#${hash}` : ''}`;
  }

  async said(): Promise<string[]> {
    const answer = await fetch(`${this.line}/simulator/api/messages?room=${this.channel.id}&user=${this.friend}`);
    const messages = (await answer.json()) as { from: { by: string }; body: { text: string } }[];
    return messages.filter((message) => message.from.by === 'user').map((message) => message.body.text);
  }

  stop() {
    this.#server.close();
  }
}

const test = base.extend<{ service: Service }>({
  service: async ({ simulator }, use) => {
    const service = new Service(simulator.url);
    await service.start();
    await use(service);
    service.stop();
  },
});

const facts = async (page: { locator: Page['locator'] }) => JSON.parse((await page.locator('#facts').textContent())!);

test('a friend logs in to a service', async ({ page, service }) => {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: service.login.id,
    redirect_uri: `${service.url}/callback`,
    state: 'abc',
    scope: 'profile openid email',
    bot_prompt: 'aggressive',
  });
  await page.goto(`${service.line}/oauth2/v2.1/authorize?${query}`);
  await expect(page.getByRole('heading', { name: 'Log in to Stamp card' })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await page.getByLabel('Name or user ID').fill('ケン');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('button', { name: 'ケン Ken' }).first().click();
  await expect(page.getByRole('heading', { name: 'Stamp card asks for permission' })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await page.getByRole('button', { name: 'Allow' }).click();
  await expect(page.getByRole('heading', { name: 'Add 湯屋 かもがわ as a friend' })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await page.getByRole('button', { name: 'Add as a friend' }).click();
  await expect(page.getByRole('heading', { name: 'Back' })).toBeVisible();
  expect(service.callback).toMatch(/^\/callback\?code=\w{20}&state=abc&friendship_status_changed=true$/);

  await page.goto(`${service.line}/oauth2/v2.1/authorize?${query}`);
  await page.getByRole('button', { name: /^Log in as ケン Ken/ }).click();
  await expect(page.getByRole('heading', { name: 'Back' })).toBeVisible();
  await page.goto(`${service.line}/oauth2/v2.1/authorize?client_id=1`);
  await expect(page.getByRole('heading', { name: '400 Bad Request' })).toBeVisible();
  await expectAccessibleInBothThemes(page);
});

test('a LIFF app inside a phone does what LINE lets it', async ({ page, service }) => {
  const src = service.opened('/card?x=1#top');
  await service.phone(page, src);
  const frame = page.frameLocator('iframe').first();
  await expect(frame.getByRole('heading', { name: 'Stamp card asks for permission' })).toBeVisible();
  await frame.getByRole('button', { name: 'Allow' }).click();
  await expect(frame.locator('#state')).toHaveText('ready');
  const first = await facts(frame);
  expect(first).toMatchObject({
    id: service.liffId,
    inside: true,
    known: true,
    context: 'utou',
    friend: false,
    write: 'granted',
    email: 'granted',
    share: true,
    profile: { userId: service.friend, displayName: 'ケン Ken' },
    claims: { iss: 'https://access.line.me', sub: service.friend, aud: service.login.id, name: 'ケン Ken' },
  });
  // The consent that was asked first loses nothing of the link: neither its query nor its fragment.
  expect(first.url).toBe(`${service.url}/app/card?from=line&x=1#top`);
  expect(first.link).toBe(`${service.line}/liff/${service.liffId}/card?x=1#top`);

  // Allowed by now: the browser carries the fragment of the link along.
  await service.phone(page, src);
  await expect(frame.locator('#state')).toHaveText('ready');
  expect((await facts(frame)).url).toBe(`${service.url}/app/card?from=line&x=1#top`);

  await frame.getByRole('button', { name: 'Send' }).click();
  await expect(frame.locator('#result')).toHaveText('sent');
  expect(await service.said()).toEqual(['two cups of tea']);

  const mei = (await service.control('users', { name: `Mei ${Date.now()}` })) as { id: string; name: string };
  await frame.getByRole('button', { name: 'Share' }).click();
  const picker = frame.frameLocator('dialog iframe');
  await picker.getByLabel(mei.name).check();
  await picker.getByRole('button', { name: 'Send' }).click();
  await expect(frame.locator('#result')).toHaveText('{"status":"success"}');
  await frame.getByRole('button', { name: 'Share' }).click();
  await picker.getByRole('button', { name: 'Cancel' }).click();
  await expect(frame.locator('#result')).toHaveText('nothing');

  await frame.getByRole('button', { name: 'Scan' }).click();
  await frame.getByLabel('What does the code say?').fill('table 7');
  await frame.getByRole('button', { name: 'Read' }).click();
  await expect(frame.locator('#result')).toHaveText('{"value":"table 7"}');

  await frame.getByRole('button', { name: 'Friend' }).click();
  await picker.getByRole('button', { name: 'Add as a friend' }).click();
  await expect(frame.locator('#result')).toHaveText('asked');
  await expect.poll(async () => (await facts(frame)).friend).toBe(true);

  await frame.getByRole('button', { name: 'Close' }).click();
  await expect(page.locator('#heard')).toHaveText('{"source":"liff","type":"closeWindow"}');
});

test('a LIFF app in another browser logs in first', async ({ page, service }) => {
  await page.goto(`${service.line}/liff/${service.liffId}/card?x=1`);
  await expect(page.getByRole('heading', { name: 'Log in to Stamp card' })).toBeVisible();
  await page.getByLabel('Name or user ID').fill(service.friend);
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('button', { name: 'ケン Ken' }).click();
  await expect(page.getByText('Send messages in your name')).toBeVisible();
  await page.getByRole('button', { name: 'Allow' }).click();
  await expect(page.locator('#state')).toHaveText('ready');
  const known = await facts(page);
  expect(known).toMatchObject({ inside: false, known: true, version: null, context: 'external' });
  expect(known.profile.userId).toBe(service.friend);
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.locator('#result')).toHaveText("403: user doesn't grant required permissions yet");
  await page.reload();
  await expect(page.locator('#state')).toHaveText('ready');
  expect((await facts(page)).known).toBe(true);
  await page.getByRole('button', { name: 'Log out' }).click();
  await expect.poll(async () => (await facts(page)).known).toBe(false);

  service.external = false;
  service.liffId = '1234567890-AbcdEfgh';
  await page.goto(`${service.url}/app`);
  await expect(page.locator('#state')).toHaveText('404: channel not found');
  service.liffId = '';
  await page.goto(`${service.url}/app`);
  await expect(page.locator('#state')).toHaveText('INVALID_CONFIG: liffId is necessary for liff.init()');
});

test('a login channel is made on the settings page', async ({ page, service }) => {
  await open(page, `${service.line}/settings`);
  const name = `Tea ${Date.now()}`;
  const card = page.locator('form', { has: page.getByRole('heading', { name: 'New LINE Login channel' }) });
  await card.getByLabel('Name of the service').fill(name);
  const known = page.locator('form', { has: page.getByText(service.login.id, { exact: true }) });
  await known.getByLabel('Provider').fill('Onsen KK');
  // The page looks again when its stream opens and whenever something happens; what is being typed stays.
  const looked = page.waitForResponse(/\/simulator\/fn\/logins/);
  const channel = await service.control<{ id: string }>('channels', { name: `Meanwhile ${Date.now()}` });
  await looked;
  await expect(card.getByRole('option', { name: /^Meanwhile/ }).last()).toBeAttached();
  await expect(card.getByLabel('Name of the service')).toHaveValue(name);
  await expect(known.getByLabel('Provider')).toHaveValue('Onsen KK');
  await card.getByLabel('Linked').selectOption(channel.id);
  await card.getByLabel('Callback URLs, one a line').fill('https://tea.example/auth\nhttps://tea.example/other');
  await card.getByRole('button', { name: 'Create' }).click();
  const made = page.locator('form', { has: page.getByRole('heading', { name }) });
  await expect(made).toBeVisible();
  await expect(made.getByLabel('Callback URLs, one a line')).toHaveValue('https://tea.example/auth\nhttps://tea.example/other');
  const answer = await fetch(`${service.line}/simulator/api/logins`);
  const all = (await answer.json()) as { name: string; redirectUris: string[] }[];
  expect(all.find((login) => login.name === name)?.redirectUris).toHaveLength(2);
  // The form for the next one is empty again.
  await expect(card.getByLabel('Name of the service')).toHaveValue('');
  await expectAccessibleInBothThemes(page);
});
