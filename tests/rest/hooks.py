"""Lets made-up bodies reach what is behind the look-ups: most name a group and accounts that there are."""

import schemathesis


def known(value, name):
    """The same with `name` in place of texts."""
    if isinstance(value, str):
        return name
    if isinstance(value, list):
        return [known(item, name) for item in value[:5]]
    return value


@schemathesis.hook
def map_body(context, body):
    if not isinstance(body, dict) or len(str(body)) % 4 == 0:
        return body
    for field in list(body):
        if field in ("GroupId", "GroupIdList"):
            body[field] = known(body[field], "main")
        elif field == "UserID" or field.endswith("_Account"):
            body[field] = known(body[field], "alice")
    return body
