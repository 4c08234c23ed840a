"""The vendor's Python library, asked by the tests: one JSON object a line in, one out.

{"do": "sign", app, key, user, life, [time], [userbuf]} answers {"usersig"};
{"do": "open", usersig} answers {"claims"}. Keys come by the pipe, never as arguments.
"""

import json
import sys
import zlib
from contextlib import nullcontext
from unittest import mock

import TLSSigAPIv2


def sign(app, key, user, life, time=None, userbuf=None):
    api = TLSSigAPIv2.TLSSigAPIv2(app, key)
    with nullcontext() if time is None else mock.patch("time.time", return_value=time):
        if userbuf is None:
            usersig = api.gen_sig(user, life)
        else:
            usersig = api.gen_sig_with_userbuf(user, life, userbuf.encode())
    return {"usersig": usersig}


def read(usersig):
    packed = TLSSigAPIv2.base64_decode_url(usersig.encode())
    return {"claims": json.loads(zlib.decompress(packed))}


for line in sys.stdin:
    request = json.loads(line)
    answer = {"sign": sign, "open": read}[request.pop("do")](**request)
    print(json.dumps(answer), flush=True)
