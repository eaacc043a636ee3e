import { expectAccessibleInBothThemes } from '../fixtures/a11y.ts';
import { enter, type Line } from '../fixtures/house.ts';
import { open } from '../fixtures/page.ts';
import { png } from '../fixtures/picture.ts';
import { expect, test } from '../fixtures/server.ts';

/** Makes a menu by LINE's API and shows it to every friend. */
async function makeMenu(line: Line): Promise<void> {
  const call = async (path: string, type?: string, body?: BodyInit) => {
    const headers = { authorization: `Bearer ${line.channel.token}`, ...(type && { 'content-type': type }) };
    const answer = await fetch(`${line.url}/v2/bot/${path}`, { method: 'POST', headers, body });
    expect(answer.status, `${path}: ${await answer.clone().text()}`).toBe(200);
    return answer.json();
  };
  const area = (x: number, action: object) => ({ bounds: { x, y: 0, width: 400, height: 405 }, action });
  const menu = {
    size: { width: 1200, height: 405 },
    selected: true,
    name: 'main',
    chatBarText: 'メニュー',
    areas: [
      area(0, { type: 'message', label: '予約', text: '予約したいです' }),
      area(400, { type: 'datetimepicker', label: '日時', data: 'when', mode: 'date' }),
      area(800, { type: 'uri', label: '地図', uri: 'https://example.com/map' }),
    ],
  };
  const { richMenuId } = await call('richmenu', 'application/json', JSON.stringify(menu));
  await call(`richmenu/${richMenuId}/content`, 'image/png', new Uint8Array(png(1200, 405)));
  await call(`user/all/richmenu/${richMenuId}`);
}

test('a friend taps the rich menu, and the operator sees it', async ({ page, browser, engawa, simulator }) => {
  const { account, line } = await enter(page, engawa, simulator);
  await makeMenu(line);
  const name = `Menu ${Date.now()}`;
  const friend = await line.friend(name);
  await line.say(friend, 'hello');
  const phone = await browser.newPage({ viewport: { width: 390, height: 844 } });
  await open(phone, `${simulator.url}/u/${friend}/chat/${line.channel.id}`);
  const bar = phone.getByRole('button', { name: 'メニュー' });
  await expect(bar).toHaveAttribute('aria-expanded', 'true');
  await expectAccessibleInBothThemes(phone);
  await expect(phone.getByRole('link', { name: '地図' })).toHaveAttribute('href', 'https://example.com/map');

  await open(page, `/a/${account}/chats/inbox`);
  await page.getByRole('link', { name: new RegExp(name) }).click();
  const log = page.getByRole('log');
  await phone.getByRole('button', { name: '予約', exact: true }).click();
  await expect(log.getByText('予約したいです')).toBeVisible();

  await phone.getByRole('button', { name: '日時' }).click();
  await phone.locator('.rich-menu__ask input').fill('2026-12-24');
  await expectAccessibleInBothThemes(phone);
  await phone.locator('.rich-menu__ask').getByRole('button').first().click();
  await expect(log.getByText('when')).toBeVisible();

  await bar.click();
  await expect(phone.getByRole('button', { name: '予約', exact: true })).toBeHidden();
  await phone.close();
});
