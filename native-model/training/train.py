"""Trains SynSP++ or SynSP. Checkpoints go to a git-ignored folder; `--resume` continues where a run stopped.

Runs on the CPU or on CUDA; bfloat16 autocast where the hardware has it. The learning rate follows a cosine over
the given minutes (or steps), so a run of any length ends annealed.
"""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

import numpy as np
import torch

from background import stream
from compact import training_data
from config import Config, TrainConfig
from data import make_pool
from library import libraries_without_each_person
from model import SynSpPlusPlus, refinement_loss
from synsp import SynSp
from training_loop import resumed_step, train_network

MODELS = {"synsp++": SynSpPlusPlus, "synsp": SynSp}
INPUTS = {"synsp++": ("window", "found", "distance", "step"), "synsp": ("window", "step")}


def next_pool(data, libraries, config: Config, seed: int, index: int) -> dict:
    return make_pool(np.random.default_rng([seed, index]), data, libraries, config)


def set_normalisation(model: SynSpPlusPlus, pool: dict) -> None:
    """Mean pose and size of each DCT coefficient, from clean training windows."""
    truth, window = pool["truth"], pool["window"]
    model.mean_pose.copy_(truth.mean((0, 1)))
    coefficients = torch.matmul(model.dct.cpu(), window - model.mean_pose.cpu())
    model.coefficient_scale.copy_(coefficients.pow(2).mean((0, 2)).sqrt()[:, None])


def start_from(model: torch.nn.Module, weights: dict) -> None:
    """Takes over every weight that has the same name and shape here; the others stay as they are."""
    own = model.state_dict()
    shared = {name: value for name, value in weights.items() if name in own and own[name].shape == value.shape}
    if not shared:
        raise SystemExit("--start-from: the checkpoint has no weight of this network; name one of SynSP++ or SynSP")
    model.load_state_dict(own | shared)
    print(f"started from {len(shared)} of {len(own)} tensors", flush=True)


def window_batches(pools: Iterator[dict], train: TrainConfig) -> Iterator[dict]:
    """Full batches of windows, several passes over each pool."""
    for pool in pools:
        for _ in range(train.pool_reuse):
            for indices in torch.randperm(len(pool["window"])).split(train.batch):
                if len(indices) == train.batch:
                    yield {name: tensor[indices] for name, tensor in pool.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder of prepare.py")
    parser.add_argument("run", type=Path, help="folder for checkpoints and the log")
    parser.add_argument("--model", choices=tuple(MODELS), default="synsp++")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--workers", type=int, default=0, help="processes that make windows; 0: a thread")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--start-from", type=Path, help="checkpoint whose averaged weights to start from (fine-tuning)")
    parser.add_argument("--rate", type=float, help="highest learning rate; default: config.py")
    parser.add_argument("--compile", action="store_true", help="torch.compile (PyTorch 2)")
    parser.add_argument("--no-references", action="store_true", help="ablation: the window itself as its reference")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    config = Config()
    train = config.train
    if arguments.rate:
        train = replace(train, learning_rate=arguments.rate)

    data = training_data(arguments.data)
    libraries = libraries_without_each_person(data, config, arguments.data / "libraries.pt")
    torch.manual_seed(train.seed)
    model = MODELS[arguments.model](config.model).to(arguments.device)
    seed = train.seed + resumed_step(arguments.run, arguments.resume)
    pools = stream(partial(next_pool, data, libraries, config, seed), arguments.workers)
    if arguments.start_from:
        start_from(model, torch.load(arguments.start_from, map_location=arguments.device)["average"])
    else:
        first = next(pools)
        set_normalisation(model, first)
        pools = chain([first], pools)
    forward = torch.compile(model) if arguments.compile else model
    weights = {"final": train.lambda_final, "position": train.lambda_position, "acceleration": train.lambda_acceleration}

    def losses(batch: dict) -> dict:
        batch = {name: tensor.to(arguments.device) for name, tensor in batch.items()}
        if arguments.no_references:
            batch["found"], batch["distance"] = batch["window"], torch.zeros_like(batch["distance"])
        with torch.autocast(arguments.device.split(":")[0], dtype=torch.bfloat16):
            outputs = forward(*(batch[name] for name in INPUTS[arguments.model]))
        parts = {
            name: refinement_loss(out.float(), batch["truth"], weight) for out, (name, weight) in zip(outputs, weights.items())
        }
        return parts | {"loss": sum(parts.values()), "input": (batch["window"] - batch["truth"]).abs().mean()}

    optimiser = torch.optim.Adam(model.parameters(), betas=(0.9, 0.98))
    batches = window_batches(pools, train)
    train_network(
        model, batches, losses, train, arguments.run, arguments.minutes, arguments.resume, optimiser, train.gradient_clip
    )


if __name__ == "__main__":
    main()
