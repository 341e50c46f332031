"""Trains the `posemend` network on CPU or CUDA. Checkpoints go to a git-ignored folder; `--resume` continues.

The learning rate follows a cosine over the given minutes, so that a run of any length ends annealed.
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
from config import Config, with_changes
from library import libraries_without_each_person
from model_posemend import PoseMend, sequence_losses, turned
from sequence_data import make_chunks, read_clips
from train import save

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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder of prepare.py")
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
    config = with_changes(changes)
    c = config.sequence
    arguments.run.mkdir(parents=True, exist_ok=True)
    checkpoint = arguments.run / "checkpoint.pt"
    (arguments.run / "settings.json").write_text(json.dumps(changes) + "\n")

    data = dict(np.load(arguments.data / "train.npz"))
    libraries = libraries_without_each_person(data, config, arguments.data / "libraries.pt")
    clips = read_clips(data)
    torch.manual_seed(config.train.seed)
    model = PoseMend(c).to(arguments.device)
    if arguments.start_from:
        model.load_state_dict(torch.load(arguments.start_from, map_location=arguments.device)["average"])
    decayed = [p for p in model.parameters() if p.dim() > 1]
    others = [p for p in model.parameters() if p.dim() <= 1]
    optimiser = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": c.weight_decay}, {"params": others, "weight_decay": 0.0}], betas=(0.9, 0.98)
    )
    average = {name: value.clone() for name, value in model.state_dict().items()}
    done_seconds, step = 0.0, 0
    if arguments.resume and checkpoint.exists():
        state = torch.load(checkpoint, map_location=arguments.device)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        average, done_seconds, step = state["average"], state["seconds"], state["step"]
    highest = arguments.rate or c.learning_rate
    passes = stream(partial(chunk_pass, clips, libraries, config, config.train.seed + step), arguments.workers, ahead=2)
    forward = torch.compile(model) if arguments.compile else model
    budget, began, saved = arguments.minutes * 60, time.time() - done_seconds, time.time()
    sums: dict[str, float] = {}
    counted = 0
    log = (arguments.run / "log.jsonl").open("a")
    kind = arguments.device.split(":")[0]
    while time.time() - began < budget:
        chunks = next(passes)
        if step == 0 and not arguments.start_from:
            set_normalisation(model, chunks)
        for indices in torch.randperm(len(chunks["window"])).split(c.batch):
            elapsed = time.time() - began
            if len(indices) < c.batch or elapsed > budget:
                break
            rate = c.final_learning_rate + 0.5 * (highest - c.final_learning_rate) * (1 + math.cos(math.pi * elapsed / budget))
            for group in optimiser.param_groups:
                group["lr"] = rate * min(1.0, (step + 1) / c.warmup_steps)
            batch = {name: tensor[indices].to(arguments.device, non_blocking=True) for name, tensor in chunks.items()}
            batch["known"] = (torch.rand(c.batch, device=arguments.device) > c.share_without_references).float()
            if arguments.no_references:
                batch["known"].zero_()
            with torch.autocast(kind, dtype=torch.bfloat16):
                outputs = forward(*(batch[name] for name in INPUTS))
            figures = sequence_losses([out.float() for out in outputs], batch, c)
            optimiser.zero_grad(set_to_none=True)
            figures["loss"].backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 0.5)
            optimiser.step()
            step += 1
            decay = min(0.999, step / (step + 20))
            with torch.no_grad():
                for name, value in model.state_dict().items():
                    if value.dtype.is_floating_point:
                        average[name].lerp_(value, 1 - decay)
            for name, value in figures.items():
                sums[name] = sums.get(name, 0.0) + 1000 * float(value.detach())
            counted += 1
            if counted == 50:
                line = {"step": step, "minutes": round(elapsed / 60, 2), "rate": round(rate, 7)}
                line |= {name: round(value / counted, 2) for name, value in sums.items()}
                print(json.dumps(line), flush=True)
                log.write(json.dumps(line) + "\n")
                log.flush()
                sums, counted = {}, 0
        if time.time() - saved > 120 or time.time() - began >= budget:
            save(checkpoint, model, optimiser, average, time.time() - began, step)
            saved = time.time()
    save(checkpoint, model, optimiser, average, time.time() - began, step)


if __name__ == "__main__":
    main()
