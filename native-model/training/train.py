"""Trains SynSP++ or SynSP. Checkpoints go to a git-ignored folder; `--resume` continues where a run stopped.

Runs on the CPU or on CUDA; bfloat16 autocast where the hardware has it. The learning rate follows a cosine over
the given minutes (or steps), so a run of any length ends annealed.
"""

import argparse
import json
import math
import time
from functools import partial
from pathlib import Path

import numpy as np
import torch

from background import stream
from compact import training_data
from config import Config
from data import make_pool
from library import libraries_without_each_person
from model import SynSpPlusPlus, refinement_loss
from synsp import SynSp

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
    arguments.run.mkdir(parents=True, exist_ok=True)
    checkpoint = arguments.run / "checkpoint.pt"

    data = training_data(arguments.data)
    libraries = libraries_without_each_person(data, config, arguments.data / "libraries.pt")
    torch.manual_seed(train.seed)
    model = MODELS[arguments.model](config.model).to(arguments.device)
    if arguments.start_from:
        start_from(model, torch.load(arguments.start_from, map_location=arguments.device)["average"])
    highest_rate = arguments.rate or train.learning_rate
    optimiser = torch.optim.Adam(model.parameters(), train.learning_rate, betas=(0.9, 0.98))
    average = {name: value.clone() for name, value in model.state_dict().items()}  # exponential mean of the weights
    done_seconds, step = 0.0, 0
    if arguments.resume and checkpoint.exists():
        state = torch.load(checkpoint, map_location=arguments.device)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        average, done_seconds, step = state["average"], state["seconds"], state["step"]
    pools = stream(partial(next_pool, data, libraries, config, train.seed + step), arguments.workers)
    forward = torch.compile(model) if arguments.compile else model
    budget, began, saved = arguments.minutes * 60, time.time() - done_seconds, time.time()
    losses = np.zeros(4)
    counted = 0
    log = (arguments.run / "log.jsonl").open("a")
    while time.time() - began < budget:
        pool = next(pools)
        if step == 0 and not arguments.start_from:
            set_normalisation(model, pool)
        for _ in range(train.pool_reuse):
            order = torch.randperm(len(pool["window"]))
            for indices in order.split(train.batch):
                elapsed = time.time() - began
                if len(indices) < train.batch or elapsed > budget:
                    break
                progress = elapsed / budget
                rate = train.final_learning_rate + 0.5 * (highest_rate - train.final_learning_rate) * (
                    1 + math.cos(math.pi * progress)
                )
                for group in optimiser.param_groups:
                    group["lr"] = rate * min(1.0, (step + 1) / train.warmup_steps)
                batch = {name: tensor[indices].to(arguments.device) for name, tensor in pool.items()}
                if arguments.no_references:
                    batch["found"], batch["distance"] = batch["window"], torch.zeros_like(batch["distance"])
                with torch.autocast(arguments.device.split(":")[0], dtype=torch.bfloat16):
                    outputs = forward(*(batch[name] for name in INPUTS[arguments.model]))
                weights = (train.lambda_final, train.lambda_position, train.lambda_acceleration)
                parts = [refinement_loss(out.float(), batch["truth"], w) for out, w in zip(outputs, weights)]
                optimiser.zero_grad(set_to_none=True)
                sum(parts).backward()
                torch.nn.utils.clip_grad_norm_(model.parameters(), train.gradient_clip)
                optimiser.step()
                step += 1
                decay = min(0.999, step / (step + 20))
                with torch.no_grad():
                    for name, value in model.state_dict().items():
                        if value.dtype.is_floating_point:
                            average[name].lerp_(value, 1 - decay)
                input_loss = (batch["window"] - batch["truth"]).abs().mean()
                losses += [1000 * float(part.detach()) for part in (*parts, input_loss)]
                counted += 1
                if counted == 50:
                    line = {"step": step, "minutes": round(elapsed / 60, 2), "rate": rate}
                    line |= dict(zip(("final", "position", "acceleration", "input"), (losses / counted).round(3).tolist()))
                    print(json.dumps(line), flush=True)
                    log.write(json.dumps(line) + "\n")
                    log.flush()
                    losses[:], counted = 0, 0
        if time.time() - saved > 120 or time.time() - began >= budget:
            save(checkpoint, model, optimiser, average, time.time() - began, step)
            saved = time.time()
    save(checkpoint, model, optimiser, average, time.time() - began, step)


def save(path: Path, model, optimiser, average, seconds: float, step: int) -> None:
    """Written beside and renamed: a run killed here leaves the last good checkpoint."""
    beside = path.with_suffix(".tmp")
    torch.save(
        {"model": model.state_dict(), "average": average, "optimiser": optimiser.state_dict(), "seconds": seconds, "step": step},
        beside,
    )
    beside.replace(path)


if __name__ == "__main__":
    main()
