"""Accuracy of a `posemend` checkpoint on captured clips: the engine's pipeline (motion/windows/grid.ts), in Python.

Noise, grid, chunks, references, network, weighted SWAA, cubic spline back to the clip's rate.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
from scipy.interpolate import CubicSpline

from config import Config, with_changes
from data import SOURCE_FPS
from evaluate import corrupt
from library import libraries_without_each_person, mirror
from model_posemend import PoseMend
from references import chunk_references
from sequence_data import bone_lengths, to_grid
from training_loop import load_checkpoint
from windows import dilation

SETTINGS = {  # fps, noise; a number is the std of white noise, mm
    "est30": (30.0, "estimator"),
    "est60": (60.0, "estimator"),
    "white120": (120.0, 28.8),
    "white120x2": (120.0, 57.6),
    "clean30": (30.0, None),
    "clean120": (120.0, None),
}


def load(checkpoint: Path) -> tuple[PoseMend, Config, dict]:
    """The averaged weights of a checkpoint with the settings of its run."""
    changes = json.loads((checkpoint.parent / "settings.json").read_text())
    config = with_changes(changes)
    state = load_checkpoint(checkpoint)
    model = PoseMend(config.sequence)
    model.load_state_dict(state["average"])
    return model.eval(), config, state


def chunk_starts(frames: int, length: int, stride: int) -> list[int]:
    if frames <= length:
        return [0]
    starts = list(range(0, frames - length, stride))
    return [*starts, frames - length]


def chunk_weights(length: int) -> np.ndarray:
    """Weighted SWAA: the middle of a chunk, which sees both sides, counts most."""
    return np.sin(np.pi * (np.arange(length) + 0.5) / length) ** 2 + 1e-3


@torch.no_grad()
def refine(model: PoseMend, library: dict | None, noisy: np.ndarray, fps: float, config: Config, stride: int = 32):
    """(frames, 17, 3) metres -> refined, same shape, and per grid frame: disagreement, expected error before, after."""
    c = config.sequence
    spacing = dilation(fps, config.windows)
    frames = len(noisy)
    count = 1 + -(-(frames - 1) // spacing)
    held = np.concatenate([noisy, np.repeat(noisy[-1:], (count - 1) * spacing + 1 - frames, 0)])
    grid = to_grid(held, spacing, c.low_pass)
    T = c.window
    starts = chunk_starts(count, T, stride)
    at = np.array(starts)[:, None] + np.arange(T)[None]
    window = torch.from_numpy(grid[np.minimum(at, count - 1)]).float()
    valid = torch.from_numpy((at < count).astype(np.float32))[..., None].expand(-1, -1, 17).contiguous()
    N = len(starts)
    bones = torch.from_numpy(bone_lengths(grid)).float().expand(N, -1)
    step = torch.tensor([[spacing * 30.0 / fps, 30.0 / fps]]).expand(N, -1)
    if library is None:
        extra = [torch.zeros(N, T, 17, 3), torch.zeros(N, T, 17), torch.zeros(N, T), torch.zeros(N)]
    else:
        found = chunk_references(window, valid, library, config)
        extra = [found["reference"], found["spread"], found["distance"], torch.ones(N)]
    outputs = model(window, valid, bones, step, *extra)
    weights = chunk_weights(T)

    def average(chunks: np.ndarray) -> np.ndarray:
        total, sums = np.zeros(count), np.zeros((count, *chunks.shape[2:]))
        for n, start in enumerate(starts):
            stop = min(count, start + T)
            w = weights[: stop - start]
            sums[start:stop] += w.reshape(-1, *[1] * (chunks.ndim - 2)) * chunks[n, : stop - start]
            total[start:stop] += w
        return sums / total.reshape(-1, *[1] * (sums.ndim - 1))

    final, position, acceleration, before, after = (average(out.numpy().astype(np.float64)) for out in outputs)
    apart = np.linalg.norm((acceleration - acceleration[:, :1]) - (position - position[:, :1]), axis=-1)
    if spacing > 1:
        final = CubicSpline(np.arange(count) * spacing, final, bc_type="natural")(np.arange(frames)) if count > 2 else noisy
    return final[:frames], apart, before, after, spacing


def errors(estimate, truth):
    error = 1000 * (estimate.astype(np.float64) - truth)
    whole = np.linalg.norm(error, axis=-1).mean()
    error -= error[:, :1]
    acceleration = error[2:] - 2 * error[1:-1] + error[:-2]
    return np.linalg.norm(error, axis=-1), np.linalg.norm(acceleration, axis=-1).mean(), whole


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--split", choices=("val", "test"), default="val")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--settings", default=",".join(SETTINGS))
    parser.add_argument("--stride", type=int, default=32)
    parser.add_argument("--no-references", action="store_true")
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    model, config, state = load(arguments.checkpoint)
    train = dict(np.load(arguments.data / "train.npz"))
    library = None if arguments.no_references else libraries_without_each_person(train, config, arguments.data / "libraries.pt")[""]
    data = dict(np.load(arguments.data / f"{arguments.split}.npz"))
    print(f"{arguments.checkpoint}: step {state['step']}, {arguments.split}")
    for setting in arguments.settings.split(","):
        began = time.time()
        fps, noise = SETTINGS[setting]
        rows, told, true = [], {"pqe": [], "before": [], "after": []}, {"before": [], "after": []}
        for seed in range(arguments.seeds if noise is not None else 1):
            for clip in range(len(data["starts"]) - 1):
                truth = data["positions"][data["starts"][clip] : data["starts"][clip + 1]][:: round(SOURCE_FPS / fps)]
                noisy = corrupt(truth, fps, noise, [seed, clip], config)
                out, apart, before, after, spacing = refine(model, library, noisy, fps, config, arguments.stride)
                if spacing > 1:  # as the engine does: the mean with what it makes of the mirror image
                    out = (out + mirror(refine(model, library, mirror(noisy), fps, config, arguments.stride)[0])) / 2
                e_in, a_in, g_in = errors(noisy, truth)
                e_out, a_out, g_out = errors(out, truth)
                rows.append((len(truth), e_in.mean(), a_in, g_in, e_out.mean(), a_out, g_out))
                told["pqe"].append(apart.mean(-1)[: len(e_in[::spacing])])
                told["before"].append(before.mean(-1)[: len(e_in[::spacing])] * 1000)
                told["after"].append(after.mean(-1)[: len(e_in[::spacing])] * 1000)
                true["before"].append(e_in.mean(-1)[::spacing])
                true["after"].append(e_out.mean(-1)[::spacing])
        rows = np.array(rows)
        mean = (rows[:, 1:] * rows[:, :1]).sum(0) / rows[:, 0].sum()
        join = {name: np.concatenate(parts) for name, parts in told.items()}
        tb, ta = np.concatenate(true["before"]), np.concatenate(true["after"])
        r = lambda a, b: np.corrcoef(a, b)[0, 1]  # noqa: E731
        print(
            f"{setting:10} in {mean[0]:6.1f}/{mean[1]:6.2f} g{mean[2]:6.1f}  out {mean[3]:5.1f}/{mean[4]:5.2f} g{mean[5]:6.1f}"
            f"  disagreement r {r(join['pqe'], tb):.2f}  before r {r(join['before'], tb):.3f} mean {join['before'].mean():.1f}/{tb.mean():.1f}"
            f"  after r {r(join['after'], ta):.2f} mean {join['after'].mean():.1f}/{ta.mean():.1f}  {time.time() - began:.0f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
