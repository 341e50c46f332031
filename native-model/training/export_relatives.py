"""Checkpoint of SmoothNet, SynSP or HPR-Net -> model.onnx, a draft of card.json and a parity fixture."""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from config import Config, HprConfig, SmoothNetConfig
from export_onnx import example_inputs as example_windows
from hpr_net import HprNet
from onnx_card import card_of, export_graph
from smoothnet import SmoothNet
from synsp import SynSp
from training_loop import load_checkpoint

NAMES = ("smoothnet-8", "smoothnet-32", "smoothnet-64", "synsp", "hpr-net")
TENSORS = {  # inputs, outputs
    "smoothnet": (
        {"channels": "(N, T) metres: one coordinate per row; the pelvis in the world, other joints relative to it"},
        {"smoothed": "(N, T) metres"},
    ),
    "synsp": (
        {
            "window": "(B, T, 51) metres, heading-normalised",
            "step": "(B, 2) seconds between the window's frames and between the clip's frames, times 30",
        },
        {
            "final": "(B, T, 51) refined",
            "position": "(B, T, 51) position branch",
            "acceleration": "(B, T, 51) acceleration branch",
        },
    ),
    "hpr-net": (
        {"rotations": "(B, T, 17, 4) xyzw, conj(q_centre) q_i of local rotations; (0, 0, 0, 1) where a joint has none"},
        {"weights": "(B, T) of sum 1, for averaging every joint's rotation in the centre's hemisphere"},
    ),
}  # fmt: skip
NOISE = "estimator-like at 0.5 to 2 times its amplitudes, white 4-64 mm, bone-rotation noise, none; 24-120 fps"


def architecture(name: str) -> str:
    return name.split("-")[0] if name.startswith("smoothnet") else name


def build(name: str, config: Config) -> nn.Module:
    """The untrained network of that name."""
    if name.startswith("smoothnet"):
        return SmoothNet(int(name.split("-")[1]), SmoothNetConfig())
    return SynSp(config.model) if name == "synsp" else HprNet(HprConfig())


def load(checkpoint: Path, name: str, config: Config) -> tuple[nn.Module, dict]:
    """The averaged weights of a checkpoint, ready for inference."""
    state = load_checkpoint(checkpoint)
    model = build(name, config)
    model.load_state_dict(state["average"])
    return model.eval(), state


def made_up_inputs(name: str, config: Config, count: int, seed: int) -> tuple[Tensor, ...]:
    """Rows, windows or rotations that no one performed."""
    generator = torch.Generator().manual_seed(seed)
    if name == "synsp":
        window, _, _, step = example_windows(config, count, seed)
        return window, step
    if name == "hpr-net":
        turned = 0.1 * torch.randn(count, HprConfig().window, 17, 4, generator=generator)
        turned[:, :, :, 3] = 1
        turned[:, HprConfig().window // 2] = torch.tensor([0.0, 0.0, 0.0, 1.0])
        turned = turned / turned.norm(dim=-1, keepdim=True)
        return (turned * torch.where(torch.rand(turned.shape[:-1], generator=generator) < 0.2, -1.0, 1.0)[..., None],)
    window = int(name.split("-")[1])
    places = torch.randn(count, 1, generator=generator) + 0.02 * torch.randn(count, window, generator=generator).cumsum(1)
    return (places + 0.02 * torch.randn(count, window, generator=generator),)


def export(model: nn.Module, name: str, config: Config, path: Path) -> None:
    inputs, outputs = TENSORS[architecture(name)]
    export_graph(model, made_up_inputs(name, config, 3, 3), tuple(inputs), tuple(outputs), path)


def write_fixture(model: nn.Module, name: str, config: Config, path: Path) -> None:
    """Inputs and PyTorch's outputs, rounded to what float32 keeps, flattened in C order; `shapes` as in the graph."""
    inputs = made_up_inputs(name, config, 3, 11)
    with torch.no_grad():
        outputs = model(*inputs)
    outputs = outputs if isinstance(outputs, tuple) else (outputs,)
    names = [tensor for part in TENSORS[architecture(name)] for tensor in part]
    tensors = dict(zip(names, inputs + outputs))
    fixture = {"model": name, "count": 3, "shapes": {key: list(tensor.shape) for key, tensor in tensors.items()}}
    fixture |= {key: np.round(tensor.numpy().ravel().astype(float), 7).tolist() for key, tensor in tensors.items()}
    path.write_text(json.dumps(fixture) + "\n")


def card(model: nn.Module, name: str, states: list[dict], config: Config, onnx: Path) -> dict:
    """`states`: the checkpoints of all stages of the training, the exported one last."""
    inputs, outputs = TENSORS[architecture(name)]
    w = config.windows
    if name == "synsp":
        length, stride, title = config.model.window, 1, f"SynSP, single view, on windows of {config.model.window} frames"
        sampling = {"targetFps": w.target_fps, "prefilterSigma": w.prefilter_sigma, "settleSigma": w.settle_sigma}
        batch, noise = config.train.batch, NOISE
    elif name == "hpr-net":
        length, stride, title = HprConfig().window, 1, "HPR-Net: rotations averaged with learned weights"
        sampling = {}
        batch = HprConfig().batch * HprConfig().sequence
        noise = "drift of 1 to 6 degrees, jitter of 0.3 to 5, bursts on every local rotation, none; 24-120 fps"
    else:
        length = model.window
        stride, title = max(1, length // 8), f"SmoothNet on windows of {length} frames"
        sampling = {"targetFps": w.target_fps, "lowPass": config.sequence.low_pass}
        batch, noise = 51 * SmoothNetConfig().batch, NOISE
    described = card_of(
        model, onnx, states, name=name, title=title, architecture=architecture(name), batch=batch, noise=noise,
        data="CMU mocap, train split of 159 clips",
    )  # fmt: skip
    units = {} if name == "hpr-net" else {"units": "m"}
    return described | units | {"windowLength": length, "stride": stride, **sampling, "inputs": inputs, "outputs": outputs}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path, help="model folder, e.g. assets/models/smoothnet-32")
    parser.add_argument("--model", choices=NAMES, required=True)
    parser.add_argument("--fixture", type=Path)
    parser.add_argument("--after", type=Path, nargs="*", default=[], help="checkpoints this one was started from")
    arguments = parser.parse_args()
    config = Config()
    model, state = load(arguments.checkpoint, arguments.model, config)
    arguments.out.mkdir(parents=True, exist_ok=True)
    onnx = arguments.out / "model.onnx"
    export(model, arguments.model, config, onnx)
    states = [*(load_checkpoint(path) for path in arguments.after), state]
    described = card(model, arguments.model, states, config, onnx)
    (arguments.out / "card.json").write_text(json.dumps(described, indent=2) + "\n")
    if arguments.fixture:
        write_fixture(model, arguments.model, config, arguments.fixture)
    print(f"{onnx}: {onnx.stat().st_size / 1e6:.1f} MB, step {state['step']}")


if __name__ == "__main__":
    main()
