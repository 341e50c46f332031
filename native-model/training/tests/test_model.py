"""The network's shape and laws: parameter count, branches, decoders, DCT, PQE, loss, gradients."""

import math

import pytest
import torch

from config import ModelConfig, TrainConfig
from model import Decoder, Encoder, Layer, SynSpPlusPlus, dct_matrix, refinement_loss


def count(module: torch.nn.Module) -> int:
    return sum(parameter.numel() for parameter in module.parameters())


def linear(inputs: int, outputs: int) -> int:
    return inputs * outputs + outputs


def inputs_for(config: ModelConfig, batch: int, seed: int = 1) -> tuple[torch.Tensor, ...]:
    generator = torch.Generator().manual_seed(seed)
    shape = (batch, config.window, config.channels)
    window = torch.randn(shape, generator=generator) * 0.3
    found = window + 0.05 * torch.randn(shape, generator=generator)
    return window, found, torch.rand(batch, 1, generator=generator), torch.rand(batch, 2, generator=generator)


def trained_looking(config: ModelConfig) -> SynSpPlusPlus:
    """A network whose heads are no longer zero, so that every path carries a signal."""
    torch.manual_seed(3)
    model = SynSpPlusPlus(config)
    for head in (model.position_head, model.acceleration_head, model.final_head):
        torch.nn.init.normal_(head[1].weight, std=0.02)
    return model


@pytest.mark.parametrize("joints", [17, 24])
def test_parameters_are_30_layers_of_197376_and_the_projections_of_the_joints(joints):
    config = ModelConfig(joints=joints)
    attention = 4 * 128 * (5 * 64)  # query, key, value, out without bias
    layer = attention + linear(128, 128) + linear(128, 128) + 2 * (128 + 128)  # two LayerNorms
    assert layer == 197_376 == count(Layer(config))
    model = SynSpPlusPlus(config)
    assert sum(isinstance(module, Layer) for module in model.modules()) == 30
    channels = 3 * joints
    embeddings = 2 * (linear(channels, 128) + linear(128, 128)) + linear(2, 128)
    heads = 3 * (linear(128, 256) + linear(256, channels))
    assert count(model) == 30 * layer + embeddings + heads + linear(1, 1)


def test_the_network_for_17_joints_has_6_1_million_parameters():
    assert round(count(SynSpPlusPlus(ModelConfig())) / 1e6, 1) == 6.1


def test_each_branch_has_a_last_layer_of_its_own():
    config = ModelConfig()
    model = trained_looking(config)
    own = {id(parameter) for parameter in model.position_layer.parameters()}
    assert own.isdisjoint(id(parameter) for parameter in model.acceleration_layer.parameters())
    inputs = inputs_for(config, 2)
    with torch.no_grad():
        _, position, acceleration = model(*inputs)
        model.position_layer.feed_forward.outer.bias += torch.linspace(-1, 1, config.d_model)
        _, moved_position, same_acceleration = model(*inputs)
    assert (moved_position - position).abs().max() > 1e-3
    assert torch.equal(same_acceleration, acceleration)


def test_a_decoder_token_sees_the_memory_but_not_the_other_query_tokens():
    config = ModelConfig()
    torch.manual_seed(0)
    decoder, encoder = Decoder(config, 2), Encoder(config, 2)
    query, memory = torch.randn(1, 8, 128), torch.randn(1, 8, 128)
    changed = query.clone()
    changed[:, 3] += torch.randn(128)
    with torch.no_grad():
        before, after = decoder(query, memory), decoder(changed, memory)
        other_memory = decoder(query, memory + torch.randn(1, 8, 128))
        encoded, encoded_changed = encoder(query), encoder(changed)
    others = [0, 1, 2, 4, 5, 6, 7]
    assert torch.allclose(before[:, others], after[:, others], atol=1e-6)
    assert (before[:, 3] - after[:, 3]).abs().max() > 0.1
    assert (before - other_memory).abs().max() > 0.1
    assert (encoded[:, others] - encoded_changed[:, others]).abs().max() > 1e-3  # an encoder does look around


def test_an_untrained_network_gives_the_window_back():
    config = ModelConfig()
    window, found, distance, step = inputs_for(config, 3)
    for output in SynSpPlusPlus(config)(window, found, distance, step):
        assert torch.equal(output, window)


def test_the_dct_is_orthonormal_and_its_first_coefficient_the_mean_times_root_t():
    matrix = dct_matrix(8)
    assert torch.allclose(matrix @ matrix.t(), torch.eye(8), atol=1e-6)
    ramp = torch.arange(8.0)
    assert torch.allclose((matrix @ ramp)[0], ramp.mean() * math.sqrt(8), atol=1e-5)


def test_corrections_and_coefficients_are_inverse_up_to_the_mean_pose():
    config = ModelConfig()
    model = SynSpPlusPlus(config)
    model.mean_pose.copy_(torch.linspace(-1, 1, config.channels))
    model.coefficient_scale.copy_(torch.linspace(2, 0.1, config.window)[:, None])
    window = inputs_for(config, 2)[0]
    assert torch.allclose(model.correction(model.coefficients(window)) + model.mean_pose, window, atol=1e-5)


def test_pqe_takes_its_maximum_over_the_frames_and_joints_of_the_window():
    config = ModelConfig(window=2, joints=2)
    model = SynSpPlusPlus(config)
    position = torch.zeros(1, 2, 6)
    acceleration = torch.zeros(1, 2, 6)
    acceleration[0, 0, 3:6] = torch.tensor([1.0, 2.0, 2.0])  # frame 0: distances 0 and 3
    acceleration[0, 1, 0] = 6.0  # frame 1: distances 6 and 0
    # The largest is 6, of frame 1, and it is the measure of frame 0 too.
    expected = torch.tensor([(1 + math.exp(-3 / 6)) / 2, (math.exp(-6 / 6) + 1) / 2])
    assert torch.allclose(model.quality(position, acceleration)[0, :, 0], expected, atol=1e-5)


def test_pqe_has_its_own_maximum_for_every_window_of_a_batch():
    config = ModelConfig(window=2, joints=2)
    model = SynSpPlusPlus(config)
    acceleration = torch.rand(2, 2, 6)
    acceleration[1] = 10 * acceleration[0]  # ten times as far apart, the same quality
    quality = model.quality(torch.zeros(2, 2, 6), acceleration)
    assert torch.allclose(quality[0], quality[1], atol=1e-4)


def test_branches_that_agree_have_quality_1():
    config = ModelConfig(window=2, joints=2)
    same = torch.rand(1, 2, 6)
    # A distance of zero is 1e-6 m for the square root's sake, so agreement must be far below sigma to be exact.
    quality = SynSpPlusPlus(ModelConfig(window=2, joints=2, pqe_sigma=1.0)).quality(same, same)
    assert torch.allclose(quality, torch.ones(1, config.window, 1), atol=1e-5)


def test_the_branches_weigh_accelerations_0_1_and_one_half():
    train = TrainConfig()
    assert (train.lambda_position, train.lambda_acceleration, train.lambda_final) == (0, 1, 0.5)


@pytest.mark.parametrize("weight", [0.0, 1.0, 0.5])
def test_the_loss_is_l1_of_positions_plus_weighted_l1_of_accelerations(weight):
    output = torch.tensor([0.0, 0.0, 0.0, 3.0]).view(1, 4, 1)
    truth = torch.tensor([0.0, 1.0, 0.0, 0.0]).view(1, 4, 1)
    # Positions are off by 0, 1, 0, 3: mean 1. Accelerations are 0 and 3, of the truth -2 and 1: off by 2 and 2.
    assert float(refinement_loss(output, truth, weight)) == pytest.approx(1 + weight * 2)


def test_a_window_off_by_a_constant_has_no_acceleration_loss():
    truth = torch.rand(2, 8, 51)
    assert float(refinement_loss(truth + 0.25, truth, 1.0)) == pytest.approx(0.25, abs=1e-5)


def test_a_window_is_refined_alike_alone_and_in_a_batch():
    config = ModelConfig()
    model = trained_looking(config).eval()
    inputs = inputs_for(config, 5)
    with torch.no_grad():
        together = model(*inputs)
        for row in range(5):
            alone = model(*(tensor[row : row + 1] for tensor in inputs))
            for a, b in zip(alone, together):
                assert torch.allclose(a[0], b[row], atol=1e-5)


def test_the_loss_moves_every_parameter():
    config = ModelConfig()
    model = trained_looking(config)
    window, found, distance, step = inputs_for(config, 4)
    truth = window + 0.03
    outputs = model(window, found, distance, step)
    sum(refinement_loss(out, truth, weight) for out, weight in zip(outputs, (0.5, 0.0, 1.0))).backward()
    still = [name for name, parameter in model.named_parameters() if parameter.grad is None or not parameter.grad.abs().sum() > 0]
    assert still == []


def test_the_final_output_reaches_neither_head_through_the_pqe():
    config = ModelConfig()
    model = trained_looking(config)
    final, _, _ = model(*inputs_for(config, 4))
    final.abs().mean().backward()
    for module in (model.position_layer, model.position_head, model.acceleration_head):
        assert all(parameter.grad is None for parameter in module.parameters())
    # Q_acc feeds the local decoder, so its layer does learn from the final loss.
    assert all(parameter.grad is not None for parameter in model.acceleration_layer.parameters())


def test_the_found_window_its_distance_and_the_step_change_the_final_output_only_where_they_should():
    config = ModelConfig()
    model = trained_looking(config).eval()
    window, found, distance, step = inputs_for(config, 2)
    with torch.no_grad():
        final, position, acceleration = model(window, found, distance, step)
        for changed in ((window, found + 0.2 * torch.randn_like(found), distance, step), (window, found, distance + 2, step)):
            other_final, other_position, other_acceleration = model(*changed)
            assert (other_final - final).abs().max() > 1e-6
            assert torch.equal(other_position, position) and torch.equal(other_acceleration, acceleration)
        assert (model(window, found, distance, step + 1)[1] - position).abs().max() > 1e-6
