"""Names the rule that came nearest to a number that is no figure, and the word that it lacked."""

from __future__ import annotations

from collections.abc import Iterator

from migstats.frame import CASE, PERSON, Frame, Frames
from migstats.matching.slot import Match, Slot

_CASE = frozenset([CASE])
NONE = "none"


def name_lack(match: Match, slot: Slot, frames: Frames) -> tuple[str, str]:
    """The nearest rule, and what it lacked: a word of migration, an event, a noun, or both."""
    if slot.nearest:
        return slot.nearest, _say(slot.lacked)
    phrase = slot.phrase
    classes = phrase.classes - _CASE or phrase.classes
    event, frame = next(_told(match, slot, frames), ("", None))
    if phrase.status == "unknown":
        lacked = f"a noun that is counted: '{phrase.word}' is in no class"
        return (frame.rule, lacked) if frame is not None else (NONE, f"{lacked}; and an event")
    if phrase.status == "known":
        if frame is not None and classes & frame.counted:
            return frame.rule, f"a tie: '{event}' is told of something else, or too far away"
        fitting = _of_class(classes, frames)
        if fitting is not None:
            return fitting.rule, f"the event '{fitting.event}'" if fitting.event else "a place in a clause of its own"
    if frame is not None:
        return frame.rule, "a noun behind the number, or a figure before it that it hangs on"
    return NONE, "a noun that is counted, and an event in its sentence"


def _say(lacked: str) -> str:
    return f"{lacked}: no word of it stands near enough" if lacked else "a tie to its event"


def _told(match: Match, slot: Slot, frames: Frames) -> Iterator[tuple[str, Frame]]:
    """The frames that the events of the sentence could make of what is counted, the nearest word first."""
    items = match.scene.items
    classes = slot.phrase.classes or frozenset([PERSON])
    for item in sorted(items, key=lambda item: abs(item.start - slot.number.start)):
        for event in sorted(item.tags.events & frames.told):
            frame = frames.choose(event, classes, match.scene.contexts) or frames.choose(
                event, frozenset([PERSON]), match.scene.contexts
            )
            if frame is not None:
                yield item.key, frame


def _of_class(classes: frozenset[str], frames: Frames) -> Frame | None:
    """The first frame that counts a class."""
    rows = (frame for event in sorted(frames.by_event) for frame in frames.by_event[event])
    return next((frame for frame in rows if frame.counted & classes), None)
