"""The loop of every training: cosine rate over the given minutes, averaged weights, a log, checkpoints."""

import json
import math
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import torch
from torch import Tensor, nn

LOG_EVERY = 50  # steps
SAVE_EVERY = 120  # seconds


def load_checkpoint(path: Path) -> dict:
    """A checkpoint's tensors and numbers, on the CPU."""
    # PyTorch 1.13 cannot read plain numbers in this mode; newer ones must not unpickle anything else.
    options = {"weights_only": True} if int(torch.__version__.split(".")[0]) >= 2 else {}
    return torch.load(path, map_location="cpu", **options)


def resumed_step(run: Path, resume: bool) -> int:
    """Steps a run has behind it, for the seeds of what is made next; 0 for a new one."""
    checkpoint = run / "checkpoint.pt"
    return load_checkpoint(checkpoint)["step"] if resume and checkpoint.exists() else 0


def adamw_of(model: nn.Module, weight_decay: float) -> torch.optim.AdamW:
    """AdamW; norms, biases and tables of one axis do not decay."""
    groups = [
        {"params": [p for p in model.parameters() if p.dim() > 1], "weight_decay": weight_decay},
        {"params": [p for p in model.parameters() if p.dim() <= 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98))


def save(path: Path, model, optimiser, average, seconds: float, step: int) -> None:
    """Written beside and renamed: a run killed here leaves the last good checkpoint."""
    beside = path.with_suffix(".tmp")
    torch.save(
        {"model": model.state_dict(), "average": average, "optimiser": optimiser.state_dict(), "seconds": seconds, "step": step},
        beside,
    )
    beside.replace(path)


def train_network(
    model: nn.Module,
    batches: Iterator[dict[str, Tensor]],
    losses: Callable[[dict[str, Tensor]], dict[str, Tensor]],
    settings,
    run: Path,
    minutes: float,
    resume: bool = False,
    optimiser: torch.optim.Optimizer | None = None,
    gradient_clip: float = 1.0,
) -> None:
    """`losses`: figures of a batch, the one named "loss" is minimised. `settings`: learning rates and warm-up.

    Writes run/checkpoint.pt, whose `average` is the exponential mean of the weights, and run/log.jsonl with the
    figures' means in thousandths. Adam unless another optimiser is given. Precision is the business of `losses`.
    """
    run.mkdir(parents=True, exist_ok=True)
    checkpoint = run / "checkpoint.pt"
    optimiser = optimiser or torch.optim.Adam(model.parameters(), settings.learning_rate)
    average = {name: value.clone() for name, value in model.state_dict().items()}
    done_seconds, step = 0.0, 0
    if resume and checkpoint.exists():
        state = torch.load(checkpoint, map_location=next(model.parameters()).device)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        average, done_seconds, step = state["average"], state["seconds"], state["step"]
    budget, began, saved = minutes * 60, time.time() - done_seconds, time.time()
    sums: dict[str, float] = {}
    model.train()
    with (run / "log.jsonl").open("a") as log:
        while (elapsed := time.time() - began) < budget:
            low, high = settings.final_learning_rate, settings.learning_rate
            rate = low + 0.5 * (high - low) * (1 + math.cos(math.pi * elapsed / budget))
            for group in optimiser.param_groups:
                group["lr"] = rate * min(1.0, (step + 1) / settings.warmup_steps)
            figures = losses(next(batches))
            optimiser.zero_grad(set_to_none=True)
            figures["loss"].backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), gradient_clip)
            optimiser.step()
            step += 1
            decay = min(0.999, step / (step + 20))
            with torch.no_grad():
                for name, value in model.state_dict().items():
                    if value.dtype.is_floating_point:
                        average[name].lerp_(value, 1 - decay)
            for name, value in figures.items():
                sums[name] = sums.get(name, 0.0) + 1000 * float(value.detach()) / LOG_EVERY
            if step % LOG_EVERY == 0:
                line = {"step": step, "minutes": round(elapsed / 60, 2), "rate": round(rate, 7)}
                line |= {name: round(value, 3) for name, value in sums.items()}
                print(json.dumps(line), flush=True)
                log.write(json.dumps(line) + "\n")
                log.flush()
                sums = {}
            if time.time() - saved > SAVE_EVERY:
                save(checkpoint, model, optimiser, average, time.time() - began, step)
                saved = time.time()
    save(checkpoint, model, optimiser, average, time.time() - began, step)
