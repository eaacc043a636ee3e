import { validateSignature } from '@line/bot-sdk';
import { expect, test, text } from './line.ts';

/** Webhooks: their signatures, and that every event of the simulator has what the SDK's types promise. */
export function webhooks() {
  test('accepts our signatures and no others', async ({ bot }) => {
    await bot.say(text('こんにちは'));
    expect(bot.received.length).toBeGreaterThan(1);
    for (const { body, signature, agent } of bot.received) {
      expect(validateSignature(body, bot.channel.secret, signature)).toBe(true);
      expect(validateSignature(body + ' ', bot.channel.secret, signature)).toBe(false);
      expect(validateSignature(body, 'another', signature)).toBe(false);
      expect(agent).toBe('LineBotWebhook/2.0');
      expect(JSON.parse(body).destination).toBe(bot.channel.bot);
    }
  });

  test('hears all that friends do', async ({ bot }) => {
    const { id } = bot.channel;
    const ken = bot.friend;
    const asked = (path: string, body: object) => bot.control(`users/${ken}/${path}`, { channel: id, room: id, ...body });
    expect(await bot.events()).toMatchObject([{ type: 'follow', follow: { isUnblocked: false } }]);
    const messageId = await bot.say(text('oops'));
    await asked('unsend', { messageId });
    await asked('postback', { data: 'bath=stone', params: { date: '2026-11-21' } });
    await asked('block', {});
    await asked('follow', {});
    const source = { type: 'user', userId: ken };
    expect(await bot.events()).toMatchObject([
      { type: 'message', source, replyToken: expect.any(String), message: { type: 'text', id: messageId } },
      { type: 'unsend', source, unsend: { messageId } },
      { type: 'postback', source, postback: { data: 'bath=stone', params: { date: '2026-11-21' } } },
      { type: 'unfollow', source },
      { type: 'follow', source, follow: { isUnblocked: true } },
    ]);

    const guest = (await bot.control('users', { name: 'Guest' })).id;
    const group = (await bot.control('groups', { name: 'Bathers', members: [ken], channel: id })).id;
    await bot.control(`groups/${group}/join`, { users: [guest] });
    await bot.control(`groups/${group}/leave`, { users: [guest] });
    await bot.control(`groups/${group}/leave`, { channel: id });
    const there = { type: 'group', groupId: group };
    expect(await bot.events()).toMatchObject([
      { type: 'join', source: there },
      { type: 'memberJoined', source: there, joined: { members: [{ type: 'user', userId: guest }] } },
      { type: 'memberLeft', source: there, left: { members: [{ type: 'user', userId: guest }] } },
      { type: 'leave', source: there },
    ]);

    const { linkToken } = await bot.api.issueLinkToken(ken);
    await fetch(`${bot.base}/dialog/bot/accountLink?linkToken=${linkToken}&nonce=0123456789`);
    const plan = { membershipId: 7, title: 'Club', benefits: ['A towel'], price: 500, isPublished: true };
    await bot.control(`channels/${id}/memberships`, [plan], 'PUT');
    for (const step of ['joined', 'renewed', 'left']) await asked('membership', { membershipId: 7, step });
    const membership = (type: string) => ({ type: 'membership', source, membership: { type, membershipId: 7 } });
    expect(await bot.events()).toMatchObject([
      { type: 'accountLink', source, link: { result: 'ok', nonce: '0123456789' } },
      membership('joined'),
      membership('renewed'),
      membership('left'),
    ]);
  });
}
