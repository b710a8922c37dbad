"""A device written from docs/device-protocol.md, knowing nothing else of Lookout.

    python foreign_device.py CONFIG.json MESSAGES.json

CONFIG holds address, server_key, public_key, secret_key and device; MESSAGES is a list
of bodies. It says hello, takes its numbers from the answer, sends each body until it
is answered, prints every answer as a line of JSON, and ends. A body that is the text
"wait for a task" waits for one; "$TASK" in a later body stands for its name.
"""

import json
import sys
import time

import zmq

ANSWER_S = 2.0
LONGEST_S = 30.0
GIVE_UP_S = 60.0


class Device:
    def __init__(self, config):
        self.name = config["device"]
        self.context = zmq.Context()
        self.socket = self.context.socket(zmq.DEALER)
        self.socket.setsockopt(zmq.LINGER, 0)
        self.socket.setsockopt(zmq.IMMEDIATE, 1)
        self.socket.setsockopt(zmq.HEARTBEAT_IVL, 1000)
        self.socket.setsockopt(zmq.HEARTBEAT_TIMEOUT, 3000)
        self.socket.setsockopt(zmq.RECONNECT_IVL, 100)
        self.socket.setsockopt(zmq.RECONNECT_IVL_MAX, 2000)
        self.socket.setsockopt_string(zmq.CURVE_SERVERKEY, config["server_key"])
        self.socket.setsockopt_string(zmq.CURVE_PUBLICKEY, config["public_key"])
        self.socket.setsockopt_string(zmq.CURVE_SECRETKEY, config["secret_key"])
        self.socket.connect(config["address"])
        self.seq = 0
        self.limit = 393216
        self.task = ""
        self.end = time.monotonic() + GIVE_UP_S

    def close(self):
        self.socket.close()
        self.context.term()

    def put(self, seq, body):
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        message = {"v": 1, "device": self.name, "seq": seq, "at": at, "body": body}
        frame = json.dumps(message).encode("utf-8")
        if len(frame) > self.limit:
            sys.exit(f"{len(frame)} bytes are more than the service takes")
        wait_ms = max(0, int(1000 * (self.end - time.monotonic())))
        if not self.socket.poll(wait_ms, zmq.POLLOUT):
            sys.exit("no connection")
        self.socket.send(frame)

    def hear(self, wait_s):
        """Return the next body from the service, or None when the time is over."""
        if not self.socket.poll(max(0, int(1000 * wait_s)), zmq.POLLIN):
            return None
        body = json.loads(self.socket.recv())["body"]
        sys.stdout.write(json.dumps(body) + "\n")
        sys.stdout.flush()
        if body["type"] == "task":
            self.task = body["task"]
        if body["type"] == "recalled" and body["task"] == self.task:
            self.task = ""
        return body

    def until(self, wanted, wait_s):
        """Listen until an answer is the wanted one; None when the time is over."""
        over = time.monotonic() + wait_s
        while True:
            left = over - time.monotonic()
            body = self.hear(left) if left > 0 else None
            if body is None or wanted(body):
                return body

    def hello(self):
        wait_s = ANSWER_S
        while time.monotonic() < self.end:
            self.put(0, {"type": "hello", "software": "foreign 1"})
            answer = self.until(lambda body: body["type"] == "welcome", wait_s)
            if answer is not None:
                self.limit = answer["max_message_bytes"]
                return answer
            wait_s = min(2 * wait_s, LONGEST_S)
        return sys.exit("no welcome")

    def say(self, body):
        self.seq += 1
        wait_s = ANSWER_S
        while time.monotonic() < self.end:
            self.put(self.seq, body)
            answer = self.until(
                lambda body: (
                    body["type"] in ("ack", "reject")
                    and body["seq"] in (self.seq, None)
                ),
                wait_s,
            )
            if answer is not None:
                return answer
            self.hello()
            wait_s = min(2 * wait_s, LONGEST_S)
        return sys.exit("no answer")

    def wait_for_task(self):
        while not self.task:
            if time.monotonic() > self.end:
                sys.exit("no task")
            self.hear(0.5)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:  # noqa: PTH123 - json and zmq only
        device = Device(json.load(file))
    with open(sys.argv[2], encoding="utf-8") as file:  # noqa: PTH123 - json and zmq only
        bodies = json.load(file)
    try:
        device.seq = device.hello()["stored_seq"]
        for body in bodies:
            if body == "wait for a task":
                device.wait_for_task()
                continue
            if body.get("task") == "$TASK":
                body["task"] = device.task
            device.say(body)
    finally:
        device.close()


if __name__ == "__main__":
    main()
