"""Trains SmoothNet for one window length, on the grid frames that `posemend` sees (sequence_data.py)."""

import argparse
import dataclasses
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from background import stream
from compact import training_data
from config import Config, SmoothNetConfig
from sequence_data import make_chunks, read_clips
from smoothnet import SmoothNet, smoothing_losses, to_channels
from training_loop import train_network


def chunk_set(clips, config: Config, seed: int, index: int) -> dict[str, Tensor]:
    """One pass over the clips, without references: those SmoothNet does not know."""
    chunks = make_chunks(np.random.default_rng([seed, index]), clips, {}, config)
    return {name: chunks[name] for name in ("window", "truth", "weight")}


def window_batches(sets: Iterator[dict], window: int, c: SmoothNetConfig, device: str) -> Iterator[dict[str, Tensor]]:
    """Windows at random places of the chunks, by channel: window, truth and weight, (batch * 51, T) each."""
    for chunks in sets:
        count, length = chunks["weight"].shape
        for _ in range(c.passes):
            for indices in torch.randperm(count).split(c.batch):
                starts = torch.randint(0, length - window + 1, (len(indices), 1))
                frames = starts + torch.arange(window)
                cut = {name: tensor[indices[:, None], frames].to(device) for name, tensor in chunks.items()}
                weight = cut["weight"].repeat_interleave(51, 0)
                yield {"window": to_channels(cut["window"]), "truth": to_channels(cut["truth"]), "weight": weight}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder of prepare.py, or with the compact file of compact.py")
    parser.add_argument("run", type=Path, help="folder for checkpoints and the log")
    parser.add_argument("--window", type=int, default=32, help="T, grid frames")
    parser.add_argument("--minutes", type=float, default=4.0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--workers", type=int, default=0, help="processes that make chunks; 0: a thread")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    config, c = Config(), SmoothNetConfig()
    config = dataclasses.replace(config, sequence=dataclasses.replace(config.sequence, references=0))
    torch.manual_seed(config.train.seed)
    clips = read_clips(training_data(arguments.data))
    sets = stream(partial(chunk_set, clips, config, config.train.seed), arguments.workers)
    model = SmoothNet(arguments.window, c).to(arguments.device)

    def losses(batch: dict[str, Tensor]) -> dict[str, Tensor]:
        figures = smoothing_losses(model(batch["window"]), batch["truth"], batch["weight"], c)
        with torch.no_grad():
            before = smoothing_losses(batch["window"], batch["truth"], batch["weight"], c)
        return figures | {"input_position": before["position"], "input_acceleration": before["acceleration"]}

    batches = window_batches(sets, arguments.window, c, arguments.device)
    train_network(model, batches, losses, c, arguments.run, arguments.minutes, arguments.resume)


if __name__ == "__main__":
    main()
