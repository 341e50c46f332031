"""Trains MixSTE, which lifts 2D keypoints to 3D, on CPU or CUDA. Checkpoints go to a git-ignored folder.

The learning rate follows a cosine over the given minutes, so that a run of any length ends annealed.
"""

import argparse
import dataclasses
import json
from collections.abc import Iterator
from functools import partial
from itertools import chain
from pathlib import Path

import torch
from torch import Tensor

from background import stream
from compact import training_data
from config import Config, MixSteConfig
from keypoint_data import window_set
from mixste import MixSte, lifting_losses
from sequence_data import read_clips
from training_loop import adamw_of, resumed_step, train_network

SET_WINDOWS = 256


def set_normalisation(model: MixSte, windows: dict[str, Tensor]) -> None:
    """Mean pose and mean up of training windows in the axes of the virtual cameras."""
    _, axes = model.look(windows["keypoints"])
    model.mean_pose.copy_(torch.matmul(windows["truth"], axes.transpose(-1, -2)).mean((0, 1)))
    model.mean_up.copy_(torch.matmul(axes, windows["up"][:, None, :, None])[..., 0].mean((0, 1)))


def batches_of(sets: Iterator[dict[str, Tensor]], batch: int) -> Iterator[dict[str, Tensor]]:
    """Each window once."""
    for windows in sets:
        for start in range(0, len(windows["weight"]) - batch + 1, batch):
            yield {name: tensor[start : start + batch] for name, tensor in windows.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder of prepare.py, or with the compact file of compact.py")
    parser.add_argument("run", type=Path, help="folder for checkpoints and the log")
    parser.add_argument("--minutes", type=float, default=75.0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--workers", type=int, default=0, help="processes that make windows; 0: a thread")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--compile", action="store_true", help="torch.compile (PyTorch 2)")
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=JSON", help="settings of MixSteConfig")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    changes = {name: json.loads(value) for name, value in (item.split("=", 1) for item in arguments.set)}
    config = Config()
    c, device = dataclasses.replace(MixSteConfig(), **changes), arguments.device
    arguments.run.mkdir(parents=True, exist_ok=True)
    (arguments.run / "settings.json").write_text(json.dumps(changes) + "\n")

    torch.manual_seed(config.train.seed)
    seed = config.train.seed + resumed_step(arguments.run, arguments.resume)
    clips = read_clips(training_data(arguments.data))
    sets = stream(partial(window_set, clips, c, config.noise, SET_WINDOWS, seed), arguments.workers, ahead=2)
    model = MixSte(c)
    first = next(sets)
    set_normalisation(model, first)
    model = model.to(device)
    forward = torch.compile(model) if arguments.compile else model

    def losses(batch: dict[str, Tensor]) -> dict[str, Tensor]:
        batch = {name: tensor.to(device, non_blocking=True) for name, tensor in batch.items()}
        with torch.autocast(device.split(":")[0], dtype=torch.bfloat16):
            pose, up = forward(batch["keypoints"])
        return lifting_losses(pose.float(), up.float(), batch, c)

    batches = batches_of(chain([first], sets), c.batch)
    train_network(model, batches, losses, c, arguments.run, arguments.minutes, arguments.resume, adamw_of(model, c.weight_decay))


if __name__ == "__main__":
    main()
