"""Checkpoint -> model.onnx, a draft of card.json and the parity fixture.

bench/calibrate.ts fills in the calibration, bench/fill-card.ts the figures.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from config import Config
from model import SynSpPlusPlus
from onnx_card import card_of, export_graph
from training_loop import load_checkpoint

RETRIEVAL_VERSION = "first-last-14-similarity/1"  # motion/windows/retrieval-vector.ts


def load_model(checkpoint: Path, config: Config) -> tuple[SynSpPlusPlus, dict]:
    """The averaged weights of a checkpoint, ready for inference."""
    state = load_checkpoint(checkpoint)
    model = SynSpPlusPlus(config.model)
    model.load_state_dict(state["average"])
    return model.eval(), state


def example_inputs(config: Config, count: int, seed: int = 3) -> tuple[torch.Tensor, ...]:
    """Made-up windows around a standing pose; no captured motion."""
    generator = torch.Generator().manual_seed(seed)
    shape = (count, config.model.window, config.model.channels)
    base = torch.randn(count, 1, config.model.channels, generator=generator) * 0.3
    window = base + 0.05 * torch.randn(shape, generator=generator)
    found = base + 0.05 * torch.randn(shape, generator=generator)
    distance = torch.rand(count, 1, generator=generator)
    step = torch.tensor([[1.0, 1.0], [1.0, 0.25], [1.25, 1.25]])[torch.arange(count) % 3]
    return window, found, distance, step


def export(model: SynSpPlusPlus, config: Config, path: Path) -> None:
    names, outputs = ("window", "found", "distance", "step"), ("final", "position", "acceleration")
    export_graph(model, example_inputs(config, 3), names, outputs, path)


def write_fixture(model: SynSpPlusPlus, config: Config, path: Path) -> None:
    """Inputs and PyTorch's outputs, rounded to what float32 keeps; the TypeScript test compares ONNX Runtime's."""
    inputs = example_inputs(config, 3, seed=11)
    with torch.no_grad():
        outputs = model(*inputs)
    names = ("window", "found", "distance", "step", "final", "position", "acceleration")
    tensors = {name: np.round(tensor.numpy().ravel().astype(float), 7).tolist() for name, tensor in zip(names, inputs + outputs)}
    path.write_text(json.dumps({"count": 3, **tensors}) + "\n")


def card(model: SynSpPlusPlus, states: list[dict], config: Config, onnx: Path) -> dict:
    """`states`: the checkpoints of all stages of the training, the exported one last."""
    c, w = config.model, config.windows
    return card_of(
        model, onnx, states, name="synsp++", title=f"SynSP++ on windows of {c.window} frames, with references",
        architecture="synsp++", batch=config.train.batch,
        noise="estimator-like at 0.5 to 2 times its amplitudes, white 4-64 mm, bone-rotation noise, none; 24-120 fps",
        data="CMU mocap, train split of 159 clips, mirrored, scaled; in the last stage 60 % on made-up bodies; "
        "references without the person's own clips",
    ) | {
        "windowLength": c.window,
        "stride": 1,
        "targetFps": w.target_fps,
        "prefilterSigma": w.prefilter_sigma,
        "settleSigma": w.settle_sigma,
        "units": "m",
        "retrievalVersion": RETRIEVAL_VERSION,
        "inputs": {
            "window": "(B, T, 51) metres, heading-normalised",
            "found": "(B, T, 51) the reference, aligned to the window by a similarity",
            "distance": "(B, 1) L2 of the retrieval vectors",
            "step": "(B, 2) seconds between the window's frames and between the clip's frames, times 30",
        },
        "outputs": {
            "final": "(B, T, 51) refined",
            "position": "(B, T, 51) position branch",
            "acceleration": "(B, T, 51) acceleration branch",
        },
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path, help="model folder, e.g. assets/models/synsp++")
    parser.add_argument("--fixture", type=Path)
    parser.add_argument("--after", type=Path, nargs="*", default=[], help="checkpoints this one was started from")
    arguments = parser.parse_args()
    config = Config()
    model, state = load_model(arguments.checkpoint, config)
    arguments.out.mkdir(parents=True, exist_ok=True)
    onnx = arguments.out / "model.onnx"
    export(model, config, onnx)
    states = [*(load_model(path, config)[1] for path in arguments.after), state]
    (arguments.out / "card.json").write_text(json.dumps(card(model, states, config, onnx), indent=2) + "\n")
    if arguments.fixture:
        write_fixture(model, config, arguments.fixture)
    print(f"{onnx}: {onnx.stat().st_size / 1e6:.1f} MB, step {state['step']}")


if __name__ == "__main__":
    main()
