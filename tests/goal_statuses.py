"""How a goal goes, with what has to be said of it."""

OFF_TRACK = {
    "status": "off_track",
    "setback_reason": "Two classes were missed.",
    "setback_remedy": "We look for an evening class.",
}
COMPLETE = {"status": "complete", "verified_how": "The certificate was shown."}
SAID = {"off_track": OFF_TRACK, "complete": COMPLETE}


def going(status):
    """The values that a goal is saved with, whichever status it gets."""
    return SAID.get(str(status), {"status": status})
