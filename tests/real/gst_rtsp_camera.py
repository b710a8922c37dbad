"""Be a camera nobody here wrote: gst-rtsp-server, run by the system's own Python.

`/usr/bin/python3 gst_rtsp_camera.py CODEC`. First line on stdin, JSON: {"username",
"password", "auth": "digest"|"basic", "protocols": "tcp"|"udp", and perhaps "size": [w, h],
"sound": one of SOUNDS, a tone of TONE_HZ}.
One line on stdout: {"port"}, or {"missing": …} if GStreamer lacks a part. Ends when
stdin closes.
"""

import json
import sys
import threading

LAUNCH = {
    "h264": "x264enc tune=zerolatency speed-preset=ultrafast key-int-max=30"
    " bitrate=600 ! video/x-h264,profile=main ! rtph264pay name=pay0 pt=96",
    "h264b": "x264enc bframes=3 b-adapt=false speed-preset=ultrafast key-int-max=30"
    " bitrate=600 ! video/x-h264,profile=main ! rtph264pay name=pay0 pt=96",
    # A key frame every ten seconds: 150 pictures.
    "h264long": "x264enc tune=zerolatency speed-preset=ultrafast key-int-max=150"
    " bitrate=600 ! video/x-h264,profile=main ! rtph264pay name=pay0 pt=96",
    "h265": "x265enc tune=zerolatency speed-preset=ultrafast key-int-max=30"
    " bitrate=600 ! rtph265pay name=pay0 pt=96",
    "h265b": "x265enc speed-preset=ultrafast key-int-max=30 bitrate=600"
    " option-string=bframes=3:b-adapt=0 ! rtph265pay name=pay0 pt=96",
    "jpeg": "jpegenc ! rtpjpegpay name=pay0 pt=26",
    # 4:2:2, as many cameras make their JPEG.
    "jpeg422": "videoconvert ! video/x-raw,format=Y42B ! jpegenc !"
    " rtpjpegpay name=pay0 pt=26",
}

TONE_HZ = 440
SOUNDS = {
    "pcma": "audio/x-raw,rate=8000,channels=1 ! alawenc ! rtppcmapay name=pay1 pt=8",
    "pcmu": "audio/x-raw,rate=8000,channels=1 ! mulawenc ! rtppcmupay name=pay1 pt=0",
    "aac": "audio/x-raw,rate=16000,channels=1 ! voaacenc ! aacparse !"
    " rtpmp4gpay name=pay1 pt=97",
}


def say(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def main():
    try:
        import gi

        gi.require_version("Gst", "1.0")
        gi.require_version("GstRtsp", "1.0")
        gi.require_version("GstRtspServer", "1.0")
        from gi.repository import GLib, Gst, GstRtsp, GstRtspServer
    except (ImportError, ValueError) as error:
        say({"missing": str(error)})
        return
    Gst.init(None)
    codec = sys.argv[1]
    for part in " ! ".join([LAUNCH[codec], *SOUNDS.values()]).split(" ! "):
        element = part.split()[0]
        if "/" in element:
            continue
        if Gst.ElementFactory.find(element) is None:
            say({"missing": element})
            return
    order = json.loads(sys.stdin.readline())
    width, height = order.get("size", (640, 360))
    sound = ""
    if order.get("sound"):
        sound = (
            f" audiotestsrc is-live=true freq={TONE_HZ} volume=0.3 ! audioconvert !"
            f" audioresample ! {SOUNDS[order['sound']]}"
        )
    server = GstRtspServer.RTSPServer.new()
    server.set_address("127.0.0.1")
    server.set_service("0")
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "viewer")
    auth = GstRtspServer.RTSPAuth.new()
    if order["auth"] == "digest":
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        auth.add_digest(order["username"], order["password"], token)
    else:
        basic = GstRtspServer.RTSPAuth.make_basic(order["username"], order["password"])
        auth.add_basic(basic, token)
    server.set_auth(auth)
    factory = GstRtspServer.RTSPMediaFactory.new()
    # Where somebody sees and another one listens, a shared one serves only the first.
    factory.set_shared(not sound)
    factory.set_launch(
        "( videotestsrc is-live=true pattern=ball !"
        f" video/x-raw,format=I420,width={width},height={height},framerate=15/1"
        f" ! {LAUNCH[codec]}{sound} )"
    )
    rights = "viewer,media.factory.access=(boolean)true,media.factory.construct=(boolean)true"
    factory.add_role_from_structure(Gst.Structure.new_from_string(rights))
    if order["protocols"] == "udp":
        factory.set_protocols(GstRtsp.RTSPLowerTrans.UDP)
    server.get_mount_points().add_factory("/camera", factory)
    server.attach(None)
    loop = GLib.MainLoop()
    say({"port": server.get_bound_port()})

    def end_with_parent():
        sys.stdin.read()
        loop.quit()

    threading.Thread(target=end_with_parent, daemon=True).start()
    loop.run()


main()
