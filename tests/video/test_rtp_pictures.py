"""RTP packets become pictures: whole, in order, and never an exception."""

import random
import struct
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from video.coded_loop import CODECS, AccessUnit, rtp_payloads
from video.sources.rtp_pictures import (
    MAX_PICTURE_BYTES,
    CodedPicture,
    Pictures,
    says_goodbye,
)

START = b"\x00\x00\x00\x01"
SPS, PPS = b"\x67sps", b"\x68pps"
IDR, NEXT, LATER_SLICE = b"\x65\x88idr", b"\x41\x9anext", b"\x41\x08rest"
RECOVERY = b"\x06\x05\x02ab\x06\x01\xc4\x80"


@dataclass
class Sender:
    """Numbers packets as a camera does."""

    sequence: int = 65_530
    source: int = 7
    kind: int = 96
    out: list[bytes] = field(default_factory=list)

    def send(self, *payloads: bytes, stamp: int = 0, marked: bool = True) -> None:
        for at, payload in enumerate(payloads):
            mark = 0x80 if marked and at == len(payloads) - 1 else 0
            self.out.append(
                struct.pack(
                    "!BBHII", 0x80, mark | self.kind, self.sequence, stamp, self.source
                )
                + payload
            )
            self.sequence = (self.sequence + 1) & 0xFFFF


def made(packets: list[bytes], codec: str = "h264") -> list[CodedPicture]:
    pictures = Pictures(codec, 96)
    return [
        picture
        for at, packet in enumerate(packets)
        for picture in pictures.take(packet, float(at))
    ]


def nals(*units: bytes) -> bytes:
    return b"".join(START + each for each in units)


def unit(codec: str, kind: int, size: int, seed: int) -> bytes:
    body = random.Random(seed).randbytes(size)
    if codec == "h264":
        return bytes((0x60 | kind, 0x80 | (body[0] if body else 0))) + body
    return bytes((kind << 1, 1, 0x80)) + body


@pytest.mark.parametrize("codec", ["h264", "hevc"])
@given(data=st.data())
def test_what_is_cut_into_packets_is_put_together_again(codec: str, data):
    key, other = (5, 1) if codec == "h264" else (19, 1)
    sets = CODECS[codec].parameters
    sender, expected = Sender(), []
    stamp = data.draw(st.integers(0, 2**32 - 1))
    for at in range(data.draw(st.integers(1, 6))):
        is_key = data.draw(st.booleans())
        units = [unit(codec, each, 9, at) for each in sets] if is_key else []
        units += [
            unit(codec, key if is_key else other, data.draw(st.integers(0, 6_000)), at)
            for _ in range(data.draw(st.integers(1, 3)))
        ]
        payloads = rtp_payloads(AccessUnit(tuple(units), is_key), CODECS[codec])
        sender.send(*payloads, stamp=(stamp + at * 3_000) & 0xFFFFFFFF)
        expected.append((nals(*units), is_key, stamp + at * 3_000, len(sender.out) - 1))
    pictures = made(sender.out, codec)
    assert [(p.data, p.key, p.stamp, p.arrived) for p in pictures] == expected


def test_a_picture_is_given_out_with_its_marker_not_with_the_next():
    sender = Sender()
    sender.send(SPS, PPS, IDR, stamp=100)
    pictures = Pictures("h264", 96)
    assert [len(pictures.take(each, 1.0)) for each in sender.out] == [0, 0, 1]


def test_without_markers_the_next_time_ends_a_picture_that_came_before():
    sender = Sender()
    sender.send(IDR, stamp=100, marked=False)
    sender.send(NEXT, stamp=200, marked=False)
    sender.send(NEXT, stamp=300, marked=False)
    pictures = made(sender.out)
    assert [p.data for p in pictures] == [nals(IDR), nals(NEXT)]
    assert [p.arrived for p in pictures] == [0.0, 1.0]


@pytest.mark.parametrize("anew", [0, 200, 40_000, 60_000])
def test_a_camera_that_counts_its_packets_anew_goes_on_at_once(anew: int):
    sender = Sender(sequence=30_000)
    sender.send(IDR, stamp=100)
    sender.sequence = anew
    sender.send(NEXT, stamp=200)
    sender.send(NEXT, stamp=300)
    assert [p.stamp for p in made(sender.out)] == [100, 200, 300]


def test_parameter_sets_sent_alone_belong_to_the_next_picture():
    sender = Sender()
    sender.send(SPS, stamp=90)
    sender.send(PPS, stamp=95)
    sender.send(IDR, stamp=100)
    assert [(p.data, p.key) for p in made(sender.out)] == [(nals(SPS, PPS, IDR), True)]


def test_a_camera_that_marks_every_slice_is_found_out():
    sender = Sender()
    for stamp in (100, 200, 300):
        sender.send(NEXT, stamp=stamp)
        sender.send(LATER_SLICE, stamp=stamp)
    torn, rest, *whole = made([*sender.out, *sent_once(sender, NEXT, 400)])
    assert (torn.data, rest.data) == (nals(NEXT), nals(LATER_SLICE))
    assert [each.data for each in whole] == [nals(NEXT, LATER_SLICE)] * 2


def sent_once(sender: Sender, payload: bytes, stamp: int) -> list[bytes]:
    more = Sender(sender.sequence)
    more.send(payload, stamp=stamp)
    return more.out


@pytest.mark.parametrize(
    ("codec", "header", "units"),
    [
        ("h264", b"\x78", (SPS, PPS, IDR)),
        ("hevc", b"\x60\x01", (b"\x40\x01v", b"\x42\x01s", b"\x26\x01\x80i")),
    ],
)
def test_units_that_share_a_packet_are_taken_apart(codec, header, units):
    sender = Sender()
    sender.send(header + b"".join(len(u).to_bytes(2) + u for u in units))
    assert [(p.data, p.key) for p in made(sender.out, codec)] == [(nals(*units), True)]


def test_decoding_may_start_where_a_camera_says_so():
    sender = Sender()
    sender.send(RECOVERY, NEXT, stamp=1)
    sender.send(b"\x06\x05\x01a\x80", NEXT, stamp=2)
    assert [p.key for p in made(sender.out)] == [True, False]


def test_of_a_torn_unit_the_beginning_is_kept():
    large = b"\x65\x88" + bytes(range(256)) * 20
    payloads = rtp_payloads(AccessUnit((large,), True), CODECS["h264"])
    sender = Sender()
    sender.send(*payloads, stamp=1)
    sender.send(NEXT, stamp=2)
    del sender.out[1]
    torn, well = made(sender.out)
    assert torn.data == nals(large[: len(payloads[0]) - 1])
    assert well.data == nals(NEXT)


def test_what_comes_twice_or_late_is_left_out():
    sender = Sender()
    sender.send(IDR, stamp=1)
    sender.send(NEXT, stamp=2)
    first, second = sender.out
    assert len(made([first, second, second, first])) == 2


def test_padding_sources_and_extensions_are_no_part_of_a_picture():
    sender = Sender()
    sender.send(IDR, stamp=1)
    plain = sender.out[0]
    about = bytes((plain[0] | 0x32,)) + plain[1:12]
    extension = b"\xbe\xde\x00\x01abcd"
    packet = about + bytes(8) + extension + plain[12:] + b"\x00\x00\x03"
    assert made([packet])[0].data == nals(IDR)


def test_b_frames_keep_the_time_at_which_they_are_shown():
    sender = Sender()
    for stamp in (2**32 - 100, 500, 200):
        sender.send(NEXT, stamp=stamp & 0xFFFFFFFF)
    stamps = [p.stamp for p in made(sender.out)]
    assert [each - stamps[0] for each in stamps] == [0, 600, 300]


def test_a_picture_without_end_is_let_go_and_the_next_one_comes():
    sender, pictures = Sender(), Pictures("h264", 96)
    body = bytes(60_000)
    sender.send(b"\x7c\x85" + body, stamp=1, marked=False)
    for _ in range(MAX_PICTURE_BYTES // len(body) + 1):
        sender.send(b"\x7c\x05" + body, stamp=1, marked=False)
    sender.send(IDR, stamp=2)
    done = [each for packet in sender.out for each in pictures.take(packet, 0.0)]
    assert [each.data for each in done] == [nals(IDR)]


@pytest.mark.parametrize("codec", ["h264", "hevc"])
@given(packets=st.lists(st.binary(max_size=60), max_size=30), luck=st.randoms())
def test_nothing_a_camera_sends_raises(codec: str, packets, luck):
    pictures = Pictures(codec, 96)
    for at, packet in enumerate(packets):
        head = struct.pack("!BBHII", 0x80, luck.choice((96, 224)), at, at // 3, 1)
        for each in (packet, head + packet):
            for picture in pictures.take(each, 0.0):
                assert picture.data.startswith(START)
        says_goodbye(packet)


@pytest.mark.parametrize("codec", ["h264", "hevc"])
@given(luck=st.randoms(use_true_random=False))
def test_shuffled_and_cut_packets_give_pictures_or_nothing(codec: str, luck):
    sender = Sender()
    for at in range(6):
        units = tuple(unit(codec, 1, 3_000, at) for _ in range(2))
        sender.send(*rtp_payloads(AccessUnit(units, False), CODECS[codec]), stamp=at)
    luck.shuffle(sender.out)
    cut = [each[: luck.randrange(len(each) + 1)] for each in sender.out]
    assert all(picture.data.startswith(START) for picture in made(cut, codec))


class Thorough(Pictures):
    """Looks at every packet in every detail."""

    def _goes_on(self, _packet: bytes) -> bool:
        return False


@pytest.mark.parametrize("codec", ["h264", "hevc"])
@given(luck=st.randoms(use_true_random=False))
def test_the_short_way_of_most_packets_leads_to_the_same_pictures(codec: str, luck):
    sender = Sender(sequence=luck.choice((0, 65_530)))
    for at in range(6):
        units = tuple(unit(codec, 1, luck.choice((20, 9_000)), at) for _ in range(2))
        sender.send(*rtp_payloads(AccessUnit(units, False), CODECS[codec]), stamp=at)
    packets = sender.out
    for _ in range(luck.randrange(6)):
        at = luck.randrange(len(packets))
        match luck.randrange(6):
            case 0:
                del packets[at]
            case 1:
                packets.insert(luck.randrange(len(packets)), packets[at])
            case 2:
                packets[at] = packets[at][: luck.randrange(20)]
            case 3:
                torn = bytearray(packets[at])
                torn[luck.randrange(min(16, len(torn)))] ^= 1 << luck.randrange(8)
                packets[at] = bytes(torn)
            case 4:
                luck.shuffle(packets)
            case 5:  # a marker where no picture ends
                packets[at] = (
                    bytes((packets[at][0], packets[at][1] ^ 0x80)) + packets[at][2:]
                )
        packets = [each for each in packets if len(each) > 1] or [b"\x80\x60"]
    short, thorough = Pictures(codec, 96), Thorough(codec, 96)
    for at, packet in enumerate(packets):
        said = [list(each.take(packet, float(at))) for each in (short, thorough)]
        one, other = ([(p.data, p.key, p.stamp, p.arrived) for p in x] for x in said)
        assert one == other


def test_a_report_may_say_good_bye():
    report = b"\x80\xc8\x00\x06" + bytes(24)
    assert says_goodbye(report + b"\x81\xcb\x00\x01abcd")
    assert not says_goodbye(report)
    assert not says_goodbye(b"\x80")
