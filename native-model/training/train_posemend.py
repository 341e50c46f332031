"""Trains the `posemend` network on CPU or CUDA. Checkpoints go to a git-ignored folder; `--resume` continues.

The learning rate follows a cosine over the given minutes, so that a run of any length ends annealed.
"""

import argparse
import json
from collections.abc import Iterator
from functools import partial
from itertools import chain
from pathlib import Path

import numpy as np
import torch

from background import stream
from compact import training_data
from config import Config, with_changes
from library import libraries_without_each_person
from model_posemend import PoseMend, sequence_losses, turned
from sequence_data import make_chunks, read_clips
from training_loop import adamw_of, resumed_step, train_network

INPUTS = ("window", "valid", "bones", "step", "reference", "spread", "distance", "known")


def chunk_pass(clips, libraries, config: Config, seed: int, index: int) -> dict:
    return make_chunks(np.random.default_rng([seed, index]), clips, libraries, config)


def set_normalisation(model: PoseMend, chunks: dict) -> None:
    """Mean pose and bone lengths of clean chunks in their frames of reference."""
    truth, valid = chunks["truth"], torch.ones_like(chunks["valid"])
    heading, _ = model.frame_of_reference(truth, valid)
    pose = turned(PoseMend.relative(truth), heading)
    model.mean_pose.copy_(pose.mean((0, 1)))
    model.mean_bones.copy_(chunks["bones"].mean(0))


def shuffled(passes: Iterator[dict], batch: int) -> Iterator[dict]:
    """Full batches of chunks, pass after pass."""
    for chunks in passes:
        for indices in torch.randperm(len(chunks["window"])).split(batch):
            if len(indices) == batch:
                yield {name: tensor[indices] for name, tensor in chunks.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder of prepare.py, or with the compact file of compact.py")
    parser.add_argument("run", type=Path, help="folder for checkpoints and the log")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--workers", type=int, default=0, help="processes that make chunks; 0: a thread")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--start-from", type=Path, help="checkpoint whose averaged weights to start from")
    parser.add_argument("--rate", type=float, help="highest learning rate; default: config.py")
    parser.add_argument("--compile", action="store_true", help="torch.compile (PyTorch 2)")
    parser.add_argument("--no-references", action="store_true", help="ablation")
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=JSON", help="settings of SequenceConfig; train.NAME: of TrainConfig")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    changes = {name: json.loads(value) for name, value in (item.split("=", 1) for item in arguments.set)}
    if arguments.rate:
        changes["learning_rate"] = arguments.rate
    config = with_changes(changes)
    c, device = config.sequence, arguments.device
    arguments.run.mkdir(parents=True, exist_ok=True)
    (arguments.run / "settings.json").write_text(json.dumps(changes) + "\n")

    data = training_data(arguments.data)
    libraries = libraries_without_each_person(data, config, arguments.data / "libraries.pt")
    torch.manual_seed(config.train.seed)
    seed = config.train.seed + resumed_step(arguments.run, arguments.resume)
    passes = stream(partial(chunk_pass, read_clips(data), libraries, config, seed), arguments.workers, ahead=2)
    model = PoseMend(c).to(device)
    if arguments.start_from:
        model.load_state_dict(torch.load(arguments.start_from, map_location=device)["average"])
    else:
        first = next(passes)
        set_normalisation(model, first)
        passes = chain([first], passes)
    forward = torch.compile(model) if arguments.compile else model

    def losses(batch: dict) -> dict:
        batch = {name: tensor.to(device, non_blocking=True) for name, tensor in batch.items()}
        batch["known"] = (torch.rand(c.batch, device=device) > c.share_without_references).float()
        if arguments.no_references:
            batch["known"].zero_()
        with torch.autocast(device.split(":")[0], dtype=torch.bfloat16):
            outputs = forward(*(batch[name] for name in INPUTS))
        return sequence_losses([out.float() for out in outputs], batch, c)

    batches = shuffled(passes, c.batch)
    train_network(
        model, batches, losses, c, arguments.run, arguments.minutes, arguments.resume, adamw_of(model, c.weight_decay), gradient_clip=0.5
    )


if __name__ == "__main__":
    main()
