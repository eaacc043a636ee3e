import type { messagingApi } from '@line/bot-sdk';
import { expect, refused, test } from './line.ts';

type Reward = messagingApi.CouponCreateRequest['reward'];

const coupon = (title: string, reward: Reward = { type: 'free' }): messagingApi.CouponCreateRequest => {
  const now = Math.floor(Date.now() / 1000);
  return {
    title,
    acquisitionCondition: { type: 'normal' } as messagingApi.AcquisitionConditionRequest,
    maxUseCountPerTicket: 1,
    startTimestamp: now,
    endTimestamp: now + 86_400,
    timezone: 'ASIA_TOKYO',
    visibility: 'PUBLIC',
    reward,
  };
};

/** Coupons, and memberships. */
export function coupons() {
  test('makes coupons, sends, lists and closes them', async ({ bot }) => {
    const fixed = { type: 'fixed', fixedAmount: 100 } as messagingApi.DiscountFixedPriceInfoRequest;
    const { couponId } = await bot.api.createCoupon(coupon('Cheaper', { type: 'discount', priceInfo: fixed }));
    expect(await bot.api.getCouponDetail(couponId!)).toMatchObject({
      ...coupon('Cheaper', { type: 'discount', priceInfo: fixed }),
      startTimestamp: expect.any(Number),
      endTimestamp: expect.any(Number),
      couponId,
      status: 'RUNNING',
      maxTicketPerUser: 1,
    });
    const message = { type: 'coupon' as const, couponId: couponId! };
    expect((await bot.api.pushMessage({ to: bot.friend, messages: [message] })).sentMessages).toHaveLength(1);
    const second = await bot.api.createCoupon(coupon('A free towel'));
    const all = new Set(['RUNNING', 'CLOSED'] as const);
    const first = await bot.api.listCoupon(all, undefined, 1);
    expect(first.items).toEqual([{ couponId: second.couponId, title: 'A free towel' }]);
    expect((await bot.api.listCoupon(all, first.next, 1)).items).toEqual([{ couponId, title: 'Cheaper' }]);
    await bot.api.closeCoupon(couponId!);
    expect(await bot.api.getCouponDetail(couponId!)).toMatchObject({ status: 'CLOSED' });
    expect((await bot.api.listCoupon(new Set(['CLOSED'] as const))).items).toEqual([{ couponId, title: 'Cheaper' }]);
    await refused(410, bot.api.closeCoupon(couponId!));
    await refused(404, bot.api.getCouponDetail('0'.repeat(26)));
    await refused(400, bot.api.createCoupon({ ...coupon('Past'), startTimestamp: 1, endTimestamp: 2 }));
  });

  test('reads memberships', async ({ bot }) => {
    await refused(404, bot.api.getMembershipList());
    const plan = {
      membershipId: 3189,
      title: 'Steam club',
      description: 'Every month',
      benefits: ['A towel'],
      price: 500,
      isPublished: true,
    };
    await bot.control(`channels/${bot.channel.id}/memberships`, [plan], 'PUT');
    const { memberships } = await bot.api.getMembershipList();
    expect(memberships).toMatchObject([{ ...plan, currency: 'JPY', memberCount: 0, memberLimit: null }]);
    await refused(404, bot.api.getMembershipSubscription(bot.friend));
    const mai = await bot.befriend('Mai');
    for (const user of [bot.friend, mai]) {
      await bot.control(`users/${user}/membership`, { channel: bot.channel.id, membershipId: 3189, step: 'joined' });
    }
    const page = await bot.api.getJoinedMembershipUsers(3189, undefined, 1);
    expect(page.userIds).toEqual([bot.friend]);
    expect(await bot.api.getJoinedMembershipUsers(3189, page.next, 1)).toEqual({ userIds: [mai] });
    const { subscriptions } = await bot.api.getMembershipSubscription(mai);
    expect(subscriptions).toMatchObject([{ membership: { title: 'Steam club' }, user: { membershipNo: 2 } }]);
  });
}
