"""Accuracy of a MixSTE checkpoint on captured clips in front of random cameras: the engine's windows and SWAA, in Python.

Sequences of up to ten seconds at 30 fps, each with a camera of its own that the seed fixes.
"""

import argparse
import dataclasses
import json
import time
from pathlib import Path

import numpy as np
import torch

from config import Config, MixSteConfig
from data import SOURCE_FPS
from evaluate_posemend import chunk_starts, chunk_weights
from keypoint_data import GRID_FPS, keypoints_of, random_camera
from library import good_frames, mirror
from mixste import MixSte
from training_loop import load_checkpoint

SEQUENCE_FRAMES = 300
SETTINGS = {  # level of the detector's errors, whether the focal length is known
    "clean, focal known": (0.0, True),
    "clean": (0.0, False),
    "noisy": (1.0, False),
}


def load(checkpoint: Path) -> tuple[MixSte, MixSteConfig, dict]:
    """The averaged weights of a checkpoint with the settings of its run."""
    settings = checkpoint.parent / "settings.json"
    changes = json.loads(settings.read_text()) if settings.exists() else {}
    c = dataclasses.replace(MixSteConfig(), **{name: tuple(v) if isinstance(v, list) else v for name, v in changes.items()})
    state = load_checkpoint(checkpoint)
    model = MixSte(c)
    model.load_state_dict(state["average"])
    return model.eval(), c, state


def lift(model: MixSte, keypoints: np.ndarray, stride: int, seen_at_once: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """(frames, 17, 3) -> pose (frames, 17, 3) and up (frames, 3) in camera axes; the mean with the mirrored look.

    `seen_at_once`: frames the network is shown at a time, T unless given.
    """
    pose, up = lift_directly(model, keypoints, stride, seen_at_once)
    other_pose, other_up = lift_directly(model, mirror(keypoints), stride, seen_at_once)
    up = up + other_up * [-1, 1, 1]
    return (pose + mirror(other_pose)) / 2, up / np.linalg.norm(up, axis=-1, keepdims=True)


@torch.no_grad()
def lift_directly(model: MixSte, keypoints: np.ndarray, stride: int, seen_at_once: int | None) -> tuple[np.ndarray, np.ndarray]:
    """Overlapping windows and weighted SWAA."""
    T, frames = model.c.window, len(keypoints)
    shown = seen_at_once or T
    starts = chunk_starts(frames, shown, min(stride, shown))
    windows = np.zeros((len(starts), T, 17, 3), dtype=np.float32)
    for n, start in enumerate(starts):
        part = keypoints[start : start + shown]
        windows[n, : len(part)] = part
    weights = chunk_weights(shown)
    pose, up, total = np.zeros((frames, 17, 3)), np.zeros((frames, 3)), np.zeros(frames)
    for first in range(0, len(starts), 64):
        poses, ups = (out.numpy().astype(np.float64) for out in model(torch.from_numpy(windows[first : first + 64])))
        for n, start in enumerate(starts[first : first + 64]):
            stop = min(frames, start + shown)
            w = weights[: stop - start]
            pose[start:stop] += w[:, None, None] * poses[n, : stop - start]
            up[start:stop] += w[:, None] * ups[n, : stop - start]
            total[start:stop] += w
    return pose / total[:, None, None], up / np.linalg.norm(up, axis=-1, keepdims=True)


def aligned(estimate: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Each frame of an estimate after the similarity that brings it closest to the truth, (frames, J, 3)."""
    a, b = estimate - estimate.mean(1, keepdims=True), truth - truth.mean(1, keepdims=True)
    u, s, vt = np.linalg.svd(np.einsum("fji,fjk->fik", a, b))
    sign = np.sign(np.linalg.det(u @ vt))
    s[:, 2] *= sign
    vt[:, 2] *= sign[:, None]
    scale = s.sum(-1) / (a**2).sum((1, 2))
    return scale[:, None, None] * (a @ u @ vt) + truth.mean(1, keepdims=True)


def levelling(up: np.ndarray) -> np.ndarray:
    """The smallest turn that carries `up` onto Y, as rows: points @ its transpose."""
    x, y, z = up / np.linalg.norm(up)
    k = 1 / (1 + y)
    return np.array([[1 - x * x * k, -x, -x * z * k], [x, y, z], [-x * z * k, -z, 1 - z * z * k]])


def measure(pose: np.ndarray, up: np.ndarray, truth: np.ndarray, true_up: np.ndarray) -> dict[str, float]:
    """Means over the frames, mm, mm/frame² and degrees. `upright`: MPJPE after each is turned upright by its own up."""
    error = pose - truth
    second = error[2:] - 2 * error[1:-1] + error[:-2]
    whole = up.mean(0) / np.linalg.norm(up.mean(0))
    upright = pose @ levelling(whole).T - truth @ levelling(true_up).T
    scale = (pose * truth).sum() / (pose**2).sum()
    return {
        "mpjpe": 1000 * np.linalg.norm(error, axis=-1).mean(),
        "pa": 1000 * np.linalg.norm(aligned(pose, truth) - truth, axis=-1).mean(),
        "scaled": 1000 * np.linalg.norm(scale * pose - truth, axis=-1).mean(),
        "accel": 1000 * np.linalg.norm(second, axis=-1).mean(),
        "upright": 1000 * np.linalg.norm(upright, axis=-1).mean(),
        "up_deg": float(np.degrees(np.arccos(np.clip(whole @ true_up, -1, 1)))),
    }


def sequences(data, fps: float = GRID_FPS) -> list[np.ndarray]:
    """Glitch-free stretches of at least a second, (frames, 17, 3)."""
    out = []
    for start, stop in zip(data["starts"][:-1], data["starts"][1:]):
        clip, step = data["positions"][start:stop], round(SOURCE_FPS / fps)
        edges = np.flatnonzero(np.diff(np.concatenate([[False], good_frames(clip), [False]]).astype(int)))
        for first, last in zip(edges[::2], edges[1::2]):
            motion = clip[first:last:step]
            out += [motion[at : at + SEQUENCE_FRAMES] for at in range(0, len(motion), SEQUENCE_FRAMES)]
    out = [motion for motion in out if len(motion) >= fps]
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--split", choices=("val", "test"), default="val")
    parser.add_argument("--seeds", type=int, default=3, help="cameras per sequence")
    parser.add_argument("--stride", type=int, default=24)
    parser.add_argument("--brief", action="store_true", help="leave the baselines out")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    model, c, state = load(arguments.checkpoint)
    data = dict(np.load(arguments.data / f"{arguments.split}.npz"))
    parts, noise = sequences(data), Config().noise
    mean_pose = model.mean_pose.numpy()
    print(f"{arguments.checkpoint}: step {state['step']}, {arguments.split}, {len(parts)} sequences, {arguments.seeds} cameras each")
    report = {}
    for name, (level, known) in SETTINGS.items():
        began = time.time()
        rows: dict[str, list[dict]] = {}
        for seed in range(arguments.seeds):
            for index, motion in enumerate(parts):
                rng = np.random.default_rng([1, seed, index])
                camera = random_camera(rng, motion, c)
                keypoints = keypoints_of(rng, motion, camera, c, noise, level, level > 0 and (seed + index) % 2 == 0)
                if not known:
                    keypoints[..., :2] *= camera.focal / c.assumed_focal
                seen = camera.see(motion)
                truth = seen - seen[:, :1]
                answers = {"mixste": lift(model, keypoints, arguments.stride)}
                if not arguments.brief and not known:
                    answers["one frame at a time"] = lift(model, keypoints, 1, 1)
                    window = np.resize(keypoints.astype(np.float32), (1, c.window, 17, 3))  # a short sequence begins anew
                    _, axes = model.look(torch.from_numpy(window))
                    axes = axes[0].mean(0).numpy().astype(np.float64)
                    still = np.broadcast_to(mean_pose @ axes, truth.shape)
                    answers["mean pose"] = still, np.broadcast_to(model.mean_up.numpy() @ axes, (len(truth), 3))
                for who, (pose, up) in answers.items():
                    figures = measure(pose, up, truth, camera.up)
                    rows.setdefault(who, []).append(figures | {"frames": len(truth)})
        for who, figures in rows.items():
            frames = np.array([row["frames"] for row in figures])
            means = {key: float((np.array([row[key] for row in figures]) * frames).sum() / frames.sum()) for key in figures[0] if key != "frames"}
            report[f"{name}: {who}"] = {key: round(value, 2) for key, value in means.items()}
            print(f"{name:18} {who:20}", " ".join(f"{key} {value:6.1f}" for key, value in means.items()), f"{time.time() - began:.0f} s", flush=True)
    if arguments.json:
        arguments.json.write_text(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()
