"""Checkpoint of `posemend` -> model.onnx, a draft of card.json and the parity fixture.

bench/calibrate.ts fills in the calibration, bench/fill-card.ts the figures.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from config import Config
from evaluate_posemend import load
from export_onnx import RETRIEVAL_VERSION
from model_posemend import PoseMend, norm, turned
from onnx_card import card_of, export_graph
from sequence_data import read_clips, to_grid
from training_loop import load_checkpoint

INPUTS = ("window", "valid", "bones", "step", "reference", "spread", "distance", "known")
OUTPUTS = ("final", "disagreement", "before", "after", "surprise")
INFERENCE_REFERENCES = 2  # as good as the training's 8 on val, and faster
SURPRISE_QUANTILE = 0.985  # of the training's frames lie below the limit: the rest is rare there, too


class Shipped(nn.Module):
    """The network with what the engine needs of it: the branches' disagreement and how unusual each pose is.

    Surprise is the root mean square of the pose's whitened coordinates (Mahalanobis distance per dimension): about 1
    for poses like the training's.
    """

    def __init__(self, model: PoseMend, mean: Tensor, whiten: Tensor):
        super().__init__()
        self.model = model
        self.register_buffer("pose_mean", mean)
        self.register_buffer("whiten", whiten)

    def forward(self, window, valid, bones, step, reference, spread, distance, known):
        final, position, acceleration, before, after = self.model(
            window, valid, bones, step, reference, spread, distance, known
        )
        disagreement = norm(PoseMend.relative(acceleration) - PoseMend.relative(position))
        heading, _ = self.model.frame_of_reference(window, valid)
        white = torch.matmul(sized(turned(PoseMend.relative(final), heading)) - self.pose_mean, self.whiten)
        surprise = torch.sqrt(white.pow(2).mean(-1) + 1e-8)
        return final, disagreement, before, after, surprise


def sized(pose: Tensor) -> Tensor:
    """(B, T, 17, 3) root-relative -> (B, T, 48), in units of the chunk's mean thigh and shin length; no pelvis."""
    legs = sum(norm(pose[:, :, a] - pose[:, :, b]) for a, b in ((1, 2), (2, 3), (4, 5), (5, 6))) / 4
    size = legs.mean(1)[:, None, None].clamp(min=0.05)
    return pose[:, :, 1:].flatten(2) / size


def pose_statistics(model: PoseMend, config: Config, data) -> tuple[Tensor, Tensor, Tensor]:
    """Mean (48,), whitening (48, 48) of clean training poses, and the surprise of each of them."""
    T = config.sequence.window
    chunks = []
    for clip in read_clips(data):
        grid = to_grid(clip.positions, 4, config.sequence.low_pass)
        for start in range(0, len(grid), T // 2):
            part = grid[start : start + T]
            if len(part) < T:
                part = np.concatenate([part, np.repeat(part[-1:], T - len(part), 0)])
            chunks.append(part)
    window = torch.from_numpy(np.stack(chunks)).float()
    mirrored = window[:, :, [0, 4, 5, 6, 1, 2, 3, 7, 8, 9, 10, 14, 15, 16, 11, 12, 13]] * torch.tensor([-1.0, 1, 1])
    window = torch.cat([window, mirrored])
    heading, _ = model.frame_of_reference(window, torch.ones(window.shape[:3]))
    poses = sized(turned(PoseMend.relative(window), heading)).reshape(-1, 48)
    mean = poses.mean(0)
    covariance = (poses - mean).t() @ (poses - mean) / len(poses)
    # A floor under the variances: bodies and rigs differ by some hundredths of a leg where the training's do not.
    values, vectors = torch.linalg.eigh(covariance + 0.004 * torch.eye(48))
    whiten = vectors * values.rsqrt()
    return mean, whiten, torch.sqrt(((poses - mean) @ whiten).pow(2).mean(-1))


def wave(shape: tuple[int, ...], scale: float, offset: float, pace: float) -> Tensor:
    """offset + scale * sin(pace * n) over the flat index n; native-model/inference/posemend-parity.test.ts makes the same."""
    n = np.arange(int(np.prod(shape)), dtype=np.float64)
    return torch.from_numpy((offset + scale * np.sin(pace * n)).astype(np.float32)).view(shape)


def example_inputs(config: Config, count: int) -> tuple[Tensor, ...]:
    """Made-up chunks of waves; no captured motion. Joint 5 is missing now and then, and the last chunk is half empty."""
    T = config.sequence.window
    window = wave((count, T, 17, 3), 0.4, 0.1, 0.0731)
    valid = torch.ones(count, T, 17)
    valid[:, ::7, 5] = 0
    valid[-1, T // 2 :] = 0
    bones = wave((count, 16), 0.1, 0.25, 0.37)
    step = torch.tensor([[1.0, 1.0], [1.0, 0.25], [1.25, 1.25]])[torch.arange(count) % 3]
    reference = wave((count, T, 17, 3), 0.42, 0.09, 0.0733)
    spread = wave((count, T, 17), 0.05, 0.08, 0.051)
    distance = wave((count, T), 0.3, 0.5, 0.29)
    return window, valid, bones, step, reference, spread, distance, (torch.arange(count) % 2 == 0).float()


def card(shipped: Shipped, states: list[dict], config: Config, onnx: Path, limit: float) -> dict:
    """`states`: the checkpoints of all stages of the training, the exported one last. `limit`: surprise."""
    c, w = config.sequence, config.windows
    return card_of(
        shipped.model, onnx, states, name="posemend", architecture="posemend", batch=c.batch,
        title=f"Two branches over {c.window / w.target_fps:.1f} s of motion, with references and errors it tells per joint",
        noise="estimator-like at 0.5 to 2 times its amplitudes, white 4-64 mm, bone-rotation noise, none; "
        "dropped frames, missing joints and gaps; 24-120 fps",
        data="CMU mocap, train split of 159 clips, mirrored, reversed, 0.8 to 1.25 times as fast, scaled, tilted, torsos "
        "exchanged, about half on made-up bodies; references without the person's own clips",
    ) | {
        "windowLength": c.window,
        "stride": c.window // 2,
        "targetFps": w.target_fps,
        "lowPass": c.low_pass,
        "settleSigma": c.settle_sigma,
        "units": "m",
        "retrievalVersion": RETRIEVAL_VERSION,
        "references": {"windowLength": config.model.window, "stride": c.reference_stride, "count": INFERENCE_REFERENCES},
        "unfamiliarAbove": round(limit, 3),
        "inputs": {
            "window": "(B, T, 17, 3) metres, Y up, grid frames; any place and heading",
            "valid": "(B, T, 17) 1 where a joint was seen, 0 elsewhere and past the clip's end",
            "bones": "(B, 16) median bone lengths of the clip, metres, by child joint",
            "step": "(B, 2) seconds between grid frames and between the clip's frames, times 30",
            "reference": "(B, T, 17, 3) mean of the references, laid onto the window",
            "spread": "(B, T, 17) root mean square distance of the references from their mean, metres",
            "distance": "(B, T) mean L2 of the retrieval vectors",
            "known": "(B,) 1 with references, 0 without",
        },
        "outputs": {
            "final": "(B, T, 17, 3) refined, metres in the window's place",
            "disagreement": "(B, T, 17) between the position and the acceleration branch, metres",
            "before": "(B, T, 17) expected root-relative error of the window, metres",
            "after": "(B, T, 17) expected root-relative error of `final`, metres",
            "surprise": "(B, T) how unlike the training's poses, 1 = like them",
        },
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("data", type=Path, help="folder of prepare.py, for the statistics of poses")
    parser.add_argument("out", type=Path, help="model folder, e.g. assets/models/posemend")
    parser.add_argument("--fixture", type=Path)
    parser.add_argument("--after", type=Path, nargs="*", default=[], help="checkpoints this one was started from")
    arguments = parser.parse_args()
    model, config, state = load(arguments.checkpoint)
    mean, whiten, surprises = pose_statistics(model, config, dict(np.load(arguments.data / "train.npz")))
    shipped = Shipped(model, mean, whiten).eval()
    arguments.out.mkdir(parents=True, exist_ok=True)
    onnx = arguments.out / "model.onnx"
    export_graph(shipped, example_inputs(config, 3), INPUTS, OUTPUTS, onnx)
    limit = float(torch.quantile(surprises, SURPRISE_QUANTILE))
    print(f"surprise of training poses: median {surprises.median():.2f}, limit {limit:.2f}")
    states = [*(load_checkpoint(path) for path in arguments.after), state]
    (arguments.out / "card.json").write_text(json.dumps(card(shipped, states, config, onnx, limit), indent=2) + "\n")
    if arguments.fixture:
        inputs = example_inputs(config, 3)
        with torch.no_grad():
            outputs = shipped(*inputs)
        # Every 11th number: enough to see a wrong weight, and a small file.
        tensors = {
            name: np.round(tensor.numpy().ravel()[::11].astype(float), 6).tolist() for name, tensor in zip(OUTPUTS, outputs)
        }
        arguments.fixture.write_text(json.dumps({"count": 3, "every": 11, **tensors}) + "\n")
    print(f"{onnx}: {onnx.stat().st_size / 1e6:.1f} MB, step {state['step']}")


if __name__ == "__main__":
    main()
