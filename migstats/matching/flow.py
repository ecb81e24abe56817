"""Gives bare movements the sense of what a text is about."""

from __future__ import annotations

from migstats.frame import Frames
from migstats.matching.slot import Match
from migstats.matching.topic import Memory


def direct_motions(match: Match, memory: Memory, frames: Frames) -> None:
    """Give bare movements ("landed", "came back") the sense of what the text is about: people brought home, or
    expelled.
    """
    lead = memory.lead
    told = lead if lead is not None and lead.frame.event in frames.directed else memory.flow
    if told is None:
        return
    for slot in match.slots:
        if slot.frame is None or slot.frame.event not in frames.motions or slot.basis != "anchor" or slot.event < 0:
            continue
        tags = match.scene.items[slot.event].tags
        if tags.contexts & frames.onward:
            continue
        if slot.frame.event not in tags.nouns and frames.is_person(slot.classes or slot.phrase.classes or told.classes):
            slot.take(told.frame, "anaphor", slot.event, slot.classes)
