"""The clocks of a case, by name."""

from enum import StrEnum


class Moment(StrEnum):
    """A self-measured clock of a case; each is written once and never moved.

    Those of a unit that is taken back are cleared: the next unit has its own, and
    the wait for it begins then.
    """

    SIGNAL = "signal"  # 信号: the device's or caller's own time
    RECEIVED = "received"  # 收到: in the service's hands
    ON_SCREEN = "on_screen"  # 上屏: painted at a desk
    ACKNOWLEDGED = "acknowledged"  # 确认
    FIRST_PICTURE = "first_picture"  # 首画面
    FILED = "filed"  # 立案, and again 撤回 or 回退: it waits for someone to be sent
    DISPATCHED = "dispatched"  # 派遣
    SIGNED = "signed"  # 签收
    DEPARTED = "departed"  # 出动
    ARRIVED = "arrived"  # 到场
    FINISHED = "finished"  # 反馈
    CLOSED = "closed"  # 结案, 作废
    OWED = "owed"  # ended, and somebody waits for a call or a promise; then cleared
    SETTLED = "settled"  # and nobody does any more
