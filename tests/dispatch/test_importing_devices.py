"""What a file of devices would do: their keys."""

from dataclasses import replace

from importing_parts import AT, STANDS, faults

from dispatch.devices import Device
from dispatch.keys import make_keys


def test_a_device_keeps_its_key_and_one_without_is_said(planned) -> None:
    key = make_keys().public
    stands = replace(
        STANDS,
        devices=(
            Device(
                device_id="S1",
                kind="smoke_detector",
                name="烟感",
                public_key=key,
                place_name="老街",
                point=AT,
                revoked=True,
            ),
        ),
    )
    text = (
        "device_id,kind,name,place_name,lon,lat,public_key\n"
        "S1,smoke_detector,烟感一,老街,120.93,30.93,\n"
        "S2,烟感,烟感二,老街,120.93,30.93,\n"
    )
    plan = planned("devices", text, stands)
    (changed,) = plan.changed
    assert (changed.record.public_key, changed.record.revoked) == (key, True)
    assert [(note.line, note.word) for note in plan.notes] == [(3, "not_enrolled")]
    assert plan.new[0].record.kind == "smoke_detector"


def test_a_key_of_two_devices_is_a_fault(planned) -> None:
    key = make_keys().public
    text = (
        "device_id,kind,name,place_name,lon,lat,public_key\n"
        f"S1,smoke_detector,a,b,120.93,30.93,{key}\n"
        f"S2,smoke_detector,a,b,120.93,30.93,{key}\n"
    )
    assert faults(planned("devices", text)) == [(3, "key_twice")]
