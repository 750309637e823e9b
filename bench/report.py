"""The report: medians, ratios, targets, and the machine that they were measured on."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from bench import plot
from bench.contestants import FLOOR, GINZA, RULES, WHOLE

WIDTH = 130
"""What the tables need; narrower terminals wrap them."""

OF_SIZE = ": articles of "
"""What the labels of the steps of growing articles have behind the contestant's name."""

Summary = dict[str, Any]
"""What is written to out/bench.json."""


class Target(NamedTuple):
    """A figure that the project wants to reach."""

    what: str
    measured: float
    wanted: float
    at_most: bool

    @property
    def met(self) -> bool:
        """Whether it is reached."""
        if self.at_most:
            return self.measured <= self.wanted
        return self.measured >= self.wanted


def one_line(label: str, result: Mapping[str, Any]) -> str:
    """Return one measurement in words."""
    if "error" in result:
        return f"{label}: {result['error']}"
    rate = result["characters"] / result["cpu"]
    return f"{label}: {rate:,.0f} characters/s, {result['memory']:,.0f} MB"


def summarize(
    results: Mapping[str, list[dict[str, Any]]],
    growth: Mapping[str, list[dict[str, Any]]],
    missing: Mapping[str, str],
) -> Summary:
    """Return medians and ratios, with all the single measurements behind them."""
    left_out = dict(missing)
    contestants = _all_medians(results, left_out)
    steps = _all_medians(growth, left_out)
    _add_ratios(contestants)
    targets = [*_targets(contestants), *_growth_targets(steps)]
    return {
        "machine": _machine(),
        "contestants": contestants,
        "growth": steps,
        "left_out": left_out,
        "targets": [target._asdict() | {"met": target.met} for target in targets],
        "measurements": {**results, **growth},
    }


def add_workers(summary: Summary, workers: Mapping[str, float]) -> None:
    """Add how many times the articles of one process two read, and the target for it."""
    summary["two_workers"] = dict(workers)
    for name, ratio in workers.items():
        target = Target(f"{name}: two workers, times one", ratio, 1.85, at_most=False)
        summary["targets"].append(target._asdict() | {"met": target.met})


def picture(summary: Summary) -> str:
    """Return the comparison as an SVG."""
    speeds = {
        name: figures["characters_per_second"] for name, figures in summary["contestants"].items()
    }
    return plot.bars("Characters per second of one process", speeds, WHOLE)


def _all_medians(
    measured: Mapping[str, list[dict[str, Any]]], left_out: dict[str, str]
) -> dict[str, dict[str, Any]]:
    """Return the medians of each job; one with an error is left out, with the reason."""
    medians = {}
    for label, repeats in measured.items():
        errors = [result["error"] for result in repeats if "error" in result]
        if errors:
            left_out[label] = errors[0]
        else:
            medians[label] = _medians(repeats)
    return medians


def _medians(repeats: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the medians; speed is by the processor's time, so that a busy machine matters less."""
    costs = [result["cpu"] / result["characters"] for result in repeats]
    walls = [result["wall"] / result["characters"] for result in repeats]
    medians: dict[str, Any] = {
        key: statistics.median(result[key] for result in repeats)
        for key in ("import", "ready", "memory_at_rest", "memory", "characters")
    }
    return medians | {
        "seconds_per_character": statistics.median(costs),
        "characters_per_second": 1 / statistics.median(costs),
        "characters_per_second_by_the_clock": 1 / statistics.median(walls),
        "spread": (max(costs) - min(costs)) / statistics.median(costs),
        "repeats": len(repeats),
        "version": repeats[0]["version"],
    }


def _add_ratios(contestants: dict[str, dict[str, Any]]) -> None:
    """Add each one's cost as a multiple of the floor's, and GiNZA's as a multiple of it."""
    floor, ginza = contestants.get(FLOOR), contestants.get(GINZA)
    for contestant in contestants.values():
        cost = contestant["seconds_per_character"]
        if floor:
            contestant["times_the_floor"] = cost / floor["seconds_per_character"]
        if ginza:
            contestant["times_faster_than_ginza"] = ginza["seconds_per_character"] / cost


def _targets(contestants: Mapping[str, Mapping[str, Any]]) -> list[Target]:
    wanted = [
        ("rules: times the floor", RULES, "times_the_floor", 3, True),
        ("whole: times the floor", WHOLE, "times_the_floor", 12, True),
        ("whole: times faster than GiNZA", WHOLE, "times_faster_than_ginza", 50, False),
        ("import jijitsu, seconds", WHOLE, "import", 0.15, True),
        ("ready to extract, seconds", WHOLE, "ready", 0.6, True),
    ]
    return [
        Target(what, contestants[name][key], figure, at_most)
        for what, name, key, figure, at_most in wanted
        if key in contestants.get(name, {})
    ]


def _growth_targets(steps: Mapping[str, Mapping[str, Any]]) -> list[Target]:
    """Compare the steps of growing articles: the cost of a character should stay the same."""
    targets = []
    for name in (RULES, WHOLE):
        costs = [
            figures["seconds_per_character"]
            for label, figures in steps.items()
            if label.startswith(name + OF_SIZE)
        ]
        if costs:
            what = f"{name}: dearest character of any article's size, times the cheapest"
            targets.append(Target(what, max(costs) / min(costs), 1.3, at_most=True))
    return targets


def _machine() -> dict[str, Any]:
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def show(summary: Summary, console: Console) -> None:
    """Print the tables."""
    machine = summary["machine"]
    console.print(f"{machine['processor']}, {machine['cores']} cores, Python {machine['python']}")
    console.print(_comparison(summary["contestants"]))
    if summary["growth"]:
        console.print(_growth(summary["growth"]))
    if summary["hostile"]:
        console.print(_hostile(summary["hostile"]))
    for name, reason in summary["left_out"].items():
        console.print(f"left out: {name}: {reason}", markup=False)
    for target in summary["targets"]:
        verdict = "met" if target["met"] else "NOT MET"
        bound = "at most" if target["at_most"] else "at least"
        console.print(
            f"{target['what']}: {target['measured']:.2f} ({bound} {target['wanted']:g}): {verdict}"
        )


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title)
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left")
    return table


def _comparison(contestants: Mapping[str, Mapping[str, Any]]) -> Table:
    table = _table(
        "On the same text", "contestant", "version", "characters/s", "± %", "× floor's time",
        "× GiNZA's speed", "import s", "ready s", "peak MB",
    )  # fmt: skip
    for name, figures in contestants.items():
        table.add_row(
            name,
            figures["version"],
            f"{figures['characters_per_second']:,.0f}",
            f"{figures['spread'] * 50:.0f}",
            f"{figures.get('times_the_floor', 0):,.2f}",
            f"{figures.get('times_faster_than_ginza', 0):,.1f}",
            f"{figures['import']:.3f}",
            f"{figures['ready']:.2f}",
            f"{figures['memory']:,.0f}",
        )
    return table


def _hostile(figures: Mapping[str, Any]) -> Table:
    table = _table("Hostile texts", "text", "microseconds a character")
    for name, cost in sorted(figures.get("costs", {}).items(), key=lambda item: -item[1]):
        table.add_row(name, f"{cost:.2f}")
    return table


def _growth(steps: Mapping[str, Mapping[str, Any]]) -> Table:
    table = _table(
        "How the cost grows", "step", "characters", "characters/s", "at rest MB", "peak MB"
    )
    for label, figures in steps.items():
        table.add_row(
            label,
            f"{figures['characters']:,.0f}",
            f"{figures['characters_per_second']:,.0f}",
            f"{figures['memory_at_rest']:,.0f}",
            f"{figures['memory']:,.0f}",
        )
    return table
