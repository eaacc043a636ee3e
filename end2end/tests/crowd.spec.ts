import { expectAccessibleInBothThemes } from '../fixtures/a11y.ts';
import { enter } from '../fixtures/house.ts';
import { open } from '../fixtures/page.ts';
import { expect, test } from '../fixtures/server.ts';

test('a crowd is made on the settings page, and a broadcast reaches it', async ({ page, engawa, simulator }) => {
  const { line } = await enter(page, engawa, simulator);
  await open(page, `${simulator.url}/settings`);
  const crowds = page.getByRole('region', { name: 'Virtual friends in numbers' });
  await expect(crowds.getByText('No crowd yet.')).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await crowds.getByLabel('How many').fill('1,000,000,000');
  await crowds.getByRole('button', { name: 'Make friends' }).click();
  await expect(page.locator('.sim__trouble')).not.toBeEmpty();
  await crowds.getByLabel('How many').fill('12,345');
  await crowds.getByLabel('Language').selectOption({ label: 'ไทย' });
  await crowds.getByLabel('Friends of').selectOption({ label: line.channel.name });
  await crowds.getByRole('button', { name: 'Make friends' }).click();
  await expect(crowds.getByText(`${line.channel.name}: 12,345 friends`)).toBeVisible();
  await expect(page.locator('.sim__trouble')).toBeEmpty();
  await expectAccessibleInBothThemes(page);

  const made = await (await fetch(`${line.url}/simulator/api/crowd?channel=${line.channel.id}`)).json();
  expect(made[0]).toMatchObject({ count: 12_345, languages: { th: 1, ja: 0 } });
  const [member] = await (await fetch(`${line.url}/simulator/api/crowd/${made[0].number}/members?limit=1`)).json();
  const own = `${line.url}/simulator/api/channels/${line.channel.id}`;
  const headers = { 'content-type': 'application/json' };
  const { token } = await (await fetch(own, { method: 'POST', headers, body: JSON.stringify({ quota: null }) })).json();
  const broadcast = await fetch(`${line.url}/v2/bot/message/broadcast`, {
    method: 'POST',
    headers: { ...headers, authorization: `Bearer ${token}` },
    body: JSON.stringify({ messages: [{ type: 'text', text: 'สวัสดีทุกคน' }] }),
  });
  expect(broadcast.status).toBe(200);
  await open(page, `${simulator.url}/u/${member.id}`);
  await expect(page.getByText('สวัสดีทุกคน')).toBeVisible();
  await open(page, `${simulator.url}/u/${member.id}/friends`);
  await expect(page.getByText(member.name).first()).toBeVisible();

  // And it goes again, after a question.
  await open(page, `${simulator.url}/settings`);
  const row = crowds.getByRole('listitem').filter({ hasText: '12,345 friends' });
  await row.getByRole('button', { name: 'Remove' }).click();
  await expect(row.getByText('All its members and their chats will be gone.')).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await row.getByRole('button', { name: 'Cancel' }).click();
  await expect(row.getByText('All its members')).toBeHidden();
  await row.getByRole('button', { name: 'Remove' }).click();
  await row.getByRole('button', { name: 'Remove' }).click();
  await expect(row).toBeHidden();
  const left = await (await fetch(`${line.url}/simulator/api/crowd?channel=${line.channel.id}`)).json();
  expect(left).toEqual([]);
});
