"""Checkpoint of MixSTE -> model.onnx, card.json and a parity fixture of made-up motion."""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from config import Config, MixSteConfig
from evaluate_mixste import load
from mixste import MixSte
from onnx_card import card_of, export_graph

STRIDE = 24  # grid frames between windows
INPUTS = {
    "keypoints": "(B, T, 17, 3): x and y of the ray (x, y, -1) in camera axes, x right and y up, and the confidence 0..1; all 0 where not seen"
}
OUTPUTS = {
    "pose": "(B, T, 17, 3) metres relative to the pelvis in camera axes: x right, y up, z towards the viewer",
    "up": "(B, T, 3) unit vector, where up is in camera axes",
}


def made_up_keypoints(c: MixSteConfig, count: int) -> Tensor:
    """A stick figure that waves in front of a camera, some joints and one frame not seen: (count, T, 17, 3)."""
    joints = np.arange(17)
    standing = np.stack([0.12 * np.sin(2.1 * joints), 0.17 * np.cos(1.3 * joints)], -1)
    window, frame = np.meshgrid(np.arange(count), np.arange(c.window), indexing="ij")
    sway = 0.04 * np.sin(0.21 * frame[..., None, None] + joints[:, None] * np.array([0.9, 1.7]) + window[..., None, None])
    rays = standing + sway + np.stack([0.2 * window - 0.2, 0.1 * window], -1)[:, :, None]
    confidence = 0.6 + 0.4 * np.sin(0.3 * frame[..., None] + joints) ** 2
    confidence[:, ::5, 3] = 0
    confidence[:, c.window // 2] = 0
    confidence[-1, c.window // 3 :] = 0  # a short clip
    seen = (confidence > 0)[..., None]
    keypoints = np.concatenate([rays, confidence[..., None]], -1) * seen
    return torch.from_numpy(np.round(keypoints, 5).astype(np.float32))


def write_fixture(model: MixSte, path: Path, count: int = 3) -> None:
    """Inputs and PyTorch's outputs, flattened in C order."""
    keypoints = made_up_keypoints(model.c, count)
    with torch.no_grad():
        pose, up = model(keypoints)
    flat = {"keypoints": keypoints, "pose": pose, "up": up}
    fixture = {"model": "mixste", "count": count}
    fixture |= {name: np.round(tensor.numpy().ravel().astype(float), 5).tolist() for name, tensor in flat.items()}
    path.write_text(json.dumps(fixture, separators=(",", ":")) + "\n")


def export(model: MixSte, path: Path) -> None:
    export_graph(model, (made_up_keypoints(model.c, 2),), tuple(INPUTS), tuple(OUTPUTS), path)


def card(model: MixSte, state: dict, onnx: Path, metrics: dict) -> dict:
    c, windows = model.c, Config().windows
    described = card_of(
        model, onnx, [state], name="mixste", title=f"MixSTE on windows of {c.window} frames: lifts 2D keypoints to 3D",
        architecture="mixste", batch=c.batch,
        noise="detector-like: jitter, drift, joints mistaken, exchanged or missing, confidence; none in a tenth",
        data="CMU mocap, train split of 159 clips, in front of random cameras, mirrored, reversed, 0.7 to 1.4 times as fast, "
        "torsos exchanged, half on made-up bodies of the same size",
    )  # fmt: skip
    for refiners_only in ("quality", "expectedError"):
        del described[refiners_only]
    return described | {
        "units": "m",
        "windowLength": c.window,
        "stride": STRIDE,
        "targetFps": windows.target_fps,
        "lowPass": Config().sequence.low_pass,
        "assumedFocal": c.assumed_focal,
        "inputs": INPUTS,
        "outputs": OUTPUTS,
        "metrics": metrics,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path, help="model folder, e.g. assets/models/mixste")
    parser.add_argument("--metrics", type=Path, nargs="*", default=[], metavar="SPLIT.json", help="of evaluate_mixste.py --json")
    parser.add_argument("--fixture", type=Path)
    arguments = parser.parse_args()
    model, _, state = load(arguments.checkpoint)
    arguments.out.mkdir(parents=True, exist_ok=True)
    onnx = arguments.out / "model.onnx"
    export(model, onnx)
    metrics = {path.stem: json.loads(path.read_text()) for path in arguments.metrics}
    (arguments.out / "card.json").write_text(json.dumps(card(model, state, onnx, metrics), indent=2) + "\n")
    if arguments.fixture:
        write_fixture(model, arguments.fixture)
    print(f"{onnx}: {onnx.stat().st_size / 1e6:.1f} MB, step {state['step']}")


if __name__ == "__main__":
    main()
