"""Counts the frames an X window is given: `damage.py WINDOW SECONDS` prints frames a second.

Damage within 4 ms is one frame. libXdamage is there wherever a compositor is.
"""

import ctypes
import select
import sys
import time

NON_EMPTY = 3
TOGETHER = 0.004

x11 = ctypes.CDLL("libX11.so.6")
xdamage = ctypes.CDLL("libXdamage.so.1")
x11.XOpenDisplay.restype = ctypes.c_void_p
for call in (x11.XConnectionNumber, x11.XPending, x11.XFlush):
    call.argtypes = [ctypes.c_void_p]
x11.XNextEvent.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
xdamage.XDamageQueryExtension.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p]
xdamage.XDamageCreate.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int]
xdamage.XDamageCreate.restype = ctypes.c_ulong
xdamage.XDamageSubtract.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong, ctypes.c_ulong]

window, seconds = int(sys.argv[1], 0), float(sys.argv[2])
display = x11.XOpenDisplay(None)
if not display:
    sys.exit("no display")
first, error = ctypes.c_int(), ctypes.c_int()
if not xdamage.XDamageQueryExtension(display, ctypes.byref(first), ctypes.byref(error)):
    sys.exit("this display has no damage extension")
damage = xdamage.XDamageCreate(display, window, NON_EMPTY)
x11.XFlush(display)

event = ctypes.create_string_buffer(192)
frames, last = 0, 0.0
begun = time.monotonic()
while (left := begun + seconds - time.monotonic()) > 0:
    if not x11.XPending(display):
        select.select([x11.XConnectionNumber(display)], [], [], left)
        continue
    x11.XNextEvent(display, event)
    if int.from_bytes(event.raw[:4], sys.byteorder) != first.value:
        continue
    now = time.monotonic()
    if now - last > TOGETHER:
        frames += 1
        last = now
    xdamage.XDamageSubtract(display, damage, 0, 0)
    x11.XFlush(display)
print(frames / seconds)
