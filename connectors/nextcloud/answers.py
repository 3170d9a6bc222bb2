"""The data of an OCS answer. The envelope itself was judged before: a refusal never gets here."""

from __future__ import annotations

import json

from requests import Response

from connectors.nextcloud.transport_faults import unreadable


def data(answer: Response) -> object:
    """What stands in ocs.data: dicts, lists, texts, numbers. ServerFault when there is no envelope."""
    try:
        envelope = json.loads(answer.content)["ocs"]
        return envelope["data"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise unreadable(answer) from error
