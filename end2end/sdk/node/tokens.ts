import { createSign, generateKeyPairSync } from 'node:crypto';
import { messagingApi } from '@line/bot-sdk';
import { type Bot, expect, refused, test } from './line.ts';

const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

const asks = (bot: Bot, channelAccessToken: string) =>
  new messagingApi.MessagingApiClient({ channelAccessToken, baseURL: bot.base }).getBotInfo();

/** Every kind of access token, and LIFF apps. */
export function tokens() {
  test('gets short-lived and stateless tokens by its secret', async ({ bot }) => {
    const { id, secret } = bot.channel;
    const issued = await bot.tokens.issueChannelToken('client_credentials', id, secret);
    expect(issued).toMatchObject({ token_type: 'Bearer', expires_in: 2_592_000 });
    await asks(bot, issued.access_token);
    expect((await bot.tokens.verifyChannelToken(issued.access_token)).client_id).toBe(id);
    await bot.tokens.revokeChannelToken(issued.access_token);
    await refused(401, asks(bot, issued.access_token));
    expect((await refused(400, bot.tokens.verifyChannelToken(issued.access_token))).body.error).toBe('invalid_request');
    const wrong = await refused(400, bot.tokens.issueChannelToken('client_credentials', id, 'wrong'));
    expect(wrong.body.error).toBe('invalid_client');

    const stateless = await bot.tokens.issueStatelessChannelTokenByClientSecret(id, secret);
    expect(stateless.expires_in).toBe(900);
    await asks(bot, stateless.access_token);
    const plain = await bot.tokens.issueStatelessChannelToken('client_credentials', undefined, undefined, id, secret);
    await asks(bot, plain.access_token);
  });

  test('gets tokens by assertion', async ({ bot }) => {
    const { id, secret } = bot.channel;
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { kid } = await bot.control(`channels/${id}/keys`, publicKey.export({ format: 'jwk' }));
    const assertion = (claims: object, key = privateKey) => {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const now = Math.floor(Date.now() / 1000);
      const all = { iss: id, sub: id, aud: 'https://api.line.me/', exp: now + 600, token_exp: 86400, ...claims };
      const body = `${part({ alg: 'RS256', typ: 'JWT', kid })}.${part(all)}`;
      return `${body}.${createSign('sha256').update(body).sign(key, 'base64url')}`;
    };
    const issue = (jwt: string) => bot.tokens.issueChannelTokenByJWT('client_credentials', TYPE, jwt);
    const issued = await issue(assertion({}));
    expect(issued.expires_in).toBe(86400);
    await asks(bot, issued.access_token);
    expect((await bot.tokens.verifyChannelTokenByJWT(issued.access_token)).client_id).toBe(id);
    const { kids } = await bot.tokens.getsAllValidChannelAccessTokenKeyIds(TYPE, assertion({}));
    expect(kids).toEqual([issued.key_id]);
    await asks(bot, (await bot.tokens.issueStatelessChannelTokenByJWTAssertion(assertion({}))).access_token);

    const far = Math.floor(Date.now() / 1000) + 3600;
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    for (const wrong of [{ iss: '1' }, { aud: 'https://example.com/' }, { exp: 1 }, { exp: far }, { token_exp: 0 }]) {
      await refused(400, issue(assertion(wrong)));
    }
    await refused(400, issue(assertion({}, stranger)));

    await bot.tokens.revokeChannelTokenByJWT(id, secret, issued.access_token);
    await refused(401, asks(bot, issued.access_token));
  });

  test('keeps LIFF apps', async ({ bot }) => {
    const view = { type: 'full' as const, url: 'https://example.com/card' };
    const { liffId } = await bot.liff.addLIFFApp({ view, description: 'Stamp card', scope: ['profile'] });
    await bot.liff.updateLIFFApp(liffId!, { botPrompt: 'normal' });
    const { apps } = await bot.liff.getAllLIFFApps();
    expect(apps).toMatchObject([{ liffId, view, description: 'Stamp card', botPrompt: 'normal', scope: ['profile'] }]);
    await refused(400, bot.liff.addLIFFApp({ view: { type: 'full', url: 'http://example.com/' } }));
    await bot.liff.deleteLIFFApp(liffId!);
    await refused(404, bot.liff.getAllLIFFApps());
  });
}
