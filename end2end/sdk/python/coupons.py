"""Coupons, and memberships."""

from linebot.v3.messaging import (
    CashBackPercentagePriceInfoRequest,
    CouponCashBackRewardRequest,
    CouponCreateRequest,
    CouponDiscountRewardRequest,
    CouponFreeRewardRequest,
    CouponGiftRewardRequest,
    CouponMessage,
    CouponOthersRewardRequest,
    DiscountExplicitPriceInfoRequest,
    DiscountFixedPriceInfoRequest,
    LotteryAcquisitionConditionRequest,
    NormalAcquisitionConditionRequest,
    PushMessageRequest,
)

from line import Session, control

DAY = 24 * 60 * 60


def coupon(title="A free towel", reward=None, **more):
    now = control("clock")["now"] // 1000
    fields = {
        "title": title,
        "description": "Show it at the door",
        "acquisition_condition": NormalAcquisitionConditionRequest(),
        "max_use_count_per_ticket": 1,
        "start_timestamp": now,
        "end_timestamp": now + 30 * DAY,
        "timezone": "ASIA_TOKYO",
        "visibility": "PUBLIC",
        "reward": reward or CouponFreeRewardRequest(),
    }
    return CouponCreateRequest(**{**fields, **more})


class Coupons(Session):
    def test_every_reward_can_be_read_back(self):
        rewards = [
            CouponFreeRewardRequest(),
            CouponGiftRewardRequest(),
            CouponOthersRewardRequest(),
            CouponDiscountRewardRequest(price_info=DiscountFixedPriceInfoRequest(fixed_amount=100)),
            CouponDiscountRewardRequest(
                price_info=DiscountExplicitPriceInfoRequest(original_price=800, price_after_discount=700)
            ),
            CouponCashBackRewardRequest(price_info=CashBackPercentagePriceInfoRequest(percentage=5)),
        ]
        for reward in rewards:
            made = self.api.create_coupon(coupon(reward=reward)).coupon_id
            detail = self.api.get_coupon_detail(made)
            self.assertEqual((detail.coupon_id, detail.status, detail.reward.type), (made, "RUNNING", reward.type))
            self.assertEqual((detail.title, detail.max_ticket_per_user), ("A free towel", 1))
            wanted = getattr(reward, "price_info", None)
            if wanted:
                self.assertLessEqual(wanted.to_dict().items(), detail.reward.price_info.to_dict().items())
        lottery = LotteryAcquisitionConditionRequest(lottery_probability=50, max_acquire_count=10)
        made = self.api.create_coupon(coupon("Lottery", acquisition_condition=lottery)).coupon_id
        condition = self.api.get_coupon_detail(made).acquisition_condition
        self.assertEqual((condition.type, condition.lottery_probability), ("lottery", 50))

    def test_sent_listed_and_closed(self):
        made = [self.api.create_coupon(coupon(f"Number {number}")).coupon_id for number in range(3)]
        message = CouponMessage(coupon_id=made[0], delivery_tag="spring")
        self.assertEqual(
            len(self.api.push_message(PushMessageRequest(to=self.friend, messages=[message])).sent_messages), 1
        )
        self.api.close_coupon(made[0])
        self.assertEqual(self.api.get_coupon_detail(made[0]).status, "CLOSED")
        self.assertEqual(
            self.refused(410, self.api.close_coupon, made[0])["details"][0]["message"],
            "The coupon has already been closed.",
        )
        found, start = [], None
        while True:
            page = self.api.list_coupon(status=["RUNNING", "CLOSED"], start=start, limit=2)
            found += page.items
            start = page.next
            if not start:
                break
        self.assertLessEqual(set(made), {item.coupon_id for item in found})
        closed = self.api.list_coupon(status=["CLOSED"])
        self.assertEqual([(item.coupon_id, item.title) for item in closed.items], [(made[0], "Number 0")])

    def test_refusals(self):
        self.assertEqual(
            self.refused(404, self.api.get_coupon_detail, "0" * 26)["details"][0]["message"], "coupon not found"
        )
        past = self.refused(400, self.api.create_coupon, coupon(start_timestamp=1, end_timestamp=2))
        self.assertEqual(past["details"][0]["property"], "endTimestamp")


class Memberships(Session):
    def test_plans_and_those_who_joined(self):
        self.refused(404, self.api.get_membership_list)
        plan = {
            "membershipId": 3189,
            "title": "Steam club",
            "description": "Every month",
            "benefits": ["A towel"],
            "price": 500.0,
            "isPublished": True,
        }
        control(f"channels/{self.channel['id']}/memberships", [plan], method="PUT")
        [seen] = self.api.get_membership_list().memberships
        self.assertEqual((seen.membership_id, seen.title, seen.price, seen.currency), (3189, "Steam club", 500.0, "JPY"))
        self.assertEqual((seen.member_count, seen.member_limit, seen.is_published), (0, None, True))
        self.refused(404, self.api.get_membership_subscription, self.friend)
        self.assertEqual(self.api.get_joined_membership_users(3189).user_ids, [])

        friends = [self.friend, self.befriend("Mai")]
        for friend in friends:
            control(
                f"users/{friend}/membership", {"channel": self.channel["id"], "membershipId": 3189, "step": "joined"}
            )
        page = self.api.get_joined_membership_users(3189, limit=1)
        rest = self.api.get_joined_membership_users(3189, start=page.next)
        self.assertEqual((page.user_ids + rest.user_ids, rest.next), (friends, None))
        [joined] = self.api.get_membership_subscription(self.friend).subscriptions
        self.assertEqual((joined.membership.title, joined.user.membership_no), ("Steam club", 1))
        self.assertRegex(joined.user.next_billing_date, r"^\d{4}-\d\d-\d\d$")
        self.refused(404, self.api.get_joined_membership_users, 1)
