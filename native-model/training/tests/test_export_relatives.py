"""The ONNX files of SmoothNet, SynSP and HPR-Net, their cards and fixtures."""

import hashlib
import json
import sys

import numpy as np
import onnx
import pytest
import torch

import export_relatives
from export_relatives import NAMES, TENSORS, architecture, build, export, made_up_inputs, write_fixture


def trained_like(name: str, config) -> torch.nn.Module:
    torch.manual_seed(3)
    model = build(name, config)
    for module, child in model.named_children():
        if module == "decode" or module.endswith("_head"):  # zero heads would hide the rest of the network
            torch.nn.init.normal_((child if module == "decode" else child[1]).weight, std=0.1)
    return model.eval()


def outputs_of(model, inputs) -> tuple[torch.Tensor, ...]:
    with torch.no_grad():
        outputs = model(*inputs)
    return outputs if isinstance(outputs, tuple) else (outputs,)


@pytest.mark.parametrize("name", NAMES)
def test_onnx_computes_what_pytorch_computes_for_any_batch(name, small_config, tmp_path):
    model = trained_like(name, small_config)
    export(model, name, small_config, tmp_path / "model.onnx")
    document = onnx.load(str(tmp_path / "model.onnx"))
    onnx.checker.check_model(document)
    inputs, outputs = TENSORS[architecture(name)]
    assert [(opset.domain, opset.version) for opset in document.opset_import] == [("", 17)]
    assert [value.name for value in document.graph.input] == list(inputs)
    assert [value.name for value in document.graph.output] == list(outputs)
    assert all(value.type.tensor_type.shape.dim[0].dim_param == "batch" for value in document.graph.input)
    for count in (1, 5):
        tensors = made_up_inputs(name, small_config, count, 7)
        expected = outputs_of(model, tensors)
        feed = {key: tensor.numpy() for key, tensor in zip(inputs, tensors)}
        for found, wanted in zip(evaluate(tmp_path / "model.onnx", document, feed), expected):
            np.testing.assert_allclose(found, wanted.numpy(), atol=1e-5)
            assert wanted.std() > 1e-3


def evaluate(file, document, feed: dict) -> list[np.ndarray]:
    """ONNX Runtime's outputs, or those of onnx' own reference where that is all there is."""
    try:
        import onnxruntime
    except ImportError:
        reference = pytest.importorskip("onnx.reference", reason="neither onnxruntime nor onnx.reference is installed")
        return reference.ReferenceEvaluator(document).run(None, feed)
    return onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"]).run(None, feed)


@pytest.mark.parametrize("name", ["smoothnet-32", "synsp", "hpr-net"])
def test_the_command_writes_model_card_and_fixture(name, small_config, tmp_path, monkeypatch):
    monkeypatch.setattr(export_relatives, "Config", lambda: small_config)
    model = trained_like(name, small_config)
    untrained = {key: value + 1 for key, value in model.state_dict().items()}
    state = {"model": untrained, "average": model.state_dict(), "optimiser": {}, "seconds": 90.0, "step": 9}
    torch.save(state, tmp_path / "checkpoint.pt")
    options = ["--model", name, "--fixture", tmp_path / "parity.json", "--after", tmp_path / "checkpoint.pt"]
    monkeypatch.setattr(sys, "argv", ["export", *map(str, [tmp_path / "checkpoint.pt", tmp_path / "out", *options])])
    export_relatives.main()

    card = json.loads((tmp_path / "out" / "card.json").read_text())
    assert card["sha256"] == hashlib.sha256((tmp_path / "out" / "model.onnx").read_bytes()).hexdigest()
    assert (card["name"], card["architecture"]) == (name, architecture(name))
    assert card["windowLength"] == {"smoothnet-32": 32, "synsp": 8, "hpr-net": 17}[name]
    assert card["training"]["steps"] == 18 and card["training"]["stages"] == [9, 9] and card["training"]["minutes"] == 3.0
    assert card["parameters"] == sum(parameter.numel() for parameter in model.parameters())
    assert "retrievalVersion" not in card
    assert ("lowPass" in card) == name.startswith("smoothnet") and ("prefilterSigma" in card) == (name == "synsp")
    assert ("targetFps" in card) == (name != "hpr-net")

    fixture = json.loads((tmp_path / "parity.json").read_text())
    inputs, outputs = TENSORS[architecture(name)]
    tensors = {key: torch.tensor(fixture[key]).view(fixture["shapes"][key]) for key in (*inputs, *outputs)}
    for key, output in zip(outputs, outputs_of(model, [tensors[key] for key in inputs])):
        assert torch.allclose(output, tensors[key], atol=1e-5)


def test_rotations_made_up_for_hpr_net_are_what_the_engine_feeds(small_config):
    (rotations,) = made_up_inputs("hpr-net", small_config, 4, 1)
    assert torch.allclose(rotations.norm(dim=-1), torch.ones(4, 17, 17), atol=1e-6)
    assert torch.allclose(rotations[:, 8].abs(), torch.tensor([0.0, 0.0, 0.0, 1.0]).expand(4, 17, 4))


def test_fixtures_are_the_same_every_time(small_config, tmp_path):
    model = trained_like("smoothnet-8", small_config)
    for run in "ab":
        write_fixture(model, "smoothnet-8", small_config, tmp_path / run)
    assert (tmp_path / "a").read_text() == (tmp_path / "b").read_text()
