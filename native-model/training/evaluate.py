"""Accuracy of a checkpoint on captured clips: the whole pipeline of the product, in Python.

Noise, low-pass, windows at stride 1, references from the full library, network, SWAA. MPJPE is root-relative, mm;
Accel is the root-relative acceleration error, mm/frame^2; both are frame-weighted means over clips and seeds.
"""

import argparse
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from config import Config
from data import SOURCE_FPS, step_input
from export_onnx import load_model
from library import libraries_without_each_person, search
from model import SynSpPlusPlus
from noise import estimator_noise, white_noise
from windows import align_to, dilation, frame_of_reference, from_reference, prefilter, retrieval_vectors, to_reference

SETTINGS = {  # fps, kind of noise; a number is the std of white noise, mm
    "est30": (30.0, "estimator"),
    "est60": (60.0, "estimator"),
    "white120": (120.0, 28.8),
    "clean30": (30.0, None),
}
BATCH = 1024  # windows per call of the network


@dataclass(frozen=True)
class Scores:
    mpjpe_mm: float
    accel_mm_per_frame2: float


def corrupt(clean: np.ndarray, fps: float, noise: str | float | None, seed: list[int], config: Config) -> np.ndarray:
    """The noise of a benchmark setting at its fixed amplitudes, (frames, J, 3) metres."""
    rng = np.random.default_rng(seed)
    if noise is None:
        return clean
    return estimator_noise(rng, clean, fps, config.noise) if noise == "estimator" else white_noise(rng, clean, noise)


def window_frames(frames: int, length: int, spacing: int) -> tuple[Tensor, Tensor]:
    """Frame read by each slot of each window at stride 1, and whether it lies inside the clip: (windows, length) each.

    Slots past the clip's end hold its last frame and are left out of the average, as in motion/windows/plan-windows.ts.
    """
    span = (length - 1) * spacing + 1
    starts = torch.arange(max(frames - span + 1, min(spacing, frames)))
    at = starts[:, None] + torch.arange(length)[None, :] * spacing
    return at.clamp_max(frames - 1), at < frames


def average_windows(windows: Tensor, at: Tensor, inside: Tensor, frames: int) -> Tensor:
    """SWAA: every frame is the mean of the slots that read it. (windows, length, ...) -> (frames, ...)."""
    slots = at[inside]  # (slots inside the clip,)
    sums = torch.zeros(frames, *windows.shape[2:], dtype=windows.dtype).index_add_(0, slots, windows[inside])
    counts = torch.bincount(slots, minlength=frames).to(windows.dtype)
    return sums / counts.view(-1, *[1] * (windows.dim() - 2))


@torch.no_grad()
def refine(model: SynSpPlusPlus, library: dict | None, noisy: np.ndarray, fps: float, config: Config) -> np.ndarray:
    """(frames, J, 3) metres -> refined, same shape. Without a library a window is its own reference at distance 0."""
    spacing = dilation(fps, config.windows)
    smooth = torch.from_numpy(prefilter(noisy, spacing, config.windows))
    at, inside = window_frames(len(noisy), config.model.window, spacing)
    refined = []
    for part in smooth[at].split(BATCH):  # (B, T, J, 3)
        reference = frame_of_reference(part, config.windows)
        window = to_reference(part, *reference)
        found, distance = window, torch.zeros(len(window), 1)
        if library is not None:
            nearest, distance = search(retrieval_vectors(window), library["vectors"], 1)
            found = align_to(library["windows"][nearest[:, 0]], window)
        step = step_input(fps, spacing, len(window))
        final, _, _ = model(window.flatten(2), found.flatten(2), distance, step)
        refined.append(from_reference(final.view_as(window), *reference))
    return average_windows(torch.cat(refined).double(), at, inside, len(noisy)).numpy()


def score(estimate: np.ndarray, truth: np.ndarray) -> Scores:
    """Root-relative MPJPE and Accel of (frames, J, 3) metres."""
    error = 1000 * (estimate.astype(np.float64) - truth)
    error -= error[:, :1]
    acceleration = error[2:] - 2 * error[1:-1] + error[:-2]
    return Scores(float(np.linalg.norm(error, axis=-1).mean()), float(np.linalg.norm(acceleration, axis=-1).mean()))


def evaluate(model: SynSpPlusPlus, library: dict, data: dict, setting: str, seeds: int, config: Config) -> dict[str, Scores]:
    """Frame-weighted scores of the input and of the network with and without references."""
    fps, noise = SETTINGS[setting]
    rows: dict[str, list[tuple[int, Scores]]] = {"input": [], "without references": [], "with references": []}
    for seed in range(seeds if noise is not None else 1):
        for clip in range(len(data["starts"]) - 1):
            truth = data["positions"][data["starts"][clip] : data["starts"][clip + 1]][:: round(SOURCE_FPS / fps)]
            noisy = corrupt(truth, fps, noise, [seed, clip], config)
            estimates = (noisy, refine(model, None, noisy, fps, config), refine(model, library, noisy, fps, config))
            for name, estimate in zip(rows, estimates):
                rows[name].append((len(truth), score(estimate, truth)))
    means = {}
    for name, weighted in rows.items():
        frames = [count for count, _ in weighted]
        mpjpe = np.average([scores.mpjpe_mm for _, scores in weighted], weights=frames)
        accel = np.average([scores.accel_mm_per_frame2 for _, scores in weighted], weights=frames)
        means[name] = Scores(float(mpjpe), float(accel))
    return means


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("data", type=Path, help="folder of prepare.py, with the libraries.pt of a run")
    parser.add_argument("--split", choices=("val", "test"), default="val")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--settings", default=",".join(SETTINGS))
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    config = Config()
    model, state = load_model(arguments.checkpoint, config)
    train = dict(np.load(arguments.data / "train.npz"))
    library = libraries_without_each_person(train, config, arguments.data / "libraries.pt")[""]
    data = dict(np.load(arguments.data / f"{arguments.split}.npz"))
    shared = {str(name) for name in data["persons"]} & {str(name) for name in train["persons"]}
    if shared:
        raise SystemExit(f"{arguments.split}.npz and train.npz share the persons {sorted(shared)}; their references would leak")
    print(f"{arguments.checkpoint}: step {state['step']}, {arguments.split}, {len(library['windows'])} prototypes")
    for setting in arguments.settings.split(","):
        began = time.time()
        means = evaluate(model, library, data, setting, arguments.seeds, config)
        for name, scores in means.items():
            print(f"{setting:9} {name:19} MPJPE {scores.mpjpe_mm:6.1f}  Accel {scores.accel_mm_per_frame2:7.2f}")
        print(f"{setting:9} {time.time() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
