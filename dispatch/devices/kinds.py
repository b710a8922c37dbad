"""The list of the kinds of devices: one line a kind."""

from dispatch.devices import (
    access_control,
    ai_box,
    alarm_panel,
    door_contact,
    electricity_meter,
    fall_sensor,
    gas_detector,
    infrared_detector,
    manhole_tilt,
    panic_button,
    smoke_detector,
    vehicle_tracker,
    water_level,
    water_meter,
    worker_terminal,
)

# Every kind of device there is: its name and its translator.
DEVICE_KINDS = (
    smoke_detector,
    panic_button,
    worker_terminal,
    gas_detector,
    door_contact,
    infrared_detector,
    water_meter,
    electricity_meter,
    water_level,
    manhole_tilt,
    fall_sensor,
    access_control,
    alarm_panel,
    ai_box,
    vehicle_tracker,
)

TRANSLATORS = {kind.NAME: kind.translate for kind in DEVICE_KINDS}
