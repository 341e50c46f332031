"""What every exporter shares: the ONNX graph with a free batch size, and the parts of card.json that do not differ."""

import hashlib
from pathlib import Path

import torch
from torch import Tensor, nn

DATA_LICENCES = [
    "The data used in this project was obtained from mocap.cs.cmu.edu. "
    "The database was created with funding from NSF EIA-0196217."
]


def export_graph(model: nn.Module, inputs: tuple[Tensor, ...], names: tuple[str, ...], outputs: tuple[str, ...], path: Path) -> None:
    """Opset 17; the first axis of every tensor is free."""
    options = {"dynamo": False} if "dynamo" in torch.onnx.export.__code__.co_varnames else {}
    torch.onnx.export(
        model, inputs, str(path), input_names=list(names), output_names=list(outputs),
        dynamic_axes={name: {0: "batch"} for name in (*names, *outputs)}, opset_version=17, **options,
    )  # fmt: skip


def card_of(
    model: nn.Module, onnx: Path, states: list[dict], *, name: str, title: str, architecture: str, batch: int, noise: str, data: str
) -> dict:
    """A draft: bench/calibrate.ts fills in the calibration, bench/fill-card.ts the figures.

    `states`: the checkpoints of all stages of the training, the exported one last.
    """
    uncalibrated = {"disagreementWeight": 1.0, "knots": []}
    return {
        "name": name,
        "title": title,
        "version": "1.0.0",
        "architecture": architecture,
        "file": onnx.name,
        "sha256": hashlib.sha256(onnx.read_bytes()).hexdigest(),
        "parameters": sum(parameter.numel() for parameter in model.parameters()),
        "layout": "body17",
        "joints": 17,
        "quality": {"floorMm": 10.0},
        "expectedError": {"before": uncalibrated, "after": uncalibrated},
        "training": {
            "steps": sum(state["step"] for state in states),
            "batch": batch,
            "minutes": round(sum(state["seconds"] for state in states) / 60, 1),
            "stages": [state["step"] for state in states],
            "noise": noise,
            "data": data,
        },
        "metrics": {},
        "dataLicences": DATA_LICENCES,
    }
