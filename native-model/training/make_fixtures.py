"""Writes fixtures/windows.json and fixtures/swaa.json: what the engine's window steps in TypeScript must compute.

All inputs are made up. Numbers are float64 results rounded to 7 digits after the point; inputs are rounded first.
"""

import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from config import Config
from evaluate import average_windows, window_frames
from library import mirror
from noise import turn
from windows import RETRIEVAL_TEMPLATE, align_to, dilation, frame_of_reference, prefilter, retrieval_vectors, to_reference

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
FRAME_RATES = [10, 15, 23.976, 24, 25, 29.97, 30, 44, 45, 48, 50, 59.94, 60, 75, 90, 100, 119.88, 120, 240]


def numbers(values: np.ndarray | Tensor) -> list[float]:
    return np.round(np.asarray(values, dtype=np.float64).ravel(), 7).tolist()


def body_window(rng: np.random.Generator, length: int) -> np.ndarray:
    """(T, 17, 3) metres: joints around the retrieval template's standing pose, drifting and shaking, anywhere."""
    t = np.array(RETRIEVAL_TEMPLATE)
    pose = np.stack([
        [0, 0.02, 0], *t[0:6], [0, 0.25, 0], t[6], [0, 0.58, 0.02], *t[7:14],
    ])  # fmt: skip
    pose = pose * rng.uniform(0.8, 1.2) + 0.08 * rng.standard_normal(pose.shape)
    velocity = 0.02 * rng.standard_normal((17, 3)) + rng.uniform(-0.04, 0.04, 3)  # metres per frame
    window = pose + velocity * np.arange(length)[:, None, None] + 0.01 * rng.standard_normal((length, 17, 3))
    return np.round(turn(window, rng.uniform(0, 2 * np.pi)) + rng.uniform(-3, 3, 3), 6)


def window_cases(rng: np.random.Generator, config: Config) -> list[dict]:
    cases = []
    for name in ("drifting", "turned", "mirrored found", "no heading"):
        window, found = body_window(rng, config.model.window), body_window(rng, config.model.window)
        if name == "mirrored found":  # the best map is a reflection, which no similarity may be
            found = mirror(window)
        if name == "no heading":  # left straight above right: the horizontal axis has no length
            for left, right in config.windows.left_right:
                window[:, left, [0, 2]] = window[:, right, [0, 2]]
        batch, other = torch.from_numpy(window)[None], torch.from_numpy(found)[None]
        normalised = to_reference(batch, *frame_of_reference(batch, config.windows))
        cases.append({
            "name": name,
            "window": numbers(window),
            "normalised": numbers(normalised),
            "vector": numbers(retrieval_vectors(normalised)),
            "found": numbers(found),
            "aligned": numbers(align_to(other, normalised)),
        })  # fmt: skip
    return cases


def prefilter_case(rng: np.random.Generator, spacing: int, config: Config) -> dict:
    signal = np.round(rng.standard_normal((23, 2)), 6)  # (frames, channels)
    return {"spacing": spacing, "channels": 2, "signal": numbers(signal), "smooth": numbers(prefilter(signal, spacing, config.windows))}


def swaa_case(rng: np.random.Generator, frames: int, spacing: int, config: Config) -> dict:
    at, inside = window_frames(frames, config.model.window, spacing)
    windows = np.round(rng.standard_normal((*at.shape, 2)), 6)  # (windows, T, channels)
    average = average_windows(torch.from_numpy(windows), at, inside, frames)
    return {"frames": frames, "spacing": spacing, "starts": at[:, 0].tolist(), "windows": numbers(windows), "average": numbers(average)}


def write(name: str, document: dict) -> None:
    """One line per list item, so that a change shows where it is."""
    lines = []
    for key, value in document.items():
        items = isinstance(value, list) and value and isinstance(value[0], dict)
        text = "[\n  " + ",\n  ".join(json.dumps(item) for item in value) + "\n ]" if items else json.dumps(value)
        lines.append(f" {json.dumps(key)}: {text}")
    file = FIXTURES / name
    file.write_text("{\n" + ",\n".join(lines) + "\n}\n")
    print(f"{file.name}: {file.stat().st_size / 1000:.0f} kB")


def main() -> None:
    config = Config()
    rng = np.random.default_rng(20)
    write("windows.json", {
        "windowLength": config.model.window,
        "joints": config.model.joints,
        "targetFps": config.windows.target_fps,
        "prefilterSigma": config.windows.prefilter_sigma,
        "windows": window_cases(rng, config),
        "dilations": [{"fps": fps, "frames": dilation(fps, config.windows)} for fps in FRAME_RATES],
        "prefilters": [prefilter_case(rng, spacing, config) for spacing in (1, 2, 4)],
    })  # fmt: skip
    sizes = ((1, 1), (5, 1), (12, 1), (17, 2), (15, 2), (3, 4), (30, 4), (36, 4))
    write("swaa.json", {
        "windowLength": config.model.window,
        "channels": 2,
        "cases": [swaa_case(rng, frames, spacing, config) for frames, spacing in sizes],
    })  # fmt: skip


if __name__ == "__main__":
    main()
