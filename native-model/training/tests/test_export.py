"""The ONNX file, its card and the parity fixture."""

import hashlib
import json

import numpy as np
import onnx
import pytest
import torch

from config import Config
from export_onnx import card, example_inputs, export, load_model, write_fixture
from model import SynSpPlusPlus

INPUTS, OUTPUTS = ["window", "found", "distance", "step"], ["final", "position", "acceleration"]


@pytest.fixture
def model(small_config) -> SynSpPlusPlus:
    torch.manual_seed(1)
    model = SynSpPlusPlus(small_config.model)
    for head in (model.position_head, model.acceleration_head, model.final_head):
        torch.nn.init.normal_(head[1].weight, std=0.1)  # zero heads would hide the rest of the network
    return model.eval()


@pytest.fixture
def file(model, small_config, tmp_path):
    export(model, small_config, tmp_path / "model.onnx")
    return tmp_path / "model.onnx"


def test_the_file_names_its_inputs_and_outputs_and_leaves_the_batch_open(file):
    document = onnx.load(str(file))
    onnx.checker.check_model(document)
    assert [(opset.domain, opset.version) for opset in document.opset_import] == [("", 17)]
    assert [value.name for value in document.graph.input] == INPUTS
    assert [value.name for value in document.graph.output] == OUTPUTS
    for value in document.graph.input:
        batch, *rest = value.type.tensor_type.shape.dim
        assert batch.dim_param == "batch"
        expected = {"distance": [1], "step": [2]}.get(value.name, [8, 51])
        assert [dim.dim_value for dim in rest] == expected


@pytest.mark.parametrize("count", [1, 5])
def test_onnx_runtime_computes_what_pytorch_computes(file, model, small_config, count):
    runtime = pytest.importorskip("onnxruntime", reason="onnxruntime is not installed for this Python")
    session = runtime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    inputs = example_inputs(small_config, count, seed=7)
    with torch.no_grad():
        expected = model(*inputs)
    found = session.run(OUTPUTS, {name: tensor.numpy() for name, tensor in zip(INPUTS, inputs)})
    for a, b in zip(found, expected):
        assert a.shape == (count, 8, 51)
        np.testing.assert_allclose(a, b.numpy(), atol=1e-5)
        assert np.abs(a - inputs[0].numpy()).max() > 1e-3  # the network did something


def test_the_averaged_weights_are_the_ones_exported(model, small_config, tmp_path):
    trained = {name: value + 1 for name, value in model.state_dict().items()}
    state = {"model": trained, "average": model.state_dict(), "optimiser": {}, "seconds": 60.0, "step": 9}
    torch.save(state, tmp_path / "checkpoint.pt")
    loaded, read = load_model(tmp_path / "checkpoint.pt", small_config)
    assert read["step"] == 9 and not loaded.training
    for name, value in loaded.state_dict().items():
        assert torch.equal(value, model.state_dict()[name])


def test_the_card_describes_the_file_and_the_configuration(file, model, small_config):
    described = card(model, [{"step": 5, "seconds": 90.0}], small_config, file)
    json.dumps(described)
    assert described["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert described["file"] == "model.onnx"
    assert (described["windowLength"], described["joints"], described["targetFps"]) == (8, 17, 30.0)
    assert described["parameters"] == sum(parameter.numel() for parameter in model.parameters())
    assert described["training"]["minutes"] == 1.5


def test_the_fixture_holds_what_the_network_computes_from_its_own_inputs(model, small_config, tmp_path):
    write_fixture(model, small_config, tmp_path / "parity.json")
    fixture = json.loads((tmp_path / "parity.json").read_text())
    assert fixture["count"] == 3
    shapes = {"distance": (3, 1), "step": (3, 2)}
    tensors = {name: torch.tensor(fixture[name]).view(shapes.get(name, (3, 8, 51))) for name in INPUTS + OUTPUTS}
    with torch.no_grad():
        outputs = model(*(tensors[name] for name in INPUTS))
    for name, output in zip(OUTPUTS, outputs):
        assert torch.allclose(output, tensors[name], atol=1e-5)


def test_example_inputs_fit_the_configuration():
    window, found, distance, step = example_inputs(Config(), 4)
    assert window.shape == found.shape == (4, 8, 51) and distance.shape == (4, 1) and step.shape == (4, 2)
